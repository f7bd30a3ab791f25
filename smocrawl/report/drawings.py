"""How the cards of platforms without a template of their own are put together: frame, place of the picture, lines."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

Part = tuple[str, int]
"""(site, named, domain, title, text or by; lines that it may take); *named* is the site where the page names it, nothing
otherwise."""


@frozen(kw_only=True)
class Picture:
    """Where the picture stands, and the shape of its frame."""

    place: str
    """top, bottom, left, right or middle (above the text, below the title)."""
    shape: str
    """wide (1.91), two (2), screen (16:9), square, whole (as it is)."""


WIDE, TWO, SCREEN = (
    Picture(place="top", shape="wide"),
    Picture(place="top", shape="two"),
    Picture(place="top", shape="screen"),
)
LEFT, RIGHT = Picture(place="left", shape="square"), Picture(place="right", shape="square")
BELOW = Picture(place="bottom", shape="whole")
WHOLE, WHOLE_LEFT = Picture(place="top", shape="whole"), Picture(place="left", shape="whole")


@frozen(kw_only=True)
class Drawing:
    """One platform's card, part by part from top to bottom."""

    parts: tuple[Part, ...]
    large: Picture = WIDE
    small: Picture = LEFT
    frame: str = "box"
    """box, bar (a line at the side), bubble (a message)."""


DRAWINGS: Mapping[str, Drawing] = {
    "instagram": Drawing(parts=(("title", 2), ("domain", 1)), frame="bubble"),
    "messenger": Drawing(parts=(("title", 2), ("domain", 1)), frame="bubble"),
    "threads": Drawing(parts=(("domain", 1), ("title", 2))),
    "line": Drawing(parts=(("title", 2), ("text", 2), ("domain", 1)), frame="bubble"),
    "kakaotalk": Drawing(parts=(("title", 2), ("text", 2), ("domain", 1)), large=TWO, frame="bubble"),
    "signal": Drawing(parts=(("title", 2), ("text", 3), ("domain", 1)), large=WHOLE, frame="bubble"),
    "google-messages": Drawing(parts=(("title", 2), ("text", 2), ("domain", 1)), frame="bubble"),
    "matrix": Drawing(parts=(("title", 2), ("named", 1), ("text", 3)), small=WHOLE_LEFT, frame="bar"),
    "teams": Drawing(parts=(("title", 2), ("text", 2), ("domain", 1))),
    "zulip": Drawing(parts=(("title", 1), ("text", 3)), frame="bar"),
    "mattermost": Drawing(parts=(("named", 1), ("title", 1), ("text", 2)), large=BELOW, small=RIGHT),
    "rocketchat": Drawing(parts=(("title", 2), ("text", 3), ("named", 1)), large=WIDE),
    "nextcloud": Drawing(parts=(("title", 1), ("text", 3), ("domain", 1))),
    "revolt": Drawing(parts=(("named", 1), ("title", 1), ("text", 3)), large=BELOW, small=RIGHT, frame="bar"),
    "discourse": Drawing(parts=(("site", 1), ("title", 2), ("text", 3)), small=WHOLE_LEFT),
    "misskey": Drawing(parts=(("title", 1), ("text", 2), ("site", 1))),
    "pleroma": Drawing(parts=(("domain", 1), ("title", 1), ("text", 2))),
    "friendica": Drawing(parts=(("title", 2), ("text", 3), ("site", 1)), large=WHOLE),
    "diaspora": Drawing(parts=(("title", 2), ("text", 3), ("domain", 1))),
    "lemmy": Drawing(parts=(("title", 2), ("domain", 1), ("text", 2)), small=RIGHT),
    "google-discover": Drawing(parts=(("title", 3), ("site", 1)), large=SCREEN, small=RIGHT),
    "flipboard": Drawing(parts=(("title", 3), ("by", 1), ("site", 1))),
    "feed-reader": Drawing(parts=(("title", 2), ("by", 1), ("site", 1), ("text", 3))),
    "wordpress": Drawing(parts=(("title", 1), ("domain", 1), ("text", 2)), small=Picture(place="middle", shape="wide")),
    "ghost": Drawing(parts=(("title", 2), ("text", 2), ("named", 1), ("by", 1)), small=RIGHT),
}  # fmt: skip
"""By platform: the order of lines and the place of the picture as people see them; colours and letters are ours."""

USUAL = Drawing(parts=(("site", 1), ("title", 2), ("text", 3)))
"""For the platforms of plugins."""
