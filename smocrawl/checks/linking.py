"""Is the page linked, and does it link: from within the site, to its sources, to its own passages?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import WALLS, cut, host_of, loose, split
from smocrawl.checks.applies import NEVER_SHARED, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Area, Entity, Heading, Kind, Link, Page, Recognised

TEMPLATE = frozenset({Area.HEADER, Area.NAV, Area.FOOTER})
STRICT_AUDIENCES = frozenset({"news", "b2b", "developer"})


def is_small_site(kinds: Mapping[Kind, int]) -> bool:
    """Whether a site with so many pages of each kind is one on which every page is linked from every other."""
    total = sum(count for kind, count in kinds.items() if kind not in NEVER_SHARED)
    return 0 < total <= thresholds.SMALL_SITE_PAGES


@check(
    "inlinks-min",
    title="Hardly any page of the site links here",
    tactic=Tactic.T1,
    severity=Severity.MEDIUM,
    says="No other page of the site links here from its text or navigation.",
    warns="Only {inlinks} other pages of the site link here from their text or navigation.",
    causes={"one": "Only one other page of the site links here from its text or navigation."},
    source=sources.GOOGLE_LINKS,
    grade="C",
    platforms=("google-discover",),
    applies=shareable,
    owner="editor",
)
def inlinks_min(page: Page, context: Context) -> Iterator[Said]:
    """Why: Readers and search engines find a page through links. Without them it is seen only by those who were sent it.

    Fix: Link to it from the overview of its topic and from two related pages.

    Accept: At least three pages of the site link here from navigation or main text.
    """
    if page.kind in (Kind.LANDING, Kind.HOME) or is_small_site(context.site_kinds):
        # Campaign pages stand alone on purpose; the home page is linked by its logo everywhere.
        yield NOT_APPLICABLE
    elif context.inlinks is None or (not context.whole and not thresholds.INLINKS.is_good(context.inlinks)):
        # Of a crawl that was cut short the other links stand on pages that were not read.
        yield unmeasured(Reason.OFF)
    elif context.inlinks == 1:
        yield warn(cause="one", inlinks=1)
    elif not thresholds.INLINKS.is_good(context.inlinks):
        say = warn if thresholds.INLINKS.is_fair(context.inlinks) else fail
        yield say(inlinks=context.inlinks)


@check(
    "click-depth",
    title="The page lies many clicks from the home page",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="It takes {clicks} clicks from the home page to get here.",
    source=sources.SITE_AUDITS,
    grade="D",
    platforms=("google-discover",),
    applies=shareable,
    revision=2,
)
def click_depth(page: Page, context: Context) -> Iterator[Said]:
    """Why: What lies deep is read, linked and shared by few.

    Fix: Name the page on an overview or archive page that is nearer to the home page.

    Accept: Three clicks lead from the home page to this page.
    """
    if context.depth is None or (not context.whole and not thresholds.CLICKS.is_good(context.depth)):
        yield unmeasured(Reason.OFF)
    elif not thresholds.CLICKS.is_good(context.depth):
        say = warn if thresholds.CLICKS.is_fair(context.depth) else fail
        yield say(clicks=context.depth)


@check(
    "internal-link-broken",
    title="Links within the site lead nowhere",
    tactic=Tactic.T1,
    severity=Severity.MEDIUM,
    says="{count} links on this page lead to pages of the site that are gone, for example {address} (status {status}).",
    warns="The link to {address} leads to a page that is gone (status {status}).",
    causes={"template": "The link to {address} in the page's frame leads to a page that is gone (status {status})."},
    source=sources.BROKEN_LINKS,
    grade="C",
    applies=readable,
    owner="editor",
)
def internal_link_broken(page: Page, context: Context) -> Iterator[Said]:
    """Why: People who meet an error page leave, and do not share what came before it.

    Fix: Correct the links, remove them, or redirect the missing addresses.

    Accept: Every link within the site opens a page.
    """
    hosts = _own_hosts(page, context)
    asked = [link for link in page.links if link.url in context.fetched and host_of(link.url) in hosts]
    if not asked and any(host_of(link.url) in hosts for link in page.links):
        yield unmeasured(Reason.OFF)
        return
    broken = {link.url: link for link in asked if _is_gone(context.fetched[link.url].status)}
    if not broken:
        return
    in_frame = [link for link in broken.values() if link.area in TEMPLATE or link.url in context.repeated_links]
    link = (in_frame or list(broken.values()))[0]
    evidence: dict[str, Any] = {
        "count": len(broken),
        "address": cut(link.url),
        "status": context.fetched[link.url].status,
    }
    if len(broken) > 1:
        yield fail(**evidence)
    elif in_frame:
        yield fail(cause="template", **evidence)
    else:
        yield warn(**evidence)


def _is_gone(status: int | None) -> bool:
    return status is not None and status >= 400 and status not in WALLS


def _own_hosts(page: Page, context: Context) -> set[str]:
    """Of the audited site, and of other domains that the owner has named."""
    named = (*context.own_hosts, *context.audience.domains)
    return {host_of(page.url), *(name.removeprefix("www.") for name in named)}


@check(
    "cites-sources",
    title="The text names no sources",
    tactic=Tactic.T1,
    severity=Severity.MEDIUM,
    says="The text has {words} words and links to no other site.",
    warns="The text has {words} words and links to {sites} of the {needed} other sites that its readers expect.",
    source=sources.LINKABILITY,
    source_name="Rohit Bhargava: be a user resource",
    grade="C",
    kinds=(Kind.ARTICLE, Kind.DOCS),
    applies=shareable,
    owner="editor",
    effort="page",
)
def cites_sources(page: Page, context: Context) -> Iterator[Said]:
    """Why: People pass on what they can check. Those who are linked to notice it, and often link back.

    Fix: Link the studies, documents and people that the text relies on.

    Accept: The main text links to at least two other sites (one, unless your readers are journalists or experts).
    """
    sites = _cited(page, context)
    base = context.audience.base
    needed = thresholds.CITED_SITES_STRICT if base in STRICT_AUDIENCES else thresholds.CITED_SITES
    if sites >= needed:
        return
    if page.text.words < thresholds.CITED_WORDS and not sites:
        yield NOT_APPLICABLE
    elif sites or base == "news":
        # News reports name their sources in words: of long ones two in five link to none.
        yield warn(words=page.text.words, sites=round(sites, 1), needed=needed)
    else:
        yield fail(words=page.text.words)


def _cited(page: Page, context: Context) -> float:
    """Other sites that the main text links to; accounts and buttons do not count, paid links by half."""
    own = _own_hosts(page, context)
    social = {one.url for one in page.social if not _is_source(one, context)}
    worth: dict[str, float] = {}
    for link in page.links:
        host = host_of(link.url) if link.in_main else ""
        if host and link.url not in social and (host in worth or not _belongs(host, own)):
            value = thresholds.SPONSORED_WORTH if "sponsored" in link.rel else 1.0
            worth[host] = max(value, worth.get(host, 0.0))
    return sum(worth.values())


def _is_source(one: Recognised, context: Context) -> bool:
    """A single post, video or repository of somebody else is a source; an account or a button is none."""
    return one.sort in ("post", "page") and (one.platform, (one.handle or "").lower()) not in context.site_profiles


def _belongs(host: str, own: set[str]) -> bool:
    """One of the owner's hosts, or one above or below it."""
    return any(host == name or host.endswith(f".{name}") or name.endswith(f".{host}") for name in own)


