// <button data-open="id"> opens a <dialog>; [data-close] inside closes it. <details data-closes> closes on Escape or a
// click elsewhere. <select data-go> and <form data-auto> send themselves. [data-check-all="name"] ticks every box.
// a.explain and a[data-explain] open their explanation in <dialog id="explicacion">, when the page has one.
// [data-print] prints. [data-copy] copies the text of the element it names.
import { each, english, say } from "./each.js";

export function explanations() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.explain, a[data-explain]");
    const dialog = document.getElementById("explicacion");
    if (!link || !dialog || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    await htmx.ajax("GET", link.href, { target: dialog, swap: "innerHTML" });
    if (dialog.innerHTML.trim() && !dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  });
}

export function menusAndDialogs(root) {
  each(root, "[data-open]", "Open", (button) => button.addEventListener("click", () => document.getElementById(button.dataset.open)?.showModal()));
  each(root, "dialog [data-close]", "Close", (button) => button.addEventListener("click", () => button.closest("dialog").close()));
  each(root, "form[data-auto]", "Auto", (form) => form.addEventListener("change", () => form.requestSubmit()));
  each(root, "[data-print]", "Print", (button) => button.addEventListener("click", () => window.print()));
  each(root, "[data-copy]", "Copy", (button) => button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    say(english ? "Copied." : "Copiado.");
  }));
  each(root, "[data-check-all]", "All", (box) => box.addEventListener("change", () => {
    for (const other of box.form.querySelectorAll(`input[type=checkbox][name="${box.dataset.checkAll}"]`)) other.checked = box.checked;
    box.form.dispatchEvent(new Event("change"));
  }));
  each(root, "[data-count-checked]", "Count", (place) => {
    const form = place.closest("form");
    const show = () => { place.textContent = form.querySelectorAll(`input[name="${place.dataset.countChecked}"]:checked`).length; };
    form.addEventListener("change", show);
    show();
  });
  each(root, "details[data-closes]", "Closes", (menu) => {
    document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}
