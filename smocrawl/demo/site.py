"""Renders the demo site into memory: every address with its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import jinja2
from attrs import evolve, field, frozen
from markupsafe import Markup
from PIL import Image

from smocrawl.demo import content_files
from smocrawl.demo.faults import (
    CLEAN,
    Defect,
    Variant,
    changed_entries,
    changed_house,
    concerning,
    exchanged,
    headers,
    is_gone,
    swapped,
    variant,
)
from smocrawl.demo.feeds import Syndication
from smocrawl.demo.head import head, player_path
from smocrawl.demo.markup import to_html
from smocrawl.demo.model import DemoPage, Response, moved, painted, raw, text
from smocrawl.demo.pictures import SIGN_SVG, Picture, icon, paint
from smocrawl.demo.structured import Describer

TEMPLATES = {
    "about": "plain",
    "contact": "plain",
    "guide": "plain",
    "legal": "plain",
    "search": "plain",
    "missing": "plain",
}
MONTHS = {
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
    "de": [
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ],
}  # fmt: skip
ON_HOME = (("journal", "article", 6), ("shop", "product", 6), ("workshops", "event", 4), ("films", "video", 4))
SHELVES = {
    "en": {"journal": "From the journal", "shop": "From the shop", "workshops": "Workshops", "films": "Films"},
    "de": {"journal": "Aus dem Journal"},
}
SHARE_PICTURE = Picture(name="share-default", scene="sign")
"""The picture of the house, for pages that have none of their own."""
PLANNER = 'document.getElementById("app").textContent = "A book of five sections needs twenty sheets.";'
UNICODE = ("charset=utf-8", "+xml", "/xml", "/json", "+json", "text/plain")
"""Types of the answers in which faults can be worked: all but those in another encoding."""
BINARY = ("image/", "application/gzip", "application/pdf")
OWN_LINK = re.compile(r'<a\b[^>]*? href="(/[^"#]*)"[^>]*>(.*?)</a>', re.DOTALL)


@frozen(kw_only=True)
class Teaser:
    """A page as listings show it."""

    path: str
    title: str
    description: str
    picture: Picture | None
    thumb: str
    alt: str
    price: str | None


@frozen(kw_only=True)
class DemoSite:
    """The rendered site."""

    origin: str
    today: date
    pages: tuple[DemoPage, ...]
    responses: Mapping[str, Response] = field(repr=False)
    missing: Response = field(repr=False)
    variant: Variant = CLEAN
    spellings: bool = False
    """Other spellings of an address answer for themselves instead of leading to the one."""
    shut_out: tuple[str, ...] = ()
    """Words in the names of those whom the server sends away."""
    packs: bool = True

    @property
    def faults(self) -> tuple[Defect, ...]:
        return self.variant.defects

    @property
    def expected(self) -> frozenset[tuple[str, str, str]]:
        """What the audit must find: (check, path, outcome), the path empty for the whole site; failed beats warned."""
        return self.expected_for("")

    def expected_for(self, audience: str) -> frozenset[tuple[str, str, str]]:
        """The same for one audience alone; empty = the one whose site it is."""
        worst: dict[tuple[str, str], str] = {}
        for fault in self.faults:
            if fault.audience != audience:
                continue
            paths = [page.path for page in self.pages if fault.concerns(page.path, page.kind)] or [fault.path]
            for path in paths:
                worst[fault.check, path] = min(fault.outcome, worst.get((fault.check, path), fault.outcome))
        return frozenset((check, path, outcome) for (check, path), outcome in worst.items())

    def answer(self, target: str) -> Response:
        """What the site answers to a request target; tracking parameters change nothing."""
        path = urlsplit(target).path or "/"
        if found := self.responses.get(path):
            return found
        plainer = path.lower().removesuffix("index.html").rstrip("/") + "/"
        if plainer != path and plainer in self.responses:
            return self.responses[plainer] if self.spellings else moved(plainer)
        return self.missing


def build(
    origin: str = "https://www.larkfold.example",
    *,
    today: date | None = None,
    faults: bool = True,
    condition: str = "seeded",
) -> DemoSite:
    """Render the site as it is served at *origin*, clean or with the faults of that *condition* of the house."""
    today = today or datetime.now(tz=UTC).date()
    return _Press(origin.rstrip("/"), today, variant(condition) if faults else CLEAN).site()


class _Press:
    """One rendering: what all templates need, and the answers as they come out."""

    def __init__(self, origin: str, today: date, chosen: Variant) -> None:
        self.origin, self.today, self.variant, self.faults = origin, today, chosen, chosen.defects
        self.house = changed_house(content_files.read("house"), self.faults)
        entries = changed_entries(content_files.entries(chosen.content), self.faults)
        then = today - timedelta(days=chosen.older)
        self.pages = content_files.pages([entry for entry in entries if chosen.has(entry["path"])], then)
        if chosen.without:
            # Nobody looks at them but the audit.
            self.pages = [evolve(page, picture=_rough(page.picture)) for page in self.pages]
        self.by_path = {page.path: page for page in self.pages}
        people = content_files.pages([entry for entry in entries if entry["kind"] == "profile"], then)
        self.people = {page.facts["id"]: page for page in people}
        now = datetime.combine(today, time(12, tzinfo=UTC))
        self.describer = Describer(self.house, self.people, origin, now)
        self.templates = _templates(now)
        self.tags = content_files.read("tags")["page"]

    def site(self) -> DemoSite:
        missing = evolve(text(self.html(self._missing())), status=404)
        return DemoSite(
            origin=self.origin,
            today=self.today,
            pages=tuple(self.pages),
            responses=dict(self._standing()),
            missing=missing,
            variant=self.variant,
            spellings=self.house.get("spellings", False),
            shut_out=tuple(self.house.get("shut_out", ())),
            packs=self.house.get("packs", True),
        )

    def _standing(self) -> Iterator[tuple[str, Response]]:
        """Every answer with the faults that concern it worked in; some take it away."""
        for path, answer in self._responses().items():
            faults = concerning(path, self.by_path[path].kind if path in self.by_path else "", self.faults)
            if not is_gone(faults):
                yield path, self._changed(path, answer, faults)

    def _responses(self) -> dict[str, Response]:
        found = {page.path: self._own(page) for page in self.pages}
        found |= {path: moved(target) for path, target in content_files.read("moved")["to"].items()}
        found |= Syndication(self.pages, self.house, self.people, self.origin).responses()
        found |= _files()
        found[SHARE_PICTURE.path] = painted(SHARE_PICTURE)
        for page in self.pages:
            if page.picture:
                found |= {picture.path: painted(picture) for picture in _pictures(page, page.picture)}
            if page.kind == "video":
                found |= self._player(page)
        return found

    def _changed(self, path: str, answer: Response, faults: Sequence[Defect]) -> Response:
        if answer.type.startswith(BINARY) or not answer.type.endswith(UNICODE):
            return answer
        content = swapped(path, answer.body.decode(), faults, self.origin)
        extra = {**answer.headers, **headers(faults)}
        return evolve(text(content, answer.type, status=answer.status), headers=extra)

    def _own(self, page: DemoPage) -> Response:
        """A page as its entry has it written: with its own exchanges, headers and encoding."""
        facts = page.facts
        swaps = (*facts.get("swap", ()), *self.variant.also.get(page.path, ()))
        content = exchanged(page.path, self._unlinked(self.html(page)), swaps, self.origin)
        answer = text(content)
        if charset := facts.get("charset"):
            answer = raw(content.encode(charset, "xmlcharrefreplace"), f"text/html; charset={charset}")
        return evolve(answer, headers=facts.get("headers", {}))

    def _unlinked(self, content: str) -> str:
        """Without the links to pages that this variant lacks; their words stay."""
        if not self.variant.without:
            return content
        return OWN_LINK.sub(lambda found: found[0] if self.variant.has(found[1]) else found[2], content)

    # -- pages ------------------------------------------------------------------------------

    def html(self, page: DemoPage) -> str:
        listed = [self.by_path[path] for path in page.listed]
        words = self.house["words"][page.lang]
        template = self.templates.get_template(f"{TEMPLATES.get(page.kind, page.kind)}.html")
        return template.render(
            page=page,
            house=self.house,
            words=words,
            home="/" if page.lang == "en" else f"/{page.lang}/",
            url=self.origin + page.path,
            year=self.today.year - self.house.get("copyright_lag", 0),
            tags=head(page, self.house, self.people, self.origin),
            structured=self.describer.script(page, listed),
            listed=self._teasers(page.listed),
            related=self._teasers(page.related),
            hubs=self._teasers(self._hubs(page)),
            shelves=self._shelves(page),
            author=self.people.get(page.author or ""),
            tag_names={tag["tag"]: tag["name_de" if page.lang == "de" else "name"] for tag in self.tags},
            portrait=_square(page.picture).path if page.kind == "profile" and page.picture else "",
            player=player_path(page) if page.kind == "video" else "",
        )

    def _teasers(self, paths: Sequence[str]) -> list[Teaser]:
        return [_teaser(self.by_path[path]) for path in paths]

    def _hubs(self, page: DemoPage) -> Sequence[str]:
        """Pages that a page links besides what it lists: categories, people, and all tags for the journal."""
        if page.path == "/journal/":
            hubs: Sequence[str] = [f"/journal/tags/{tag['tag']}/" for tag in self.tags]
        else:
            hubs = page.facts.get("links", ()) if page.number == 1 else ()
        return [path for path in hubs if path in self.by_path]

    def _shelves(self, page: DemoPage) -> list[tuple[str, list[Teaser]]]:
        if page.kind != "home":
            return []
        shelves = []
        for name, kind, length in ON_HOME:
            if name in self.house.get("off_home", ()):
                continue
            own = [
                other for other in self.pages
                if other.kind == kind and other.lang == page.lang and not other.facts.get("hidden")
            ]  # fmt: skip
            newest = sorted(own, key=lambda other: other.published, reverse=True)[:length]
            if newest:
                shelves.append((SHELVES[page.lang][name], [_teaser(other) for other in newest]))
        return shelves

    def _missing(self) -> DemoPage:
        return DemoPage(
            path="/404/",
            kind="missing",
            lang="en",
            title="This page has been taken out of the book",
            head_title="Page not found – Larkfold",
            description="There is nothing at this address.",
            body=to_html("There is nothing at this address. Try the [journal](/journal/) or the [shop](/shop/)."),
            published=self.describer.today,
            modified=self.describer.today,
        )

    def _player(self, page: DemoPage) -> dict[str, Response]:
        film = page.path.rstrip("/") + ".webp"
        html = self.templates.get_template("player.html").render(page=page, film=film)
        name = page.path
        return {
            player_path(page): text(html),
            film: Response(type="image/webp", make=lambda: _film(name)),
        }


def _teaser(page: DemoPage) -> Teaser:
    return Teaser(
        path=page.path,
        title=page.facts.get("name", page.title) if page.kind == "profile" else page.title,
        description=page.description,
        picture=page.picture,
        thumb=_thumb(page.picture).path if page.picture else "",
        alt=page.picture_alt,
        price=page.facts.get("price") if page.kind == "product" else None,
    )


def _rough(picture: Picture | None) -> Picture | None:
    return evolve(picture, fine=False) if picture else None


def _thumb(picture: Picture) -> Picture:
    return evolve(picture, width=600, height=315, ending="jpg", grain=0)


def _square(picture: Picture) -> Picture:
    return evolve(picture, width=400, height=400, ending="jpg", grain=0)


def _pictures(page: DemoPage, picture: Picture) -> list[Picture]:
    return [picture, _thumb(picture), *([_square(picture)] if page.kind == "profile" else [])]


def _files() -> dict[str, Response]:
    style = (files("smocrawl.demo") / "static" / "site.css").read_text(encoding="utf-8")
    found = {
        "/planner.js": text(PLANNER, "text/javascript; charset=utf-8"),
        "/site.css": text(style, "text/css; charset=utf-8"),
        "/icon.svg": text(SIGN_SVG, "image/svg+xml"),
        "/favicon.ico": Response(type="image/x-icon", make=lambda: icon(48, "ico")),
        "/apple-touch-icon.png": Response(type="image/png", make=lambda: icon(180)),
        "/logo-512.png": Response(type="image/png", make=lambda: icon(512)),
        "/care-of-books.pdf": raw(_pdf("How to care for a book"), "application/pdf"),
    }
    for edge in (192, 512):
        found[f"/icon-{edge}.png"] = Response(type="image/png", make=lambda edge=edge: icon(edge))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    return found


def _pdf(title: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (420, 594), "#fbf7ee").save(out, "PDF", title=title)
    return out.getvalue()


@lru_cache(maxsize=16)
def _film(path: str) -> bytes:
    """A few still pictures, one after the other."""
    scenes = ("sheets", "spools", "tools", "cover", "pair", "stack")
    stills = (Picture(name=path + scene, scene=scene, width=640, height=360) for scene in scenes)
    frames = [Image.open(BytesIO(paint(still))) for still in stills]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], duration=1500, loop=0, quality=70)
    return out.getvalue()


# -- templates ------------------------------------------------------------------------------


def _templates(now: datetime) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("smocrawl.demo"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "day": _day,
        "published": lambda page: page.stamp(page.published),
        "modified": lambda page: page.stamp(page.modified),
        "ago": lambda days: (now - timedelta(days=days)).date().isoformat(),
        "comment": lambda words: Markup(to_html(words, ugc=True)),  # noqa: S704 - to_html escapes
        "host": lambda url: urlsplit(url).hostname or "",
    }
    environment.filters |= filters
    return environment


def _day(moment: datetime | str, lang: str) -> str:
    """A day in words: 17 November 2026, or 17. November 2026."""
    day = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    dot = "." if lang == "de" else ""
    return f"{day.day}{dot} {MONTHS[lang][day.month - 1]} {day.year}"
