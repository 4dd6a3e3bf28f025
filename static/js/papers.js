// Scans of the past: each is a request of its own, so that a broken line costs one of them, which is sent again alone.
// A large one comes in pieces (pieces.js). Without this file all go together.
(function () {
  "use strict";

  var queue = [];
  var isBusy = false;

  document.querySelectorAll("form[data-one-by-one]").forEach(function (form) {
    var input = form.querySelector("input[type=file]");
    form.addEventListener("submit", function (event) {
      if (!input.files.length) {
        return;  // the server says what is missing
      }
      event.preventDefault();
      Array.prototype.forEach.call(input.files, function (file) { wait(form, window.irSending.row(file, form.dataset)); });
      input.value = "";
      next();
    });
  });

  function wait(form, row) {
    row.form = form;
    form.querySelector(".ir-uploads").appendChild(row.place);
    if (row.file.size > Number(row.words.limit)) {
      window.irSending.tell(row, row.words.tooBig.replace("{size}", Math.floor(row.words.limit / 1024 / 1024)), true);
      return;
    }
    window.irSending.tell(row, row.words.waits, false);
    window.irSending.offer(row, [["cancel", function () {
      queue = queue.filter(function (each) { return each !== row; });
      row.place.remove();
    }]]);
    queue.push(row);
  }

  function next() {
    if (isBusy || !queue.length) {
      return;
    }
    isBusy = true;
    var row = queue.shift();
    if (row.file.size > Number(row.words.piece)) {
      sendPieces(row);
    } else {
      attach(row, "papers", row.file, null);
    }
  }

  // A large one comes in pieces first; then it is attached by its key.
  function sendPieces(row) {
    window.irSending.sendPieces(row, {
      label: "",
      begin: row.words.begin,
      fields: {},
      over: function () { row.bar.hidden = true; },
      refused: function (line) { over(row, line, true, []); },
      done: function (line, place) { attach(row, "papers-arrived", place.key, place); },
      cancelled: function () {
        row.place.remove();
        over(row, "", false, []);
      }
    });
  }

  function attach(row, name, value, place) {
    var body = new FormData();
    body.append(name, value);
    window.irSending.send(row, row.form.action, body, {
      label: "",
      answered: function (status, answer) {
        over(row, (status === 200 ? "✓ " : "") + answer.line, status !== 200, []);
        if (place && status !== 200) {
          window.irPieces.discard(place);
        }
      },
      broke: function (line) {
        over(row, line, true, [["again", function () { wait(row.form, row); next(); }], ["cancel", function () { row.place.remove(); }]]);
      },
      gaveUp: function () {
        row.place.remove();
        over(row, "", false, []);
      }
    });
  }

  function over(row, line, isBad, buttons) {
    isBusy = false;
    row.bar.hidden = true;
    window.irSending.tell(row, line, isBad);
    window.irSending.offer(row, buttons);
    next();
  }
})();
