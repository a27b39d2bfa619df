// Lessons finished on this phone by somebody who is not signed in: {course id: [lesson ids]}.
const NAME = "materi-selesai";

function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {}; // private browsing, or a full or broken store: the page works without it
  }
}

function write(all) {
  try {
    localStorage.setItem(NAME, JSON.stringify(all));
  } catch {
    // see read()
  }
}

/** The lessons of a course that were finished on this phone. */
export function doneHere(course) {
  const lessons = read()[course];
  return Array.isArray(lessons) ? lessons : [];
}

/** Remember that a lesson was finished. */
export function keepHere(course, lesson) {
  write({ ...read(), [course]: [...new Set([...doneHere(course), lesson])] });
}

/** Forget a course's lessons: they are in an account now, or were somebody else's. */
export function forgetHere(course) {
  const all = read();
  delete all[course];
  write(all);
}
