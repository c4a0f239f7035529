"use strict";
// Values under the pointer, a cursor that charts over time share, switches of single series. All values are
// those of the data tables; without this script the tables are there.
(() => {
  const all = (where, what) => Array.from(where.querySelectorAll(what));
  const numbers = (text) => text.split(" ").map(Number);
  const plots = [];

  const plotOf = (figure, body) => {
    const { box, ends, zero, log, near } = body.dataset;
    const [left, top, right, bottom] = numbers(box);
    const scale = log === undefined ? (x) => x : (x) => Math.log(Math.max(x, 1e-12));
    const [first, last] = numbers(ends).map(scale);
    const rows = all(body, "tr[data-x]").map((row) => ({
      x: Number(row.dataset.x), cells: all(row, "th, td").map((cell) => cell.textContent),
    }));
    return {
      figure, left, top, right, bottom, rows, near: near !== undefined,
      zero: zero === undefined ? null : Number(zero),
      heads: all(body.parentElement, "thead th").map((head) => head.textContent),
      pixel: (x) => left + ((scale(x) - first) / (last - first)) * (right - left),
      // What is at a share of the width, from 0 to 1.
      value: (share) => {
        const at = first + share * (last - first);
        return log === undefined ? at : Math.exp(at);
      },
    };
  };

  // The row that holds at a value: the last that begins before it, or the nearest.
  const rowAt = (plot, x) => {
    const far = (row) => Math.abs(row.x - x);
    if (plot.near) return plot.rows.reduce((best, row) => (far(row) < far(best) ? row : best));
    return plot.rows.filter((row) => row.x <= x * (1 + 1e-9) + 1e-9).pop();
  };
  const said = (plot, x) => {
    const row = rowAt(plot, x);
    if (!row) return `${plot.heads[0]} before ${plot.rows[0].cells[0]}: ${plot.heads[1]} none`;
    const values = row.cells.slice(1).map((cell, at) => `${plot.heads[at + 1]} ${cell}`);
    return `${plot.heads[0]} ${row.cells[0]}: ${values.join(", ")}`;
  };
  const same = (a, b) => a.figure === b.figure && a.left === b.left && a.top === b.top;

  const clear = () => {
    for (const line of all(document, "svg .cursor")) line.remove();
    for (const readout of all(document, "figure > .readout")) readout.textContent = "";
  };
  const mark = (plot, x) => {
    const line = document.createElementNS(plot.figure.querySelector(".chart svg").namespaceURI, "line");
    const at = plot.pixel(x);
    const ends = { x1: at, x2: at, y1: plot.top, y2: plot.bottom, class: "cursor" };
    for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value);
    plot.figure.querySelector(".chart svg").append(line);
    const readout = plot.figure.querySelector(":scope > .readout");
    readout.textContent += (readout.textContent ? "; " : "") + said(plot, x);
  };
  // Marks a value of a plot, and the same moment in every plot over time that holds it.
  const show = (plot, x) => {
    clear();
    const moment = plot.zero === null ? null : plot.zero + x;
    for (const other of plots) {
      if (same(plot, other)) mark(other, x);
      else if (moment !== null && other.zero !== null) {
        const there = moment - other.zero;
        const at = other.pixel(there);
        if (at >= other.left && at <= other.right) mark(other, there);
      }
    }
    if (moment !== null) document.dispatchEvent(new CustomEvent("moment", { detail: { at: moment, by: "chart" } }));
  };

  const switches = (figure, svg) => {
    const heads = new Map(all(figure, "th[data-series]").map((th) => [th.dataset.series, th.textContent]));
    if (heads.size < 2) return;
    const bar = document.createElement("div");
    bar.className = "toggles";
    for (const [series, name] of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        const shown = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(shown));
        for (const part of all(svg, `[data-series="${series}"]`)) part.style.display = shown ? "" : "none";
      });
      bar.append(button);
    }
    figure.prepend(bar);
  };

  const keys = (card, own, readout) => {
    let plot = own[0];
    let row = -1;
    const other = (step) => {
      let at = own.indexOf(plot);
      do at = (at + step + own.length) % own.length; while (at !== 0 && same(own[at], plot));
      plot = own[at];
      row = Math.max(0, Math.min(row, plot.rows.length - 1));
    };
    card.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const last = plot.rows.length - 1;
      if (event.key === "ArrowRight") row = Math.min(row + 1, last);
      else if (event.key === "ArrowLeft") row = Math.max(row - 1, 0);
      else if (event.key === "Home") row = 0;
      else if (event.key === "End") row = last;
      else if (event.key === "ArrowDown") other(1);
      else if (event.key === "ArrowUp") other(-1);
      else if (event.key === "Escape") return clear();
      else return;
      event.preventDefault();
      show(plot, plot.rows[row].x);
    });
    // Only the chart that has the focus is read aloud.
    card.addEventListener("focus", () => readout.setAttribute("aria-live", "polite"));
    card.addEventListener("blur", () => { readout.setAttribute("aria-live", "off"); clear(); });
  };

  for (const figure of all(document, "figure")) {
    const svg = figure.querySelector(".chart svg");
    const bodies = all(figure, "tbody[data-box]").filter((body) => body.querySelector("tr[data-x]"));
    if (!svg || bodies.length === 0) continue;
    const own = bodies.map((body) => plotOf(figure, body));
    plots.push(...own);
    switches(figure, svg);
    const card = svg.parentElement;
    const readout = document.createElement("output");
    readout.className = "readout";
    readout.setAttribute("aria-live", "off");
    card.after(readout);
    card.tabIndex = 0;
    card.setAttribute("role", "group");
    const title = svg.querySelector("title");
    const several = own.some((plot) => !same(plot, own[0])) ? ", up and down go to the other plots" : "";
    card.setAttribute("aria-label", `${title ? title.textContent : "Chart"}. Arrow keys left and right show values${several}.`);
    keys(card, own, readout);
    svg.addEventListener("pointermove", (event) => {
      const matrix = svg.getScreenCTM();
      if (!matrix) return;
      const x = (event.clientX - matrix.e) / matrix.a;
      const y = (event.clientY - matrix.f) / matrix.d;
      const plot = own.find((one) => x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
      if (plot) show(plot, plot.value((x - plot.left) / (plot.right - plot.left)));
    });
    svg.addEventListener("pointerleave", clear);
  }
  document.addEventListener("moment", ({ detail }) => {
    if (detail.by === "chart") return;
    clear();
    for (const plot of plots.filter((one) => one.zero !== null)) {
      const x = detail.at - plot.zero;
      const at = plot.pixel(x);
      if (at >= plot.left && at <= plot.right) mark(plot, x);
    }
  });
})();
