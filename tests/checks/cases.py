"""Reads the case files: an HTML page whose first comments say where it stands and what must be found.

``expect: none`` · ``expect: name=value name="two words"`` · ``expect: warn name=value`` ·
``expect: not-applicable`` · ``expect: not-measured script``; several such comments mean several findings.
About the response: ``url:``, ``header: name: value``, ``status:``, ``truncated:``, ``latency: 2.5``,
``hop: URL 301``, ``kind:`` (asserted).
About the context: ``image: URL 600x315 image/jpeg 45000 hops=1``, ``fetched: URL 404``, ``inlinks: 2``, ``depth: 3``, ``cut-short: yes``,
``now: 2026-11-21``, ``access: Twitterbot page=yes image=no``, ``image-use: URL 12``, ``logo: URL``,
``profile: x harbourtimes``, ``repeated: URL``, ``language: de``, ``own-host: shop.example``, ``audience: b2b``,
``oembed: URL {"type":…}`` (without blanks), ``outbound: URL 404`` and ``embedded: URL 404 gone`` (look-ups on demand), ``site-kind: product 12``, ``in-sitemap: yes``, ``lastmod: 2026-11-01``, ``rendered:`` with the markup after scripts.
"""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from smocrawl import audience
from smocrawl.checks.base import Context, Fetched, LookedUp, Outcome, Reason
from smocrawl.extract import read_page
from smocrawl.page import Hop, Kind, Page
from smocrawl.platforms.base import Access, ImageFacts
from smocrawl.previews import Served

FOLDER = Path(__file__).parent
URL = "https://www.harbour-times.example/travel/night-ferries"
CLOCK = datetime(2026, 11, 21, 12, tzinfo=UTC)
COMMENT = re.compile(
    r"\A\s*(?:<!doctype html>\s*)?<!--\s*(?P<name>[a-z-]+):\s*(?P<said>.*?)\s*-->", re.DOTALL | re.IGNORECASE
)


@frozen(kw_only=True)
class Wanted:
    """One answer that a case asks for."""

    outcome: Outcome
    evidence: dict[str, str]
    reason: Reason | None = None


@frozen(kw_only=True)
class Case:
    path: Path
    page: Page
    context: Context
    wanted: tuple[Wanted, ...]
    """Empty = the page passes."""
    kind: Kind | None

    @property
    def check(self) -> str:
        return self.path.parent.name


def case_files() -> list[Path]:
    return sorted(FOLDER.glob("*/*.html"))


def read_case(path: Path) -> Case:
    html = path.read_text(encoding="utf-8")
    said, rest = _comments(html)
    status = int(said["status"][0]) if "status" in said else 200
    headers = {"content-type": "text/html; charset=utf-8"}
    url = said["url"][0] if "url" in said else URL
    headers |= {
        name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in said["header"])
    }
    page = read_page(
        url,
        rest.encode(),
        headers=headers,
        status=status,
        truncated="truncated" in said,
        latency=float(said["latency"][0]) if "latency" in said else None,
        hops=tuple(map(_hop, said["hop"])),
    )
    return Case(
        path=path,
        page=page,
        context=_rendered(_context(said), url, said["rendered"]),
        wanted=tuple(_wanted(one) for one in said["expect"] if one != "none"),
        kind=Kind(said["kind"][0]) if "kind" in said else None,
    )


