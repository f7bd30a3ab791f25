"""Are the share tags written so that every network reads the same?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import has_open_graph, shareable
from smocrawl.checks.base import Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.measures import width
from smocrawl.checks.sharing_reach import CARD_TAGS
from smocrawl.page import Kind, Page

LEFTOVER = re.compile(
    r"\{\{.{0,80}?\}\}|\{%.{0,80}?%\}|<%.{0,80}?%>|\$\{[\w.]+\}|%%?[A-Z][A-Z_]{2,}%%?|\[\[[\w.+*]+\]\]|"
    r"^(?:undefined|null|NaN|None|\[object Object\]|%s|%title%|todo|tbd)$"
)
"""What a template leaves behind when nobody fills it in."""
LONGEST_WORD = len("[object Object]")
"""A longer leftover has signs around it."""


def _tags(page: Page, context: Context) -> bool:
    """Pages with any share tag, be it an empty one."""
    return shareable(page) and (page.has_meta("og:") or page.has_meta("twitter:"))


def _with_open_graph(page: Page, context: Context) -> bool:
    return shareable(page) and has_open_graph(page)


@check(
    "og-syntax",
    title="Share tags are written wrongly",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="The share tag {tag} is empty.",
    warns="The share tag {tag} is empty; nothing is lost but clarity.",
    causes={
        "leftover": "The share tag {tag} holds a leftover of the template: {text}.",
        "name": "Open Graph tags ({count}, beginning with {tag}) are written with name= instead of property=.",
    },
    source=sources.OPEN_GRAPH,
    grade="A",
    applies=_tags,
)
def og_syntax(page: Page, context: Context) -> Iterator[Said]:
    """Why: Strict readers, LinkedIn among them, skip tags that do not follow the rules. An empty tag wins over a guess.

    Fix: Write property="og:…" with real content, and leave out tags for which there is none.

    Accept: Every share tag has content, and every og: tag is written with property.
    """
    tags = [(key, meta) for key, meta in page.keyed_metas if key.startswith(("og:", "twitter:"))]
    for key, meta in tags:
        if found := _leftover(meta.value, page):
            yield fail(cause="leftover", tag=cut(key, 60), text=cut(found, 80))
            return
    # An empty tag beside a filled one is a conflict of two sources: og-conflict says so.
    empty = list(dict.fromkeys(key for key, _ in tags if key not in page.values_by_key))
    in_card = [key for key in empty if key in CARD_TAGS]
    by_property = {key for key, meta in tags if meta.prop}
    by_name = [key for key, meta in tags if key.startswith("og:") and meta.name and key not in by_property]
    if in_card:
        yield fail(tag=in_card[0])
    elif by_name:
        yield warn(cause="name", tag=cut(by_name[0], 60), count=len(by_name))
    elif empty:
        yield warn(tag=cut(empty[0], 60))


def _leftover(value: str, page: Page) -> str | None:
    """The unfilled placeholder; a page about templates says the same in its headline or text."""
    if len(value) > LONGEST_WORD and not ("{" in value or "%" in value or "[" in value):
        return None
    found = LEFTOVER.search(value)
    if found is None or found[0] in (page.h1 or "") or found[0] in page.text.main:
        return None
    return found[0]


SINGLE = ("og:title", "og:description", "og:url", "og:type", "twitter:card")
"""Tags of which a page has one; og:image and article:tag may repeat."""


@check(
    "og-conflict",
    title="A share tag stands twice with different content",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="{tag} stands {count} times and says different things: “{first}” and “{second}”.",
    warns="{tag} stands {count} times with the same content.",
    causes={"empty": "{tag} stands {count} times, once empty and once with “{second}”."},
    source=sources.X_START,
    source_name="X takes the last twitter:card, most networks the first og: tag",
    grade="A",
    applies=_tags,
)
def og_conflict(page: Page, context: Context) -> Iterator[Said]:
    """Why: Some networks take the first of two tags, others the last. The same link then looks different here and there.

    Fix: Let one plugin or template write the share tags, and switch the other off.

    Accept: og:title, og:description, og:url, og:type and twitter:card each stand once.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for meta in page.metas_of(*SINGLE):
        found[meta.key].append(meta.value)
    repeated = {tag: values for tag, values in found.items() if len(values) > 1}
    for tag, values in repeated.items():
        different = list(dict.fromkeys(values))
        if len(different) > 1:
            first, second = different[0], different[1]
            said = fail(tag=tag, count=len(values), first=cut(first), second=cut(second))
            without = fail(cause="empty", tag=tag, count=len(values), first="", second=cut(first or second))
            yield said if first and second else without
            return
    if repeated:
        tag, values = next(iter(repeated.items()))
        yield warn(tag=tag, count=len(values))


