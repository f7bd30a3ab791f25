"""One page's review as text lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks.base import Finding, Outcome, Severity
from smocrawl.history import wording
from smocrawl.platforms.base import Card
from smocrawl.registry import all_platforms
from smocrawl.review import Review
from smocrawl.store.verdicts import to_json

SHOWN = ("title", "description", "image", "site_name")


def as_lines(review: Review, oembed_trouble: str | None = None) -> Iterator[str]:
    """Score, cards, findings: the worst first; before them, why the oEmbed answer that the page names was not read."""
    page, score = review.page, review.score
    yield f"{page.url}  ({page.status}, {page.kind.value}: {page.kind_evidence or 'no sign of another kind'})"
    number = "–" if score.page is None else f"{score.page:.0f}"
    yield f"Score {number} of 100, {score.coverage:.0%} of what applies could be measured"
    if score.cap:
        yield f"  held down by {score.cap}; without it {score.uncapped:.0f}"
    if oembed_trouble:
        yield f"The oEmbed answer that it names cannot be read: {oembed_trouble}. Cards are drawn without it."
    yield ""
    for platform, card in review.cards.items():
        name = getattr(all_platforms()[platform], "name", platform)
        if card is None:
            why = review.nothing.get(platform)
            yield f"{name}: no card ({why.code if why else 'nothing to draw'})"
            continue
        yield f"{name}: {card.layout} card"
        yield from _card(card)
    yield ""
    for finding in sorted(review.findings, key=_urgency):
        yield f"{finding.severity.value:8} {finding.outcome.value:6} {finding.check}: {sentence(finding)}"
    if not review.findings:
        yield "Nothing to mend."


def _card(card: Card) -> Iterator[str]:
    """Its values as they are seen, with the places they come from, and what is lost of them."""
    for field in SHOWN:
        if value := getattr(card, field):
            seen = card.shown[field].text if field in card.shown else value
            place = card.taken[field].place if field in card.taken else ""
            yield f"    {field}: {seen}" + (f"   [{place}]" if place else "")
    for one in card.verdicts:
        numbers = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in one.detail.items())
        yield f"    - {one.about} {one.code.replace('-', ' ')}" + (f" ({numbers})" if numbers else "")


def _urgency(finding: Finding) -> tuple[int, bool, str]:
    return list(Severity).index(finding.severity), finding.outcome is Outcome.WARNED, finding.check


def sentence(finding: Finding) -> str:
    """The finding in words, its evidence filled in."""
    return wording.sentence(finding.check, finding.outcome, finding.evidence)


def as_json(review: Review, oembed_trouble: str | None = None) -> str:
    return to_json(
        {
            "url": review.page.url,
            "status": review.page.status,
            "kind": review.page.kind,
            "score": review.score.page,
            "coverage": review.score.coverage,
            "cap": review.score.cap,
            "oembed_trouble": oembed_trouble,
            "tactics": review.score.tactics,
            "platforms": review.score.platforms,
            "cards": review.cards,
            "nothing": review.nothing,
            "outcomes": review.outcomes,
            "findings": [
                {
                    "check": finding.check,
                    "outcome": finding.outcome,
                    "severity": finding.severity,
                    "says": sentence(finding),
                    "evidence": finding.evidence,
                }
                for finding in review.findings
            ],
        }
    )
