"""Whether a page is ready to be shared, as an assertion whose failure one can read."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator

from smocrawl.checks.base import Finding, Outcome, Severity
from smocrawl.history.wording import sentence
from smocrawl.registry import all_checks
from smocrawl.review import Review

GRAVITY = tuple(Severity)
"""The gravest first."""


class NotReady(AssertionError):  # noqa: N818 - what it says of the page
    """The page has findings that the test does not accept; the text names each with its fix."""

    def __init__(self, text: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(text)
        self.findings = findings


NotReady.__module__ = "smocrawl.testing"
"""Where its users know it from, and shorter in what a failing test prints."""


def assert_ready(
    review: Review, *, severity: str = "high", checks: Collection[str] = (), ignore: Collection[str] = (),
    warnings: bool = False, score: float | None = None,
) -> Review:  # fmt: skip
    """Raises :class:`NotReady` where a check of *severity* or worse failed, or the page's score is below *score*.

    *checks*: these alone, whatever their severity, and their warnings count too.  *ignore*: not these.  *warnings*:
    count warnings as well.  Ids that no check has are refused with :class:`ValueError`, so that none is misspelt.
    """
    __tracebackhide__ = True
    _known(checks, ignore)
    least = GRAVITY.index(_severity(severity))
    found = tuple(
        one
        for one in review.findings
        if not one.suppressed and one.check not in ignore
        and (
            one.check in checks
            if checks
            else GRAVITY.index(one.severity) <= least and (warnings or one.outcome is Outcome.FAILED)
        )
    )  # fmt: skip
    below = score is not None and (review.score.page or 0) < score
    if found or below:
        raise NotReady(text_of(review, found, score if below else None), found)
    return review


def _severity(name: str) -> Severity:
    try:
        return Severity(name)
    except ValueError:
        raise ValueError(f"There is no severity {name!r}; known are {', '.join(Severity)}.") from None


def _known(*given: Collection[str]) -> None:
    for names in given:
        if isinstance(names, str):
            raise TypeError(f"A list of check ids is wanted, not the text {names!r}.")
        for name in names:
            if name not in all_checks():
                raise ValueError(f"There is no page check {name!r}; docs/checks/ lists them.")


def text_of(review: Review, findings: tuple[Finding, ...], wanted: float | None = None) -> str:
    """What a failing test prints."""
    return "\n".join(_lines(review, findings, wanted))


def _lines(review: Review, findings: tuple[Finding, ...], wanted: float | None) -> Iterator[str]:
    score = review.score.page
    told = "no score" if score is None else f"score {score:.0f} of 100"
    if wanted is not None:
        told += f", {wanted:g} wanted"
    number = f"{len(findings)} finding{'' if len(findings) == 1 else 's'}"
    yield f"{review.page.url} is not ready to be shared: {number}, {told}."
    for finding in sorted(findings, key=lambda one: (GRAVITY.index(one.severity), one.check)):
        check = all_checks()[finding.check]
        yield ""
        yield f"{finding.check} ({finding.severity}, {finding.outcome}): {sentence(finding.check, finding.outcome, finding.evidence)}"
        yield textwrap.fill(f"Fix: {check.fix}", width=110, initial_indent="    ", subsequent_indent="    ")
