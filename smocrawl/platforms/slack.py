"""Slack: reads the first 32 KB, then oEmbed, Twitter and Open Graph tags; one answer serves all workspaces."""

from datetime import date

from smocrawl.platforms.base import Bot, Certainty, Family, ImageRules, Platform
from smocrawl.platforms.layouts import by_twitter_card
from smocrawl.platforms.oembed import filled
from smocrawl.platforms.places import HOST, TITLE_TAG, link, meta, og, twitter, well_known
from smocrawl.platforms.reading import Reading

PLATFORM = Platform(
    id="slack",
    name="Slack",
    family=Family.WORK,
    reading=Reading(bytes_most=32_768, oembed=True),
    title=(og("title"), twitter("title"), TITLE_TAG),
    description=(og("description"), twitter("description"), meta("description")),
    image=(og("image"), twitter("image")),
    site_name=(og("site_name"), HOST),
    icon=(link("icon"), well_known("/favicon.ico")),
    tidy=filled,
    layout=by_twitter_card,
    images=ImageRules(
        bytes_most=2_000_000,
        formats=frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"}),
        crop_small=None,
    ),
    bot=Bot(
        name="Slackbot-LinkExpanding",
        agent="Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        obeys_robots=False,
    ),
    cache="Slack shares one answer among all workspaces for about 30 minutes.",
    refresh="Share the link again after an hour.",
    sources=("https://api.slack.com/robots", "https://api.slack.com/reference/messaging/link-unfurling"),
    certainty=Certainty.DOCUMENTED,
    checked_on=date(2026, 11, 20),
    notes=(
        "The pairs twitter:label1 and twitter:data1, twitter:label2 and twitter:data2 are shown as two fields.",
        "Slack reads oEmbed, Twitter and Open Graph tags; which of them wins is not published. Here tags go first.",
    ),
)
