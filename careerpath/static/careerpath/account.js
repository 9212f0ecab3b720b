// Additions to the account pages: without this file they work the same, but without passkeys.
"use strict";

// A password that is typed once can be looked at.
for (const box of document.querySelectorAll(".password")) {
  const input = box.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-secondary";
  button.textContent = box.dataset.show;
  button.setAttribute("aria-label", `${box.dataset.show}: ${box.dataset.what}`);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    const word = shown ? box.dataset.show : box.dataset.hide;
    input.type = shown ? "password" : "text";
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${box.dataset.what}`);
  });
  // Password managers and the browser's own offer to save know only type=password.
  input.form.addEventListener("submit", () => {
    input.type = "password";
  });
  box.append(button);
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll(".needs-passkeys")) part.hidden = false;
  for (const part of document.querySelectorAll(".without-passkeys")) part.hidden = true;
}

// What goes wrong with a passkey is said on the page, not only in the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const line of document.querySelectorAll(".passkey-trouble")) {
    line.textContent = line.dataset.text;
  }
});
