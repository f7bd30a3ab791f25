"""One walk over the body: blocks of text, links, headings and pictures, each with where it stands."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits, names
from smocrawl.extract.blocks import Block, Draft, Node, Survey
from smocrawl.extract.density import find_main
from smocrawl.extract.words import words
from smocrawl.page import Area

BLOCKS = words(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup li main menu nav ol p pre search section summary table tbody td tfoot th thead tr
    ul button select option label"""
)
PLAIN = words(
    "blockquote center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hgroup li menu ol p pre section summary "
    "table tbody td tfoot th thead tr ul option label"
)
"""Blocks that without attributes are what the block around them is."""
PASSED_OVER = frozenset(("script", "style", "template", "noscript", "head", "object", "iframe", "textarea", "canvas"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ICONS = frozenset(("img", "svg", "i", "use", "picture"))
LINKS = frozenset(("a", "area"))
NOTED = BLOCKS | LINKS | ICONS | {"br"}
"""What the walk stops at; of all others it takes the text only."""
TELLING = frozenset(("class", "id", "role", "style", "hidden", "aria-label"))
"""The attributes that tell something of a block."""
CONTROLS = frozenset(("form", "dialog", "button", "select"))
WHOLES = frozenset(("body", "main", "article"))
NEVER_LANDMARKS = frozenset(("body", "p", "a", "h1", "li", "td"))

LANDMARKS = {"nav": Area.NAV, "aside": Area.ASIDE, "main": Area.MAIN, "article": Area.MAIN}
ROLES = {
    "banner": Area.HEADER,
    "navigation": Area.NAV,
    "main": Area.MAIN,
    "article": Area.MAIN,
    "complementary": Area.ASIDE,
    "contentinfo": Area.FOOTER,
}
OUTSIDE = frozenset((Area.NAV, Area.ASIDE, Area.HEADER, Area.FOOTER))
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def survey(root: HtmlElement) -> Survey:
    """Walk the body once."""
    body = root.find("body")
    walk = Walk()
    if body is not None:
        walk.over(body)
        find_main(walk.found)
    return walk.found


class Walk:
    """The state of the walk; iterative, so that nesting costs no stack."""

    def __init__(self) -> None:
        self.found = Survey()
        self.open: list[int] = []
        self.anchors: list[Draft] = []
        self.titles: list[Draft] = []
        self.parts: list[str] = []
        self.linked = 0

    def over(self, body: HtmlElement) -> None:
        walker = etree.iterwalk(body, events=("start", "end"))
        say, seen = self.say, 0
        for event, element in walker:
            tag: str = element.tag  # type: ignore[assignment]  # the parser leaves no comments
            if event == "start":
                seen += 1
                if seen > limits.ELEMENTS:
                    self.found.cut = True
                    break
                if tag in PASSED_OVER:
                    walker.skip_subtree()
                    continue
                if tag in NOTED or "-" in tag:
                    self.enter(element, tag)
                if tag == "svg":
                    walker.skip_subtree()
                elif text := element.text:
                    say(text)
            else:
                if tag in NOTED or "-" in tag:
                    self.leave(element)
                if (text := element.tail) and element is not body:
                    say(text)
        self.flush()

    def say(self, text: str) -> None:
        self.parts.append(text)
        if self.anchors:
            self.linked += len(text)
            self.anchors[-1].parts.append(text)
        for title in self.titles:
            if len(title.parts) < limits.PARTS:
                title.parts.append(text[: limits.VALUE])

    def enter(self, element: HtmlElement, tag: str) -> None:
        if tag in BLOCKS or "-" in tag:
            self.open_block(element, tag)
            if tag in HEADINGS and len(self.found.headings) < limits.HEADINGS:
                self.titles.append(Draft(element, self.open[-1]))
                self.found.headings.append(self.titles[-1])
            return
        here = self.open[-1] if self.open else 0
        if tag in LINKS:
            if element.get("href") is not None and len(self.found.links) < limits.LINKS:
                self.anchors.append(Draft(element, here))
                self.found.links.append(self.anchors[-1])
        elif tag in ICONS:
            if self.anchors:
                self.anchors[-1].inside.append(element)
            if tag == "img" and len(self.found.images) < limits.IMAGES:
                self.found.images.append(Draft(element, here))
        else:
            self.say(" ")

    def leave(self, element: HtmlElement) -> None:
        if self.anchors and self.anchors[-1].element is element:
            self.anchors.pop()
        if self.titles and self.titles[-1].element is element:
            self.titles.pop()
        if self.open and self.found.nodes[self.open[-1]].element is element:
            self.flush()
            self.open.pop()

    def open_block(self, element: HtmlElement, tag: str) -> None:
        self.flush()
        nodes = self.found.nodes
        parent = self.open[-1] if self.open else -1
        node = make_node(element, tag, parent, nodes[parent] if parent >= 0 else None)
        self.open.append(len(nodes))
        self.found.number[element] = len(nodes)
        nodes.append(node)
        for draft in self.anchors:
            draft.parts.append(" ")
        for draft in self.titles:
            draft.parts.append(" ")

    def flush(self) -> None:
        if self.parts:
            text = " ".join("".join(self.parts).split())
            if text:
                self.found.blocks.append(Block(self.open[-1] if self.open else 0, text, min(self.linked, len(text))))
            self.parts, self.linked = [], 0


def make_node(element: HtmlElement, tag: str, parent: int, around: Node | None) -> Node:
    keys = element.keys()
    if tag in PLAIN and around is not None and TELLING.isdisjoint(keys):
        return Node(element, tag, parent, around.area, False, around.hidden)
    classes, name, role = element.get("class", ""), element.get("id", ""), element.get("role", "")
    of_class, of_id = names.by_class(classes), names.by_name(name)
    own = landmark(tag, role, of_class.area or of_id.area, around)
    area = own or (around.area if around else Area.UNKNOWN)
    if around and around.area is Area.FOOTER and area is Area.NAV:
        area = Area.FOOTER
    outside = own in OUTSIDE
    marked = not outside and tag not in WHOLES and (of_class.beside or of_id.beside)
    hidden = "hidden" in keys or ("style" in keys and HIDDEN.search(element.get("style", "")) is not None)
    return Node(
        element,
        tag,
        parent,
        area,
        outside or marked or tag in CONTROLS,
        hidden or bool(around and around.hidden),
        classes,
        name,
        element.get("aria-label", ""),
        of_class.meanings | of_id.meanings,
        marked or (outside and tag not in LANDMARKS and role not in ROLES and tag not in ("header", "footer")),
    )


def landmark(tag: str, role: str, told: Area | None, around: Node | None) -> Area | None:
    """The landmark that an element opens, if any: by its role, its name, or what class and id have *told*."""
    if role in ROLES:
        return ROLES[role]
    if tag in LANDMARKS:
        return LANDMARKS[tag]
    if tag in ("header", "footer"):
        # HTML: inside article or main they head and close that part, not the page.
        inner = around is not None and around.area in (Area.MAIN, Area.ASIDE)
        return None if inner else Area(tag)
    return None if tag in NEVER_LANDMARKS else told
