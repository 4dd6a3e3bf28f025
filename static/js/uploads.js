// Several files at once: each is its own request with its own progress; a broken one is sent again by its button.
// Without this file each slot takes its file by its own form.
(function () {
  "use strict";

  var AT_ONCE = 2;
  var MEGABYTE = 1024 * 1024;
  var running = 0;
  var queue = [];

  document.querySelectorAll("[data-drop]").forEach(function (drop) {
    var input = drop.querySelector("input[type=file]");
    drop.hidden = false;
    input.addEventListener("change", function () {
      take(drop, input.files);
      input.value = "";
    });
    ["dragenter", "dragover"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        drop.classList.add("ir-drop-over");
      });
    });
    ["dragleave", "drop"].forEach(function (name) {
      drop.addEventListener(name, function (event) {
        event.preventDefault();
        drop.classList.remove("ir-drop-over");
      });
    });
    drop.addEventListener("drop", function (event) { take(drop, event.dataTransfer.files); });
  });

  function take(drop, files) {
    Array.prototype.forEach.call(files, function (file) {
      var row = rowOf(drop, file);
      drop.querySelector(".ir-uploads").appendChild(row.place);
      row.ask(guess(drop, file.name));
    });
  }

  function slots(drop) {
    return Array.prototype.slice.call(drop.querySelectorAll("datalist option"));
  }

  // The code in the name decides, else the longest name of a slot that stands in it.
  function guess(drop, name) {
    var known = slots(drop);
    var code = /(?:^|[^A-Za-z0-9])(M\d{2})(?![0-9])/i.exec(name);
    var found = known.filter(function (slot) {
      return code ? slot.value === code[1].toUpperCase() : name.indexOf(slot.dataset.name) >= 0;
    });
    found.sort(function (one, other) { return other.dataset.name.length - one.dataset.name.length; });
    return found[0] || null;
  }

  function rowOf(drop, file) {
    var place = make("li", "ir-upload");
    var name = make("b", "", file.name);
    var line = make("div", "ir-upload-told ir-mut");
    var bar = make("progress", "");
    var asks = make("div", "ir-upload-asks");
    bar.max = 100;
    bar.hidden = true;
    bar.setAttribute("aria-label", file.name);
    [name, line, bar, asks].forEach(function (each) { place.appendChild(each); });
    var row = { drop: drop, file: file, place: place, line: line, bar: bar, asks: asks, slot: null, code: "" };

    row.ask = function (slot) {
      row.slot = slot;
      if (slot && !("form" in slot.dataset)) {
        start(row);
      } else {
        choose(row);
      }
    };
    return row;
  }

  // The person says which slot the file is for; the stamped form comes with the code on its pages.
  function choose(row) {
    var drop = row.drop;
    var select = choice(drop, row.slot);
    var code = make("input", "");
    var button = make("button", "btn btn-sm", drop.dataset.send);
    function chosen() { return slots(drop)[select.selectedIndex - 1] || null; }
    function needCode() { code.hidden = !(chosen() && "form" in chosen().dataset); }
    code.maxLength = 16;
    code.value = row.code;
    code.placeholder = drop.dataset.code;
    code.setAttribute("aria-label", drop.dataset.code);
    select.addEventListener("change", needCode);
    button.type = "button";
    button.addEventListener("click", function () {
      row.slot = chosen();
      row.code = code.value;
      if (row.slot) {
        start(row);
      } else {
        select.focus();
      }
    });
    needCode();
    row.asks.textContent = "";
    [select, code, button].forEach(function (each) { row.asks.appendChild(each); });
  }

  function choice(drop, slot) {
    var select = make("select", "");
    select.setAttribute("aria-label", drop.dataset.which);
    select.appendChild(make("option", "", drop.dataset.choose));
    slots(drop).forEach(function (each) {
      var option = make("option", "", each.label);
      option.selected = each === slot;
      select.appendChild(option);
    });
    return select;
  }

  // What is plainly wrong is told before a byte is sent.
  function start(row) {
    var slot = row.slot;
    var ending = (/\.[^.]+$/.exec(row.file.name) || [""])[0].toLowerCase();
    if (row.file.size > Number(slot.dataset.limit)) {
      fail(row, row.drop.dataset.tooBig.replace("{size}", Math.floor(slot.dataset.limit / MEGABYTE)), false);
    } else if (slot.dataset.accept.split(",").indexOf(ending) < 0) {
      fail(row, row.drop.dataset.wrongKind.replace("{kinds}", slot.dataset.kinds), true);
    } else {
      row.asks.textContent = "";
      tell(row, slot.label, false);
      queue.push(row);
      next();
    }
  }

  function next() {
    while (running < AT_ONCE && queue.length) {
      running += 1;
      send(queue.shift());
    }
  }

  function send(row) {
    var slot = row.slot.value;
    var body = new FormData();
    body.append("act", "upload");
    body.append("slot", slot);
    body.append(slot + "-mark", row.drop.dataset.mark);
    body.append(slot + "-form_code", row.code);
    body.append(slot + "-file", row.file, row.file.name);
    var request = new XMLHttpRequest();
    request.open("POST", row.drop.dataset.drop);
    request.setRequestHeader("X-Background", "upload");
    var csrf = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    request.setRequestHeader("X-CSRFToken", csrf ? csrf[1] : "");
    row.bar.hidden = false;
    row.bar.value = 0;
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) {
        row.bar.value = Math.floor(100 * event.loaded / event.total);
        tell(row, row.slot.label + " · " + row.drop.dataset.sending + " " + megabytes(event.loaded) + " / " + megabytes(event.total) + " MB", false);
      }
    });
    request.addEventListener("load", function () { answered(row, request); });
    request.addEventListener("error", function () { broke(row, row.drop.dataset.broken); });
    request.send(body);
  }

  function answered(row, request) {
    var answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch (error) {
      broke(row, request.status === 403 ? row.drop.dataset.ended : row.drop.dataset.broken);
      return;
    }
    running -= 1;
    row.bar.hidden = true;
    if (request.status === 200) {
      tell(row, "✓ " + answer.line, false);
      refresh();
    } else {
      fail(row, answer.line, true);
    }
    next();
  }

  function broke(row, line) {
    running -= 1;
    row.bar.hidden = true;
    tell(row, line, true);
    row.asks.textContent = "";
    var again = make("button", "btn btn-sm", row.drop.dataset.again);
    again.type = "button";
    again.addEventListener("click", function () { start(row); });
    row.asks.appendChild(again);
    next();
  }

  function fail(row, line, mayChoose) {
    tell(row, line, true);
    row.asks.textContent = "";
    if (mayChoose) {
      choose(row);
    }
  }

  function tell(row, line, isBad) {
    row.line.textContent = line;
    row.line.classList.toggle("ir-told-bad", isBad);
  }

  // The list of slots and what is missing are shown as they are now; the files under way stay where they are.
  function refresh() {
    fetch(location.pathname, { credentials: "same-origin" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      ["[data-slot-row]", ".ir-slot"].forEach(function (kind) {
        document.querySelectorAll(kind).forEach(function (old) {
          var key = old.id ? "[id='" + old.id + "']" : "[data-slot-row='" + old.dataset.slotRow + "']";
          var fresh = page.querySelector(key);
          if (fresh && !old.contains(document.activeElement)) {
            old.replaceWith(fresh);
          }
        });
      });
      ["missing", "progress"].forEach(function (id) {
        var old = document.getElementById(id);
        var fresh = page.getElementById(id);
        if (old && fresh) {
          old.replaceWith(fresh);
        }
      });
    }).catch(function () {});
  }

  function megabytes(bytes) {
    return (bytes / MEGABYTE).toFixed(1);
  }

  function make(tag, kind, text) {
    var made = document.createElement(tag);
    made.className = kind;
    made.textContent = text || "";
    return made;
  }
})();
