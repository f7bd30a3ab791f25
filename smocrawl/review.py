"""Judges one page: its cards, the outcome of every check, its findings and its score."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from attrs import define, evolve, field, frozen

from smocrawl import audience, extract, garbage, registry
from smocrawl.checks import thresholds
from smocrawl.checks.base import Applies, Audience, Check, Context, Finding, Outcome, Reason, Said, Suppression
from smocrawl.page import Kind, Page
from smocrawl.platforms.base import Card, Nothing, Platform
from smocrawl.platforms.preview import draw
from smocrawl.platforms.searching import Seen
from smocrawl.scoring import Judged, PageScore, judged, score_page, tables

logger = logging.getLogger(__name__)
SETS = 4
"""Sets of checks that are kept sorted: a process knows one, tests some more."""

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
    with thresholds.changed(context.audience.thresholds):
        asked = _asked(page, context)
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
        reasons={one.check.id: reason for one in asked if (reason := one.reason)},
        findings=tuple(finding for one in asked if one.said for finding in one.findings(page.url)),
        score=score_page(
            # Who does not apply neither counts nor lacks.
            [one.judged for one in asked if one.outcome is not Outcome.NOT_APPLICABLE],
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


@frozen(eq=False)
class _Alike:
    """Checks that apply to the same pages: asked once whether they do."""

    kinds: tuple[Kind, ...]
    applies: Applies
    checks: list[tuple[int, Check, _Asked]] = field(factory=list)
    """Place among all checks, the check, and what it says where all is well."""


@lru_cache(SETS)
def _sorted(checks: tuple[Check, ...]) -> tuple[list[_Asked], list[_Alike]]:
    """What all say of a page to which none applies, as most do not, and the checks by what they are for."""
    alike: dict[tuple[tuple[Kind, ...], int], _Alike] = {}
    for place, check in enumerate(checks):
        kinds = tuple(check.kinds)
        group = alike.setdefault((kinds, id(check.applies)), _Alike(kinds, check.applies))
        group.checks.append((place, check, _Asked(check, Outcome.PASSED)))
    return [_Asked(check, Outcome.NOT_APPLICABLE) for check in checks], list(alike.values())


def _asked(page: Page, context: Context) -> list[_Asked]:
    """The answer of each check, in the order in which they are registered."""
    nothing, groups = _sorted(tuple(registry.all_checks().values()))
    answers = nothing.copy()
    for group in groups:
        if group.kinds and page.kind not in group.kinds:
            continue
        try:
            if not group.applies(page, context):
                continue
        except Exception:  # noqa: BLE001 - a fault of one check (ours or a plugin's) costs its answer, never the page
            for place, check, _ in group.checks:
                answers[place] = _fault(check, page)
            continue
        for place, check, passed in group.checks:
            answers[place] = _ask(check, page, context, passed)
    return answers


def _ask(check: Check, page: Page, context: Context, passed: _Asked) -> _Asked:
    """The answer of a check that applies; *passed* where it has nothing to say."""
    try:
        outcome, said = check.judged(page, context)
        if context.rendered is not None and any(one.reason is Reason.SCRIPT for one in said):
            # What only shows after scripts is judged where it shows.
            outcome, said = check(context.rendered, context)
    except Exception:  # noqa: BLE001 - the same
        return _fault(check, page)
    if not said and outcome is Outcome.PASSED:
        return passed
    if outcome in (Outcome.FAILED, Outcome.WARNED) and (
        accepted := context.audience.suppression(check.id, page.url, page.kind)
    ):
        return _Asked(check, Outcome.NOT_APPLICABLE, said, accepted)
    return _Asked(check, outcome, said)


def _fault(check: Check, page: Page) -> _Asked:
    _tell("Check", check.id, "judge", page.url)
    return _Asked(check, Outcome.NOT_MEASURED, (Said(Outcome.NOT_MEASURED, reason=Reason.ERROR),))


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
