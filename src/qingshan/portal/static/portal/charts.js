// Charts of the house. Data stand beside the chart as JSON and as a table; without scripts the table is read.
(function () {
  "use strict";
  var INK = "#1c2b2e", SOFT = "#55676b", LINE = "#d5dfe0", ACCENT = "#0b6670";
  // Kinds of value: colour and shape together, never colour alone.
  var KINDS = [
    { color: "#0b6670", symbol: "circle" }, { color: "#8a5200", symbol: "rect" }, { color: "#5b4a8a", symbol: "triangle" },
    { color: "#1f5f8b", symbol: "diamond" }, { color: "#a52323", symbol: "pin" }, { color: "#1d6b3a", symbol: "roundRect" }
  ];
  var FONT = getComputedStyle(document.documentElement).getPropertyValue("--font");

  function unit(value, data) { return value === null || value === undefined ? "—" : value + (data.unit || ""); }

  // An indicator over the years: baseline, path to the targets, the targets, and each kind of value with its gaps.
  function indicator(data) {
    var series = [];
    if (data.path.some(function (one) { return one !== null; })) {
      series.push({ name: data.words.path, type: "line", data: data.path, symbol: "none", connectNulls: true, z: 1,
        lineStyle: { type: "dashed", color: SOFT, width: 1.5 }, itemStyle: { color: SOFT } });
    }
    data.values.forEach(function (kind, index) {
      var look = KINDS[index % KINDS.length];
      if (kind.part) {  // part of a year: a hollow point, never joined to whole years
        series.push({ name: kind.name, type: "scatter", data: kind.points, z: 3, symbol: "circle", symbolSize: 11,
          itemStyle: { color: "#fff", borderColor: look.color, borderWidth: 2, borderType: "dashed" } });
        return;
      }
      series.push({ name: kind.name, type: "line", data: kind.points, connectNulls: false, z: 3, symbol: look.symbol, symbolSize: 9, showAllSymbol: true,
        lineStyle: { color: look.color, width: 2 }, itemStyle: { color: look.color } });
    });
    series.push({ name: data.words.targets, type: "scatter", z: 4, symbolSize: 15, animation: false,
      symbol: function (value, p) { return p.data && p.data.bound === "max" ? "path://M0,0 L20,0 L10,14 Z" : p.data && p.data.bound === "min" ? "path://M0,14 L20,14 L10,0 Z" : "diamond"; },
      itemStyle: { color: "#fff", borderColor: "#a52323", borderWidth: 2 },
      data: data.targets.map(function (one) { return one === null ? null : { value: [one.x, one.value], bound: one.bound, label: one.label }; }).filter(Boolean),
      label: { show: true, position: "top", color: "#a52323", fontFamily: FONT, formatter: function (p) { return p.data.label; } },
      markLine: data.limits.length ? { silent: true, symbol: "none", lineStyle: { color: "#a52323", type: "dotted" }, label: { formatter: "{b}", position: "insideStartTop", color: "#a52323" },
        data: data.limits.map(function (one) { return { yAxis: one.value, name: one.label }; }) } : undefined });
    if (data.baseline) {
      series.push({ name: data.words.baseline, type: "scatter", z: 4, symbol: "rect", symbolSize: 11, itemStyle: { color: INK }, data: [[data.baseline.x, data.baseline.value]] });
    }
    var narrow = window.innerWidth < 600; // there an English legend takes three lines
    return {
      grid: { left: 12, right: 24, top: narrow ? 108 : 64, bottom: 12, containLabel: true },
      legend: { top: 4, left: 0, textStyle: { color: INK, fontFamily: FONT }, itemGap: 18 },
      tooltip: { trigger: "axis", confine: true, valueFormatter: function (value) { return unit(Array.isArray(value) ? value[1] : value, data); } },
      xAxis: { type: "category", data: data.years, boundaryGap: true, axisLine: { lineStyle: { color: LINE } }, axisLabel: { color: SOFT } },
      yAxis: { type: "value", scale: true, name: data.unit, nameTextStyle: { color: SOFT, align: "left" }, axisLabel: { color: SOFT }, splitLine: { lineStyle: { color: LINE } } },
      series: series
    };
  }

  // One indicator across plans: a line for each stretch counted one way, never joined over a change of definition.
  function series(data) {
    var lines = data.lines.map(function (one, index) {
      var look = KINDS[index % KINDS.length];
      return { name: one.name, type: "line", data: one.points, connectNulls: false, z: 3, symbol: look.symbol, symbolSize: 9, showAllSymbol: true,
        lineStyle: { color: look.color, width: 2 }, itemStyle: { color: look.color } };
    });
    lines.push({ name: data.words.targets, type: "scatter", z: 4, symbolSize: 14, animation: false,
      symbol: function (value, p) { return p.data && p.data.bound === "max" ? "path://M0,0 L20,0 L10,14 Z" : p.data && p.data.bound === "min" ? "path://M0,14 L20,14 L10,0 Z" : "diamond"; },
      itemStyle: { color: "#fff", borderColor: "#a52323", borderWidth: 2 },
      data: data.targets.map(function (one) { // a long name at the first or the last year stands inside
        var at = data.years.map(String).indexOf(String(one.x));
        return { value: [one.x, one.value], bound: one.bound, told: one.label,
          label: { position: at === 0 ? "right" : at === data.years.length - 1 ? "left" : "top" } };
      }),
      label: { show: window.innerWidth >= 600, position: "top", color: "#a52323", backgroundColor: "rgba(255,255,255,.85)", fontFamily: FONT, formatter: function (p) { return p.data.told; } },
      labelLayout: { hideOverlap: true },
      markLine: data.breaks.length ? { silent: true, symbol: "none", lineStyle: { color: SOFT, type: "dashed" },
        label: { formatter: "{b}", color: SOFT, fontFamily: FONT, rotate: 0, position: "insideEndTop" },
        data: data.breaks.map(function (one) { return { xAxis: one.x, name: one.label }; }) } : undefined });
    var narrow = window.innerWidth < 600;
    return {
      grid: { left: 12, right: 24, top: 30 + 26 * Math.ceil((lines.length + 1) / (narrow ? 2 : 3)), bottom: 12, containLabel: true },
      legend: { top: 4, left: 0, textStyle: { color: INK, fontFamily: FONT }, itemGap: 18 },
      tooltip: { trigger: "axis", confine: true, valueFormatter: function (value) { return unit(Array.isArray(value) ? value[1] : value, data); } },
      xAxis: { type: "category", data: data.years, boundaryGap: true, axisLine: { lineStyle: { color: LINE } }, axisLabel: { color: SOFT } },
      yAxis: { type: "value", scale: true, name: narrow ? "" : data.unit, nameTextStyle: { color: SOFT, align: "left" }, axisLabel: { color: SOFT }, splitLine: { lineStyle: { color: LINE } } },
      series: lines
    };
  }

  // Money by year: planned, received and paid side by side.
  function money(data) {
    return {
      grid: { left: 12, right: 16, top: 64, bottom: 12, containLabel: true },
      legend: { top: 4, left: 0, textStyle: { color: INK, fontFamily: FONT } },
      tooltip: { trigger: "axis", confine: true, valueFormatter: function (value) { return unit(value, data); } },
      xAxis: { type: "category", data: data.years, axisLabel: { color: SOFT }, axisLine: { lineStyle: { color: LINE } } },
      yAxis: { type: "value", name: data.unit, nameTextStyle: { color: SOFT, align: "left" }, axisLabel: { color: SOFT }, splitLine: { lineStyle: { color: LINE } } },
      series: data.series.map(function (one, index) {
        return { name: one.name, type: "bar", data: one.points, barMaxWidth: 26,
          itemStyle: { color: ["#aebfc1", "#5b9bc8", ACCENT][index], decal: [{ symbol: "none" }, { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.7 }, { symbol: "none" }][index] } };
      })
    };
  }

  var MAKERS = { indicator: indicator, series: series, money: money };

  function draw(root) {
    if (!window.echarts) { return; }
    root.querySelectorAll("[data-chart]").forEach(function (box) {
      if (box.dataset.drawn) { return; }
      var source = document.getElementById(box.dataset.source);
      if (!source) { return; }
      box.dataset.drawn = "1";
      box.hidden = false;
      var chart = window.echarts.init(box, null, { renderer: "svg" });
      var option = MAKERS[box.dataset.chart](JSON.parse(source.textContent));
      option.textStyle = { fontFamily: FONT };
      option.animation = !window.matchMedia("(prefers-reduced-motion: reduce)").matches && !window.matchMedia("print").matches;
      option.aria = { enabled: true };
      chart.setOption(option);
      window.addEventListener("resize", function () { chart.resize(); });
    });
  }
  document.addEventListener("DOMContentLoaded", function () { draw(document); });
  document.addEventListener("htmx:load", function (event) { draw(event.detail.elt); });
})();
