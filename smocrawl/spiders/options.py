"""The arguments of a crawl, taken out of ``-a NAME=VALUE`` into one frozen object; whatever is wrong is said by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from attrs import asdict, frozen

from smocrawl.audience import AudienceError, check_names, load
from smocrawl.registry import all_checks, all_site_checks
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import DEFAULT_PORTS, bare_host, is_short_enough, normalise

SOURCES = ("links", "sitemaps", "feeds")
PROBES = ("variants", "bots", "profiles", "outbound", "embeds")
"""Look-ups that are made on demand alone: they ask other sites, or ask this one in another name (smocrawl.probing)."""
INDEX = ("index.html", "index.htm")
"""Home page of a folder of built HTML."""


class ArgumentError(ValueError):
    """An argument that cannot be used; its text is the one line that the user sees."""


@frozen(kw_only=True)
class Options:
    """What to crawl and how; see the README for each argument."""

    domain: str
    host: str
    """Punycode, lower case, as typed (``www.`` kept)."""
    port: int | None = None
    scheme: str | None = None
    """As typed; None = to be found out, https first (a port other than 443: http first)."""
    path: str = "/"
    """Only URLs below this folder are crawled."""
    seeds: tuple[str, ...] = ()
    sources: tuple[str, ...] = SOURCES
    sitemap: tuple[str, ...] = ()
    include: str | None = None
    exclude: str | None = None
    urls: tuple[str, ...] = ()
    max_pages: int | None = None
    audience: str = "general"
    as_url: str | None = None
    probes: tuple[str, ...] = ()
    """Of :data:`PROBES`."""
    subdomains: bool = False
    fresh: bool = False
    full: bool = False
    """Read everything anew, also what has not changed since the crawl before."""
    ignore_robots: bool = False
    site: str | None = None
    """Folder of built HTML, whole path; it is read as if it stood at ``as_url``."""
    outside: bool = False
    """Ask what lies outside that folder as well."""

    @property
    def folder(self) -> str:
        """Name of the domain's folder below the reports: never anything that a path could be made of."""
        if self.as_url:
            parts = urlsplit(self.as_url)
            place = re.sub(r"[^a-z0-9.-]+", "-", parts.path.strip("/").lower())
            name = _folder(parts.hostname or "", parts.port, parts.scheme)
            return f"{name}_{place}_staging" if place else f"{name}_staging"
        return _folder(self.host, self.port, self.scheme)

    def candidates(self) -> tuple[str, ...]:
        """Home URLs to try, in order."""
        netloc = f"[{self.host}]" if ":" in self.host else self.host
        if self.port:
            netloc = f"{netloc}:{self.port}"
        if self.scheme:
            schemes: tuple[str, ...] = (self.scheme,)
        elif self.port in (None, 443):
            schemes = ("https", "http")
        else:
            schemes = ("http", "https")
        return tuple(f"{scheme}://{netloc}{self.path}" for scheme in schemes)

    def stored(self) -> Mapping[str, object]:
        """For the store and the report; a change here makes a run that cannot be resumed."""
        return {name: value for name, value in asdict(self).items() if name != "fresh"}


