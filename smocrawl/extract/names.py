"""What class names and ids tell of a block: its landmark, whether it stands beside the main text, what it is there for."""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import frozen

from smocrawl.extract import limits
from smocrawl.extract.words import words
from smocrawl.page import Area

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
SHARE = re.compile(
    r"(?:.*[-_])?(?:share|sharing|shares|sharer|sharebar|sharedaddy|addtoany|shariff|sharethis|socialshare|teilen|partager"
    r"|compartir|condividi|delen|compartilhar|dela|del-artikel|udostepnij)(?:[-_].*)?",
    re.IGNORECASE,
)
NOT_SHARING = re.compile(r"(?:no|market|screen|file|ride|car|job|time|desk|data|load)[-_]?shar(?:e|ing)", re.IGNORECASE)
COPY = re.compile(r"(?:.*[-_])?copy[-_]?(?:link|url|permalink)(?:[-_].*)?", re.IGNORECASE)
BREADCRUMB = re.compile(r"(?:.*[-_])?(?:breadcrumbs?|bread[-_]crumbs?|brotkr[uü]mel)(?:[-_].*)?", re.IGNORECASE)
RATING = re.compile(
    r"(?:.*[-_])?(?:star[-_]?ratings?|rating[-_]?stars?|stars?|(?:review|user|product|average|aggregate|customer)[-_]?(?:rating|score)s?|ratings?)(?:[-_].*)?",
    re.IGNORECASE,
)
BEGINNINGS = words(
    """foot colo site page main glob bott head mast top nav menu brea pagi side widg asid seco rela reco read more you
    comm comp resp disq shar addt soci cook cons news subs popu moda prom teas auth adve tag post skip scre toc tabl teil
    part cond dele dela del udos copy brot star rati revi user prod aver aggr cust"""
)
"""With three or four of these letters begins, behind a hyphen or at the start, every name that the patterns know."""
SEPARATOR = re.compile("[-_]")
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
    # Most names of a template mean nothing: a look at their beginnings spares them nine patterns.
    if name.isascii() and not any(part[:4] in BEGINNINGS or part[:3] in BEGINNINGS for part in SEPARATOR.split(low)):
        return NOTHING
    area = next((area for pattern, area in TELLING if pattern.fullmatch(low)), None)
    beside = BESIDE.fullmatch(name) is not None
    meanings = _meanings(name)
    return Told(area, beside, meanings) if area or beside or meanings else NOTHING


def _meanings(name: str) -> frozenset[str]:
    found = {"share"} if SHARE.fullmatch(name) and not NOT_SHARING.search(name) else set()
    found |= {"copy"} if COPY.fullmatch(name) else set()
    found |= {"breadcrumb"} if BREADCRUMB.fullmatch(name) else set()
    found |= {"rating"} if RATING.fullmatch(name) else set()
    return frozenset(found)
