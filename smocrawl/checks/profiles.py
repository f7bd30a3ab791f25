"""The owner's accounts: do the icons lead to real ones, and does every tag name the same?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import cut, host_of, split
from smocrawl.checks.applies import NOWHERE, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.sources import MAKE_SHARING_EASY, X_MARKUP
from smocrawl.checks.wording import squeezed
from smocrawl.page import Area, Page, Recognised

TEMPLATE = frozenset({Area.HEADER, Area.NAV, Area.FOOTER})
FRAME = TEMPLATE | {Area.ASIDE}
FOLLOWED = frozenset((
    "facebook", "x", "instagram", "linkedin", "youtube", "pinterest", "tiktok", "threads", "bluesky", "snapchat",
    "vimeo", "twitch", "flickr", "vk", "xing", "weibo", "soundcloud", "spotify", "behance", "dribbble",
))  # fmt: skip
"""Networks to whose front page nobody links but by an icon that was never filled in."""
FOLLOW_BLOCK = re.compile(r"social|follow|connect|share|network|icons", re.IGNORECASE)
"""Names of the rows in which such icons stand."""
THEME_ACCOUNTS = frozenset((
    "wix", "wixcom", "squarespace", "wordpress", "wordpressdotcom", "wpbeginner", "envato", "themeforest",
    "shopify", "elementor", "yourname", "yourusername", "username", "yourpage", "yourprofile",
    "youraccount", "yourhandle", "yourcompany", "yourbrand", "youtubechannel", "profile-name", "yourchannel",
))  # fmt: skip
"""Accounts and blanks that themes and site builders print until the owner puts in his own."""
PLUGIN_ACCOUNTS = frozenset(
    {"yoast", "wordpress", "wordpressdotcom", "wix", "squarespace", "shopify", "username", "site"}
)
X_HANDLE = re.compile(r"@?(\w{1,15})")
FOLLOW_LABEL = re.compile(
    r"^(?:follow|join|find|visit|folge[nt]?|suive[zr]|suivre|síguenos|seguici|siga)\b", re.IGNORECASE
)
SHARE_LABEL = re.compile(r"^(?:share|tweet|teilen|partager|compartir|condividi|compartilhar)\b", re.IGNORECASE)
SHARE_WORD_LAST = re.compile(r"\b(?:teilen|delen)$", re.IGNORECASE)
NAMES = {"x": ("x", "twitter")}
"""Names under which readers know a network, where the id is not the name."""
STEM = 5
"""Letters that a house's accounts share (@guardian, @guardiannews)."""


def _has_framed_links(page: Page, context: Context = NOWHERE) -> bool:
    return readable(page) and any(one.area in TEMPLATE for one in page.social)


