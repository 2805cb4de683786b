// A report written where the line drops: kept on this device with its photos, sent when the line is back,
// never twice (the server knows each report by its key). Shared machines: only its writer's page sends it.
// Each form inside [data-outbox] is one report; data-next is the page it leads to. Words: pages/_outbox.html.
const NAME = "qingshan-outbox";
const STORE = "reports";
const box = document.getElementById("outbox");

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(mode, act) {
  const base = await opened();
  return new Promise((done, failed) => {
    const work = base.transaction(STORE, mode);
    const asked = act(work.objectStore(STORE));
    work.oncomplete = () => done(asked.result);
    work.onerror = () => failed(work.error);
  });
}

function say(word, more) {
  if (!box) { return; }
  box.textContent = box.dataset[word] + (more || "");
  box.className = "notice " + ({ sent: "good", refused: "bad", login: "warn", waiting: "warn" }[word] || "");
  box.hidden = false;
}

const me = () => document.body.dataset.user;
const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

async function sent(entry) {
  const body = new FormData();
  entry.fields.forEach(([name, value, file]) => { if (file) { body.append(name, value, file); } else { body.append(name, value); } });
  body.set("csrfmiddlewaretoken", token());  // that of this page: the one kept may be of an older log-in
  return fetch(entry.url, { method: "POST", body, credentials: "same-origin" });
}

// What the answer means: another page is a report taken; the log-in page keeps it; the form again is a refusal.
function outcome(response, entry) {
  const path = new URL(response.url).pathname;
  if (path.startsWith("/login") || response.status === 401) { return "login"; }
  if (response.ok && path !== new URL(entry.url, location.href).pathname) { return "sent"; }
  return response.status >= 500 ? "waiting" : "refused";
}

async function flush() {
  const entries = (await within("readonly", (store) => store.getAll())).filter((one) => one.user === me());
  for (const entry of entries) {
    say("sending");
    let word;
    try { word = outcome(await sent(entry), entry); } catch (error) { word = "waiting"; }
    if (word === "sent" || word === "refused") { await within("readwrite", (store) => store.delete(entry.key)); }
    if (word === "sent") { forget(entry); }
    say(word, word === "refused" ? " " + entry.said : "");
    if (word === "waiting" || word === "login") { return; }
    if (word === "sent" && location.pathname === entry.page) { leave(entry.next); return; }
  }
}

// An address that differs from this page's only behind the # would not be fetched anew.
function leave(address) {
  const to = new URL(address, location.href);
  if (to.pathname + to.search === location.pathname + location.search) { location.hash = to.hash; location.reload(); } else { location.href = to.href; }
}

// What the page itself remembered of the form (qingshan.js) is done with once the report is taken.
function forget(entry) {
  try { localStorage.removeItem(entry.draft); } catch (error) { /* none was kept then */ }
}

function entryOf(form) {
  const fields = [...new FormData(form).entries()]
    .filter(([, value]) => !(value instanceof File) || value.size)
    .map(([name, value]) => (value instanceof File ? [name, value, value.name] : [name, value]));
  return { key: form.elements.key.value, fields, user: me(), url: form.action, page: location.pathname, next: form.closest("[data-outbox]").dataset.next, said: form.elements.text.value,
    draft: ["draft", me(), location.pathname, form.dataset.draft || form.id].join(":") };
}

for (const form of document.querySelectorAll("[data-outbox] form")) {
  form.addEventListener("submit", async (event) => {
    if (!form.reportValidity || !window.indexedDB) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const entry = entryOf(form);
    try { await within("readwrite", (store) => store.put(entry)); } catch (error) { form.submit(); return; }  // no room: as without scripts
    let response;
    try { response = await sent(entry); } catch (error) { say("waiting"); return; }
    const word = outcome(response, entry);
    if (word !== "waiting" && word !== "login") { await within("readwrite", (store) => store.delete(entry.key)); }
    if (word === "sent") { forget(entry); leave(entry.next); return; }
    if (word === "login") { say("login"); location.href = response.url; return; }
    if (word === "waiting") { say("waiting"); return; }
    if (location.pathname !== new URL(entry.url, location.href).pathname) { form.submit(); return; }  // its own page says what is wrong
    document.open(); document.write(await response.text()); document.close();  // the form with its errors, as without scripts
  }, true);
}
window.addEventListener("online", flush);
if (window.indexedDB) { flush(); }
