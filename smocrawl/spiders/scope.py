"""Which URLs belong to the audited site, and how a staging copy maps to the address it will have."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

from smocrawl.spiders.urls import bare_host, normalise, origin_of, written_origin

if TYPE_CHECKING:
    from smocrawl.spiders.options import Options


class Scope:
    """The audited site: www and apex, both schemes, one port, one folder; subdomains by choice."""

    def __init__(self, options: Options, home: str | None = None) -> None:
        self.options = options
        first = urlsplit(home or options.candidates()[0])
        self._hosts = {bare_host(options.host)}
        self._ports = {options.port}
        self._live = urlsplit(options.as_url) if options.as_url else None
        self._stage = first
        if self._live:
            self._hosts = {bare_host(self._live.hostname or "")}
            self._ports = {self._live.port}
        if None in self._ports or self._ports & {80, 443}:
            self._ports |= {None, 80, 443}
        self._settled: SplitResult | None = None
        self._include = re.compile(options.include) if options.include else None
        self._exclude = re.compile(options.exclude) if options.exclude else None

    def settle(self, home: str) -> None:
        """The home page answered at *home*: its scheme and host stand for the whole site."""
        self._settled = urlsplit(home)

    @property
    def home(self) -> str | None:
        """Where the home page answered; None = it has not yet."""
        return self._settled.geturl() if self._settled else None

    def spelled(self, url: str | None) -> str | None:
        """*url*, which a page names, as the crawl asks it: http and https, www and apex are one page, not four."""
        found = normalise(url) if url else None
        found = self.public(found) if found else None
        if found is None or self._settled is None or not self.owns(found):
            return found
        return under(found, self._settled.scheme, self._settled.netloc)

    def is_foreign(self, url: str) -> bool:
        """Whether *url*, as a page writes it, certainly leads off the site: most such links are never asked."""
        origin = None if self._live else written_origin(url)
        return origin is not None and not self.owns(origin)

    @property
    def hosts(self) -> frozenset[str]:
        """The site's hosts, www and apex both."""
        return frozenset(self._hosts | {f"www.{host}" for host in self._hosts})

    def owns(self, url: str) -> bool:
        """Whether *url* (as audited) is on the site, whatever its path."""
        end = url.find("/", len("https://"))
        host, port = host_and_port(url if end < 0 else url[:end])
        if host is None or port not in self._ports:
            return False
        return host in self._hosts or (self.options.subdomains and any(host.endswith(f".{own}") for own in self._hosts))

    def is_built(self, url: str) -> bool:
        """Whether *url* stands in the folder of ``site=``: on the host of ``as_url``, below its path."""
        live = self._live
        parts = urlsplit(url)
        host, port = host_and_port(f"{parts.scheme}://{parts.netloc}/")
        if live is None or host != bare_host(live.hostname or "") or port not in self._ports:
            return False
        return (parts.path or "/").startswith(live.path)

    def covers(self, url: str) -> bool:
        """Whether the page *url* is to be crawled: on the site, in the folder, not excluded."""
        if not self.owns(url) or not urlsplit(url).path.startswith(self.options.path):
            return False
        if self._exclude and self._exclude.search(url):
            return False
        return not self._include or bool(self._include.search(url))

    def public(self, url: str) -> str:
        """The audited address of a fetched one (they differ only with ``as_url``)."""
        if not self._live:
            return url
        parts = urlsplit(url)
        if origin_of(parts)[1:] != origin_of(self._stage)[1:]:
            return url
        return normalise(urlunsplit((self._live.scheme, self._live.netloc, parts.path, parts.query, ""))) or url

    def fetched(self, url: str) -> str:
        """The address that is really asked for an audited one."""
        if not self._live or not self.owns(url):
            return url
        parts = urlsplit(url)
        return urlunsplit((self._stage.scheme, self._stage.netloc, parts.path, parts.query, ""))


@lru_cache(maxsize=10_000)
def host_and_port(origin: str) -> tuple[str | None, int | None]:
    """Host without ``www.``, and port if one is written; no host where *origin* begins no web address."""
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return None, None
    return (bare_host(parts.hostname or ""), port) if parts.scheme in ("http", "https") else (None, None)


@lru_cache(maxsize=10_000)
def under(url: str, scheme: str, netloc: str) -> str:
    """*url* under the origin of the home page, where the two differ by no more than scheme, port and ``www.``."""
    parts = urlsplit(url)
    if bare_host(parts.hostname or "") != bare_host(urlsplit(f"{scheme}://{netloc}").hostname or ""):
        return url
    return urlunsplit((scheme, netloc, parts.path, parts.query, ""))
