"""Values of settings, looked at before anything starts: whatever is wrong is said by name."""

from __future__ import annotations

import difflib
import logging
import math
from collections.abc import Iterable, Mapping

from scrapy.settings import BaseSettings

from smocrawl import settings as own
from smocrawl.report.language import available
from smocrawl.spiders.options import ArgumentError

DEFAULTS: Mapping[str, object] = {name: value for name, value in vars(own).items() if name.isupper()}

READ_ELSEWHERE = frozenset({"SMO_RENDER", "SMO_WHOLE_IMAGES", "SMO_FLEET_STALLED", "SMO_FLEET_CHECKPOINT"})
"""Numbers whose own readers tell what they count."""

LEAST: Mapping[str, int] = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
"""Of 0 requests at a time none would ever be sent.  Everything else may be 0."""

MOST_WORKERS = 1_000

SECONDS = frozenset({"DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT", "DNS_TIMEOUT"})
"""Numbers that may have decimals."""

MOST_DIGITS = 9
"""Of a whole number: nothing here is counted in thousands of millions."""


def sound(settings: BaseSettings) -> None:
    """:class:`ArgumentError` where a setting of the crawl has a value that it cannot have.

    A setting whose default is yes or no, or a number, takes nothing else.
    """
    for name, default in DEFAULTS.items():
        if isinstance(default, bool):
            _truth(settings, name)
        elif isinstance(default, int) and name not in READ_ELSEWHERE:
            _number(name, str(settings[name]))
    if settings["SMO_WORKERS"] not in ("", None):
        _number("SMO_WORKERS", str(settings["SMO_WORKERS"]), MOST_WORKERS)
    level = str(settings["LOG_LEVEL"])
    if level not in logging.getLevelNamesMapping():
        raise ArgumentError(f"LOG_LEVEL={level!r}: known are DEBUG, INFO, WARNING, ERROR, CRITICAL.")
    _language(str(settings["SMO_LANGUAGE"]), "SMO_LANGUAGE=")


def chosen_language(option: str | None, settings: BaseSettings) -> str:
    """Of ``--language``, or of the settings."""
    return _language(option, "--language ") if option is not None else str(settings["SMO_LANGUAGE"])


def refuse_unknown(names: Iterable[str]) -> None:
    """A setting of ours that is misspelt would be as good as not given, and nobody would know."""
    for name in names:
        if name.startswith("SMO_") and name not in DEFAULTS:
            near = difflib.get_close_matches(name, DEFAULTS, 1)
            raise ArgumentError(f"There is no setting {name!r}.{f' Did you mean {near[0]}?' if near else ''}")


def sound_credentials(settings: BaseSettings, environment: Mapping[str, str]) -> None:
    """:class:`ArgumentError` where SMO_AUTH would not be sent as it was meant; its value is never shown."""
    if settings.get("SMO_AUTH"):
        raise ArgumentError(
            "SMO_AUTH is taken from the environment alone, where no other user of this machine sees it."
        )
    if (given := environment.get("SMO_AUTH")) and ":" not in given:
        raise ArgumentError("SMO_AUTH in the environment has no colon: user:password is wanted.")


def _language(code: str, named: str) -> str:
    if code not in available():
        raise ArgumentError(f"{named}{code!r} is not there; known are {', '.join(available())}.")
    return code


def _truth(settings: BaseSettings, name: str) -> None:
    try:
        settings.getbool(name)
    except ValueError:
        raise ArgumentError(f"{name}={settings[name]!r}: say 1 or 0.") from None


def _number(name: str, text: str, most: float = math.inf) -> None:
    least = LEAST.get(name, 0)
    digits = text.replace(".", "", 1) if name in SECONDS else text
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    if not is_number or not least <= float(text) <= most:
        span = f"from {least}" if most == math.inf else f"from {least} to {most:,}"
        raise ArgumentError(f"{name}={text[:80]!r}: a number {span} is wanted.")
