"""On which terms the host lets us audit: its SMO_… settings, read once and checked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from attrs import field, frozen
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from smocrawl import audience
from smocrawl.checks.base import Audience
from smocrawl.spiders.opening import store_path
from smocrawl.workers import GIVING_WAY, default_number

CLOSE_SECONDS = 60
"""Seconds at the most for which pages that wait are still read when the host's spider has ended; the rest is put by."""

NOW, LATER = "now", "later"
"""When pages are read: beside the spider, or when a report is asked for."""

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


class TermsError(ValueError):
    """A setting that cannot be used; the text is the one line that the user sees."""


@frozen(kw_only=True)
class Terms:
    """What the host's settings ask of the audit."""

    places: Mapping[str, Any]
    """SMO_REPORTS and SMO_STORE, where they are given."""
    workers: int
    audience: Audience
    audience_name: str = "general"
    close_seconds: int = CLOSE_SECONDS
    later: bool = False
    """Pages are put by as they come, and read when a report is asked for."""
    niceness: int = GIVING_WAY
    """Of the workers: where there are too few cores for all, the host's own process comes first."""
    most_pages: int = field(default=1_000)
    """Pages that may wait to be read."""
    most_bytes: int = field(default=64 * 1024**2)
    """Bytes of them."""


def read_terms(settings: BaseSettings) -> Terms:
    """Raises :class:`TermsError`, :class:`smocrawl.audience.AudienceError` or ``ArgumentError``, each one clear line."""
    name = text(settings, "SMO_AUDIENCE", "general")
    score, later = wants_item_score(settings), reads_later(settings)
    if score and later:
        raise TermsError("SMO_READ=later leaves items without a score: with SMO_ITEM_SCORE=1 only SMO_READ=now goes.")
    terms = Terms(
        places={key: value for key in ("SMO_REPORTS", "SMO_STORE") if (value := text(settings, key))},
        workers=number(settings, "SMO_WORKERS", default_number()),
        audience=audience.load(name),
        audience_name=name,
        close_seconds=number(settings, "SMO_CLOSE_SECONDS", CLOSE_SECONDS),
        # Items that wait for their score wait for the workers.
        niceness=0 if score else GIVING_WAY,
        later=later,
    )
    store_path(terms.places, "domain")  # said now, not page by page
    return terms


def is_on(settings: BaseSettings) -> bool:
    return flag(settings, "SMO_ENABLED", default=True)


def wants_item_score(settings: BaseSettings) -> bool:
    return flag(settings, "SMO_ITEM_SCORE", default=False)


def reads_later(settings: BaseSettings) -> bool:
    said = text(settings, "SMO_READ", NOW).lower()
    if said not in (NOW, LATER):
        raise TermsError(f"SMO_READ={said!r}: say {NOW} or {LATER}.")
    return said == LATER


def text(settings: BaseSettings, name: str, default: str = "") -> str:
    """``-s`` and the spider's own settings, then SMO_… of the environment, then the project's."""
    value = settings.get(name)
    if (settings.getpriority(name) or 0) <= SETTINGS_PRIORITIES["project"]:
        value = os.environ.get(name, value)
    return str(value).strip() if value not in (None, "") else default


def number(settings: BaseSettings, name: str, default: int) -> int:
    said = text(settings, name)
    if said and not re.fullmatch(r"\d{1,9}", said):
        raise TermsError(f"{name}={said!r}: a whole number from 0 is wanted.")
    return int(said) if said else default


def flag(settings: BaseSettings, name: str, *, default: bool) -> bool:
    said = text(settings, name, str(default)).lower()
    if said not in (*YES, *NO):
        raise TermsError(f"{name}={said!r}: say 1 or 0.")
    return said in YES
