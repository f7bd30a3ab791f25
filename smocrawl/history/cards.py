"""Cards and share images that changed: what networks have stored of them is out of date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from smocrawl.history.reading import Seen
from smocrawl.platforms.base import FIELDS, ImageFacts
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack

NO_CARD = "no card"
"""Stands as the layout of a card that is not drawn."""


@frozen(kw_only=True)
class CardChange:
    """One field of one platform's card."""

    platform: str
    url: str
    field: str
    """One of the card's fields, or ``layout``."""
    before: str
    now: str


def changed_cards(before: Seen, now: Seen) -> Iterator[CardChange]:
    if before.cards is None or now.cards is None or before.cards == now.cards:
        return
    old, new = unpack(before.cards, dict[str, Any]), unpack(now.cards, dict[str, Any])
    for platform in sorted(old.keys() & new.keys()):
        was, has = _fields(old[platform]), _fields(new[platform])
        for name in ("layout", *FIELDS):
            if was.get(name) != has.get(name):
                yield CardChange(
                    platform=platform, url=now.url, field=name,
                    before=str(was.get(name) or ""), now=str(has.get(name) or ""),
                )  # fmt: skip


def _fields(stored: object) -> Mapping[str, Any]:
    """A drawn card as it is; where nothing is drawn, a layout that says so."""
    if isinstance(stored, Mapping) and isinstance(card := stored.get("card"), Mapping):
        return card
    return {"layout": NO_CARD}


@frozen(kw_only=True)
class ImageChange:
    """A share image that is another picture under the same address."""

    url: str
    before: str
    """Its measures in short."""
    now: str
    pages: tuple[str, ...]
    """Some of those that share it."""
    page_count: int


IMAGES = """
SELECT url.id, url.url AS address, before.facts AS was, now.facts AS has,
       before.thumb IS NOT NULL AND now.thumb IS NOT NULL AND before.thumb != now.thumb AS other_picture
FROM asset AS now
JOIN asset AS before ON before.url = now.url AND before.run = :before AND before.kind = 'image'
JOIN url ON url.id = now.url
WHERE now.run = :now AND now.kind = 'image' AND before.facts IS NOT NULL AND now.facts IS NOT NULL
  AND (before.facts != now.facts OR before.thumb IS NOT now.thumb)
ORDER BY url.url
"""

USES = """
SELECT DISTINCT url.url FROM asset_use JOIN url ON url.id = asset_use.page
WHERE asset_use.run = ? AND asset_use.asset = ? ORDER BY url.url
"""

PAGES = 5
"""Pages named for one picture."""


def changed_images(database: Database, before: int, now: int) -> Iterator[ImageChange]:
    rows = database.connection.execute(IMAGES, {"before": before, "now": now}).fetchall()
    for row in rows:
        was, has = unpack(row["was"], ImageFacts), unpack(row["has"], ImageFacts)
        if not (was.is_fine and has.is_fine) or (_measures(was) == _measures(has) and not row["other_picture"]):
            continue
        pages = [one[0] for one in database.rows(USES, now, row["id"])]
        yield ImageChange(
            url=row["address"], before=_in_short(was), now=_in_short(has),
            pages=tuple(pages[:PAGES]), page_count=len(pages),
        )  # fmt: skip


def _measures(image: ImageFacts) -> tuple[object, ...]:
    return image.type, image.size, image.width, image.height


def _in_short(image: ImageFacts) -> str:
    size = "?" if image.size is None else f"{image.size:,}"
    return f"{image.type}, {image.width}×{image.height}, {size} bytes"
