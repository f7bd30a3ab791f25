"""Lemmy: Open Graph in head, then title and description; reads the first mebibyte."""

from __future__ import annotations

from datetime import date

from smocrawl.page import Meta
from smocrawl.platforms.addresses import parsed
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import WRITTEN_TITLE, meta, og
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

NAMES = Names(("property", "name", "http-equiv"), exact=True, last=True, first_attribute=True)


def first(name: str) -> Place:
    """The first tag of that name or of its ``:url``: of pictures and films the first counts, of texts the last."""
    names = (name, f"{name}:url")

    def read(sight: Sight) -> Value | None:
        for one in sight.page.metas_named(names):
            if _name(one) in names and one.content is not None and one.in_head and sight.sees(one.offset):
                return one.content.strip(), one.offset
        return None

    return Place(name, read, (), frozenset(names))


def _name(one: Meta) -> str:
    said = (one.prop, one.name, one.http_equiv)
    return next((name.strip() for name in said if name is not None), "")


def _last_title(sight: Sight) -> Value | None:
    """Of several title elements in head the last counts."""
    found = WRITTEN_TITLE.read(sight)
    titles = sight.page.titles
    return found if found is None or len(titles) < 2 else (titles[-1], None)


def tidy(sight: Sight, picked: Picked) -> Picked:
    """Addresses are joined to the page's own; the title loses the blanks around it."""
    changed: dict[str, str | None] = {"title": (picked.get("title") or "").strip()}
    for name in ("image", "video"):
        said = picked.get(name)
        changed[name] = parsed(sight.page.url, said) if said else None
    return picked.replaced(**changed)


PLATFORM = Platform(
    id="lemmy",
    name="Lemmy",
    family=Family.OPEN,
    reading=Reading(
        og=NAMES,
        plain=NAMES,
        head_only=True,
        bytes_most=1_048_576,
        needs_type=True,
        empty_wins=True,
        charset=("meta-charset", "utf-8"),
        uses_base=False,
    ),
    title=(og("title"), Place("<title>", _last_title, ())),
    description=(og("description"), meta("description")),
    image=(first("og:image"),),
    video=(first("og:video"),),
    needs=(("title",), ("description",), ("image",)),
    tidy=tidy,
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="Lemmy", agent="Lemmy/…; +https://…", obeys_robots=False, timeout=10),
    cache="The card is stored with the post.",
    refresh="Edit the post: the link is read again.",
    sources=(
        "https://github.com/LemmyNet/lemmy/blob/main/crates/api/api_utils/src/request.rs",
        "https://github.com/orottier/webpage-rs",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)
