"""Reads the content files and arranges them as pages: dates, breadcrumbs, listings, neighbours."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zlib import crc32

from attrs import evolve

from smocrawl.demo.markup import to_html
from smocrawl.demo.model import DemoPage
from smocrawl.demo.pictures import Picture

FOLDER = files("smocrawl.demo") / "content"
PAGE_FILES = (
    "pages", "people", "journal-1", "journal-2", "journal-3", "tags", "shop", "happenings", "corners", "deutsch",
)  # fmt: skip
NEIGHBOURS = 3
"""Related pages shown below an article, product, film or workshop."""

USUAL: Mapping[str, Any] = {
    "embed": None,
    "breadcrumbs": True,
    "byline": True,
    "comment_form": True,
    "comments": (),
    "copy_link": True,
    "count": 1,
    "dated": True,
    "share": True,
    "visible_date": True,
    "visible_reviews": True,
}
"""What every page has unless its entry says otherwise."""

Entry = dict[str, Any]


@lru_cache(maxsize=32)
def _text(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def read(name: str) -> Entry:
    return tomllib.loads(_text(name))


def entries(more: Sequence[str] = ()) -> list[Entry]:
    """All pages as written, those of the files *more* included, tag pages completed."""
    found = [entry for name in (*PAGE_FILES, *more) for entry in read(name)["page"]]
    for entry in found:
        if "tag" in entry:
            entry |= {"path": f"/journal/tags/{entry['tag']}/", "kind": "listing", "of": f"tag:{entry['tag']}"}
    return found


def pages(found: Sequence[Entry], today: date) -> list[DemoPage]:
    """Every page of the site, the further pages of long listings included."""
    names = {entry["path"]: _short_name(entry) for entry in found}
    first = [_page(entry, names, today) for entry in found]
    by_path = {page.path: page for page in first}
    return [
        part
        for page in first
        for part in _parts(evolve(page, related=_related(page, first), listed=_listed(page, first)), by_path)
    ]


def _short_name(entry: Entry) -> str:
    return str(entry.get("name") or entry["title"])


def _page(entry: Entry, names: Mapping[str, str], today: date) -> DemoPage:
    days: int = entry.get("days", 30 + crc32(entry["path"].encode()) % 200)
    lang = entry.get("lang", "en")
    picture = entry.get("picture")
    return DemoPage(
        path=entry["path"],
        kind=entry["kind"],
        lang=lang,
        title=entry["title"],
        head_title=entry.get("head_title", f"{entry['title']} – Larkfold"),
        description=entry["description"],
        body=to_html(entry["body"]),
        published=moment(today, days, entry["path"]),
        modified=moment(today, entry.get("updated_days") or days, entry["path"]),
        picture=_picture(entry["path"], picture) if picture else None,
        picture_alt=picture["alt"] if picture else "",
        author=entry.get("author"),
        tags=tuple(entry.get("tags", ())),
        translations={lang: path for lang, path in entry.get("translations", {}).items() if path in names},
        trail=_trail(entry["path"], lang, names) if entry.get("breadcrumbs", True) else (),
        facts={**USUAL, **entry},
    )


def moment(today: date, days: int, path: str) -> datetime:
    """So many days before *today*, in the morning, each page at a minute of its own."""
    minute = crc32(path.encode()) % 150
    return datetime.combine(today - timedelta(days=days), time(7, tzinfo=UTC)) + timedelta(minutes=minute)


def _picture(path: str, wanted: Mapping[str, Any]) -> Picture:
    name = wanted.get("name") or path.strip("/").replace("/", "-") or "home"
    return Picture(name=name, **{key: value for key, value in wanted.items() if key not in ("alt", "name")})


def _trail(path: str, lang: str, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    home = "/" if lang == "en" else f"/{lang}/"
    steps = [path[: index + 1] for index, letter in enumerate(path) if letter == "/"]
    return tuple((names[step], step) for step in steps if step in names and len(step) >= len(home) and step != home)


def _newest(found: Iterable[DemoPage]) -> list[DemoPage]:
    return sorted(found, key=lambda page: page.published, reverse=True)


def _related(page: DemoPage, everything: Sequence[DemoPage]) -> tuple[str, ...]:
    """The next pages of the same kind, its own language first; each page is thus named by three others."""
    if page.kind not in ("article", "product", "video", "event"):
        return ()
    alike = [other for other in everything if other.kind == page.kind and not _is_hidden(other)]
    same = [other for other in alike if other.lang == page.lang]
    at = same.index(page) if page in same else -1
    ring = [*same[at + 1 :], *same[: max(at, 0)], *(other for other in alike if other.lang != page.lang)]
    translated = set(page.translations.values())
    chosen = [other.path for other in ring if other.path not in translated][:NEIGHBOURS]
    return tuple(chosen[: page.facts.get("neighbours", NEIGHBOURS)])


def _is_hidden(page: DemoPage) -> bool:
    return bool(page.facts.get("hidden"))


def _listed(page: DemoPage, everything: Sequence[DemoPage]) -> tuple[str, ...]:
    """What a listing shows: a kind, a folder or a tag; authors list what they wrote."""
    of = page.facts.get("of", "")
    shown = [other for other in everything if other.lang == page.lang and not _is_hidden(other)]
    if page.kind == "profile":
        chosen = _newest(other for other in shown if other.author == page.facts["id"])
    elif of.startswith("/"):
        chosen = [other for other in shown if other.path.startswith(of) and other.path != of]
    elif of.startswith("tag:"):
        chosen = _newest(other for other in shown if of[4:] in other.tags)
    else:
        chosen = _newest(other for other in shown if of and other.kind == of)
    return tuple(other.path for other in chosen)


def _parts(page: DemoPage, by_path: Mapping[str, DemoPage]) -> list[DemoPage]:
    """A listing cut into pages of ``per_page`` entries."""
    if page.kind != "listing":
        return [page]
    newest = max((by_path[path].modified for path in page.listed), default=page.modified)
    page = evolve(page, published=newest, modified=newest)
    size = page.facts.get("per_page", len(page.listed) or 1)
    cut = [page.listed[start : start + size] for start in range(0, len(page.listed), size)] or [()]
    return [_part(page, number, listed, len(cut)) for number, listed in enumerate(cut, start=1)]


def _part(page: DemoPage, number: int, listed: tuple[str, ...], count: int) -> DemoPage:
    facts = {**page.facts, "count": count}
    if number == 1:
        return evolve(page, listed=listed, facts=facts)
    path, title = f"{page.path}page/{number}/", f"{page.title}, page {number}"
    return evolve(
        page,
        path=path,
        title=title,
        head_title=f"{title} – Larkfold",
        description=f"{page.description} Page {number}.",
        number=number,
        listed=listed,
        translations={},
        trail=(*page.trail, (str(number), path)),
        facts=facts,
    )
