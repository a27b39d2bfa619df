// A button beside every password field that shows what is typed: on a small phone nobody types blindly.
// Words come from the page's language.

const words = document.documentElement.lang === "en" ? ["Show", "Hide"] : ["Tampilkan", "Sembunyikan"];

for (const field of document.querySelectorAll("input[data-peek]")) {
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
