"""Pages that are another page of the site in truth: they are not counted beside it."""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks.addresses import INDEX_FILE
from smocrawl.spiders.scope import Scope
from smocrawl.store.database import Database

QUERY = """
SELECT page.url AS id, url.url AS address, page.text_sha1, page.title, fetch.size
FROM page JOIN url ON url.id = page.url JOIN fetch ON fetch.run = page.run AND fetch.url = page.url
WHERE page.run = ? AND page.status = 200 AND page.text_sha1 IS NOT NULL
"""


def mark_copies(database: Database, run: int, scope: Scope) -> None:
    """Whoever names another page of this crawl as canonical is its copy, and so is an index file beside its folder."""
    _mark_index_files(database, run)
    _mark_named(database, run, scope)
    _mark_twins(database, run)


def _mark_named(database: Database, run: int, scope: Scope) -> None:
    """A canonical that leads to nothing that the crawl has read hides no page.

    The twin under ``http://``, an address of another host, or one that is gone: a page that counted there would count
    nowhere, and a site whose template writes such addresses would be judged by none of its pages.
    """
    other: list[tuple[int, str, str | None]] = []
    with database.transaction() as connection:
        for row in connection.execute(NAMING, (run,)).fetchall():
            name = (scope.spelled(row["canonical"]) or row["canonical"]).rstrip("/")
            is_itself = name == row["address"].rstrip("/")
            connection.execute(MARK, (is_itself, run, row["id"]))
            if not is_itself:
                other.append((row["id"], name, row["title"]))
        alone = [page for page, name, title in other if not _is_copy(database, run, name, title, scope)]
        connection.executemany(MARK, [(True, run, page) for page in alone])


def _is_copy(database: Database, run: int, name: str, title: str | None, scope: Scope) -> bool:
    """Whether the page of that *title* stands for the one called *name*."""
    found = database.rows(ORIGINAL, run, name, f"{name}/")
    # Templates that name the home page on every page are a fault of theirs (see the check canonical-home).
    is_home = name == (scope.home or "").rstrip("/")
    return bool(found) and (not is_home or (found[0]["title"] or "") == (title or ""))


NAMING = """
SELECT page.url AS id, url.url AS address, page.canonical, page.title FROM page JOIN url ON url.id = page.url
WHERE page.run = ? AND page.status = 200 AND rtrim(page.canonical, '/') != rtrim(url.url, '/')
"""
ORIGINAL = """
SELECT page.title FROM url JOIN page ON page.url = url.id
WHERE page.run = ? AND url.url IN (?, ?) AND page.status = 200 AND page.self_canonical
"""
MARK = "UPDATE page SET self_canonical = ? WHERE run = ? AND url = ?"


def _mark_twins(database: Database, run: int) -> None:
    """Of one page read over http and https, where the latter names the former as canonical, the one over https counts.

    It is what readers see and share; that it names the other is told by the check canonical-present.
    """
    with database.transaction() as connection:
        found = connection.execute(TWINS, (run,)).fetchall()
        connection.executemany(
            "UPDATE page SET canonical = ?, self_canonical = 0 WHERE run = ? AND url = ?",
            [(row["address"], run, row["id"]) for row in found],
        )


TWINS = """
SELECT other.url AS id, url.url AS address
FROM page JOIN url ON url.id = page.url
JOIN url AS plain ON plain.url = 'http' || substr(url.url, 6)
JOIN page AS other ON other.run = page.run AND other.url = plain.id
WHERE page.run = ? AND url.url LIKE 'https://%' AND page.status = 200 AND other.status = 200
AND page.self_canonical AND rtrim(page.canonical, '/') = rtrim(plain.url, '/') AND page.title IS other.title
"""


def _mark_index_files(database: Database, run: int) -> None:
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
