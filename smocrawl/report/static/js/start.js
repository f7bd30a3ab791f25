"use strict";
// The report reads without this script; it adds the search, the other rows and the details of each page.
const report = JSON.parse(document.getElementById("data").textContent);
const PATH = 0, URL_ = 1, KIND = 2, SCORE = 3, CAPPED = 4, FIRST = 5, SEVERITY = 6, CHECKS = 7, INLINKS = 8, DEPTH = 9, TITLE = 10, FAULTS = 11, TOLD = 12;
const byId = (id) => document.getElementById(id);
const say = (name, fields = {}) => report.words[name].replace(/\{(\w+)\}/g, (_, field) => fields[field]);
// Text only ever goes in as text: what pages say is never read as markup.
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== "") node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}
function drawing(className, parts) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(space, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    svg.append(part);
  }
  return svg;
}
function icon(name) {
  const svg = drawing("i " + name, [["use", { href: "#i-" + name }]]);
  svg.setAttribute("viewBox", "0 0 16 16");
  return svg;
}
const bar = (length) => drawing("bar", [["rect", { class: "rest", width: "100%", height: "100%" }], ["rect", { class: "fill", width: length + "%", height: "100%" }]]);
const away = (url) => /^https?:\/\//i.test(url);
