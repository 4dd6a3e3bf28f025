// While an amount is typed, the server says how it reads: 万元, 元, and in capital letters.
(function () {
  "use strict";

  var WAIT = 250;
  var timers = new WeakMap();

  document.addEventListener("input", function (event) {
    var box = event.target.closest(".money-input");
    var address = document.body.dataset.moneyReading;
    if (!box || !address) {
      return;
    }
    clearTimeout(timers.get(event.target));
    timers.set(event.target, setTimeout(function () { read(event.target, box.parentElement, address); }, WAIT));
  });

  function read(input, field, address) {
    var output = field.querySelector(".money-reading");
    if (!output) {
      return;
    }
    var asked = input.value;
    var query = new URLSearchParams({ amount: asked, unit: output.dataset.moneyUnit || "WAN" });
    fetch(address + "?" + query, { credentials: "same-origin", redirect: "error" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      if (input.value === asked) {
        output.textContent = text;
      }
    }).catch(function () {
      output.textContent = "";
    });
  }
})();
