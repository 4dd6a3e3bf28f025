// The boxes of the balls go on by themselves, and the page is made anew when the other hand has acted.
// Without this file each box is reached with Tab, and the page says that something has moved, with a link.
(function () {
  "use strict";

  var RENEWED = "ceremony-renewed";

  document.addEventListener("input", function (event) {
    var box = event.target;
    if (!box.classList.contains("ir-ball")) {
      return;
    }
    box.value = narrow(box.value).replace(/[^0-9]/g, "").slice(-1);
    if (box.value) {
      move(box, 1);
    }
  });

  document.addEventListener("keydown", function (event) {
    var box = event.target;
    if (!box.classList || !box.classList.contains("ir-ball")) {
      return;
    }
    if (event.key === "ArrowLeft" || (event.key === "Backspace" && !box.value)) {
      event.preventDefault();
      move(box, -1);
    } else if (event.key === "ArrowRight") {
      event.preventDefault();
      move(box, 1);
    }
  });

  // All ten pasted or typed at once fill all ten.
  document.addEventListener("paste", function (event) {
    var box = event.target;
    if (!box.classList || !box.classList.contains("ir-ball")) {
      return;
    }
    var digits = narrow(event.clipboardData.getData("text")).replace(/[^0-9]/g, "");
    if (digits.length < 2) {
      return;
    }
    event.preventDefault();
    var all = boxes(box);
    all.slice(all.indexOf(box)).forEach(function (each, place) {
      if (place < digits.length) {
        each.value = digits[place];
      }
    });
  });

  document.addEventListener("ceremony-moved", function () {
    if (!isTyping()) {
      window.sessionStorage.setItem(RENEWED, window.location.pathname);
      window.location.assign(window.location.pathname);
    }
  });

  // Made anew by itself, the page goes on at its content, not at the menu before it.
  document.addEventListener("DOMContentLoaded", function () {
    if (window.sessionStorage.getItem(RENEWED) === window.location.pathname) {
      document.getElementById("content").focus({ preventScroll: true });
    }
    window.sessionStorage.removeItem(RENEWED);
  });

  function boxes(box) {
    return Array.prototype.slice.call(box.closest("[data-balls]").querySelectorAll(".ir-ball"));
  }

  function move(box, by) {
    var next = boxes(box)[boxes(box).indexOf(box) + by];
    if (next) {
      next.focus();
      next.select();
    }
  }

  function narrow(text) {
    return text.replace(/[０-９]/g, function (digit) {
      return String.fromCharCode(digit.charCodeAt(0) - 0xFEE0);
    });
  }

  // Somebody has begun to write, chosen something, or has just sent a form: then nothing is taken away.
  function isTyping() {
    return Array.prototype.some.call(document.querySelectorAll("form[data-keeps]"), function (form) {
      return form.dataset.sent || Array.prototype.some.call(form.elements, changed);
    });
  }

  function changed(field) {
    if (field.type === "hidden" || field.tagName === "BUTTON" || field.tagName === "FIELDSET") {
      return false;
    }
    if (field.type === "file") {
      return field.files.length > 0;
    }
    if (field.type === "checkbox" || field.type === "radio") {
      return field.checked !== field.defaultChecked;
    }
    if (field.tagName === "SELECT") {
      return Array.prototype.some.call(field.options, function (option, place) {
        return option.selected !== option.defaultSelected && !(place === 0 && field.selectedIndex === 0);
      });
    }
    return field.value !== field.defaultValue;
  }
})();
