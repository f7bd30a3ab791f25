"""Pages whose cards changed, as the platforms' own tools take them: what networks have stored of these is out of date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from attrs import frozen

from smocrawl.history.difference import Difference
from smocrawl.history.wording import one_line
from smocrawl.platforms.base import Platform, Rescrape
from smocrawl.registry import all_platforms
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable


@frozen(kw_only=True)
class Tool:
    """One tool and the pages that it should read anew."""

    id: str
    """Of the first platform that it serves."""
    names: tuple[str, ...]
    """Of all platforms whose cards it renews."""
    rescrape: Rescrape
    cache: str
    urls: tuple[str, ...]

    def lists(self) -> Iterator[tuple[str, ...]]:
        """Lines to paste, or links to open, one list for each time that the tool is used."""
        entries = (
            tuple(self.rescrape.link.format(url=quote(url, safe="")) for url in self.urls) if self._opens else self.urls
        )
        step = self.rescrape.most or len(entries) or 1
        for start in range(0, len(entries), step):
            yield entries[start : start + step]

    @property
    def _opens(self) -> bool:
        return self.rescrape.most == 1 and bool(self.rescrape.link)


@frozen(kw_only=True)
class Waits:
    """A platform without such a tool."""

    id: str
    name: str
    cache: str
    remedy: str
    urls: tuple[str, ...]


@frozen(kw_only=True)
class Stale:
    """Everything that is out of date somewhere."""

    tools: tuple[Tool, ...]
    waits: tuple[Waits, ...]

    @property
    def urls(self) -> frozenset[str]:
        of_tools = (url for tool in self.tools for url in tool.urls)
        return frozenset([*of_tools, *(url for one in self.waits for url in one.urls)])

    def only(self, platform: str) -> Stale:
        name = all_platforms()[platform].name
        return Stale(
            tools=tuple(one for one in self.tools if name in one.names),
            waits=tuple(one for one in self.waits if one.id == platform),
        )


def stale(database: Database, difference: Difference) -> Stale:
    """Pages of which both crawls know the card, where it changed or shows another picture under the same address."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in difference.cards:
        found[one.platform].add(one_line(one.url))
    for platform, url in _shown(database, difference):
        found[platform].add(one_line(url))
    known = {name: platform for name, platform in all_platforms().items() if found.get(name)}
    return Stale(
        tools=tuple(_tools(known, found)),
        waits=tuple(
            Waits(
                id=name, name=platform.name, cache=platform.cache, remedy=platform.refresh, urls=tuple(sorted(found[name]))
            )
            for name, platform in sorted(known.items())
            if platform.rescrape is None
        ),
    )  # fmt: skip


def _tools(known: Mapping[str, Platform], found: Mapping[str, set[str]]) -> Iterator[Tool]:
    """Platforms of one house share a tool, and a list."""
    together: dict[Rescrape, list[str]] = {}
    for name, platform in known.items():
        if platform.rescrape is not None:
            together.setdefault(platform.rescrape, []).append(name)
    for rescrape, names in together.items():
        urls = set().union(*(found[name] for name in names))
        yield Tool(
            id=names[0], names=tuple(known[name].name for name in names), rescrape=rescrape, cache=known[names[0]].cache,
            urls=tuple(sorted(urls)),
        )  # fmt: skip


CARDS = """
SELECT url.url AS address, review.cards FROM asset_use
JOIN review ON review.run = asset_use.run AND review.url = asset_use.page
JOIN url ON url.id = asset_use.page
WHERE asset_use.run = ? AND asset_use.asset = (SELECT id FROM url WHERE url.url = ?) AND review.cards IS NOT NULL
GROUP BY asset_use.page
"""


def _shown(database: Database, difference: Difference) -> Iterator[tuple[str, str]]:
    """(platform, page) where a card shows a picture that is another one by now."""
    for image in difference.images:
        for row in database.connection.execute(CARDS, (difference.now.id, image.url)):
            cards = unpack_if_readable(row["cards"], dict[str, Any]) or {}
            for platform, stored in cards.items():
                card = stored.get("card") if isinstance(stored, Mapping) else None
                if isinstance(card, Mapping) and card.get("image") == image.url:
                    yield platform, row["address"]


# -- as text ------------------------------------------------------------------------------------------------


def rescrape_lines(found: Stale) -> Iterator[str]:
    """For people: each tool with what to paste or open, then the platforms that have none."""
    if not found.urls:
        yield "No card changed between the two crawls: nothing is out of date anywhere."
        return
    yield f"Cards of {len(found.urls):,} pages changed; networks go on showing the old ones until they read the pages anew."
    for tool in found.tools:
        yield ""
        yield f"{', '.join(tool.names)}: {len(tool.urls):,} pages. {tool.cache}"
        yield f"  {tool.rescrape.how}"
        for number, entries in enumerate(tool.lists()):
            # A blank line between what is pasted at one time.
            yield from ([""] if number and tool.rescrape.most != 1 else [])
            yield from (f"    {entry}" for entry in entries)
    if found.waits:
        yield ""
        yield "Without a tool:"
        yield from (f"  {one.name}, {len(one.urls):,} pages: {one.cache} {one.remedy}" for one in found.waits)


def plain_list(tool: Tool) -> Iterator[str]:
    """Nothing but what is pasted or opened."""
    for number, entries in enumerate(tool.lists()):
        yield from ([""] if number and tool.rescrape.most != 1 else [])
        yield from entries
