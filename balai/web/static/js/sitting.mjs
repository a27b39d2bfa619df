// A paper on the screen: one question at a time, an overview before the end. Every answer is kept on this phone as it is
// given and goes to the server with others: each request costs a village money. Without this module the same page is
// one long form. Nothing says that the server has an answer before the server said so.

const form = document.getElementById("lembar");
const words = form.dataset;
const questions = [...form.querySelectorAll("[data-question]")];
const overview = document.getElementById("ringkasan");
const screens = [...questions, overview];
const state = document.querySelector("[data-state]");
const back = document.querySelector("[data-back]");
const next = document.querySelector("[data-next]");
const where = document.querySelector("[data-where]");
const store = `balai.jawaban.${words.attempt}`;
const RETRY = 5000;
/** Answers that no repetition changes: the time is up, the test was submitted, the paper has no such option. */
const FINAL = [409, 422];
/** The longest that an answer waits for others; in the last minute none waits. */
const PACE = 30_000;
/** Seconds from which on the page says until when, not how long. */
const FAR = 8 * 60 * 60;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
const slugOf = (question) => question.dataset.question;
const inputs = (question) => [...question.querySelectorAll("[name^='j.']")];
const ticked = (input) => ["radio", "checkbox"].includes(input.type);
const given = (input) => (ticked(input) ? input.checked : input.value.trim() !== "");
const chosen = (question) => inputs(question).filter(given).map((input) => input.value.trim());
const say = (text) => { if (state.textContent !== text) state.textContent = text; };
const locale = document.documentElement.lang === "en" ? "en-GB" : "id"; // 24 hours, as on the pages themselves
const time = (iso) => new Date(iso).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });

// Answers on their way to the server: kept on this phone until the server has them.
const unsent = new Map(Object.entries(JSON.parse(read() || "{}")));
let sending = false;
let ended = false;

function read() {
  try { return localStorage.getItem(store); } catch { return null; }
}

/** Whether this phone holds the answers, so that they may wait. */
function keep() {
  try {
    if (unsent.size) localStorage.setItem(store, JSON.stringify(Object.fromEntries(unsent)));
    else localStorage.removeItem(store);
    return true;
  } catch {
    return false; // a phone that keeps nothing still sends
  }
}

let timer;
function sendLater() {
  say(words.kept);
  timer ??= setTimeout(send, PACE);
}

async function send() {
  clearTimeout(timer);
  timer = undefined;
  if (sending || ended || !unsent.size) return;
  sending = true;
  say(words.saving);
  const batch = [...unsent];
  const problem = await post(batch);
  if (problem === "") batch.filter(([slug, ids]) => unsent.get(slug) === ids).forEach(([slug]) => unsent.delete(slug));
  keep();
  sending = false;
  if (problem === null) timer = setTimeout(send, RETRY);
  else if (problem) refused(problem);
  else if (unsent.size) sendLater();
}

// "" when saved, a sentence when refused for good, null when the server was not reached.
async function post(batch) {
  try {
    const answer = await fetch(form.action, {
      method: "POST", redirect: "manual", keepalive: true, headers: { Accept: "application/json" },
      body: fields(batch),
    });
    const body = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (answer.ok && body.saved_at) {
      if (body.left !== undefined) end = performance.now() + body.left * 1000; // it may have become more
      for (const [slug, ids] of batch) base(slug).value = [...ids].sort().join();
      say(fill(words.saved, { time: time(body.saved_at) }));
      return "";
    }
    if (FINAL.includes(answer.status) && body.cure) return `${body.title} ${body.cure}`;
    say(body.cure ? `${words.unsent} ${body.title}` : words.unsent);
  } catch {
    say(words.unsent); // no signal
  }
  return null;
}

/** A form of answers: of each what the server held, and what was chosen since. */
function fields(batch) {
  return new URLSearchParams(batch.flatMap(([slug, ids]) =>
    [[`d.${slug}`, base(slug).value], ...ids.map((id) => [`j.${slug}`, id])]));
}

