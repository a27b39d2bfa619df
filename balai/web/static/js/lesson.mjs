// What is personal on a lesson's page, drawn from /saya.json: the page itself is the same file for everyone.
import { doneHere, keepHere } from "./progress.mjs";

const form = document.getElementById("selesai");
const state = document.getElementById("keadaan");
const words = document.getElementById("kata")?.dataset;
const all = form?.dataset.lessons.trim().split(/\s+/) ?? [];

/** Say how the work stands; `kind` is a class of `.state`. */
function say(text, kind = "") {
  state.textContent = text;
  state.className = `state ${kind}`;
  state.hidden = false;
}

/** 14.02 in Indonesian, with the day when it was not today. */
function when(iso) {
  const at = new Date(iso);
  const language = document.documentElement.lang;
  const time = at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
  const today = at.toDateString() === new Date().toDateString();
  return today ? time : `${at.toLocaleDateString(language, { day: "numeric", month: "short" })} ${time}`;
}

function draw(done) {
  document.getElementById("maju").value = all.filter((lesson) => done.includes(lesson)).length;
}

/** Nobody is signed in: what is finished is kept on this phone, and the page says so. */
function asVisitor() {
  const done = doneHere(form.dataset.course);
  draw(done);
  if (done.includes(form.dataset.lesson)) say(words.phone);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keepHere(form.dataset.course, form.dataset.lesson);
    location.assign(form.dataset.next);
  });
}

/** Somebody is signed in: say who, and when the last lesson was saved. */
function asLearner(me) {
  const mine = me.progress?.[form.dataset.course] ?? {};
  draw(Object.keys(mine));
  document.getElementById("simpan").textContent = `${words.as} ${me.person.name}`;
  const last = mine[form.dataset.lesson] ?? Object.values(mine).sort().at(-1);
  if (last) say(`${words.saved} ${when(last)}`, "sent");
  stayWithoutSignal();
}

/** Without signal the page stays, and says that nothing was sent: better than the browser's error page. */
function stayWithoutSignal() {
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say(words.unsent, "stuck");
    document.getElementById("simpan").textContent = words.unsent; // beside the button that was tapped
  });
}

async function start() {
  try {
    const answer = await fetch("/saya.json", { credentials: "same-origin", headers: { Accept: "application/json" } });
    const me = answer.ok ? await answer.json() : {};
    if (me.person) asLearner(me);
    else asVisitor();
  } catch {
    say(words.offline);
    stayWithoutSignal();
  }
}

if (form) start();
