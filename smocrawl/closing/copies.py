"""Pages that are another page under the name of its file: ``/docs/`` and ``/docs/index.html``."""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks.addresses import INDEX_FILE
from smocrawl.store.database import Database

QUERY = """
SELECT page.url AS id, url.url AS address, page.text_sha1, page.title, fetch.size
FROM page JOIN url ON url.id = page.url JOIN fetch ON fetch.run = page.run AND fetch.url = page.url
WHERE page.run = ? AND page.status = 200 AND page.text_sha1 IS NOT NULL
"""


def mark_index_files(database: Database, run: int) -> None:
    """Name the folder as the canonical page of its index file, where the file names none and holds the same.

    The score counts such a page once, as it does copies that name their original themselves.
    """
    with database.transaction() as connection:
        connection.executemany(
            "UPDATE page SET canonical = ?, self_canonical = 0 WHERE run = ? AND url = ?",
            [(folder, run, page) for page, folder in _copies(database, run)],
        )


def _copies(database: Database, run: int) -> Iterator[tuple[int, str]]:
    """(URL id of an index file, address of its folder)."""
    files = f"{QUERY} AND page.canonical IS NULL AND (url.url LIKE '%/index.%' OR url.url LIKE '%/default.%')"
    for file in database.rows(files, run):
        folder, found = INDEX_FILE.subn("/", file["address"])
        same = database.rows(f"{QUERY} AND url.url = ?", run, folder) if found else []
        if same and tuple(same[0])[2:] == tuple(file)[2:]:
            yield file["id"], folder
