"""Which pages are read a second time: a few of each template, the good ones first."""

from __future__ import annotations

from attrs import frozen

from smocrawl.store.database import Database

MOST_PAGES = 60
"""Pages of one crawl that are rendered: at a few seconds each some minutes in all."""

CHOSEN = """
WITH placed AS (
    SELECT page.url AS id, url.url AS address, count(*) OVER (PARTITION BY template) AS pages,
           row_number() OVER (
               PARTITION BY template ORDER BY shareable DESC, self_canonical DESC, indexable DESC, depth, url.url
           ) AS place
    FROM page JOIN url ON url.id = page.url JOIN fetch ON fetch.run = page.run AND fetch.url = page.url
    WHERE page.run = :run AND page.status = 200 AND fetch.error IS NULL
), chosen AS (
    SELECT * FROM placed WHERE place <= :number ORDER BY place, pages DESC, address LIMIT :most
)
SELECT id, address FROM chosen WHERE id NOT IN (SELECT url FROM rendering WHERE run = :run)
"""


@frozen
class Chosen:
    """A page to render."""

    id: int
    url: str


def choose(database: Database, run: int, number: int) -> list[Chosen]:
    """*number* pages of each template, large templates first; those that have their second reading are left out."""
    rows = database.connection.execute(CHOSEN, {"run": run, "number": number, "most": MOST_PAGES})
    return [Chosen(row["id"], row["address"]) for row in rows]
