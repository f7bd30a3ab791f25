"""Revolt, now Stoat: no title element; an empty tag hides what stands behind it; a text cut amid a letter costs the card."""

from __future__ import annotations

from datetime import date

from smocrawl.platforms.addresses import ends_in
from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageFacts, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.places import meta, og, relations, twitter
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

NAMES = Names(("property", "name"), exact=True, twins=False, first_attribute=True)
FILES = ("image", "icon", "video")
FILMS = (".mp4", ".webm", ".mov", ".m4v", ".ogv", ".mkv")
"""Endings of what is a film in all likelihood; the service itself goes by the type that the server names."""
BYTES = {"title": 100, "description": 1_000, "site_name": 32, "url": 256, "icon": 256}
"""What is kept of each value (models/src/v0/embeds.rs, truncate)."""


def only(rel: str) -> Place:
    """The last link with this relation and no other word."""

    def read(sight: Sight) -> Value | None:
        found = [one for one in relations(sight, rel) if one.rel == (rel,) and one.raw_href]
        return (found[-1].raw_href.strip(), found[-1].offset) if found else None

    return Place(f"link {rel}", read, ())


def glued(sight: Sight, picked: Picked) -> Picked | Nothing:
    """A path from the root is hung onto the page's whole address, and then it is seldom found; a film hides the picture.
    A text that would be cut in the middle of a letter ends the whole reading.
    """
    page = sight.asked.rstrip("/")
    changed: dict[str, str | None] = {}
    for name in FILES:
        said = picked.get(name) or ""
        if said.startswith("/"):
            changed[name] = page + said
        elif said and not said.startswith(("http://", "https://")):
            changed[name] = None
    film = changed.get("video", picked.get("video"))
    if film and not (_sized(sight, "video") or ends_in(film, FILMS)):
        changed["video"] = film = None
    if film:
        changed["image"] = None
    picked = picked.replaced(**changed) if changed else picked
    torn = next((name for name, most in BYTES.items() if _torn(picked.get(name) or "", most)), None)
    if torn is not None:
        return Nothing(platform="revolt", code="too-long", detail={"field": torn, "limit": BYTES[torn]})
    return picked


def _torn(text: str, most: int) -> bool:
    """Whether the cut falls between the bytes of one letter (``String::truncate`` panics)."""
    if text.isascii():
        return False
    written = text.encode("utf-8", "replace")
    return len(written) > most and written[most] & 0xC0 == 0x80


def _sized(sight: Sight, what: str) -> bool:
    """Whether the page tells the size of its picture or film: then it is not fetched to be measured."""
    said = [sight.tag(f"og:{what}:{side}", NAMES) for side in ("width", "height")]
    return all(one is not None and one[0].isdecimal() and int(one[0][:6]) > 0 for one in said)


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large where ``twitter:card`` is ``summary_large_image``, and wherever the page does not tell the picture's size."""
    card = sight.tag("twitter:card", NAMES)
    return "large" if not _sized(sight, "image") or (card and card[0] == "summary_large_image") else "small"


PLATFORM = Platform(
    id="revolt",
    name="Revolt",
    family=Family.CHAT,
    reading=Reading(
        og=NAMES,
        twitter=NAMES,
        plain=NAMES,
        empty_wins=True,
        types=("text/html",),
        needs_type=True,
        charset=("bom", "header", "utf-8"),
        uses_base=False,
    ),
    url=(og("url"),),
    title=(og("title"), twitter("title"), meta("title")),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), og("image:secure_url"), twitter("image"), twitter("image:src")),
    site_name=(og("site_name"),),
    icon=(only("apple-touch-icon"), only("icon")),
    video=(og("video"), og("video:url"), og("video:secure_url")),
    needs=(("title",), ("description",), ("image",), ("video",)),
    tidy=glued,
    kept={name: Cut(most=most, in_bytes=True, mark="") for name, most in BYTES.items()},
    layout=layout,
    images=ImageRules(crop_small=None),
    bot=Bot(
        name="January",
        agent="Mozilla/5.0 (compatible; January/2.0; +https://github.com/stoatchat/stoatchat)",
        obeys_robots=False,
        timeout=10,
    ),
    cache="Revolt keeps a card for one minute.",
    refresh="Share the link again after a minute.",
    sources=(
        "https://github.com/stoatchat/stoatchat/blob/main/crates/services/january/src/website_embed.rs",
        "https://github.com/stoatchat/stoatchat/blob/main/crates/services/january/src/requests.rs",
        "https://github.com/stoatchat/stoatchat/blob/main/crates/core/models/src/v0/embeds.rs",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 21),
    notes=("theme-color colours the card's edge.",),
)
