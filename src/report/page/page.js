"use strict";
(() => {
  const all = (where, what) => Array.from(where.querySelectorAll(what));
  for (const part of all(document, ".switches")) part.hidden = false;

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
})();
