// A figure of the ledger goes in at the cursor. Without scripts its button sends the text, which comes back with it.
const body = document.querySelector("textarea[name=body]");
const picker = document.getElementById("picker");
if (body && picker) {
  const told = picker.querySelector("[data-inserted]");
  let been = false;  // a text nobody has touched has its cursor at the very beginning, where nobody wants a figure
  body.addEventListener("focus", () => { been = true; });

  picker.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-mark]");
    if (!button) { return; }
    event.preventDefault();
    const mark = button.dataset.mark;
    const empty = body.value.indexOf("{fig:}");
    const [from, to] = been ? [body.selectionStart, body.selectionEnd] : empty >= 0 ? [empty, empty + 6] : [body.value.length, body.value.length];
    body.setRangeText(mark, from, to, "end");
    been = true;
    body.dispatchEvent(new Event("input", { bubbles: true }));  // the draft on this device keeps it
    told.textContent = told.dataset.inserted + mark;
    told.hidden = false;
    if (window.matchMedia("(pointer: fine)").matches) { body.focus(); }  // on a phone that would open the keyboard
  });

  // Enter looks for it; it does not save the paper.
  picker.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input, select")) { return; }
    event.preventDefault();
    picker.querySelector("[data-find]").click();
  });
}
