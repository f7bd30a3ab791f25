"""Feeds, social addresses, share and comment tools."""

from __future__ import annotations

from attrs import define, frozen

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
    """Absolute."""
    type: str
    """Media type: application/rss+xml, application/atom+xml, application/feed+json …"""
    title: str | None = None
    """Name that the page gives it; None = none."""
    declared: bool = True
    """By a link relation (autodiscovery); False for a visible link only."""
    linked: bool = False
    """A visible link of the page leads to it."""

    @property
    def is_comments(self) -> bool:
        """By its title or address, the feed of a page's comments."""
        text = f"{self.title or ''} {self.url}".lower()
        return any(word in text for word in COMMENT_WORDS)


@define(kw_only=True, unsafe_hash=True)
class Recognised:
    """What the URL of a link means to a social platform (see :mod:`smocrawl.extract.social.meaning`)."""

    url: str
    """Absolute address as linked."""
    sort: str
    """share, profile, post, page, dead, widget, embed, contact, feed-intake, maybe-fediverse."""
    platform: str
    """Id in the table of platforms."""
    handle: str | None = None
    """Account without ``@``; None = the address names none."""
    status: str = "current"
    """share endpoints: current, legacy, dead."""
    target: str | None = None
    """share: the URL that would be shared, decoded; None = not decidable (script, referrer)."""
    area: Area = Area.UNKNOWN
    """The landmark in which the link stands."""
    in_main: bool = False
    """Stands in the main text."""
    rel: tuple[str, ...] = ()
    """Lower-case tokens of the link."""
    label: str = ""
    """Accessible name of the link."""
    icon_only: bool = False
    """Shown as a picture without visible text."""
    block: str = ""
    """Classes, id and label of the nearest block around it."""
    closed: str | None = None
    """dead: ISO date (or month, year) of the closing, where known."""
    confidence: str | None = None
    """dead: how sure the closing is: verified, verified-month, known or low."""
    note: str | None = None
    """What the table of platforms adds, such as where an endpoint has moved."""


@frozen(kw_only=True)
class Vendor:
    """A share, follow or comment tool recognised by its markup or scripts."""

    id: str
    """Id in the table of vendors."""
    name: str
    """As its maker writes it."""
    role: str
    """share, follow, comments, share-and-follow; embed for a platform's script that only draws embedded posts."""
    status: str
    """alive, dead, unknown."""
    signal: str
    """What gave it away."""
    script: bool = False
    """A script or frame is loaded (not merely a class name left behind)."""
    closed: str | None = None
    """ISO date (or month, year) of its end; None = it lives, or nobody knows."""


@frozen(kw_only=True)
class Sharing:
    """What the markup says about sharing without a platform's URL."""

    native_share: bool = False
    """``navigator.share`` or a share component in the raw HTML."""
    copy_link: bool = False
    """A control that copies the page's address."""
    share_block: bool = False
    """A block whose class or label speaks of sharing, whether or not it holds links."""
    external_scripts: int = 0
    """Number of ``<script src>`` from other hosts."""
    comment_form: bool = False
    """A form to comment stands in the raw HTML."""
    comment_count: int = 0
    """Visible comments in the raw HTML."""
    comments_closed: bool = False
    """The page says that comments are closed."""
    byline: str | None = None
    """Visible author text near the headline."""
    byline_written: str | None = None
    """The line that names the author as it stands there, "By Ada Moss, 2 May"; blanks folded."""
    byline_url: str | None = None
    """Absolute address that the byline links to."""
    app_shell: bool = False
    """Empty body with a script root (#root, #app …), or nothing but "Loading …" as text: the page is drawn by scripts."""
    wall: str | None = None
    """login, consent, age, challenge: the page is a wall instead of its content."""
    newsletter_form: bool = False
    """A form asks for an e-mail address to send news to."""
    search_form: bool = False
    """A form searches the site."""
    player: bool = False
    """A recording or film of the site's own, with controls, stands in no menu, footer or side column."""
    add_to_cart: bool = False
    """A control puts something into a cart."""
    tags: tuple[str, ...] = ()
    """Visible tags of the article: links (rel=tag or a path of tags/topics), and what a line "Tags: …" lists as text."""
    breadcrumb_nav: bool = False
    """A visible breadcrumb trail with links."""
    rating_visible: bool = False
    """Stars or a rating are shown."""
