"""Judges one page: its cards, the outcome of every check, its findings and its score."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from attrs import define, evolve, field, frozen

from smocrawl import audience, extract, registry
from smocrawl.checks import thresholds
from smocrawl.checks.base import Applies, Audience, Check, Context, Finding, Outcome, Reason, Said, Suppression
from smocrawl.extract import garbage
from smocrawl.page import Page
from smocrawl.platforms.base import Card, Nothing, Platform
from smocrawl.platforms.preview import draw
from smocrawl.platforms.searching import Seen
from smocrawl.scoring import Judged, PageScore, judged, score_page, tables

logger = logging.getLogger(__name__)
CHECKS = 1_024
"""Checks whose answer for pages to which they do not apply is kept at hand."""

BLOCKED, FAULT = "blocked", "error"
"""Codes of a :class:`Nothing` whose cause is robots.txt, and a fault of ours."""


@frozen(kw_only=True)
class Review:
    """Everything that can be said of one page."""

    page: Page
    cards: Mapping[str, Card | None] = field(factory=dict)
    """What each platform draws, by its id; None = nothing, see ``nothing``."""
    nothing: Mapping[str, Nothing] = field(factory=dict)
    outcomes: Mapping[str, Outcome] = field(factory=dict)
    """By check id."""
    reasons: Mapping[str, Reason] = field(factory=dict)
    """Why a check is not measured, by its id."""
    findings: tuple[Finding, ...] = ()
    score: PageScore = field(factory=PageScore)


def review(url: str, body: bytes, headers: Mapping[str, str] | None = None, status: int = 200) -> Review:
    """Everything that one response says, without the network."""
    return judge(extract.read_page(url, body, headers=headers, status=status))


@garbage.put_off
def judge(page: Page, context: Context | None = None) -> Review:
    """What *page* is worth, as far as *context* tells what lies outside it."""
    context = _whole(context or Context())
    known: dict[Applies, bool] = {}
    with thresholds.changed(context.audience.thresholds):
        asked = [_ask(check, page, context, known) for check in registry.all_checks().values()]
    return _reviewed(page, context, asked)


def _reviewed(page: Page, context: Context, asked: list[_Asked]) -> Review:
    seen, platforms = Seen(page), registry.all_platforms()
    drawn = {name: _draw(platform, seen, context) for name, platform in platforms.items()}
    nothing = {name: card for name, card in drawn.items() if isinstance(card, Nothing)}
    return Review(
        page=page,
        cards={name: card if isinstance(card, Card) else None for name, card in drawn.items()},
        nothing=nothing,
        outcomes={one.check.id: one.outcome for one in asked},
        reasons={one.check.id: one.reason for one in asked if one.reason},
        findings=tuple(finding for one in asked if one.said for finding in one.findings(page.url)),
        score=score_page(
            [one.judged for one in asked],
            context.audience.weights,
            platforms=drawn,
            blocked={name for name, why in nothing.items() if why.code == BLOCKED},
            ceilings={
                name: ceiling
                for name, card in drawn.items()
                if (ceiling := _ceiling(platforms[name], card)) is not None
            },
        )
        # A file that is no page (a PDF, a picture) is neither good nor bad to share.
        if page.is_html
        else PageScore(),
    )


def _whole(context: Context) -> Context:
    """With the weights of the general profile where the audience names none."""
    if context.audience.weights:
        return context
    return evolve(context, audience=evolve(context.audience, weights=_general().weights))


@cache
def _general() -> Audience:
    return audience.load()


@define(eq=False)
class _Asked:
    """One check's answer."""

    check: Check
    outcome: Outcome
    said: tuple[Said, ...] = ()
    suppression: Suppression | None = None

    @property
    def reason(self) -> Reason | None:
        if self.outcome is not Outcome.NOT_MEASURED:
            return None
        return next((one.reason for one in self.said if one.reason), Reason.ERROR)

    @property
    def judged(self) -> Judged:
        if not self.said:
            return judged(self.check, self.outcome, None)
        raised = (one.severity for one in self.said if one.outcome is self.outcome and one.severity)
        return judged(self.check, self.outcome, next(raised, None))

    def findings(self, url: str) -> Iterator[Finding]:
        for one in self.said:
            if one.outcome in (Outcome.FAILED, Outcome.WARNED):
                yield Finding(
                    check=self.check.id,
                    outcome=one.outcome,
                    severity=one.severity or self.check.severity,
                    url=url,
                    evidence=one.evidence,
                    suppressed=self.suppression is not None,
                    accepted=self.suppression.why if self.suppression else "",
                )


def _ask(check: Check, page: Page, context: Context, known: dict[Applies, bool]) -> _Asked:
    """*known*: what has been found out about to whom checks apply; many share one condition."""
    try:
        if not check.is_for(page):
            return _not_asked(check)
        if (fits := known.get(check.applies)) is None:
            fits = known[check.applies] = check.applies(page, context)
        if not fits:
            return _not_asked(check)
        outcome, said = check.judged(page, context)
        if context.rendered is not None and any(one.reason is Reason.SCRIPT for one in said):
            # What only shows after scripts is judged where it shows.
            outcome, said = check(context.rendered, context)
    except Exception:  # noqa: BLE001 - a fault of one check (ours or a plugin's) costs its answer, never the page
        _tell("Check", check.id, "judge", page.url)
        return _Asked(check, Outcome.NOT_MEASURED, (Said(Outcome.NOT_MEASURED, reason=Reason.ERROR),))
    if outcome in (Outcome.FAILED, Outcome.WARNED) and (
        accepted := context.audience.suppression(check.id, page.url, page.kind)
    ):
        return _Asked(check, Outcome.NOT_APPLICABLE, said, accepted)
    return _Asked(check, outcome, said)


@lru_cache(CHECKS)
def _not_asked(check: Check) -> _Asked:
    """One answer for all pages to which it does not apply, as most do not."""
    return _Asked(check, Outcome.NOT_APPLICABLE)


def _draw(platform: Platform, seen: Seen, context: Context) -> Card | Nothing:
    try:
        access = context.access.get(platform.bot.name)
        return draw(platform, seen.page, images=context.images, resources=context.resources, access=access, seen=seen)
    except Exception:  # noqa: BLE001 - the same
        _tell("Platform", platform.id, "draw", seen.page.url)
        return Nothing(platform=platform.id, code=FAULT)


def _ceiling(platform: Platform, card: Card | Nothing) -> int | None:
    """What the card itself says of readiness: good tags help nobody where no card or no picture is shown."""
    if isinstance(card, Nothing):
        return None if card.code == FAULT else tables.NO_CARD
    if card.image is None and platform.image:
        return tables.NO_PICTURE
    if "image" in card.taken and "<img>" in card.taken["image"].place:
        # Some picture that stands on the page, not the one that its author chose for sharing.
        return tables.NO_PICTURE
    return None


_told: set[tuple[str, str]] = set()


def _tell(what: str, name: str, verb: str, url: str) -> None:
    """A fault with its trace the first time, then in one line: it may strike on every page of a large site."""
    first = (what, name) not in _told
    _told.add((what, name))
    logger.error("%s %s could not %s %s", what, name, verb, url, exc_info=first)
