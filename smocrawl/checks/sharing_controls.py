"""Is sharing one tap away, and does what is shared lead back to this page?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut, exact, is_home, is_public, same_page, same_site, split, without_tracking
from smocrawl.checks.applies import content_page, readable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Area, Kind, Page, Recognised

FRAME = frozenset({Area.HEADER, Area.FOOTER})
SHARED_KINDS = (Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO, Kind.EVENT)
SHARE_ROLES = frozenset({"share", "share-and-follow"})


def _shares(page: Page) -> list[Recognised]:
    return [one for one in page.social if one.sort == "share"]


def _has_shares(page: Page, context: Context) -> bool:
    return content_page(page) and bool(_shares(page))


@check(
    "share-controls",
    title="The page offers no way to share it",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The page has no share button and no “copy link”.",
    warns="Share buttons stand only in the header or footer, away from what is to be shared.",
    source=sources.MAKE_SHARING_EASY,
    source_name="Rohit Bhargava: make sharing easy; about 2 of 1000 visits use a button (GOV.UK 2014)",
    grade="C",
    kinds=SHARED_KINDS,
    applies=content_page,
    revision=3,
)
def share_controls(page: Page, context: Context) -> Iterator[Said]:
    """Why: A button near the content reminds readers that they can pass it on. Few use it, so it weighs little.

    Fix: Put a small row with “copy link” and two or three networks beside or below the content.

    Accept: Near the content stands a link or button that shares this page.
    """
    areas = {one.area for one in _shares(page)}
    if page.sharing.native_share or page.sharing.copy_link or areas - FRAME:
        return
    if areas:
        yield warn()
    elif (
        page.sharing.app_shell or page.sharing.share_block or any(vendor.role in SHARE_ROLES for vendor in page.vendors)
    ):
        # A tool or an empty share row: its buttons are drawn by a script.
        yield unmeasured(Reason.SCRIPT)
    else:
        yield fail()


@check(
    "share-url-correct",
    title="Share buttons do not pass on the page's address",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="The share buttons of this page pass on {target} instead of {address}.",
    warns="The share buttons pass on {target}, another spelling of {address}, or that with parameters more.",
    causes={
        "home": "The share buttons of this page pass on the home page ({target}).",
        "private": "The share buttons pass on {target}, which nobody outside can open.",
        "empty": "The share button for {platform} passes on no address at all.",
        "escaped": "The share button for {platform} passes on an address that is percent-encoded twice: {target}",
    },
    source=sources.X_INTENT,
    grade="C",
    kinds=SHARED_KINDS,
    applies=_has_shares,
    revision=4,
)
def share_url_correct(page: Page, context: Context) -> Iterator[Said]:
    """Why: People who tap a button share what is written in it. If that is another address, readers land elsewhere.

    Fix: Pass the page's canonical address, percent-encoded, in every share link.

    Accept: Each share button opens a draft that holds this page's address.
    """
    address = page.canonical or page.url
    for one in _shares(page):
        if one.area not in FRAME and (written := ESCAPED_TWICE.search(one.url)):
            yield fail(cause="escaped", platform=one.platform, target=cut(written[1]), address=cut(address))
            return
    verdicts = [_verdict(platform, targets, page) for platform, targets in _targets(page).items()]
    decided = [verdict for verdict in verdicts if verdict is not None]
    if not decided:
        yield NOT_APPLICABLE
        return
    order = ("private", "home", "empty", "other", "spelling")
    cause, platform, target = min(decided, key=lambda one: order.index(one[0]) if one[0] in order else len(order))
    if cause == "spelling":
        # Of the page's own addresses the one that is spelt otherwise: its canonical may lie on another site.
        address = next((own for own in _own(page) if _is_near(target, own)), address)
    evidence: dict[str, Any] = {"platform": platform, "target": cut(target), "address": cut(address)}
    if cause == "spelling":
        yield warn(**evidence)
    elif cause == "other" and len(decided) > 1 and any(one[0] == "right" for one in decided):
        # One network names this page, another a related one: that row belongs to a teaser.
        return
    elif cause != "right":
        yield fail(**evidence) if cause == "other" else fail(cause=cause, **evidence)


UNFILLED = re.compile(r"[{}<>]|\[[a-z_]+\]|%7B|%5B|javascript|^undefined$|^null$", re.IGNORECASE)
ESCAPED_TWICE = re.compile(r"(?:=|\+|%20|%0a)(https?%253a%252f[^&]*)", re.IGNORECASE)
"""A network decodes once and finds https%3A%2F%2F…, which is no address."""
SHORT_ID = re.compile(r"/(?:index\.php)?\?(?:post_type=\w+&)?p=\d+$")


def _targets(page: Page) -> dict[str, list[str]]:
    """The addresses that share links outside the page's frame pass on, by network, as far as the HTML tells."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in _shares(page):
        if one.target is not None and one.area not in FRAME and not UNFILLED.search(one.target):
            found[one.platform].append(one.target)
    return found


def _verdict(platform: str, targets: list[str], page: Page) -> tuple[str, str, str] | None:
    """(verdict, network, telling address); None where the buttons stand in teasers of other pages."""
    own = _own(page)
    for target in targets:
        if any(exact(target) == exact(address) for address in own):
            return "right", platform, target
    for target in targets:
        if any(_is_near(target, address) for address in own) or _is_short(target, page):
            return "spelling", platform, target
    different = list(dict.fromkeys(without_tracking(target) for target in targets))
    if len(different) != 1:
        return None
    target = different[0]
    if not target.strip():
        return "empty", platform, ""
    if split(target) and not is_public(target) and is_public(page.url):
        return "private", platform, target
    if not same_site(target, page.url):
        return None
    return ("home" if is_home(target) else "other"), platform, target


