"""One page as the sections of a report see it, made from a row of the store."""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any

from attrs import frozen

from smocrawl.report import safe
from smocrawl.report.platform_scores import PlatformScores
from smocrawl.store.facts import from_json


@frozen(kw_only=True, weakref_slot=False)
class PageRow:
    """One page with its verdict: a hundred thousand are held at a time, each equal value of them once where that is cheap."""

    id: int
    url: str
    path: str
    kind: str
    template: str
    title: str
    status: int
    shareable: bool
    is_public: bool
    """Open to search engines under its own address: what the score of the links looks at."""
    words: int
    og_image: str | None
    published: str | None
    score: float | None
    uncapped: float | None
    cap: str | None
    inlinks: int
    depth: int | None
    crosslink: float | None
    is_hub: bool
    platforms: Mapping[str, float]


def netloc(url: str) -> str:
    """The host of an address as it is written, ``www.`` and all."""
    return url.split("/", 3)[2].lower() if url.count("/") > 1 else ""


def page_row(row: Any, domain: str, own: str) -> PageRow:
    """A row of the store; *domain* is that of the crawl, *own* the host of its home page, empty where that was not read."""
    url = row["address"]
    # Beside the home page of example.com that of www.example.com is another page, and no second "/".
    host = "" if netloc(url) == own or (safe.host(url) == domain and not own) else safe.host(url)
    if host == domain and own:
        host = safe.cut(netloc(url).rpartition("@")[2], 100)
    score = row["score"]
    return PageRow(
        id=row["url"], url=url, path=f"{host}{safe.path(url)}", kind=intern(row["kind"]), template=intern(row["template"]),
        title=safe.cut(row["title"] or row["h1"] or "", 200), status=row["status"], shareable=bool(row["shareable"]), is_public=bool(row["public"]),
        words=row["words"], og_image=row["og_image"] and intern(row["og_image"]), published=row["published"] and intern(row["published"]), score=score,
        uncapped=score if row["uncapped"] == score else row["uncapped"], cap=row["cap"] and intern(row["cap"]), inlinks=row["inlinks"] or 0, depth=row["clicks"],
        crosslink=row["crosslink"], is_hub=bool(row["hub"]),
        platforms=PlatformScores(from_json(row["platforms"] or "{}")),
    )  # fmt: skip
