"""What a crawl notes about itself, in the language of the report.

Notes are stored as English sentences with their numbers, made from the templates below; a sentence that fits none of them,
as that of a plugin, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter

from smocrawl.report.catalogue import spoken
from smocrawl.report.language import Language


def N_(text: str) -> str:  # noqa: N802 - the name that marks a text for translation
    return text


TEMPLATES = (
    N_("The crawl was told to read {limit:,} pages; {number:,} more addresses were found and not asked."),
    N_(
        "{number:,} addresses like {what} were not asked: those that were go on without end, repeat each other or are gone."
    ),
    N_("{number:,} addresses were not asked: {what}."),
    N_("{number:,} more addresses of {kinds} other endless kinds were not asked."),
    N_(
        "{number:,} share pictures were read by their first 64 kB alone, being more than SMO_WHOLE_IMAGES or larger than 5 MB:"
        " the report cannot show them, nor tell whether they look like others."
    ),
    N_(
        "{taken:,} of {pages:,} pages were as in the crawl of {when}: what they say was taken over from there and judged by"
        " today's rules (-a full=1 reads everything anew)."
    ),
    N_("{number:,} look-ups (-a probes=…) were not made: the time for them was over."),
    N_("{number:,} of the pages that were to be read after their scripts could not be; the first: {reason}."),
    N_("{number:,} more pages were to be read after their scripts; the browser failed, or the time for it was over."),
    N_("{number:,} stored pages cannot be read and were not judged; a new crawl reads them again (-a fresh=1)."),
    N_(
        "These are the pages that the spider {spider} downloaded, as it asked for them. Nothing was asked besides: pictures,"
        " link targets and other files are only measured where the spider downloaded them itself."
    ),
    N_(
        "Pages that came out of a browser, after their scripts: {number:,}. The networks' bots, which run none, may see less."
    ),
    N_("Pages that came out of the spider's HTTP cache: {number:,}. They may be older than this run."),
    N_(
        "Pages that were not audited, because they came faster than they could be read: {number:,}"
        " (SMO_WORKERS, SMO_CLOSE_SECONDS)."
    ),
)
"""Word for word those of the crawl; a test compares them."""


def in_words(note: str, language: Language) -> str:
    """One note of a crawl in *language*."""
    for template, pattern in _patterns().items():
        if found := pattern.fullmatch(note):
            return language.gettext(template).format_map(spoken(_values(found), language))
    return note


def _values(found: re.Match[str]) -> Mapping[str, object]:
    """Numbers as numbers, so that they are written the language's own way."""
    return {
        name: int(text.replace(",", "")) if re.fullmatch(r"[\d,]+", text) else text
        for name, text in found.groupdict().items()
    }


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """The longer templates first: the plain ones fit what others say more exactly."""
    return {one: re.compile("".join(_parts(one))) for one in sorted(TEMPLATES, key=len, reverse=True)}


def _parts(template: str) -> Iterator[str]:
    for literal, name, form, _ in Formatter().parse(template):
        yield re.escape(literal)
        if name:
            yield f"(?P<{name}>[0-9,]+)" if form else f"(?P<{name}>.+?)"
