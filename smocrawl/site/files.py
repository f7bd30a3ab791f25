"""What fetched files say that the checks of the site ask for: feeds, icons, the manifest and robots.txt as rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from attrs import frozen

from smocrawl.extract.files.feeds import FeedFacts, FeedItem
from smocrawl.extract.files.manifest import ManifestFacts
from smocrawl.platforms.base import ImageFacts
from smocrawl.site.graph import read_aliases
from smocrawl.site.page_facts import Row, folded
from smocrawl.site.spelling import bare
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable

T = TypeVar("T")

SMALL_ICON, LARGE_ICON = 192, 512
"""Sides in pixels that install prompts ask for (MDN, web app manifests)."""

ROOT_ICON = "/favicon.ico"


@frozen
class Answered:
    """A file that a page names, as it answered in the end."""

    url: int
    address: str
    status: int | None
    error: str | None
    type: str | None
    facts: bytes | None


@frozen
class Files:
    """The fetched files of one run."""

    database: Database
    run: int
    home: int | None
    aliases: Mapping[int, int]

    def named_by_home(self, *roles: str) -> Iterator[tuple[str, Answered]]:
        """(role, file) of the files that the home page names."""
        for row in self.database.rows(
            "SELECT asset, role FROM asset_use WHERE run = ? AND page = ? ORDER BY role, asset", self.run, self.home
        ):
            if not roles or row["role"] in roles:
                yield row["role"], self.at(row["asset"])

    def at(self, url: int) -> Answered:
        end = self.aliases.get(url, url)
        row = self.database.rows(
            "SELECT url.id, url.url, fetch.status, fetch.error, fetch.type, asset.facts FROM url"
            " LEFT JOIN fetch ON fetch.run = ? AND fetch.url = url.id"
            " LEFT JOIN asset ON asset.run = ? AND asset.url = url.id WHERE url.id = ?",
            self.run, self.run, end,
        )[0]  # fmt: skip
        return Answered(*tuple(row))

    def facts(self, file: Answered, shape: type[T]) -> T | None:
        return None if file.facts is None else unpack_if_readable(file.facts, shape)


def rows(database: Database, run: int, home: int | None) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything that the files of *run* add."""
    files = Files(database, run, home, read_aliases(database, run))
    yield from _icons(files)
    yield from _manifests(files)
    yield from _feeds(files)


def _icons(files: Files) -> Iterator[tuple[str, Row]]:
    found = [(role, True, file) for role, file in files.named_by_home() if "icon" in role]
    if files.home is not None:
        found += [("icon", False, file) for file in _root_icon(files)]
    for role, linked, file in found:
        facts = files.facts(file, ImageFacts)
        yield (
            "icon",
            (
                file.address,
                role,
                linked,
                file.status,
                file.error,
                facts.type if facts else None,
                facts.width if facts else None,
                facts.height if facts else None,
            ),
        )


def _root_icon(files: Files) -> Iterator[Answered]:
    address = files.at(files.home or 0).address
    parts = urlsplit(address)
    root = f"{parts.scheme}://{parts.netloc}{ROOT_ICON}"
    for row in files.database.rows(
        "SELECT fetch.url FROM fetch JOIN url ON url.id = fetch.url WHERE fetch.run = ? AND url.url = ?",
        files.run,
        root,
    ):
        yield files.at(row["url"])


def _manifests(files: Files) -> Iterator[tuple[str, Row]]:
    for _, file in files.named_by_home("manifest"):
        facts = files.facts(file, ManifestFacts) or ManifestFacts(url=file.address)
        error = file.error or next((trouble.detail for trouble in facts.trouble), None)
        sides = [min(size) for icon in facts.icons for size in icon.sizes]
        yield (
            "manifest",
            (
                file.address,
                file.status,
                error,
                facts.name or facts.short_name,
                facts.start_url,
                max(sides, default=None),
                facts.has_icon(SMALL_ICON),
                facts.has_icon(LARGE_ICON),
            ),
        )
        if facts.name:
            yield "brand", ("manifest", facts.name, folded(facts.name))


def _feeds(files: Files) -> Iterator[tuple[str, Row]]:
    comments = {bare(row["url"]) for row in files.database.rows("SELECT url FROM declared_feed WHERE comments")}
    pages: dict[int, int] = {}
    on_home: set[int] = set()
    for row in files.database.rows(FEEDS, files.home, files.run):
        file = files.at(row["asset"])
        if bare(file.address) not in comments and not _follows_one_page(row):
            pages[file.url] = pages.get(file.url, 0) + row["pages"]
            on_home |= {file.url} if row["on_home"] else set()
    for url, number in pages.items():
        yield from _feed(files, files.at(url), number, on_home=url in on_home)


FEEDS = """
SELECT asset, url.url AS address, count(*) AS pages, max(page = ?) AS on_home, min(html_page.address) AS page,
       max(html_page.kind IN ('home', 'listing', 'profile')) AS on_list
FROM asset_use JOIN url ON url.id = asset LEFT JOIN html_page ON html_page.url = asset_use.page
WHERE asset_use.run = ? AND role = 'feed'
GROUP BY asset ORDER BY asset
"""


def _follows_one_page(row: sqlite3.Row) -> bool:
    """A feed below the one page that names it holds that page's comments, whatever its title's language."""
    return row["pages"] == 1 and not row["on_list"] and row["address"].startswith(row["page"] or "-")


def _feed(files: Files, file: Answered, pages: int, *, on_home: bool) -> Iterator[tuple[str, Row]]:
    facts = files.facts(file, FeedFacts) or FeedFacts(url=file.address, well_formed=False)
    problems = [f"{one.where}: {one.detail}" for one in facts.trouble]
    problems += [f"lacks {name}" for name in facts.missing]
    yield (
        "feed",
        (
            file.url,
            file.address,
            pages,
            on_home,
            file.status,
            file.error,
            file.type,
            facts.format,
            facts.format != "unknown",
            next(iter(problems), None if facts.well_formed else "It is not well-formed XML"),
            len(problems) or int(not facts.well_formed),
            facts.title,
            facts.self_link,
            facts.language,
            bool(facts.author or any(item.author for item in facts.items)),
            len(facts.items),
        ),
    )
    for place, item in enumerate(facts.items):
        yield "feed_item", _feed_item(file.url, place, item)


def _feed_item(feed: int, place: int, item: FeedItem) -> Row:
    sides = [side for side in (item.image_width, item.image_height) if side]
    moment = item.published or item.updated
    return (
        feed,
        place,
        item.id,
        item.link,
        bare(item.link) if item.link else None,
        item.title,
        moment.isoformat() if moment else None,
        item.length,
        min(sides, default=None),
        item.image is not None,
        item.relative.addresses,
        item.relative.pictures,
        item.relative.example,
    )
