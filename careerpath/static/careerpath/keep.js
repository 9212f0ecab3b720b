// Saves an answer while its page is still open, and warns before somebody is signed out.
// Additions: without this file Continue saves all the same. Nothing is kept in the browser.
"use strict";

const PATIENCE = 10000; // milliseconds
const TRIES = 4;

// What the server says, with its status; 0 where no answer came, which may have been saved or not.
async function ask(address, body) {
  try {
    const reply = await fetch(address, {
      method: body ? "POST" : "GET",
      body,
      headers: { "X-In-Background": "1" },
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE),
    });
    const isOurs = reply.headers.get("Content-Type") === "application/json";
    const said = isOurs ? await reply.json() : {};
    // A page with status 200 is somebody else's, such as the sign-in page of a hotel's network.
    return { ...said, status: reply.ok && !isOurs ? 502 : reply.status };
  } catch {
    return { status: 0 };
  }
}

// Signing in again in another tab changes the token of every form.
async function renewTokens() {
  try {
    const page = new DOMParser().parseFromString(
      await (await fetch(location.href)).text(),
      "text/html",
    );
    const token = page.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return token;
  } catch {
    return "";
  }
}

// By the reader's own clock.
function timeOf(moment, parts) {
  return new Date(moment).toLocaleString(document.documentElement.lang, {
    ...parts,
    hourCycle: "h23",
  });
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function say(line, text, link) {
  if (line.textContent !== text || link) line.textContent = text;
  if (!link) return;
  const anchor = document.createElement("a");
  anchor.href = link.address;
  anchor.target = "_blank";
  anchor.rel = "noopener";
  anchor.textContent = link.text;
  line.append(" ", anchor);
}

function saveWhileOpen(form) {
  const names = ["level", "last_done", "example"];
  const line = form.querySelector(".save-status");
  const words = line.dataset;
  let timer = 0;
  let isBusy = false;
  let isOver = false; // what happens next is for the server's pages to say
  let unanswered = null; // what was sent, from then until it is known what became of it
  let savedAt = "";

  const read = (checked, value) =>
    names.map((name) => {
      const field = form.elements[name];
      if (!(field instanceof RadioNodeList)) return field[value];
      return [...field].find((one) => one[checked])?.value ?? "";
    });
  const chosen = () => read("checked", "value").join("\n");
  let stored = read("defaultChecked", "defaultValue").join("\n");
  const revision = form.elements.revision;
  revision.autocomplete = "off"; // Back would put an old one into a new page

  // If Continue comes before the reply, the server knows that the newer answer is from here too.
  const tell = (sent) => {
    for (const name of names) {
      form.elements[`sent-${name}`]?.remove();
      if (!sent) continue;
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = `sent-${name}`;
      field.value = sent.body.get(name) ?? "";
      form.append(field);
    }
    unanswered = sent;
  };

  const keep = (reply) => {
    revision.value = reply.revision;
    stored = unanswered.chosen;
    tell(null);
    const clear = form.querySelector("[value=clear]");
    if (clear) clear.hidden = false;
    const at = timeOf(reply.at, { hour: "2-digit", minute: "2-digit" });
    savedAt = words.saved.replace("%s", at);
    say(line, chosen() === stored ? savedAt : "");
  };

  // One at a time, in order; without an answer the same is sent again before anything newer.
  async function save() {
    clearTimeout(timer);
    if (isBusy || isOver) return;
    isBusy = form.dataset.busy = true;
    for (let tried = 1; !isOver && (unanswered || chosen() !== stored); ) {
      if (!unanswered && !read("checked", "value")[0]) {
        say(line, words.choose);
        break;
      }
      if (!unanswered) tell({ chosen: chosen(), body: new FormData(form) });
      const wasOffline = !navigator.onLine;
      const reply = wasOffline ? { status: 0 } : await ask(form.action, unanswered.body);
      if (reply.status === 200) {
        keep(reply);
        tried = 1;
        continue;
      }
      const isKnown = wasOffline || [401, 403, 404, 409, 422, 429, 500, 503].includes(reply.status);
      unanswered.isDoubtful ||= !isKnown; // a proxy's 502, too, may come after the save
      if ([401, 404, 409, 422].includes(reply.status)) {
        if (!unanswered.isDoubtful || isOver) tell(null);
        isOver ||= [404, 409].includes(reply.status);
        say(line, reply.text ?? words.unsaved, reply.link);
        break;
      }
      if (reply.status === 403) unanswered.body.set("csrfmiddlewaretoken", await renewTokens());
      if (unanswered.isDoubtful) {
        say(line, words.unsure);
      } else {
        tell(null);
        say(line, chosen() === stored ? savedAt : words.unsaved);
      }
      if (tried === TRIES || isOver) break;
      await pause(words.wait * 2 ** (tried++ - 1));
    }
    isBusy = false;
    delete form.dataset.busy;
  }

  const soon = (event) => {
    if (!unanswered && !isOver) say(line, chosen() === stored ? savedAt : "");
    clearTimeout(timer);
    const isTyping = event.type === "input" && event.target.rows;
    timer = setTimeout(save, words.wait * (isTyping ? 1.5 : 0.05));
  };
  const ifNeeded = () => {
    if (unanswered || chosen() !== stored) save();
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isOver = true;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isOver = false;
    ifNeeded(); // what the browser has filled in again by itself
  });
  window.addEventListener("pagehide", ifNeeded);
  window.addEventListener("online", ifNeeded);
  document.addEventListener("visibilitychange", ifNeeded); // back from signing in, perhaps
}

function warnBeforeTheEnd(region) {
  const line = region.querySelector("[role=status]");
  const form = region.querySelector("form");
  const words = region.dataset;
  let end = Date.parse(words.ends);
  let timer = 0;
  let isExtended = false;

  const show = (text, link) => {
    region.hidden = false;
    if (line.textContent !== text) setTimeout(() => say(line, text, link)); // once it can be heard
  };
  const next = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, 1000 * Math.min(Math.max(seconds, 1), 1800));
  };
  const took = (reply) => {
    end = Date.now() + 1000 * reply.left;
    return reply.left;
  };

  // Near the end it is the server that is asked: clocks differ, and another tab may have pressed.
  async function look() {
    let left = (end - Date.now()) / 1000;
    if (left > 3600) return next(left - 3600);
    const reply = await ask(form.action);
    if (reply.status === 200) left = took(reply);
    if (reply.status === 401) return show(reply.text, reply.link);
    if (left > words.warn) {
      if (!isExtended) region.hidden = true;
      return next(left - words.warn);
    }
    show(words.soon.replace("%s", timeOf(end, { timeStyle: "short" })));
    next(left);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let reply = await ask(form.action, new FormData(form));
    if (reply.status === 403 && (await renewTokens())) {
      reply = await ask(form.action, new FormData(form));
    }
    if (reply.status === 401) return show(reply.text, reply.link);
    if (reply.status !== 200) return show(words.failed);
    isExtended = true;
    next(took(reply) - words.warn);
    show(words.longer.replace("%s", timeOf(end, { dateStyle: "long", timeStyle: "short" })));
  });
  region.addEventListener("focusout", () => {
    if (isExtended) region.hidden = true;
    isExtended = false;
  });
  document.addEventListener("visibilitychange", look);
  look();
}

for (const form of document.querySelectorAll("form[data-autosave]")) saveWhileOpen(form);
for (const region of document.querySelectorAll(".session-end")) warnBeforeTheEnd(region);
