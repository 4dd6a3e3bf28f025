// Several files at once, each with its own progress: a small one is one request and sent again by its button when it
// broke; a large one comes in pieces (pieces.js) and goes on where it broke.
// Without this file each slot takes its file by its own form.
(function () {
  "use strict";

  var AT_ONCE = 2;
  var MEGABYTE = 1024 * 1024;
  var running = 0;
  var queue = [];
  var sending = window.irSending;
  var make = sending.make;
  var offer = sending.offer;
  var tell = sending.tell;

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
      row.ask(guess(drop, file));
    });
  }

  function slots(drop) {
    return Array.prototype.slice.call(drop.querySelectorAll("datalist option"));
  }

  // Where it was begun before; else the code in the name decides, else the longest name of a slot that stands in it.
  function guess(drop, file) {
    var known = slots(drop);
    var name = file.name;
    var code = /(?:^|[^A-Za-z0-9])(M\d{2})(?![0-9])/i.exec(name);
    var begun = Array.prototype.filter.call(document.querySelectorAll("[data-unfinished]"), function (each) {
      return each.dataset.name === name && Number(each.dataset.size) === file.size;
    })[0];
    var found = known.filter(function (slot) {
      return begun ? slot.value === begun.dataset.unfinished : code ? slot.value === code[1].toUpperCase() : name.indexOf(slot.dataset.name) >= 0;
    });
    found.sort(function (one, other) { return other.dataset.name.length - one.dataset.name.length; });
    return found[0] || null;
  }

  function rowOf(drop, file) {
    var row = sending.row(file, drop.dataset);
    row.drop = drop;
    row.slot = null;
    row.code = "";
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
      tell(row, slot.label + " · " + row.drop.dataset.waits, false);
      offer(row, [["cancel", function () {
        queue = queue.filter(function (each) { return each !== row; });
        leave(row);
      }]]);
      queue.push(row);
      next();
    }
  }

  function next() {
    while (running < AT_ONCE && queue.length) {
      running += 1;
      var row = queue.shift();
      if (row.file.size > Number(row.drop.dataset.piece)) {
        sendPieces(row);
      } else {
        send(row);
      }
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
    sending.send(row, row.drop.dataset.drop, body, {
      label: row.slot.label + " · ",
      answered: function (status, answer) { answered(row, status, answer); },
      broke: function (line) { broke(row, line); },
      gaveUp: function () { over(row); leave(row); }
    });
  }

  function sendPieces(row) {
    var words = row.drop.dataset;
    sending.sendPieces(row, {
      label: row.slot.label + " · ",
      begin: words.begin,
      fields: { slot: row.slot.value, mark: words.mark, form_code: row.code },
      over: function () { over(row); },
      refused: function (line) { fail(row, line, true); refresh(); next(); },
      done: function (line) { offer(row, []); tell(row, "✓ " + line, false); refresh(); next(); },
      cancelled: function () { leave(row); refresh(); next(); }
    });
  }

  function over(row) {
    running -= 1;
    row.bar.hidden = true;
  }

  function leave(row) {
    row.place.remove();
    next();
  }

  function answered(row, status, answer) {
    over(row);
    if (status === 200) {
      offer(row, []);
      tell(row, "✓ " + answer.line, false);
      refresh();
    } else {
      fail(row, answer.line, true);
    }
    next();
  }

  function broke(row, line) {
    over(row);
    tell(row, line, true);
    offer(row, [["again", function () { start(row); }], ["cancel", function () { leave(row); }]]);
    next();
  }

  function fail(row, line, mayChoose) {
    tell(row, line, true);
    row.asks.textContent = "";
    if (mayChoose) {
      choose(row);
    }
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
      ["missing", "progress", "unfinished"].forEach(function (id) {
        var old = document.getElementById(id);
        var fresh = page.getElementById(id);
        if (old && fresh) {
          old.replaceWith(fresh);
        }
      });
    }).catch(function () {});
  }
})();
