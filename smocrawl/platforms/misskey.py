"""Misskey, Sharkey, Firefish: Open Graph under property only, Twitter tags under either, then the page."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from smocrawl.platforms.base import Bot, Certainty, Cut, Family, ImageRules, Picked, Platform
from smocrawl.platforms.layouts import by_twitter_card
from smocrawl.platforms.oembed import endpoint
from smocrawl.platforms.places import meta, og, relations, twitter, well_known
from smocrawl.platforms.reading import Names, Place, Reading, Sight, Value
from smocrawl.platforms.texts import shortened

TITLE = Cut(most=100, mark="...")
DESCRIPTION = Cut(most=300, mark="...")
TWITTER = Names(("name", "property"), exact=True)
PLAYERS = ("rich", "video")
NUMBER = re.compile(r"\s*\d+(?:\.\d*)?\s*")
JOINTS = "-|:・"


def exact(rel: str) -> Place:
    """A link whose relation is these words and nothing else."""
    words = tuple(rel.split())

    def read(sight: Sight) -> Value | None:
        found = (one for one in relations(sight, *words) if one.rel == words and one.raw_href)
        return next(((one.raw_href, one.offset) for one in found), None)

    return Place(f"link {rel}", read)


def unless_large(place: Place) -> Place:
    """twitter:player does not count beside ``summary_large_image``: some name a picture there."""

    def read(sight: Sight) -> Value | None:
        card = sight.tag("twitter:card", TWITTER)
        return None if card and card[0] == "summary_large_image" else place.read(sight)

    return Place(place.name, read, None, place.tags)


def _titles(sight: Sight) -> Value | None:
    """All title elements at once: that of a drawing in the page is read as well."""
    return sight.page.leads.titles, sight.page.title_offset


def _authority(sight: Sight) -> Value | None:
    host = urlsplit(sight.page.url).netloc.rpartition("@")[2]
    return (host, None) if host else None


def tidy(sight: Sight, picked: Picked) -> Picked:
    """Cuts, then takes the site's name off the title; the description is dropped where it repeats the title."""
    site = unescape(picked.get("site_name") or "").strip()
    title = shortened(unescape(picked.get("title") or "").strip(), TITLE).text
    text = shortened(unescape(picked.get("description") or "").strip(), DESCRIPTION).text
    icon = picked.get("icon")
    picked = picked.replaced(
        icon=icon if icon and sight.reaches(icon) else None,
        title=_without(title, site) or site,
        site_name=site,
        description=text if text and text != title else None,
    )
    return _player(sight, picked)


def _without(title: str, site: str) -> str:
    if not site or not title.endswith(site):
        return title
    found = re.match(rf"(.+?)\s?[{re.escape(JOINTS)}]\s?{re.escape(site)}\Z", title)
    return found[1] if found else title


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
        twitter=TWITTER,
        plain=Names(("name",), exact=True, twins=False),
        bytes_most=10 * 1024 * 1024,
        refuses_longer=True,
        needs_type=True,
        charset=("guess", "meta"),
        oembed=True,
        uses_base=False,
    ),
    title=(og("title"), twitter("title"), Place("<title>", _titles)),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image"), exact("image_src"), exact("apple-touch-icon"),
           exact("apple-touch-icon image_src")),
    site_name=(og("site_name"), meta("application-name"), Place("the address", _authority)),
    icon=(exact("shortcut icon"), exact("icon"), well_known("/favicon.ico")),
    video=(unless_large(twitter("player")), og("video"), og("video:secure_url"), og("video:url")),
    tidy=tidy,
    layout=by_twitter_card,
    large_beats_player=True,
    images=ImageRules(crop_small=None),
    bot=Bot(name="SummalyBot", agent="SummalyBot/…", obeys_robots=False, timeout=60),
    cache="Each server keeps its own card.",
    refresh="There is no tool for it; how long a server keeps a card is up to its owner.",
    sources=("https://github.com/misskey-dev/summaly/blob/master/src/general.ts",),
    certainty=Certainty.CODE,
    checked_on=date(2026, 11, 20),
)  # fmt: skip
