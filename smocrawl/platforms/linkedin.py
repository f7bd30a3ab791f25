"""LinkedIn: Open Graph, then title and description; twitter: tags are not read."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Rescrape, Size
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og

PLATFORM = Platform(
    id="linkedin",
    name="LinkedIn",
    family=Family.FEED,
    url=(og("url"),),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(HOST,),
    author=(meta("author"),),
    layout=by_size(401, 1),
    images=ImageRules(
        least=Size(200, 200),
        large=Size(401, 200),
        best=Size(1200, 627),
        bytes_most=5_000_000,
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        crop=1.91,
    ),
    bot=Bot(
        name="LinkedInBot",
        agent="LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        obeys_robots=True,
    ),
    cache="LinkedIn keeps a card for about seven days.",
    refresh="https://www.linkedin.com/post-inspector/",
    rescrape=Rescrape(
        how="Open each in the Post Inspector, logged in; it reads the page as it opens.",
        most=1,
        link="https://www.linkedin.com/post-inspector/inspect/{url}",
    ),
    sources=("https://www.linkedin.com/help/linkedin/answer/a521928",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
)
