// Long work: the part of the page that tells how far it is (data-watch) is asked for anew until it is gone.
// Without this the page has a button that reloads it.

const PAUSE = 1500; // ms between two looks

async function look(part) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-watch]");
    if (!fresh) return location.reload();
    part.replaceChildren(...fresh.childNodes);
  } catch {
    // no signal for a moment: look again later
  }
  setTimeout(look, PAUSE, part);
}

for (const part of document.querySelectorAll("[data-watch]")) setTimeout(look, PAUSE, part);
