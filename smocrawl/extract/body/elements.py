"""Links, headings and pictures of the body, as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.body.blocks import Draft, Standing, Survey
from smocrawl.extract.body.survey import is_hidden
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.page import Area, Heading, Image, Link

PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d*)?(?:px)?\s*")
BETWEEN = re.compile(r",\s+|(?<=[0-9][wx]),")
DESCRIPTOR = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([wx])")
LAZY = ("src", "data-src", "data-lazy-src", "data-original", "data-lazy")
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
UNPINNED = ("data-pin-nopin", "nopin")
PLACEHOLDER = "data:"
REMEMBERED = 1_024
"""Relations and sizes as written: there are few, on all sites the same."""
BLOCK_NAMES = frozenset(("ul", "ol", "nav", "div", "section", "aside", "footer", "header", "p", "td"))


def _kept(address: str) -> str:
    """Of an address that is too long for any browser the beginning: the crawl never asks it, but records it."""
    return address[: limits.URL] if len(address) > limits.URL and address.startswith(("/", "http")) else address


class Standpoint(NamedTuple):
    """Where links stand: those of one block share it."""

    area: Area
    in_main: bool
    block: str


def read_links(document: Document, survey: Survey) -> tuple[Link, ...]:
    standpoints: dict[int, Standpoint] = {}
    relations = document.values("rel")
    labelled, clicked = (frozenset(document.bearing.get(name, ())) for name in ("aria-label", "onclick"))
    addresses: dict[str, str] = {"": document.resolve(document.url)}
    links = []
    for draft in survey.links:
        element, node = draft.element, draft.node
        raw = draft.written.strip()
        address, _, fragment = raw.partition("#")
        url = addresses.get(address)
        if url is None:
            url = addresses[address] = document.resolve(_kept(address))
        if raw and not url:
            continue
        stand = standpoints.get(node)
        if stand is None:
            stand = standpoints[node] = _standpoint(survey, node)
        text = draft.text[: limits.LABEL]
        links.append(
            Link(
                url=url if raw else "",
                fragment=fragment[: limits.LABEL],
                raw_href=raw[: limits.URL],
                text=text,
                label=text if text and element not in labelled else _label(draft, text),
                rel=_tokens(relations[element]) if element in relations else (),
                area=stand.area,
                in_main=stand.in_main,
                block=stand.block,
                # What screen readers skip on purpose stands beside a link with a name.
                icon_only=not text and bool(draft.inside) and element.get("aria-hidden") != "true",
                onclick=element in clicked,
            )
        )
    if len(survey.links) >= limits.LINKS:
        document.complain("limit", "links", f"More than {limits.LINKS}; the rest was not read.")
    return tuple(links)


def _standpoint(survey: Survey, node: int) -> Standpoint:
    return Standpoint(survey.area(node), survey.in_main(node), _block(survey, node))


@lru_cache(maxsize=REMEMBERED)
def _tokens(rel: str) -> tuple[str, ...]:
    return tuple(rel.lower().split()[:20])


def _label(draft: Draft, text: str) -> str:
    """The accessible name, in about the order in which browsers compute it."""
    element = draft.element
    if own := element.get("aria-label"):
        return folded(own, limits.LABEL) or text
    if text:
        return text
    for inner in draft.inside:
        if inner.tag == "svg":
            title = inner.find("{*}title")
            said: str | None = inner.get("aria-label") or (text_of(title) if title is not None else "")
        else:
            said = inner.get("alt") or inner.get("aria-label") or inner.get("title")
        if named := folded(said, limits.LABEL):
            return named
    return folded(element.get("title") or element.get("alt"), limits.LABEL)


def _block(survey: Survey, number: int) -> str:
    """Classes, id and label of the nearest named block around."""
    passed, label = [], None
    while number >= 0 and (label := survey.labels.get(number)) is None:
        passed.append(number)
        node = survey.nodes[number]
        if label := _block_label(node.standing):
            break
        number = node.parent
    survey.labels.update(dict.fromkeys(passed, label or ""))
    return label or ""


@lru_cache(maxsize=REMEMBERED)
def _block_label(block: Standing) -> str:
    if block.tag not in BLOCK_NAMES or not (block.classes or block.id or block.label):
        return ""
    return folded(" ".join(part for part in (block.classes, block.id, block.label) if part), limits.LABEL)


def read_headings(survey: Survey) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            level=int(str(draft.element.tag)[1]),
            text=folded(draft.text),
            id=_anchor(draft.element),
            in_main=survey.in_main(draft.node),
        )
        for draft in survey.headings
    )


def _anchor(heading: HtmlElement) -> str | None:
    """The fragment that leads to a heading."""
    if own := heading.get("id"):
        return own[: limits.LABEL]
    for inner in heading.iter("a", "span") if len(heading) else ():
        if named := inner.get("name") or inner.get("id"):
            return named[: limits.LABEL]
    around, before = heading.getparent(), heading.getprevious()
    if before is not None and before.tag == "a" and not len(before):
        return before.get("name") or before.get("id")
    if around is not None and before is None and around.tag in ("section", "div", "header", "hgroup", "article"):
        return around.get("id")
    return None


class Borne(NamedTuple):
    """Attributes of pictures that some element of the page bears: most pages use few of all those known."""

    lazy: list[str]
    sets: list[str]
    unpinned: list[str]


def read_images(document: Document, survey: Survey) -> tuple[Image, ...]:
    borne = Borne(*([name for name in names if name in document.bearing] for names in (LAZY, SETS, UNPINNED)))
    return tuple(_image(document, survey, draft, order, borne) for order, draft in enumerate(survey.images))


def _image(document: Document, survey: Survey, draft: Draft, order: int, borne: Borne) -> Image:
    element = draft.element
    values = (value for name in borne.lazy if (value := element.get(name)))
    written = next((value for value in values if not value.startswith(PLACEHOLDER)), "")
    largest, width = _largest(document, element, borne.sets) if borne.sets else (None, None)
    alt = element.get("alt")
    if alt is None and element.get("role") in ("presentation", "none"):
        # WAI-ARIA: the same as an empty alt.
        alt = ""
    return Image(
        src=document.resolve(written) or (element.get("src") or "")[:64],
        alt=alt and folded(alt),
        width=_side(element, "width"),
        height=_side(element, "height"),
        largest=largest,
        largest_width=width,
        area=survey.area(draft.node),
        order=order,
        nopin=any(element.get(name) for name in borne.unpinned),
        hidden=is_hidden(element) or survey.nodes[draft.node].hidden,
    )


def _largest(document: Document, element: HtmlElement, sets: Sequence[str]) -> tuple[str | None, int | None]:
    """The widest candidate of the picture's srcset and of the sources beside it."""
    best: tuple[float, str] | None = None
    for srcset in _srcsets(document, element, sets):
        for url, width in _candidates(srcset):
            if best is None or width > best[0]:
                best = (width, url)
    if best is None:
        return None, None
    return document.resolve(best[1]) or None, int(best[0]) or None