/** The answers that the server does not have as they are now. */
function changed() {
  const all = questions.map((question) => [slugOf(question), chosen(question)]);
  return all.filter(([slug, ids]) => [...ids].sort().join() !== base(slug).value);
}

// What the server holds, as far as this page knows: it tells a change from an answer left as it was.
function base(slug) {
  const name = `d.${slug}`;
  if (!form.elements[name]) form.append(Object.assign(document.createElement("input"), { type: "hidden", name }));
  return form.elements[name];
}

function refused(problem) {
  unsent.clear();
  keep();
  say(problem);
}

// One screen at a time. The address says which, so "back" on the phone goes to the question before.
let index = 0;
const go = (to) => { location.hash = screens[to].id; };

function arrive(focus) {
  const to = screens.findIndex((screen) => `#${screen.id}` === location.hash);
  if (to < 0 && focus) return; // the address of something else on the page
  index = Math.max(0, to);
  show(focus);
}

function show(focus) {
  screens.forEach((screen, number) => { screen.hidden = number !== index; });
  if (screens[index] === overview) review();
  where.textContent = screens[index] === overview
    ? words.title
    : fill(words.where, { title: words.title, number: index + 1, count: questions.length });
  back.hidden = index === 0;
  back.textContent = fill(words.step, { number: index });
  label();
  progress();
  if (focus) {
    window.scrollTo(0, 0);
    screens[index].querySelector("h2").focus({ preventScroll: true });
  }
}

function label() {
  const waiting = words.keys && screens[index] !== overview && !screens[index].dataset.checked;
  if (screens[index] === overview) next.textContent = words.submit;
  else if (waiting && chosen(screens[index]).length) next.textContent = words.check;
  else if (index + 1 === questions.length) next.textContent = words.overview;
  else next.textContent = fill(words.step, { number: index + 2 });
}

function progress() {
  document.querySelector("progress.edge").value = questions.filter((question) => chosen(question).length).length;
}

function review() {
  const missing = [];
  questions.forEach((question, place) => {
    const pill = overview.querySelectorAll(".pill")[place];
    const done = chosen(question).length > 0;
    if (!done) missing.push(place + 1);
    pill.textContent = done ? words.done : words.open;
    pill.classList.toggle("wait", !done);
  });
  overview.querySelector("[data-missing]").textContent =
    missing.length ? fill(words.missing, { list: missing.join(", ") }) : words.all;
}

async function forward(event) {
  event.preventDefault();
  const screen = screens[index];
  if (screen === overview) return submit();
  if (words.keys && !screen.dataset.checked && chosen(screen).length && (await check(screen))) return label();
  return go(index + 1);
}

// Practice: the keys travel, so the phone marks at once, as the server will.
async function check(question) {
  try {
    const [{ markQuestion, result }, keys] = await Promise.all([import("./marking.mjs"), keysOf()]);
    const key = keys[slugOf(question)];
    explain(question, key, result(markQuestion(chosen(question), key)));
    return true;
  } catch {
    return false; // no signal: the result page explains it
  }
}

let keys;
function keysOf() {
  keys ??= fetch(words.keys).then((answer) => answer.json()).catch((error) => { keys = undefined; throw error; });
  return keys;
}

function explain(question, key, outcome) {
  question.dataset.checked = outcome;
  inputs(question).forEach((input) => (ticked(input) ? colour(input, key) : settle(input, key, outcome)));
  const box = document.createElement("div");
  box.className = `notice ${outcome === "right" ? "good" : outcome === "partial" ? "wait" : "bad"}`;
  box.setAttribute("role", "status");
  question.append(box);
  box.append(document.getElementById("tanda").content.querySelector(`[data-${outcome}] svg`).cloneNode(true));
  const verdict = document.createElement("p");
  verdict.append(Object.assign(document.createElement("b"), { textContent: words[outcome] }));
  box.append(verdict);
  box.insertAdjacentHTML("beforeend", key.explanation ?? ""); // cleaned when the course was published
  box.scrollIntoView({ block: "center" });
}

function note(text) {
  return Object.assign(document.createElement("small"), { textContent: text });
}

