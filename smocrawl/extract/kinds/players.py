"""Which of the frames of a page play a film or a recording."""

from __future__ import annotations

import re

from smocrawl.page import Embed

PLAYERS = frozenset(
    (
        "youtube", "vimeo", "dailymotion", "tiktok", "spotify", "soundcloud", "applepodcasts", "mixcloud", "bandcamp", "twitch",
        "rumble", "peertube", "wistia", "brightcove", "jwplayer", "periscope", "vine",
    )
)  # fmt: skip
"""Of the platforms in the table of embeds those that show nothing else."""
POSTED = frozenset(
    ("facebook", "instagram", "threads", "x", "bluesky", "mastodon", "pinterest", "linkedin", "telegram", "reddit")
)
"""Networks whose posts and page boxes are shown on other sites …"""
FILM = re.compile(r"(?i)video|watch|reel|/tv/")
"""… and what in the address tells that they are films."""
SOUNDS = re.compile(
    r"(?i)youtu|vimeo|video|player|podcast|episode|audio|\bvod\b|\btv\b|stream|watch|film|movie|webinar"
)
"""What tells the address of an unknown frame that plays something: most others are maps, forms, calendars and tables."""


def plays(embed: Embed) -> bool:
    """Whether what is shown is, as far as its address tells, a film or a recording."""
    if embed.platform in PLAYERS:
        return True
    if embed.platform is not None:
        return embed.platform in POSTED and FILM.search(embed.url) is not None
    return SOUNDS.search(embed.url) is not None
