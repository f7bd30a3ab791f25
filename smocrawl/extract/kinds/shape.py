"""The shape of a page's main text: linked headings, articles side by side, code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from smocrawl.extract.body.blocks import Survey
from smocrawl.extract.body.density import is_prose
from smocrawl.page import Entity

HOUR = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|uhr)\b|\b\d{1,2}[:h]\d\d\b", re.IGNORECASE)
HEAD = 600
"""Characters of the main text among which an announcement says when it begins."""


PAID = frozenset(("nofollow", "sponsored"))
FURTHER = 150
"""Words of prose with nothing but linked headings below them: these are further reading, and the prose is the page."""


def teasers(survey: Survey, host: str) -> int:
    """The most headings of one level inside the main region of a page of *host* that link to other pages."""
    found: dict[str, list[int]] = {}
    for draft in survey.headings:
        element = draft.element
        if element.tag == "h1" or not survey.in_main(draft.node):
            continue
        link = next(element.iter("a"), None)
        link = next(element.iterancestors("a"), None) if link is None else link
        if link is not None and _leads_on(link, host):
            found.setdefault(str(element.tag), []).append(draft.node)
    most = max(found.values(), key=len, default=[])
    return 0 if most and _is_below_the_text(survey, min(most)) else len(most)


def _leads_on(link: HtmlElement, host: str) -> bool:
    """To another page: neither to a place on this one nor, as in a review of ten products, to a shop that pays for it."""
    written = (link.get("href") or "").strip()
    try:
        named = urlsplit(written).netloc.lower()
    except ValueError:
        return False
    is_own = named.removeprefix("www.") in ("", host.removeprefix("www."))
    return not written.startswith("#") and (is_own or not PAID & set((link.get("rel") or "").lower().split()))


def _is_below_the_text(survey: Survey, first: int) -> bool:
    """Whether most of what the main region says stands in prose above the node *first*."""
    own = [block for block in survey.blocks if block.node in survey.inside]
    above = sum(len(block.text.split()) for block in own if block.node < first and is_prose(block))
    return above >= FURTHER and 2 * above >= sum(len(block.text.split()) for block in own)


def side_by_side(survey: Survey) -> int:
    """``article`` elements with the same parent inside the main region."""
    counted: dict[int, int] = {}
    for number in survey.inside:
        node = survey.nodes[number]
        if node.tag == "article" and number != survey.region:
            counted[node.parent] = counted.get(node.parent, 0) + 1
    return max(counted.values(), default=0)


def code_share(survey: Survey) -> float:
    inside = [block for block in survey.blocks if block.node in survey.inside]
    code = sum(len(block.text) for block in inside if survey.nodes[block.node].tag == "pre")
    return code / sum(len(block.text) for block in inside) if code else 0.0


def names_an_hour(text: str) -> bool:
    """Whether *text* says near its beginning at which hour something takes place."""
    return HOUR.search(text[:HEAD]) is not None


def here(things: Sequence[Entity], path: str) -> list[Entity]:
    """Those of several *things* that are no other page's by their own address, as the first of a list are."""
    if len(things) < 2:
        return list(things)
    return [one for one in things if not (last := _last(one.url("url") or "")) or last in unquote(path).lower()]


def _last(address: str) -> str:
    """The last segment of its path, without extension, lower case."""
    try:
        name = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""
    return name.removesuffix(".html").lower()


def tells_of_its_site(url: str) -> bool:
    """Named "about" and a name that its host bears, as /about-harbour-times on harbour-times.example."""
    parts = urlsplit(url)
    path = parts.path.strip("/").lower()
    named = path.removeprefix("about-").removesuffix(".html").replace("-", "")
    return path.startswith("about-") and len(named) > 2 and named in parts.netloc.lower().replace("-", "")
