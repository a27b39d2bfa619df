// The one script of every page, fetched once: what is typed can be shown, and lessons know how far one is.
// Each part looks for its place on the page and does nothing where there is none.

const language = document.documentElement.lang;
// Days before months and 24 hours, as on the pages themselves.
const locale = language === "en" ? "en-GB" : language;

// Lessons finished on this phone by somebody who is not signed in: {course id: [lesson ids]}.
const STORE = "materi-selesai";

function stored(key = STORE) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {}; // private browsing, or a full or broken store: the page works without it
  }
}

function store(all, key = STORE) {
  try {
    localStorage.setItem(key, JSON.stringify(all));
  } catch {
    // see stored()
  }
}

// How the network was since it was last told: {day: when that was, asked, failed: requests}.
const NETWORK = "jaringan";

/** Ask for what is personal; once a day, tell with it how long this page was waited for (see /privasi). */
async function personal() {
  const seen = { asked: 0, failed: 0, ...stored(NETWORK) };
  const today = new Date().toDateString();
  const headers = { Accept: "application/json" };
  const [page] = performance.getEntriesByType("navigation");
  seen.asked += 1;
  // A page from the phone's own store was not waited for.
  if (seen.day !== today && page?.transferSize) {
    const wait = Math.round(page.responseStart - page.requestStart);
    headers["Network-Seen"] = `${navigator.connection?.effectiveType ?? "-"} ${wait} ${seen.asked} ${seen.failed}`;
  }
  try {
    const answer = await fetch("/saya.json", { credentials: "same-origin", headers });
    const me = answer.ok ? await answer.json() : {};
    if (me.person && headers["Network-Seen"]) Object.assign(seen, { day: today, asked: 0, failed: 0 });
    return me;
  } catch (error) {
    seen.failed += 1;
    throw error;
  } finally {
    store(seen, NETWORK);
  }
}

/** The lessons of a course that were finished on this phone. */
function doneHere(course) {
  const lessons = stored()[course];
  return Array.isArray(lessons) ? lessons : [];
}

/** Remember that a lesson was finished. */
function keepHere(course, lesson) {
  store({ ...stored(), [course]: [...new Set([...doneHere(course), lesson])] });
}

/** Forget a course's lessons: they are in an account now, or were somebody else's. */
function forgetHere(course) {
  const all = stored();
  delete all[course];
  store(all);
}

/** A button beside a password field that shows what is typed: on a small phone nobody types blindly. */
function peek(field) {
  const words = language === "en" ? ["Show", "Hide"] : ["Tampilkan", "Sembunyikan"];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button plain";
  button.setAttribute("aria-controls", field.id);
  button.setAttribute("aria-pressed", "false");
  button.textContent = words[0];
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = words[shown ? 1 : 0];
    field.focus();
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
  field.after(button);
}

/** A course's page: a visitor sees which lessons were finished on this phone, and goes on from there. */
function mark(outline, done) {
  const rows = [...outline.querySelectorAll("[data-lesson]")];
  for (const row of rows.filter((row) => done.includes(row.dataset.lesson))) {
    const pill = document.createElement("span");
    pill.className = "pill";
    pill.textContent = outline.dataset.done;
    row.append(pill);
  }
  const next = rows.find((row) => !done.includes(row.dataset.lesson))?.querySelector("a");
  const button = document.getElementById("langkah");
  if (!done.length || !next || !button) return;
  button.href = next.href;
  button.textContent = `${outline.dataset.next} ${next.textContent}`;
}

/**
 * A course's page: somebody who is signed in is asked once whether those lessons were theirs.
 *
 * The phone forgets them when a later page shows them as saved, not when they are sent.
 */
