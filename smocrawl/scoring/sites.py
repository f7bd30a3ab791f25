"""The score of a whole site: pages folded by kind and prominence, mixed with the checks of the site."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field, frozen

from smocrawl.checks.base import Tactic
from smocrawl.page import Kind
from smocrawl.scoring import tables
from smocrawl.scoring.pages import capped


def prominence(depth: int | None, *, listed: bool) -> float:
    """What a page counts among those of its kind: by clicks from home, and by being in a sitemap or feed."""
    near = tables.DEPTHS[depth] if depth is not None and depth < len(tables.DEPTHS) else tables.DEEPER
    return near * (tables.LISTED if listed else tables.UNLISTED)


@define
class OfKind:
    """The pages of one kind, summed up."""

    pages: int = 0
    weight: float = 0.0
    earned: float = 0.0

    @property
    def mean(self) -> float:
        return self.earned / self.weight if self.weight else 0.0


@define
class Fold:
    """A score over many pages, held as a few sums: the mean of the kinds' means.

    A kind counts by the logarithm of its pages, so that 20,000 near-identical pages do not drown 60 others.
    """

    kinds: dict[Kind, OfKind] = field(factory=dict)

    def add(self, kind: Kind, weight: float, score: float) -> None:
        one = self.kinds.get(kind)
        if one is None:
            one = self.kinds[kind] = OfKind()
        one.pages += 1
        one.weight += weight
        one.earned += weight * score

    def shares(self) -> Mapping[Kind, float]:
        """The share of each kind; they add up to 1."""
        counted = {
            kind: tables.KIND_WEIGHTS[kind] * math.log2(1 + one.pages) for kind, one in self.kinds.items() if one.weight
        }
        whole = sum(counted.values())
        return {kind: part / whole for kind, part in counted.items() if part} if whole else {}

    @property
    def value(self) -> float | None:
        shares = self.shares()
        return sum(share * self.kinds[kind].mean for kind, share in shares.items()) if shares else None

    def gain(self, kind: Kind, weighted: float, shares: Mapping[Kind, float] | None = None) -> float:
        """What the value rises when pages of *kind* gain *weighted* points in sum (points x prominence).

        *shares*: those of :meth:`shares`, for who asks often.
        """
        share = (self.shares() if shares is None else shares).get(kind, 0.0)
        return share * weighted / self.kinds[kind].weight if share else 0.0


def page_share(tactic: Tactic, site_weight: float) -> float:
    """What the pages decide of a tactic; the checks of the site decide less where they weigh little in sum.

    So one small check, an old year in the footer, does not decide half of a tactic by itself.
    """
    return 1 - (1 - tables.PAGE_SHARE[tactic]) * min(1.0, site_weight / tables.FULL_WEIGHT)


def mix(tactic: Tactic, pages: float | None, site: float | None, site_weight: float) -> float | None:
    """One tactic from what its pages and what the site's checks say; an empty side leaves all to the other."""
    if pages is None or site is None:
        return pages if site is None else site
    share = page_share(tactic, site_weight)
    return share * pages + (1 - share) * site


@frozen(kw_only=True)
class Term:
    """One tactic's part in the site score; the points of all add up to the score before any cap."""

    tactic: Tactic
    score: float
    share: float
    """Of the site score, 0–1."""

    @property
    def points(self) -> float:
        return self.score * self.share


def terms(
    scores: Mapping[Tactic, float | None], weights: Mapping[str, float], judged: Mapping[Tactic, float] | None = None
) -> tuple[Term, ...]:
    """The tactics that have a score, with their shares.

    *judged* is the weight of the checks behind each score: as on a single page, a tactic of which the site
    shows little counts for less, so that one check on five pages cannot swing the whole.
    """
    damped = {
        tactic: weights.get(tactic, 0)
        * (1.0 if judged is None else min(1.0, judged.get(tactic, 0) / tables.FULL_WEIGHT))
        for tactic, score in scores.items()
        if score is not None
    }
    whole = sum(damped.values())
    return tuple(
        Term(tactic=tactic, score=scores[tactic] or 0.0, share=part / whole)
        for tactic, part in sorted(damped.items())
        if part
    )


@frozen(kw_only=True)
class Census:
    """The counts on which the ceilings of a site stand, over pages worth sharing."""

    pages: int = 0
    by_cap: Mapping[str, int] = field(factory=dict)
    """Pages held down by a blocker, by its check id."""
    without_tags: int = 0
    bots_shut_out: bool = False

    def ceilings(self) -> Iterator[tuple[int, str]]:
        """Each ceiling that holds, with the check that sets it."""
        if self.bots_shut_out:
            yield tables.BOTS_CAP, tables.BOTS_CHECK
        for check, pages in sorted(self.by_cap.items()):
            if pages > tables.HALF * self.pages:
                yield tables.HALF_CAP, check
        if self.pages and self.without_tags > tables.NO_TAGS * self.pages:
            yield tables.NO_TAGS_CAP, tables.NO_TAGS_CHECK


@frozen(kw_only=True)
class SiteScore:
    """The score of the site and how it came about."""

    site: float | None
    uncapped: float | None
    cap: str | None
    ceiling: int | None
    terms: tuple[Term, ...]


def score_site(
    scores: Mapping[Tactic, float | None],
    weights: Mapping[str, float],
    census: Census,
    judged: Mapping[Tactic, float] | None = None,
) -> SiteScore:
    found = terms(scores, weights, judged)
    uncapped = sum(term.points for term in found) if found else None
    ceiling, cap = min(census.ceilings(), default=(None, None))
    return SiteScore(site=capped(uncapped, ceiling), uncapped=uncapped, cap=cap, ceiling=ceiling, terms=found)


def priority(gain: float, *, mean_inlinks: float, effort: int) -> float:
    """What to mend first: points to gain, times reach, by effort."""
    return gain * (1 + math.log10(1 + mean_inlinks / 100)) / effort


def effort(*, affected: int, of_kind: int, same_everywhere: bool = False) -> int:
    """1 = one template, 2 = a field on few pages, 3 = a field on many."""
    if same_everywhere or (of_kind > 1 and affected >= tables.TEMPLATE_SHARE * of_kind):
        return tables.EFFORT_TEMPLATE
    return tables.EFFORT_FEW if affected <= tables.FEW_PAGES else tables.EFFORT_MANY


def mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
