// The review of a document: passages and cards light each other up, and the keyboard is enough.
// Without this file every card links to its passage, every sign in the text to its card, and each button posts.
const desk = document.querySelector(".desk");
if (desk) { start(); }

function start() {
  const paper = desk.querySelector(".paper");
  const phone = window.matchMedia("(max-width: 63.99rem)");
  let current = "";

  const cards = () => [...desk.querySelectorAll(".card")];
  const card = (key) => document.getElementById("f" + key);
  const marks = (key) => paper.querySelectorAll(`[data-f~="${key}"]`);
  const isTyping = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  // ---- one card is at hand; its passage is lit ----
  function take(key, { focus = true, scroll = true, keep = true, still = false } = {}) {
    const one = card(key);
    if (!one) { return false; }
    desk.querySelectorAll(".is-current").forEach((other) => other.classList.remove("is-current"));
    paper.querySelectorAll(".lit").forEach((other) => other.classList.remove("lit"));
    one.classList.add("is-current");
    current = String(key);
    const lit = marks(key);
    lit.forEach((mark) => mark.classList.add("lit"));
    if (scroll && lit.length && !(phone.matches && desk.dataset.side === "results")) { intoView(lit[0], 0.3); }
    if (focus) { one.focus({ preventScroll: true }); }
    if (!still) { intoView(one, 0.25, true); }
    if (keep) { history.replaceState(history.state, "", "#f" + key); }
    return true;
  }

  function intoView(element, part, lazily) {
    const pane = element.closest(".pane-body");
    const own = pane && getComputedStyle(pane).overflowY === "auto";
    const box = element.getBoundingClientRect();
    const view = own ? pane.getBoundingClientRect() : { top: 130, bottom: innerHeight - 70, height: innerHeight - 200 };
    if (lazily && box.top >= view.top && box.bottom <= view.bottom) { return; }
    const by = box.top - view.top - view.height * part;
    (own ? pane : window).scrollBy({ top: by, behavior: "instant" });
  }

  function move(step) {
    const all = cards();
    if (!all.length) { return; }
    const at = all.findIndex((one) => one.dataset.finding === current);
    const next = all[at < 0 ? 0 : at + step];
    if (next) { take(next.dataset.finding); } else { more(); }
  }
  function nextOpen(from) {
    const all = cards();
    const at = all.findIndex((one) => one.dataset.finding === from);
    const next = all.slice(at + 1).find((one) => one.dataset.open === "1");
    if (next) { take(next.dataset.finding); return; }
    if (!more()) { take(from); }
  }
  function more() {
    const button = desk.querySelector(".more-cards a");
    if (button) { button.click(); }
    return Boolean(button);
  }
  let shown = 0;  // cards there were when more were asked for: the list goes on behind them
  desk.addEventListener("click", (event) => { if (event.target.closest(".more-cards a")) { shown = cards().length; } });

  // ---- clicks in the text and on cards ----
  paper.addEventListener("click", (event) => {
    const spot = event.target.closest("[data-f]");
    if (!spot || String(getSelection())) { return; }
    const kind = paper.dataset.kind;
    const keys = spot.dataset.f.split(" ").reverse();
    const signs = keys.map((key) => document.getElementById("s" + key)).filter(Boolean);
    const sign = signs.find((one) => !kind || one.classList.contains("k-" + kind));
    if (!sign) { return; }  // a passage of another kind, not marked now
    const key = sign.dataset.f;
    event.preventDefault();
    side("results");
    if (!take(key, { scroll: false })) { fetchFor(sign.getAttribute("href").split("#")[0], key); }
  });
  desk.addEventListener("click", (event) => {
    const one = event.target.closest(".card");
    const link = event.target.closest(".card a[href^='#s']");
    if (link) {
      event.preventDefault();
      side("source");
      take(one.dataset.finding, { focus: !phone.matches });
      const goal = document.getElementById(link.hash.slice(1));
      if (goal) { intoView(goal, 0.3); }
      return;
    }
    if (one && !event.target.closest("button, a, input, select, textarea, summary, label")) { take(one.dataset.finding, { still: true }); }
  });
  // How many would be accepted above a card changes with every decision; it is counted when its menu opens.
  desk.addEventListener("toggle", (event) => {
    const one = event.target.open && event.target.closest(".card");
    const number = one && event.target.querySelector("button .count .value");
    if (!number) { return; }
    const all = cards();
    number.textContent = all.slice(0, all.indexOf(one) + 1).filter((other) => other.dataset.open === "1").length;
  }, true);
  desk.addEventListener("focusin", (event) => {
    const one = event.target.closest(".card");
    // Not moved: between the press and the release of a button it must stay under the pointer.
    if (one && one.dataset.finding !== current) { take(one.dataset.finding, { focus: false, still: true }); }
  });
  function fetchFor(query, key) {
    window.htmx.ajax("GET", location.pathname + query, { target: "#results", swap: "outerHTML" }).then(() => take(key, { scroll: false }));
  }

  // ---- what is selected in the text is what was passed over ----
  const adding = document.querySelector("a[data-act=add]");
  if (adding) {
    adding.addEventListener("click", () => {
      const chosen = getSelection();
      if (!String(chosen).trim() || !paper.contains(chosen.anchorNode)) { return; }
      const address = new URL(adding.href);
      address.searchParams.set("kind", paper.dataset.kind);
      address.searchParams.set("words", String(chosen).slice(0, 400));
      adding.href = address;
    });
  }

  // ---- the list to jump by ----
  const jump = desk.querySelector(".jump select");
  if (jump) {
    jump.addEventListener("change", () => {
      const goal = document.getElementById(jump.value);
      if (goal) { intoView(goal, 0.05); }
    });
  }

  // ---- a narrow screen shows one side ----
  function side(name) {
    if (!phone.matches) { return; }
    desk.dataset.side = name;
    desk.querySelectorAll(".sides a").forEach((link) => {
      if (link.dataset.side === name) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
  }
  desk.classList.add("sided");
  side("results");
  desk.querySelectorAll(".sides a").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    side(link.dataset.side);
    if (!current) { return; }
    if (link.dataset.side === "source" && marks(current).length) { intoView(marks(current)[0], 0.3); }
    if (link.dataset.side === "results" && card(current)) { intoView(card(current), 0.25); }
  }));

  // ---- keys ----
  const PRESS = { a: "accept", x: "reject", e: "edit", s: "split", m: "merge", r: "reopen" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    const editing = event.target.closest && event.target.closest(".card form");
    if (event.key === "Escape" && editing) {
      const cancel = editing.querySelector("[data-act=cancel]");
      if (cancel) { cancel.click(); }
      return;
    }
    if (isTyping(event.target) || document.querySelector("dialog[open]")) { return; }
    if (event.key === "j" || event.key === "k") { event.preventDefault(); move(event.key === "j" ? 1 : -1); return; }
    if (event.key === "u") { press(desk.querySelector("[data-act=undo]"), event); return; }
    if (event.key === "?") { const keys = desk.querySelector(".keys"); if (keys) { keys.open = !keys.open; } return; }
    const name = PRESS[event.key];
    const one = name && card(current);
    if (one) { press(one.querySelector(`[data-act=${name}]`), event); }
  });
  function press(button, event) {
    if (!button || button.disabled) { return; }
    event.preventDefault();
    button.click();
  }

  // ---- after the server answered ----
  document.addEventListener("htmx:afterSettle", (event) => {
    const got = event.detail.elt;
    if (!got || !got.isConnected) { return; }
    if (got.id === "results") {
      paper.dataset.kind = got.dataset.kind;
      got.querySelectorAll(".card").forEach(colour);
      const behind = shown && cards()[shown];
      shown = 0;
      const wanted = behind ? behind.dataset.finding : got.dataset.at || current;
      if (!take(wanted, { focus: true })) { const first = cards()[0]; if (first) { take(first.dataset.finding, { focus: false }); } }
      return;
    }
    if (!got.matches(".card")) { return; }
    colour(got);
    const field = got.querySelector("form [aria-invalid=true]") || got.querySelector("form input:not([type=hidden]), form textarea, form select");
    if (field) { take(got.dataset.finding, { focus: false }); field.focus(); return; }
    if (got.dataset.decided === "now" && got.dataset.open !== "1") { nextOpen(got.dataset.finding); } else { take(got.dataset.finding); }
  });
  // What somebody else decided comes with the list; the text follows.
  function colour(one) {
    marks(one.dataset.finding).forEach((mark) => mark.classList.toggle("d-" + one.dataset.kind, one.dataset.open !== "1"));
  }

  // ---- where one arrives; the address is left alone, or the browser would scroll the page to the card ----
  const at = /^#[fs](c?\d+)/.exec(location.hash);
  const first = (at && card(at[1])) || cards().find((one) => one.dataset.open === "1") || cards()[0];
  if (first) { take(first.dataset.finding, { focus: false, keep: false }); }
  if (at && !phone.matches) {
    window.addEventListener("load", () => requestAnimationFrame(() => {
      desk.scrollIntoView({ block: "start" });
      if (first) { take(first.dataset.finding, { focus: true, keep: false }); }
    }));
  }
}
