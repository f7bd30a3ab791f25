"""What the report says of a check: its title, its sentences, who mends it."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from attrs import field, frozen

from smocrawl import registry
from smocrawl.checks.base import SUPPRESSED, Declaration, Outcome
from smocrawl.report.language import Language
from smocrawl.report.safe import cut, readable

logger = logging.getLogger(__name__)

ITEMS_SHOWN = 3
"""Items of a list that a sentence names before it says how many more there are."""


DATES = frozenset({"closed", "date", "modified", "published", "changed", "one", "other"})
"""Evidence that is a date: told as people write dates.  What a page was found to say (``found``) stays as it is."""


@frozen
class Catalogue:
    """Every check and platform that the report may have to name."""

    checks: Mapping[str, Declaration]
    platforms: Mapping[str, Any] = field(factory=dict)

    def get(self, check: str) -> Declaration | None:
        return self.checks.get(check)

    def title(self, check: str, language: Language) -> str:
        """The failing state in one line; of a check that is not installed any more, its id in plain letters."""
        known = self.checks.get(check)
        return language.gettext(known.title) if known else cut(check.replace("-", " ").capitalize(), 80)

    def sentence(self, check: str, outcome: str, evidence: Mapping[str, Any], language: Language) -> str:
        """What was found, with the numbers of this page."""
        known = self.checks.get(check)
        if known is None:
            return self.title(check, language)
        templates = dict.fromkeys((known.sentence(_told(outcome), evidence), known.says, known.warns))
        spoken = _Spoken(evidence, language)
        for template in templates:
            try:
                if template:
                    return cut(language.gettext(template).format_map(spoken))
            except (KeyError, IndexError, ValueError, TypeError, AttributeError):
                # A fix keeps the evidence of failures and warnings alike: the other sentence may fit.
                continue
        _misfit(check, ", ".join(map(str, evidence)))
        return language.gettext(known.title)


@cache
def _misfit(check: str, names: str) -> None:
    """Told once, however many pages it concerns."""
    logger.warning("No sentence of %s fits its evidence: %s", check, names)


class _Spoken(dict[str, Any]):
    """Evidence as sentences name it: lists joined, texts cut, numbers left for their format."""

    def __init__(self, evidence: Mapping[str, Any], language: Language) -> None:
        super().__init__(evidence)
        self.language = language

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if isinstance(value, bool) or value is None:
            said = (self.language.gettext("no"), self.language.gettext("yes"))
            return _Word("–" if value is None else said[value])
        if isinstance(value, int | float):
            return _Number(value, self.language)
        if isinstance(value, list | tuple):
            return _Word(self._several(value))
        if name in DATES and (when := _moment(value)):
            return _Word(self.language.date(when))
        return _Word(self.language.isolated(cut(readable(str(value)), 200)))

    def _several(self, values: list[Any] | tuple[Any, ...]) -> str:
        shown = [self.language.isolated(cut(readable(str(value)), 80)) for value in values[:ITEMS_SHOWN]]
        if len(values) > ITEMS_SHOWN:
            shown.append(self.language.ngettext("{n} more", "{n} more", len(values) - ITEMS_SHOWN))
        return self.language.listed(shown)


def spoken(values: Mapping[str, Any], language: Language) -> Mapping[str, Any]:
    """*values* as a sentence of *language* names them."""
    return _Spoken(values, language)


def _moment(text: Any) -> datetime | None:
    """The moment that an ISO 8601 date names; None where *text* is less, or something else."""
    try:
        return datetime.fromisoformat(text) if isinstance(text, str) and text[4:5] == "-" else None
    except ValueError:
        return None


class _Word(str):
    """A text that stands any number format: a page may have given words where a number was meant."""

    __slots__ = ()

    def __format__(self, wanted: str) -> str:
        return str(self)


class _Number:
    """A number that a sentence's own format writes, with the separators of the language."""

    __slots__ = ("language", "value")

    def __init__(self, value: float, language: Language) -> None:
        self.value = value
        self.language = language

    def __format__(self, wanted: str) -> str:
        return self.language.separated(format(self.value, wanted))

    def __str__(self) -> str:
        return self.language.separated(str(self.value))


@cache
def installed() -> Catalogue:
    """The checks and platforms of the registry."""
    return Catalogue(dict(_declarations()), dict(registry.all_platforms()))


def texts(checks: Mapping[str, Declaration]) -> Iterator[str]:
    """Everything that checks say in words, as a catalogue of texts holds it."""
    for known in checks.values():
        said = (known.title, known.says, known.warns, *known.causes.values(), known.why, known.fix, known.accept)
        yield from (text for text in said if text)


def _declarations() -> Iterator[tuple[str, Declaration]]:
    yield from registry.all_checks().items()
    yield from registry.all_site_checks().items()


def _told(outcome: str) -> Outcome:
    """An accepted finding is told as what it would be."""
    return Outcome.FAILED if outcome == SUPPRESSED else Outcome(outcome)