async function ask(outline, done) {
  const forget = () => forgetHere(outline.dataset.course);
  const left = [...outline.querySelectorAll("[data-lesson]:not([data-done])")]
    .map((row) => row.dataset.lesson)
    .filter((lesson) => done.includes(lesson));
  if (!left.length) return forget();
  const answer = await fetch(outline.dataset.offer);
  if (!answer.ok) return;
  const offer = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".notice");
  for (const lesson of left) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "materi", value: lesson });
    offer.querySelector("form").append(field);
  }
  offer.querySelector("[data-count]").textContent = left.length;
  offer.querySelector("[data-not-mine]").addEventListener("click", () => {
    forget();
    offer.remove();
  });
  outline.before(offer);
}

/** What is personal on a lesson's page, drawn from /saya.json: the page itself is the same file for everyone. */
async function lesson(form) {
  const { course, lesson, next } = form.dataset;
  const all = form.dataset.lessons.trim().split(/\s+/);
  const words = document.getElementById("kata").dataset;
  const state = document.getElementById("keadaan");
  const account = document.getElementById("simpan");

  /** Say how the work stands; `kind` is a class of `.state`. */
  const say = (text, kind = "") => {
    state.textContent = text;
    state.className = `state ${kind}`;
    state.hidden = false;
  };
  const draw = (done) => { document.getElementById("maju").value = all.filter((one) => done.includes(one)).length; };

  /** Without signal the page stays, and says that nothing was sent: better than the browser's error page. */
  const stayWithoutSignal = () => form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say(words.unsent, "stuck");
    account.textContent = words.unsent; // beside the button that was tapped
  });

  /** Nobody is signed in: what is finished is kept on this phone, and the page says so. */
  const asVisitor = () => {
    const done = doneHere(course);
    draw(done);
    if (done.includes(lesson)) say(words.phone);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keepHere(course, lesson);
      location.assign(next);
    });
  };

  /** Somebody is signed in: say who, and when the last lesson was saved. */
  const asLearner = (me) => {
    const mine = me.progress?.[course] ?? {};
    draw(Object.keys(mine));
    account.textContent = `${words.as} ${me.person.name}`;
    const last = mine[lesson] ?? Object.values(mine).sort().at(-1);
    if (last) say(`${words.saved} ${moment(last)}`, "sent");
    stayWithoutSignal();
  };

  try {
    const me = await personal();
    if (me.person) asLearner(me);
    else asVisitor();
  } catch {
    say(words.offline);
    stayWithoutSignal();
  }
}

/** 14.02 in Indonesian, with the day when it was not today. */
function moment(iso) {
  const at = new Date(iso);
  const time = at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  const today = at.toDateString() === new Date().toDateString();
  return today ? time : `${at.toLocaleDateString(locale, { day: "numeric", month: "short" })} ${time}`;
}

// The icon of the tab: here it costs no request of its own.
document.querySelector("link[rel=icon]").href = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23fbfaf5' stroke-width='1.5'><path stroke='none' fill='%230e5a5a' d='M0 0h24v24H0z'/><path d='M4.5 11h15L16 6.5H8zM6.7 11v6.5M17.3 11v6.5M10.3 11v6.5M13.7 11v6.5M4.5 17.5h15'/></svg>";

document.querySelectorAll("input[data-peek]").forEach(peek);

const outline = document.getElementById("isi-pelatihan");
if (outline) {
  const done = doneHere(outline.dataset.course);
  if (outline.dataset.offer) ask(outline, done);
  else if (outline.dataset.next) mark(outline, done);
}

const form = document.getElementById("selesai");
if (form) lesson(form);

// A passkey needs a secure page with a name: on plain HTTP, or on a number such as 192.168.1.7, no device gives one.
const passkeys = globalThis.PublicKeyCredential && !/^[\d.]+$|:/.test(location.hostname);
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!passkeys) {
    form.querySelector("[data-unable]")?.removeAttribute("hidden");
    continue;
  }
  form.hidden = form.querySelector("button").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    import("./passkey.mjs").then(({ send }) => send(form), () => form.submit());
  });
}
