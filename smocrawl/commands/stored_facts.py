"""What the store knows of one address: its record, facts and verdicts, as one JSON value or one fact a line."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from scrapy.settings import Settings

from smocrawl.commands.stored import NoCrawlError, store_of
from smocrawl.spiders.options import ArgumentError, stored_options
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import normalise
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, outcomes_of

LONGEST = 300
"""Characters of a value on its line; JSON tells the whole."""


def known(url: str, site: str | None, settings: Settings) -> dict[str, Any]:
    """What the latest crawl of *site* (or of the host of *url*) knows of *url*.

    Raises :class:`ArgumentError` where it is no address, :class:`NoCrawlError` where it was not crawled.
    """
    spelled = normalise(url)
    if spelled is None:
        raise ArgumentError(f"{url!r} is no http or https address.")
    missing: NoCrawlError | None = None
    for domain in [site] if site else _sites(spelled):
        try:
            with store_of(domain, settings) as database:
                return _read(database, spelled)
        except NoCrawlError as problem:
            missing = missing or problem
    raise missing or NoCrawlError(url)


def _sites(url: str) -> list[str]:
    """Names under which the site of *url* may have been crawled."""
    host = urlsplit(url).netloc
    return [host, host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"]


def _read(database: Database, url: str) -> dict[str, Any]:
    run = runs.latest(database)
    if run is None:
        raise NoCrawlError("The store holds no crawl yet.")
    scope = Scope(stored_options(run.options))
    scope.settle(run.home)
    for address in (url, scope.spelled(url)):
        if rows := database.rows(RECORD, run.id, address):
            record = dict(rows[0])
            number = record.pop("id")
            return {**record, **_facts(database, run.id, number), **_verdicts(database, run.id, number)}
    raise NoCrawlError(f"{url} was not met by the crawl of {run.started:%Y-%m-%d %H:%M}.")


RECORD = """
SELECT url.id, url.url, fetch.kind, fetch.status, fetch.error, target.url AS redirects_to, fetch.hops AS redirects,
       fetch.type, fetch.size, fetch.latency, fetch.at
FROM fetch JOIN url ON url.id = fetch.url LEFT JOIN url AS target ON target.id = fetch.redirect
WHERE fetch.run = ? AND url.url = ?
"""


def _facts(database: Database, run: int, url: int) -> dict[str, Any]:
    for table, version in (("page", "facts_version"), ("asset", "NULL AS facts_version")):
        for row in database.rows(f"SELECT facts, {version} FROM {table} WHERE run = ? AND url = ?", run, url):  # noqa: S608 - our own table names
            return {"facts_version": row["facts_version"], "facts": _unpacked(row["facts"])}
    return {}


def _unpacked(blob: bytes | None) -> Any:
    """As it was stored, with fields that this version does not know; None where it cannot be read."""
    try:
        return from_json(zlib.decompress(blob)) if blob else None
    except (zlib.error, ValueError):
        return None


def _verdicts(database: Database, run: int, url: int) -> dict[str, Any]:
    for row in database.rows(
        "SELECT review.score, review.cap, review_outcomes.outcomes FROM review JOIN review_outcomes"
        " ON review_outcomes.run = review.run AND review_outcomes.url = review.url WHERE review.run = ? AND review.url = ?",
        run, url,
    ):  # fmt: skip
        findings = database.rows(
            "SELECT check_id AS 'check', outcome, severity, evidence FROM finding WHERE run = ? AND url = ?", run, url
        )
        told = [{**dict(one), "evidence": from_json(one["evidence"])} for one in findings]
        outcomes = dict(sorted(outcomes_of(row["outcomes"]).items()))
        return {"score": row["score"], "cap": row["cap"], "outcomes": outcomes, "findings": told}
    return {}


def as_json(found: Mapping[str, Any]) -> str:
    """Escaped to ASCII: crawled text must not move the cursor of whoever prints it."""
    return json.dumps(found, indent=1)


def as_lines(found: Mapping[str, Any]) -> Iterator[str]:
    """``facts.links[3].url: https://…``: one fact a line for grep; what is empty is left out."""
    for path, value in _flat("", found):
        text = value if isinstance(value, str) else json.dumps(value)
        yield f"{path}: {' '.join(text.split())[:LONGEST]}"


def _flat(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(f"{path}.{name}" if path else str(name), inner)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(f"{path}[{place}]", inner)
    elif value is not None and value != "":
        yield path, value
