"""Fit for the audience: its networks, its language, its telephones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from smocrawl.checks import languages, thresholds
from smocrawl.checks.addresses import cut, host_of, own_query, same_page, same_site, split
from smocrawl.checks.applies import NOWHERE, of_kind, readable, shareable
from smocrawl.checks.base import Audience, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.sources import DARK_SOCIAL, MAKE_SHARING_EASY, OPEN_GRAPH
from smocrawl.checks.wording import script_of, wide_pairs, words
from smocrawl.page import Kind, Page, Recognised

HREFLANG = "https://developers.google.com/search/docs/specialty/international/localized-versions"
REGIONAL = {
    "ru": ("vk", "ok", "telegram"),
    "uk": ("telegram", "viber"),
    "ja": ("line", "hatena", "x"),
    "ko": ("kakaotalk", "kakaostory", "naver", "band"),
    "zh": ("weibo", "wechat", "qzone", "douban", "line"),
    "de": ("xing", "whatsapp"),
    "vi": ("zalo",),
    "th": ("line",),
    "pl": ("wykop",),
}
"""Networks at home where a language is spoken, by primary subtag."""
ANYWHERE = frozenset({"email", "sms"})
"""Ways to pass a link on that suit every audience."""


SHARE_TOOLS = frozenset({"share", "share-and-follow"})
"""Roles of tools that draw buttons by a script."""
THROUGH_OTHERS = frozenset({"blogger", "jetpack", "medium"})
"""Systems whose own share addresses pass on to a network that only a parameter names."""


def _offers(page: Page) -> tuple[Recognised, ...]:
    shares = (one for one in page.social if one.sort == "share" and one.status != "dead")
    return tuple(one for one in shares if one.platform not in THROUGH_OTHERS)


def _has_share_controls(page: Page, context: Context = NOWHERE) -> bool:
    return of_kind(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO)(page, context) and bool(_offers(page))


@check(
    "share-fit",
    title="The share buttons suit another audience",
    tactic=Tactic.T8,
    severity=Severity.LOW,
    says="The page offers {offered}; the audience you named uses {wanted}.",
    warns="The page offers {offered}; of these {fitting} suit the audience you named ({wanted}).",
    source=MAKE_SHARING_EASY,
    source_name="Our judgement; audience profiles",
    grade="D",
    applies=_has_share_controls,
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    platforms=(),
    revision=3,
)
def share_fit(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Buttons for networks that your readers do not use are passed over, and hide the one they would have used.

    Fix: Offer two or three networks of your audience and a way to copy the link, and drop the rest.

    Accept: At least two of the offered networks belong to the audience's, and at most two do not.
    """
    wanted = _recommended(context.audience, page.lang)
    offered = {one.platform for one in _offers(page)}
    fitting = offered & (wanted | ANYWHERE)
    foreign = len(offered) - len(fitting)
    count = len(fitting) + (page.sharing.native_share or page.sharing.copy_link)
    if not wanted or (count >= thresholds.FITTING_NETWORKS and foreign <= thresholds.FITTING_NETWORKS):
        return
    draws = page.sharing.share_block or any(vendor.role in SHARE_TOOLS for vendor in page.vendors)
    if len(offered) == 1 and draws:
        # One button that can be read seldom stands alone: of the others only a script knows the network.
        yield unmeasured(Reason.SCRIPT)
        return
    say = warn if count else fail
    yield say(offered=", ".join(sorted(offered)), wanted=", ".join(sorted(wanted)), fitting=count)


def _recommended(audience: Audience, lang: str | None) -> set[str]:
    named = {*audience.key, *audience.must, *audience.good}
    # Of an audience that nobody has described, its language alone tells too little.
    regional = REGIONAL.get(languages.primary(lang or ""), ()) if named else ()
    return {*named, *regional} - set(audience.opt_out)


