"""The language of a report: its texts, and the way it writes numbers and dates."""

from __future__ import annotations

import gettext as catalogues
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from attrs import field, frozen

FOLDER = Path(__file__).parent / "locale"
DOMAIN, CHECKS = "smocrawl", "checks"
"""Catalogues of the report's own texts, and of what checks say."""

SEPARATORS = {"en": (",", "."), "de": (".", ",")}
"""Between thousands, and before decimals; English where a language is not named."""

MINUS = "−"

LEFT_MARK = "\u200e"
"""Makes what has no direction of its own, such as a sign or a slash, read from left to right (Unicode, annex 9)."""

LEFT_TO_RIGHT = re.compile(r"[A-Za-z0-9/#?@+−-]")
"""How a text begins that is no sentence of a language from right to left."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose usual script runs from right to left (Unicode CLDR, layout orientation)."""


@frozen
class Language:
    """Texts by gettext; the English text is the message id."""

    code: str = "en"
    texts: catalogues.NullTranslations = field(factory=catalogues.NullTranslations, repr=False)
    _known: dict[str, str] = field(factory=dict, repr=False, eq=False, init=False)
    """What was looked up: some hundred texts are asked for a hundred thousand times, through two catalogues."""

    @property
    def direction(self) -> str:
        """``rtl`` where the language is written from right to left, else ``ltr``."""
        return "rtl" if self.code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"

    def gettext(self, text: str) -> str:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = self.texts.gettext(text) if text else ""
        return found

    def ngettext(self, one: str, many: str, number: int, **fields: object) -> str:
        """The form for *number*, with ``{n}`` and the other *fields* filled in."""
        return self.texts.ngettext(one, many, number).format(n=self.number(number), **fields)

    def number(self, value: float, places: int = 0) -> str:
        text = self.separated(f"{abs(value):,.{places}f}")
        return self.isolated(f"{MINUS}{text}") if round(value, places) < 0 else text

    def isolated(self, text: str) -> str:
        """*text* that reads from left to right (a signed number, an address, 1200 × 630) as part of any sentence."""
        if self.direction == "ltr" or not LEFT_TO_RIGHT.match(text):
            return text
        return f"{LEFT_MARK}{text}{LEFT_MARK}"

    def separated(self, english: str) -> str:
        """A number written the English way, with this language's separators."""
        thousands, point = SEPARATORS.get(self.code, SEPARATORS["en"])
        return english.replace(",", "\0").replace(".", point).replace("\0", thousands)

    def signed(self, value: float, places: int = 0) -> str:
        return (
            self.isolated(f"+{self.number(value, places)}") if round(value, places) > 0 else self.number(value, places)
        )

    def date(self, moment: datetime | None) -> str:
        if moment is None:
            return self.gettext("unknown")
        return self.gettext("{day} {month} {year}").format(
            day=moment.day, month=self.months()[moment.month - 1], year=moment.year
        )

    def month(self, moment: datetime) -> str:
        return self.gettext("{month} {year}").format(month=self.months()[moment.month - 1], year=moment.year)

    def months(self) -> tuple[str, ...]:
        _ = self.gettext
        return (
            _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
            _("September"), _("October"), _("November"), _("December"),
        )  # fmt: skip

    def size(self, size: float) -> str:
        """Bytes as people say them."""
        if size < 1000:
            return self.gettext("{n} bytes").format(n=self.number(size))
        if size < 1_000_000:
            return self.gettext("{n} kB").format(n=self.number(size / 1000))
        return self.gettext("{n} MB").format(n=self.number(size / 1_000_000, 1))

    def listed(self, words: Sequence[str]) -> str:
        """``a``, ``a and b``, ``a, b and c``."""
        if len(words) < 2:
            return "".join(words)
        return self.gettext("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


@cache
def load(code: str = "en") -> Language:
    """The language *code*; a language without a catalogue speaks English."""
    texts = catalogues.translation(DOMAIN, FOLDER, [code], fallback=True)
    texts.add_fallback(catalogues.translation(CHECKS, FOLDER, [code], fallback=True))
    return Language(code, texts)


def available() -> tuple[str, ...]:
    return ("en", *sorted(folder.parent.parent.name for folder in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")))
