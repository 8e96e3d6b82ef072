"use strict";
// What comes from the mail is only ever put in as text; the mail itself stands in frames without scripts.
const by = (id) => document.getElementById(id);
const chosen = { dark: false, images: true, text: false, source: false };
let state = null;

function list(id, rows) {
  by(id).replaceChildren(...rows.map((row) => {
    const entry = document.createElement("li");
    entry.textContent = row.sentence ?? row;
    entry.className = row.severity ?? "";
    return entry;
  }));
}

function frames() {
  const wish = `mail?n=${state.number}&dark=${+chosen.dark}&images=${+chosen.images}`;
  for (const id of ["phone", "desktop"]) by(id).src = wish;
}

function draw() {
  by("subject").textContent = state.subject;
  by("line").textContent = state.line;
  by("who").textContent = [state.sender, state.recipient].filter(Boolean).join(" → ");
  document.title = state.title;
  list("error", state.error);
  by("error").hidden = !state.error.length;
  list("notes", state.notes);
  by("nothing").hidden = state.notes.length > 0;
  list("files", state.files);
  const isPlain = chosen.text || chosen.source;
  by("plain").hidden = !isPlain;
  by("frames").hidden = isPlain;
  by("plain").textContent = chosen.source ? state.source : state.text;
  for (const id of ["frames", "plain"]) by(id).classList.toggle("stale", state.error.length > 0);
  for (const id of Object.keys(chosen)) by(id).setAttribute("aria-pressed", String(chosen[id]));
  document.body.dataset.number = state.number;
}

async function refresh() {
  state = await (await fetch("state")).json();
  by("gone").hidden = true;
  draw();
  frames();
}

for (const id of Object.keys(chosen)) {
  by(id).addEventListener("click", () => {
    chosen[id] = !chosen[id];
    if (chosen[id] && id === "text") chosen.source = false;
    if (chosen[id] && id === "source") chosen.text = false;
    if (state === null) return;
    draw();
    frames();
  });
}

const events = new EventSource("events");
events.onmessage = refresh;
// A stream may break and come back by itself; only who answers nothing any more is gone.
events.onerror = () => { fetch("state").catch(() => { by("gone").hidden = false; }); };
