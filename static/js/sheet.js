// The score sheet: the word beside the points, the total, the comment that must be given; saved while it is written.
(function () {
  "use strict";

  var WAIT = 2000;

  document.querySelectorAll("form[data-sheet]").forEach(function (form) {
    var words = form.dataset.words.split("|").map(function (pair) {
      var cut = pair.indexOf(" ");
      return { share: Number(pair.slice(0, cut)), word: pair.slice(cut + 1) };
    });
    var below = Number(form.dataset.below);
    form.addEventListener("input", function () { show(form, words, below); });
    show(form, words, below);
    if (form.dataset.save) {
      keepSaved(form);
    }
  });

  function pointsOf(input) {
    var value = /^\d{1,3}$/.test(input.value.trim()) ? Number(input.value) : null;
    return value !== null && value <= Number(input.dataset.full) ? value : null;
  }

  function show(form, words, below) {
    var total = 0;
    form.querySelectorAll("[data-criterion]").forEach(function (box) {
      var input = box.querySelector("[data-full]");
      var full = Number(input.dataset.full);
      var points = pointsOf(input);
      var isLow = points !== null && points * 100 < full * below;
      var found = words.find(function (one) { return points !== null && points * 100 >= full * one.share; });
      total += points || 0;
      box.querySelector("[data-word]").textContent = found ? found.word : "";
      box.classList.toggle("ir-low", isLow);
      box.querySelector("[data-needed]").hidden = !isLow;
      box.querySelector("[data-optional]").hidden = isLow;
      if (isLow) {
        box.querySelector("details").open = true;
      }
      var shift = box.querySelector("[data-shift]");
      if (shift) {
        var moved = points === null ? null : points - Number(shift.dataset.shift);
        shift.textContent = moved === null ? "" : (moved > 0 ? "+" : "") + moved;
      }
    });
    form.querySelector("[data-total]").textContent = total;
    form.querySelectorAll(".ir-red-line input[value=yes]:checked").forEach(function (yes) {
      yes.closest("fieldset").querySelector("details").open = true;
    });
  }

  // Saved two seconds after the last change; a save that was refused says why and leaves everything as typed.
  function keepSaved(form) {
    var said = form.querySelector("[data-saved]");
    var version = form.elements.sheet_version;
    var timer = null;
    var isSending = false;
    var isStopped = false;
    var hasChanged = false;

    form.addEventListener("input", function () {
      hasChanged = true;
      clearTimeout(timer);
      timer = setTimeout(send, WAIT);
    });
    form.addEventListener("submit", function () {
      isStopped = true;
      clearTimeout(timer);
    });

    function send() {
      if (isStopped) {
        return;
      }
      if (isSending) {
        timer = setTimeout(send, WAIT);
        return;
      }
      isSending = true;
      hasChanged = false;
      fetch(form.dataset.save, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        redirect: "error",
        headers: { Accept: "application/json" }
      }).then(function (answer) {
        return answer.json().then(function (told) { return { status: answer.status, told: told }; });
      }).then(function (result) {
        said.textContent = result.told.saved || result.told.sentence;
        said.classList.toggle("ir-error", result.status !== 200);
        if (result.status === 200) {
          version.value = result.told.version;
        }
        isStopped = isStopped || result.status === 409;
      }).catch(function () {
        said.textContent = form.dataset.lost;
        said.classList.add("ir-error");
        hasChanged = true;
      }).then(function () {
        isSending = false;
        if (hasChanged && !isStopped) {
          clearTimeout(timer);
          timer = setTimeout(send, WAIT * 5);
        }
      });
    }
  }
})();
