// An author's text: saved as one types, shown as on a phone beside it, faults named at their line. Nothing says that the
// server has a text before the server said so. Without this module the same page is a form with one button.

const form = document.getElementById("tulisan");
const field = form.elements.teks;
const base = form.elements.dasar;
const words = form.dataset;
const state = document.getElementById("keadaan-simpan");
const clash = document.getElementById("bentrok");
const faults = document.getElementById("kesalahan");
const frame = document.querySelector(".phone iframe");
const tools = form.querySelector(".tools");
/** How long after the last key a text is sent, and how long after a failure again. */
const PAUSE = 1200;
const RETRY = 5000;

let saved = field.value;
let sent = null; // on its way, or sent without an answer: sent again as it was before anything newer
let timer;
let busy = false;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
const say = (text, kind) => {
  state.textContent = text;
  state.className = `state ${kind}`;
};
const clashing = () => !clash.hidden;

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function save() {
  if (busy || clashing()) return;
  const text = sent ?? field.value;
  if (text === saved) return;
  busy = true;
  sent = text;
  say(words.saving, "");
  try {
    const answer = await fetch(form.action, {
      method: "PUT", body: text, redirect: "manual",
      headers: { "Content-Type": "text/markdown; charset=utf-8", "If-Match": base.value, Accept: "application/json" },
    });
    const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (told.saved_at) took(text, told);
    else if (told.base) clashed(told);
    else refused(told);
  } catch {
    say(words.offline, "stuck");
    later(RETRY);
  }
  busy = false;
}

function took(text, told) {
  saved = text;
  sent = null;
  base.value = told.base;
  show(told.faults);
  if (frame) frame.contentWindow.location.reload();
  if (field.value === saved) say(fill(words.saved, { time: told.saved_at }), "sent");
  else later(PAUSE);
}

/** Refused for now: the text stays here, and what is typed next is sent instead. */
function refused(told) {
  sent = null;
  say(told.title ? `${words.typing}. ${told.title} ${told.cure}` : words.offline, "stuck");
  if (!told.title) later(RETRY);
}

/** Somebody else wrote it too: both texts are shown, and nothing is sent until one is chosen. */
function clashed(told) {
  sent = null;
  base.value = told.base;
  clash.querySelector("textarea").value = told.text;
  clash.querySelector("[data-who]").textContent = `${told.who}, ${told.at}`;
  clash.hidden = false;
  clash.scrollIntoView({ block: "start" });
  say(words.typing, "stuck");
}

function show(found) {
  faults.querySelector("h2").hidden = !found.length;
  faults.querySelector("ul").replaceChildren(...found.map((fault) => {
    const row = Object.assign(document.createElement("li"), { className: "row" });
    row.append(Object.assign(document.createElement("div"), { textContent: fault.text }));
    if (fault.line) {
      const label = fill(words.line, { line: fault.line });
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label });
      button.dataset.line = fault.line;
      row.append(button);
    }
    return row;
  }));
}

/** How far below the top of the field's text a place of it is, wrapped lines counted: measured on a copy that is not seen. */
function depth(place) {
  const style = getComputedStyle(field);
  const copy = document.createElement("div");
  for (const name of ["font", "letterSpacing", "tabSize"]) copy.style[name] = style[name];
  const width = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${width}px` });
  const end = document.createElement("span");
  end.textContent = "|";
  copy.append(field.value.slice(0, place), end);
  document.body.append(copy);
  const found = end.offsetTop;
  copy.remove();
  return found;
}

/** Put the cursor into a line, from 1, and bring it below the tools that stay at the top. */
function goTo(line) {
  const start = field.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const end = field.value.indexOf("\n", start);
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end < 0 ? field.value.length : end);
  const row = parseFloat(getComputedStyle(field).lineHeight);
  const below = depth(start);
  field.scrollTop = Math.max(0, below - 2 * row);
  const shown = field.getBoundingClientRect().top + below - field.scrollTop;
  scrollBy({ top: shown - tools.offsetHeight - 3 * row, behavior: "instant" });
}

/** Type `text` in place of what is chosen, so that the browser's own undo takes it back. */
function type(text, from = field.selectionStart, to = field.selectionEnd) {
  field.focus();
  field.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, from, to, "end");
  field.dispatchEvent(new Event("input"));
}

function shape(button) {
  const { wrap, before, block, link } = button.dataset;
  const chosen = field.value.slice(field.selectionStart, field.selectionEnd);
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  if (wrap) type(`${wrap}${chosen}${wrap}`);
  else if (before) type(before + field.value.slice(start, field.selectionEnd).replaceAll("\n", `\n${before}`), start);
  else if (link !== undefined) type(`[${chosen}](https://)`);
  else if (block) type(`${field.value.slice(0, field.selectionStart).endsWith("\n\n") ? "" : "\n\n"}${block}${chosen}\n`);
}

tools.hidden = false;
form.querySelector("[data-plain]").hidden = true;
tools.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) shape(button);
});
field.addEventListener("input", () => {
  if (clashing()) return;
  say(words.typing, "");
  later(PAUSE);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-line]");
  if (button?.matches("button")) goTo(Number(button.dataset.line));
});
form.addEventListener("submit", (event) => {
  event.preventDefault(); // also "Pakai tulisan saya": it follows what the server has now
  clash.hidden = true;
  saved = null;
  save();
});
addEventListener("online", save);
addEventListener("beforeunload", (event) => {
  if (field.value !== saved && !clashing()) event.preventDefault();
});

const upload = document.getElementById("unggah");
upload?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const answer = await fetch(upload.action, { method: "POST", body: new FormData(upload), headers: { Accept: "application/json" } });
    if (!answer.ok) throw await answer.json();
    type(`\n\n${await answer.text()}\n`, field.selectionEnd);
    upload.reset();
  } catch (told) {
    say(told?.title ? `${told.title} ${told.cure}` : words.offline, "stuck");
  }
});
const wanted = /^#baris-(\d+)$/.exec(location.hash);
if (wanted) goTo(Number(wanted[1]));
