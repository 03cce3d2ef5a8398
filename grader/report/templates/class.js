"use strict";
{
  const table = document.getElementById("heat");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const told = document.getElementById("told");
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const names = new Map(rows.map((row) => [row, plain(row.cells[0].textContent)]));
  const inOrder = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

  // A score that is not known goes below every other, whichever way the rest is sorted.
  const sort = (column, way) => {
    const scores = new Map(rows.map((row) => [row, parseFloat(row.cells[column].textContent)]));
    rows.sort((a, b) => {
      if (column === 0) return way * inOrder(names.get(a), names.get(b));
      const [x, y] = [scores.get(a), scores.get(b)];
      return isNaN(x) || isNaN(y) ? isNaN(x) - isNaN(y) : way * (x - y);
    });
    body.append(...rows);
  };

  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener("click", () => {
      const up = header.getAttribute("aria-sort") !== "ascending";
      for (const other of headers) other.removeAttribute("aria-sort");
      header.setAttribute("aria-sort", up ? "ascending" : "descending");
      sort(column, up ? 1 : -1);
      told.textContent = filled(up ? told.dataset.ascending : told.dataset.descending, { column: button.textContent });
    });
  });

  const search = document.getElementById("search");
  search.parentElement.hidden = false;
  const filter = () => {
    const wanted = plain(search.value.trim());
    let found = 0;
    for (const row of rows) {
      row.hidden = !names.get(row).includes(wanted);
      found += !row.hidden;
    }
    told.textContent = filled(told.dataset.found, { found, total: rows.length });
  };
  search.addEventListener("input", filter);
  // A browser that comes back to the page fills the box in again.
  if (search.value) filter();
}
