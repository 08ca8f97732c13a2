// <form data-draft="key"> keeps what is typed in this browser until the server has it, so that an expired session or a
// lost line loses nothing. The key names the work (institution, sheet, month). What was sent is forgotten on the next
// page that has no such form, unless that page is a sign-in or a refusal; an element with data-draft-saved="key" forgets
// it at once. Passwords, files and the CSRF token are never kept.
import { each, english, say } from "./each.js";

const PREFIX = "rumbo:";
const DAYS = 14;
const TEXT = english
  ? { found: "What you typed was not lost. Restore it to send it.", restore: "Restore", discard: "Discard", done: "Restored." }
  : {
      found: "La sesión terminó o la página se cerró sin guardar. Lo que escribió sigue aquí.",
      restore: "Recuperar lo escrito",
      discard: "Descartar",
      done: "Se recuperó lo que había escrito. Revíselo y guárdelo.",
    };

export function keepDrafts(root) {
  forgetOld();
  each(root, "form[data-draft]", "Draft", (form) => {
    const key = PREFIX + form.dataset.draft;
    const kept = read(key);
    if (kept && differs(form, kept.fields)) offer(form, key, kept.fields);
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => write(key, collect(form)), 400);
    });
    // A plain submit leaves the page: keep the newest text until the next page shows whether it was saved.
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      write(key, collect(form), true);
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful && !event.detail.xhr.getResponseHeader("X-Not-Saved")) localStorage.removeItem(key);
    });
  });
  for (const saved of document.querySelectorAll("[data-draft-saved]")) localStorage.removeItem(PREFIX + saved.dataset.draftSaved);
}

function fieldsOf(form) {
  return [...form.elements].filter(
    (field) => field.name && !field.disabled && !["password", "file", "hidden", "submit", "button"].includes(field.type),
  );
}

function collect(form) {
  const fields = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio" && !field.checked) continue;
    fields[field.name] = field.type === "checkbox" ? field.checked : field.value;
  }
  return fields;
}

function differs(form, fields) {
  const now = collect(form);
  return Object.entries(fields).some(([name, value]) => name in now && now[name] !== value);
}

function offer(form, key, fields) {
  const box = document.createElement("div");
  box.className = "notice notice-warning";
  box.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = TEXT.found;
  box.append(words, button(TEXT.restore, "btn btn-small", () => { fill(form, fields); box.remove(); say(TEXT.done); }),
    button(TEXT.discard, "btn btn-small btn-quiet", () => { localStorage.removeItem(key); box.remove(); }));
  form.prepend(box);
}

function button(label, style, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = style;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function fill(form, fields) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in fields)) continue;
    if (field.type === "checkbox") field.checked = fields[field.name];
    else if (field.type === "radio") field.checked = field.value === fields[field.name];
    else field.value = fields[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, fields, sent = false) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), sent, fields }));
  } catch {
    // No room or storage refused by the browser: the form still works.
  }
}

function forgetOld() {
  const keeps = location.pathname.startsWith("/entrar/") || document.querySelector("[data-keep-drafts]");
  const here = new Set([...document.querySelectorAll("form[data-draft]")].map((form) => PREFIX + form.dataset.draft));
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    const kept = read(key);
    if (kept?.sent && !keeps && !here.has(key)) localStorage.removeItem(key);
    if (!kept || Date.now() - kept.at > DAYS * 86400000) localStorage.removeItem(key);
  }
}
