"""One parse of one response, shared by every reader."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import define, field
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from smocrawl.extract import limits, places, urls
from smocrawl.extract.decode import Decoded
from smocrawl.extract.words import words
from smocrawl.page import Trouble

EMPTY = "<html><head></head><body></body></html>"
PLACED = words("html title meta link script body header main article section h1 h2 time div")
"""The elements that state facts, or hold them."""
ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""All elements are of one class: lxml.html's own choice by name asks a Python function for every element."""
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LATE_HTML = re.compile(r"<html\b[^<>]*?\slang\s*=\s*[\"']?([A-Za-z][\w-]{1,34})", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FAR = 20_000
"""Characters in which a late ``html`` tag is looked for."""
LATER_MARKUP = re.compile(rb"</(?:html|body)\s*>(?!\s*</html\s*>\s*\Z)[^<]*<(?!/html\s*>\s*\Z)", re.IGNORECASE)


@define(kw_only=True, eq=False, slots=False)
class Document:
    """What the readers look at: the tree, the bytes behind it, and a log for what could not be read."""

    url: str
    body: bytes
    decoded: Decoded
    headers: Mapping[str, str] = field(factory=dict)
    trouble: list[Trouble] = field(factory=list)
    _values: dict[str, dict[HtmlElement, str]] = field(factory=dict, init=False)

    def complain(self, kind: str, where: str, detail: str) -> None:
        self.trouble.append(Trouble(kind=kind, where=where, detail=detail))

    @cached_property
    def root(self) -> HtmlElement:
        return self.elements[0]

    @cached_property
    def lang(self) -> str | None:
        """As written on ``html``, or None.

        Where text stands before that tag, the parser drops its attributes; browsers add them to the element
        (HTML standard, the "in body" insertion mode).
        """
        said = self.root.get("lang", self.root.get(XML_LANG))
        if said is not None or len(self.root.attrib):
            return said
        late = LATE_HTML.search(COMMENT.sub("", self.decoded.text[:FAR]))
        return late[1] if late else None

    @cached_property
    def elements(self) -> list[HtmlElement]:
        """All in document order, and held: lxml makes an element that nobody holds anew whenever it is met."""
        return list(self._parsed().iter())

    def _parsed(self) -> HtmlElement:
        """The tree; one with an empty head and body where nothing can be parsed."""
        # huge_tree stays off: its limits on depth are what keeps hostile nesting harmless.
        parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
        parser.set_element_class_lookup(ONE_CLASS)
        text = self.decoded.text
        if declaration := XML_DECLARATION.match(text):
            text = text[declaration.end() :]
        try:
            # Most pages are UTF-8 already, and need not be encoded anew.
            same = text is self.decoded.text and self.decoded.is_body
            markup = self.body if same else text.encode("utf-8")
            if LATER_MARKUP.search(self.scanned, self.spots.page_end):
                # Browsers go on after </body> and </html>; libxml2 drops what follows or puts it beside the body.
                found = self.spots if markup is self.scanned else places.scan(markup)
                markup = places.without(markup, found.page_ends)
            root = document_fromstring(_with_body(markup), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError) as wrong:
            if text.strip():
                self.complain("markup", "body", str(wrong) or type(wrong).__name__)
            return document_fromstring(EMPTY)
        if any("xcessive depth" in error.message for error in parser.error_log):
            self.complain("limit", "body", "Elements are nested too deeply; what lies deeper was not read.")
        return root

    @cached_property
    def bearing(self) -> Mapping[str, list[HtmlElement]]:
        """The elements that bear an attribute, by its name."""
        found: defaultdict[str, list[HtmlElement]] = defaultdict(list)
        for element in self.elements:
            for name in element.keys():  # noqa: SIM118 - an element iterates over its children
                found[name].append(element)
        return dict(found)

    @cached_property
    def named(self) -> Mapping[str, list[HtmlElement]]:
        """The elements of each name, in document order."""
        found: defaultdict[str, list[HtmlElement]] = defaultdict(list)
        for element in self.elements:
            found[element.tag].append(element)  # type: ignore[index]  # the parser leaves no comments
        return dict(found)

    def values(self, name: str) -> Mapping[HtmlElement, str]:
        """The elements that bear the attribute, each with its value as written."""
        if name not in self._values:
            self._values[name] = {element: element.get(name, "") for element in self.bearing.get(name, ())}
        return self._values[name]

    @cached_property
    def class_lists(self) -> tuple[str, ...]:
        """The class attributes as written, each once, in document order."""
        return tuple(dict.fromkeys(self.values("class").values()))

    @cached_property
    def class_names(self) -> Mapping[str, None]:
        """Every class name once, in document order."""
        return dict.fromkeys(" ".join(self.class_lists).split())

    @cached_property
    def spots(self) -> places.Spots:
        return places.scan(self.scanned)

    @cached_property
    def scanned(self) -> bytes:
        """The bytes in which tags are looked for: as served where they can be found there, else in UTF-8."""
        return self.body if self.decoded.keeps_offsets else self.decoded.text.encode("utf-8")

    @cached_property
    def base(self) -> str:
        """What relative addresses are resolved against."""
        for element in self.named.get("base", ()):
            if element.get("href"):
                return urls.resolve(self.url, element.get("href", "")) or self.url
        return self.url

    @cached_property
    def scripts(self) -> list[HtmlElement]:
        return self.named.get("script", [])

    @cached_property
    def json_ld_scripts(self) -> list[HtmlElement]:
        return [one for one in self.scripts if _is_json_ld(one)]

    @cached_property
    def sources(self) -> Mapping[HtmlElement, str]:
        """The ``src`` of every element that names one."""
        return {element: source for element, source in self.values("src").items() if source}

    @cached_property
    def inline(self) -> str:
        """The scripts that stand in the page itself, one behind the other."""
        return "\n".join([one.text or "" for one in self.scripts if one not in self.sources])

    @cached_property
    def order(self) -> Mapping[HtmlElement, int]:
        """Where each element stands, from 0."""
        return dict(zip(self.elements, range(len(self.elements)), strict=True))

    def in_order(self, *names: str) -> list[HtmlElement]:
        """The elements of all these names in document order."""
        found = [element for name in dict.fromkeys(names) for element in self.named.get(name, ())]
        return sorted(found, key=self.order.__getitem__)

    def position(self, element: HtmlElement) -> int:
        """Where *element* stands among those that state facts; others stand where their nearest ancestor does."""
        here: HtmlElement | None = element
        while here is not None:
            if here.tag in PLACED:
                return self.order[here]
            here = here.getparent()
        return 0

    def offset(self, spot: places.Spot | None) -> int | None:
        return spot.offset if spot is not None and self.decoded.keeps_offsets else None

    def resolve(self, written: str | None) -> str:
        return urls.resolve(self.base, written) if written else ""

    def limited(self, tags: str | tuple[str, ...], most: int, where: str) -> Iterator[HtmlElement]:
        """The elements of these names in document order, at most *most*."""
        found = self.named.get(tags, ()) if isinstance(tags, str) else self.in_order(*tags)
        for number, element in enumerate(found):
            if number >= most:
                self.complain("limit", where, f"More than {most}; the rest was not read.")
                return
            yield element


def _with_body(markup: bytes) -> bytes:
    """With the ``<body>`` that authors may leave out, where the HTML standard puts it.

    libxml2 does not know that ``<article>``, ``<header>`` or ``<main>`` close head and would keep the page in it.
    """
    if b"<body" in markup or b"<frameset" in markup or b"<body" in (low := markup.lower()) or b"<frameset" in low:
        return markup
    end = places.head_end(markup, scripting=True)
    return markup[:end] + b"<body>" + markup[end:]


def _is_json_ld(script: HtmlElement) -> bool:
    kind = script.get("type")
    return kind is not None and kind.partition(";")[0].strip().lower() == "application/ld+json"


def folded(text: str | None, most: int = limits.VALUE) -> str:
    """Blanks folded, at most *most* characters."""
    return " ".join((text or "").split())[:most].rstrip()


def text_of(element: HtmlElement, most: int = limits.VALUE) -> str:
    """The text inside, folded; of a very long one the beginning."""
    parts: list[str] = []
    left = most * 4
    for text in element.itertext():
        parts.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return folded("".join(parts), most)
