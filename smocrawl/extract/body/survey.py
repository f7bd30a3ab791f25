"""One walk over the body: blocks of text, links, headings and pictures, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.body import names
from smocrawl.extract.body.blocks import Block, Draft, Node, Standing, Survey
from smocrawl.extract.body.density import find_main
from smocrawl.extract.document import Document
from smocrawl.extract.words import words
from smocrawl.page import Area

BLOCKS = words(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup li main menu nav ol p pre search section summary table tbody td tfoot th thead tr
    ul button select option label"""
)
PLAIN = {
    tag: Standing(tag)
    for tag in words(
        "blockquote center dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hgroup li menu ol p pre section summary "
        "table tbody td tfoot th thead tr ul option label"
    )
}
"""Blocks that without attributes are what the block around them is."""
PASSED_OVER = frozenset(("script", "style", "template", "noscript", "head", "object", "iframe", "textarea", "canvas"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ICONS = frozenset(("img", "svg", "i", "use", "picture"))
LINKS = frozenset(("a", "area"))
TELLING = frozenset(("role", "style", "hidden", "aria-label"))
"""The attributes that beside class and id tell something of a block, and that few blocks bear."""
CONTROLS = frozenset(("form", "dialog", "button", "select"))
DIALOGS = frozenset(("dialog", "alertdialog"))
"""Roles of what lies over the page."""
WHOLES = frozenset(("body", "main", "article"))
OTHERS = frozenset(("related", "related-posts", "related-articles", "recommended"))
"""With one of these class names even an ``article`` is no text of the page: it holds a list of others."""
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
PARTS = (Area.MAIN, Area.ASIDE)
"""Landmarks with a head and foot of their own."""
OUTSIDE = frozenset((Area.NAV, Area.ASIDE, Area.HEADER, Area.FOOTER))
OF_A_PART = re.compile(
    r"(?:^|[\s_-])(?:article|post|entry|story)[-_]*(?:header|head|footer|foot)(?:$|[\s_-])", re.IGNORECASE
)
"""The head or foot of an article, as its class tells, where no article stands around it."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def survey(document: Document) -> Survey:
    """Walk the body once."""
    body = document.root.find("body")
    walk = Walk(document)
    if body is not None:
        walk.over(body)
        find_main(walk.found)
    return walk.found


Start = Callable[[HtmlElement, str], bool | None]
"""Done at a start tag; true where what is inside is passed over."""
End = Callable[[HtmlElement], None]
Step = TypeVar("Step")


class Steps(dict[str, Step | None]):
    """What is done at the tags of each name; elements of the author's own making are blocks."""

    def __init__(self, own: Step, others: Mapping[str, Step]) -> None:
        super().__init__(others)
        self.own = own

    def __missing__(self, tag: str) -> Step | None:
        self[tag] = self.own if "-" in tag else None
        return self[tag]


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

    def starts(self) -> Steps[Start]:
        """Of elements with other names the walk takes the text only."""
        steps: dict[str, Start] = dict.fromkeys(BLOCKS, self.open_block)
        steps |= dict.fromkeys(HEADINGS, self.open_heading) | dict.fromkeys(LINKS, self.open_link)
        steps |= dict.fromkeys(ICONS, self.meet_icon) | dict.fromkeys(PASSED_OVER, self.pass_over)
        return Steps(self.open_block, steps | {"br": self.meet_break})

    def ends(self) -> Steps[End]:
        steps: dict[str, End] = dict.fromkeys(BLOCKS, self.close_block)
        steps |= dict.fromkeys(HEADINGS, self.close_heading) | dict.fromkeys(LINKS, self.close_link)
        return Steps(self.close_block, steps)

    def over(self, body: HtmlElement) -> None:
        # Thousands of events a page: what is asked of each is written out here rather than called.
        walker = etree.iterwalk(body, events=("start", "end"))
        starts, ends, parts, anchors, titles, seen = (
            self.starts(),
            self.ends(),
            self.parts,
            self.anchors,
            self.titles,
            0,
        )
        for event, element in walker:
            tag: str = element.tag  # type: ignore[assignment]  # the parser leaves no comments
            if event == "start":
                seen += 1
                if seen > limits.ELEMENTS:
                    self.found.cut = True
                    break
                if (start := starts[tag]) and start(element, tag):
                    walker.skip_subtree()
                    continue
                text = element.text
            else:
                if end := ends[tag]:
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

    def take(self) -> None:
        """What stands inside the innermost link since the last boundary is its text."""
        new = self.runs[self.taken :]
        self.anchors[-1].parts += new
        self.linked += sum(map(len, new))
        self.taken = len(self.runs)

    def pass_over(self, element: HtmlElement, tag: str) -> bool:
        return True

    def open_link(self, element: HtmlElement, tag: str) -> None:
        written = element.get("href")
        if written is not None and len(self.found.links) < limits.LINKS:
            if self.anchors:
                self.take()
            self.taken = len(self.runs)
            draft = Draft(element, self.open[-1], written)
            self.anchors.append(draft)
            self.found.links.append(draft)

    def close_link(self, element: HtmlElement) -> None:
        if self.anchors and self.anchors[-1].element is element:
            self.take()
            self.anchors.pop()

    def meet_icon(self, element: HtmlElement, tag: str) -> bool:
        if self.anchors:
            self.anchors[-1].inside = [*self.anchors[-1].inside, element]
        if tag == "img" and len(self.found.images) < limits.IMAGES:
            self.found.images.append(Draft(element, self.open[-1]))
        return tag == "svg"

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
        self.open.append(len(nodes))
        around = nodes[parent] if parent >= 0 else OUTERMOST
        classes, name = self.classes.get(element, ""), self.ids.get(element, "")
        if classes or name or element in self.telling or tag not in PLAIN:
            nodes.append(self.make_node(element, tag, parent, around, classes, name))
        else:
            nodes.append(Node(element, PLAIN[tag], parent, around.area, around.hidden, around.beside))
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
            linked = min(self.linked, len(text)) if self.linked else 0
            self.found.blocks.append(Block(self.open[-1] if self.open else 0, text, linked))
        self.parts.clear()
        self.linked = 0

    def make_node(  # noqa: PLR0917 - as they stand at hand, for thousands of blocks
        self, element: HtmlElement, tag: str, parent: int, around: Node, classes: str, name: str
    ) -> Node:
        role = label = ""
        telling = element in self.telling
        if telling:
            role, label = element.get("role", "")[: limits.LABEL], element.get("aria-label", "")
        # HTML: inside article or main, header and footer head and close that part, not the page.
        inner = tag in ENDS and around.area in PARTS
        stand = standing if len(classes) + len(name) + len(label) <= limits.VALUE else standing.__wrapped__
        told = stand(tag, classes, name, role, label, inner)
        area = around.area
        if told.area is not None and not (told.area is Area.NAV and area is Area.FOOTER):
            area = told.area
        hidden = around.hidden or (telling and is_hidden(element))
        return Node(element, told, parent, area, hidden, around.beside or told.own)


OUTERMOST = Node(HtmlElement(), Standing(""), -1, Area.UNKNOWN, False, False)
"""What stands around the body."""


def is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or HIDDEN.search(element.get("style", "")) is not None


@lru_cache(maxsize=names.REMEMBERED)
def standing(  # noqa: PLR0917 - by position, which is how they are remembered
    tag: str, classes: str, name: str, role: str, label: str, inner: bool
) -> Standing:
    """*inner*: a header or footer of a part of the page."""
    of_class, of_id = names.by_class(classes), names.by_name(name[: limits.LABEL]) if name else names.NOTHING
    if of_class is of_id is names.NOTHING and not role and tag in PLAIN:
        return Standing(tag, classes, name, label)
    inner = inner or (tag in ENDS and OF_A_PART.search(classes) is not None)
    area = landmark(tag, role, of_class.area or of_id.area, inner)
    outside = area in OUTSIDE
    listed = tag == "article" and of_class.beside and not OTHERS.isdisjoint(classes.lower().split())
    named = not outside and (listed or (tag not in WHOLES and (of_class.beside or of_id.beside)))
    only_named = outside and tag not in LANDMARKS and role not in ROLES and tag not in ENDS
    own = outside or named or tag in CONTROLS or role in DIALOGS
    return Standing(tag, classes, name, label, area, own, named or only_named, of_class.meanings | of_id.meanings)


def landmark(tag: str, role: str, told: Area | None, inner: bool) -> Area | None:
    """The landmark that an element opens, if any: by its role, its name, or what class and id have *told*."""
    if role in ROLES:
        return ROLES[role]
    if tag in LANDMARKS:
        return LANDMARKS[tag]
    if tag in ENDS:
        return None if inner else Area(tag)
    return None if tag in NEVER_LANDMARKS else told
