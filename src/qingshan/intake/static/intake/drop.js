// A file may be dropped on the field, and its way up is shown. Without scripts the field is a plain file field.
const zone = document.querySelector(".drop");
if (zone) {
  const form = zone.closest("form");
  const field = zone.querySelector("input[type=file]");
  const told = zone.querySelector("[data-chosen]");
  const bar = zone.querySelector("progress");
  const say = (words) => { told.textContent = words; told.hidden = !words; };
  const size = (bytes) => (bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB");
  const chosen = () => { const file = field.files[0]; say(file ? file.name + " · " + size(file.size) : ""); };

  field.addEventListener("change", chosen);
  ["dragenter", "dragover"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); }));
  ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.remove("over"); }));
  zone.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) { return; }
    field.files = event.dataTransfer.files;
    chosen();
  });
  // The form goes up as htmx would send it, so that its progress can be shown; the answer is a page either way.
  form.addEventListener("htmx:xhr:progress", (event) => {
    if (!event.detail.lengthComputable) { return; }
    bar.hidden = false;
    bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
    if (event.detail.loaded >= event.detail.total) { bar.removeAttribute("value"); say(zone.dataset.reading); }
  });
}
