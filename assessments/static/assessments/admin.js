"use strict";

// Counts the characters of a sentence while it is written; the limit also stands beside it.
for (const area of document.querySelectorAll("textarea[data-at-most]")) {
  const atMost = Number(area.dataset.atMost);
  const count = area.nextElementSibling;
  const show = () => {
    const length = [...area.value.trim()].length;
    const said = `${length} / ${atMost}`;
    if (count.textContent !== said) count.textContent = said;
    count.classList.toggle("too-many", length > atMost);
  };
  area.addEventListener("input", show);
  show(); // a browser may have filled in again what was typed before
}
