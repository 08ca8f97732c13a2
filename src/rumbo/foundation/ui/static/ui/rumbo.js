// Behaviour of every page. Everything works without it: it only saves steps and protects what was typed.
import { keepDrafts } from "./drafts.js";
import { pasteGrids } from "./grid.js";
import { guardUnsaved } from "./unsaved.js";
import { liveTables } from "./tables.js";
import { explanations, menusAndDialogs } from "./dialogs.js";
import { counts } from "./counts.js";
import { answers } from "./answers.js";
import { folds, foldsInReach } from "./folds.js";
import { freshToken } from "./token.js";

function prepare(root) {
  keepDrafts(root);
  pasteGrids(root);
  guardUnsaved(root);
  liveTables(root);
  menusAndDialogs(root);
  folds(root);
  root.querySelector("[data-focus]")?.focus();
}

prepare(document);
counts();
freshToken();
answers();
explanations();
foldsInReach();
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) prepare(event.detail.elt);
});
