// A file under way, told in a row of its own: how far it is, what became of it, what may be done about it.
// irSending.row(file, words): words are the texts of the page (components/sending_words.html).
// irSending.send(row, address, body, then): one request; then: label, answered(status, answer), broke(line), gaveUp().
// irSending.sendPieces(row, then): a large file, piece by piece (pieces.js); then: label, begin, fields, over(),
// refused(line), done(line, place), cancelled().
(function () {
  "use strict";

  var MEGABYTE = 1024 * 1024;

  function rowOf(file, words) {
    var row = { file: file, words: words, place: make("li", "ir-upload"), line: make("div", "ir-upload-told ir-mut"), bar: make("progress", ""), asks: make("div", "ir-upload-asks") };
    row.bar.max = 100;
    row.bar.hidden = true;
    row.bar.setAttribute("aria-label", file.name);
    [make("b", "", file.name), row.line, row.bar, row.asks].forEach(function (each) { row.place.appendChild(each); });
    return row;
  }

  function send(row, address, body, then) {
    var request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-Background", "upload");
    var csrf = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    request.setRequestHeader("X-CSRFToken", csrf ? csrf[1] : "");
    row.bar.hidden = false;
    row.bar.value = 0;
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) {
        row.bar.value = Math.floor(100 * event.loaded / event.total);
        tell(row, then.label + row.words.sending + " " + megabytes(event.loaded) + " / " + megabytes(event.total) + " MB", false);
      }
    });
    request.addEventListener("load", function () {
      var answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch (error) {
        then.broke(request.status === 403 ? row.words.ended : row.words.broken);
        return;
      }
      then.answered(request.status, answer);
    });
    request.addEventListener("error", function () { then.broke(row.words.broken); });
    request.addEventListener("abort", then.gaveUp);
    offer(row, [["cancel", function () { request.abort(); }]]);
    request.send(body);
  }

  function sendPieces(row, then) {
    var words = row.words;
    var sender = null;
    var resumed = "";
    var mayGoOn = null;
    function say(line, isBad) { tell(row, then.label + line, isBad); }
    function cancel() {
      say(words.cancelled, false);
      offer(row, []);
      sender.cancel();
      then.over();
    }
    // Buttons are made anew only when they change: one that is replaced each second cannot be pressed.
    function offers(goesOn) {
      if (mayGoOn !== goesOn) {
        mayGoOn = goesOn;
        offer(row, (goesOn ? [["goOn", function () { sender.goOn(); }]] : []).concat([["cancel", cancel]]));
      }
    }
    row.bar.hidden = false;
    row.bar.value = 0;
    offers(false);
    sender = window.irPieces(row.file, {
      begin: then.begin,
      piece: Number(words.piece),
      fields: then.fields,
      compares: function () { say(words.compares, false); },
      progress: function (bytes) {
        offers(false);
        row.bar.value = Math.floor(100 * bytes / row.file.size);
        say((resumed ? resumed + " · " : "") + words.sending + " " + megabytes(bytes) + " / " + megabytes(row.file.size) + " MB", false);
      },
      resumes: function (bytes) { resumed = filled(words.resumes, bytes); },
      checks: function () { row.bar.value = 100; say(words.checks, false); },
      pauses: function (bytes, seconds, line) {
        say((line ? line + " " + words.triesAgain : filled(words.pauses, bytes)).replace("{seconds}", seconds), true);
        offers(true);
      },
      halts: function (bytes, why, line) {
        say(line || filled(words[why], bytes).replace("{days}", words.days), true);
        offers(true);
      },
      refuses: function (line) { then.over(); then.refused(line || words.changed); },
      done: function (line, place) { then.over(); then.done(line, place); },
      cancelled: then.cancelled
    });
  }

  function filled(words, bytes) {
    return words.replace("{done}", megabytes(bytes));
  }

  function offer(row, buttons) {
    row.asks.textContent = "";
    buttons.forEach(function (each) {
      var button = make("button", "btn btn-sm", row.words[each[0]]);
      button.type = "button";
      button.addEventListener("click", each[1]);
      row.asks.appendChild(button);
    });
  }

  function tell(row, line, isBad) {
    row.line.textContent = line;
    row.line.classList.toggle("ir-told-bad", isBad);
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

  window.irSending = { row: rowOf, send: send, sendPieces: sendPieces, offer: offer, tell: tell, megabytes: megabytes, make: make };
})();
