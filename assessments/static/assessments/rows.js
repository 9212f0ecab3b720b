"use strict";

// Rows that are filled in on the page of what they belong to, a table of them or a list: adds
// empty ones, and takes back those that are not saved yet. Without scripts a few empty ones are
// there from the start.
for (const group of document.querySelectorAll(".js-inline-admin-formset")) {
  const prefix = group.id.replace(/-group$/, "");
  const empty = document.getElementById(`${prefix}-empty`);
  if (!empty) continue; // whoever is here may add none

  const [total, least, most] = ["TOTAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"].map((name) =>
    document.getElementById(`id_${prefix}-${name}`),
  );
  const adder = empty.nextElementSibling;
  const numbered = new RegExp(`${prefix}-(\\d+|__prefix__)`, "g");

  const rows = () =>
    [...empty.parentElement.children].filter(
      (one) => one !== empty && one.matches(".form-row, .inline-related"),
    );

  const number = (row, index) => {
    for (const part of [row, ...row.querySelectorAll("*")]) {
      for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace(numbered, `${prefix}-${index}`));
      }
    }
    const label = row.querySelector(".inline_label");
    if (label && !row.matches(".has_original")) label.textContent = `#${index + 1}`;
  };

  const fit = () => {
    const there = rows();
    total.value = there.length;
    adder.hidden = most.value !== "" && there.length >= Number(most.value);
    for (const button of group.querySelectorAll(".inline-deletelink")) {
      button.hidden = there.length <= Number(least.value);
    }
  };

  const add = () => {
    const row = empty.cloneNode(true);
    row.classList.remove("empty-form");
    row.id = `${prefix}-__prefix__`;
    empty.before(row);
    return row;
  };

  const remove = (row) => {
    const errors = row.previousElementSibling;
    if (errors?.matches(".row-form-errors")) errors.remove();
    row.remove();
  };

  const firstField = (row) =>
    [...row.querySelectorAll("input, select, textarea")].find((one) => one.checkVisibility());

  group.addEventListener("click", (event) => {
    const pressed = event.target.closest(".addlink, .inline-deletelink");
    if (!pressed) return;
    const added = pressed.matches(".addlink") ? add() : null;
    if (!added) remove(pressed.closest(".form-row, .inline-related"));
    rows().forEach(number);
    fit();
    // What had the focus may be gone. Never another that removes: a key pressed twice would.
    (added ? firstField(added) : adder.querySelector("button")).focus();
  });

  total.autocomplete = "off"; // a browser that fills it in again knows nothing of these rows
  fit();
}

// Writes the short name of a new thing, as long as nobody has written one.
const filled = document.querySelector("#django-admin-prepopulated-fields-constants");
for (const told of JSON.parse(filled?.dataset.prepopulatedFields ?? "[]")) {
  const field = document.querySelector(told.id);
  if (!field || field.value) continue;
  let isOurs = true;
  field.addEventListener("change", () => {
    isOurs = false;
  });
  const sources = told.dependency_ids.map((id) => document.querySelector(id));
  const fill = () => {
    const words = sources.map((one) => one.value).filter(Boolean);
    if (isOurs) field.value = URLify(words.join(" "), told.maxLength, told.allowUnicode);
  };
  for (const one of sources) {
    for (const event of ["input", "change", "focus"]) one.addEventListener(event, fill);
  }
}
