"""Share tags beyond title and picture: misspelt names, parts without a whole, films, apps."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.page import Page

KNOWN = frozenset({
    "og:title", "og:type", "og:image", "og:url", "og:audio", "og:description", "og:determiner", "og:locale",
    "og:locale:alternate", "og:site_name", "og:video", "og:image:url", "og:image:secure_url", "og:image:type",
    "og:image:width", "og:image:height", "og:image:alt", "og:video:url", "og:video:secure_url", "og:video:type",
    "og:video:width", "og:video:height", "og:video:alt", "og:audio:url", "og:audio:secure_url", "og:audio:type",
    "og:see_also", "og:rich_attachment", "og:ttl", "og:updated_time", "og:restrictions:age",
    "article:published_time", "article:modified_time", "article:expiration_time", "article:author", "article:section",
    "article:tag", "article:publisher", "twitter:card", "twitter:site", "twitter:site:id", "twitter:creator",
    "twitter:creator:id", "twitter:title", "twitter:description", "twitter:image", "twitter:image:src",
    "twitter:image:alt", "twitter:url", "twitter:domain", "twitter:player", "twitter:player:width",
    "twitter:player:height", "twitter:player:stream",
})  # fmt: skip
"""Names of ogp.me, of Facebook's article type and of X's markup that pages misspell."""

OTHERS = frozenset({
    "og:logo", "og:name", "og:price", "og:brand", "og:sitename", "og:image:size", "og:author", "og:tag", "og:email",
    "og:availability", "og:video:duration", "og:video:tag", "og:section", "twitter:text:title", "twitter:label",
    "twitter:dnt", "twitter:image:width", "twitter:image:height", "og:image:name", "og:image:id",
})  # fmt: skip
"""Names that somebody reads or writes on purpose, near others by chance; og:sitename is handled as misspelt below."""
MISSPELT = {
    "og:sitename": "og:site_name", "og:img": "og:image", "og:desc": "og:description",
    "article:published": "article:published_time", "article:modified": "article:modified_time",
    "article:publish_time": "article:published_time", "article:published_date": "article:published_time",
}  # fmt: skip
NEAR = 0.85
"""Likeness (difflib's ratio) from which an unknown name is a known one with a slip."""


def _with_share_tags(page: Page, context: Context) -> bool:
    return shareable(page) and (page.has_meta("og:") or page.has_meta("twitter:") or page.has_meta("article:"))


@check(
    "og-property-misspelt",
    title="The name of a share tag is misspelt",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="No network knows the tag {tag}; {meant} is meant, and the page lacks it.",
    warns="No network knows the tag {tag}; {meant}, which is meant, stands on the page as well.",
    source=sources.OPEN_GRAPH,
    grade="A",
    applies=_with_share_tags,
)
def og_property_misspelt(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks pass over a name that they do not know, without a word. The text behind it is lost.

    Fix: Write the tag's name as ogp.me or X's documentation spells it.

    Accept: Each og:, article: and twitter: tag bears a name of its vocabulary.
    """
    for key in page.values_by_key:
        if key.startswith(("og:", "twitter:", "article:")) and (meant := _meant(key)):
            say = warn if page.meta(meant) else fail
            yield say(tag=cut(key, 60), meant=meant)
            return


@lru_cache(maxsize=1024)
def _meant(key: str) -> str | None:
    """The known name that *key* nearly is."""
    if key in KNOWN or (key in OTHERS and key not in MISSPELT):
        return None
    near = get_close_matches(key, KNOWN, n=1, cutoff=NEAR)
    return MISSPELT.get(key) or (near[0] if near and _is_slip(key, near[0]) else None)


def _is_slip(key: str, meant: str) -> bool:
    """A letter too many, too few or another one: not a number behind the name, and no name of a deeper level."""
    return key.count(":") == meant.count(":") and not key[-1].isdigit() and abs(len(key) - len(meant)) <= 1


def _has_pictures(page: Page, context: Context) -> bool:
    return shareable(page) and page.has_meta("og:image")


@check(
    "og-image-properties",
    title="Properties of the share image hang in the air",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="og:image:{property} stands before the first og:image, so it belongs to no picture.",
    causes={
        "type": "og:image:type says {said}, but the picture is {type}.",
        "secure": "og:image:secure_url is no https address: {said}",
    },
    source="https://ogp.me/#structured",
    grade="A",
    platforms=("facebook", "linkedin"),
    applies=_has_pictures,
)
def og_image_properties(page: Page, context: Context) -> Iterator[Said]:
    """Why: Width, type and description belong to the og:image above them. Written elsewhere they are lost, or describe
    another picture.

    Fix: Write og:image first, its properties below it, and let them say what is true.

    Accept: Each og:image:… tag follows the og:image that it speaks of.
    """
    pictures = page.open_graph.images
    if pictures and not pictures[0].url and len(pictures) > 1:
        yield warn(property=next(iter(pictures[0].properties), "url"))
        return
    for picture in pictures[:1]:
        facts = context.images.get(picture.url)
        said = picture.properties.get("type", "").lower().replace("image/jpg", "image/jpeg")
        secure = picture.properties.get("secure_url", "")
        if facts and facts.type and said.startswith("image/") and said != facts.type:
            yield warn(cause="type", said=cut(said, 40), type=facts.type)
        elif secure.startswith("http:"):
            yield warn(cause="secure", said=cut(secure))


def _has_film(page: Page, context: Context) -> bool:
    return shareable(page) and any(video.url for video in page.open_graph.videos)


@check(
    "og-video",
    title="The film of the card cannot be shown",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="og:video is no https address, so no network plays it: {url}",
    warns="og:video lacks {missing}, by which networks know how to show it.",
    source="https://ogp.me/#structured",
    grade="A",
    platforms=("facebook", "discord", "telegram"),
    applies=_has_film,
)
def og_video(page: Page, context: Context) -> Iterator[Said]:
    """Why: A network plays a film inside the card only from an https address and with its type and size at hand.

    Fix: Name the film by https, with og:video:type, og:video:width and og:video:height.

    Accept: og:video is an https address, and type, width and height follow it.
    """
    video = next(one for one in page.open_graph.videos if one.url)
    secure = video.properties.get("secure_url", "")
    missing = [name for name in ("type", "width", "height") if not page.meta(f"og:video:{name}")]
    if video.url.startswith("http:") and not secure.startswith("https:"):
        yield fail(url=cut(video.url))
    elif missing:
        yield warn(missing=", ".join(f"og:video:{name}" for name in missing))


def _has_app_links(page: Page, context: Context) -> bool:
    return shareable(page) and any(link.system in APP_NEEDS for link in page.app_links)


APP_NEEDS = {"ios": "url", "iphone": "url", "ipad": "url", "android": "package"}
"""What App Links require of each system."""


@check(
    "app-links",
    title="Links into the app are incomplete",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="al:{system}:{missing} is missing, so that shared links cannot open the app.",
    source="https://developers.facebook.com/docs/applinks/metadata-reference",
    grade="A",
    platforms=("facebook", "messenger"),
    applies=_has_app_links,
)
def app_links(page: Page, context: Context) -> Iterator[Said]:
    """Why: Without its address or package name a half-written app link opens neither the app nor its store.

    Fix: Write al:ios:url, al:android:package and the rest of the block, or take the block out.

    Accept: Each al: block names what its system needs.
    """
    for link in page.app_links:
        need = APP_NEEDS.get(link.system)
        if need and not link.properties.get(need):
            yield warn(system=link.system, missing=need)
            return


def _is_app_card(page: Page, context: Context) -> bool:
    return shareable(page) and (page.meta("twitter:card") or "").lower() == "app"


STORES = ("twitter:app:id:iphone", "twitter:app:id:ipad", "twitter:app:id:googleplay")


@check(
    "app-card",
    title="The app card names no app",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="twitter:card is “app”, but no store's number of the app is given, so X draws no card.",
    warns="twitter:card is “app”, but {missing} is missing: some visitors get no card.",
    source="https://developer.x.com/en/docs/x-for-websites/cards/overview/app-card",
    grade="A",
    platforms=("x",),
    applies=_is_app_card,
)
def app_card(page: Page, context: Context) -> Iterator[Said]:
    """Why: X draws an app card from the stores' own data, which it finds by the app's number alone.

    Fix: Add twitter:app:id:iphone, twitter:app:id:ipad and twitter:app:id:googleplay.

    Accept: All three numbers stand on the page, or it asks for another card.
    """
    missing = [name for name in STORES if not page.meta(name)]
    if len(missing) == len(STORES):
        yield fail(missing=missing[0])
    elif missing:
        yield warn(missing=missing[0])


@check(
    "title-shouting",
    title="The share title is written in capitals",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The share title is written in capitals alone: “{title}”",
    source=sources.FACEBOOK_PRACTICE,
    source_name="Our own judgement; screen readers may spell capitals letter by letter",
    grade="D",
    applies=shareable,
    owner="editor",
)
def title_shouting(page: Page, context: Context) -> Iterator[Said]:
    """Why: Capitals read as shouting, take more room, and some screen readers spell them letter by letter.

    Fix: Write the title as a sentence; let the style sheet draw capitals where the design asks for them.

    Accept: The share title holds small letters too.
    """
    title = page.meta("og:title") or page.title or ""
    words = [word for word in title.split() if sum(letter.isalpha() for letter in word) >= thresholds.SHOUTED_LETTERS]
    small = sum(letter.isalpha() and not letter.isupper() for letter in title)
    if len(words) >= thresholds.SHOUTED_WORDS and not small:
        yield warn(title=cut(title, 120))
