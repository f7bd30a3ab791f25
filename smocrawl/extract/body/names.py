"""What class names and ids tell of a block: its landmark, whether it stands beside the main text, what it is there for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from attrs import frozen

from smocrawl.extract import limits
from smocrawl.extract.words import words
from smocrawl.page import Area

LANDMARK = re.compile(
    r"(?P<footer>(?:site|page|main|global|bottom)?[-_]?footer|colophon|foot|.*[-_]footer[-_]widgets?)"
    r"|(?P<header>(?:site|page|main|global|top)[-_]?header|header|masthead|top[-_]?bar|site[-_]?head)"
    r"|(?P<nav>(?:.*[-_])?(?:nav|navbar|navigation|menu|main[-_]?menu|breadcrumbs?|pagination|pager))"
    r"|(?P<aside>(?:.*[-_])?(?:sidebar|side[-_]bar|widget[-_]area|aside)|secondary)"
)
"""Class names and ids that tell the landmark where the element does not; each group bears the value of its area."""
BESIDE = re.compile(
    r"(?:.*[-_])?(?:related|recommend(?:ed|ations)?|read[-_]?more|more[-_](?:stories|posts|articles)|you[-_]?may[-_]?like"
    r"|comments?|respond|disqus|share|sharing|sharedaddy|addtoany|social|cookies?|consent|cmplz(?:[-_].*)?|newsletter|subscribe|popup"
    r"|modal|promo|teasers|author[-_](?:box|bio|info)|advert(?:isement)?|tag[-_]?cloud|post[-_]navigation|skip[-_]?link"
    r"|screen[-_]reader[-_]text|toc|table[-_]of[-_]contents|testimonials?|rplg|trustindex)"
    r"(?:[-_](?:posts?|articles?|stories|items?|list|box|block|section|wrap(?:per)?|container|area|widget|links?|reviews?|text|slider|row|"
    r"buttons?|bar|row|icons?|form|thread|media|share|banner|notice|inner))*",
    re.IGNORECASE,
)
"""Blocks that stand beside the main text even inside ``<main>``."""
SHARE = re.compile(
    r"(?:.*[-_])?(?:share(?:s|r|bar|daddy|this|tools?|icons?|btns?|buttons?)?|sharing|addtoany|shariff|socialshare|teilen"
    r"|partager|compartir|condividi|delen|compartilhar|dela|del-artikel|udostepnij)(?:[-_].*)?",
    re.IGNORECASE,
)
NOT_SHARING = re.compile(r"(?:no|market|screen|file|ride|car|job|time|desk|data|load)[-_]?shar(?:e|ing)", re.IGNORECASE)
COPY = re.compile(r"(?:.*[-_])?copy[-_]?(?:link|url|permalink)(?:[-_].*)?", re.IGNORECASE)
BREADCRUMB = re.compile(r"(?:.*[-_])?(?:breadcrumbs?|bread[-_]crumbs?|brotkr[uü]mel)(?:[-_].*)?", re.IGNORECASE)
RATING = re.compile(
    r"(?:.*[-_])?(?:star[-_]?ratings?|rating[-_]?stars?|stars?|(?:review|user|product|average|aggregate|customer)[-_]?(?:rating|score)s?|ratings?)(?:[-_].*)?",
    re.IGNORECASE,
)
PART = re.compile(r"([^-_\s]{1,4})[^-_\s]*+")
"""The parts of names, which lie between hyphens: of each the first letters."""
LANDMARK_BEGINNINGS = words(
    """foot colo site page main glob bott head mast top topb toph nav navb navi menu brea pagi side widg asid seco"""
)
LANDMARK_ENDS = LANDMARK_BEGINNINGS | {"area", "bar"}
"""With these letters begins the last part of such a name."""
BESIDE_BEGINNINGS = words(
    """rela reco read more you youm comm resp disq shar addt soci cook cons news subs popu moda prom teas auth adve tag
    tagc post skip scre toc tabl test rplg trus"""
)
MEANINGS = (
    ("share", SHARE, words("shar soci addt soci teil part comp cond dele dela del udos")),
    ("copy", COPY, words("copy")),
    ("breadcrumb", BREADCRUMB, words("brea brot")),
    ("rating", RATING, words("star rati revi user prod aver aggr cust")),
)
"""With these letters begins some part of every name that the patterns know."""
BEGINNINGS = LANDMARK_BEGINNINGS.union(BESIDE_BEGINNINGS, *(beginnings for _, _, beginnings in MEANINGS))
EVERY_BEGINNING = (*BEGINNINGS, *LANDMARK_ENDS)
REMEMBERED = 32_768
"""Attributes whose meaning is remembered: templates repeat them on every page."""
MOST_NAMES = 20


@frozen
class Told:
    """What the names of one attribute say together."""

    area: Area | None = None
    beside: bool = False
    meanings: frozenset[str] = frozenset()
    """share, copy, breadcrumb, rating."""


NOTHING = Told()


def by_class(written: str) -> Told:
    """By a class attribute as written."""
    return _told(written[: limits.VALUE]) if written else NOTHING


@lru_cache(maxsize=REMEMBERED)
def _told(written: str) -> Told:
    # Most attributes of a template mean nothing: one look at their beginnings spares them a look at each name.
    if written.isascii() and BEGINNINGS.isdisjoint(PART.findall(written.lower())):
        return NOTHING
    known = [one for name in written.split()[:MOST_NAMES] if (one := by_name(name)) is not NOTHING]
    if len(known) < 2:
        return known[0] if known else NOTHING
    return Told(
        area=next((one.area for one in known if one.area), None),
        beside=any(one.beside for one in known),
        meanings=frozenset().union(*(one.meanings for one in known)),
    )


@lru_cache(maxsize=REMEMBERED)
def by_name(name: str) -> Told:
    """By one class name, or by an id."""
    name = name[: limits.LABEL]
    low = name.lower()
    # Letters beyond ASCII may stand for others where case is ignored: such names are asked everything.
    begun = PART.findall(low) if name.isascii() else EVERY_BEGINNING
    if BEGINNINGS.isdisjoint(begun):
        return NOTHING
    area = _landmark(low) if begun[-1] in LANDMARK_ENDS else None
    beside = not BESIDE_BEGINNINGS.isdisjoint(begun) and BESIDE.fullmatch(name) is not None
    meanings = _meanings(name, begun)
    return Told(area, beside, meanings) if area or beside or meanings else NOTHING


def _landmark(low: str) -> Area | None:
    found = LANDMARK.fullmatch(low)
    return Area(found.lastgroup) if found and found.lastgroup else None


def _meanings(name: str, begun: Sequence[str]) -> frozenset[str]:
    asked = [one for one in MEANINGS if not one[2].isdisjoint(begun)]
    found = frozenset([meaning for meaning, pattern, _ in asked if pattern.fullmatch(name)])
    return found - {"share"} if "share" in found and NOT_SHARING.search(name) else found
