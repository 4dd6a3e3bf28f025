// A step of a submission: while one types, the server says where the figures lead and keeps what was typed.
// Without this file the buttons of the page do the same.
(function () {
  "use strict";

  var SAY_AFTER = 350;
  var SAVE_AFTER = 1500;
  var TRY_AGAIN_AFTER = 15000;

  var form = document.querySelector("form[data-step-form]");
  if (!form) {
    return;
  }
  var told = document.querySelector("[data-saved]");
  var paused = "paused" in form.dataset;
  var changed = false;
  var saving = false;
  var leaving = false;
  var failed = false;
  var pressed = null;
  var sayTimer = 0;
  var saveTimer = 0;
  var asked = 0;

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", function (event) {
    // A save that is under way ends first: its version is the one to go on from.
    if (saving) {
      event.preventDefault();
      pressed = event.submitter || form;
      return;
    }
    leaving = true;
    clearTimeout(saveTimer);
  });
  window.addEventListener("pageshow", function () { leaving = false; });
  window.addEventListener("online", save);
  window.addEventListener("focus", save);
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") {
      save();
    }
  });
  // Only what the server could not be given is warned of; everything else is on its way or there.
  window.addEventListener("beforeunload", function (event) {
    if (changed && failed && !leaving) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  function typed(event) {
    if ("notSaved" in event.target.dataset) {
      return;
    }
    changed = true;
    clearTimeout(sayTimer);
    clearTimeout(saveTimer);
    sayTimer = setTimeout(say, SAY_AFTER);
    saveTimer = setTimeout(save, SAVE_AFTER);
  }

  function send(address, kind) {
    var body = new FormData(form);
    var csrf = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    var headers = { "X-Background": kind };
    if (csrf) {
      headers["X-CSRFToken"] = csrf[1];
      body.delete("csrfmiddlewaretoken");
    }
    return fetch(address, {
      method: "POST", body: new URLSearchParams(body), credentials: "same-origin", headers: headers,
      keepalive: document.visibilityState === "hidden",
    }).then(function (answer) {
      if ((answer.headers.get("Content-Type") || "").indexOf("application/json") !== 0) {
        throw { ended: answer.status === 403 || answer.redirected };
      }
      return answer.json();
    });
  }

  // What is typed, and where it leads; an answer that comes late is not shown any more.
  function say() {
    var mine = ++asked;
    send(form.dataset.live, "live").then(function (answer) {
      if (mine === asked) {
        show(answer.parts);
      }
    }).catch(function () {});
  }

  function save() {
    if (!changed || paused || saving || leaving) {
      return;
    }
    clearTimeout(saveTimer);
    changed = false;
    saving = true;
    tell(told.dataset.typing, false);
    send(form.action, "save").then(function (answer) {
      saving = false;
      failed = false;
      if (answer.state === "saved") {
        form.elements.version.value = answer.version;
      }
      if (answer.state === "stale") {
        paused = true;
        form.elements.version.value = answer.version;
        document.getElementById("differences").innerHTML = answer.differences;
      }
      tell(answer.line, answer.state !== "saved");
      mark(answer.faults);
      if (!changed) {
        show(answer.parts);
      }
      goOn();
    }).catch(function (error) {
      saving = false;
      failed = true;
      changed = true;
      if (error && error.ended) {
        askToSignIn();
      } else {
        tell(told.dataset.failed, true);
        saveTimer = setTimeout(save, TRY_AGAIN_AFTER);
      }
      goOn();
    });
  }

  function goOn() {
    if (pressed) {
      var button = pressed;
      pressed = null;
      button === form ? form.requestSubmit() : button.click();
    }
  }

  function tell(line, isWarning) {
    told.textContent = line;
    told.classList.toggle("ir-warned", isWarning);
  }

  // The sign-in opens beside this page, which keeps every word; coming back, it is sent again.
  function askToSignIn() {
    tell(told.dataset.ended + " ", true);
    var link = document.createElement("a");
    link.className = "ir-link";
    link.href = form.dataset.signIn;
    link.target = "_blank";
    link.rel = "opener";
    link.textContent = told.dataset.again;
    told.appendChild(link);
  }

  function show(parts) {
    Object.keys(parts || {}).forEach(function (name) {
      var place = document.querySelector("[data-live-part=" + name + "]");
      if (place) {
        renew(place, parts[name]);
      }
    });
  }

  // Whoever has gone on to a link of this part is still at it.
  function renew(place, html) {
    var box = document.createElement("template");
    box.innerHTML = html;
    var fresh = box.content.querySelector("[data-live-part]");
    var at = links(place).indexOf(document.activeElement);
    place.replaceWith(fresh);
    if (at >= 0) {
      fresh.tabIndex = -1;
      (links(fresh)[at] || fresh).focus({ preventScroll: true });
    }
  }

  function links(place) {
    return Array.prototype.slice.call(place.querySelectorAll("a[href]"));
  }

  // What could not be read stands beside its field; the text in the field stays as it was typed.
  function mark(faults) {
    form.querySelectorAll("[data-told-live]").forEach(function (line) { line.remove(); });
    form.querySelectorAll("[data-marked-live]").forEach(function (input) {
      input.removeAttribute("aria-invalid");
      delete input.dataset.markedLive;
    });
    Object.keys(faults || {}).forEach(function (id) {
      var input = document.getElementById(id);
      if (!input || document.getElementById(id + "_error")) {
        return;
      }
      var line = document.createElement("div");
      line.className = "ir-error";
      line.dataset.toldLive = "yes";
      line.textContent = faults[id];
      input.setAttribute("aria-invalid", "true");
      input.dataset.markedLive = "yes";
      (input.closest(".ir-field") || input.parentElement).appendChild(line);
    });
  }
})();
