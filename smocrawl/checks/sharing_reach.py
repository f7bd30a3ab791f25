"""Do the networks' readers get as far as the share tags: raw HTML, early, in the head, fast, not behind a wall?"""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import sources, thresholds
from smocrawl.checks.applies import readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Kind, Page

CARD_TAGS = frozenset(
    {"og:title", "og:description", "og:image", "og:image:url", "og:image:secure_url", "og:url", "twitter:card",
     "twitter:title", "twitter:description", "twitter:image", "twitter:image:src"}
)  # fmt: skip
"""The tags that feed a card; others may come late."""
PREVIEWERS = (
    "facebook", "x", "linkedin", "slack", "discord", "telegram", "whatsapp", "mastodon", "bluesky",
)  # fmt: skip


@check(
    "meta-in-raw-html",
    title="The share tags are added by scripts, which networks do not run",
    tactic=Tactic.T3,
    severity=Severity.BLOCKER,
    cap=40,
    says="The page is drawn by scripts, and its HTML holds neither a share title nor a share image.",
    warns="The page's HTML holds {found} but no {missing}.",
    causes={"script": "A script adds {added}. The HTML that the networks read lacks it."},
    source=sources.OPEN_GRAPH,
    grade="C",
    platforms=PREVIEWERS,
    applies=shareable,
    revision=2,
)
def meta_in_raw_html(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks read the HTML as it is served and run no scripts. What a script adds, they never see.

    Fix: Write the share tags on the server, or when the site is built.

    Accept: The source of the page, as a browser shows it, holds og:title and og:image.
    """
    title, image = _title_and_image(page)
    if title and image:
        return
    added = _added(page, context.rendered)
    if len(added) == 2:
        yield fail(cause="script", added=" and ".join(added))
    elif added and (title or image):
        yield warn(cause="script", added=added[0])
    elif not page.sharing.app_shell:
        # An ordinary page that lacks a tag, in whose HTML nothing is hidden: og-title and og-image say so.
        yield NOT_APPLICABLE
    elif title:
        yield warn(found="og:title", missing="og:image")
    elif image:
        yield warn(found="og:image", missing="og:title")
    else:
        yield fail()


def _title_and_image(page: Page) -> tuple[str | None, str | None]:
    return page.meta("og:title"), page.meta("og:image", "og:image:url", "og:image:secure_url")


def _added(page: Page, rendered: Page | None) -> list[str]:
    """Which of title and image only the rendered page has."""
    if rendered is None:
        return []
    pairs = zip(("og:title", "og:image"), _title_and_image(page), _title_and_image(rendered), strict=True)
    return [name for name, before, after in pairs if after and not before]


@check(
    "meta-early",
    title="The share tags come too late in the page",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="The last share tag ({tag}) stands after {kilobytes} kB; WhatsApp stops reading before that.",
    warns="The last share tag ({tag}) stands after {kilobytes} kB; that is close to where the first networks stop reading.",
    causes={
        "lost": "The last share tag ({tag}) stands after {kilobytes} kB, where most networks have stopped reading."
    },
    source=sources.WHATSAPP,
    source_name="WhatsApp reads 300 kB; Facebook, Mastodon and Lemmy 1 MB",
    grade="A",
    platforms=("whatsapp", "signal", "facebook", "mastodon"),
    applies=shareable,
)
def meta_early(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks read only the beginning of a page. Share tags behind long styles or scripts are never seen.

    Fix: Move the share tags to the top of the head, before styles and scripts.

    Accept: All share tags stand within the first 100 kB of the page.
    """
    places = [(meta.offset, key) for key, meta in page.keyed_metas if key in CARD_TAGS and meta.offset is not None]
    if not places:
        yield NOT_APPLICABLE
        return
    last, tag = max(places)
    kilobytes = round(last / 1000)
    if last > thresholds.TAGS_LOST_BYTE:
        yield fail(severity=Severity.CRITICAL, cause="lost", tag=tag, kilobytes=kilobytes)
    elif not thresholds.TAGS_BY_BYTE.is_good(last):
        say = warn if thresholds.TAGS_BY_BYTE.is_fair(last) else fail
        yield say(tag=tag, kilobytes=kilobytes)


@check(
    "meta-in-head",
    title="Share tags stand outside the head",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="Share tags stand outside the head ({count}, beginning with {tag}): something before them closes the head early.",
    warns="A noscript with a picture or frame in the head pushes share tags ({count}) out of it for readers without scripts.",
    source=sources.HTML_HEAD,
    grade="B",
    platforms=("mastodon", "linkedin"),
    applies=shareable,
)
def meta_in_head(page: Page, context: Context) -> Iterator[Said]:
    """Why: By the HTML standard a stray tag ends the head. Strict readers look for share tags in the head alone.

    Fix: Find the tag in the head that does not belong there, and move it, or the share tags before it.

    Accept: A browser's inspector shows every share tag inside the head element.
    """
    tags = [meta for key, meta in page.keyed_metas if key in CARD_TAGS]
    if not tags:
        yield NOT_APPLICABLE
    elif outside := [meta for meta in tags if not meta.in_head]:
        yield fail(count=len(outside), tag=outside[0].key)
    elif pushed := [meta for meta in tags if not meta.in_head_without_scripting]:
        yield warn(count=len(pushed), tag=pushed[0].key)


@check(
    "bot-latency",
    title="The page answers too slowly for previews",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The page took {seconds} seconds to arrive; preview readers give up after a few.",
    warns="The page took {seconds} seconds to arrive.",
    source=sources.FACEBOOK_CRAWLER,
    grade="B",
    platforms=("facebook", "discord", "slack"),
    applies=shareable,
    owner="administrator",
    effort="server",
)
def bot_latency(page: Page, context: Context) -> Iterator[Said]:
    """Why: While somebody writes a post, the network has a few seconds to read the page. Then it shows a bare link.

    Fix: Keep finished pages in a cache near the readers.

    Accept: The page arrives whole within one second.
    """
    if page.latency is None:
        yield unmeasured(Reason.OFF)
        return
    # One slow answer among quick ones is chance (a full machine, a cold cache): the site's median bounds it.
    seconds = page.latency if context.median_latency is None else min(page.latency, context.median_latency)
    if not thresholds.LATENCY.is_good(seconds):
        say = warn if thresholds.LATENCY.is_fair(seconds) else fail
        yield say(seconds=round(seconds, 1))


def _open_or_walled(page: Page, context: Context) -> bool:
    """Shareable pages, and what stands in their place; a login page that nobody lists is just that."""
    wall = page.sharing.wall
    return shareable(page) or (readable(page) and wall is not None and (wall != "login" or context.in_sitemap is True))


@check(
    "interstitial",
    title="A wall stands in front of the page",
    tactic=Tactic.T3,
    severity=Severity.BLOCKER,
    cap=40,
    says="Instead of the page, a visitor without cookies gets a wall ({wall}).",
    warns="A wall ({wall}) lies over the page, but the share tags can be read.",
    source=sources.GOOGLE_WALLS,
    grade="C",
    applies=_open_or_walled,
)
def interstitial(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks come without cookies and cannot click. What they get instead of the page becomes the card.

    Fix: Serve text and share tags to every visitor, and ask for consent or a login on top of them.

    Accept: A private browser window shows the page's title and share tags in the source.
    """
    wall = page.sharing.wall
    if wall is None:
        return
    has_tags = page.meta("og:title") and page.meta("og:image", "og:description")
    if wall == "challenge":
        # Raised against robots, and often against ours alone: the known previewers are let through.
        yield unmeasured(Reason.ERROR)
    elif has_tags or page.text.words >= thresholds.WALL_WORDS:
        yield warn(wall=wall)
    else:
        yield fail(wall=wall)


KEY_KINDS = frozenset({Kind.HOME, Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO, Kind.EVENT})


@check(
    "preview-directives",
    title="The page does not allow large previews in Google",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The directive {directive} keeps the page's text or picture out of previews.",
    warns="The page does not allow large pictures (max-image-preview:large); Google Discover then shows a small one.",
    causes={
        "noindex": "The page asks search engines to leave it out (noindex), so that Google Discover never shows it."
    },
    source=sources.GOOGLE_DISCOVER,
    grade="A",
    platforms=("google-discover",),
    applies=shareable,
)
def preview_directives(page: Page, context: Context) -> Iterator[Said]:
    """Why: Google Discover shows a large picture only where the page allows it; large ones are opened more often.

    Fix: Allow it in one line: <meta name="robots" content="max-image-preview:large">.

    Accept: The page's robots directives hold max-image-preview:large and none that forbids snippets or pictures.
    """
    directives = page.robots | _for_google(page)
    if directives & {"noindex", "none"}:
        # Archives, lists and campaign pages are kept out on purpose.
        yield fail(cause="noindex", directive="noindex") if page.kind in KEY_KINDS else NOT_APPLICABLE
    elif forbidden := sorted(directives & {"nosnippet", "noimageindex", "max-image-preview:none", "max-snippet:0"}):
        yield fail(directive=", ".join(forbidden))
    elif "max-image-preview:large" not in directives:
        yield warn()


def _for_google(page: Page) -> frozenset[str]:
    said = (meta.value for meta in page.metas_of("googlebot"))
    return frozenset(token.strip().lower().replace(" ", "") for text in said for token in text.split(","))
