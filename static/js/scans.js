// A form with a large scan: the scan goes first, piece by piece, then the form with its key instead of the file.
// Without this file the scan goes with its form in one request.
(function () {
  "use strict";

  document.querySelectorAll("form[data-scans]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      var inputs = form.querySelectorAll("input[type=file]");
      var input = Array.prototype.filter.call(inputs, function (each) { return !each.disabled && large(form, each).length; })[0];
      if (form.dataset.isSending) {
        event.preventDefault();
      } else if (input) {
        event.preventDefault();
        form.dataset.isSending = "yes";
        send(form, input, large(form, input)[0], event.submitter);
      }
    });
  });

  function large(form, input) {
    return Array.prototype.filter.call(input.files, function (file) { return file.size > Number(form.dataset.piece); });
  }

  function send(form, input, file, submitter) {
    var row = window.irSending.row(file, form.dataset);
    var others = Array.prototype.filter.call(input.files, function (each) { return each !== file; });
    form.querySelector(".ir-uploads").appendChild(row.place);
    window.irSending.sendPieces(row, {
      label: "",
      begin: form.dataset.scans,
      fields: {},
      over: function () {
        row.bar.hidden = true;
        delete form.dataset.isSending;
      },
      refused: function (line) {
        window.irSending.tell(row, line, true);
        window.irSending.offer(row, []);
      },
      done: function (line, place) {
        window.irSending.tell(row, "✓ " + line, false);
        window.irSending.offer(row, []);
        leave(form, input, others, place.key);
        form.requestSubmit(submitter || undefined);
      },
      cancelled: function () { row.place.remove(); }
    });
  }

  // The form says where its scan is; what else was chosen in the field stays chosen.
  function leave(form, input, others, key) {
    var arrived = document.createElement("input");
    arrived.type = "hidden";
    arrived.name = input.name + "-arrived";
    arrived.value = key;
    form.appendChild(arrived);
    var rest = new DataTransfer();
    others.forEach(function (each) { rest.items.add(each); });
    input.files = rest.files;
    input.required = false;
  }
})();
