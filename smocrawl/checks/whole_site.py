"""A check of the whole site: a declaration in the head of an SQL file and the query below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from smocrawl.checks.base import EVERYWHERE, Declaration, Reason, Severity, Tactic, prose


@frozen(kw_only=True, eq=False)
class SiteCheck(Declaration):
    """Sister of the page check: the same declaration, judged by a query over one crawl.

    Each row of the query is one thing said: its column ``outcome`` (failed, where it is left out) and
    the evidence.  No row, or only rows that passed, means passed.
    """

    sql: str = field(repr=False)
    limits: Mapping[str, float] = field(factory=dict)
    """Thresholds by name, bound to the query as ``:name``."""
    limit_reason: str = ""
    """On what they stand, where that is not the source of the check: who judged, and why so."""
    applies: str = ""
    """SQL condition without which the check does not apply; empty = always."""
    measured: str = ""
    """SQL condition without which nothing can be said."""
    reason: Reason = Reason.OFF
    """Why it is not measured where ``measured`` is false."""


class DeclarationError(ValueError):
    """The head of an SQL file is no declaration; the text names file and key."""


WORDS = frozenset(
    {"title", "theme", "says", "warns", "source", "source_name", "grade", "since", "effort", "owner", "limit_reason"}
)  # fmt: skip
CONDITIONS = frozenset({"applies", "measured"})
OTHERS = frozenset({"id", "tactic", "severity", "limit", "platforms", "revision", "cap", "time_dependent", "reason"})
NEEDED = ("id", "title", "tactic", "severity", "says", "source", "grade")
KEY = re.compile(r"([a-z_]+|cause [a-z0-9-]+): (.+)")
CAUSE = "cause "
"""Begins the key of a sentence for one cause, named by the query's column ``cause``."""


def read_site_check(text: str, origin: str) -> SiteCheck:
    """The check that the SQL file *origin* with content *text* declares."""
    head, sql = _split(text)
    paragraphs = head.split("\n\n")
    said = dict(_entries(paragraphs[0], origin))
    if missing := [key for key in NEEDED if key not in said]:
        raise DeclarationError(f"{origin}: the head lacks {', '.join(missing)}")
    parts = prose("\n\n".join(paragraphs[1:]))
    try:
        return SiteCheck(
            id=said["id"],
            tactic=Tactic(said["tactic"]),
            severity=Severity(said["severity"]),
            why=parts.get("why", ""),
            fix=parts.get("fix", ""),
            accept=parts.get("accept", ""),
            origin=origin,
            sql=sql,
            **_rest(said),
        )
    except ValueError as error:
        raise DeclarationError(f"{origin}: {error}") from error


def _split(text: str) -> tuple[str, str]:
    """The leading comment lines without their dashes, and the query."""
    lines = text.splitlines()
    end = next((at for at, line in enumerate(lines) if not line.startswith("--")), len(lines))
    head = "\n".join(line[2:].removeprefix(" ").rstrip() for line in lines[:end])
    return head, "\n".join(lines[end:]).strip()


def _entries(paragraph: str, origin: str) -> Iterator[tuple[str, str]]:
    """Keys and values; a line that begins with a blank continues the one before."""
    for line in re.sub(r"\n +", " ", paragraph).splitlines():
        found = KEY.fullmatch(line)
        if not found or (found[1] not in WORDS | CONDITIONS | OTHERS and not found[1].startswith(CAUSE)):
            raise DeclarationError(f"{origin}: {line!r} is no entry of a declaration")
        yield found[1], found[2].strip()


def _rest(said: Mapping[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = {key: said[key] for key in WORDS | CONDITIONS if key in said}
    facts.setdefault("theme", "site")
    facts["limits"] = {
        name: float(number) for name, _, number in (part.partition("=") for part in said.get("limit", "").split())
    }
    facts["causes"] = {key.removeprefix(CAUSE): text for key, text in said.items() if key.startswith(CAUSE)}
    facts["platforms"] = tuple(said.get("platforms", EVERYWHERE).split())
    facts["revision"] = int(said.get("revision", "1"))
    facts["cap"] = int(said["cap"]) if "cap" in said else None
    facts["time_dependent"] = said.get("time_dependent") == "yes"
    facts["reason"] = Reason(said.get("reason", Reason.OFF))
    return facts