@check(
    "lang-locale-agree",
    title="The page does not clearly state its language",
    tactic=Tactic.T8,
    severity=Severity.MEDIUM,
    says="The page's language is stated differently: html lang {lang}, og:locale {locale}, inLanguage {in_language}, "
    "Content-Language {header}; the text reads as {text}.",
    causes={
        "text": "The page says that its language is {lang}, but its text reads as {text}.",
        "no-lang": "The html element does not say in which language the page is written (lang).",
        "malformed": "“{found}” is no language code; the page states html lang {lang} and og:locale {locale}.",
        "no-locale": "The page is in “{lang}”, but og:locale is missing; Facebook then takes it for American English.",
    },
    source=OPEN_GRAPH,
    source_name="Open Graph protocol: og:locale defaults to en_US",
    grade="A",
    applies=shareable,
    platforms=("facebook", "mastodon", "google-discover"),
    revision=2,
)
def lang_locale_agree(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Networks show a post to people who read its language, and offer to translate it. A wrong statement shows a
    German page to readers of English.

    Fix: Set lang on the html element and og:locale from the language of the page; in most systems that is one
    setting of the site and one of the plugin.

    Accept: html lang and og:locale name the language in which the page is written.
    """
    locale = page.meta("og:locale")
    declared = {
        "lang": page.lang,
        "locale": locale,
        "in_language": page.main_entity.text("inLanguage") if page.main_entity else None,
        "header": page.header("content-language"),
    }
    stated = {name: languages.primary(value) for name, value in declared.items() if value and _is_one(value)}
    families = {languages.family(one) for one in stated.values()}
    unclear = tuple(_unclear(page.lang, locale))
    if not unclear and families == {languages.family(page.text.language or "")}:
        return
    text = _language_of_text(page)
    evidence: dict[str, Any] = {name: cut(value or "–", 40) for name, value in declared.items()}
    evidence["text"] = text or "–"
    if len(families) > 1:
        yield fail(**evidence)
    elif text and "lang" in stated and languages.family(text) != languages.family(stated["lang"]):
        yield fail(cause="text", **evidence)
    else:
        yield from (warn(**more, **evidence) for more in unclear)


def _language_of_text(page: Page) -> str | None:
    """The language of enough running text; code and mixed scripts mislead the guess."""
    language = page.text.language
    if language is None or page.kind is Kind.DOCS or page.text.words < thresholds.DETECTION_WORDS:
        return None
    is_mixed = language not in ("zh", "ja", "ko") and len(wide_pairs(page.text.main)) > thresholds.MIXED_PAIRS
    return None if is_mixed else language


def _is_one(value: str) -> bool:
    """One well-formed language, not a list and not a name."""
    return languages.is_well_formed(value)


def _unclear(lang: str | None, locale: str | None) -> Iterator[dict[str, str]]:
    """What keeps a network from knowing the language, the first cause only."""
    malformed = next((one for one in (lang, locale) if one and not languages.is_well_formed(one)), None)
    if not lang:
        yield {"cause": "no-lang"}
    elif malformed:
        yield {"cause": "malformed", "found": cut(malformed, 40)}
    elif not locale and languages.primary(lang) != "en":
        yield {"cause": "no-locale"}


def _hreflangs(page: Page) -> dict[str, str]:
    return {one.hreflang.lower(): one.href for one in page.related("alternate") if one.hreflang and one.href}


def _is_multilingual(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and (len(_languages_of(page)) > 1 or len(context.languages) > 1)


def _languages_of(page: Page) -> set[str]:
    named = {languages.primary(tag) for tag in _hreflangs(page) if tag != "x-default"}
    return named | {languages.primary(page.lang)} if named and page.lang else named


@check(
    "locale-alternates",
    title="The language versions do not fit together",
    tactic=Tactic.T8,
    severity=Severity.MEDIUM,
    says="The page is written in another script than its share text: “{text}”",
    warns="The page lists its language versions, but not itself among them ({listed} listed).",
    source=HREFLANG,
    source_name="Google Search: localized versions; Open Graph protocol",
    grade="C",
    applies=_is_multilingual,
    platforms=("facebook", "linkedin", "google-discover"),
    revision=2,
)
def locale_alternates(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A card in another language than the page loses its readers at first sight. Language versions that do not
    name each other are taken for strangers.

    Fix: Translate og:title and og:description with the page, and let every version list all of them, itself too.

    Accept: The share text is in the page's language, and the list of versions names this page.
    """
    share_text = page.meta("og:description", "og:title") or ""
    ours, theirs = script_of(page.text.main), script_of(share_text)
    long_enough = (
        len(words(share_text)) >= thresholds.TRANSLATED_WORDS and page.text.words >= thresholds.COMPARED_TEXT_WORDS
    )
    if ours and theirs and ours != theirs and long_enough:
        yield fail(text=cut(share_text), listed=len(_hreflangs(page)))
        return
    listed = _hreflangs(page)
    own = {page.url, page.requested_url or page.url, page.canonical or page.url}
    if listed and not any(same_page(href, one) for href in listed.values() for one in own):
        yield warn(listed=len(listed), text=cut(share_text))


@check(
    "mobile-viewport",
    title="The page does not fit telephones",
    tactic=Tactic.T8,
    severity=Severity.MEDIUM,
    says="The page sets no width that follows the screen (viewport: {viewport}).",
    warns="The page forbids readers to enlarge it (viewport: {viewport}).",
    causes={"missing": "The page has no viewport, so that telephones show it in miniature."},
    source="https://developer.chrome.com/docs/lighthouse/pwa/viewport",
    source_name="Lighthouse: viewport",
    grade="B",
    applies=readable,
    revision=2,
)
def mobile_viewport(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Most shared links are opened on a telephone. Without this line the page appears in miniature, and readers
    turn back.

    Fix: Print <meta name="viewport" content="width=device-width, initial-scale=1"> in the head.

    Accept: The viewport follows the width of the device and leaves zoom to the reader.
    """
    viewport = page.meta("viewport")
    said = _settings(viewport or "")
    follows = said.get("width") == "device-width" or ("width" not in said and "initial-scale" in said)
    if viewport is None:
        yield fail(cause="missing")
    elif not follows:
        yield fail(viewport=cut(viewport, 80))
    elif said.get("user-scalable") in ("no", "0") or _is_at_most_one(said.get("maximum-scale", "")):
        yield warn(viewport=cut(viewport, 80))


def _settings(viewport: str) -> dict[str, str]:
    pairs = (one.partition("=") for one in re.split(r"[,;]", viewport.lower()))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _is_at_most_one(scale: str) -> bool:
    return re.fullmatch(r"0?\.\d+|1(\.0*)?", scale) is not None


@check(
    "share-tracking",
    title="Links inside the site carry campaign tags",
    tactic=Tactic.T8,
    severity=Severity.LOW,
    says="Links inside the site carry campaign tags ({count} on this page), for instance {url}.",
    warns="Links between your own hosts carry campaign tags ({count} on this page), for instance {url}.",
    source=DARK_SOCIAL,
    source_name="SparkToro: dark social",
    grade="C",
    applies=shareable,
    platforms=(),
    revision=4,
)
def share_tracking(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A campaign tag on an internal link makes a visitor who came from a share look like one who came from your
    own page; the share goes uncounted, and the tag is passed on with the address.

    Fix: Take utm parameters off internal links; use them on links that you put into networks yourself.

    Accept: No internal link carries a utm parameter.
    """
    tagged = [link.url for link in page.links if "utm_" in link.url and _is_tagged(link.url)]
    inside = list(dict.fromkeys(url for url in tagged if same_site(url, page.url)))
    own = {one.removeprefix("www.") for one in context.own_hosts}
    between = list(dict.fromkeys(url for url in tagged if host_of(url) in own))
    if inside:
        yield fail(count=len(inside), url=cut(inside[0]))
    elif between:
        yield warn(count=len(between), url=cut(between[0]))


NO_CAMPAIGN = frozenset({"utm_referrer"})
"""Hands on where the visitor came from; HubSpot's buttons add it, and it names no campaign."""


def _is_tagged(url: str) -> bool:
    parts = split(url)
    names = {name.lower() for name, _ in parse_qsl(own_query(parts))} if parts else set()
    return any(name.startswith("utm_") for name in names - NO_CAMPAIGN)
