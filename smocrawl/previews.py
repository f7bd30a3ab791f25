"""What one platform draws for one response, read the way that platform reads it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from smocrawl.extract import read_page
from smocrawl.page import Page
from smocrawl.platforms.base import Card, ImageFacts, Nothing, OEmbed, Platform, Resources
from smocrawl.platforms.preview import draw
from smocrawl.registry import all_platforms

Answer = tuple[int, Mapping[str, str], bytes]
"""Status, headers and body of one response."""


def preview(
    platform: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Card | None:
    """The card that *platform* draws; None = it draws nothing, see :func:`why_nothing`."""
    drawn = drawing(platform, url, body, headers, status, resources)
    return drawn if isinstance(drawn, Card) else None


def why_nothing(
    platform: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Nothing | None:
    """Why *platform* draws no card; None = it draws one."""
    drawn = drawing(platform, url, body, headers, status, resources)
    return drawn if isinstance(drawn, Nothing) else None


def drawing(
    platform: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    resources: Mapping[str, Answer] | None = None,
) -> Card | Nothing:
    """The card, or why there is none."""
    known = all_platforms()
    if platform not in known:
        raise ValueError(f"No platform is called {platform!r}; there are {', '.join(known)}.")
    wanted = known[platform]
    served = Served(resources or {})
    page = as_read(wanted, url, body, headers or {}, status)
    return draw(wanted, page, images=served.images(), resources=served)


def as_read(platform: Platform, url: str, body: bytes, headers: Mapping[str, str], status: int) -> Page:
    """The page as *platform* reads it: its first bytes only, in the charset it believes in."""
    most = platform.reading.bytes_most
    return read_page(url, body[:most], headers=headers, status=status)


@frozen
class Served(Resources):
    """Resources that lie in memory."""

    answers: Mapping[str, Answer] = field(factory=dict)

    def images(self) -> dict[str, ImageFacts]:
        return {}

    def oembed(self, url: str) -> OEmbed | None:
        return None

    def page(self, url: str, platform: Platform) -> Page | None:
        return None

    def reachable(self, url: str) -> bool:
        return url in self.answers and 200 <= self.answers[url][0] < 300
