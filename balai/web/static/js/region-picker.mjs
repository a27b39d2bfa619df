// A text box that lists regions as one types (the combobox pattern of ARIA 1.2). Without it the box is an
// ordinary text box and the server asks which region is meant.

const PAUSE = 120; // ms without a key before asking

class Picker {
  constructor(root, number) {
    this.root = root;
    [this.box, this.code] = root.querySelectorAll("input");
    this.list = document.createElement("ul");
    this.status = document.createElement("p");
    this.at = -1;
    this.dress(number);
    this.listen();
  }

  dress(number) {
    this.list.id = `wilayah-${number}`;
    this.list.role = "listbox";
    this.list.hidden = true;
    this.list.setAttribute("aria-label", this.box.labels[0]?.textContent.trim() ?? "");
    this.status.className = "unseen";
    this.status.role = "status";
    const box = this.box;
    box.role = "combobox";
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", this.list.id);
    box.setAttribute("aria-expanded", "false");
    this.root.append(this.list, this.status);
  }

  listen() {
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) this.choose(option);
    });
  }

  typed() {
    this.code.value = "";
    clearTimeout(this.timer);
    if (this.box.value.trim().length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    const { within, level } = this.root.dataset;
    const query = new URLSearchParams({ q: this.box.value, di: within, tingkat: level });
    try {
      const answer = await fetch(`${this.root.dataset.regionPicker}?${query}`, { signal: this.asked.signal });
      if (answer.ok) this.show((await answer.json()).results);
    } catch {
      // Aborted by the next key, or no signal: what is typed still goes to the server with the form.
    }
  }

  show(regions) {
    this.list.replaceChildren(...regions.map((region, index) => this.option(region, index)));
    this.status.textContent = regions.length ? `${regions.length} ${this.root.dataset.some}` : this.root.dataset.none;
    this.at = -1;
    this.box.removeAttribute("aria-activedescendant");
    this.open(regions.length > 0 && document.activeElement === this.box);
  }

  option(region, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.role = "option";
    option.dataset.code = region.code;
    option.dataset.name = region.full_name;
    const place = document.createElement("small");
    place.textContent = region.path || region.code;
    option.append(region.title, place);
    return option;
  }

  key(event) {
    const count = this.list.children.length;
    if (this.list.hidden || !count) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.point(this.at < 0 && step < 0 ? count - 1 : (this.at + step + count) % count);
    } else if (event.key === "Enter" && this.at >= 0) {
      this.choose(this.list.children[this.at]);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  point(index) {
    this.at = index;
    [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = this.list.children[index];
    option.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    this.box.value = option.dataset.name;
    this.code.value = option.dataset.code;
    this.root.querySelector("[role=radiogroup]")?.remove();
    this.close();
    this.box.dispatchEvent(new CustomEvent("region-chosen", { bubbles: true, detail: { code: this.code.value } }));
  }

  open(open) {
    this.list.hidden = !open;
    this.box.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.open(false);
    this.box.removeAttribute("aria-activedescendant");
  }
}

document.querySelectorAll("[data-region-picker]").forEach((root, number) => new Picker(root, number));
