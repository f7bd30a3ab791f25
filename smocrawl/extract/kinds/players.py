"""Which of the frames and marked elements of a page play a film or a recording."""

from __future__ import annotations

import re

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
FILM = re.compile(r"(?i)video|watch|reel|/tv/")
"""Networks whose posts and page boxes are shown on other sites, and what in the address tells their films."""
SOUNDS = re.compile(
    r"(?i)youtu|vimeo|video|player|podcast|episode|audio|\bvod\b|\btv\b|stream|watch|film|movie|webinar"
)
"""What tells the address of an unknown frame that plays something: most others are maps, forms, calendars and tables."""


def plays(embed: object) -> bool:
    """Whether what is shown is, as far as its address tells, a film or a recording."""
    url, platform = getattr(embed, "url", None) or "", getattr(embed, "platform", None)
    if platform in PLAYERS:
        return True
    if platform is not None:
        return platform in POSTED and FILM.search(url) is not None
    return SOUNDS.search(url) is not None
