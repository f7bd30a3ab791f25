"""What a page tells programs by name: robots directives, ownership, its apps, its opt-outs, Dublin Core."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from smocrawl.page.markup import Meta

VALUED = ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after")
"""Robots directives that have a value behind a colon, which in a header could be taken for an agent's name:
https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag"""
AGENTS = (
    "robots", "googlebot", "googlebot-news", "googlebot-image", "googlebot-video", "bingbot", "msnbot", "slurp",
    "duckduckbot", "yandex", "yandexbot", "baiduspider", "applebot", "applebot-extended", "facebookexternalhit",
    "twitterbot", "linkedinbot", "pinterestbot", "otherbot", "gptbot",
)  # fmt: skip
"""Names of metas that hold robots directives for one agent."""
AGENT = re.compile(r"[a-z][a-z0-9_.-]*")
"""How a robot is named in a header; the hours of a date are none."""
VERIFIED = {
    "google-site-verification": "google",
    "verify-v1": "google",
    "msvalidate.01": "bing",
    "p:domain_verify": "pinterest",
    "facebook-domain-verification": "facebook",
    "yandex-verification": "yandex",
    "baidu-site-verification": "baidu",
    "naver-site-verification": "naver",
    "ahrefs-site-verification": "ahrefs",
    "norton-safeweb-site-verification": "norton",
    "zoom-domain-verification": "zoom",
    "tiktok-developers-site-verification": "tiktok",
    "me:verify": "mastodon",
}
"""Metas by which a service knows whose site it is; each from the service's own guide."""
APP_SYSTEMS = ("ios", "iphone", "ipad", "android", "windows", "windows_phone", "windows_universal", "web")
"""https://developers.facebook.com/docs/applinks/metadata-reference"""
DUBLIN_CORE = ("dc.", "dcterms.", "dc:", "dcterms:")
"""https://www.dublincore.org/specifications/dublin-core/dcq-html/; the colon is how RDFa and many themes write it."""


@frozen(kw_only=True)
class AppLink:
    """Where a link to the page opens inside an app."""

    system: str
    """One of :data:`APP_SYSTEMS`."""
    properties: Mapping[str, str] = field(factory=dict)
    """``url``, ``app_name``, ``app_store_id``, ``package`` …"""


@frozen(kw_only=True)
class OptOut:
    """One thing that the page asks a platform not to do."""

    platform: str
    """A platform's id, a service, the name of a robot, or ``all``."""
    directive: str
    """What is not wished, as a token: ``nopin``, ``nosnippet`` …"""
    place: str
    """Where the page says so."""


def robots_by_agent(metas: Iterable[Meta], header: str | None) -> dict[str, frozenset[str]]:
    """Directives (lower case, no blanks) by the agent they speak to; ``robots`` speaks to all."""
    found: dict[str, set[str]] = {}
    for meta in metas:
        if meta.key in AGENTS:
            found.setdefault(meta.key, set()).update(_tokens(meta.value))
    for agent, directive in _said_in_header(header or ""):
        found.setdefault(agent, set()).add(directive)
    return {agent: frozenset(directives) for agent, directives in found.items() if directives}


def _tokens(text: str) -> Iterator[str]:
    return (token for part in text.split(",") if (token := part.strip().lower().replace(" ", "")))


def _said_in_header(header: str) -> Iterator[tuple[str, str]]:
    """``X-Robots-Tag: googlebot: noindex, nofollow``: an agent's name holds until the next."""
    agent = "robots"
    for token in _tokens(header):
        name, colon, rest = token.partition(":")
        if colon and name not in VALUED and AGENT.fullmatch(name):
            agent = name
            if rest:
                yield agent, rest
        else:
            yield agent, token


def verifications(metas: Iterable[Meta]) -> dict[str, tuple[str, ...]]:
    """Tokens by the service they are for; a service may be named for several accounts."""
    found: dict[str, tuple[str, ...]] = {}
    for meta in metas:
        service = VERIFIED.get(meta.key)
        if service and meta.value:
            found[service] = (*found.get(service, ()), meta.value)
    return found


def app_links(metas: Iterable[Meta]) -> tuple[AppLink, ...]:
    """By system, in the order in which the page names them; of a repeated property the first."""
    found: dict[str, dict[str, str]] = {}
    for meta in metas:
        space, _, name = meta.key.partition(":")
        system, _, part = name.partition(":")
        if space == "al" and system in APP_SYSTEMS and part and meta.value:
            found.setdefault(system, {}).setdefault(part, meta.value)
    return tuple(AppLink(system=system, properties=properties) for system, properties in found.items())


def dublin_core(metas: Iterable[Meta]) -> dict[str, tuple[str, ...]]:
    """Values by element, lower case and without its prefix: ``creator``, ``date``, ``date.modified`` …"""
    found: dict[str, tuple[str, ...]] = {}
    for meta in metas:
        prefix = next((prefix for prefix in DUBLIN_CORE if meta.key.startswith(prefix)), None)
        if prefix and meta.value:
            name = meta.key.removeprefix(prefix)
            found[name] = (*found.get(name, ()), meta.value)
    return found


PREVIEW_LIMITS = frozenset({"nosnippet", "noimageindex", "noarchive", "notranslate", "max-image-preview:none",
                            "max-snippet:0", "max-video-preview:0", "noai", "noimageai"})  # fmt: skip
"""Directives that keep a page but forbid to show or use parts of it."""


def opt_outs(metas: Iterable[Meta], robots: Mapping[str, frozenset[str]]) -> tuple[OptOut, ...]:
    """What single platforms, or all, are asked not to do with the page."""
    return (*_of_metas(metas), *_of_robots(robots))


def _of_metas(metas: Iterable[Meta]) -> Iterator[OptOut]:
    for meta in metas:
        value = meta.value.lower()
        if meta.key == "pinterest" and value in ("nopin", "nohover"):
            # https://help.pinterest.com/en/business/article/prevent-people-from-saving-things-to-pinterest-from-your-site
            yield OptOut(platform="pinterest", directive=value, place="meta pinterest")
        elif meta.key == "twitter:dnt" and value == "on":
            # https://developer.x.com/en/docs/x-for-websites/privacy
            yield OptOut(platform="x", directive="dnt", place="meta twitter:dnt")
        elif meta.key == "google" and value in ("notranslate", "nopagereadaloud"):
            # https://developers.google.com/search/docs/crawling-indexing/special-tags
            yield OptOut(platform="google", directive=value, place="meta google")
        elif meta.key == "tdm-reservation" and value == "1":
            # https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
            yield OptOut(platform="all", directive="text and data mining", place="meta tdm-reservation")


def _of_robots(robots: Mapping[str, frozenset[str]]) -> Iterator[OptOut]:
    for agent, directives in robots.items():
        platform = "all" if agent == "robots" else agent
        for directive in sorted(directives & PREVIEW_LIMITS):
            yield OptOut(platform=platform, directive=directive, place=f"robots directives for {platform}")
