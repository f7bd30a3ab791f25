"""Nextcloud: Open Graph, then the title element; a usual meta description is not read."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import TITLE_TAG, under, under_any
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value


def first(*names: str) -> Place:
    """The first tag of any of these names, under name before property; an empty one gives way to no later tag."""

    def read(sight: Sight) -> Value | None:
        for attribute in ("name", "prop"):
            for meta in sight.page.metas_named(names):
                written: str = getattr(meta, attribute) or ""
                # The prefix is compared letter by letter, what follows it in any case.
                if written.startswith("og:") and written.strip().lower() in names and sight.sees(meta.offset):
                    return (meta.content or "").strip(), meta.offset
        return None

    return Place(names[0], read, (), frozenset(names), under_any("name", "property"))


def absolute(sight: Sight, picked: Picked) -> Picked:
    """Relative pictures are not resolved but left out."""
    image = picked.get("image") or ""
    return picked if image.startswith(("https://", "http://")) else picked.replaced(image=None)


PLATFORM = Platform(
    id="nextcloud",
    name="Nextcloud",
    family=Family.WORK,
    reading=Reading(
        og=Names(("name", "property")),
        bytes_most=5 * 1024 * 1024,
        refuses_longer=True,
        types=("text/html",),
        needs_type=True,
        charset=("utf-8",),
    ),
    title=(first("og:title"), TITLE_TAG),
    description=(first("og:description"), under("property", "description")),
    image=(first("og:image", "og:image:url"),),
    tidy=absolute,
    layout=always_small,
    images=ImageRules(
        bytes_most=5 * 1024 * 1024 - 1,
        formats=frozenset({"image/jpeg", "image/jpg", "image/png", "image/gif", "image/svg+xml", "image/webp"}),
        believes_header=True,
        crop_small=None,
    ),
    bot=Bot(name="Nextcloud", agent="Mozilla/5.0 (Linux) … Nextcloud", obeys_robots=False, timeout=10),
    cache="Each server keeps its own card; for how long is not published.",
    refresh="There is no tool for it.",
    sources=(
        "https://github.com/nextcloud/server/blob/master/lib/public/Collaboration/Reference/LinkReferenceProvider.php",
        "https://github.com/fusonic/opengraph",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 22),
)
