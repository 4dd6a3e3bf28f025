// A process picture that is wider than the screen shows where the case is now.
(function () {
  "use strict";

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-flow]").forEach(function (frame) {
      var now = frame.querySelector("[data-now]");
      if (!now || frame.scrollWidth <= frame.clientWidth) {
        return;
      }
      var place = now.getBoundingClientRect();
      var around = frame.getBoundingClientRect();
      frame.scrollLeft += place.left - around.left - (frame.clientWidth - place.width) / 2;
    });
  });
})();
