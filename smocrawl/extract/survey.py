"""One walk over the body: blocks of text, links, headings and pictures, each with where it stands."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from smocrawl.extract import limits
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

LANDMARKS = {"nav": Area.NAV, "aside": Area.ASIDE, "main": Area.MAIN, "article": Area.MAIN}
ROLES = {
    "banner": Area.HEADER,
    "navigation": Area.NAV,
    "main": Area.MAIN,
    "article": Area.MAIN,
    "complementary": Area.ASIDE,
    "contentinfo": Area.FOOTER,
}
TELLING = (
    (re.compile(r"(?:site|page|main|global|bottom)?[-_]?footer|colophon|foot|.*[-_]footer[-_]widgets?"), Area.FOOTER),
    (re.compile(r"(?:site|page|main|global|top)[-_]?header|header|masthead|top[-_]?bar|site[-_]?head"), Area.HEADER),
    (re.compile(r"(?:.*[-_])?(?:nav|navbar|navigation|menu|main[-_]?menu|breadcrumbs?|pagination|pager)"), Area.NAV),
    (re.compile(r"(?:.*[-_])?(?:sidebar|side[-_]bar|widget[-_]area|aside)|secondary"), Area.ASIDE),
)
"""Class names and ids that tell the landmark where the element does not."""
BESIDE = re.compile(
    r"(?:.*[-_])?(?:related|recommend(?:ed|ations)?|read[-_]?more|more[-_](?:stories|posts|articles)|you[-_]?may[-_]?like"
    r"|comments?|respond|disqus|share|sharing|sharedaddy|addtoany|social|cookies?|consent|newsletter|subscribe|popup"
    r"|modal|promo|teasers|author[-_](?:box|bio|info)|advert(?:isement)?|tag[-_]?cloud|post[-_]navigation|skip[-_]?link"
    r"|screen[-_]reader[-_]text|toc|table[-_]of[-_]contents)"
    r"(?:[-_](?:posts?|articles?|stories|items?|list|box|block|section|wrap(?:per)?|container|area|widget|links?|"
    r"buttons?|bar|row|icons?|form|thread|media|share|banner|notice|inner))*",
    re.IGNORECASE,
)
"""Blocks that stand beside the main text even inside ``<main>``."""
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
        seen = 0
        for event, element in walker:
            tag = element.tag
            if event == "start":
                seen += 1
                if seen > limits.ELEMENTS:
                    self.found.cut = True
                    break
                if tag in PASSED_OVER or not isinstance(tag, str):
                    walker.skip_subtree()
                else:
                    self.enter(element, tag)
                    if tag == "svg":
                        walker.skip_subtree()
                    elif element.text:
                        self.say(element.text)
            else:
                self.leave(element)
                if element.tail and element is not body:
                    self.say(element.tail)
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
        elif tag == "br":
            self.say(" ")
        here = self.open[-1] if self.open else 0
        if tag in ("a", "area"):
            if element.get("href") is not None and len(self.found.links) < limits.LINKS:
                self.anchors.append(Draft(element, here))
                self.found.links.append(self.anchors[-1])
        elif tag in ICONS:
            if self.anchors:
                self.anchors[-1].inside.append(element)
            if tag == "img" and len(self.found.images) < limits.IMAGES:
                self.found.images.append(Draft(element, here))
        elif tag in HEADINGS and len(self.found.headings) < limits.HEADINGS:
            self.titles.append(Draft(element, here))
            self.found.headings.append(self.titles[-1])

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
        parent = self.open[-1] if self.open else -1
        node = make_node(element, tag, parent, self.found.nodes[parent] if parent >= 0 else None)
        self.open.append(len(self.found.nodes))
        self.found.number[element] = len(self.found.nodes)
        self.found.nodes.append(node)
        for draft in (*self.anchors, *self.titles):
            draft.parts.append(" ")

    def flush(self) -> None:
        if self.parts:
            text = " ".join("".join(self.parts).split())
            if text:
                self.found.blocks.append(Block(self.open[-1] if self.open else 0, text, min(self.linked, len(text))))
            self.parts, self.linked = [], 0


def make_node(element: HtmlElement, tag: str, parent: int, around: Node | None) -> Node:
    if tag in PLAIN and around is not None and not element.keys():
        return Node(element=element, tag=tag, parent=parent, area=around.area, own=False, hidden=around.hidden)
    names = tuple(
        name
        for name in (*element.get("class", "")[: limits.VALUE].split()[:20], element.get("id", "")[: limits.LABEL])
        if name
    )
    role = element.get("role", "")
    style = element.get("style")
    hidden = "hidden" in element.attrib or bool(style and HIDDEN.search(style))
    own = landmark(tag, role, names, around)
    area = own or (around.area if around else Area.UNKNOWN)
    if around and around.area is Area.FOOTER and area is Area.NAV:
        area = Area.FOOTER
    outside = own in (Area.NAV, Area.ASIDE, Area.HEADER, Area.FOOTER)
    marked = not outside and tag not in ("body", "main", "article") and any(map(is_beside, names))
    return Node(
        element=element,
        tag=tag,
        parent=parent,
        area=area,
        own=outside or marked or tag in ("form", "dialog", "button", "select"),
        hidden=hidden or bool(around and around.hidden),
        marked=marked or (outside and tag not in LANDMARKS and role not in ROLES and tag not in ("header", "footer")),
    )


def landmark(tag: str, role: str, names: tuple[str, ...], around: Node | None) -> Area | None:
    """The landmark that an element opens, if any."""
    if role in ROLES:
        return ROLES[role]
    if tag in LANDMARKS:
        return LANDMARKS[tag]
    if tag in ("header", "footer"):
        # HTML: inside article or main they head and close that part, not the page.
        inner = around is not None and around.area in (Area.MAIN, Area.ASIDE)
        return None if inner else Area(tag)
    if tag in ("body", "p", "a", "h1", "li", "td"):
        return None
    return next((area for name in names if (area := telling(name))), None)


@lru_cache(maxsize=16_384)
def telling(name: str) -> Area | None:
    """The landmark that a class name or id tells."""
    low = name.lower()
    return next((area for pattern, area in TELLING if pattern.fullmatch(low)), None)


@lru_cache(maxsize=16_384)
def is_beside(name: str) -> bool:
    return BESIDE.fullmatch(name) is not None
