"""Mattermost: Open Graph under property only; neither the title element nor Twitter tags are read."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageFacts, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.layouts import measured
from smocrawl.platforms.places import og
from smocrawl.platforms.reading import Names, Reading, Sight


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """Entities are decoded a second time; the first picture that is no drawing is shown; five kilobytes may be said in all."""
    for name in ("title", "description"):
        if "&" in (said := picked.get(name) or ""):
            picked = picked.replaced(**{name: unescape(said)})
    if not picked.get("title") and any((found := place.read(sight)) and found[0] for place in INSTEAD):
        picked = picked.moved("title", sight.asked, "the address")
    if (size := _size(sight, picked)) > ENTRY_MOST:
        return Nothing(platform="mattermost", code="too-long", detail={"bytes": size, "limit": ENTRY_MOST})
    images = [meta.content.strip() for meta in sight.metas("og:image", NAMES) if meta.content]
    if not images:
        return picked
    raster = (one for one in reversed(images) if not one.partition("?")[0].lower().endswith(".svg"))
    return picked.replaced(image=next(raster, None))


def _size(sight: Sight, picked: Picked) -> int:
    """Bytes of the tags as JSON, before long texts are cut; 0 where they are few enough at first sight."""
    named = sight.page.metas_named(PICTURES)
    letters = sum(map(len, picked.values.values())) + sum([PICTURE + len(meta.content or "") for meta in named])
    if letters * WIDEST <= ENTRY_MOST - PICTURE:
        return 0
    said = {name: picked.get(name) or "" for name in ("title", "description", "site_name", "language", "url")}
    pictures: list[dict[str, object]] = []
    for meta in named:
        if meta.prop in PICTURES and meta.content is not None:
            if meta.prop != "og:image:secure_url" or not pictures:
                pictures.append({"url": "", "secure_url": "", "type": "", "width": 0, "height": 0})
            pictures[-1]["secure_url" if meta.prop == "og:image:secure_url" else "url"] = meta.content
    written = json.dumps({**said, **FRAME, "images": pictures}, ensure_ascii=False, separators=(",", ":"))
    return len(written.encode("utf-8", "replace")) + ESCAPE * sum(map(written.count, "<>&"))


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large from 150 pixels of width on, where the picture is at least a third wider than high."""
    size = measured(sight, picked, image)
    return "large" if size is None or (size[0] >= LARGE and size[0] * 3 >= size[1] * 4) else "small"


WEB_CLIENT = (
    "https://github.com/mattermost/mattermost/blob/master/webapp/channels/src/components/post_view/"
    "post_attachment_opengraph/post_attachment_opengraph.tsx"
)
LARGE = 150
"""LARGE_IMAGE_WIDTH (post_attachment_opengraph.tsx)."""
INSTEAD = (og("type"), og("url"))
"""Tags that make a card without a title: the link stands in its place."""
ENTRY_MOST = 5 * 1024
"""openGraphMetadataCacheEntrySizeLimit (opengraph.go)."""
PICTURE = 100
"""Bytes that one picture's entry, or the frame of the whole, has besides its texts."""
WIDEST = 6
"""Bytes of one character at most, as Go escapes it."""
ESCAPE = len("\\u0026") - 1
"""Bytes by which Go's JSON makes an angle bracket or ampersand longer."""
PICTURES = ("og:image", "og:image:url", "og:image:secure_url")
FRAME = {"type": "", "determiner": "", "locales_alternate": None, "audios": None, "videos": None}
"""What else stands in the entry."""
NAMES = Names(("property",), exact=True, last=True, twins=False)
LONGEST = Cut(most=300, mark="[...]")

PLATFORM = Platform(
    id="mattermost",
    name="Mattermost",
    family=Family.WORK,
    reading=Reading(
        og=NAMES,
        bytes_most=50 * 1024 * 1024,
        types=("text/html",),
        needs_type=True,
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
    layout=layout,
    images=ImageRules(
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}), crop=None, crop_small=1.0
    ),
    bot=Bot(name="Mattermost", agent="mattermost-…", obeys_robots=False, timeout=5),
    cache="Mattermost keeps a card for about an hour.",
    refresh="Wait for an hour, then send the link again.",
    sources=(
        "https://github.com/mattermost/mattermost/blob/master/server/channels/app/opengraph.go",
        "https://github.com/mattermost/mattermost/blob/master/server/channels/app/post_metadata.go",
        WEB_CLIENT,
        "https://github.com/dyatlov/go-opengraph",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
)
