"""What a reader of the report must know of a crawl that read a folder and no server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from smocrawl.network.folder import OUTSIDE, Folder
from smocrawl.spiders.crawl import Crawl
from smocrawl.store.database import Database

FROM_A_FOLDER = (
    "The pages were read from the folder {folder}, as they will stand at {address}: what a server does with them"
    " (speed, certificate, redirects and headers other than those in _redirects and _headers) was not seen."
)
NOT_ASKED = "{number:,} addresses outside the folder were not asked; -a outside=1 asks them."
NOTHING_LEADS_TO = "{number:,} pages of the folder were not read, for nothing leads to them: {some}."

NAMED = 5
"""Files named one by one."""

MOST = 10_000
"""Files that are counted."""


def folder_notes(database: Database, crawl: Crawl) -> Iterator[str]:
    options = crawl.options
    if options.site is None or options.as_url is None:
        return
    folder = Path(options.site)
    yield FROM_A_FOLDER.format(folder=folder.name or str(folder), address=options.as_url)
    number = database.scalar("SELECT count(*) FROM fetch WHERE run = ? AND error = ?", crawl.run, OUTSIDE)
    if number:
        yield NOT_ASKED.format(number=number)
    if not (options.urls or options.max_pages or options.include or options.exclude):
        yield from _nothing_leads_to(database, crawl, Folder(folder, options.as_url))


def _nothing_leads_to(database: Database, crawl: Crawl, folder: Folder) -> Iterator[str]:
    urls = database.rows(
        "SELECT url.url FROM frontier JOIN url ON url.id = frontier.url WHERE frontier.run = ?", crawl.run
    )
    met = {urlsplit(row[0]).path for row in urls if crawl.scope.is_built(row[0])}
    files = [path for _, path in zip(range(MOST), folder.unmet(met.__contains__), strict=False)]
    if files:
        more = ", …" if len(files) > NAMED else ""
        yield NOTHING_LEADS_TO.format(number=len(files), some=", ".join(files[:NAMED]) + more)
