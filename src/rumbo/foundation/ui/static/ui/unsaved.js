// <form data-guard>: leaving with changes that were not saved asks first.
import { each } from "./each.js";

export function guardUnsaved(root) {
  each(root, "form[data-guard]", "Guard", (form) => {
    let changed = false;
    const ask = (event) => { if (changed) event.preventDefault(); };
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
    form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful) changed = false; });
    window.addEventListener("beforeunload", ask);
  });
}
