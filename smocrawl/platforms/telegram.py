"""Telegram: its server reads a page once and shows the same card to everybody."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Rescrape
from smocrawl.platforms.layouts import by_size
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og, tag, twitter

PLATFORM = Platform(
    id="telegram",
    name="Telegram",
    family=Family.CHAT,
    title=(og("title"), twitter("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image")),
    site_name=(og("site_name"), HOST),
    author=(tag("article:author"),),
    layout=by_size(300, 157),
    images=ImageRules(
        bytes_most=5_000_000,
        formats=frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"}),
        crop=None,
        crop_small=1.0,
    ),
    bot=Bot(name="TelegramBot", agent="TelegramBot (like TwitterBot)"),
    cache="Telegram's servers keep one card for all users.",
    refresh="Send the link to @WebpageBot.",
    rescrape=Rescrape(how="Send them to @WebpageBot, up to ten in one message.", most=10),
    sources=("https://core.telegram.org/constructor/webPage", "https://core.telegram.org/bots/api#linkpreviewoptions"),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
    notes=("The person who sends the link may choose a small or a large picture.",),
)
