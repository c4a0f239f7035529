"use strict";
// The timeline of a run: buttons and keys that zoom to an incident, the state under the pointer. A page whose timeline
// changes says so with the event "charts": the window stays.
(() => {
  const all = (where, what) => Array.from(where.querySelectorAll(what));

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

  const left = 230;
  const right = 932;
  // What is shown of each timeline, by its bar of buttons.
  const bars = new WeakMap();

  // What is drawn now, as the page has it.
  const collect = (bar, svg) => {
    const ticks = all(svg, "[data-tick]");
    const line = ticks.find((tick) => tick.tagName === "polyline");
    const label = ticks.find((tick) => tick.tagName === "text");
    const buttons = all(bar, "button");
    if (!line || !label || buttons.length === 0) return null;
    const { clock, week, date, changes } = bar.dataset;
    const axis = svg.querySelector("[data-axis]");
    return {
      svg, clock, week, date, axis, buttons,
      changes: (changes || "").split(" ").filter(Boolean).map((one) => one.split(":").map(Number)),
      line: line.cloneNode(false), label: label.cloneNode(false),
      axisOfRun: axis ? axis.textContent : "", ticks,
      ends: line.getAttribute("points").split(" ").map((point) => Number(point.split(",")[1])),
      horizon: Number(buttons[0].dataset.to),
      blocks: all(svg, "rect[data-from]").map((rect) => ({
        rect, from: Number(rect.dataset.from), to: Number(rect.dataset.to),
      })),
    };
  };

  // Local time at the start is in seconds from midnight, or from the midnight before Monday.
  // `changes` of the clocks: from when on they are how far ahead.
  const wall = ({ clock, week, date, changes }, at) => {
    if (clock === undefined) return "";
    const ahead = changes.reduce((last, [from, shift]) => (from <= at ? shift : last), 0);
    const second = Math.floor(Number(clock) + at + ahead);
    const day = Math.floor(second / 86400);
    const passed = day - Math.floor(Number(clock) / 86400);
    const name = week === undefined ? "" : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day % 7] + " ";
    const time = new Date(second * 1000).toISOString().slice(11, second % 60 === 0 ? 16 : 19);
    if (date !== undefined) {
      const today = new Date(Date.parse(date) + passed * 86400000).toISOString().slice(0, 10);
      return `${name}${today} ${time}`;
    }
    const number = passed < (week === undefined ? 1 : 7) ? "" : `day ${passed + 1}, `;
    return number + name + time;
  };
  // An instant: its local time with how long after the start that is, or that alone.
  const instant = (state, at) => {
    const local = wall(state.drawn, at);
    return local ? `${local} (${words(at)})` : words(at);
  };
  const behind = (words) => (words ? `, ${words}` : "");

  const place = (state, at) => left + ((at - state.from) / (state.to - state.from)) * (right - left);
  const upright = ({ line, ends }, x) => {
    const mark = line.cloneNode(false);
    mark.setAttribute("points", `${x},${ends[0]} ${x},${ends[1]}`);
    return mark;
  };
  const isWhole = (state) => state.zero === 0 && state.from === 0 && state.to === state.drawn.horizon;
  const drawTicks = (state) => {
    const { svg, label } = state.drawn;
    for (const old of all(svg, "[data-tick]")) old.remove();
    // The ticks of the whole run are those of the page, which may be dates.
    if (isWhole(state)) return svg.append(...state.drawn.ticks);
    const step = stepOf(state.to - state.from);
    const first = Math.ceil((state.from - state.zero) / step - 1e-9);
    const last = Math.floor((state.to - state.zero) / step + 1e-9);
    let free = 0;
    for (let n = first; n <= last; n += 1) {
      const at = n * step;
      const x = place(state, at + state.zero);
      svg.append(upright(state.drawn, x));
      if (x < free) continue;
      const text = label.cloneNode(false);
      text.setAttribute("x", Math.min(x, right - 10));
      text.textContent = state.zero > 0 && n === 0 ? "T+0" : (state.zero > 0 && at > 0 ? "+" : "") + words(at);
      svg.append(text);
      free = x + 80;
    }
  };
  const draw = (state) => {
    const { svg, blocks, axis, axisOfRun } = state.drawn;
    for (const old of all(svg, ".cursor")) old.remove();
    for (const { rect, from, to } of blocks) {
      const start = Math.max(left, Math.min(right, place(state, from)));
      const end = Math.max(left, Math.min(right, place(state, to)));
      const seen = to > state.from && from < state.to;
      rect.style.display = seen ? "" : "none";
      rect.setAttribute("x", start);
      rect.setAttribute("width", Math.max(end - start, seen ? 1 : 0));
      if (rect.hasAttribute("stroke-dasharray")) rect.setAttribute("stroke-width", end - start < 6 ? 0 : 1);
    }
    drawTicks(state);
    const zoomed = state.zero > 0;
    const since = `time since ${zoomed ? "T+0" : "the start"}${behind(wall(state.drawn, state.zero))}`;
    if (axis) axis.textContent = isWhole(state) ? axisOfRun : since;
    state.readout.textContent = zoomed ? `T+0 = ${instant(state, state.zero)}` : "";
  };
  const go = (state, from, to, zero) => {
    const { horizon } = state.drawn;
    const length = Math.max(Math.min(to - from, horizon), horizon * 1e-9);
    state.from = Math.max(0, Math.min(from, horizon - length));
    state.to = state.from + length;
    state.zero = zero;
    draw(state);
  };
  // Buttons are known by the instant that they call T+0, the whole run by none.
  const nameOf = (button) => button.dataset.zero || "";
  const press = (state, name) => {
    state.button = name;
    for (const button of state.drawn.buttons) button.setAttribute("aria-pressed", String(nameOf(button) === name));
  };

  const listen = (bar, card, state) => {
    bar.addEventListener("click", ({ target }) => {
      if (!state.drawn.buttons.includes(target)) return;
      const { from, to, zero } = target.dataset;
      press(state, nameOf(target));
      go(state, Number(from), Number(to), Number(zero || 0));
    });
    card.addEventListener("keydown", (event) => {
      const length = state.to - state.from;
      const middle = (state.from + state.to) / 2;
      const moves = {
        "+": [middle - length / 4, middle + length / 4],
        "=": [middle - length / 4, middle + length / 4],
        "-": [middle - length, middle + length],
        ArrowLeft: [state.from - length / 5, state.to - length / 5],
        ArrowRight: [state.from + length / 5, state.to + length / 5],
        0: [0, state.drawn.horizon],
      };
      const move = moves[event.key];
      if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      go(state, move[0], move[1], event.key === "0" ? 0 : state.zero);
    });
    card.addEventListener("pointermove", (event) => {
      const matrix = state.drawn.svg.getScreenCTM();
      if (!matrix) return;
      const x = (event.clientX - matrix.e) / matrix.a;
      if (x < left || x > right) return;
      const at = state.from + ((x - left) / (right - left)) * (state.to - state.from);
      const hint = event.target.querySelector && event.target.querySelector(":scope > title");
      document.dispatchEvent(new CustomEvent("moment", { detail: { at, by: "lanes" } }));
      const said = hint && event.target.tagName === "rect" ? hint.textContent + "; " : "";
      const since = "T" + (at >= state.zero ? "+" : "") + words(at - state.zero);
      state.readout.textContent = said + (state.zero > 0 ? since + behind(wall(state.drawn, at)) : instant(state, at));
    });
    // The moment that a pointer on another chart shows.
    document.addEventListener("moment", ({ detail }) => {
      for (const old of all(state.drawn.svg, ".cursor")) old.remove();
      if (detail.by === "lanes" || detail.at < state.from || detail.at > state.to) return;
      const cursor = upright(state.drawn, place(state, detail.at));
      cursor.removeAttribute("data-tick");
      cursor.setAttribute("class", "cursor");
      state.drawn.svg.append(cursor);
    });
  };

  const prepare = (bar) => {
    bar.hidden = false;
    const svg = bar.parentElement.querySelector("figure .chart svg");
    const drawn = svg && collect(bar, svg);
    if (!drawn) return;
    const card = svg.parentElement;
    let state = bars.get(bar);
    if (!state || state.card !== card) {
      state = { card };
      bars.set(bar, state);
      listen(bar, card, state);
    }
    const ways = {
      tabindex: "0", role: "group", "data-live": "",
      "aria-label": "Timeline: plus and minus zoom, arrows move, 0 shows the whole run",
    };
    for (const [name, value] of Object.entries(ways)) card.setAttribute(name, value);
    const before = state.drawn;
    state.drawn = drawn;
    state.readout = bar.querySelector(".readout");
    // The window is kept as long as the run is as long.
    if (!before || before.horizon !== drawn.horizon) return Object.assign(state, { from: 0, to: drawn.horizon, zero: 0, button: "" });
    press(state, state.button);
    if (state.from > 0 || state.to < drawn.horizon) draw(state);
  };
  const scan = (within) => all(within, ".zoom").forEach(prepare);
  document.addEventListener("charts", ({ detail }) => scan(detail.within));
  scan(document);
})();
