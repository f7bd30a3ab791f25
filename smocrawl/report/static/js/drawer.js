// The drawer: everything about one page, opened by a row or by a link that ends in #page=…
const drawer = byId("drawer");
let opener = null;

function facts(row) {
  const list = make("dl", { class: "facts" });
  const pairs = [
    ["score", row[SCORE] === null ? say("noscore") : say("of100", { n: row[SCORE] })],
    ["kind", report.kinds[row[KIND]]],
    ["inlinks", String(row[INLINKS])],
    ["depth", row[DEPTH] === null ? say("unreached") : String(row[DEPTH])],
  ];
  for (const [name, value] of pairs) list.append(make("div", {}, make("dt", {}, say(name)), make("dd", {}, value)));
  return list;
}
function faultList(faults) {
  const list = make("ul", { class: "points" });
  for (const [number, severity, text, milder] of faults) {
    const [, title, todo, place, fix] = report.checks[number];
    const note = make("p", { class: "small" }, report.severities[severity] + ". " + todo);
    if (place) {
      const link = make("a", { href: "#" + place }, say("fix", { n: fix }));
      link.addEventListener("click", () => drawer.close());
      note.append(" ", link);
    }
    // The title of a check names the grave fault; of a milder one the sentence speaks alone.
    const said = milder ? [make("p", {}, make("b", {}, text))] : [make("p", {}, make("b", {}, title)), make("p", {}, text)];
    list.append(make("li", {}, icon(severity), make("div", {}, ...said, note)));
  }
  return list;
}
function cardTable(cards) {
  const heads = ["platforms", "title", "text", "picture"];
  const body = make("tbody");
  for (const [names, title, text, picture, note] of cards) {
    const line = make("tr", {}, make("th", { scope: "row" }, names));
    if (note) line.append(make("td", { colspan: "3" }, note));
    else [title, text, picture].forEach((value, at) => line.append(make("td", { "data-label": say(heads[at + 1]), dir: "auto" }, make("span", { class: "clamp-3" }, value || say("absent")))));
    body.append(line);
  }
  const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, say(name))));
  return make("table", { class: "table stack" }, make("thead", {}, head), body);
}
function tacticTable(tactics) {
  const body = make("tbody");
  for (const [name, score] of tactics) body.append(make("tr", {}, make("th", { scope: "row" }, name), make("td", { class: "long" }, bar(score)), make("td", { class: "num" }, String(score))));
  return make("table", { class: "bars" }, body);
}
function linkList(links) {
  const list = make("ul", { class: "plain" });
  for (const [path, url] of links) {
    const known = named.get(path);
    const isRow = known !== undefined && report.rows[known][URL_] === url;
    const href = isRow ? anchor(known) : unread.has(url) ? "#page=" + encodeURIComponent(url) : away(url) ? url : "";
    list.append(make("li", {}, make(href ? "a" : "span", { class: "mono", dir: "ltr", href, rel: href.startsWith("#") ? "" : "noopener noreferrer nofollow" }, path)));
  }
  return list;
}
function codeBlock(lines) {
  const marks = { "+": "add", "-": "del", "?": "todo", "": "same" };
  const pre = make("pre", { tabindex: "0" });
  for (const [change, text] of lines) {
    pre.append(make("span", { class: "line " + marks[change] }, make("i", { "aria-hidden": "true" }, change || " "), text));
  }
  const button = make("button", { type: "button", class: "button" }, say("copy"));
  const kept = lines.filter(([change]) => change !== "-").map(([, text]) => text).join("\n");
  button.addEventListener("click", () => copy(kept, button, pre));
  return make("div", { class: "code" }, make("p", {}, "<head>", button), pre);
}
function copy(text, button, pre) {
  const done = () => { button.textContent = say("copied"); };
  const failed = () => { getSelection().selectAllChildren(pre); button.textContent = say("copyfailed"); };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, failed);
  else failed();
}
function fill(number) {
  const row = report.rows[number], detail = report.details[number], body = byId("drawer-body");
  byId("drawer-title").textContent = row[TITLE] || row[PATH];
  byId("drawer-path").textContent = row[PATH];
  body.replaceChildren();
  if (away(row[URL_])) body.append(make("a", { class: "away", href: row[URL_], rel: "noopener noreferrer nofollow" }, say("open")));
  body.append(facts(row));
  if (!detail) return missing(number, body);
  if (detail.cap) body.append(make("p", { class: "capped" }, say("cap", { n: row[SCORE], why: detail.cap[0], uncapped: detail.cap[1] })));
  body.append(make("h3", {}, say("faults")));
  body.append(detail.faults.length ? faultList(detail.faults) : make("p", { class: "quiet" }, say("clean")));
  if (detail.cards.length) body.append(make("h3", {}, say("cards")), cardTable(detail.cards));
  body.append(make("h3", {}, say("head")));
  if (detail.head.length) body.append(make("p", { class: "quiet small" }, say("headnote")), codeBlock(detail.head));
  else body.append(make("p", { class: "quiet" }, say(detail.moves ? "headmoves" : "headfine")));
  if (detail.tactics.length) body.append(make("h3", {}, say("tactics")), tacticTable(detail.tactics));
  for (const name of ["from", "to"]) if (detail[name].length) body.append(make("h3", {}, say(name)), linkList(detail[name]));
}
// In a folder the details stand beside the page, some hundred pages to a script, read when one of them is asked for.
const shards = new Map();
function addDetails(found) { Object.assign(report.details, found); }
function missing(number, body) {
  const note = make("p", { role: "status" }, say(report.shard ? "loading" : "nodetail"));
  body.append(note);
  if (!report.shard) return;
  const shard = Math.floor(number / report.shard);
  if (!shards.has(shard)) shards.set(shard, new Promise((done, failed) => {
    const script = make("script", { src: "data/details-" + shard + ".js" });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  }));
  shards.get(shard).then(
    () => { if (note.isConnected && report.details[number]) fill(number); },
    () => { shards.delete(shard); note.textContent = say("away"); },
  );
}
function fillUnread([path, url, what, pages, sources]) {
  const body = byId("drawer-body"), list = make("dl", { class: "facts" });
  byId("drawer-title").textContent = path;
  byId("drawer-path").textContent = url || path;
  body.replaceChildren();
  if (away(url)) body.append(make("a", { class: "away", href: url, rel: "noopener noreferrer nofollow" }, say("open")));
  for (const [name, value] of [["what", what], ["inlinks", String(pages)]]) list.append(make("div", {}, make("dt", {}, say(name)), make("dd", {}, value)));
  body.append(list, make("h3", {}, say("linked")), sources.length ? linkList(sources) : make("p", { class: "quiet" }, say("unlinked")));
}
const find = (path) => named.get(path) ?? report.rows.findIndex((row) => row[URL_] === path);
function open(number) {
  if (!report.rows[number]) return;
  fill(number);
  show();
}
function show() {
  if (!drawer.open) {
    opener = document.activeElement;
    drawer.showModal();
  }
  drawer.scrollTop = 0;
}
function prepareDrawer() {
  byId("drawer-close").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
  drawer.addEventListener("close", () => {
    if (/^#(page|row)=/.test(location.hash)) history.replaceState(null, "", "#pages");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  });
}
