"""What the crawl before keeps of each address: by what its answer is recognised, and the facts that were read from it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from attrs import field, frozen

from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.facts import from_json, to_json
from smocrawl.store.frontier import Frontier
from smocrawl.store.records import PageRecord, PictureRow

FINISHED = ("done", "incomplete")


@frozen(kw_only=True)
class Validator:
    """A row of the table ``validator``."""

    reader: str
    asked: str
    etag: str | None
    modified: str | None
    digest: bytes
    headers: Mapping[str, str] = field(factory=dict)
    whole: bool = True


@frozen(kw_only=True)
class Known:
    """One address as the crawl before left it."""

    run: int
    url: int
    validator: Validator
    status: int
    size: int | None
    latency: float | None


@frozen(kw_only=True)
class StoredReview:
    """How a page was judged in the end."""

    score: float | None
    tactics: Mapping[str, float]
    platforms: Mapping[str, float]
    findings: tuple[str, ...]


@frozen(kw_only=True)
class StoredAsset:
    """What was read from a file."""

    facts: bytes | None
    thumb: bytes | None
    picture: PictureRow | None


QUERY = """
SELECT validator.*, fetch.status, fetch.size, fetch.latency FROM validator
JOIN fetch ON fetch.run = validator.run AND fetch.url = validator.url
WHERE validator.run = ? AND validator.url = ? AND validator.reader = ? AND fetch.kind = ?
  AND fetch.status IS NOT NULL AND fetch.error IS NULL
"""


class Earlier:
    """The last finished crawl before *run*; with none, nothing is known."""

    def __init__(self, database: Database, run: int, reader: str) -> None:
        self.database = database
        self.reader = reader
        self.run = database.scalar(
            "SELECT max(id) FROM run WHERE id < ? AND state IN (SELECT value FROM json_each(?))", run, to_json(FINISHED)
        )
        """0 = there is none."""
        self._forgotten: set[int] = set()

    def forget(self, url: int) -> None:
        """What is stored of it cannot be read: it must be asked for anew."""
        self._forgotten.add(url)

    def known(self, url: int, kind: str) -> Known | None:
        """What was read by the reader of today."""
        if not self.run or url in self._forgotten:
            return None
        rows = self.database.rows(QUERY, self.run, url, self.reader, kind)
        return _known(rows[0]) if rows else None

    def whole_pictures(self) -> int:
        """Pictures that were read to their end."""
        return self.database.scalar("SELECT count(*) FROM asset WHERE run = ? AND thumb IS NOT NULL", self.run)

    def page(self, known: Known) -> bytes | None:
        rows = self.database.rows("SELECT facts FROM page WHERE run = ? AND url = ?", known.run, known.url)
        return rows[0][0] if rows else None

    def record(self, known: Known, url: str) -> PageRecord:
        """The same page as rows, with its links and its social URLs."""
        columns = dict(self.database.rows("SELECT * FROM page WHERE run = ? AND url = ?", known.run, known.url)[0])
        facts = columns.pop("facts")
        links = self.database.rows(
            "SELECT url.url, areas, in_main, nofollow FROM link JOIN url ON url.id = link.dst WHERE run = ? AND src = ?",
            known.run, known.url,
        )  # fmt: skip
        social = self.database.rows(
            "SELECT sort, platform, handle, url, area, in_main, rel_me, status FROM social WHERE run = ? AND page = ?"
            " ORDER BY rowid",
            known.run, known.url,
        )  # fmt: skip
        return PageRecord(
            url=url,
            columns={name: value for name, value in columns.items() if name not in ("run", "url", "depth")},
            facts=facts,
            links=tuple(tuple(row) for row in links),
            social=tuple(tuple(row) for row in social),
        )

    def is_told(self, options: Mapping[str, object], home: str | None) -> bool:
        """Whether that crawl was told the same, and its home page answered where today's does."""
        return bool(home) and self._told == (home, to_json(_lasting(options)))

    @cached_property
    def _told(self) -> tuple[str, str]:
        run = runs.load(self.database, self.run)
        return run.home, to_json(_lasting(run.options))

    def review(self, known: Known) -> StoredReview | None:
        rows = self.database.rows(
            "SELECT score, tactics, platforms FROM review WHERE run = ? AND url = ?", known.run, known.url
        )
        findings = self.database.rows("SELECT check_id FROM finding WHERE run = ? AND url = ?", known.run, known.url)
        if not rows:
            return None
        return StoredReview(
            score=rows[0]["score"],
            tactics=from_json(rows[0]["tactics"]),
            platforms=from_json(rows[0]["platforms"]),
            findings=tuple(row[0] for row in findings),
        )

    def asset(self, known: Known) -> StoredAsset | None:
        rows = self.database.rows("SELECT facts, thumb FROM asset WHERE run = ? AND url = ?", known.run, known.url)
        if not rows:
            return None
        pictures = self.database.rows(
            "SELECT type, width, height, size, animated, sha256, dhash, grey FROM picture WHERE run = ? AND url = ?",
            known.run, known.url,
        )  # fmt: skip
        picture = PictureRow(**dict(pictures[0])) if pictures else None
        return StoredAsset(facts=rows[0]["facts"], thumb=rows[0]["thumb"], picture=picture)


def _lasting(options: Mapping[str, object]) -> dict[str, object]:
    """What says how addresses are understood: not that everything was read anew."""
    return {name: value for name, value in options.items() if name != "full"}


def _known(row: Any) -> Known:
    return Known(
        run=row["run"],
        url=row["url"],
        validator=Validator(
            reader=row["reader"], asked=row["asked"], etag=row["etag"], modified=row["modified"], digest=row["digest"],
            headers=from_json(row["headers"]), whole=bool(row["whole"]),
        ),
        status=row["status"],
        size=row["size"],
        latency=row["latency"],
    )  # fmt: skip


def save_validator(frontier: Frontier, url: str, validator: Validator) -> None:
    with frontier.database.transaction() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO validator (run, url, reader, asked, etag, modified, digest, headers, whole)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                frontier.run, frontier.url_id(url), validator.reader, validator.asked, validator.etag, validator.modified,
                validator.digest, to_json(validator.headers), validator.whole,
            ),
        )  # fmt: skip