@check(
    "heading-anchors",
    title="Passages cannot be linked to",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="None of the {headings} subheadings has an id that a link could name.",
    warns="Only {named} of the {headings} subheadings have an id that a link can name.",
    causes={"none": "None of the {headings} subheadings has an id that a link could name."},
    source=sources.LINKABILITY,
    grade="D",
    platforms=("reddit", "slack"),
    kinds=(Kind.ARTICLE, Kind.DOCS),
    applies=shareable,
    revision=3,
)
def heading_anchors(page: Page, context: Context) -> Iterator[Said]:
    """Why: In discussions people point to a passage. Without an id they can only point to the whole page.

    Fix: Give each subheading a lasting id.

    Accept: At least four of five subheadings of a long text have an id.
    """
    headings = _subheadings(page) if page.text.words >= thresholds.ANCHORED_WORDS else []
    if len(headings) < thresholds.ANCHORED_HEADINGS:
        yield NOT_APPLICABLE
        return
    named = sum(1 for heading in headings if heading.id)
    if thresholds.ANCHORED.is_good(named / len(headings)):
        return
    if named:
        yield warn(named=named, headings=len(headings))
    elif page.kind is Kind.ARTICLE:
        yield warn(cause="none", named=0, headings=len(headings))
    else:
        yield fail(named=0, headings=len(headings))


def _subheadings(page: Page) -> list[Heading]:
    """Those of the main text; what is a link to another page heads a teaser."""
    found = [one for one in page.headings if one.level in (2, 3) and one.in_main and one.text]
    said, here = {one.text for one in found}, loose(page.url)
    led = {link.text for link in page.links if link.text in said and loose(link.url) != here}
    return [one for one in found if one.text not in led]


