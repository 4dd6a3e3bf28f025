// One large file, sent piece by piece. The server says how much it has; after a break the upload goes on from there.
// irPieces(file, plan) begins at once. plan: where it is announced (begin), what it is for (fields), the length of a
// piece (piece), and what to tell: compares(), progress(bytes), resumes(bytes), checks(), pauses(bytes, seconds, line),
// halts(bytes, why, line), refuses(line or null when the file itself changed), done(line, what announcing it answered),
// cancelled().
// Returned: goOn(), cancel().
(function () {
  "use strict";

  var WAITS = [1, 2, 4, 8, 15, 30, 30, 60];
  var SILENCE_MS = 60000;
  var table = null;

  window.irPieces = function (file, plan) {
    var place = null;
    var received = 0;
    var isCompared = false;
    var tries = 0;
    var request = null;
    var timer = null;
    var isOver = false;

    function announce() {
      var body = new FormData();
      Object.keys(plan.fields).forEach(function (name) { body.append(name, plan.fields[name]); });
      body.append("name", file.name);
      body.append("size", file.size);
      body.append("changed", file.lastModified);
      post(plan.begin, body, function (status, answer) {
        if (status !== 200) {
          refused(status, answer);
          return;
        }
        place = answer;
        received = answer.received;
        if (received && !isCompared) {
          plan.compares();
          compare(answer.checksum);
        } else {
          isCompared = true;
          next();
        }
      });
    }

    // Name, size and time may be the same and the content another: what was received is compared before it goes on.
    function compare(expected) {
      var upTo = received;
      checksum(file, upTo, plan.piece, function () { return isOver; }).then(function (found) {
        if (isOver) {
          return;
        }
        isCompared = true;
        if (found === expected) {
          tries = 0;
          plan.resumes(upTo);
          next();
        } else {
          post(place.discard, new FormData(), announce);  // another file of the same name: from its beginning
        }
      }, changed);
    }

    function next() {
      var from = received;
      var piece = file.slice(from, from + plan.piece);
      function moved(loaded) {
        if (from + loaded < file.size) {
          plan.progress(from + loaded);
        } else {
          plan.checks();
        }
      }
      moved(0);
      post(place.piece + "?offset=" + from, piece, function (status, answer) {
        if (status === 409 && typeof answer.received === "number") {
          received = answer.received;
          next();
        } else if (status !== 200) {
          refused(status, answer);
        } else if (answer.line) {
          isOver = true;
          plan.done(answer.line, place);
        } else {
          tries = 0;
          received = answer.received;
          next();
        }
      }, moved);
    }

    // Busy, without room or unreachable: again in a while. Everything else the server says is final for this file.
    function refused(status, answer) {
      if (status === 503) {
        pause(answer.line);
      } else {
        isOver = true;
        plan.refuses(answer.line);
      }
    }

    function post(address, body, answered, moved) {
      var watch = null;
      var sending = opened(address, body);
      request = sending;
      function watched() {
        clearTimeout(watch);
        watch = setTimeout(function () { sending.abort(); }, SILENCE_MS);
      }
      sending.upload.addEventListener("progress", function (event) {
        watched();
        if (moved && !isOver) {
          moved(event.loaded);
        }
      });
      sending.upload.addEventListener("load", function () { clearTimeout(watch); });
      sending.addEventListener("loadend", function () {
        clearTimeout(watch);
        request = null;
        var answer = parsed(sending.responseText);
        if (isOver) {
          forget(answer);
        } else if (answer) {
          answered(sending.status, answer);
        } else if (sending.status === 403 || sending.status === 200) {
          halt("signedOut", "");
        } else {
          lookAtFile();
        }
      });
      if (body.size !== 0) {
        watched();
      }
      sending.send(body);
    }

    // Cancelled while it was announced: what the server has just begun is given up.
    function forget(answer) {
      if (answer && answer.discard) {
        discard(answer);
      } else if (!place) {
        plan.cancelled();
      }
    }

    function discard(where) {
      var last = opened(where.discard, null);
      last.addEventListener("loadend", plan.cancelled);
      last.send();
    }

    // No answer: either the connection broke, or the file is not what was chosen any more.
    function lookAtFile() {
      file.slice(0, 1).arrayBuffer().then(function () { pause(""); }, changed);
    }

    function changed() {
      if (!isOver) {
        isOver = true;
        plan.refuses(null);
      }
    }

    function pause(line) {
      if (isOver) {
        return;
      }
      if (tries >= WAITS.length) {
        halt("halted", line);
        return;
      }
      var left = WAITS[tries];
      tries += 1;
      window.addEventListener("online", goOn);
      (function count() {
        plan.pauses(received, left, line);
        timer = setTimeout(function () {
          left -= 1;
          if (left > 0) {
            count();
          } else {
            goOn();
          }
        }, 1000);
      })();
    }

    // It waits for a person, for the connection, or, signed out, for the window to be looked at again.
    function halt(why, line) {
      tries = 0;
      window.addEventListener("online", goOn);
      if (why === "signedOut") {
        window.addEventListener("focus", goOn);
      }
      plan.halts(received, why, line);
    }

    function wake() {
      clearTimeout(timer);
      window.removeEventListener("online", goOn);
      window.removeEventListener("focus", goOn);
    }

    function goOn() {
      wake();
      if (!isOver) {
        plan.progress(received);
        announce();
      }
    }

    // What is on its way is broken off; one that is being announced is given up once the server has answered.
    function cancel() {
      wake();
      if (isOver) {
        return;
      }
      isOver = true;
      var sent = request;
      if (place) {
        discard(place);
      } else if (!sent) {
        plan.cancelled();
      }
      if (place && sent) {
        sent.abort();
      }
    }

    announce();
    return { goOn: goOn, cancel: cancel };
  };

  // What came is not wanted: its bytes are given up.
  window.irPieces.discard = function (place) { opened(place.discard, null).send(); };

  function opened(address, body) {
    var sending = new XMLHttpRequest();
    sending.open("POST", address);
    sending.setRequestHeader("X-Background", "upload");
    sending.setRequestHeader("X-CSRFToken", cookie("csrftoken"));
    if (body && !(body instanceof FormData)) {
      sending.setRequestHeader("Content-Type", "application/octet-stream");
    }
    return sending;
  }

  function parsed(text) {
    try {
      var found = JSON.parse(text);
      return found && typeof found === "object" ? found : null;
    } catch (error) {
      return null;
    }
  }

  function cookie(name) {
    var found = new RegExp("(?:^|; )" + name + "=([^;]+)").exec(document.cookie);
    return found ? found[1] : "";
  }

  // CRC-32 of the first bytes of a file, as zlib has it; crypto.subtle is not there on a site without HTTPS.
  function checksum(file, upTo, step, isOver) {
    var crc = -1;
    table = table || rows();
    function on(from) {
      if (from >= upTo || isOver()) {
        return Promise.resolve((crc ^ -1) >>> 0);
      }
      return file.slice(from, Math.min(from + step, upTo)).arrayBuffer().then(function (buffer) {
        var bytes = new Uint8Array(buffer);
        for (var index = 0; index < bytes.length; index += 1) {
          crc = (crc >>> 8) ^ table[(crc ^ bytes[index]) & 255];
        }
        return on(from + step);
      });
    }
    return on(0);
  }

  function rows() {
    var found = new Int32Array(256);
    for (var number = 0; number < 256; number += 1) {
      var value = number;
      for (var bit = 0; bit < 8; bit += 1) {
        value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
      }
      found[number] = value;
    }
    return found;
  }
})();
