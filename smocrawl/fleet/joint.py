"""The joint overview: each site's last result in PostgreSQL, all of them as a page in the shared place."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from smocrawl.clients import ledger, overview
from smocrawl.clients.client import Client, ClientList
from smocrawl.clients.due import decide
from smocrawl.fleet.place import Place
from smocrawl.fleet.register import Register, Row
from smocrawl.report import load_brand
from smocrawl.report.overview import Site, render_overview

FIELDS = ("incomplete", "score", "moved", "trend", "pages", "worst", "crawled")


def result_of(client: Client) -> Mapping[str, Any]:
    """What the store says of the site, as JSON values."""
    site = overview.of_folder(client.home, name=client.name)
    told = {name: getattr(site, name) for name in FIELDS}
    report = site.report.name if site.report else None
    return dict(msgspec.to_builtins({**told, "report": report}))


def site_of(client: Client, row: Row | None, listed: ClientList, folder: Path, moment: datetime) -> Site:
    """A row of the overview whose page stands in *folder*."""
    home = folder / client.folder
    told = dict(row.result or {}) if row else {}
    report = told.pop("report", None)
    tried = row.tried if row else None
    due = decide(client, row.run if row else None, tried, listed.zone, moment)
    return Site(
        domain=client.folder, name=client.name, home=home, report=home / report if report else None,
        **{name: _value(name, value) for name, value in told.items() if name in FIELDS},
        problem=tried.said if tried and tried.failures else "", not_told=tried.not_told if tried else "",
        period=client.period.text, next=None if client.paused else moment if due.now else due.next, paused=client.paused,
    )  # fmt: skip


def _value(name: str, value: Any) -> Any:
    if name == "crawled":
        return datetime.fromisoformat(value) if value else None
    if name == "trend":
        return tuple((datetime.fromisoformat(when), score) for when, score in value)
    return value


def write_page(listed: ClientList, register: Register, place: Place) -> None:
    """``index.html`` and ``overview.json`` beside the folders of the sites; one machine at a time, from what is recorded."""
    with register.alone() as connection, tempfile.TemporaryDirectory(prefix="smocrawl-") as name:
        folder, rows = Path(name), register.rows(connection)
        sites = [site_of(one, rows.get(one.folder), listed, folder, ledger.now()) for one in listed.clients]
        for site in sites:
            if site.report:
                # Where a site has a report, the list of its crawls lies in the shared place: the page links to it.
                site.home.mkdir(parents=True)
                (site.home / "index.html").touch()
        brand = load_brand(listed.brand or None)
        render_overview(sites, folder, language=listed.language or "en", brand=brand)
        for file in ("overview.json", "index.html"):
            place.put(folder / file, file)