ARCHIVE = re.compile(
    r"/(tags?|categor(?:y|ies)|topics?|authors?|people|team|users?|kategorien?|schlagwort)(/|$)", re.IGNORECASE
)


@check(
    "related-links",
    title="The page leads to hardly anything related",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="Neither the text nor a block beside it links to another page of the site.",
    warns="Text and side blocks link to only {count} other pages of the site.",
    causes={"one": "Text and side blocks link to only one other page of the site."},
    source=sources.LINKABILITY,
    grade="D",
    platforms=("google-discover",),
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    applies=shareable,
    owner="editor",
    revision=2,
)
def related_links(page: Page, context: Context) -> Iterator[Said]:
    """Why: Visitors from a network read one page and leave unless the next one is in sight.

    Fix: Name three related pages in or below the content.

    Accept: Three links to other pages of the site stand in the text, below it or beside it.
    """
    if page.sharing.app_shell:
        yield unmeasured(Reason.SCRIPT)
        return
    own = host_of(page.url)
    near = [
        link
        for link in page.links
        if (link.area not in TEMPLATE or {"prev", "next"} & set(link.rel))
        and (host_of(link.url) == own != "" or (link.in_main and own and host_of(link.url).endswith(f".{own}")))
    ]
    found = {loose(link.url) for link in near if _leads_on(link, page)} - {loose(page.url)}
    if not thresholds.RELATED.is_good(len(found)):
        one = {"cause": "one"} if len(found) == 1 else {}
        yield warn(count=len(found), **one) if found else fail(count=0)


def _leads_on(link: Link, page: Page) -> bool:
    """To content, not to the home page, an author or an archive."""
    if (parts := split(link.url)) is None:
        return False
    if (link.rel and {"author", "tag", "category"} & set(link.rel)) or link.url == page.sharing.byline_url:
        return False
    return parts.path not in ("", "/") and not ARCHIVE.search(parts.path)


LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
VERSION = re.compile(r"v?\d+(?:\.[\dx]+)*|latest|stable|master|main|current|next|dev", re.IGNORECASE)
INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?|jsp)", re.IGNORECASE)


def folders(address: str) -> int:
    """Depth of the path: its segments without language, version, date and the file that a folder opens with."""
    parts = split(address)
    named = [unquote(part) for part in parts.path.split("/") if part and not INDEX.fullmatch(part)] if parts else []
    return sum(1 for part in named if not LANGUAGE.fullmatch(part) and not VERSION.fullmatch(part))


@check(
    "breadcrumbs",
    title="The breadcrumb trail is missing or not marked up",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="The page lies {depth} folders deep and has no breadcrumb trail.",
    causes={
        "visible-only": "The breadcrumb trail is visible but not marked up, so that search engines do not show it.",
        "incomplete": "The breadcrumb markup is incomplete: {items} items, {addresses} of them with an address.",
    },
    source=sources.GOOGLE_BREADCRUMBS,
    grade="A",
    platforms=("google-discover",),
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.DOCS, Kind.LISTING),
    applies=shareable,
    revision=3,
)
def breadcrumbs(page: Page, context: Context) -> Iterator[Said]:
    """Why: People who arrive from a network do not know the site. A trail shows what else there is.

    Fix: Show a breadcrumb trail and mark it up as a BreadcrumbList.

    Accept: The page holds a BreadcrumbList with two or more items that name their addresses.
    """
    trails = page.entities_of("BreadcrumbList")
    if trails:
        items = max((trail.entities("itemListElement") for trail in trails), key=len)
        addresses = sum(1 for item in items if _address_of(item))
        # The last item is the page itself and may go without an address.
        if len(items) < thresholds.CRUMBS or addresses < len(items) - 1:
            yield warn(cause="incomplete", items=len(items), addresses=addresses)
        return
    depth = folders(page.url)
    if any(block.error and block.data is None for block in page.json_ld):
        # It may be marked up in the block that nobody can read: schema-parse tells of that.
        yield NOT_APPLICABLE
    elif page.sharing.breadcrumb_nav:
        yield warn(cause="visible-only", depth=depth)
    elif depth < thresholds.DEEP:
        yield NOT_APPLICABLE
    else:
        yield (warn if page.kind is Kind.ARTICLE else fail)(depth=depth)


def _address_of(item: Entity) -> str | None:
    return item.url("item") or item.url("url") or item.id
