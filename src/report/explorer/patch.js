// Changes a part of the page into new markup node by node: what stays the same is not touched, so that
// the focus, open tables, selected text and scroll positions stay where they are.

// What the reader opened stays open; a chart that shows its values stays a place for the focus.
const OF_CHARTS = ["tabindex", "role", "aria-label", "data-live"];
const kept = (node, name) =>
  node.nodeName === "DETAILS" ? name === "open" : node.hasAttribute("data-live") && OF_CHARTS.includes(name);
// What the script of charts has added is no part of the markup, and stays with it.
const own = (node) => {
  while (node && node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-added")) node = node.nextSibling;
  return node;
};

const attributes = (old, fresh) => {
  for (const { name } of Array.from(old.attributes)) {
    if (!fresh.hasAttribute(name) && !kept(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
};

const node = (old, fresh) => {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType === Node.ELEMENT_NODE) {
    attributes(old, fresh);
    children(old, fresh);
  } else {
    old.nodeValue = fresh.nodeValue;
  }
};

const alike = (old, fresh) => old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");

// Each wanted node is made of the next old one that is like it; what lies between is gone.
const children = (place, wanted) => {
  let old = own(place.firstChild);
  for (const fresh of Array.from(wanted.childNodes)) {
    let found = old;
    while (found && !alike(found, fresh)) found = own(found.nextSibling);
    if (!found) {
      place.insertBefore(fresh, old);
      continue;
    }
    while (old !== found) {
      const gone = old;
      old = own(old.nextSibling);
      gone.remove();
    }
    old = own(found.nextSibling);
    node(found, fresh);
  }
  while (old) {
    const gone = old;
    old = own(old.nextSibling);
    gone.remove();
  }
};

// Charts scroll sideways in a place that is narrower than they can be; keys must be able to do it, also where a chart
// has no values to show.
const NARROW = 660;
const ways = { tabindex: "0", role: "group", "aria-label": "Chart, scrolls sideways" };
const reachable = (width, within) => {
  for (const chart of within.querySelectorAll(".chart:not([data-live])")) {
    for (const [name, value] of Object.entries(ways)) {
      if (width < NARROW) chart.setAttribute(name, value);
      else chart.removeAttribute(name);
    }
  }
};
const answer = document.getElementById("answer");
window.addEventListener("resize", () => reachable(answer.clientWidth, answer));

// Makes the contents of `place` this heading, if there is one, and this markup.
export const patch = (place, title, markup) => {
  const fresh = document.createElement("template");
  fresh.innerHTML = markup;
  if (title) {
    const heading = document.createElement("h3");
    heading.textContent = title;
    fresh.content.prepend(heading);
  }
  children(place, fresh.content);
  document.dispatchEvent(new CustomEvent("charts", { detail: { within: place } }));
  reachable(answer.clientWidth, place);
};