function colour(input, key) {
  const right = key.right.includes(input.value);
  const option = input.closest("label");
  const told = option.querySelector("span");
  if (right) told.append(note(words.key));
  if (right || input.checked) option.classList.add(right ? "right" : "wrong");
  if (input.checked && key.feedback?.[input.value]) told.insertAdjacentHTML("beforeend", key.feedback[input.value]);
  input.addEventListener("click", (event) => event.preventDefault());
}

// A list or a line: it stays as it was, with what is right beside it.
function settle(input, key, outcome) {
  const right = input.options ? key.right.includes(input.value) : outcome === "right";
  const row = input.closest(".pair, .typed");
  row.classList.add(right ? "right" : "wrong");
  if (!right) row.append(note(`${words.key}: ${rightText(input, key)}`));
  if (input.options) [...input.options].forEach((option) => { option.disabled = !option.selected; });
  else input.readOnly = true;
}

function rightText(input, key) {
  if (!input.options) return [key.right[0], key.unit].filter(Boolean).join(" ");
  return [...input.options].find((option) => key.right.includes(option.value))?.textContent ?? "";
}

async function submit() {
  if (ended) return;
  ended = true;
  next.setAttribute("aria-disabled", "true");
  say(words.sending);
  try {
    const answer = await fetch(words.send, {
      method: "POST", redirect: "manual", headers: { Accept: "application/json" },
      body: fields(changed()),
    });
    if (answer.type === "opaqueredirect" || answer.ok) {
      unsent.clear();
      keep();
      location.replace(location.pathname);
      return;
    }
    const body = await answer.json();
    say(`${body.title} ${body.cure}`);
  } catch {
    say(words.unsent);
  }
  ended = false;
  next.removeAttribute("aria-disabled");
}

const clock = document.querySelector("[data-left]");
let end = clock ? performance.now() + Number(clock.dataset.left) * 1000 : Infinity;
const hurried = () => end - performance.now() < 60_000;

function countDown() {
  if (!clock) return;
  const spoken = document.createElement("span");
  spoken.className = "unseen";
  spoken.setAttribute("role", "status");
  clock.after(spoken);
  tick(spoken);
}

function tick(spoken) {
  const left = Math.max(0, Math.round((end - performance.now()) / 1000));
  if (left < FAR) clock.textContent = left ? `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}` : words.over;
  if (left === 300 || left === 60) spoken.textContent = fill(words.minutes, { count: left / 60 });
  if (left) setTimeout(tick, 1000, spoken);
  else finish(spoken);
}

// Somebody may have given more time: the server knows.
async function finish(spoken) {
  if (await post([]) === "" && end - performance.now() > 1000) return tick(spoken);
  go(screens.length - 1);
  submit();
}

// Answers that were given before the page was closed, and had not reached the server.
for (const question of questions) {
  const left = unsent.get(slugOf(question));
  if (left) inputs(question).forEach((input) => restore(input, left));
}

function restore(input, left) {
  if (ticked(input)) input.checked = left.includes(input.value);
  else if (input.options) input.value = [...input.options].find((option) => left.includes(option.value))?.value ?? "";
  else input.value = left[0] ?? "";
}

if (form.querySelector("[data-places]")) {
  import("./places.mjs").then(({ arrange }) => form.querySelectorAll("[data-places]").forEach(arrange), () => {});
}

form.addEventListener("input", ({ target }) => {
  if (!ticked(target)) target.dispatchEvent(new Event("change", { bubbles: true })); // kept letter by letter
});
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
  event.preventDefault(); // the form is not sent by it; the next step is
  next.click();
});
form.addEventListener("change", (event) => {
  const question = event.target.closest("[data-question]");
  unsent.set(slugOf(question), chosen(question));
  if (keep() && !hurried()) sendLater();
  else send();
  progress();
  label();
});
next.addEventListener("click", forward);
back.addEventListener("click", () => go(index - 1));
addEventListener("hashchange", () => arrive(true));
addEventListener("online", send);
document.addEventListener("visibilitychange", () => { if (document.hidden) send(); });
arrive(false);
countDown();
send();
