"""Builds the context of one page: how its pictures, links and addresses answered, who links to it, which bots may read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from urllib.parse import urlsplit

from attrs import evolve

from smocrawl.checks.base import Context, Fetched, LookedUp
from smocrawl.closing.answered import Answered
from smocrawl.closing.resources import Stored
from smocrawl.closing.site_facts import SiteFacts
from smocrawl.extract.files.robots import Robots, RobotsFacts
from smocrawl.extract.social.lookups import item_of
from smocrawl.page import Page
from smocrawl.platforms.base import Access, ImageFacts
from smocrawl.registry import all_platforms
from smocrawl.site.probes import is_gone
from smocrawl.spiders.urls import normalise
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable
from smocrawl.store.probes import ProbeRecord, read_probes
from smocrawl.store.renderings import rendered_page


class Contexts:
    """Contexts of the pages of one run."""

    def __init__(self, database: Database, run: int, site: SiteFacts) -> None:
        self.database = database
        self.run = run
        self.site = site
        self.answered = Answered(database, run, site.scope, site.foreign_origins)
        self._images = lru_cache(maxsize=5_000)(self._read_image)
        self._robots: dict[str, Robots | None] = {}
        self._sorts: dict[tuple[Robots, ...], tuple[list[str], dict[str, int]]] = {}

    def of(self, page: Page, url_id: int) -> Context:
        site = self.site
        inlinks, depth = self._measures(url_id)
        in_sitemap, lastmod = self._listed(url_id)
        images = self._page_images(page)
        return Context(
            images=images,
            fetched=self._addresses(page),
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

    def _addresses(self, page: Page) -> dict[str, Fetched]:
        """Every address that the page names and the crawl asked, under the page's own spelling."""
        found = dict(self.answered.to(dict.fromkeys(named_addresses(page))))
        # Not as the crawl spells addresses: for it http and https are one page.
        plain = f"http:{page.url[6:]}"
        if plain in self.site.twins and (answer := self.answered.one(plain)):
            found[plain] = answer
        return found

    def _answer(self, address: str) -> Fetched | None:
        spelled = self.answered.spelled(address)
        return self.answered.one(spelled) if spelled else None

    def _listed(self, url_id: int) -> tuple[bool | None, str | None]:
        if not self._has_sitemap:
            return None, None
        rows = self.database.rows(
            "SELECT date FROM listed WHERE run = ? AND url = ? AND kind = 'sitemap'", self.run, url_id
        )
        return bool(rows), rows[0][0] if rows else None

    @cached_property
    def _has_sitemap(self) -> bool:
        query = "SELECT EXISTS (SELECT 1 FROM listed WHERE run = ? AND kind = 'sitemap')"
        return bool(self.database.scalar(query, self.run))

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
        for address in self.answered.to(dict.fromkeys(named_pictures(page))):
            spelled = self.answered.spelled(address)
            facts = self._images(spelled) if spelled else None
            if facts is not None:
                found[address] = facts if facts.url == address else evolve(facts, url=address)
        return found

    def _read_image(self, url: str) -> ImageFacts | None:
        """The measured picture behind *url*, or why there is none; None = never asked."""
        answer = self.answered.one(url)
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
        sorts, of_bot = self._alike(tuple(dict.fromkeys(asked.values())))
        verdicts = [self._verdicts(page, bot, asked) for bot in sorts]
        return {
            bot: Access(bot=bot, page=may, line=next(iter(forbidden.values()), None), forbidden=forbidden)
            for bot, (may, forbidden) in ((bot, verdicts[at]) for bot, at in of_bot.items())
        }

    def _alike(self, read: tuple[Robots, ...]) -> tuple[list[str], dict[str, int]]:
        """One bot of each sort that these files treat alike, and for every bot the place of its sort among them."""
        if read not in self._sorts:
            first: dict[tuple[tuple[int, ...], ...], str] = {}
            of_bot = {bot: tuple(robots.groups_of(bot) for robots in read) for bot in bots()}
            for bot, groups in of_bot.items():
                first.setdefault(groups, bot)
            places = {groups: at for at, groups in enumerate(first)}
            self._sorts[read] = list(first.values()), {bot: places[groups] for bot, groups in of_bot.items()}
        return self._sorts[read]

    @staticmethod
    def _verdicts(page: Page, bot: str, asked: Mapping[str, Robots]) -> tuple[bool | None, dict[str, int | None]]:
        """Whether *bot* may read the page, and what it may not of all that it is asked about, with the lines."""
        verdicts = {url: robots.allowed(bot, url) for url, robots in asked.items()}
        on_page = verdicts.get(page.url)
        forbidden = {url: verdict.line for url, verdict in verdicts.items() if not verdict.allowed}
        return None if on_page is None else on_page.allowed, forbidden

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


def named_addresses(page: Page) -> Iterator[str]:
    """Addresses of pages and files, as *page* writes them, whose answers it may be judged by."""
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


def named_pictures(page: Page) -> Iterator[str]:
    """The same for pictures and icons."""
    yield from (one.value for one in page.declared.get("image", ()))
    yield from (icon.url for icon in page.icons)
    if page.main_entity is not None and (image := page.main_entity.url("image")):
        yield image
    for picture in page.images:
        yield from (address for address in (picture.src, picture.largest) if address)


@cache
def bots() -> Iterable[str]:
    """Robots tokens of the preview bots of every platform."""
    return tuple(dict.fromkeys(platform.bot.name for platform in all_platforms().values()))
