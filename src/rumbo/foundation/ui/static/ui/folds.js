// <details data-fold open>: a long section that is closed on a phone, where its first line says what it holds. Without
// this file every section is open, as on a desktop. The one that an address names is opened, and paper has them all.
import { each } from "./each.js";

const phone = matchMedia("(max-width: 48rem)");
const named = () => location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
let printing = [];

export function folds(root) {
  if (!phone.matches) return;
  each(root, "details[data-fold]", "Fold", (fold) => { fold.open = fold.contains(named()); });
}

function unfold(place) {
  for (let fold = place?.closest("details[data-fold]"); fold; fold = fold.parentElement.closest("details[data-fold]")) fold.open = true;
}

export function foldsInReach() {
  addEventListener("hashchange", () => { unfold(named()); named()?.scrollIntoView(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link) unfold(document.getElementById(link.hash.slice(1)));
  });
  addEventListener("beforeprint", () => {
    printing = [...document.querySelectorAll("details[data-fold]:not([open])")];
    for (const fold of printing) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of printing) fold.open = false; });
}
