"""The words of a report for kinds, tactics, severities, platforms and bands."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from smocrawl.checks.base import Reason, Severity, Tactic
from smocrawl.page import Kind
from smocrawl.report.language import Language
from smocrawl.scoring import grade

SEVERITIES = tuple(severity.value for severity in Severity)
"""From the gravest to the mildest."""

BANDS = ("ready", "partial", "poor", "blocked")


@frozen
class Words:
    """Looked up in one language."""

    language: Language

    def kind(self, kind: str) -> str:
        return self._kinds().get(kind, kind)

    def kind_alone(self, kind: str) -> str:
        """As it stands at the head of a column; of several words only the first changes, as German nouns have capitals."""
        word = self.kind(kind)
        return word[:1].upper() + word[1:]

    def kinds(self, kind: str, number: int) -> str:
        """``450 products``: a number of pages of one kind."""
        one, many = self._counted().get(kind, ("{n} page", "{n} pages"))
        return self.language.ngettext(one, many, number)

    def _kinds(self) -> Mapping[str, str]:
        _ = self.language.gettext
        return {
            Kind.HOME: _("home page"), Kind.PRODUCT: _("product"), Kind.ARTICLE: _("article"), Kind.VIDEO: _("video"),
            Kind.EVENT: _("event"), Kind.PROFILE: _("profile"), Kind.FORUM: _("forum thread"), Kind.DOCS: _("guide"),
            Kind.LISTING: _("listing"), Kind.LANDING: _("landing page"), Kind.LEGAL: _("legal page"),
            Kind.UTILITY: _("utility page"), Kind.OTHER: _("other page"),
        }  # fmt: skip

    def _counted(self) -> Mapping[str, tuple[str, str]]:
        def N(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - the name that marks both forms for translation
            return one, many

        return {
            Kind.HOME: N("{n} home page", "{n} home pages"), Kind.PRODUCT: N("{n} product", "{n} products"),
            Kind.ARTICLE: N("{n} article", "{n} articles"), Kind.VIDEO: N("{n} video", "{n} videos"),
            Kind.EVENT: N("{n} event", "{n} events"), Kind.PROFILE: N("{n} profile", "{n} profiles"),
            Kind.FORUM: N("{n} thread", "{n} threads"), Kind.DOCS: N("{n} guide", "{n} guides"),
            Kind.LISTING: N("{n} listing", "{n} listings"), Kind.LANDING: N("{n} landing page", "{n} landing pages"),
            Kind.LEGAL: N("{n} legal page", "{n} legal pages"), Kind.UTILITY: N("{n} utility page", "{n} utility pages"),
            Kind.OTHER: N("{n} other page", "{n} other pages"),
        }  # fmt: skip

    def tactic(self, tactic: str) -> str:
        _ = self.language.gettext
        names = {
            Tactic.T1: _("Easy to link to"), Tactic.T2: _("Easy to save and tag"), Tactic.T3: _("Easy to share"),
            Tactic.T4: _("Genuine information"), Tactic.T5: _("Credit to people"), Tactic.T6: _("Up to date"),
            Tactic.T7: _("Accounts linked"), Tactic.T8: _("Fits the audience"), Tactic.T9: _("Original and fresh"),
        }  # fmt: skip
        return names.get(Tactic(tactic), tactic)

    def question(self, tactic: str) -> str:
        """What a tactic asks of the site."""
        _ = self.language.gettext
        return {
            Tactic.T1: _("Has everything worth linking one clean address that works?"),
            Tactic.T2: _("Can a reader or a feed app pick it up and file it?"),
            Tactic.T3: _("Does a pasted link turn into a correct card, and is sharing one tap away?"),
            Tactic.T4: _("Is what the card promises complete and true?"),
            Tactic.T5: _("Do authors and helpers get credit that people and programs can see?"),
            Tactic.T6: _("Do all dates agree, and is nothing dead or expired on show?"),
            Tactic.T7: _("Are your own accounts linked, alive and the same everywhere?"),
            Tactic.T8: _("Do networks and languages fit the people the site is for?"),
            Tactic.T9: _("Is each preview and text its own, and does new work appear?"),
        }[Tactic(tactic)]

    def severity(self, severity: str) -> str:
        _ = self.language.gettext
        return {
            Severity.BLOCKER: _("Blocker"), Severity.CRITICAL: _("Critical"), Severity.HIGH: _("High"),
            Severity.MEDIUM: _("Medium"), Severity.LOW: _("Low"), Severity.INFO: _("Note"),
        }.get(Severity(severity), severity)  # fmt: skip

    def band(self, band: str) -> str:
        _ = self.language.gettext
        return {"ready": _("Ready"), "partial": _("Partial"), "poor": _("Poor"), "blocked": _("Blocked")}.get(
            band, band
        )

    def grade(self, score: float | None) -> str:
        """The word for a score, by the bands of the score's own table."""
        _ = self.language.gettext
        words = {
            "excellent": _("excellent"), "good": _("good"), "fair": _("fair"), "weak": _("weak"), "poor": _("poor"),
        }  # fmt: skip
        if score is None:
            return _("no score")
        return words[grade(round(score))]

    def effort(self, effort: int) -> str:
        _ = self.language.gettext
        return {1: _("Small"), 2: _("Medium"), 3: _("Large")}.get(effort, _("Large"))

    def owner(self, owner: str) -> str:
        _ = self.language.gettext
        names = {"editor": _("Editor"), "developer": _("Developer"), "administrator": _("Administrator")}
        return names.get(owner, owner)

    def evidence(self, grade: str) -> str:
        """What a grade of evidence means."""
        _ = self.language.gettext
        return {
            "A": _("written by the platform or a standard"),
            "B": _("read in the source code of a program that draws cards"),
            "C": _("measured by third parties"),
            "D": _("our own judgement"),
        }.get(grade, grade)

    def reason(self, reason: str) -> str:
        _ = self.language.gettext
        return {
            Reason.OFF: _("they need extra look-ups, which were not switched on for this crawl"),
            Reason.ERROR: _("this crawl did not show enough to decide them"),
            Reason.UNREACHABLE: _("the file that they are about could not be loaded"),
            Reason.SCRIPT: _("scripts draw what they are about, and this crawl ran none"),
        }.get(Reason(reason), reason)
