"""How far into a page a platform has to read."""

from __future__ import annotations

from smocrawl.page import Page
from smocrawl.platforms.base import NOTICED, Platform
from smocrawl.platforms.preview import endless
from smocrawl.platforms.reading import NOTHING_ELSE, Sight
from smocrawl.platforms.searching import Seen, pick


def last_tag(platform: Platform, seen: Seen) -> int | None:
    """Byte offset of the last tag that gives *platform* title, text or picture; None where none of them is a tag."""
    sight = Sight(seen.page, endless(platform), NOTHING_ELSE, seen.found)
    taken = pick(platform, sight).taken
    offsets = [one.offset for name in NOTICED if (one := taken.get(name)) is not None and one.offset is not None]
    return max(offsets, default=None)


def reads_in_part(platform: Platform, page: Page) -> bool:
    """Whether *page* is longer than what *platform* reads."""
    most = platform.reading.bytes_most
    return most is not None and page.size > most