def _comments(html: str) -> tuple[defaultdict[str, list[str]], str]:
    """The leading comments by name, and the page without them, with the lines it had."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    rest = html
    while match := COMMENT.match(rest):
        said[match["name"].lower()].append(match["said"])
        rest = rest[match.end() :].lstrip("\n")
    if not said["expect"]:
        raise ValueError("the case has no comment <!-- expect: … -->")
    return said, rest


def _wanted(said: str) -> Wanted:
    words = shlex.split(said)
    first = words[0] if words and "=" not in words[0] else "fail"
    evidence = dict(one.split("=", 1) for one in words if "=" in one)
    match first:
        case "warn":
            return Wanted(outcome=Outcome.WARNED, evidence=evidence)
        case "not-applicable":
            return Wanted(outcome=Outcome.NOT_APPLICABLE, evidence={})
        case "not-measured":
            return Wanted(outcome=Outcome.NOT_MEASURED, evidence={}, reason=Reason(words[1]))
        case "fail":
            return Wanted(outcome=Outcome.FAILED, evidence=evidence)
    raise ValueError(f"expect: {first!r} is no outcome")


def _context(said: dict[str, list[str]]) -> Context:
    facts: dict[str, Any] = {}
    for name, reader in READERS.items():
        if said.get(name):
            field, value = reader(said[name])
            facts[field] = value
    return evolve(Context(now=CLOCK, audience=audience.load()), **facts)


def _rendered(context: Context, url: str, pages: list[str]) -> Context:
    """The page after its scripts had run, where the case shows it."""
    if not pages:
        return context
    return evolve(
        context, rendered=read_page(url, pages[0].encode(), headers={"content-type": "text/html; charset=utf-8"})
    )


def _hop(line: str) -> Hop:
    """``URL 301``, or ``URL 200 meta-refresh``."""
    url, status, *how = line.split()
    return Hop(url=url, status=int(status), how=how[0] if how else "http")


def _image(line: str) -> ImageFacts:
    """``URL 600x315 image/jpeg 45000 hops=1 animated``, or ``URL 404``, ``URL page``, ``URL error timeout``."""
    url, *rest = line.split()
    hops = sum(int(one.removeprefix("hops=")) for one in rest if one.startswith("hops="))
    animated = "animated" in rest
    rest = [one for one in rest if one != "animated" and not one.startswith("hops=")]
    if rest[:1] == ["error"]:
        return ImageFacts(url=url, error=" ".join(rest[1:]))
    if rest and rest[0].isdecimal():
        return ImageFacts(url=url, status=int(rest[0]))
    if rest == ["page"]:
        return ImageFacts(url=url, status=200, declared_type="text/html")
    width, height = map(int, rest[0].split("x"))
    size = int(rest[2]) if len(rest) > 2 else None
    return ImageFacts(
        url=url, status=200, type=rest[1], width=width, height=height, size=size, hops=hops, animated=animated
    )


def _fetched(line: str) -> tuple[str, Fetched]:
    """``URL 404``, ``URL 200 hops=1 final=URL``, or ``URL error timeout``."""
    url, answer, *rest = line.split()
    if answer == "error":
        return url, Fetched(error=" ".join(rest))
    more = dict(one.split("=", 1) for one in rest)
    hops = int(more.get("hops", 0))
    return url, Fetched(status=int(answer), hops=hops, final_url=more.get("final", url), type=more.get("type"))


def _looked_up(line: str) -> tuple[str, LookedUp]:
    """``URL 404 gone``, ``URL 200 there``, ``URL 403``."""
    url, status, *rest = line.split()
    return url, LookedUp(status=int(status), gone={"gone": True, "there": False}[rest[0]] if rest else None)


def _access(line: str) -> tuple[str, Access]:
    """``Twitterbot page=no image=yes``."""
    bot, *rest = line.split()
    more = dict(one.split("=", 1) for one in rest)
    open_to = {"yes": True, "no": False, None: None}
    return bot, Access(bot=bot, page=open_to[more.get("page")], image=open_to[more.get("image")])


def _counted(lines: list[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        name, number = line.split()
        yield name, int(number)


def _json(body: str) -> tuple[int, dict[str, str], bytes]:
    return 200, {"content-type": "application/json"}, body.encode()


Reader = Callable[[list[str]], tuple[str, Any]]
READERS: dict[str, Reader] = {
    "image": lambda lines: ("images", {one.url: one for one in map(_image, lines)}),
    "fetched": lambda lines: ("fetched", dict(map(_fetched, lines))),
    "outbound": lambda lines: ("outbound", dict(map(_looked_up, lines))),
    "embedded": lambda lines: ("embedded", dict(map(_looked_up, lines))),
    "access": lambda lines: ("access", dict(map(_access, lines))),
    "inlinks": lambda lines: ("inlinks", int(lines[0])),
    "depth": lambda lines: ("depth", int(lines[0])),
    "cut-short": lambda lines: ("whole", False),
    "in-sitemap": lambda lines: ("in_sitemap", lines[0] == "yes"),
    "lastmod": lambda lines: ("sitemap_lastmod", lines[0]),
    "now": lambda lines: ("now", datetime.fromisoformat(lines[0]).replace(tzinfo=UTC)),
    "image-use": lambda lines: ("image_uses", dict(_counted(lines))),
    "site-kind": lambda lines: ("site_kinds", {Kind(name): number for name, number in _counted(lines)}),
    "logo": lambda lines: ("logo_urls", frozenset(lines)),
    "profile": lambda lines: ("site_profiles", frozenset(tuple(line.split()) for line in lines)),
    "repeated": lambda lines: ("repeated_links", frozenset(lines)),
    "language": lambda lines: ("languages", frozenset(lines)),
    "own-host": lambda lines: ("own_hosts", frozenset(lines)),
    "oembed": lambda lines: ("resources", Served({url: _json(body) for url, body in map(str.split, lines)})),
    "audience": lambda lines: ("audience", audience.load(lines[0])),
}
