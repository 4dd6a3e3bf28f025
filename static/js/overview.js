// The charts of the overview, drawn on canvas from the data beside them; the tables behind them need no script.
(function () {
  "use strict";

  var FONT = getComputedStyle(document.body).fontFamily;
  var TEXT = { fontFamily: FONT, color: "#475467", fontSize: 12.5 };
  var LINE = "#b8c2cf";
  var NARROW = 600;
  // Kind by kind a shape of its own besides its colour; what is under way is hollow too.
  var LOOKS = {
    SELF_DECIDED: { symbol: "emptyCircle", symbolSize: 12, itemStyle: { color: "#5b6b7c" } },
    FILED: { symbol: "circle", symbolSize: 14, itemStyle: { color: "#14539a" } },
    SECOND_REVIEWED: { symbol: "diamond", symbolSize: 17, itemStyle: { color: "#6741b8" } },
    UNDER_WAY: { symbol: "triangle", symbolSize: 14, itemStyle: { color: "#fff", borderColor: "#93500a", borderWidth: 2 } },
  };
  var BARS = { FILED: "#14539a", SECOND_REVIEWED: "#8f75cf" };
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  var charts = [];

  function axis(more) {
    return Object.assign(
      { axisLine: { lineStyle: { color: LINE } }, axisTick: { show: false }, axisLabel: TEXT, splitLine: { lineStyle: { color: "#eaeef3" } } },
      more
    );
  }

  function base(more) {
    return Object.assign(
      {
        animation: !calm,
        animationDuration: 350,
        textStyle: { fontFamily: FONT },
        aria: { enabled: false },
        legend: { left: 0, top: 0, itemGap: 18, itemWidth: 13, itemHeight: 13, textStyle: TEXT, selectedMode: "multiple" },
      },
      more
    );
  }

  function tooltip(more) {
    return Object.assign({ renderMode: "richText", confine: true, textStyle: { fontFamily: FONT, fontSize: 13 } }, more);
  }

  // The powers of ten around all points and bounds; none of them lies on the left edge.
  function decades(data) {
    var amounts = data.bounds.map(function (bound) { return bound.wan; });
    data.series.forEach(function (one) {
      one.points.forEach(function (point) { amounts.push(point[0]); });
    });
    var low = Math.floor(Math.log(Math.min.apply(null, amounts)) / Math.LN10 - 1e-9);
    var high = Math.ceil(Math.log(Math.max.apply(null, amounts)) / Math.LN10 - 1e-9);
    return { min: Math.pow(10, low), max: Math.pow(10, Math.max(high, low + 1)) };
  }

  // Whether the legend needs a second line; a letter is about half as wide as a Chinese character.
  function isLong(series, width) {
    var needed = series.reduce(function (sum, one) {
      var wide = one.name.replace(/[\x00-\xff]/g, "").length;
      return sum + 42 + wide * 13 + (one.name.length - wide) * 7;
    }, 0);
    return needed > width;
  }

  function scatter(data, width) {
    var narrow = width < NARROW;
    function amount(value) {
      var unit = data.units.filter(function (one) { return value >= one[0]; })[0] || data.units[data.units.length - 1];
      return Math.round(value / unit[0]) + unit[1];
    }
    var bounds = data.bounds.map(function (bound, index) {
      return {
        xAxis: bound.wan,
        label: { formatter: bound.label, align: data.bounds.length < 2 ? "center" : index ? "left" : "right" },
      };
    });
    return base({
      grid: { left: narrow ? 84 : 112, right: 24, top: isLong(data.series, width) ? 86 : 62, bottom: 30 },
      tooltip: tooltip({
        formatter: function (one) { return one.value[2] + "\n" + one.seriesName + " · " + one.value[3] + " " + data.unit; },
      }),
      xAxis: axis(Object.assign({ type: "log", axisLabel: Object.assign({}, TEXT, { formatter: amount }) }, decades(data))),
      yAxis: axis({
        type: "category",
        inverse: true,
        data: data.groups,
        splitLine: { show: true, lineStyle: { color: "#f0f3f7" } },
        axisLabel: Object.assign({}, TEXT, { width: narrow ? 76 : 104, overflow: "truncate" }),
      }),
      series: data.series.map(function (one, index) {
        var look = { name: one.name, type: "scatter", data: one.points, cursor: "pointer", emphasis: { scale: 1.25 } };
        if (!index) {
          look.markLine = {
            silent: true,
            symbol: "none",
            lineStyle: { color: "#14233a", type: "dashed" },
            label: Object.assign({}, TEXT, { position: "start" }),
            data: bounds,
          };
        }
        return Object.assign(look, LOOKS[one.kind]);
      }),
    });
  }

  function months(data, width) {
    return base({
      grid: { left: 34, right: 8, top: 40, bottom: 26 },
      tooltip: tooltip({ trigger: "axis", axisPointer: { type: "shadow" } }),
      xAxis: axis({ type: "category", data: data.months }),
      yAxis: axis({ type: "value", minInterval: 1, axisLine: { show: false } }),
      series: data.series.map(function (one) {
        return {
          name: one.name,
          type: "bar",
          stack: "decided",
          barMaxWidth: width < NARROW ? 18 : 30,
          itemStyle: { color: BARS[one.kind] },
          data: one.counts,
        };
      }),
    });
  }

  var KINDS = { scatter: scatter, months: months };

  function draw(holder) {
    var data = JSON.parse(document.getElementById(holder.dataset.source).textContent);
    holder.hidden = false;
    var chart = window.echarts.init(holder, null, { renderer: "canvas", devicePixelRatio: Math.max(window.devicePixelRatio || 1, 2) });
    function show() { chart.setOption(KINDS[holder.dataset.chart](data, holder.clientWidth), true); }
    show();
    if (holder.dataset.chart === "scatter") {
      chart.on("click", function (one) {
        if (one.value && one.value[4]) {
          window.location.assign(one.value[4]);
        }
      });
    }
    charts.push(function () {
      chart.resize();
      show();
    });
  }

  function redraw() {
    charts.forEach(function (one) { one(); });
  }

  if (window.echarts) {
    document.querySelectorAll("[data-chart]").forEach(draw);
    var waiting = 0;
    window.addEventListener("resize", function () {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(redraw, 150);
    });
  }
})();
