"use strict";

// A heading without words is none: Django leaves some above its tables. The box that ticks a whole
// list stands in one as well, and stays.
for (const heading of document.querySelectorAll("thead th")) {
  if (!heading.textContent.trim() && !heading.querySelector("input")) {
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