def _srcsets(document: Document, element: HtmlElement, sets: Sequence[str]) -> Iterator[str]:
    for name in sets:
        if written := element.get(name):
            yield written[: limits.VALUE * 4]
    if "picture" not in document.named:
        return
    # libxml2 does not know that <source> is empty: the picture lies inside it.
    for picture in element.iterancestors("picture"):
        for source in picture.iter("source"):
            if written := source.get("srcset") or source.get("data-srcset"):
                yield written[: limits.VALUE * 4]


def _candidates(srcset: str) -> Iterator[tuple[str, float]]:
    """URL and ``w`` descriptor (0 where it names none) of each candidate."""
    for candidate in BETWEEN.split(srcset):
        url, *rest = candidate.split() or [""]
        if url and not url.startswith(PLACEHOLDER):
            match = DESCRIPTOR.fullmatch(rest[0]) if rest else None
            yield url.strip(","), float(match[1]) if match and match[2] == "w" else 0.0


COUNTER = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([01])(?:px)?\s*(?:!important\s*)?(?=;|$)", re.IGNORECASE)
"""A side of one pixel or none by style, as counters have."""


def _side(element: HtmlElement, name: str) -> int | None:
    written = _pixels(element.get(name))
    if written is not None or not (style := element.get("style")):
        return written
    return next((int(found[2]) for found in COUNTER.finditer(style[: limits.VALUE]) if found[1].lower() == name), None)


@lru_cache(maxsize=REMEMBERED)
def _pixels(written: str | None) -> int | None:
    match = PIXELS.fullmatch(written or "")
    return int(match[1]) if match else None
