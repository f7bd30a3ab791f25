"""What a crawl notes about itself, in the language of the report.

Notes are stored as English sentences with their numbers, made from the templates below; a sentence that fits none of them,
as that of a plugin, stays as it is.  The reasons that such a sentence gives are texts of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
    N_("Addresses that were not asked: {number:,} ({what})."),
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
    N_(
        "The pages were read from the folder {folder}, as they will stand at {address}: what a server does with them"
        " (speed, certificate, redirects and headers other than those in _redirects and _headers) was not seen."
    ),
    N_("{number:,} addresses outside the folder were not asked; -a outside=1 asks them."),
    N_("{number:,} pages of the folder were not read, for nothing leads to them: {some}."),
    N_("robots.txt of {host} asks for {asked:g} seconds between two requests; we kept {kept:g}."),
    N_("{number:,} pages: {why}."),
    N_("{number:,} page: {why}."),
    N_("robots.txt forbids our crawler to read {home}. For your own site: -a ignore_robots=1"),
    N_(
        "{home} answers {status}: it asks for a password (SMO_AUTH=user:password in the environment). Allow this user agent: {agent}"
    ),
    N_("{home} answers {status}: the site refuses our crawler. Allow this user agent: {agent}"),
    N_("{home} answers {status}: the site asks us to slow down. Allow this user agent: {agent}"),
    N_("{home} answers {status}: the site is not available, or refuses our crawler. Allow this user agent: {agent}"),
    N_("{home} answers {status} (the server has a fault)."),
    N_("{home} answers {status}: there is no home page."),
    N_("{home} answered, but could not be read: {why}."),
    N_("{home} is empty."),
    N_("The webhook was not told: {why}."),
    N_("The mail was not sent: {why}."),
    N_("{home} is not HTML but {type}."),
    N_("{home} is {wall} instead of the page. Allow this user agent: {agent}"),
    N_(
        "{home} is drawn wholly by scripts: without them it holds no text and no links, and no network's bot runs them."
    ),
)
"""Word for word those of the crawl; tests compare them."""

REASONS = (
    N_("folders that repeat themselves"),
    N_("more than {number:,} clicks from the home page"),
    N_("more than {number:,} folders"),
    N_("answered {number:,}"),
    N_("connection lost after {number:,} bytes"),
    N_("no answer"),
    N_("timeout after {number:,} bytes"),
    N_("connection refused"),
    N_("connection lost"),
    N_("cannot connect"),
    N_("too large"),
    N_("dns: the name does not resolve"),
    N_("proxy: it opened no tunnel to the host"),
    N_("tls: self-signed certificate"),
    N_("tls: certificate expired"),
    N_("tls: certificate for another host"),
    N_("tls: certificate of an unknown issuer"),
    N_("tls: certificate that names no host"),
    N_("tls: certificate cannot be verified"),
    N_("a login page"),
    N_("a consent page"),
    N_("an age gate"),
    N_("a challenge that tells people from robots"),
    N_("a wall"),
    N_("something without a type"),
)
"""What may stand in those sentences, and behind an address that did not answer."""

COUNT = re.compile(r"[\d,]+")
PLACED = {"home": r"https?://\S+?", "status": r"\d{3}"}
"""What a name of a template stands for, where that is less than any text."""


def in_words(note: str, language: Language) -> str:
    """One note of a crawl in *language*."""
    return _told(note, TEMPLATES, language)


def reason_in_words(reason: str, language: Language) -> str:
    """Why an address was not read, in *language*."""
    return _told(reason, REASONS, language)


def _told(said: str, templates: Sequence[str], language: Language) -> str:
    for template, pattern in _patterns(templates).items():
        if found := pattern.fullmatch(said):
            return language.gettext(template).format_map(spoken(_values(found, language), language))
    return said


def _values(found: re.Match[str], language: Language) -> Mapping[str, object]:
    """Numbers as numbers, so that they are written the language's own way; reasons in its words."""
    return {
        name: int(text.replace(",", ""))
        if name not in PLACED and COUNT.fullmatch(text)
        else _word(name, text, language)
        for name, text in found.groupdict().items()
    }


def _word(name: str, text: str, language: Language) -> str:
    return text if name in PLACED else reason_in_words(text, language)


@cache
def _patterns(templates: Sequence[str]) -> Mapping[str, re.Pattern[str]]:
    """The longer templates first: the plain ones fit what others say more exactly."""
    return {one: re.compile("".join(_parts(one))) for one in sorted(templates, key=len, reverse=True)}


def _parts(template: str) -> Iterator[str]:
    for literal, name, form, _ in Formatter().parse(template):
        yield re.escape(literal)
        if name:
            yield f"(?P<{name}>{PLACED.get(name, '[0-9,]+' if form == ',' else '.+?')})"
