"""KakaoTalk: Open Graph, then title, description and the first picture; drawn 2:1."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform, Rescrape, Size
from smocrawl.platforms.layouts import always_large
from smocrawl.platforms.places import HOST, TITLE_TAG, first_image, meta, og

PLATFORM = Platform(
    id="kakaotalk",
    name="KakaoTalk",
    family=Family.CHAT,
    url=(og("url"),),
    title=(og("title"), TITLE_TAG),
    description=(og("description"), meta("description")),
    image=(og("image"), first_image),
    site_name=(og("site_name"), HOST),
    layout=always_large,
    images=ImageRules(best=Size(800, 400), crop=2.0),
    bot=Bot(
        name="kakaotalk-scrap",
        agent="facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
    ),
    cache="KakaoTalk keeps a card for at least an hour.",
    refresh="https://developers.kakao.com/tool/debugger/sharing",
    rescrape=Rescrape(
        how="Enter each at https://developers.kakao.com/tool/debugger/sharing and clear its cache there.", most=1
    ),
    sources=("https://devtalk.kakao.com/t/scrap/33984",),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
)
