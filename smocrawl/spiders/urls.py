"""URLs as the crawl knows them: one spelling for each address, so that nothing is asked twice."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

from smocrawl.checks.addresses import SESSION, TRACKING

LONGEST = 2_083
"""Characters of a URL that is asked: the old limit of Internet Explorer, which sitemaps.org also names (2,048)."""

LONGEST_KEPT = 65_536
"""Characters of a URL that has a record at least; no server takes a longer one (Apache: 8,190, nginx: 32 kB)."""

SESSION_IN_PATH = re.compile(r";(jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)

DEFAULT_PORTS = {"http": 80, "https": 443}


PLAIN = re.compile(
    r"(?P<origin>https?://(?:(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)*[a-z][a-z0-9]*(?:-[a-z0-9]+)*|127\.0\.0\.1)(?::[1-5][0-9]{3,4})?)"
    r"(?P<path>(?:/[\w~:@,!$'()*-][\w.~:@,!$'()*-]*)*/?)"
    r"(?:\?(?P<query>[\w~-]+=[\w.~-]*(?:&[\w~-]+=[\w.~-]*)*))?(?:\#[!-~]*)?",
    re.ASCII,
)
"""Addresses, as most are, of which nothing but the order of the query and the fragment would change."""

OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:")

LONGEST_LABEL, LONGEST_HOST = 63, 253
"""Characters of one label of a host, and of all of them with their dots (RFC 1035, 2.3.4)."""


def is_short_enough(host: str) -> bool:
    """Whether a name of that length can be looked up."""
    return len(host) <= LONGEST_HOST and all(len(label) <= LONGEST_LABEL for label in host.split("."))


@lru_cache(maxsize=10_000)
def normalise(url: str) -> str | None:
    """*url* in the one spelling under which it is stored and asked; None where it is no web address."""
    if OTHER_SCHEME.match(url):
        return None
    plain = PLAIN.fullmatch(url) if len(url) <= LONGEST else None
    if plain is None or len(plain["origin"]) > LONGEST_LABEL:
        return _respelled(url)
    origin, path, query = plain.groups()
    if query is None:
        return f"{origin}{path or '/'}"
    if "&" in query:
        query = "&".join(map("=".join, sorted(pair.split("=") for pair in query.split("&"))))
    query = _query(query)
    return f"{origin}{path or '/'}?{query}" if query else f"{origin}{path or '/'}"


def _respelled(url: str) -> str | None:
    """The long way, for what is escaped, mixed or odd."""
    try:
        # w3lib escapes what a browser would escape; canonicalisation sorts the query and drops the fragment.
        parts = urlsplit(canonicalize_url(safe_url_string(url.strip(), quote_path=True)))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or len(url) > LONGEST_KEPT:
        return None
    host = _host(parts.hostname)
    if port and port != DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = _collapse(SESSION_IN_PATH.sub("", parts.path)) or "/"
    return urlunsplit((parts.scheme, host, path, _query(parts.query), ""))


def _host(name: str) -> str:
    """Lower case, IPv6 in brackets, names in punycode."""
    if ":" in name:
        return f"[{name}]"
    try:
        return (
            name.rstrip(".").encode("idna").decode("ascii").lower() if not name.isascii() else name.rstrip(".").lower()
        )
    except UnicodeError:
        return quote(name.lower())


def _collapse(path: str) -> str:
    """``//`` and dot segments folded, as every browser and most servers do."""
    if "//" not in path and "/." not in path:
        return path
    kept: list[str] = []
    segments = re.sub(r"/{2,}", "/", path).split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _query(query: str) -> str:
    if not query or not (TRACKING.search(query) or SESSION.search(query)):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    # A visit's number makes every page new; that «sid=12» may be a section is the lesser harm.
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name) and not SESSION.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


WRITTEN_ORIGIN = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](?=[/?#]|$)")


def written_origin(url: str) -> str | None:
    """What :func:`normalise` would begin *url* with, where that can be seen at once; None = perhaps something else."""
    found = WRITTEN_ORIGIN.match(url)
    return found[0] if found else None


def origin_of(parts: SplitResult) -> tuple[str, str, int]:
    """(scheme, host, port), the default port filled in."""
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)


def bare_host(host: str) -> str:
    """``www.`` and apex are one site."""
    return host.removeprefix("www.")


NOT_A_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|tiff?|mp4|m4v|webm|mov|avi|mp3|m4a|ogg|wav|flac|css|m?js|map|woff2?|ttf|otf|eot"
    r"|zip|gz|tgz|bz2|xz|7z|rar|tar|jar|exe|dmg|pkg|deb|rpm|apk|iso|docx?|xlsx?|pptx?|odt|ods|odp|csv|tsv|asc|sha\d*|sig"
    r"|md5|bin|epub|mobi|psd|ai|eps|ics|vcf|swf|wasm|torrent)$",
    re.IGNORECASE,
)
"""File names that no server answers with HTML: they are not asked as pages."""


ACTION = re.compile(
    r"(?:^|&)(?:add-to-cart|add_to_cart|remove_item|undo_item|add_to_wishlist|remove_from_wishlist|replytocom|unapproved"
    r"|moderation-hash|action=(?:logout|delete|add|remove)|logout|loggedout)(?:=|&|$)"
    r"|(?:^|&)share=(?:jetpack-)?(?:facebook|twitter|x|linkedin|pinterest|reddit|tumblr|telegram|whatsapp|email|pocket|mastodon"
    r"|threads|bluesky|nextdoor|skype|print|custom-\d+)(?:&|$)",
    re.IGNORECASE,
)
"""Queries that do something instead of showing something (WooCommerce, WordPress, Jetpack's buttons to share): a visitor
who only reads never asks them."""


CLOUDFLARE = "/cdn-cgi/"
"""Its own files on every host that it serves; a masked e-mail address is a link to one that answers 404 to crawlers.
https://developers.cloudflare.com/fundamentals/reference/cdn-cgi-endpoint/"""


def looks_like_a_page(url: str) -> bool:
    parts = urlsplit(url)
    return not (NOT_A_PAGE.search(parts.path) or parts.path.startswith(CLOUDFLARE) or ACTION.search(parts.query))
