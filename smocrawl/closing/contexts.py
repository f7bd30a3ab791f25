"""Builds the context of one page: how its pictures, links and addresses answered, who links to it, which bots may read it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from attrs import evolve

from smocrawl.checks.base import Context, Fetched, LookedUp
from smocrawl.closing.resources import Stored
from smocrawl.closing.site_facts import SiteFacts
from smocrawl.extract.lookups import item_of
from smocrawl.extract.robots import Robots, RobotsFacts
from smocrawl.page import Page
from smocrawl.platforms.base import Access, ImageFacts
from smocrawl.registry import all_platforms
from smocrawl.site.probes import is_gone
from smocrawl.spiders.urls import normalise, written_origin
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable
from smocrawl.store.probes import ProbeRecord, read_probes
from smocrawl.store.renderings import rendered_page

LONGEST_CHAIN = 12


class Contexts:
    """Contexts of the pages of one run."""

    def __init__(self, database: Database, run: int, site: SiteFacts) -> None:
        self.database = database
        self.run = run
        self.site = site
        self._fetched = lru_cache(maxsize=20_000)(self._read_fetched)
        self._images = lru_cache(maxsize=5_000)(self._read_image)
        self._robots: dict[str, Robots | None] = {}

    def of(self, page: Page, url_id: int) -> Context:
        site = self.site
        inlinks, depth = self._measures(url_id)
        in_sitemap, lastmod = self._listed(url_id)
        images = self._page_images(page)
        return Context(
            images=images,
            fetched=dict(self._addresses(page)),
            access=self._access(page, images),
            resources=Stored(self.database, self.run, self._answer, self._page_images, images),
            inlinks=inlinks if site.links_followed else None,
            depth=depth if site.links_followed else None,
            whole=site.whole,
            in_sitemap=in_sitemap,
            sitemap_lastmod=lastmod,
            median_latency=site.median_latency,
            image_uses=site.image_uses,
            logo_urls=site.logo_urls,
            site_profiles=site.site_profiles,
            repeated_links=site.repeated_links,
            site_kinds=site.site_kinds,
            languages=site.languages,
            own_hosts=site.own_hosts,
            outbound=self._outbound(page) if "outbound" in site.probed else None,
            embedded=self._embedded(page) if "embeds" in site.probed else None,
            rendered=rendered_page(self.database, self.run, url_id),
            now=site.now,
            audience=site.audience,
        )

    # -- addresses ---------------------------------------------------------------------------------

    def _addresses(self, page: Page) -> Iterator[tuple[str, Fetched]]:
        """Every address that the page names and the crawl asked, under the page's own spelling."""
        for address in dict.fromkeys(_named(page)):
            if (found := self._answer(address)) is not None:
                yield address, found
        # Not as the crawl spells addresses: for it http and https are one page.
        plain = f"http:{page.url[6:]}"
        if plain in self.site.twins and (found := self._fetched(plain)):
            yield plain, found

    def _answer(self, address: str) -> Fetched | None:
        spelled = self._asked(address)
        return self._fetched(spelled) if spelled else None

    def _asked(self, address: str) -> str | None:
        """*address* as the crawl spells it, where it may have asked it."""
        if self.site.scope.is_foreign(address) and written_origin(address) not in self.site.foreign_origins:
            return None
        return self.site.scope.spelled(address)

    def _read_fetched(self, url: str) -> Fetched | None:
        """How *url* answered in the end, its redirects followed."""
        hops = 0
        current: int | None = None
        for _ in range(LONGEST_CHAIN):
            row = self._row(url) if current is None else self._row_of(current)
            if row is None:
                return None
            if row["redirect"] is None or row["error"]:
                return Fetched(
                    status=row["status"], error=row["error"], hops=hops, final_url=row["address"], type=row["type"]
                )
            hops += 1
            current = row["redirect"]
        return Fetched(error="redirect loop", hops=hops, final_url=url)

    def _row(self, url: str) -> sqlite3.Row | None:
        rows = self.database.rows(f"{FETCH} AND u.url = ?", self.run, url)
        return rows[0] if rows else None

    def _row_of(self, url_id: int) -> sqlite3.Row | None:
        rows = self.database.rows(f"{FETCH} AND u.id = ?", self.run, url_id)
        return rows[0] if rows else None

    def _listed(self, url_id: int) -> tuple[bool | None, str | None]:
        if not self.database.scalar(
            "SELECT EXISTS (SELECT 1 FROM listed WHERE run = ? AND kind = 'sitemap')", self.run
        ):
            return None, None
        rows = self.database.rows(
            "SELECT date FROM listed WHERE run = ? AND url = ? AND kind = 'sitemap'", self.run, url_id
        )
        return bool(rows), rows[0][0] if rows else None

    def _measures(self, url_id: int) -> tuple[int | None, int | None]:
        rows = self.database.rows("SELECT inlinks, depth FROM measure WHERE run = ? AND url = ?", self.run, url_id)
        return (rows[0][0], rows[0][1]) if rows else (0, None)

    # -- look-ups on demand ------------------------------------------------------------------------

    def _outbound(self, page: Page) -> dict[str, LookedUp]:
        """Links of the page to other sites that were looked up, under the page's own spelling."""
        found = {}
        for link in page.links:
            answer = self._looked_up.get(normalise(link.url) or "") if link.in_main else None
            if answer is not None and answer.topic in ("outbound", "profiles"):
                found[link.url] = LookedUp(status=answer.status, gone=is_gone(answer))
        return found

    def _embedded(self, page: Page) -> dict[str, LookedUp]:
        found = {}
        for embed in page.embeds:
            lookup = item_of(embed)
            answer = self._looked_up.get(normalise(lookup.address) or "") if lookup else None
            if lookup is not None and answer is not None:
                known = answer.status == ANSWERED or answer.status in lookup.gone
                found[embed.url] = LookedUp(status=answer.status, gone=answer.status != ANSWERED if known else None)
        return found

    @cached_property
    def _looked_up(self) -> dict[str, ProbeRecord]:
        return {one.url: one for one in read_probes(self.database, self.run, "outbound", "profiles", "embeds")}

    # -- pictures ----------------------------------------------------------------------------------

    def _page_images(self, page: Page) -> dict[str, ImageFacts]:
        found: dict[str, ImageFacts] = {}
        named = [one.value for one in page.declared.get("image", ())]
        named += [icon.url for icon in page.icons]
        if page.main_entity is not None and (image := page.main_entity.url("image")):
            named.append(image)
        for picture in page.images:
            named += [address for address in (picture.src, picture.largest) if address]
        for address in named:
            spelled = self._asked(address)
            facts = self._images(spelled) if spelled else None
            if facts is not None:
                found[address] = evolve(facts, url=address)
        return found

    def _read_image(self, url: str) -> ImageFacts | None:
        """The measured picture behind *url*, or why there is none; None = never asked."""
        answer = self._fetched(url)
        if answer is None:
            return None
        rows = self.database.rows(
            "SELECT a.facts, a.thumb IS NOT NULL FROM asset a JOIN url u ON u.id = a.url WHERE a.run = ? AND u.url = ?",
            self.run, answer.final_url,
        )  # fmt: skip
        facts = unpack_if_readable(rows[0][0], ImageFacts) if rows and rows[0][0] is not None else None
        if facts is None:
            return ImageFacts(
                url=url, status=answer.status, error=answer.error, hops=answer.hops, final_url=answer.final_url
            )
        return evolve(
            facts, hops=answer.hops, final_url=answer.final_url, thumb=answer.final_url if rows[0][1] else None
        )

    # -- bots --------------------------------------------------------------------------------------

    def _access(self, page: Page, images: Mapping[str, ImageFacts]) -> dict[str, Access]:
        """Whether robots.txt lets each preview bot read the page and its share pictures; like bots share a verdict."""
        shared = [one.value for one in page.declared.get("image", ()) if one.value in images]
        asked = {url: robots for url in (page.url, *shared) if (robots := self._rules(url)) is not None}
        found: dict[str, Access] = {}
        known: dict[tuple[tuple[int, ...], ...], tuple[bool | None, dict[str, int | None]]] = {}
        for bot in bots():
            sort = tuple(robots.groups_of(bot) for robots in asked.values())
            if sort not in known:
                verdicts = {url: robots.allowed(bot, url) for url, robots in asked.items()}
                on_page = verdicts.get(page.url)
                forbidden = {url: verdict.line for url, verdict in verdicts.items() if not verdict.allowed}
                known[sort] = None if on_page is None else on_page.allowed, forbidden
            may, forbidden = known[sort]
            line = next(iter(forbidden.values()), None)
            found[bot] = Access(bot=bot, page=may, line=line, forbidden=forbidden)
        return found

    def _rules(self, url: str) -> Robots | None:
        """The robots.txt that speaks of *url*, where it was read."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            blob = self.site.robots.get(origin)
            facts = unpack_if_readable(blob, RobotsFacts) if blob else None
            self._robots[origin] = Robots(facts) if facts else None
        robots = self._robots[origin]
        # Where robots.txt could not be read, what a network's bot makes of it is not known.
        return None if robots is None or robots.unavailable else robots


ANSWERED = 200
FETCH = "SELECT u.url AS address, f.status, f.error, f.redirect, f.type FROM fetch f JOIN url u ON u.id = f.url WHERE f.run = ?"


def _named(page: Page) -> Iterator[str]:
    yield page.url
    for link in page.links:
        yield link.url
    yield from (one.value for one in page.declared.get("url", ()))
    for relation in page.relations:
        if relation.href:
            yield relation.href
    for entity in page.entities:
        for author in entity.entities("author"):
            if url := author.url("url"):
                yield url
    for one in page.social:
        if one.target:
            yield one.target


def bots() -> Iterable[str]:
    """Robots tokens of the preview bots of every platform."""
    return tuple(dict.fromkeys(platform.bot.name for platform in all_platforms().values()))
