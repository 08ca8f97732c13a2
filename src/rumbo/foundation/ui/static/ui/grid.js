// <table data-paste-grid>: a block copied from a spreadsheet, pasted into one cell, fills the cells from there on.
// Arrow keys, Enter and Tab move as in a spreadsheet. With data-paste-grid="stacked", fields one above the other in a
// cell are rows of their own, as the numerator and the denominator are in the workbook.
import { each, english, say } from "./each.js";

export function pasteGrids(root) {
  each(root, "[data-paste-grid]", "Grid", (grid) => {
    grid.addEventListener("paste", (event) => paste(grid, event));
    grid.addEventListener("keydown", (event) => move(grid, event));
  });
}

function cells(grid) {
  const rows = [...grid.querySelectorAll("tr")];
  return (grid.dataset.pasteGrid === "stacked" ? rows.flatMap(stacked) : rows.map(fieldsOf)).filter((row) => row.length);
}

function fieldsOf(place) {
  return [...place.querySelectorAll("input:not([type=hidden], [type=checkbox]), select, textarea")].filter((field) => !field.disabled && !field.readOnly);
}

function stacked(row) {
  const columns = [...row.cells].map(fieldsOf).filter((fields) => fields.length);
  const height = Math.max(0, ...columns.map((fields) => fields.length));
  return Array.from({ length: height }, (_, level) => columns.map((fields) => fields[level]).filter(Boolean));
}

function place(rows, field) {
  const row = rows.findIndex((fields) => fields.includes(field));
  return row < 0 ? null : [row, rows[row].indexOf(field)];
}

function paste(grid, event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  if (lines.length === 1 && lines[0].length === 1) return;
  const rows = cells(grid);
  const start = place(rows, event.target);
  if (!start) return;
  event.preventDefault();
  let filled = 0, left = 0;
  lines.forEach((values, down) => values.forEach((value, right) => {
    const field = rows[start[0] + down]?.[start[1] + right];
    if (!field) { left += value.trim() ? 1 : 0; return; }
    field.value = plain(value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    filled += 1;
  }));
  say(english
    ? `${filled} cells filled${left ? `; ${left} values did not fit` : ""}.`
    : `Se llenaron ${filled} celdas${left ? `; ${left} valores no cupieron` : ""}.`);
}

// Spreadsheets show 1,234.5 and $1,234.50; the form takes 1234.5. Anything else stays as it was pasted, to be told wrong.
function plain(value) {
  const text = value.trim();
  return /^-?\$?\s?\d{1,3}(,\d{3})+(\.\d+)?$|^-?\$\s?\d+(\.\d+)?$/.test(text) ? text.replace(/[$,\s]/g, "") : text;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0] };

function move(grid, event) {
  const step = STEPS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.matches("select, textarea, button, [type=date]")) return;
  const rows = cells(grid);
  const at = place(rows, event.target);
  if (!at) return;
  const beside = rows[at[0] + step[0]];
  const next = beside?.[Math.min(at[1], beside.length - 1)];
  event.preventDefault();
  next?.focus();
  next?.select?.();
}
