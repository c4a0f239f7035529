"use strict";
// Values under the pointer, a cursor that charts over time share, switches of single series. All values are
// those of the data tables; without this script the tables are there. A page that changes its charts says so with
// the event "charts": what was switched off stays off, and the value that was shown is shown again.
(() => {
  const all = (where, what) => Array.from(where.querySelectorAll(what));
  const numbers = (text) => text.split(" ").map(Number);
  // What is known of a chart that is on the page: its plots, its switches, its readout.
  const cards = new WeakMap();
  let plots = [];
  // The value that is shown: its chart, the number of its plot there, its place.
  let shown = null;

  const plotOf = (figure, card, body) => {
    const { box, ends, zero, log, near } = body.dataset;
    const [left, top, right, bottom] = numbers(box);
    const scale = log === undefined ? (x) => x : (x) => Math.log(Math.max(x, 1e-12));
    const [first, last] = numbers(ends).map(scale);
    const rows = all(body, "tr[data-x]").map((row) => ({
      x: Number(row.dataset.x), cells: all(row, "th, td").map((cell) => cell.textContent),
    }));
    return {
      figure, card, left, top, right, bottom, rows, near: near !== undefined,
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

  const line = (plot, x) => {
    const svg = plot.card.querySelector("svg");
    const mark = document.createElementNS(svg.namespaceURI, "line");
    const at = plot.pixel(x);
    const ends = { x1: at, x2: at, y1: plot.top, y2: plot.bottom, class: "cursor" };
    for (const [name, value] of Object.entries(ends)) mark.setAttribute(name, value);
    svg.append(mark);
  };
  // Marks these values, and no others. The same words are not written again, so that they are spoken once.
  const mark = (values) => {
    for (const old of all(document, "svg .cursor")) old.remove();
    const words = new Map();
    for (const [plot, x] of values) {
      line(plot, x);
      words.set(plot.figure, (words.get(plot.figure) || []).concat(said(plot, x)));
    }
    for (const readout of all(document, "figure > .readout")) {
      const text = (words.get(readout.parentElement) || []).join("; ");
      if (readout.textContent !== text) readout.textContent = text;
    }
  };
  const clear = () => {
    shown = null;
    mark([]);
  };
  // Marks a value of a plot, and the same moment in every plot over time that holds it.
  const show = (plot, x) => {
    const moment = plot.zero === null ? null : plot.zero + x;
    mark(plots.flatMap((other) => {
      if (same(plot, other)) return [[other, x]];
      if (moment === null || other.zero === null) return [];
      const there = moment - other.zero;
      const at = other.pixel(there);
      return at >= other.left && at <= other.right ? [[other, there]] : [];
    }));
    shown = { card: plot.card, at: cards.get(plot.card).own.indexOf(plot), x };
    if (moment !== null) document.dispatchEvent(new CustomEvent("moment", { detail: { at: moment, by: "chart" } }));
  };

  const part = (name) => {
    const own = document.createElement(name);
    own.dataset.added = "";
    return own;
  };
  // Switches of the series of a chart; those in `off`, by name, are not shown.
  const switches = (figure, svg, off) => {
    const heads = new Map(all(figure, "th[data-series]").map((th) => [th.dataset.series, th.textContent]));
    const names = heads.size < 2 ? [] : Array.from(heads.values());
    const apply = () => {
      for (const [series, name] of heads) {
        for (const drawn of all(svg, `[data-series="${series}"]`)) drawn.style.display = off.has(name) ? "none" : "";
      }
    };
    const old = figure.querySelector(":scope > .toggles");
    const same = old && all(old, "button").map((button) => button.textContent).join("\n") === names.join("\n");
    if (old && !same) old.remove();
    if (names.length > 0 && !same) {
      const bar = part("div");
      bar.className = "toggles";
      for (const name of names) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name;
        button.setAttribute("aria-pressed", String(!off.has(name)));
        button.addEventListener("click", () => {
          if (!off.delete(name)) off.add(name);
          button.setAttribute("aria-pressed", String(!off.has(name)));
          cards.get(figure.querySelector(".chart")).apply();
        });
        bar.append(button);
      }
      figure.prepend(bar);
    }
    apply();
    return apply;
  };

  const keys = (card, state) => {
    let at = 0;
    let row = -1;
    const plot = () => state.own[at] || state.own[0];
    const other = (step) => {
      const from = plot();
      const count = state.own.length;
      do at = (at + step + count) % count; while (at !== 0 && same(plot(), from));
      row = Math.max(0, row);
    };
    card.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const last = plot().rows.length - 1;
      if (event.key === "ArrowRight") row += 1;
      else if (event.key === "ArrowLeft") row = Math.max(row - 1, 0);
      else if (event.key === "Home") row = 0;
      else if (event.key === "End") row = last;
      else if (event.key === "ArrowDown") other(1);
      else if (event.key === "ArrowUp") other(-1);
      else if (event.key === "Escape") return clear();
      else return;
      event.preventDefault();
      row = Math.min(row, plot().rows.length - 1);
      show(plot(), plot().rows[row].x);
    });
    // Only the chart that has the focus is read aloud.
    card.addEventListener("focus", () => state.readout.setAttribute("aria-live", "polite"));
    card.addEventListener("blur", () => { state.readout.setAttribute("aria-live", "off"); clear(); });
  };
  const pointer = (card, state) => {
    card.addEventListener("pointermove", (event) => {
      const matrix = card.querySelector("svg").getScreenCTM();
      if (!matrix) return;
      const x = (event.clientX - matrix.e) / matrix.a;
      const y = (event.clientY - matrix.f) / matrix.d;
      const plot = state.own.find((one) => x >= one.left && x <= one.right && y >= one.top && y <= one.bottom);
      if (plot) show(plot, plot.value((x - plot.left) / (plot.right - plot.left)));
    });
    card.addEventListener("pointerleave", clear);
  };
  const begin = (card) => {
    const readout = part("output");
    readout.className = "readout";
    readout.setAttribute("aria-live", "off");
    const state = { readout, off: new Set() };
    keys(card, state);
    pointer(card, state);
    cards.set(card, state);
    return state;
  };

  const prepare = (figure) => {
    const svg = figure.querySelector(".chart svg");
    const bodies = all(figure, "tbody[data-box]").filter((body) => body.querySelector("tr[data-x]"));
    const card = svg && svg.parentElement;
    const state = svg && bodies.length > 0 ? cards.get(card) || begin(card) : null;
    const stale = (own) => !state || (own.matches(".readout") && own !== state.readout);
    all(figure, ":scope > [data-added]").filter(stale).forEach((own) => own.remove());
    if (!state) return;
    state.own = bodies.map((body) => plotOf(figure, card, body));
    state.apply = switches(figure, svg, state.off);
    if (!state.readout.isConnected) card.after(state.readout);
    const title = svg.querySelector("title");
    const several = state.own.some((plot) => !same(plot, state.own[0])) ? ", up and down go to the other plots" : "";
    const label = `${title ? title.textContent : "Chart"}. Arrow keys left and right show values${several}.`;
    const ways = { tabindex: "0", role: "group", "aria-label": label, "data-live": "" };
    for (const [name, value] of Object.entries(ways)) if (card.getAttribute(name) !== value) card.setAttribute(name, value);
    plots.push(...state.own);
  };
  const scan = () => {
    plots = [];
    all(document, "figure").forEach(prepare);
    if (!shown) return;
    const state = shown.card.isConnected && cards.get(shown.card);
    const plot = state && plots.includes(state.own[shown.at]) ? state.own[shown.at] : null;
    if (plot) show(plot, shown.x);
    else clear();
  };
  document.addEventListener("moment", ({ detail }) => {
    if (detail.by === "chart") return;
    shown = null;
    mark(plots.filter((one) => one.zero !== null).map((one) => [one, detail.at - one.zero]).filter(([one, x]) => {
      const at = one.pixel(x);
      return at >= one.left && at <= one.right;
    }));
  });
  document.addEventListener("charts", scan);
  scan();
})();
