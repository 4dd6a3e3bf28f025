// A file under way, told in a row of its own: how far it is, what became of it, what may be done about it.
// irSending.row(file, words): words are the texts of the page. irSending.send(row, address, body, then): one request;
// then: label, answered(status, answer), broke(line), gaveUp().
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

  window.irSending = { row: rowOf, send: send, offer: offer, tell: tell, megabytes: megabytes, make: make };
})();
