"""Which share pictures are one and the same, whatever their addresses: by their bytes, and by how they look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from smocrawl.site.graph import read_aliases
from smocrawl.site.twins import clusters
from smocrawl.store.database import Database

DIFFERENT_BITS = 4
"""Bits of 64 in which the hashes of one picture may differ: sizes and qualities of it differ in none to three."""

DIFFERENT_GREY = 16
"""Grey levels (of 256) by which no cell may differ: copies of one picture differ by up to 8, other words on the same
background by 27 and more (posters of 1200 x 630, measured on both)."""


def shown_pictures(database: Database, run: int) -> dict[int, int]:
    """Page -> the picture that it offers first, as URL ids; only for pictures that stand under several addresses."""
    same = same_pictures(database, run)
    if not same:
        return {}
    aliases = read_aliases(database, run)
    found = {row["page"]: aliases.get(row["asset"], row["asset"]) for row in database.rows(OFFERED, run)}
    return {page: same[asset] for page, asset in found.items() if asset in same}


OFFERED = """
SELECT asset_use.page, asset_use.asset, max(url.url = page.og_image) AS is_first, count(*) AS offers
FROM asset_use JOIN url ON url.id = asset_use.asset
JOIN page ON page.run = asset_use.run AND page.url = asset_use.page
WHERE asset_use.run = ? AND asset_use.role = 'og:image'
GROUP BY asset_use.page
HAVING is_first OR offers = 1
"""
"""SQLite takes the asset from the row of the maximum.  Of several whose spelling differs from the page's none is chosen."""


def same_pictures(database: Database, run: int) -> dict[int, int]:
    """Picture -> the first of those that equal it, as URL ids; only pictures that have their equals."""
    files: dict[bytes, list[int]] = defaultdict(list)
    looks: dict[bytes, tuple[int, bytes]] = {}
    for row in database.rows(
        "SELECT url, sha256, dhash, grey FROM picture WHERE run = ? AND sha256 IS NOT NULL ORDER BY url", run
    ):
        files[row["sha256"]].append(row["url"])
        if row["dhash"] is not None:
            looks[row["sha256"]] = row["dhash"], row["grey"]
    groups = [[url for digest in group for url in files.pop(digest)] for group in _alike(looks)]
    groups += [urls for urls in files.values() if len(urls) > 1]
    return {url: min(urls) for urls in groups for url in urls}


def _alike(looks: dict[bytes, tuple[int, bytes]]) -> Iterator[list[bytes]]:
    """Groups of files that look the same."""
    digests = list(looks)
    cells = [np.frombuffer(grey, np.uint8).astype(np.int16) for _, grey in looks.values()]

    def alike(one: int, other: int) -> bool:
        return int(np.abs(cells[one] - cells[other]).max()) <= DIFFERENT_GREY

    signatures = [dhash for dhash, _ in looks.values()]
    for group in clusters(range(len(digests)), signatures, bits=DIFFERENT_BITS, alike=alike):
        yield [digests[number] for number in group]
