// On a course's page: lessons that were finished on this phone before signing in.
import { doneHere, forgetHere } from "./progress.mjs";

const outline = document.getElementById("isi-pelatihan");
const offer = document.getElementById("dari-hp");
const done = doneHere(outline.dataset.course);

/** A visitor sees which lessons were finished on this phone, and goes on from there. */
function mark() {
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

/** Somebody who is signed in is asked once whether those lessons were theirs. */
function ask() {
  const left = [...outline.querySelectorAll("[data-lesson]:not([data-done])")]
    .map((row) => row.dataset.lesson)
    .filter((lesson) => done.includes(lesson));
  if (!left.length) return forgetHere(outline.dataset.course);
  for (const lesson of left) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "materi", value: lesson });
    offer.querySelector("form").append(field);
  }
  offer.querySelector("[data-count]").textContent = left.length;
  offer.hidden = false;
  offer.querySelector("form").addEventListener("submit", () => forgetHere(outline.dataset.course));
  offer.querySelector("[data-not-mine]").addEventListener("click", () => {
    forgetHere(outline.dataset.course);
    offer.hidden = true;
  });
}

if (offer) ask();
else mark();
