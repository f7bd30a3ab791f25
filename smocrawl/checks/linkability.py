"""Does every page have one stable, clean address that can be opened and passed on?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import parse_qsl, unquote

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import (
    WALLS,
    absolute,
    cut,
    exact,
    host_of,
    is_home,
    is_public,
    same_but_scheme,
    same_page,
    same_site,
    split,
    tracking_in,
)  # fmt: skip
from smocrawl.checks.applies import OBJECTS, could_be_shared, is_blank, moves_on, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Kind, Page, Relation

NOT_FOUND = re.compile(
    r"\b(404|(page|seite|site) (not found|nicht gefunden)|not found|nicht gefunden|page introuvable|non trouvée?|"
    r"no encontrad[ao]|non trovata|não encontrada|niet gevonden|nie znaleziono|не найден[ао]?|页面不存在|見つかりません)",
    re.IGNORECASE,
)


@check(
    "status-ok",
    title="The page cannot be opened",
    tactic=Tactic.T1,
    severity=Severity.BLOCKER,
    cap=0,
    says="The page answers with status {status} instead of 200.",
    warns="The page only sends its readers on to {target}, by a refresh or a script that most networks do not follow.",
    causes={
        "soft-404": "The page says that nothing was found ({words} words) but answers 200, as if all were well.",
        "blank": "The page answers 200 but holds nothing: no title, no description, no picture and hardly a word.",
    },
    source=sources.MASTODON_FETCH,
    grade="B",
    owner="administrator",
    revision=3,
)
def status_ok(page: Page, context: Context) -> Iterator[Said]:
    """Why: A network builds a card only for a page that answers 200. Anything else leaves a bare link, or none.

    Fix: Restore the page, or redirect its address once to the page that replaced it.

    Accept: The address answers 200 with the page's own content.
    """
    if page.status in WALLS:
        yield unmeasured(Reason.ERROR, status=page.status)
    elif page.status >= 400 and context.inlinks is not None and not context.in_sitemap:
        # Nothing but a broken link leads here: internal-link-broken tells the page that holds it.
        yield NOT_APPLICABLE
    elif page.status >= 400:
        yield fail(status=page.status)
    elif page.status != 200 or not page.is_html:
        yield NOT_APPLICABLE
    elif page.text.words < thresholds.SOFT_404_WORDS and _says_not_found(page):
        yield fail(cause="soft-404", status=page.status, words=page.text.words)
    elif moves_on(page):
        yield warn(target=cut(page.meta_refresh or ""))
    elif any(hop.how == "meta-refresh" for hop in page.hops):
        yield warn(target=cut(page.url))
    elif is_blank(page) and not page.sharing.app_shell:
        # What scripts might draw is for a browser to see; a shell is the matter of meta-in-raw-html.
        scripted = page.sharing.external_scripts
        yield unmeasured(Reason.SCRIPT) if scripted else fail(cause="blank", status=page.status)


def _says_not_found(page: Page) -> bool:
    # A short note about "the 404 page" is an article; an error page has no date, author or share tags of its own.
    heads = [text for text in (page.title, page.h1) if text]
    return page.kind not in OBJECTS and bool(heads) and all(NOT_FOUND.search(text) for text in heads)


@check(
    "https-valid",
    title="The page is not served securely",
    tactic=Tactic.T1,
    severity=Severity.BLOCKER,
    cap=60,
    says="The page is served over http, without encryption.",
    warns="The page is also served over http, without a redirect to https.",
    causes={"certificate": "The certificate of {host} is refused: {error}."},
    source=sources.HTTPS,
    grade="C",
    revision=2,
    owner="administrator",
)
def https_valid(page: Page, context: Context) -> Iterator[Said]:
    """Why: Browsers warn before a page without https, and several networks fetch https only. Readers turn back.

    Fix: Serve every page over https with a valid certificate, and redirect http to it.

    Accept: The https address opens without a warning, and the http address redirects to it.
    """
    if page.status >= 400 or not is_public(page.url):
        yield NOT_APPLICABLE
        return
    known = context.fetched.get(page.url)
    if page.url.startswith("http:"):
        yield fail()
    elif page.certificate:
        yield fail(cause="certificate", host=host_of(page.url), error=page.certificate)
    elif known and known.error and "certificate" in known.error:
        yield fail(cause="certificate", host=host_of(page.url), error=cut(known.error))
    else:
        plain = context.fetched.get(page.url.replace("https:", "http:", 1))
        if plain and plain.status == 200 and plain.final_url.startswith("http:"):
            yield warn()


@check(
    "redirect-hops",
    title="Too many redirects lead to the page",
    tactic=Tactic.T1,
    severity=Severity.MEDIUM,
    says="{hops} redirects lead from {start} to this page.",
    causes={"downgrade": "On the way to this page readers are sent from https back to http, at {step}."},
    source=sources.LEMMY,
    grade="B",
    platforms=("whatsapp", "signal", "lemmy", "slack"),
    owner="administrator",
)
def redirect_hops(page: Page, context: Context) -> Iterator[Said]:
    """Why: Some networks follow one redirect and then give up, and each one costs the reader time.

    Fix: Link, and redirect, straight to the final address.

    Accept: At most one redirect leads from any address of the page to the page.
    """
    steps = [hop.url for hop in page.hops if hop.how == "http"]
    way = [*steps, page.url]
    for before, after in pairwise(way):
        if before.startswith("https:") and after.startswith("http:"):
            yield fail(cause="downgrade", step=cut(after))
            return
    if not thresholds.REDIRECTS.is_good(len(steps)):
        say = warn if thresholds.REDIRECTS.is_fair(len(steps)) else fail
        yield say(hops=len(steps), start=cut(steps[0]))


@check(
    "canonical-present",
    title="The canonical address is missing or wrong",
    tactic=Tactic.T1,
    severity=Severity.HIGH,
    says="The page has a query in its address and does not name the clean one.",
    warns="The page names no canonical address.",
    causes={
        "several": "The page names {count} different canonical addresses: {first} and {second}.",
        "gone": "The canonical address {address} answers with status {status}.",
        "home": "The page names the home page as its canonical address: it disowns its own content.",
        "private": "The canonical address {address} cannot be opened from the Internet.",
        "elsewhere": "The page names an address of another site as its own: {address}.",
        "relative": "The canonical address is written as {written}, without scheme and host.",
        "redirect": "The canonical address {address} redirects to {target}.",
        "scheme": "The page is served over https, but names {address} as its canonical address.",
        "in-body": "The canonical address stands outside the head of the page, where search engines ignore it.",
    },
    source=sources.GOOGLE_CANONICAL,
    source_name="Google Search Central; Mastodon reads it as well",
    grade="B",
    revision=2,
    applies=could_be_shared,
)
def canonical_present(page: Page, context: Context) -> Iterator[Said]:
    """Why: People share a page under many addresses. The canonical tells networks that they are one page.

    Fix: Name one absolute canonical address in the head of each page: the clean one that answers 200.

    Accept: The head holds exactly one rel="canonical" with the full https address, which answers 200.
    """
    named = [relation for relation in page.related("canonical") if relation.raw_href.strip()]
    found = {exact(relation.href): relation for relation in reversed(named) if relation.href}
    if not found:
        parts = split(page.url)
        yield fail() if parts and parts.query else warn()
    elif len(found) > 1:
        first, second, *_ = reversed(found)
        yield fail(cause="several", count=len(found), first=cut(first), second=cut(second))
    else:
        yield from _canonical(page, context, named)


def _canonical(page: Page, context: Context, named: list[Relation]) -> Iterator[Said]:
    """What is wrong with the only canonical; the gravest fault alone."""
    relation = named[0]
    answer = context.fetched.get(relation.href)
    if is_public(page.url) and not is_public(relation.href):
        yield fail(cause="private", address=cut(relation.href))
    elif page.kind in OBJECTS and is_home(relation.href) and same_site(relation.href, page.url):
        yield fail(cause="home")
    elif answer and answer.status and answer.status >= 400 and answer.status not in WALLS:
        yield fail(cause="gone", address=cut(relation.href), status=answer.status)
    elif answer and answer.status == 200 and answer.hops and not same_page(answer.final_url, relation.href):
        yield warn(cause="redirect", address=cut(relation.href), target=cut(answer.final_url))
    elif is_foreign(relation.href, page, context):
        # An article elsewhere names its first publication so, and is to (see syndicated-credit); a home page has none.
        if page.kind is not Kind.ARTICLE:
            yield (fail if page.kind is Kind.HOME else warn)(cause="elsewhere", address=cut(relation.href))
    elif (
        page.url.startswith("https:") and relation.href.startswith("http:") and same_but_scheme(relation.href, page.url)
    ):
        yield warn(cause="scheme", address=cut(relation.href))
    elif not relation.raw_href.strip().lower().startswith(("http://", "https://")):
        yield warn(cause="relative", written=cut(relation.raw_href.strip()))
    elif not any(one.in_head or one.in_header for one in named):
        yield warn(cause="in-body")


def is_foreign(url: str, page: Page, context: Context) -> bool:
    """Whether *url* is on none of the owner's sites."""
    own = (page.url, *(f"https://{host}/" for host in (*context.own_hosts, *context.audience.domains)))
    return not any(same_site(url, one) for one in own)


