"""Facebook: Open Graph only; og:url is the identity that collects likes and shares."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from urllib.parse import urldefrag

from smocrawl.page import Page
from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Rescrape, Size
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, first_image, link, meta, og, tag
from smocrawl.platforms.reading import Reading, Sight


def identity(page: Page) -> str | None:
    """The page that og:url names: its tags make the card wherever it can be had."""
    named = page.meta("og:url")
    return _another(named, page.url, page.base) if named and named != page.url else None


@lru_cache(256)
def _another(named: str, here: str, base: str | None) -> str | None:
    """Four platforms ask it of one page."""
    address = Sight(Page(url=here, base=base)).address(named)
    return address if address is not None and urldefrag(address)[0] != urldefrag(here)[0] else None


PLATFORM = Platform(
    id="facebook",
    name="Facebook",
    family=Family.FEED,
    reading=Reading(bytes_most=1_048_576),
    follow=identity,
    url=(og("url"), link("canonical")),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"), og("image:url"), og("image:secure_url"), first_image),
    site_name=(og("site_name"), HOST),
    author=(tag("article:author"),),
    published=(tag("article:published_time"),),
    language=(og("locale"),),
    layout=by_size(600, 315),
    images=ImageRules(
        least=Size(200, 200),
        large=Size(600, 315),
        best=Size(1200, 630),
        bytes_most=8 * 1024 * 1024,
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        crop=1.91,
    ),
    bot=Bot(
        name="facebookexternalhit",
        agent="facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        obeys_robots=True,
    ),
    cache="Facebook reads a page again after about 30 days.",
    refresh="https://developers.facebook.com/tools/debug/",
    rescrape=Rescrape(
        how="Paste them all into the Batch Invalidator, https://developers.facebook.com/tools/debug/sharing/batch/, or send"
        " each to the Graph API (POST id=ADDRESS, scrape=true, with an access token).",
    ),
    sources=(
        "https://developers.facebook.com/docs/sharing/webmasters",
        "https://developers.facebook.com/docs/sharing/webmasters/images",
        "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers",
    ),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
    notes=(
        "Without og:image:width and og:image:height the first person who shares a page may see no picture.",
        "Without Open Graph tags Facebook guesses the title, text and picture from the page.",
    ),
)
