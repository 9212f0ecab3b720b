"use strict";

// A heading without words is none: Django leaves some above its tables.
for (const heading of document.querySelectorAll("thead th")) {
  if (!heading.textContent.trim()) {
    const cell = document.createElement("td");
    cell.className = heading.className;
    heading.replaceWith(cell);
  }
}

// Counts the characters of a sentence while it is written; the limit also stands beside it.
for (const area of document.querySelectorAll("textarea[data-at-most]")) {
  const atMost = Number(area.dataset.atMost);
  const count = document.createElement("p");
  count.className = "help count";
  area.after(count);
  const show = () => {
    const length = [...area.value.trim()].length;
    count.textContent = `${length} / ${atMost}`;
    count.classList.toggle("too-many", length > atMost);
  };
  area.addEventListener("input", show);
  show();
}