@check(
    "url-clean",
    title="Addresses carry campaign or session parameters",
    tactic=Tactic.T1,
    severity=Severity.MEDIUM,
    says="The page calls itself by an address with {parameters} in it ({place}: {address}).",
    warns="Internal links carry {parameters} ({count} on this page), for example {address}.",
    causes={"sitemap": "The sitemap lists this page with {parameters} in its address."},
    source=sources.GOOGLE_URLS,
    grade="C",
    applies=readable,
    revision=2,
)
def url_clean(page: Page, context: Context) -> Iterator[Said]:
    """Why: What is shared with a campaign or session parameter counts as a page of its own, and spoils the statistics.

    Fix: Leave campaign and session parameters out of the canonical, og:url, the sitemap and internal links.

    Accept: No address by which the site names its own pages holds utm_…, gclid, fbclid or a session number.
    """
    own = [("canonical", page.canonical), ("og:url", page.meta("og:url"))]
    for place, address in own:
        if address and (found := tracking_in(address)):
            yield fail(place=place, address=cut(address), parameters=cut(", ".join(found)))
            return
    if context.in_sitemap and (found := tracking_in(page.url)):
        yield fail(cause="sitemap", place="sitemap", address=cut(page.url), parameters=cut(", ".join(found)))
        return
    with_parameters = [link.url for link in page.links if "?" in link.url or ";" in link.url]
    marked = {url: found for url in with_parameters if same_site(url, page.url) and (found := tracking_in(url))}
    if marked:
        address, found = next(iter(marked.items()))
        yield warn(count=len(marked), address=cut(address), parameters=cut(", ".join(found)))


