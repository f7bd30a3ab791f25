"""What the demo site is made of: the house, its pages, its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from attrs import field, frozen

from smocrawl.demo.pictures import Picture, paint


@frozen(kw_only=True)
class DemoPage:
    """One page, read from the content files and not yet turned into HTML."""

    path: str
    kind: str
    lang: str
    title: str
    head_title: str
    description: str
    body: str
    """HTML of the text."""
    published: datetime
    modified: datetime
    picture: Picture | None = None
    picture_alt: str = ""
    author: str | None = None
    tags: tuple[str, ...] = ()
    translations: Mapping[str, str] = field(factory=dict)
    trail: tuple[tuple[str, str], ...] = ()
    """Breadcrumbs from the home page to this one: (name, path)."""
    related: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    """Paths of the pages that a listing shows."""
    number: int = 1
    """Page of a paginated listing."""
    facts: Mapping[str, Any] = field(factory=dict)
    """The entry as written, for what only one kind of page has."""

    @property
    def meta_modified(self) -> datetime:
        """The last change as the meta tag has it, which differs where two fields are kept by hand."""
        days = self.facts.get("meta_updated_days")
        return self.published + timedelta(days=self.facts["days"] - days) if days else self.modified

    def stamp(self, moment: datetime) -> str:
        """The moment as machines read it; a careless template leaves out the time."""
        return moment.date().isoformat() if self.facts.get("date_only") else moment.isoformat()

    @property
    def is_shareable(self) -> bool:
        return self.kind not in ("legal", "search", "missing")


@frozen(kw_only=True)
class Response:
    """One answer of the site."""

    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(factory=dict)
    make: Callable[[], bytes] = field(repr=False)

    @property
    def body(self) -> bytes:
        return self.make()


def text(content: str, type: str = "text/html; charset=utf-8", *, status: int = 200) -> Response:
    body = content.encode()
    return Response(status=status, type=type, make=lambda: body)


def raw(body: bytes, type: str) -> Response:
    return Response(type=type, make=lambda: body)


def moved(target: str) -> Response:
    return Response(status=301, headers={"Location": target}, make=lambda: b"")


def painted(picture: Picture) -> Response:
    """Painted when it is first asked for."""
    return Response(type=picture.media_type, make=partial(paint, picture))