def stored_options(stored: Mapping[str, Any]) -> Options:
    """What :meth:`Options.stored` gave, read back from JSON."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
    }
    return Options(**values)


def read_options(arguments: Mapping[str, str]) -> Options:
    """The arguments of ``-a`` as one object; names that begin with ``_`` pass (Scrapyd adds ``_job``)."""
    given = {name: value for name, value in arguments.items() if not name.startswith("_")}
    for name in given:
        if name not in READERS:
            raise ArgumentError(f"There is no argument {name!r}. Known: {', '.join(sorted(READERS))}.")
    if "site" in given:
        given = _of_a_folder(given)
    if not given.get("domain", "").strip():
        raise ArgumentError("Which site? Name it: -a domain=example.com")
    values: dict[str, object] = {}
    for name, text in given.items():
        values.update(READERS[name](text.strip()))
    if not values.get("site"):
        _only_an_origin(values)
    if "seeds" in values:
        # The seeds say where to begin, so the address of the site says no more than which site it is.
        values["path"] = "/"
    options = Options(**values)  # type: ignore[arg-type]  # each reader gives the fields that it is named for
    for name in {"seeds", "urls"} & given.keys():
        _of_the_site(options, name, given[name].strip())
    return options


def _of_the_site(options: Options, name: str, text: str) -> None:
    """The addresses to begin with are the site's own: no others would be asked."""
    scopes = [Scope(options, home) for home in options.candidates()]
    for url in getattr(options, name):
        if not any(scope.owns(scope.public(url)) for scope in scopes):
            named = f"-a {name}={url!r}:" if name == "seeds" else f"-a {name}={text!r} names {url!r}:"
            own = urlsplit(options.as_url).netloc if options.as_url else bare_host(options.host)
            raise ArgumentError(
                f"{named} that is not on {own}. Leave it out, or add -a subdomains=1 where it is on a subdomain of the site."
            )


def _domain(text: str) -> dict[str, object]:
    # Never urlsplit it bare: «localhost:8000» has a «scheme».
    has_scheme = "://" in text
    address = text if has_scheme else f"//{text}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise ArgumentError(f"-a domain={text!r} is no host or URL: {error}.") from error
    if has_scheme and parts.scheme not in DEFAULT_PORTS:
        raise ArgumentError(f"-a domain={text!r}: only http and https can be crawled.")
    if parts.username or parts.password:
        raise ArgumentError("A password does not belong in the address: set SMO_AUTH=user:password in the environment.")
    whole = normalise(f"http://{parts.netloc.rpartition('@')[2]}{parts.path or '/'}")
    if whole is None or not re.fullmatch(
        r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|[0-9a-f:.]+", urlsplit(whole).hostname or ""
    ):
        raise ArgumentError(f"-a domain={text!r} is no host name, host:port or URL.")
    if not is_short_enough(urlsplit(whole).hostname or ""):
        raise ArgumentError(f"-a domain={text[:80]!r}…: no host name is so long.")
    if port == 0:
        raise ArgumentError(f"-a domain={text!r}: nothing can be asked at port 0.")
    path = urlsplit(whole).path
    folder = path if path.endswith("/") else path.rpartition("/")[0] + "/"
    return {
        "domain": text,
        "host": urlsplit(whole).hostname,
        "port": port,
        "scheme": parts.scheme or None,
        "path": folder if has_scheme or parts.path else "/",
    }


def _folder(host: str, port: int | None, scheme: str | None) -> str:
    name = re.sub(r"[^a-z0-9.-]", "-", f"ip6{host}" if ":" in host else bare_host(host))
    default = DEFAULT_PORTS[scheme or "https"]
    return name if port in (None, default) else f"{name}_{port}"


def _addresses(name: str) -> Callable[[str], dict[str, object]]:
    def read(text: str) -> dict[str, object]:
        found = []
        for piece in filter(None, (part.strip() for part in text.split(","))):
            url = normalise(piece)
            if url is None:
                raise ArgumentError(f"-a {name}={piece!r} is no http or https URL.")
            found.append(url)
        return {name: tuple(found)}

    return read


def _pattern(name: str) -> Callable[[str], dict[str, object]]:
    def read(text: str) -> dict[str, object]:
        try:
            re.compile(text)
        except re.error as error:
            raise ArgumentError(f"-a {name}={text!r} is no regular expression: {error}.") from error
        return {name: text or None}

    return read


def _flag(name: str) -> Callable[[str], dict[str, object]]:
    def read(text: str) -> dict[str, object]:
        if text.lower() not in ("0", "1", "true", "false", "yes", "no"):
            raise ArgumentError(f"-a {name}={text!r}: say 1 or 0.")
        return {name: text.lower() in ("1", "true", "yes")}

    return read


def _sources(text: str) -> dict[str, object]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for source in found:
        if source not in SOURCES:
            raise ArgumentError(f"-a sources={source!r}: known are {', '.join(SOURCES)}.")
    return {"sources": found}