@check(
    "url-shareable-state",
    title="Content stands behind a # and has no address of its own",
    tactic=Tactic.T1,
    severity=Severity.HIGH,
    says="{count} views of the site have no address but a fragment, for example {example}.",
    source=sources.LINKABILITY,
    grade="C",
    applies=shareable,
)
def url_shareable_state(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks drop what follows the # before they fetch a page. Every view then shows the same card.

    Fix: Give each view that people may share a path of its own.

    Accept: Links between views change the path, and each path opens the view directly.
    """
    routes = {
        f"{link.url}#{link.fragment}": None
        for link in page.links
        if link.fragment and re.match(r"!?/\w|!\w", link.fragment) and same_site(link.url, page.url)
    }
    if len(routes) >= thresholds.HASH_ROUTES:
        say = fail if page.sharing.app_shell else warn
        yield say(count=len(routes), example=cut(next(iter(routes))))


NUMBER_ONLY = re.compile(r"[\d._-]*")
WORD = re.compile(r"[^\W\d_]{2,}")
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
PRODUCT_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9-]{4,}")
ID_PARAMETERS = frozenset(
    {"p", "id", "page_id", "post", "article", "artikel", "item", "product", "product_id", "v", "nid"}
)
JOINED = re.compile(r"[^\W\d_]_+[^\W\d_]")
"""Two words and what joins them; an underscore before a number at the end parts an id from the words."""
SUFFIX = re.compile(r"\.\w{2,5}$")


@check(
    "url-readable-slug",
    title="The address does not tell what the page is about",
    tactic=Tactic.T1,
    severity=Severity.LOW,
    says="Only a number in the query tells this page from others: {address}.",
    warns="The address ends in an id and holds no word: {address}.",
    causes={
        "upper-case": "The address mixes upper and lower case: {address}.",
        "underscores": "The address joins its words by underscores: {address}.",
    },
    source=sources.GOOGLE_URLS,
    grade="D",
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO, Kind.EVENT),
    applies=shareable,
    revision=3,
)
def url_readable_slug(page: Page, context: Context) -> Iterator[Said]:
    """Why: In chats and mails people see the address before anything else. Words in it say what will open.

    Fix: End the address in a few lower-case words with hyphens between them.

    Accept: The path holds at least one word, in lower case, without underscores.
    """
    parts = split(page.url)
    if parts is None or is_home(page.url):
        yield NOT_APPLICABLE
        return
    segments = [SUFFIX.sub("", unquote(part)) for part in parts.path.split("/") if part]
    last = segments[-1] if segments else ""
    by_query = [name for name, value in parse_qsl(parts.query) if name.lower() in ID_PARAMETERS and value]
    if by_query and last in ("", "index", "default", "article", "page", "post", "item", "product", "watch"):
        yield fail(address=cut(page.url))
    elif not any(WORD.search(part) or WIDE.search(part) for part in segments) and not _is_code(page, last):
        yield warn(address=cut(page.url))
    elif JOINED.search(last):
        yield warn(cause="underscores", address=cut(page.url))
    elif _mixes_case(last) and not _is_code(page, last):
        yield warn(cause="upper-case", address=cut(page.url))


def _mixes_case(segment: str) -> bool:
    """In its words; a part with a digit in it is an id, for which capitals count: night-ferries-idUSKCN0Y41DQ."""
    said = " ".join(part for part in re.split(r"[-_.,]", segment) if not any(map(str.isdigit, part)))
    return re.search(r"[A-Z]", said) is not None and re.search(r"[a-z]{2}", said) is not None


def _is_code(page: Page, segment: str) -> bool:
    """An article number, which shops put into addresses on purpose."""
    return page.kind is Kind.PRODUCT and PRODUCT_CODE.fullmatch(segment) is not None


@check(
    "og-url-canonical-match",
    title="og:url and the canonical address do not confirm each other",
    tactic=Tactic.T1,
    severity=Severity.HIGH,
    says="og:url says {og_url}, but the page's address is {address}.",
    warns="The page has no og:url; networks fall back to the address under which it was shared.",
    causes={
        "scheme": "og:url and the page's address differ by http against https: {og_url}.",
        "relative": "og:url is no whole address ({og_url}): Open Graph asks for one with https:// and the host.",
        "no-canonical": "og:url names the page, but the page has no canonical address that confirms it.",
        "elsewhere": "og:url names this page, but its canonical address lies on another site: {address}.",
    },
    source=sources.FACEBOOK_MARKUP,
    grade="A",
    platforms=("facebook", "instagram", "threads", "linkedin", "pinterest", "mastodon"),
    applies=shareable,
    revision=2,
)
def og_url_canonical_match(page: Page, context: Context) -> Iterator[Said]:
    """Why: Likes, shares and comments are counted for the address in og:url. Two names split the count.

    Fix: Write the canonical address into og:url, letter for letter.

    Accept: og:url and rel="canonical" hold the same address.
    """
    canonical = page.canonical
    # As written: the value folded for reading would lose a wide blank of an East Asian address.
    said = next((meta.content for meta in page.metas_of("og:url") if meta.value), None)
    og_url = absolute(page.base or page.url, said) if said else None
    if og_url is None:
        # Without any Open Graph the missing title and picture are the news.
        yield warn() if canonical and page.has_meta("og:") else NOT_APPLICABLE
        return
    address = canonical or page.url
    if exact(og_url) == exact(address):
        if said and not re.match(r"\s*https?:", said, re.IGNORECASE):
            yield warn(cause="relative", og_url=cut(said))
        elif canonical is None:
            yield warn(cause="no-canonical")
    elif same_but_scheme(og_url, address):
        yield warn(cause="scheme", og_url=cut(og_url))
    elif canonical and not same_site(canonical, page.url) and same_page(og_url, page.url):
        yield warn(cause="elsewhere", address=cut(canonical))
    else:
        yield fail(og_url=cut(og_url), address=cut(address))
