"use strict";
(() => {
  const all = (where, what) => Array.from(where.querySelectorAll(what));
  for (const part of all(document, ".switches, .zoom")) part.hidden = false;

  const keys = document.getElementById("show-keys");
  keys.addEventListener("change", () => document.body.classList.toggle("keys", keys.checked));

  const opener = document.getElementById("open-tables");
  const open = (state) => {
    for (const table of all(document, "details")) table.open = state;
    opener.textContent = state ? "Close all tables" : "Open all tables";
  };
  opener.addEventListener("click", () => open(opener.textContent.startsWith("Open")));
  let before = [];
  addEventListener("beforeprint", () => {
    before = all(document, "details:not([open]):not(.long)");
    for (const table of before) table.open = true;
  });
  addEventListener("afterprint", () => {
    for (const table of before) table.open = false;
  });

  const words = (seconds) => {
    const sign = seconds < 0 ? "-" : "";
    let rest = Math.abs(seconds);
    if (rest < 60) return sign + Number(rest.toPrecision(3)) + " s";
    const parts = [];
    for (const [name, unit] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
      const whole = Math.floor(rest / unit + 1e-9);
      rest -= whole * unit;
      if (whole > 0 && parts.length < 2) parts.push(whole + " " + name);
    }
    return sign + parts.join(" ");
  };
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
  const stepOf = (length) => {
    const rough = length / 7;
    const found = steps.find((step) => step >= rough);
    return found || Math.ceil(rough / 86400) * 86400;
  };

  for (const bar of all(document, ".zoom")) {
    const svg = bar.parentElement.querySelector("figure .chart svg");
    const readout = bar.querySelector(".readout");
    const buttons = all(bar, "button");
    if (!svg || buttons.length === 0) continue;
    const horizon = Number(buttons[0].dataset.to);
    const blocks = all(svg, "rect[data-from]").map((rect) => ({
      rect, from: Number(rect.dataset.from), to: Number(rect.dataset.to),
    }));
    const ticks = all(svg, "[data-tick]");
    const lines = ticks.filter((tick) => tick.tagName === "polyline");
    const labels = ticks.filter((tick) => tick.tagName === "text");
    if (lines.length === 0 || labels.length === 0) continue;
    const ends = lines[0].getAttribute("points").split(" ").map((point) => Number(point.split(",")[1]));
    const left = 230;
    const right = 932;
    const now = { from: 0, to: horizon, zero: 0 };

    const place = (at) => left + ((at - now.from) / (now.to - now.from)) * (right - left);
    const drawTicks = () => {
      const line = lines[0].cloneNode(false);
      const label = labels[0].cloneNode(false);
      for (const old of all(svg, "[data-tick]")) old.remove();
      const step = stepOf(now.to - now.from);
      const first = Math.ceil((now.from - now.zero) / step - 1e-9);
      const last = Math.floor((now.to - now.zero) / step + 1e-9);
      let free = 0;
      for (let n = first; n <= last; n += 1) {
        const at = n * step;
        const x = place(at + now.zero);
        const mark = line.cloneNode(false);
        mark.setAttribute("points", `${x},${ends[0]} ${x},${ends[1]}`);
        svg.append(mark);
        if (x < free) continue;
        const text = label.cloneNode(false);
        text.setAttribute("x", Math.min(x, right - 10));
        text.textContent = (now.zero > 0 && at > 0 ? "+" : "") + words(at);
        svg.append(text);
        free = x + 80;
      }
    };
    // The moment that a pointer on another chart shows.
    let cursor = null;
    document.addEventListener("moment", ({ detail }) => {
      if (cursor) cursor.remove();
      if (detail.by === "lanes" || detail.at < now.from || detail.at > now.to) return;
      const x = place(detail.at);
      cursor = lines[0].cloneNode(false);
      cursor.removeAttribute("data-tick");
      cursor.setAttribute("class", "cursor");
      cursor.setAttribute("points", `${x},${ends[0]} ${x},${ends[1]}`);
      svg.append(cursor);
    });
    const draw = () => {
      if (cursor) cursor.remove();
      for (const { rect, from, to } of blocks) {
        const start = Math.max(left, Math.min(right, place(from)));
        const end = Math.max(left, Math.min(right, place(to)));
        const seen = to > now.from && from < now.to;
        rect.style.display = seen ? "" : "none";
        rect.setAttribute("x", start);
        rect.setAttribute("width", Math.max(end - start, seen ? 1 : 0));
      }
      drawTicks();
      readout.textContent = now.zero > 0 ? `T+0 = ${words(now.zero)}` : "";
    };
    const go = (from, to, zero) => {
      const length = Math.max(Math.min(to - from, horizon), horizon * 1e-9);
      now.from = Math.max(0, Math.min(from, horizon - length));
      now.to = now.from + length;
      now.zero = zero;
      draw();
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
        go(Number(button.dataset.from), Number(button.dataset.to), Number(button.dataset.zero || 0));
      });
    }
    const card = svg.parentElement;
    card.tabIndex = 0;
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", "Timeline: plus and minus zoom, arrows move, 0 shows the whole run");
    card.addEventListener("keydown", (event) => {
      const length = now.to - now.from;
      const middle = (now.from + now.to) / 2;
      const moves = {
        "+": [middle - length / 4, middle + length / 4],
        "=": [middle - length / 4, middle + length / 4],
        "-": [middle - length, middle + length],
        ArrowLeft: [now.from - length / 5, now.to - length / 5],
        ArrowRight: [now.from + length / 5, now.to + length / 5],
        0: [0, horizon],
      };
      const move = moves[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(move[0], move[1], event.key === "0" ? 0 : now.zero);
    });
    svg.addEventListener("pointermove", (event) => {
      const matrix = svg.getScreenCTM();
      if (!matrix) return;
      const x = (event.clientX - matrix.e) / matrix.a;
      if (x < left || x > right) return;
      const at = now.from + ((x - left) / (right - left)) * (now.to - now.from);
      const hint = event.target.querySelector && event.target.querySelector("title");
      document.dispatchEvent(new CustomEvent("moment", { detail: { at, by: "lanes" } }));
      const said = hint && event.target !== svg ? hint.textContent + "; " : "";
      readout.textContent = said + (now.zero > 0 ? "T" + (at >= now.zero ? "+" : "") + words(at - now.zero) : words(at));
    });
  }
})();
