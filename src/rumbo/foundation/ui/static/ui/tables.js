// Tables that do not fit can be scrolled with the keyboard; those that fit keep their header in sight.
// <table data-sort>: headers with class "sort" order the rows in place (for short lists; long ones are sorted by the server).
import { each, english } from "./each.js";

export function liveTables(root) {
  each(root, ".table-scroll", "Scroll", (box) => {
    const label = box.querySelector("caption")?.textContent.trim() || (english ? "Table" : "Tabla");
    const measure = () => {
      box.classList.remove("fits");
      const fits = box.scrollWidth <= box.clientWidth + 1;
      box.classList.toggle("fits", fits);
      if (fits) { box.removeAttribute("tabindex"); box.removeAttribute("role"); box.removeAttribute("aria-label"); return; }
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", label);
    };
    measure();
    showCurrent(box);
    new ResizeObserver(measure).observe(box.parentElement);
  });
  each(root, "table[data-sort]", "Sort", (table) => {
    table.tHead?.querySelectorAll("button.sort").forEach((button) => button.addEventListener("click", () => sort(table, button)));
  });
}

// A sheet of twelve months opens at the month that is being worked on.
function showCurrent(box) {
  const header = box.querySelector("thead th[aria-current]");
  if (!header || header.classList.contains("now") || box.classList.contains("fits")) return; // .now never leaves
  box.scrollLeft = header.offsetLeft + header.offsetWidth - box.clientWidth + 24;
}

function sort(table, button) {
  const header = button.closest("th");
  const column = header.cellIndex;
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const key = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent.trim() ?? "";
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const rows = [...body.rows].map((row) => [key(row), row]);
  rows.sort(([one], [other]) => {
    if (one === "" || other === "") return (one === "") - (other === ""); // what is unknown goes last either way
    const numbers = [Number(one), Number(other)];
    const found = numbers.some(Number.isNaN) ? order.compare(one, other) : numbers[0] - numbers[1];
    return down ? -found : found;
  });
  body.append(...rows.map(([, row]) => row));
}