@check(
    "profile-link-valid",
    title="Follow icons do not lead to your accounts",
    tactic=Tactic.T7,
    severity=Severity.HIGH,
    says="Follow links lead to no account ({count} on this page), for instance {url}.",
    causes={"theme": "{url} is the account of a theme or site builder, not yours."},
    warns="Links to your accounts use an old address ({count} on this page), for instance {url}.",
    source=MAKE_SHARING_EASY,
    source_name="Our judgement; Bhargava 2010",
    grade="D",
    applies=_has_framed_links,
    revision=2,
)
def profile_link_valid(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A reader who wants to follow you ends on the front page of the network or on the account of a theme's
    author, and gives up.

    Fix: Put the address of your own account behind each icon, and remove the icons of networks you do not use.

    Accept: Every follow icon in header, navigation and footer opens one of your accounts.
    """
    framed = [one for one in page.social if one.area in TEMPLATE and not one.in_main and not _is_at_home(page, one)]
    empty = list(dict.fromkeys(one.url for one in framed if _leads_nowhere(page, one)))
    if empty:
        more: dict[str, Any] = {"cause": "theme"} if urlsplit(empty[0]).path.strip("/") else {}
        yield fail(count=len(empty), url=cut(empty[0]), **more)
        return
    accounts = [one.url for one in framed if one.sort == "profile" and one.platform in FOLLOWED]
    old = [url for url in dict.fromkeys(accounts) if _is_old_address(url)]
    if old:
        yield warn(count=len(old), url=cut(old[0]))


def _is_at_home(page: Page, one: Recognised) -> bool:
    """A page of the network itself."""
    return host_of(page.url).endswith(host_of(one.url)) if host_of(one.url) else False


def _leads_nowhere(page: Page, one: Recognised) -> bool:
    """The network's front page behind an icon, or a theme's own account."""
    if one.platform not in FOLLOWED or one.sort not in ("page", "profile"):
        return False
    path = urlsplit(one.url).path.strip("/")
    handle = path.rpartition("/")[2].lstrip("@").lower()
    if handle in THEME_ACCOUNTS:
        return handle not in squeezed(host_of(page.url))
    # "Flickr" in the menu of the house that owns Flickr is no follow link.
    is_icon = one.icon_only or (_is_named(one) and FOLLOW_BLOCK.search(one.block) is not None)
    return one.sort == "page" and not path and is_icon


def _is_named(one: Recognised) -> bool:
    """The link is called by the network's name alone."""
    said = squeezed(re.sub(FOLLOW_LABEL, "", one.label)).removeprefix("us").removeprefix("on")
    return not said or said in NAMES.get(one.platform, (one.platform,))


def _is_old_address(url: str) -> bool:
    parts = split(url)
    if parts is None:
        return False
    return parts.scheme == "http" or (parts.hostname or "").startswith(("m.", "mobile.", "touch."))


def _names_account(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and page.meta("twitter:site") is not None


@check(
    "twitter-site-match",
    title="The card names another X account than the page",
    tactic=Tactic.T7,
    severity=Severity.LOW,
    says="twitter:site says “{handle}”; the site links to {known}.",
    causes={
        "malformed": "twitter:site says “{handle}”, which is no account name such as @name.",
        "theme": "twitter:site says “{handle}”, the account of a plugin or theme author.",
        "unlinked": "twitter:site says “{handle}”, but the site links to no account on X.",
    },
    source=X_MARKUP,
    source_name="X: cards markup",
    grade="C",
    applies=_names_account,
    platforms=("x",),
    revision=3,
)
def twitter_site_match(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: X credits a shared link to the account named here. A misspelt or foreign one takes the followers that the
    link should bring.

    Fix: Set twitter:site to your own account, @ and name, in the settings of the theme or plugin.

    Accept: twitter:site names the account to which the page's own X link leads.
    """
    value = (page.meta("twitter:site") or "").strip()
    match = X_HANDLE.fullmatch(value)
    known = _own_accounts(page, context)
    shown = ", ".join(f"@{name}" for name in sorted(known)[:3]) or "–"
    evidence: dict[str, Any] = {"handle": cut(value, 80), "known": shown}
    if match is None:
        yield fail(cause="malformed", **evidence)
    elif match[1].lower() in PLUGIN_ACCOUNTS and match[1].lower() not in host_of(page.url):
        yield fail(cause="theme", **evidence)
    elif match[1].isdecimal() or match[1].lower() in known or _links_to(page, match[1].lower()):
        return
    elif not known:
        # One page does not tell to what the site links, and an account in a box of the text may be the site's as well.
        if context.site_kinds and not any(one.platform == "x" and one.sort == "profile" for one in page.social):
            yield warn(cause="unlinked", **evidence)
        else:
            yield NOT_APPLICABLE
    else:
        say = warn if any(_are_related(match[1].lower(), name) for name in known) else fail
        yield say(**evidence)


def _links_to(page: Page, handle: str) -> bool:
    """The page leads to that account somewhere, be it from a sentence of its text."""
    return any(
        one.platform == "x" and one.sort == "profile" and (one.handle or "").lower() == handle for one in page.social
    )


def _own_accounts(page: Page, context: Context) -> set[str]:
    """X accounts of the site: in the frame of the page, in its markup, or known from its other pages."""
    linked = {
        one.handle.lower()
        for one in page.social
        if one.platform == "x" and one.sort == "profile" and one.handle and one.area in FRAME and not one.in_main
    }
    named = {
        one.handle.lower()
        for one in page.same_as
        if one.platform == "x" and one.sort == "profile" and one.handle and one.label != "Person"
    }
    return linked | named | {handle for platform, handle in context.site_profiles if platform == "x"}


def _are_related(one: str, other: str) -> bool:
    """Accounts of one house: a common beginning, or one name inside the other."""
    return one[:STEM] == other[:STEM] or one in other or other in one


def _has_icons(page: Page, context: Context = NOWHERE) -> bool:
    return readable(page) and any(one.sort in ("share", "profile", "page") for one in page.social)


@check(
    "share-vs-follow",
    title="Share icons follow, or follow icons share",
    tactic=Tactic.T7,
    severity=Severity.MEDIUM,
    says="Links do not do what they say ({count} on this page): “{label}” leads to {url}.",
    source=MAKE_SHARING_EASY,
    source_name="Our judgement",
    grade="D",
    applies=_has_icons,
)
def share_vs_follow(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Someone who wants to share your page lands on your profile, and has nothing to share there.

    Fix: Let icons called “share” open the share dialog with this page's address, and icons called “follow” your
    account.

    Accept: Every icon does what its label says.
    """
    wrong = [one for one in page.social if _says_otherwise(one)]
    if wrong:
        say = fail if len(wrong) >= thresholds.MISDIRECTED_ICONS else warn
        yield say(count=len(wrong), label=cut(wrong[0].label, 80), url=cut(wrong[0].url))


def _says_otherwise(one: Recognised) -> bool:
    if one.sort == "share":
        return bool(FOLLOW_LABEL.search(one.label)) and not SHARE_LABEL.search(one.label)
    says_share = SHARE_LABEL.search(one.label) or SHARE_WORD_LAST.search(one.label)
    return one.sort in ("profile", "page") and bool(says_share) and _names_network(one)


def _names_network(one: Recognised) -> bool:
    low = one.label.lower()
    return (
        any(re.search(rf"\b{re.escape(name)}\b", low) for name in NAMES.get(one.platform, (one.platform,)))
        or low == "tweet"
    )
