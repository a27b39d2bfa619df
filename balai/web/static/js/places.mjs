// An ordering question with arrows: the lists of numbers stay in the form and hold the answer, but are put away, and
// the steps themselves change places. Without this module one chooses a number for each step.

export function arrange(list) {
  const rows = [...list.children];
  const selects = new Map(rows.map((row) => [row, row.querySelector("select")]));
  const words = list.dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => values[name]);
  const step = (row) => row.querySelector("label").textContent;
  const spoken = Object.assign(document.createElement("p"), { className: "unseen" });
  spoken.setAttribute("role", "status");
  const keep = button(words.keep, "button");
  const told = list.parentElement.querySelector(".help");
  if (told) told.textContent = words.how;

  function button(text, name) {
    return Object.assign(document.createElement("button"), { type: "button", className: name, textContent: text });
  }

  function arrow(row, sign, text, by) {
    const made = button(sign, "button arrow");
    made.setAttribute("aria-label", fill(text, { step: step(row) }));
    made.addEventListener("click", () => move(row, by, made));
    return made;
  }

  function move(row, by, pressed) {
    const order = [...list.querySelectorAll(".pair")];
    const other = order[order.indexOf(row) + by];
    if (!other || list.closest("[data-checked]")) return;
    if (by < 0) other.before(row);
    else other.after(row);
    number();
    pressed.focus();
    spoken.textContent = fill(words.moved, { step: step(row), place: place(row), count: rows.length });
  }

  const place = (row) => [...list.querySelectorAll(".pair")].indexOf(row) + 1;

  // Every step gets the number of its place; one event tells the page that the answer changed.
  function number() {
    for (const row of rows) selects.get(row).selectedIndex = place(row);
    keep.hidden = true;
    selects.get(rows[0]).dispatchEvent(new Event("change", { bubbles: true }));
  }

  function begin() {
    const order = rows.map((row) => [selects.get(row).selectedIndex || Infinity, row]);
    const answered = order.every(([at]) => at !== Infinity);
    if (answered) order.sort(([one], [other]) => one - other).forEach(([, row]) => list.append(row));
    for (const row of rows) {
      selects.get(row).hidden = true;
      row.append(arrow(row, "▲", words.up, -1), arrow(row, "▼", words.down, 1));
    }
    list.classList.add("arranged");
    keep.hidden = answered;
    keep.addEventListener("click", number);
    list.after(keep, spoken);
  }

  begin();
}
