// Shows a PDF page by page with pdf.js; a page is drawn when it comes near the window. Nothing in the file is run.
(function () {
  "use strict";

  var NEAR = "600px";
  var WIDEST = 1000;

  document.addEventListener("DOMContentLoaded", function () {
    var frame = document.querySelector("[data-pdf]");
    if (!frame || !window.pdfjsLib) {
      return fail(frame);
    }
    window.pdfjsLib.GlobalWorkerOptions.workerSrc = frame.dataset.pdfWorker;
    window.pdfjsLib
      .getDocument({
        url: frame.dataset.pdf,
        cMapUrl: frame.dataset.pdfCmaps,
        cMapPacked: true,
        isEvalSupported: false,
        enableXfa: false,
        disableRange: true,
        disableStream: true,
        disableAutoFetch: true,
      })
      .promise.then(function (file) {
        return show(frame, file);
      })
      .catch(function () {
        fail(frame);
      });
  });

  function show(frame, file) {
    return file.getPage(1).then(function (first) {
      var size = first.getViewport({ scale: 1 });
      frame.querySelector("[data-pdf-loading]").hidden = true;
      var seen = new IntersectionObserver(
        function (entries) {
          entries.forEach(function (entry) {
            if (entry.isIntersecting) {
              seen.unobserve(entry.target);
              draw(frame, file, entry.target);
            }
          });
        },
        { rootMargin: NEAR }
      );
      for (var number = 1; number <= file.numPages; number += 1) {
        var sheet = document.createElement("canvas");
        sheet.dataset.page = number;
        sheet.width = Math.min(frame.clientWidth - 28, WIDEST);
        sheet.height = Math.round((sheet.width * size.height) / size.width);
        sheet.setAttribute("role", "img");
        sheet.setAttribute("aria-label", frame.dataset.pdfPageLabel.replace("{n}", number));
        frame.appendChild(sheet);
        seen.observe(sheet);
      }
      steer(frame, file.numPages);
    });
  }

  function draw(frame, file, sheet) {
    file.getPage(Number(sheet.dataset.page)).then(function (page) {
      var width = Math.min(frame.clientWidth - 28, WIDEST) * Math.min(window.devicePixelRatio || 1, 2);
      var view = page.getViewport({ scale: width / page.getViewport({ scale: 1 }).width });
      sheet.width = Math.floor(view.width);
      sheet.height = Math.floor(view.height);
      page.render({ canvasContext: sheet.getContext("2d"), viewport: view });
    });
  }

  function steer(frame, count) {
    var bar = document.querySelector("[data-pdf-bar]");
    var field = bar.querySelector("[data-pdf-page]");
    bar.hidden = false;
    field.max = count;
    function go(number) {
      var chosen = Math.min(Math.max(number || 1, 1), count);
      field.value = chosen;
      var sheet = frame.querySelector('[data-page="' + chosen + '"]');
      if (sheet) {
        sheet.scrollIntoView();
      }
    }
    bar.querySelector("[data-pdf-previous]").addEventListener("click", function () {
      go(Number(field.value) - 1);
    });
    bar.querySelector("[data-pdf-next]").addEventListener("click", function () {
      go(Number(field.value) + 1);
    });
    field.addEventListener("change", function () {
      go(Number(field.value));
    });
    if (Number(frame.dataset.pdfStart) > 1) {
      go(Number(frame.dataset.pdfStart));
    }
  }

  function fail(frame) {
    if (frame) {
      frame.querySelector("[data-pdf-loading]").hidden = true;
      frame.querySelector("[data-pdf-failed]").hidden = false;
    }
  }
})();
