"""``scrapy smo-check URL|FILE|-``: one page judged at once, in the terminal or as JSON."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from smocrawl import audience
from smocrawl.checks.base import Context
from smocrawl.closing.ending import DONE, NOTHING, USAGE
from smocrawl.commands import one_oembed
from smocrawl.commands.one_page import as_json, as_lines
from smocrawl.commands.running import own_settings
from smocrawl.commands.stored import put_out
from smocrawl.commands.terminal import say
from smocrawl.commands.values import sound_credentials
from smocrawl.extract import read_page
from smocrawl.network.gate import Gate, as_address
from smocrawl.network.resolver import install_gate
from smocrawl.page import Hop, Page
from smocrawl.platforms.base import ImageFacts
from smocrawl.platforms.reading import NOTHING_ELSE, Resources
from smocrawl.reading import image_facts
from smocrawl.review import judge
from smocrawl.spiders.one import Got, OneSpider
from smocrawl.spiders.opening import addresses_of, allowed_private
from smocrawl.spiders.options import ArgumentError, read_options
from smocrawl.spiders.urls import normalise

OFF: Mapping[str, object] = {
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {"smocrawl.network.limits.ReadLimits": 100, "scrapy.extensions.telnet.TelnetConsole": None},
    "LOG_LEVEL": "ERROR",
    "AUTOTHROTTLE_ENABLED": False,
}
"""Settings of the whole crawl that one page does not need."""


@frozen
class Read:
    """One page with what was asked for beside it."""

    page: Page
    images: Mapping[str, ImageFacts] = field(factory=dict)
    resources: Resources = NOTHING_ELSE
    oembed_trouble: str | None = None
    """Address and reason, where the page names an oEmbed answer that cannot be read."""


class Command(ScrapyCommand):
    """Everything that can be said of one page without its site."""

    requires_project = False
    requires_crawler_process = False

    def syntax(self) -> str:
        return "URL|FILE|- [--as URL] [--json]"

    def short_desc(self) -> str:
        return "Judge one page: its cards, findings and score"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--as", dest="as_url", metavar="URL", help="the address under which a file will be served")
        parser.add_argument("--json", action="store_true", help="print JSON instead of text")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or (args[0].startswith("-") and args[0] != "-"):
            say("Name one URL, one file, or - for standard input: scrapy smo-check https://example.com/")
            self.exitcode = USAGE
            return
        try:
            settings = own_settings(self.settings)
            sound_credentials(settings, os.environ)
            profile = audience.load(str(settings["SMO_AUDIENCE"]))
            read = self._web(args[0], settings) if "://" in args[0] else Read(self._file(args[0], opts.as_url))
        except (ArgumentError, audience.AudienceError) as problem:
            say(str(problem))
            self.exitcode = USAGE
            return
        if read is None:
            self.exitcode = NOTHING
            return
        review = judge(read.page, Context(images=read.images, resources=read.resources, audience=profile))
        put_out((as_json if opts.json else as_lines)(review, read.oembed_trouble))
        self.exitcode = DONE

    def _file(self, name: str, as_url: str | None) -> Page:
        if as_url is not None and normalise(as_url) is None:
            raise ArgumentError(f"--as {as_url!r}: an http or https URL is wanted.")
        try:
            body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise ArgumentError(f"{name} cannot be read: {error.strerror}. An address needs its https://.") from error
        return read_page(as_url or "https://example.com/", body, headers={"content-type": "text/html"})

    def _web(self, url: str, settings: Settings) -> Read | None:
        """The page with what it names; None = it cannot be read, which is said."""
        options = read_options({"domain": url})
        gate = Gate(allowed_private(str(settings.get("SMO_ALLOW_PRIVATE") or "")))
        gate.audited(
            options.host,
            options.port or {"http": 80}.get(options.scheme or "", 443),
            addresses_of(options.host) if as_address(options.host) or "." not in options.host else frozenset(),
        )
        install_gate(gate)
        for name, value in OFF.items():
            settings.set(name, value, priority="cmdline")
        settings["DOWNLOADER_MIDDLEWARES"]["smocrawl.network.robots.RobotsMiddleware"] = None
        settings["DOWNLOADER_MIDDLEWARES"]["smocrawl.network.middleware.FolderMiddleware"] = None
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(OneSpider)
        process.crawl(crawler, address=url, pictures_of=_pictures, oembed_of=_oembed)
        process.start()
        spider = crawler.spider
        got = spider.page if isinstance(spider, OneSpider) else None
        if got is None or got.status is None:
            say(f"{url} cannot be read: {got.error if got else 'no answer'}.")
            return None
        assert isinstance(spider, OneSpider)
        return _read(got, spider)


def _read(got: Got, spider: OneSpider) -> Read:
    page = _page(got)
    asked = one_oembed.address_of(page)
    return Read(
        page,
        {image: _facts(image, answer) for image, answer in spider.images.items()},
        one_oembed.Answered(asked, spider.oembed) if asked and spider.oembed else NOTHING_ELSE,
        one_oembed.trouble(asked, spider.oembed),
    )


def _oembed(got: Got) -> str | None:
    return one_oembed.address_of(_page(got))


def _page(got: Got) -> Page:
    hops = tuple(Hop(url=url, status=status) for url, status in got.hops)
    return read_page(
        got.url, got.body, headers=got.headers, status=got.status or 0, hops=hops,
        requested_url=hops[0].url if hops else got.url,
    )  # fmt: skip


def _pictures(got: Got) -> Iterable[str]:
    found = [
        one.value for one in _page(got).declared.get("image", ()) if one.place.startswith(("og:image", "twitter:image"))
    ]
    return dict.fromkeys(found[:3])


def _facts(image: str, got: Got) -> ImageFacts:
    return image_facts(image, got.status, got.headers, got.body, error=got.error, hops=len(got.hops), final_url=got.url)
