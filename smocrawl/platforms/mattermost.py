"""Mattermost: Open Graph under property only; neither the title element nor Twitter tags are read."""

from __future__ import annotations

from datetime import date
from html import unescape

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import og
from smocrawl.platforms.reading import Names, Reading, Sight


def tidy(sight: Sight, picked: Picked) -> Picked:
    """Entities are decoded a second time; the first picture that is no drawing is shown."""
    for name in ("title", "description"):
        if "&" in (said := picked.get(name) or ""):
            picked = picked.replaced(**{name: unescape(said)})
    images = [meta.content.strip() for meta in sight.metas("og:image", NAMES) if meta.content]
    raster = [one for one in reversed(images) if not one.partition("?")[0].lower().endswith(".svg")]
    return picked.replaced(image=raster[0] if raster else None) if images else picked


NAMES = Names(("property",), exact=True, last=True, twins=False)
LONGEST = Cut(most=300, mark="[...]")

PLATFORM = Platform(
    id="mattermost",
    name="Mattermost",
    family=Family.WORK,
    reading=Reading(
        og=NAMES,
        bytes_most=50 * 1024 * 1024,
        types=("text/html", "application/xhtml+xml"),
        uses_base=False,
    ),
    title=(og("title"),),
    description=(og("description"),),
    image=(og("image"), og("image:url")),
    site_name=(og("site_name"),),
    language=(og("locale"),),
    needs=(("title",),),
    tidy=tidy,
    kept={"title": LONGEST, "description": LONGEST, "site_name": LONGEST},
    layout=always_large,
    images=ImageRules(formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}), crop=None),
    bot=Bot(name="Mattermost", agent="mattermost-…", obeys_robots=False, timeout=5),
    cache="Mattermost keeps a card for about an hour.",
    refresh="Wait for an hour, then send the link again.",
    sources=(
        "https://github.com/mattermost/mattermost/blob/master/server/channels/app/opengraph.go",
        "https://github.com/dyatlov/go-opengraph",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)
