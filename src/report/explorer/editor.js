// The text of the scenario, the numbers of its lines, and the findings below it.

import { by, plain, write } from "./page.js";

export const text = by("text");
let findings = [];
// The name of the text here: a finding may be in a file that it names.
let name = "";
const here = (one) => one.file === name;

// Numbers the lines; those with findings are marked by the worst of them.
export const mark = () => {
  const count = text.value.split("\n").length;
  const worst = new Map();
  for (const one of findings.filter(here).reverse()) if (worst.get(one.line) !== "error") worst.set(one.line, one.severity);
  const numbers = [];
  for (let line = 1; line <= count; line += 1) {
    const own = document.createElement("b");
    own.textContent = String(line);
    if (worst.has(line)) own.className = worst.get(line);
    numbers.push(own);
  }
  by("lines").replaceChildren(...numbers);
  by("lines").scrollTop = text.scrollTop;
};
text.addEventListener("scroll", () => { by("lines").scrollTop = text.scrollTop; });

// Changes only what differs: the caret and the lines in view stay.
export const become = (wanted) => {
  const is = text.value;
  if (is === wanted) return;
  const most = Math.min(is.length, wanted.length);
  let head = 0;
  while (head < most && is[head] === wanted[head]) head += 1;
  let tail = 0;
  while (tail < most - head && is[is.length - 1 - tail] === wanted[wanted.length - 1 - tail]) tail += 1;
  text.setRangeText(wanted.slice(head, wanted.length - tail), head, is.length - tail, "preserve");
};

// Findings count bytes, the editor counts UTF-16 units.
const unit = (byte) => new TextDecoder().decode(new TextEncoder().encode(text.value).slice(0, byte)).length;
const show = (one) => {
  text.focus();
  text.setSelectionRange(unit(one.start), unit(one.end));
  text.scrollTop = Math.max(0, (one.line - 5) * 20);
};
const paragraph = (words) => {
  const own = document.createElement("p");
  own.textContent = plain(words);
  return own;
};
const item = (one) => {
  const own = document.createElement("li");
  own.className = one.severity;
  const place = (here(one) ? "" : one.file + ", ") + "line " + one.line;
  const words = one.severity + " " + one.code + ", " + place + ": " + one.message;
  if (here(one)) {
    const go = document.createElement("button");
    go.type = "button";
    go.textContent = plain(words);
    go.addEventListener("click", () => show(one));
    own.append(go);
  } else own.append(paragraph(words));
  if (one.label) own.append(paragraph(one.label));
  if (one.help) own.append(paragraph("help: " + one.help));
  return own;
};

// Lists findings, with their number in words; a list that is the same already is not touched.
export const list = (all, tally, file = name) => {
  write("tally", tally);
  name = file;
  if (JSON.stringify(all) !== JSON.stringify(findings)) {
    findings = all;
    by("findings").replaceChildren(...findings.map(item));
    text.setAttribute("aria-invalid", findings.some((one) => one.severity === "error"));
  }
  mark();
};
export const more = (all, tally) => list(findings.concat(all), tally);
