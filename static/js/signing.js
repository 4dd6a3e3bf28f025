// j and k, or the arrow keys, go to the next and the previous thing to sign; everything works without this file.
(function () {
  "use strict";

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select, summary, [tabindex='0']")) {
      return;
    }
    var wanted = { j: "[data-next]", ArrowRight: "[data-next]", k: "[data-previous]", ArrowLeft: "[data-previous]" };
    var link = wanted[event.key] && document.querySelector(wanted[event.key]);
    if (link) {
      event.preventDefault();
      window.location.assign(link.href);
    }
  });
})();
