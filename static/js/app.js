// Small moves only; every page works without this file.
(function () {
  "use strict";

  // One press, one submission: the button that was pressed keeps its name and value, the rest waits.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "download" in form.dataset) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    renewMark(form);
  });

  // Whoever signed in again in another window has a new security mark; the form takes it along.
  function renewMark(form) {
    var mark = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    var field = form.querySelector("[name=csrfmiddlewaretoken]");
    if (mark && field) {
      field.value = mark[1];
    }
  }

  // A page taken from the browser's history may be sent again.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

  // A form that htmx sent may be sent again after its answer.
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest("form");
    if (form) {
      delete form.dataset.sent;
    }
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) {
      window.print();
    }
  });

  // The phone's menu closes with Escape and when the page behind it is touched.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      var left = event.target.closest && event.target.closest("details.ir-menu[open]");
      closeMenus(null);
      if (left) {
        left.querySelector("summary").focus();
      }
    }
  });
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.ir-menu"));
  });

  function closeMenus(except) {
    document.querySelectorAll("details.ir-menu[open]").forEach(function (menu) {
      if (menu !== except) {
        menu.open = false;
      }
    });
  }
})();