def _own(page: Page) -> list[str]:
    return [address for address in (page.canonical, page.url, page.meta("og:url")) if address]


def _is_near(target: str, address: str) -> bool:
    return same_page(target, address) or _is_marked(target, address)


def _is_marked(target: str, address: str) -> bool:
    """The page's address with parameters more (``?smid=fb-share``): by them sites count their own buttons."""
    marked, plain = split(without_tracking(target)), split(address)
    if (
        marked is None
        or plain is None
        or not same_page(marked._replace(query="").geturl(), plain._replace(query="").geturl())
    ):
        return False
    return set(parse_qsl(plain.query, keep_blank_values=True)) <= set(parse_qsl(marked.query, keep_blank_values=True))


def _is_short(target: str, page: Page) -> bool:
    short = [relation.href for relation in page.related("shortlink")]
    return target in short or (same_site(target, page.url) and SHORT_ID.search(target) is not None)


@check(
    "share-endpoint-current",
    title="Share links use addresses that networks have given up",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="Share links lead to services that no longer take them: {platforms}.",
    warns="Share links use an outdated address of {platforms}, which still redirects.",
    causes={"http": "Share links to {platforms} are written with http:// and cost a redirect."},
    source=sources.X_INTENT,
    grade="A",
    platforms=("x", "linkedin", "threads", "telegram"),
    kinds=SHARED_KINDS,
    applies=_has_shares,
)
def share_endpoint_current(page: Page, context: Context) -> Iterator[Said]:
    """Why: A share button that opens an error page is the last one a reader taps.

    Fix: Use the address that the network documents today, and remove buttons of closed services.

    Accept: Every share link opens the network's dialog without a redirect.
    """
    shares = _shares(page)
    retired = _platforms(one for one in shares if one.status == "dead")
    legacy = _platforms(one for one in shares if one.status == "legacy")
    plain = _platforms(one for one in shares if one.url.startswith("http://") and not same_site(one.url, page.url))
    if retired:
        yield fail(platforms=retired)
    elif legacy:
        yield warn(platforms=legacy)
    elif plain:
        yield warn(cause="http", platforms=plain)


def _platforms(found: Iterator[Recognised]) -> str:
    return cut(", ".join(sorted({one.platform for one in found})))


@check(
    "copy-link-or-native",
    title="The link cannot be copied with one tap",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The page offers neither “copy link” nor the device's own share menu.",
    source=sources.DARK_SOCIAL,
    grade="C",
    platforms=("whatsapp", "signal", "apple-messages", "discord", "slack"),
    kinds=SHARED_KINDS,
    applies=content_page,
)
def copy_link_or_native(page: Page, context: Context) -> Iterator[Said]:
    """Why: Most links are passed on in messengers and mails, for which no network has a button.

    Fix: Add a button that copies the link, or opens the share menu of the device.

    Accept: One tap copies the page's address or opens the device's share menu.
    """
    if page.sharing.native_share or page.sharing.copy_link:
        return
    if page.sharing.external_scripts or page.sharing.app_shell:
        yield unmeasured(Reason.SCRIPT)
    else:
        yield warn()


BOOKS = frozenset({"wikipedia", "wikidata"})


@check(
    "share-accessible",
    title="Share and follow icons have no names",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="{nameless} of {icons} share and follow icons have no name, for example the one to {address}.",
    source=sources.LINK_NAME,
    grade="B",
    applies=readable,
    revision=2,
)
def share_accessible(page: Page, context: Context) -> Iterator[Said]:
    """Why: A screen reader announces an icon without a name as “link”. Its users cannot tell what it opens.

    Fix: Give each icon link an aria-label, or its picture an alt text.

    Accept: Every share and follow icon has a name that a screen reader can say.
    """
    # Pictures that lead to an encyclopedia illustrate the text; a network's own pages link their members by faces.
    linked = [one for one in page.social if one.sort == "share" or not same_site(one.url, page.url)]
    icons = [one for one in linked if one.icon_only and one.sort in ("share", "profile") and one.platform not in BOOKS]
    nameless = [one for one in icons if not one.label.strip()]
    if not icons:
        yield NOT_APPLICABLE
    elif nameless:
        named = 1 - len(nameless) / len(icons)
        say = warn if thresholds.NAMED_ICONS.is_fair(named) else fail
        yield say(nameless=len(nameless), icons=len(icons), address=cut(nameless[0].url))


@check(
    "share-third-party",
    title="Share buttons are loaded from other companies",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The page loads share scripts of {count} companies: {vendors}.",
    warns="The page loads a share script of {vendors}.",
    causes={"dead": "The page loads a share script of a service that has closed: {vendors}."},
    source=sources.SHARE_SCRIPTS,
    grade="C",
    applies=readable,
)
def share_third_party(page: Page, context: Context) -> Iterator[Said]:
    """Why: Share scripts slow the page down and tell others who reads it. Plain links do the same without either.

    Fix: Replace the scripts by plain share links.

    Accept: The page loads no share script from another host.
    """
    loaded = [vendor for vendor in page.vendors if vendor.script and vendor.role in SHARE_ROLES]
    dead = sorted({vendor.name for vendor in loaded if vendor.status == "dead"})
    alive = sorted({vendor.name for vendor in loaded if vendor.status != "dead"})
    if dead:
        yield fail(cause="dead", count=len(dead), vendors=", ".join(dead))
    elif not thresholds.SHARE_VENDORS.is_good(len(alive)):
        say = warn if thresholds.SHARE_VENDORS.is_fair(len(alive)) else fail
        yield say(count=len(alive), vendors=", ".join(alive))
