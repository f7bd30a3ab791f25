"""Links, headings and pictures of the body, as facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from smocrawl.extract import limits
from smocrawl.extract.blocks import Draft, Survey
from smocrawl.extract.document import Document, folded, text_of
from smocrawl.page import Heading, Image, Link

PIXELS = re.compile(r"\s*(\d{1,5})(?:px)?\s*")
BETWEEN = re.compile(r",\s+|(?<=[0-9][wx]),")
DESCRIPTOR = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([wx])")
LAZY = ("src", "data-src", "data-lazy-src", "data-original", "data-lazy")
PLACEHOLDER = "data:"
FALSE_ADDRESS = ("#", "javascript:", "about:")
BLOCK_NAMES = frozenset(("ul", "ol", "nav", "div", "section", "aside", "footer", "header", "p", "td"))


def read_links(document: Document, survey: Survey) -> tuple[Link, ...]:
    links = [link for draft in survey.links if (link := _link(document, survey, draft)) is not None]
    if len(survey.links) >= limits.LINKS:
        document.complain("limit", "links", f"More than {limits.LINKS}; the rest was not read.")
    return tuple(links)


def _link(document: Document, survey: Survey, draft: Draft) -> Link | None:
    element = draft.element
    raw = element.get("href", "").strip()
    address, _, fragment = raw.partition("#")
    url = document.resolve(address or document.url) if raw else ""
    if raw and not url:
        return None
    text = draft.text[: limits.LABEL]
    return Link(
        url=url,
        fragment=fragment[: limits.LABEL],
        raw_href=raw[: limits.URL],
        text=text,
        label=_label(draft, text),
        rel=tuple(rel.lower().split()[:20]) if (rel := element.get("rel")) else (),
        area=survey.area(draft.node),
        in_main=survey.in_main(draft.node),
        block=_block(survey, draft.node),
        icon_only=not text and bool(draft.inside),
        onclick=element.get("onclick") is not None,
    )


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


def _block(survey: Survey, node: int) -> str:
    """Classes, id and label of the nearest named block around."""
    if node not in survey.labels:
        survey.labels[node] = next((label for one in survey.up(node) if (label := _block_label(survey, one))), "")
    return survey.labels[node]


def _block_label(survey: Survey, node: int) -> str:
    if not survey.nodes or survey.nodes[node].tag not in BLOCK_NAMES:
        return ""
    said = (survey.nodes[node].classes, survey.nodes[node].id, survey.nodes[node].label)
    return folded(" ".join(part for part in said if part), limits.LABEL)


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
    for inner in heading.iter("a", "span"):
        if named := inner.get("name") or inner.get("id"):
            return named[: limits.LABEL]
    around, before = heading.getparent(), heading.getprevious()
    if before is not None and before.tag == "a" and not len(before):
        return before.get("name") or before.get("id")
    if around is not None and before is None and around.tag in ("section", "div", "header", "hgroup", "article"):
        return around.get("id")
    return None


def read_images(document: Document, survey: Survey) -> tuple[Image, ...]:
    return tuple(_image(document, survey, draft, order) for order, draft in enumerate(survey.images))


def _image(document: Document, survey: Survey, draft: Draft, order: int) -> Image:
    element = draft.element
    written = next((value for name in LAZY if (value := element.get(name)) and not value.startswith(PLACEHOLDER)), "")
    largest, width = _largest(document, element)
    return Image(
        src=document.resolve(written) or (element.get("src") or "")[:64],
        alt=None if element.get("alt") is None else folded(element.get("alt")),
        width=_pixels(element.get("width")),
        height=_pixels(element.get("height")),
        largest=largest,
        largest_width=width,
        area=survey.area(draft.node),
        order=order,
        nopin=bool(element.get("data-pin-nopin") or element.get("nopin")),
    )


def _largest(document: Document, element: HtmlElement) -> tuple[str | None, int | None]:
    """The widest candidate of the picture's srcset and of the sources beside it."""
    best: tuple[float, str] | None = None
    for srcset in _srcsets(element):
        for url, width in _candidates(srcset):
            if best is None or width > best[0]:
                best = (width, url)
    if best is None:
        return None, None
    return document.resolve(best[1]) or None, int(best[0]) or None


def _srcsets(element: HtmlElement) -> Iterator[str]:
    for name in ("srcset", "data-srcset", "data-lazy-srcset"):
        if written := element.get(name):
            yield written[: limits.VALUE * 4]
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


def _pixels(written: str | None) -> int | None:
    match = PIXELS.fullmatch(written or "")
    return int(match[1]) if match else None
