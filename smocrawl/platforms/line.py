"""LINE: Open Graph, read in byte ranges."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Rescrape
from smocrawl.platforms.layouts import always_small
from smocrawl.platforms.places import HOST, TITLE_TAG, meta, og

PLATFORM = Platform(
    id="line",
    name="LINE",
    family=Family.CHAT,
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"),),
    site_name=(HOST,),
    layout=always_small,
    images=ImageRules(crop_small=None),
    bot=Bot(name="line-poker", agent="facebookexternalhit/1.1;line-poker/1.0"),
    cache="How long LINE keeps a card is not published.",
    refresh="https://poker.line.naver.jp/",
    rescrape=Rescrape(
        how="Enter each in the Page Poker, https://poker.line.naver.jp/, and clear its cache there.", most=1
    ),
    sources=("https://developers.line.biz/en/docs/messaging-api/using-line-url-scheme/",),
    certainty=Certainty.OBSERVED,
    checked_on=date(2026, 11, 20),
)
