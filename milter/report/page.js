"use strict";
// Find and sort in the table of all ccTLDs. Without this, the page tells the same.
(() => {
  const table = document.getElementById("all");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);

  const label = document.createElement("label");
  label.className = "find";
  label.textContent = "Find ";
  const input = document.createElement("input");
  input.type = "search";
  label.append(input);
  const found = document.createElement("span");
  found.setAttribute("role", "status");
  label.append(" ", found);
  table.before(label);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      count += row.hidden ? 0 : 1;
    }
    found.textContent = wanted === "" ? "" : count + " of " + rows.length;
  });

  const heads = Array.from(table.tHead.rows[0].cells);
  const compare = new Intl.Collator(undefined, { numeric: true }).compare;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const text = (row) => row.cells[column].textContent.trim();
      const sorted = rows.slice().sort((a, b) => {
        // What is empty comes last, in both directions.
        if (text(a) === "" || text(b) === "") return (text(a) === "") - (text(b) === "");
        return compare(text(a), text(b)) * (down ? -1 : 1);
      });
      body.append(...sorted);
    });
  });
})();
