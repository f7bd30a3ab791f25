"""Changes that no single check tells as what they are: a broken encoding, a page opened or closed, a feed that is gone."""

from __future__ import annotations

from collections.abc import Iterable

from smocrawl.checks.sharing_tags import MOJIBAKE
from smocrawl.history.cards import CardChange
from smocrawl.store.database import Database

TEXTS = frozenset({"title", "description"})
"""Lines of a card that hold words of the page."""

FEEDS = """
SELECT fetch.url AS id, url.url AS address FROM fetch JOIN url ON url.id = fetch.url
WHERE fetch.run = ? AND fetch.kind = 'feed' AND fetch.status = 200
"""


def garbled(cards: Iterable[CardChange]) -> tuple[str, ...]:
    """Pages with words in a card that were sound before and now show the signs of a wrong encoding."""
    return tuple(
        sorted(
            {
                one.url
                for one in cards
                if one.field in TEXTS and one.before and MOJIBAKE.search(one.now) and not MOJIBAKE.search(one.before)
            }
        )
    )


def lost_feeds(
    database: Database, before: int, now: int, *, silent: Iterable[int], gone: Iterable[str]
) -> tuple[str, ...]:
    """Feeds that answered and do not any more, or that nothing leads to now.

    Those of pages that are *gone* went with them, and of the *silent* nobody knows.
    """
    still = {row["id"] for row in database.rows(FEEDS, now)} | set(silent)
    went = tuple(page.rstrip("/") + "/" for page in gone)
    lost = (row["address"] for row in database.rows(FEEDS, before) if row["id"] not in still)
    return tuple(sorted(address for address in lost if not address.startswith(went)))
