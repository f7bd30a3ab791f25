"""Pleroma and Akkoma: Twitter tags override Open Graph; charsets are not converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from smocrawl.page import Meta
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.oembed import endpoint
from smocrawl.platforms.places import WRITTEN_TITLE, host_of
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

PUBLIC = re.compile(r"(?:[\w-]+\.)+(?=.*[^\d.])[\w-]{2,}")
"""A host with a domain, no IP address."""
PRIVATE = ("local", "localdomain", "lan")
STEPS = (("og:", "property"), ("twitter:", "name"), ("twitter:", "property"))
"""The later step overrides the earlier one, with empty values too (rich_media/parsers)."""


def _tags(sight: Sight) -> Iterator[tuple[str, Meta]]:
    for prefix, attribute in STEPS:
        for meta in sight.page.metas:
            name = _name(meta, attribute)
            if name and name.startswith(prefix) and sight.sees(meta.offset):
                yield name, meta


def _name(meta: Meta, attribute: str) -> str | None:
    return meta.prop if attribute == "property" else meta.name


def last_said(name: str) -> Place:
    """The last tag of that name; one without a value takes the earlier ones away."""
    keys = frozenset({f"og:{name}", f"twitter:{name}"})

    def read(sight: Sight) -> Value | None:
        said = (
            (_bare(meta.content or "", prefix), meta.offset)
            for prefix, attribute in reversed(STEPS)
            for meta in reversed(sight.page.metas_by_name.get(prefix + name, ()))
            if _name(meta, attribute) == prefix + name and sight.sees(meta.offset)
        )
        found = next(said, None)
        return found if found is None or _survives(found[0], sight.page.charset) else ("", found[1])

    return Place(f"twitter:{name} or og:{name}", read, (), keys)


def _bare(content: str, prefix: str) -> str:
    """Every leading prefix is taken off, from the values as well (String.trim_leading)."""
    while content.startswith(prefix):
        content = content.removeprefix(prefix)
    return content


def _survives(text: str, charset: str) -> bool:
    """Whether the bytes of the page, taken as UTF-8, are valid."""
    if text.isascii() or charset == "utf-8":
        return "\ufffd" not in text
    try:
        text.encode(charset).decode("utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """Hosts without a public name are refused; the title element alone draws nothing, an oEmbed answer may."""
    host = host_of(sight.page.url) or ""
    if not PUBLIC.fullmatch(host) or host.rpartition(".")[2] in PRIVATE:
        return Nothing(platform="pleroma", code="private-host", detail={"host": host})
    if next(_tags(sight), None) is None:
        return _from_oembed(sight, picked.replaced(title=None))
    if not _survives(picked.get("title") or "", sight.page.charset):
        return picked.replaced(title=None)
    return picked


def _from_oembed(sight: Sight, picked: Picked) -> Picked:
    """The answer goes through the same gate as pages: what calls itself JSON is refused (helpers.ex)."""
    url = endpoint(sight, ("application/json+oembed",))
    answer = sight.resources.oembed(url) if url else None
    if answer is None or answer.media_type not in (None, "text/html") or not answer.html or not answer.title:
        return picked
    return picked.moved("title", answer.title, "oEmbed")


PLATFORM = Platform(
    id="pleroma",
    name="Pleroma and Akkoma",
    family=Family.OPEN,
    reading=Reading(
        og=Names(("property",), exact=True, last=True),
        twitter=Names(("name", "property"), exact=True, last=True),
        empty_wins=True,
        bytes_most=5_000_000,
        refuses_longer=True,
        types=("text/html",),
        statuses=(200,),
        https_only=True,
        charset=("utf-8",),
        oembed=True,
        uses_base=False,
    ),
    title=(last_said("title"), WRITTEN_TITLE),
    description=(last_said("description"),),
    image=(last_said("image"),),
    site_name=(last_said("site_name"),),
    tidy=tidy,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Pleroma", agent="Pleroma …; Bot", obeys_robots=False, timeout=15),
    cache="Each server keeps its own card; og:ttl may shorten its life.",
    refresh="There is no tool for it; wait until the card has run out.",
    sources=("https://git.pleroma.social/pleroma/pleroma/-/tree/develop/lib/pleroma/web/rich_media",),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)