ESCAPED = re.compile(
    r"&(?:amp|quot|lt|gt|nbsp|apos|rsquo|lsquo|ldquo|rdquo|ndash|mdash|hellip|#\d{2,5}|#x[0-9a-f]{2,5});", re.IGNORECASE
)
MOJIBAKE = re.compile(
    "\u00c3[\u0080-\u00bf\u0192\u201a-\u201e\u2020-\u2026]|\u00e2\u20ac|\u00e2\u0080|\u00c2[\u00a0-\u00bf]|\ufffd|\u00ef\u00bb\u00bf"
)
"""UTF-8 that was read as Windows-1252, and the sign for what could not be read."""
MARKUP = re.compile(
    r"</?(?:p|br|a|b|strong|em|i|u|span|div|img|h[1-6]|ul|ol|li|script|style|table|figure|iframe)\b[^<>]{0,200}>|<!--",
    re.IGNORECASE,
)
PLAIN = re.compile("[^&<\u00c2\u00c3\u00e2\u00ef\u200b\u2060\ufeff\ufffd]*")
"""None of the signs with which a spoiled text begins: most texts need no closer look."""
INVISIBLE = re.compile("[\ufeff\u2060\u200b]")
FIELDS = ("og:title", "og:description", "description", "twitter:title", "twitter:description")
WITHOUT_BLANKS = frozenset({"th", "km", "lo", "my", "bo", "ja", "zh"})
"""Languages that use the zero-width blank to part their words."""


