// Sliders and fields: what is moved goes to `moved` as a path and a value.

import { by } from "./page.js";

let dials = [];

const rows = () => Array.from(document.querySelectorAll(".dial"));
const parts = (row) => row.querySelectorAll("input");
const decimals = (step) => (String(step).split(".")[1] || "").length;

// A value with its unit, for screen readers: the slider alone has neither suffix nor unit.
const speak = (row, value) => {
  const unit = row.dataset.suffix ? "" : row.dataset.unit;
  parts(row)[0].setAttribute("aria-valuetext", (value + " " + unit).trim());
};

const fill = (row, one) => {
  const [range, field] = parts(row);
  if (document.activeElement !== field) field.value = one.value;
  if (document.activeElement !== range) range.value = one.number;
  speak(row, one.value);
  row.classList.toggle("moved", one.today !== null && one.today !== one.value);
  row.querySelector("button").disabled = one.today === null || one.today === one.value;
};

const wire = (row, moved) => {
  const [range, field] = parts(row);
  const path = row.dataset.path;
  range.addEventListener("input", () => {
    field.value = Number(Number(range.value).toFixed(decimals(range.step))) + row.dataset.suffix;
    speak(row, field.value);
    moved(path, field.value);
  });
  field.addEventListener("change", () => moved(path, field.value));
  row.querySelector("button").addEventListener("click", () => {
    const one = dials.find((other) => other.path === path);
    if (!one || one.today === null) return;
    // The button is about to be disabled, and would lose the focus.
    field.focus();
    field.value = one.today;
    moved(path, one.today);
  });
};

// Shows the sliders of a checked text; a value that waits to be written is left as it is.
export const settle = (data, waits, moved) => {
  const paths = (all) => all.map((one) => one.path).join("\n");
  const held = rows().some((row) => row.contains(document.activeElement));
  // A value that gets written moves among the others; not while it is in the hand.
  const fresh = paths(dials) !== paths(data.dials) && !held;
  dials = data.dials;
  if (fresh) {
    const open = !!document.querySelector("#sliders details[open]");
    by("sliders").innerHTML = data.sliders;
    const folded = document.querySelector("#sliders details");
    if (folded) folded.open = open;
    rows().forEach((row) => wire(row, moved));
  }
  for (const row of rows()) {
    const one = dials.find((other) => other.path === row.dataset.path);
    if (one && !waits(one.path)) fill(row, one);
  }
};
