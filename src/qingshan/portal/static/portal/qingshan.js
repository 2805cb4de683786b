// What pages gain when scripts run. Every page works without this file.
(function () {
  "use strict";

  // A form answered with 422 shows its errors; 401 shows the log-in dialog; both are swapped in.
  document.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    if (status === 422 || status === 409) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("meta[name=csrf-token]");
    if (token) { event.detail.headers["X-CSRFToken"] = token.content; }
  });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status === 401 && document.getElementById("login-dialog")) { return; }
    say(event.detail.xhr.status === 401 ? "expired" : event.detail.xhr.status === 403 ? "forbidden" : "failed");
  });
  document.addEventListener("htmx:sendError", function () { say("offline"); });

  function say(key) {
    var bar = document.getElementById("connection");
    if (!bar) { return; }
    bar.textContent = bar.dataset[key] || bar.dataset.failed;
    bar.hidden = false;
    if (key === "expired" && bar.dataset.login) {
      var link = document.createElement("a");
      link.href = bar.dataset.login + "?next=" + encodeURIComponent(location.pathname + location.search);
      link.textContent = bar.dataset.loginWord;
      bar.append(" ", link);
    }
  }

  // ---- drafts: what is typed outlives an expired session, a closed window, a lost line ----
  // Machines are shared: a draft is shown again to the one who typed it, and to nobody else.
  function draftKey(form) { return "draft:" + document.body.dataset.user + ":" + location.pathname + ":" + (form.dataset.draft || form.id); }
  function draftable(field) {
    return field.name && field.name !== "csrfmiddlewaretoken" && field.name !== "seen_version" &&
      !/^(password|file|hidden|submit|button)$/.test(field.type);
  }
  function keepDraft(form) {
    var kept = {};
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!draftable(field)) { return; }
      if (field.type === "checkbox" || field.type === "radio") { if (field.checked) { (kept[field.name] = kept[field.name] || []).push(field.value); } }
      else { kept[field.name] = field.value; }
    });
    try { localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), fields: kept })); } catch (error) { /* full or forbidden: nothing is lost but the draft */ }
  }
  function restoreDraft(form) {
    var text;
    try { text = localStorage.getItem(draftKey(form)); } catch (error) { return; }
    if (!text) { return; }
    var draft = JSON.parse(text);
    if (Date.now() - draft.at > 7 * 86400000) { localStorage.removeItem(draftKey(form)); return; }
    var changed = false;
    Array.prototype.forEach.call(form.elements, function (field) {
      if (!draftable(field) || !(field.name in draft.fields)) { return; }
      var kept = draft.fields[field.name];
      if (field.type === "checkbox" || field.type === "radio") {
        var on = kept.indexOf(field.value) >= 0;
        if (field.checked !== on) { field.checked = on; changed = true; }
      } else if (field.value !== kept) { field.value = kept; changed = true; }
    });
    if (changed) { showRestored(form); }
  }
  function showRestored(form) {
    var note = document.createElement("p");
    note.className = "notice";
    note.setAttribute("role", "status");
    var words = document.body.dataset;
    note.textContent = words.draftRestored + " ";
    var drop = document.createElement("button");
    drop.type = "button"; drop.className = "link"; drop.textContent = words.draftDrop;
    drop.addEventListener("click", function () { localStorage.removeItem(draftKey(form)); location.reload(); });
    note.append(drop);
    form.prepend(note);
  }
  function readyForms(root) {
    root.querySelectorAll("form[data-draft]").forEach(function (form) {
      if (form.dataset.ready) { return; }
      form.dataset.ready = "1";
      restoreDraft(form);
      form.addEventListener("input", function () { keepDraft(form); });
      form.addEventListener("change", function () { keepDraft(form); });
    });
    root.querySelectorAll("form[method=post]").forEach(function (form) {
      if (form.dataset.once) { return; }
      form.dataset.once = "1";
      form.addEventListener("submit", function (event) {
        if (form.dataset.sending) { event.preventDefault(); return; }  // never twice
        form.dataset.sending = "1";
        if (form.dataset.draft) { rememberSent(form); }
        setTimeout(function () { delete form.dataset.sending; }, 8000);
      });
    });
  }
  // A form that was sent and led to another page, or back to its own with a success, is done with:
  // its draft goes. The log-in page in between changes nothing.
  function rememberSent(form) {
    try { sessionStorage.setItem("sent", JSON.stringify({ key: draftKey(form), path: location.pathname })); } catch (error) { /* no draft to drop then */ }
  }
  function dropDone() {
    var sent;
    try { sent = JSON.parse(sessionStorage.getItem("sent") || "null"); } catch (error) { return; }
    if (!sent || document.querySelector("input[type=password]")) { return; }
    sessionStorage.removeItem("sent");
    if (sent.path !== location.pathname || document.querySelector(".messages .success")) { localStorage.removeItem(sent.key); }
  }

  // A form that was sent by itself and taken leaves no page to come back to: its draft goes at once.
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.detail.elt;
    if (form.matches && form.matches("form[data-draft]") && event.detail.xhr.status < 400 && event.detail.requestConfig.verb === "post") {
      try { localStorage.removeItem(draftKey(form)); } catch (error) { /* none was kept then */ }
    }
  });

  // ---- log-in in between: the server answers 401 with a dialog; what was being done stays on the page ----
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    var xhr = event.detail.xhr;
    if (xhr.status !== 401 || xhr.getResponseHeader("X-Qingshan-Login") !== "expired") { return; }
    useToken(xhr.getResponseHeader("X-CSRFToken"));
    var old = document.getElementById("login-dialog");
    if (old) { old.remove(); }
    document.body.insertAdjacentHTML("beforeend", xhr.responseText);
    var dialog = document.getElementById("login-dialog");
    window.htmx.process(dialog);
    if (dialog.showModal && !dialog.open) { dialog.showModal(); }
    var first = dialog.querySelector("input:not([type=hidden])");
    if (first) { first.focus(); }
  });
  document.addEventListener("htmx:afterRequest", function (event) { useToken(event.detail.xhr.getResponseHeader("X-CSRFToken")); });
  document.addEventListener("qingshan:logged-in", function () {
    var dialog = document.getElementById("login-dialog");
    if (dialog) { dialog.remove(); }
    var bar = document.getElementById("connection");
    if (bar) { bar.hidden = true; }
  });
  function useToken(token) {
    if (!token) { return; }
    var meta = document.querySelector("meta[name=csrf-token]");
    if (meta) { meta.content = token; }
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = token; });
    if (document.body.hasAttribute("hx-headers")) { document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token })); }
  }

  // ---- as-of date: choosing a day sends the form at once ----
  document.addEventListener("change", function (event) {
    if (event.target.matches(".asof input[type=date]") && event.target.value) { event.target.form.submit(); }
  });
  // ---- a typed target shows the fields of its kind ----
  function fitKind(select) {
    var row = select.closest(".form-row");  // a row has a kind of its own
    select.form.querySelectorAll("[data-for-kind]").forEach(function (field) {
      if (field.closest(".form-row") !== row) { return; }
      var box = field.closest(".field");
      if (box) { box.hidden = field.dataset.forKind.split(" ").indexOf(select.value) < 0; }
    });
  }
  function fitKinds(root) {
    root.querySelectorAll("select[name=kind], select[name$='-kind']").forEach(function (select) {
      if (!select.form || !select.form.querySelector("[data-for-kind]") || select.dataset.fits) { return; }
      select.dataset.fits = "1";
      fitKind(select);
      select.addEventListener("change", function () { fitKind(select); });
    });
  }
  // ---- menus close on Escape and on a click elsewhere ----
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { document.querySelectorAll("details.menu[open]").forEach(function (menu) { menu.open = false; menu.querySelector("summary").focus(); }); }
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      var box = document.querySelector("[data-search]");
      if (box) { event.preventDefault(); box.focus(); }
    }
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) { if (!menu.contains(event.target)) { menu.open = false; } });
  });

  document.addEventListener("DOMContentLoaded", function () {
    var nav = document.querySelector(".site-nav-menu");
    if (nav) { nav.open = window.matchMedia("(min-width: 48rem)").matches; }
    dropDone();
    readyForms(document);
    fitKinds(document);
  });
  document.addEventListener("htmx:load", function (event) { readyForms(event.detail.elt); fitKinds(event.detail.elt); });
})();
