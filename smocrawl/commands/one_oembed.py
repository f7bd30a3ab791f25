"""The oEmbed answer that one page names, for the cards that are made with it."""

from __future__ import annotations

from attrs import frozen

from smocrawl.extract.files.oembed import read_oembed
from smocrawl.page import Page
from smocrawl.platforms.oembed import JSON, XML, address
from smocrawl.platforms.reading import OEmbed, Resources
from smocrawl.previews import Served
from smocrawl.spiders.one import Got


def address_of(page: Page) -> str | None:
    """The first JSON address that the page names, else the first XML one; None = it names none."""
    for kinds in (JSON, XML):
        for one in page.relations:
            if one.type in kinds and one.raw_href and (whole := address(page.url, one.raw_href)):
                return whole if whole.startswith(("https://", "http://")) else None
    return None


@frozen
class Answered(Resources):
    """The one answer that was asked for; nothing else is known."""

    asked: str
    got: Got

    def oembed(self, url: str) -> OEmbed | None:
        """Under the address as the page writes it; Mastodon asks by https what an https page names by http."""
        if url not in (self.asked, self.asked.replace("http:", "https:", 1)):
            return None
        answer = (self.got.status or 0, self.got.headers, self.got.body)
        return Served({url: answer}).oembed(url)


def trouble(asked: str | None, got: Got | None) -> str | None:
    """Why the answer could not be read, in a few words; None = it was read, or none is named."""
    if asked is None:
        return None
    if got is None or got.status is None:
        return f"{asked}: {got.error if got and got.error else 'no answer'}"
    if got.status != 200:
        return f"{asked}: status {got.status}"
    facts = read_oembed(got.body, got.headers.get("content-type", ""))
    return f"{asked}: {facts.trouble[0].detail}" if facts.trouble else None
