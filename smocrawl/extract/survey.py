"""One walk over the body: blocks of text, links, headings and pictures, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from attrs import frozen
from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits, names
from smocrawl.extract.blocks import Block, Draft, Node, Survey
from smocrawl.extract.density import find_main
from smocrawl.extract.document import Document
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
TELLING = frozenset(("role", "style", "hidden", "aria-label"))
"""The attributes that beside class and id tell something of a block, and that few blocks bear."""
CONTROLS = frozenset(("form", "dialog", "button", "select"))
WHOLES = frozenset(("body", "main", "article"))
ENDS = frozenset(("header", "footer"))
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


def survey(document: Document) -> Survey:
    """Walk the body once."""
    body = document.root.find("body")
    walk = Walk(document)
    if body is not None:
        walk.over(body)
        find_main(walk.found)
    return walk.found


class Walk:
    """The state of the walk; iterative, so that nesting costs no stack."""

    def __init__(self, document: Document) -> None:
        self.found = Survey()
        self.classes, self.ids = document.values("class"), document.values("id")
        self.telling = {element for name in TELLING for element in document.bearing.get(name, ())}
        self.open: list[int] = []
        self.anchors: list[Draft] = []
        self.titles: list[Draft] = []
        self.parts: list[str] = []
        """The text since the last boundary of a block …"""
        self.linked = 0
        """… and how many characters of it links have taken."""
        self.runs: list[str] = []
        """The text inside links and headings …"""
        self.taken = 0
        """… and how many runs of it the links have taken."""
        self.since: list[int] = []
        """Where in *runs* each open heading begins."""
        self.starts: dict[str, Callable[[HtmlElement, str], None]] = {
            **dict.fromkeys(BLOCKS, self.open_block),
            **dict.fromkeys(HEADINGS, self.open_heading),
            **dict.fromkeys(LINKS, self.open_link),
            **dict.fromkeys(ICONS, self.meet_icon),
            "br": self.meet_break,
        }
        """What is done at a start tag; of elements with other names the walk takes the text only."""
        self.ends: dict[str, Callable[[HtmlElement], None]] = {
            **dict.fromkeys(BLOCKS, self.close_block),
            **dict.fromkeys(HEADINGS, self.close_heading),
            **dict.fromkeys(LINKS, self.close_link),
        }

    def over(self, body: HtmlElement) -> None:
        # Thousands of events a page: what is asked of each is written out here rather than called.
        walker = etree.iterwalk(body, events=("start", "end"))
        starts, ends, parts, anchors, titles, seen = self.starts, self.ends, self.parts, self.anchors, self.titles, 0
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
                if start := starts.get(tag) or (self.open_block if "-" in tag else None):
                    start(element, tag)
                if tag == "svg":
                    walker.skip_subtree()
                    continue
                text = element.text
            else:
                if end := ends.get(tag) or (self.close_block if "-" in tag else None):
                    end(element)
                text = element.tail if element is not body else None
            if text:
                if anchors or titles:
                    self.runs.append(text)
                elif not parts and text.isspace():
                    continue
                parts.append(text)
        self.flush()
        while titles:
            self.end_heading()
        # They hold the walk that holds them: without this, the whole tree would wait for Python's garbage collector.
        starts.clear()
        ends.clear()

    def take(self) -> None:
        """What stands inside the innermost link since the last boundary is its text."""
        new = self.runs[self.taken :]
        self.anchors[-1].parts += new
        self.linked += sum(map(len, new))
        self.taken = len(self.runs)

    def open_link(self, element: HtmlElement, tag: str) -> None:
        if element.get("href") is not None and len(self.found.links) < limits.LINKS:
            if self.anchors:
                self.take()
            self.taken = len(self.runs)
            draft = Draft(element, self.open[-1])
            self.anchors.append(draft)
            self.found.links.append(draft)

    def close_link(self, element: HtmlElement) -> None:
        if self.anchors and self.anchors[-1].element is element:
            self.take()
            self.anchors.pop()

    def meet_icon(self, element: HtmlElement, tag: str) -> None:
        if self.anchors:
            self.anchors[-1].inside.append(element)
        if tag == "img" and len(self.found.images) < limits.IMAGES:
            self.found.images.append(Draft(element, self.open[-1]))

    def meet_break(self, element: HtmlElement, tag: str) -> None:
        self.parts.append(" ")
        if self.anchors or self.titles:
            self.runs.append(" ")

    def open_heading(self, element: HtmlElement, tag: str) -> None:
        self.open_block(element, tag)
        if len(self.found.headings) < limits.HEADINGS:
            draft = Draft(element, self.open[-1])
            self.titles.append(draft)
            self.since.append(len(self.runs))
            self.found.headings.append(draft)

    def close_heading(self, element: HtmlElement) -> None:
        if self.titles and self.titles[-1].element is element:
            self.end_heading()
        self.close_block(element)

    def end_heading(self) -> None:
        runs = self.runs[self.since.pop() :]
        self.titles.pop().parts += [run[: limits.VALUE] for run in runs[: limits.PARTS]]

    def open_block(self, element: HtmlElement, tag: str) -> None:
        if self.parts:
            self.flush()
        nodes, parent = self.found.nodes, self.open[-1] if self.open else -1
        number = self.found.number[element] = len(nodes)
        nodes.append(self.make_node(element, tag, parent, nodes[parent] if parent >= 0 else None))
        self.open.append(number)
        if self.anchors or self.titles:
            self.part_words()

    def close_block(self, element: HtmlElement) -> None:
        if self.parts:
            self.flush()
        self.open.pop()

    def part_words(self) -> None:
        """A block that begins inside a link or a heading ends the word before it."""
        for draft in self.anchors:
            draft.parts.append(" ")
        self.runs.append(" ")
        self.taken = len(self.runs)

    def flush(self) -> None:
        if self.anchors:
            self.take()
        if text := " ".join("".join(self.parts).split()):
            self.found.blocks.append(Block(self.open[-1] if self.open else 0, text, min(self.linked, len(text))))
        self.parts.clear()
        self.linked = 0

    def make_node(self, element: HtmlElement, tag: str, parent: int, around: Node | None) -> Node:
        classes, name = self.classes.get(element, ""), self.ids.get(element, "")
        telling = element in self.telling
        if around is not None and not classes and not name and not telling and tag in PLAIN:
            return Node(element, tag, parent, around.area, False, around.hidden)
        role = element.get("role", "")[: limits.LABEL] if telling else ""
        # HTML: inside article or main, header and footer head and close that part, not the page.
        inner = around is not None and tag in ENDS and around.area in (Area.MAIN, Area.ASIDE)
        told = standing(tag, role, classes[: limits.VALUE], name[: limits.LABEL], inner)
        hidden = telling and is_hidden(element)
        area = told.area
        if around is not None:
            hidden = hidden or around.hidden
            if area is None or (area is Area.NAV and around.area is Area.FOOTER):
                area = around.area
        label = element.get("aria-label", "") if telling else ""
        return Node(
            element,
            tag,
            parent,
            area or Area.UNKNOWN,
            told.own,
            hidden,
            classes,
            name,
            label,
            told.meanings,
            told.marked,
        )


def is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or HIDDEN.search(element.get("style", "")) is not None


@frozen
class Standing:
    """What tag, role, class and id of a block say of it, wherever it stands."""

    area: Area | None
    """The landmark that it opens, if any."""
    own: bool
    marked: bool
    """Both as in :class:`Node`."""
    meanings: frozenset[str]


@lru_cache(maxsize=names.REMEMBERED)
def standing(tag: str, role: str, classes: str, name: str, inner: bool) -> Standing:
    """*inner*: a header or footer of a part of the page."""
    of_class, of_id = names.by_class(classes), names.by_name(name)
    area = landmark(tag, role, of_class.area or of_id.area, inner)
    outside = area in OUTSIDE
    named = not outside and tag not in WHOLES and (of_class.beside or of_id.beside)
    only_named = outside and tag not in LANDMARKS and role not in ROLES and tag not in ENDS
    own = outside or named or tag in CONTROLS
    return Standing(area, own, named or only_named, of_class.meanings | of_id.meanings)


def landmark(tag: str, role: str, told: Area | None, inner: bool) -> Area | None:
    """The landmark that an element opens, if any: by its role, its name, or what class and id have *told*."""
    if role in ROLES:
        return ROLES[role]
    if tag in LANDMARKS:
        return LANDMARKS[tag]
    if tag in ENDS:
        return None if inner else Area(tag)
    return None if tag in NEVER_LANDMARKS else told
