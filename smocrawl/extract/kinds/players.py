"""Which of the frames and marked elements of a page play a film or a recording."""

from __future__ import annotations

import re

MAP = re.compile(
    r"(?i)openstreetmap\.|umap\.|google\.[a-z.]+/maps|maps\.google\.|bing\.com/maps|yandex\.[a-z.]+/map|mapy\.cz"
)
"""Frames that show the way, no film."""
ASKS = re.compile(
    r"(?i)google\.[a-z.]+/(?:forms|calendar)|forms\.gle|typeform\.|jotform\.|airtable\.|calendly\.|tally\.so|cognitoforms\."
)
"""Frames that ask or offer an appointment."""
POSTED = frozenset(("facebook", "threads", "x", "bluesky", "mastodon", "pinterest", "linkedin", "telegram", "reddit"))
FILM = re.compile(r"(?i)video|watch|reel")
"""Networks whose posts and page boxes are shown on other sites, and what in the address tells their films."""


def plays(embed: object) -> bool:
    """Whether what is shown may be a film or a recording; posts of a network, its page box, maps and forms are none."""
    url = getattr(embed, "url", None) or ""
    if getattr(embed, "platform", None) in POSTED and not FILM.search(url):
        return False
    return not MAP.search(url) and not ASKS.search(url)