@check(
    "og-encoding",
    title="Share texts show codes instead of letters",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="{count} share texts are spoiled, beginning with {tag}: {text}",
    warns="The share text {tag} is spoiled: {text}",
    source=sources.MASTODON,
    source_name="Mastodon and Misskey decode once",
    grade="B",
    applies=shareable,
    revision=3,
)
def og_encoding(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks decode a text once and show the rest: &amp;amp;quot; or a tag then stands in the middle of the card.

    Fix: Escape each text once, strip tags from it, and serve the page as UTF-8.

    Accept: Title and description hold plain text without entities, tags or invisible signs.
    """
    texts = {"<title>": page.title or ""}
    for meta in page.metas_of(*FIELDS):
        texts.setdefault(meta.key, meta.value)
    spoiled = {tag: found for tag, text in texts.items() if (found := _spoiled(text, page))}
    if spoiled:
        tag, found = next(iter(spoiled.items()))
        say = warn if len(spoiled) == 1 else fail
        yield say(count=len(spoiled), tag=tag, text=found)


def _is_own(sign: str, page: Page) -> bool:
    """The tag's alone: neither headline nor text of the page show the same."""
    return sign not in (page.h1 or "") and sign not in page.text.main


def _is_broken(page: Page) -> bool:
    """The text is full of it: the page was written or read in a wrong encoding, and shows no example of one."""
    return len(MOJIBAKE.findall(page.text.main)) >= thresholds.BROKEN_LETTERS


def _spoiled(text: str, page: Page) -> str | None:
    """The faulty passage; a page about code shows the same signs in its headline or text."""
    if PLAIN.fullmatch(text):
        return None
    for pattern in (ESCAPED, MOJIBAKE, MARKUP):
        found = pattern.search(text)
        if found and (_is_own(found[0], page) or (pattern is MOJIBAKE and _is_broken(page))):
            return cut(text[max(0, found.start() - 30) : found.end() + 30], 100)
    invisible = INVISIBLE.search(text)
    if invisible and (page.lang or "")[:2].lower() not in WITHOUT_BLANKS:
        return f"U+{ord(invisible[0]):04X}"
    return None


KNOWN_TYPES = re.compile(
    r"website|article|profile|book|product(?:\.(?:item|group))?|music\.(?:song|album|playlist|radio_station)|"
    r"video\.(?:movie|episode|tv_show|other)|place|business\.business|payment\.link|[a-z0-9_-]+:[a-z0-9_.:-]+|"
    r"(?:books|fitness|game|games|restaurant)\.\w+",
    re.IGNORECASE,
)
"""Types of ogp.me and of Meta's own list, and those of other vocabularies (``name:type``)."""
LEGACY_TYPES = frozenset(
    {"blog", "video", "object", "activity", "sport", "bar", "company", "cafe", "hotel", "restaurant", "cause",
     "sports_league", "sports_team", "band", "government", "non_profit", "school", "university", "actor", "athlete",
     "author", "director", "musician", "politician", "public_figure", "city", "country", "landmark", "state_province",
     "album", "drink", "food", "game", "movie", "song", "tv_show", "upc", "isbn", "event", "image", "photo",
     "video.tv", "news", "post", "page", "other", "place", "product"}
)  # fmt: skip
"""Values of the first years, which networks now take as website."""
FITTING = {Kind.ARTICLE: ("article", "book", "blog"), Kind.PRODUCT: ("product", "book", "og:product", "music", "video")}


@check(
    "og-type",
    title="og:type does not fit the page",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="og:type is “{type}”, which no network knows.",
    warns="The page has no og:type; networks take it for a website.",
    causes={
        "legacy": "og:type is “{type}”, a value of the first years that networks no longer know.",
        "website": "og:type is “{type}”, but the page is of the kind “{kind}”.",
        "contradicts": "og:type is “{type}”, but the page is of the kind “{kind}” ({evidence}).",
    },
    source=sources.OPEN_GRAPH,
    grade="A",
    platforms=("pinterest", "facebook", "mastodon"),
    applies=_with_open_graph,
)
def og_type(page: Page, context: Context) -> Iterator[Said]:
    """Why: The type decides which further facts a network reads: author and date of an article, price of a product.

    Fix: Set og:type to article, product, profile, a video type or website, as the page is.

    Accept: og:type holds a value of ogp.me that fits the page.
    """
    said = (page.meta("og:type") or "").lower()
    kind: dict[str, Any] = {"type": cut(said, 60), "kind": page.kind.value, "evidence": cut(page.kind_evidence, 120)}
    fitting = FITTING.get(page.kind)
    if not said:
        yield warn(**kind)
    elif not KNOWN_TYPES.fullmatch(said):
        yield warn(cause="legacy", **kind) if said in LEGACY_TYPES else fail(**kind)
    elif fitting and said == "website":
        yield warn(cause="website", **kind)
    elif (page.kind is Kind.ARTICLE and said.startswith("product")) or (
        page.kind is Kind.PRODUCT and said == "article"
    ):
        yield fail(cause="contradicts", **kind)
    elif page.kind is Kind.HOME and said == "article":
        yield warn(cause="website", **kind)


@check(
    "og-site-name",
    title="The card does not name the site, or at too great length",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The page has no og:site_name.",
    warns="og:site_name is an address instead of a name: {name}.",
    causes={"long": "og:site_name has {width} characters; {most} fit into a card: “{name}”."},
    source=sources.GOOGLE_SITE_NAMES,
    grade="A",
    platforms=("slack", "discord", "mastodon"),
    applies=_with_open_graph,
)
def og_site_name(page: Page, context: Context) -> Iterator[Said]:
    """Why: Slack, Discord and Mastodon print the site's name above the title. Without it readers see a bare host.

    Fix: Add <meta property="og:site_name" content="…"> with the name of the brand.

    Accept: og:site_name holds the brand's name in at most 40 characters.
    """
    name = page.meta("og:site_name")
    if not name:
        yield fail()
    elif re.match(r"(?:https?:)?//|www\.", name.lower()) or re.match(r"\S+\.\w{2,}/\S*$", name):
        yield warn(name=cut(name, 80))
    elif width(name) > thresholds.SITE_NAME_WIDTH:
        yield warn(cause="long", name=cut(name, 80), width=width(name), most=thresholds.SITE_NAME_WIDTH)
