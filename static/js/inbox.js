// Ticking many lines at once; without this file each line is ticked by itself.
(function () {
  "use strict";

  document.querySelectorAll("form").forEach(function (form) {
    var all = form.querySelector("[data-all]");
    if (!all) {
      return;
    }
    var box = all.querySelector("input");
    var said = form.querySelector("[data-count]");
    var lines = Array.prototype.slice.call(form.querySelectorAll("input[name=items]"));
    all.hidden = lines.length === 0;

    function tell() {
      var count = lines.filter(function (line) { return line.checked; }).length;
      box.checked = count > 0 && count === lines.length;
      box.indeterminate = count > 0 && count < lines.length;
      said.textContent = count ? said.dataset.text.replace("{n}", count) : "";
    }

    box.addEventListener("change", function () {
      lines.forEach(function (line) { line.checked = box.checked; });
      tell();
    });
    lines.forEach(function (line) { line.addEventListener("change", tell); });
    tell();
  });
})();
