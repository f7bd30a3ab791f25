"""Conditional requests by RFC 9110, 13: whether the server may say «not modified», and when that is believed."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from attrs import frozen

from smocrawl.network.unpacking import ACCEPTED
from smocrawl.store.earlier import Known

ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')
"""RFC 9110, 8.8.3, without letters beyond ASCII: they would not come back as they were sent."""

LONGEST = 256
"""Characters of a validator that is kept."""

CERTAIN_AFTER = 60
"""Seconds between Last-Modified and Date from which on a second change within the same second is ruled out (RFC 9110,
8.8.2.2, leaves the number open; caches take a minute)."""

OK = 200
"""What may be asked for by a condition: of errors and redirects a server says nothing of the kind."""

TELLING = ("content-type", "link", "content-language")
"""Headers from which facts are read, beside those that the facts carry as they are."""


@frozen(kw_only=True)
class Validators:
    """What a server gave to recognise this version by."""

    etag: str | None = None
    modified: str | None = None

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the answer only if it has changed: one of them, the surer one."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}


def validators_of(headers: Mapping[str, str]) -> Validators:
    """*headers*: lower-case names.  None where what comes depends on things that nobody can know (``Vary: *``)."""
    if "*" in headers.get("vary", ""):
        return Validators()
    etag = headers.get("etag", "").strip()
    if len(etag) <= LONGEST and ETAG.fullmatch(etag):
        return Validators(etag=etag)
    modified = headers.get("last-modified", "").strip()
    return Validators(modified=modified) if _is_certain(modified, headers.get("date", "")) else Validators()


def _is_certain(modified: str, date: str) -> bool:
    """Whether the moment tells one version from another."""
    try:
        changed, sent = parsedate_to_datetime(modified), parsedate_to_datetime(date)
        return len(modified) <= LONGEST and (sent - changed).total_seconds() >= CERTAIN_AFTER
    except (ValueError, TypeError, OverflowError):
        return False


def is_the_same(known: Validators, headers: Mapping[str, str]) -> bool:
    """Whether a «304 Not Modified» with *headers* speaks of the version that is *known*: by weak comparison (8.8.3.2)."""
    etag = headers.get("etag", "").strip()
    return not etag or not known.etag or etag.removeprefix("W/") == known.etag.removeprefix("W/")


def telling(headers: Mapping[str, str]) -> dict[str, str]:
    """Of *headers* those from which facts are read, cut."""
    return {name: headers[name][:4_096] for name in TELLING if name in headers}


def contradicts(known: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """Whether a «304 Not Modified» sends a telling header that is not as it was; one that it leaves out has stayed."""
    return any(known.get(name) != value for name, value in telling(headers).items())


def conditions_for(known: Known | None, asked: str, *, head: bool = False) -> dict[str, str]:
    """Headers that ask for an answer only if it is no longer as *known*; *head*: the beginning of a picture will do."""
    if known is None or known.status != OK or known.validator.asked != asked or not (known.validator.whole or head):
        return {}
    return Validators(etag=known.validator.etag, modified=known.validator.modified).conditions()


def asked_as(settings: Mapping[str, Any], address: str, headers: Mapping[str, str]) -> str:
    """Sixteen hex digits over all that a server may choose its answer by (Vary), and the server itself.

    *headers*: those of this kind of request.  Validators hold for the same question alone.
    """
    parts = urlsplit(address)
    said = (
        parts.scheme, parts.netloc, settings["USER_AGENT"], sorted(settings["DEFAULT_REQUEST_HEADERS"].items()),
        sorted(headers.items()), ACCEPTED, bool(os.environ.get("SMO_AUTH")),
    )  # fmt: skip
    return sha256(repr(said).encode()).hexdigest()[:16]
