"""Feeds, social addresses, share and comment tools."""

from __future__ import annotations

from attrs import frozen

from smocrawl.page.kinds import Area

COMMENT_WORDS = (
    "comment", "kommentar", "comentario", "comentário", "commenti", "reacties", "komentarz", "комментар", "коментар",
    "yorum", "コメント", "评论", "留言", "迴響", "댓글",
)  # fmt: skip
"""By which WordPress and its kin title the feed of a page's comments, in its commonest languages."""


@frozen(kw_only=True)
class Feed:
    """A feed that the page names by ``<link rel=alternate>`` or in its visible links."""

    url: str
    type: str
    """Media type: application/rss+xml, application/atom+xml, application/feed+json …"""
    title: str | None = None
    declared: bool = True
    """By a link relation (autodiscovery); False for a visible link only."""
    linked: bool = False
    """A visible link of the page leads to it."""

    @property
    def is_comments(self) -> bool:
        text = f"{self.title or ''} {self.url}".lower()
        return any(word in text for word in COMMENT_WORDS)


@frozen(kw_only=True)
class Recognised:
    """What the URL of a link means to a social platform (see :mod:`smocrawl.extract.social`)."""

    url: str
    sort: str
    """share, profile, post, page, dead, widget, embed, contact, feed-intake, maybe-fediverse."""
    platform: str
    handle: str | None = None
    status: str = "current"
    """share endpoints: current, legacy, dead."""
    target: str | None = None
    """share: the URL that would be shared, decoded; None = not decidable (script, referrer)."""
    area: Area = Area.UNKNOWN
    in_main: bool = False
    rel: tuple[str, ...] = ()
    label: str = ""
    icon_only: bool = False
    block: str = ""
    closed: str | None = None
    """dead: ISO date (or month, year) of the closing, where known."""
    confidence: str | None = None
    """dead: how sure the closing is: verified, verified-month, known or low."""
    note: str | None = None


@frozen(kw_only=True)
class Vendor:
    """A share, follow or comment tool recognised by its markup or scripts."""

    id: str
    name: str
    role: str
    """share, follow, comments, share-and-follow; embed for a platform's script that only draws embedded posts."""
    status: str
    """alive, dead, unknown."""
    signal: str
    """What gave it away."""
    script: bool = False
    """A script or frame is loaded (not merely a class name left behind)."""
    closed: str | None = None


@frozen(kw_only=True)
class Sharing:
    """What the markup says about sharing without a platform's URL."""

    native_share: bool = False
    """``navigator.share`` or a share component in the raw HTML."""
    copy_link: bool = False
    share_block: bool = False
    """A block whose class or label speaks of sharing, whether or not it holds links."""
    external_scripts: int = 0
    comment_form: bool = False
    comment_count: int = 0
    """Visible comments in the raw HTML."""
    comments_closed: bool = False
    byline: str | None = None
    """Visible author text near the headline."""
    byline_url: str | None = None
    app_shell: bool = False
    """Empty body with a script root (#root, #app …): the page is drawn by scripts."""
    wall: str | None = None
    """login, consent, age, challenge: the page is a wall instead of its content."""
    newsletter_form: bool = False
    search_form: bool = False
    add_to_cart: bool = False
    tags: tuple[str, ...] = ()
    """Visible tag links (rel=tag or a path of tags/topics) of the article."""
    breadcrumb_nav: bool = False
    rating_visible: bool = False
