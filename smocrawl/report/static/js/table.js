// The table: what is asked for, in which order, and which of it is drawn.
const asked = { text: "", kind: "", check: "", rated: false, low: 0, high: 100, column: SCORE, down: false, from: 0 };
let fitting = [];
const named = new Map();
report && report.rows.forEach((row, number) => { if (!named.has(row[PATH])) named.set(row[PATH], number); });
// Long or masked addresses may look alike: such a row is named by its number.
const anchor = (number) => named.get(report.rows[number][PATH]) === number ? "#page=" + encodeURIComponent(report.rows[number][PATH]) : "#row=" + number;
const table = byId("explorer");
// Addresses that gave no page, by address and by the path that people call them by.
const unread = new Map();
report && report.unread.forEach((one, number) => { for (const name of [one[0], one[1]]) if (name && !unread.has(name)) unread.set(name, number); });

// A screen of a phone holds three rows: ten are a page there.  A sheet of paper holds fifteen, however long their texts, and what changed.
let onPaper = false;
const drawn = () => Math.min(report.drawn, onPaper ? 15 : matchMedia("(max-width: 640px)").matches ? 10 : report.drawn);

function fits(row) {
  if (asked.kind && row[KIND] !== asked.kind) return false;
  if (asked.check !== "" && !row[CHECKS].includes(asked.check)) return false;
  if (asked.rated && (row[SCORE] === null || row[SCORE] < asked.low || row[SCORE] > asked.high)) return false;
  return !asked.text || row[PATH].toLowerCase().includes(asked.text) || row[TITLE].toLowerCase().includes(asked.text);
}
function inOrder(one, other) {
  let a = report.rows[one][asked.column], b = report.rows[other][asked.column];
  if (asked.column === FIRST) [a, b] = [a, b].map((check) => (check < 0 ? null : report.checks[check][1]));
  if (a === b) return one - other;
  if (a === null || b === null) return a === null ? 1 : -1;
  const sign = typeof a === "string" ? a.localeCompare(b) : a - b;
  return asked.down ? -sign : sign;
}
function search() {
  fitting = [];
  report.rows.forEach((row, number) => { if (fits(row)) fitting.push(number); });
  fitting.sort(inOrder);
  asked.from = 0;
  draw();
}
function cell(label, ...children) {
  return make("td", { "data-label": label }, ...children);
}
function drawRow(number) {
  const row = report.rows[number];
  const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent);
  const link = make("a", { class: "mono", dir: "ltr", href: anchor(number) }, row[PATH]);
  const scored = make("span", { class: "scored" }, make("b", {}, row[SCORE] === null ? "–" : String(row[SCORE])), bar(row[SCORE] || 0));
  if (row[CAPPED]) scored.append(make("small", {}, say("capped")));
  const first = row[FIRST] < 0
    ? make("small", {}, row[FAULTS] ? say("shared") : say("nothing"))
    : make("span", { class: "first" }, icon(row[SEVERITY]), row[TOLD] === undefined ? report.checks[row[FIRST]][1] : report.told[row[TOLD]]);
  const todo = cell(heads[3], first);
  todo.className = "own";
  const line = make("tr", {}, make("th", { scope: "row" }, link), cell(heads[1], report.kinds[row[KIND]]), cell(heads[2], scored), todo);
  for (const [head, value] of [[heads[4], row[FAULTS]], [heads[5], row[INLINKS]], [heads[6], row[DEPTH] === null ? say("unreached") : row[DEPTH]]]) {
    const number = cell(head, String(value));
    number.className = "num";
    line.append(number);
  }
  return line;
}
function draw() {
  const to = Math.min(asked.from + drawn(), fitting.length);
  table.tBodies[0].replaceChildren(...fitting.slice(asked.from, to).map(drawRow));
  byId("status").textContent = fitting.length ? say("status", { from: asked.from + 1, to, all: fitting.length }) : say("none");
  byId("previous").disabled = asked.from === 0;
  byId("next").disabled = to >= fitting.length;
}
function toPaper(value) {
  onPaper = value;
  draw();
}
function turn(by) {
  asked.from = Math.max(0, asked.from + by * drawn());
  draw();
}
function sortBy(head) {
  const column = Number(head.dataset.sort);
  asked.down = asked.column === column ? !asked.down : column === FAULTS || column === INLINKS;
  asked.column = column;
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", asked.down ? "descending" : "ascending");
  search();
}
function searchText() {
  asked.text = byId("search").value.trim().toLowerCase();
  search();
}
function searchFor(text) {
  byId("search").value = text;
  searchText();
}
function onlyCheck(id) {
  const number = report.checks.findIndex((check) => check[0] === id);
  asked.check = number < 0 ? "" : number;
  const select = byId("by-check");
  if (number >= 0 && ![...select.options].some((option) => option.value === id)) {
    select.add(new Option(report.checks[number][1], id));
  }
  select.value = number < 0 ? "" : id;
  search();
}
// In the list of addresses that gave no page each link opens the drawer, as in the table above it.
function prepareUnread() {
  const numbers = new Map(report.unread.length ? report.rows.map((row, number) => [row[URL_], number]) : []);
  for (const link of document.querySelectorAll("#unread a")) {
    const url = link.getAttribute("href");
    if (!unread.has(url) && !numbers.has(url)) continue;
    link.href = unread.has(url) ? "#page=" + encodeURIComponent(url) : anchor(numbers.get(url));
    link.removeAttribute("rel");
  }
}
function prepareTable() {
  byId("tools").hidden = byId("pager").hidden = false;
  for (const head of table.tHead.rows[0].cells) {
    const button = make("button", { type: "button" }, head.textContent);
    button.addEventListener("click", () => sortBy(head));
    head.replaceChildren(button);
  }
  byId("search").addEventListener("input", searchText);
  byId("by-check").addEventListener("change", (event) => onlyCheck(event.target.value));
  byId("by-score").addEventListener("change", (event) => {
    asked.rated = event.target.value !== "";
    [asked.low, asked.high] = event.target.value ? event.target.value.split("-").map(Number) : [0, 100];
    search();
  });
  for (const chip of byId("kinds").querySelectorAll("button")) {
    chip.addEventListener("click", () => {
      for (const other of byId("kinds").querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === chip));
      asked.kind = chip.value;
      search();
    });
  }
  prepareUnread();
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  search();
}