def _probes(text: str) -> dict[str, object]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if found == ("all",):
        return {"probes": PROBES}
    for probe in found:
        if probe not in PROBES:
            raise ArgumentError(f"-a probes={probe!r}: known are {', '.join(PROBES)}, or all.")
    return {"probes": tuple(probe for probe in PROBES if probe in found)}


def _number(text: str) -> dict[str, object]:
    if not re.fullmatch(r"\d{1,9}", text) or int(text) < 1:
        raise ArgumentError(f"-a max_pages={text[:80]!r}: a number of pages from 1.")
    return {"max_pages": int(text)}


def _file(text: str) -> dict[str, object]:
    try:
        lines = Path(text).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else f"it is not written in UTF-8 ({error})"
        raise ArgumentError(f"-a urls={text!r} cannot be read: {what}.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            url = normalise(line)
            if url is None:
                raise ArgumentError(f"-a urls={text!r}, line {number}: {line.strip()[:80]!r} is no http or https URL.")
            found.append(url)
    if not found:
        raise ArgumentError(f"-a urls={text!r} names no URL.")
    return {"urls": tuple(found)}


def _audience(text: str) -> dict[str, object]:
    try:
        load(text)
        sites = all_site_checks()
        check_names(text, {*all_checks(), *sites}, {name: tuple(one.limits) for name, one in sites.items()})
    except AudienceError as error:
        raise ArgumentError(f"-a audience={text!r}: {error}") from error
    return {"audience": text}


def _as_url(text: str) -> dict[str, object]:
    url = normalise(text)
    if url is None or urlsplit(url).query:
        raise ArgumentError(f"-a as_url={text!r}: an origin such as https://www.example.com is wanted.")
    return {"as_url": url if url.endswith("/") else f"{url}/"}


def _only_an_origin(values: Mapping[str, object]) -> None:
    """What a server shows has the paths that it will have; only a folder can stand below one."""
    if values.get("outside"):
        raise ArgumentError("-a outside=1 belongs to a folder of built HTML: -a site=FOLDER")
    url = values.get("as_url")
    if url and urlsplit(str(url)).path != "/":
        raise ArgumentError(f"-a as_url={url!r}: an origin such as https://www.example.com is wanted.")


def _of_a_folder(given: Mapping[str, str]) -> dict[str, str]:
    """The arguments of a crawl of a folder, which will stand at ``as_url``: that is the site."""
    if given.get("domain", "").strip():
        raise ArgumentError("-a site= takes the place of the domain: name one of them.")
    if not given.get("as_url", "").strip():
        raise ArgumentError("Where will the folder stand? Name it: -a as_url=https://www.example.com")
    site = _site(given["site"].strip())["site"]
    home = any((Path(str(site)) / name).is_file() for name in INDEX)
    if not home and not {"seeds", "urls"} & given.keys():
        raise ArgumentError(
            f"-a site={given['site']!r}: there is no index.html in it. Name the folder that your build writes"
            " (public, dist, _site …)."
        )
    return {**given, "domain": str(_as_url(given["as_url"].strip())["as_url"])}


def _site(text: str) -> dict[str, object]:
    path = Path(text).expanduser()
    if not text or not path.is_dir():
        what = "is no folder" if text and path.exists() else "does not exist"
        raise ArgumentError(f"-a site={text!r} {what}. Name the folder that your build writes (public, dist, _site …).")
    return {"site": str(path.resolve())}


READERS: Mapping[str, Callable[[str], dict[str, object]]] = {
    "domain": _domain,
    "seeds": _addresses("seeds"),
    "sources": _sources,
    "sitemap": _addresses("sitemap"),
    "include": _pattern("include"),
    "exclude": _pattern("exclude"),
    "urls": _file,
    "max_pages": _number,
    "audience": _audience,
    "as_url": _as_url,
    "probes": _probes,
    "subdomains": _flag("subdomains"),
    "fresh": _flag("fresh"),
    "full": _flag("full"),
    "ignore_robots": _flag("ignore_robots"),
    "site": _site,
    "outside": _flag("outside"),
}
