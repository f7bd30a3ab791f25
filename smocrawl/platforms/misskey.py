"""Misskey, Sharkey, Firefish: Open Graph under property only, Twitter tags under either, then the page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from smocrawl.platforms.addresses import parsed
from smocrawl.platforms.base import Bot, Certainty, Family, ImageFacts, ImageRules, Nothing, Picked, Platform
from smocrawl.platforms.oembed import endpoint
from smocrawl.platforms.places import relations, selected, well_known
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value

TITLE, DESCRIPTION = 100, 300
"""UTF-16 units, as JavaScript counts, from which on a text is cut."""
LARGE = "summary_large_image"
PLAYERS = ("rich", "video")
NUMBER = re.compile(r"\s*\d+(?:\.\d*)?\s*")
JOINT = re.compile(r"(?:(?<=.)\s)?[-|:・]\s?\Z")


def tag(attribute: str, name: str, said: str = "") -> Place:
    """As it is written: one of blanks alone hides what comes after it."""
    return selected(attribute, name, said=said, trimmed=False)


def twitter(name: str) -> tuple[Place, Place]:
    """Under name, then under property, wherever they stand."""
    return tag("name", f"twitter:{name}"), tag("property", f"twitter:{name}", f"twitter:{name} as property")


def exact(rel: str) -> Place:
    """A link whose relation is these words and nothing else."""
    words = tuple(rel.split())

    def read(sight: Sight) -> Value | None:
        found = next((one for one in relations(sight, *words) if one.rel == words), None)
        return None if found is None else (found.raw_href, found.offset)

    return Place(f"link {rel}", read)


CARD = twitter("card")
RATINGS = tag("property", "mixi:content-rating"), tag("name", "rating")
RTA = "RTA-5042-1996-1400-1577-RTA"
"""The label of pages restricted to adults."""


def _card(sight: Sight) -> str:
    found = (place.read(sight) for place in CARD)
    return next((one[0] for one in found if one and one[0]), "")


def unless_large(place: Place) -> Place:
    """twitter:player does not count beside ``summary_large_image``: some name a picture there."""

    def read(sight: Sight) -> Value | None:
        return None if _card(sight) == LARGE else place.read(sight)

    return Place(place.name, read, None, place.tags)


def layout(sight: Sight, picked: Picked, image: ImageFacts | None) -> str:
    """Large where ``twitter:card`` is ``summary_large_image`` to the letter; no picture on pages for adults."""
    if _is_for_adults(sight):
        return "text"
    return "large" if _card(sight) == LARGE else "small"


def _is_for_adults(sight: Sight) -> bool:
    """Whether the page rates itself so, in a tag or in the header ``Rating``."""
    mixi, rating = (place.read(sight) for place in RATINGS)
    said = rating[0] if rating else ""
    header = (sight.page.header("rating") or "").upper()
    return (
        (mixi is not None and mixi[0] == "1") or said == "adult" or RTA in (said.upper(), header) or header == "ADULT"
    )


def _titles(sight: Sight) -> Value | None:
    """All title elements at once: that of a drawing in the page is read as well."""
    return sight.page.leads.titles, sight.page.title_offset


def _authority(sight: Sight) -> Value | None:
    host = urlsplit(sight.page.url).netloc.rpartition("@")[2]
    return (host, None) if host else None


def tidy(sight: Sight, picked: Picked) -> Picked | Nothing:
    """Cuts, then takes the site's name off the title; the description is dropped where it repeats the title."""
    site = unescape(picked.get("site_name") or "")
    title = clipped(unescape(picked.get("title") or ""), TITLE)
    text = clipped(unescape(picked.get("description") or ""), DESCRIPTION)
    image, icon = picked.get("image"), parsed(sight.page.url, picked.get("icon") or "")
    address = parsed(sight.page.url, image) if image else None
    if image and address is None:
        return Nothing(platform="misskey", code="invalid", detail={"tag": picked.taken["image"].place})
    picked = picked.replaced(
        image=address,
        icon=icon if icon and sight.reaches(icon) else None,
        title=_without(title, site.strip()) or site,
        site_name=site,
        description=text if text and text != title else None,
    )
    return _player(sight, picked)


def clipped(text: str, most: int) -> str:
    """The first *most* units and three dots; half of a pair of surrogates is left out."""
    text = text.strip()
    if text.isascii():
        return text if len(text) <= most else text[:most] + "..."
    units = text.encode("utf-16-le", "surrogatepass")
    return text if len(units) <= 2 * most else units[: 2 * most].decode("utf-16-le", "ignore") + "..."


def _without(title: str, site: str) -> str:
    if not site or not title.endswith(site):
        return title
    joint = JOINT.search(title, 0, len(title) - len(site))
    # ``.`` stands for no line break in the expression that Misskey uses.
    return title[: joint.start()] if joint and joint.start() and "\n" not in title[: joint.start()] else title


def _player(sight: Sight, picked: Picked) -> Picked:
    """A sound oEmbed frame goes before the page's own player."""
    url = endpoint(sight, ("application/json+oembed",))
    answer = sight.resources.oembed(url) if url else None
    if answer is None or answer.version != "1.0" or not answer.version_is_text or answer.type not in PLAYERS:
        return picked
    height = answer.frame_height if answer.frame_height is not None else str(answer.height or "")
    if answer.frame is None or not NUMBER.fullmatch(height):
        return picked
    return picked.moved("video", answer.frame, "oEmbed")


PLATFORM = Platform(
    id="misskey",
    name="Misskey",
    family=Family.OPEN,
    reading=Reading(
        og=Names(("property",), exact=True, twins=False),
        twitter=Names(("name", "property"), exact=True, twins=False),
        bytes_most=10 * 1024 * 1024,
        refuses_longer=True,
        needs_type=True,
        charset=("guess", "meta"),
        oembed=True,
        uses_base=False,
    ),
    title=(tag("property", "og:title"), *twitter("title"), Place("<title>", _titles)),
    description=(tag("property", "og:description"), *twitter("description"),
                 tag("name", "description", "meta description")),
    image=(tag("property", "og:image"), *twitter("image"), exact("image_src"), exact("apple-touch-icon"),
           exact("apple-touch-icon image_src")),
    site_name=(tag("property", "og:site_name"), tag("name", "application-name", "meta application-name"),
               Place("the address", _authority)),
    icon=(exact("shortcut icon"), exact("icon"), well_known("/favicon.ico")),
    video=(*map(unless_large, twitter("player")), tag("property", "og:video"), tag("property", "og:video:secure_url"),
           tag("property", "og:video:url")),
    tidy=tidy,
    layout=layout,
    large_beats_player=True,
    images=ImageRules(crop_small=None),
    bot=Bot(name="SummalyBot", agent="SummalyBot/…", obeys_robots=False, timeout=60),
    cache="Each server keeps its own card.",
    refresh="There is no tool for it; how long a server keeps a card is up to its owner.",
    sources=(
        "https://github.com/misskey-dev/summaly/blob/master/src/general.ts",
        "https://github.com/misskey-dev/misskey/blob/develop/packages/frontend/src/components/MkUrlPreview.vue",
    ),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 22),
    notes=("A page that rates itself as for adults (mixi:content-rating, rating, the header Rating) gets no picture.",
           "fediverse:creator is read and handed on; whether anybody shows it is not established."),
)  # fmt: skip
