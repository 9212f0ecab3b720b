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

// JSON carries bytes as base64url: "-" and "_" for "+" and "/", and no "=" at the end.
function bytesOf(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(bytes) {
  const plain = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return plain.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function withBytes(keys = []) {
  return keys.map((key) => ({ ...key, id: bytesOf(key.id) }));
}

// They are in the page, or the server draws them anew for each press (nobody is known yet).
async function optionsFor(form) {
  const inPage = document.getElementById("passkey-options");
  if (inPage) return JSON.parse(inPage.textContent).publicKey;
  const reply = await fetch(form.action, {
    headers: { Accept: "application/json" },
    signal: AbortSignal.timeout(10000), // milliseconds
  });
  return (await reply.json()).request_options.publicKey;
}

async function makePasskey(form) {
  const options = await optionsFor(form);
  const alone = form.elements.passwordless.checked;
  const selection = alone
    ? { residentKey: "required", requireResidentKey: true, userVerification: "required" }
    : { residentKey: "discouraged", requireResidentKey: false };
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
      authenticatorSelection: { ...options.authenticatorSelection, ...selection },
    },
  });
}

async function usePasskey(form) {
  const options = await optionsFor(form);
  return navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
}

// What the server checks and keeps: the same fields for a new passkey and for a signature.
function jsonOf(credential) {
  const response = {};
  for (const part of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    const bytes = credential.response[part];
    if (bytes) response[part] = textOf(bytes);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  let isAsking = false; // the browser refuses a second question while the first is open
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const line = document.querySelector(".passkey-trouble");
    line.textContent = "";
    try {
      const ask = form.dataset.passkey === "make" ? makePasskey : usePasskey;
      form.elements.credential.value = jsonOf(await ask(form));
      form.submit();
    } catch {
      line.textContent = line.dataset.text;
      isAsking = false;
    }
  });
  window.addEventListener("pageshow", () => {
    isAsking = false; // back on a page that the browser kept
  });
}
