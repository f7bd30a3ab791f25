"""Can a reader save the page, file it and find it again?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import content_page, is_article, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.measures import is_name, site_names, width
from smocrawl.page import Area, Kind, Page

PLACEHOLDERS = frozenset(
    {"home", "homepage", "index", "untitled", "untitled document", "untitled page", "new page", "welcome", "startseite",
     "document", "page title", "title", "default", "accueil", "inicio", "unbenanntes dokument", "react app", "vite app"}
)  # fmt: skip
"""Titles that editors and generators write before somebody thinks of one."""


@check(
    "title-element",
    title="The page has no proper title",
    tactic=Tactic.T2,
    severity=Severity.HIGH,
    says="The page has no title.",
    warns="The page is called “{title}”, which fits any page of the site.",
    causes={
        "empty": "The page's title is empty.",
        "several": "The page has {count} titles: “{first}” and “{second}”.",
        "address": "The page's title is an address: {title}.",
    },
    source=sources.HTML_TITLE,
    grade="A",
    applies=readable,
)
def title_element(page: Page, context: Context) -> Iterator[Said]:
    """Why: The title is the name of a bookmark and a tab, and the headline of every card without share tags.

    Fix: Write one title for each page that names its subject.

    Accept: The head holds exactly one title, and no two pages share it.
    """
    different = list(dict.fromkeys(page.titles))
    title = (page.title or "").strip()
    if page.title is None:
        yield fail(cause="missing")
    elif not title:
        yield fail(cause="empty")
    elif len(different) > 1:
        yield fail(cause="several", count=len(different), first=cut(different[0]), second=cut(different[1]))
    elif re.match(r"(https?://|www\.)\S+$", title):
        yield warn(cause="address", title=cut(title))
    elif title.lower() in PLACEHOLDERS or (page.kind is not Kind.HOME and is_name(title, site_names(page))):
        yield warn(title=cut(title))


@check(
    "title-length",
    title="The title is too short or too long",
    tactic=Tactic.T2,
    severity=Severity.LOW,
    says="The title is {width} characters wide; {least} to {most} are shown whole everywhere: “{title}”.",
    causes={
        "short": "The title is too short with {width} characters; it should have {least} to {most}: “{title}”.",
        "long": "The title is too long with {width} characters; {least} to {most} are shown whole everywhere: “{title}”.",
    },
    source=sources.X_MARKUP,
    source_name="X cuts at 70 characters, Misskey at 100",
    grade="A",
    applies=shareable,
    owner="editor",
    effort="page",
)
def title_length(page: Page, context: Context) -> Iterator[Said]:
    """Why: Networks and bookmark lists cut long titles in the middle, and a short one says nothing.

    Fix: Put the subject first and keep the title near 60 characters.

    Accept: The title is 15 to 65 characters wide.
    """
    wide = width(page.title or "")
    limits = thresholds.TITLE_WIDTH
    if not wide:
        yield NOT_APPLICABLE
    elif not limits.is_good(wide):
        # A home page may bear the bare name of its site.
        say = warn if limits.is_fair(wide) or (page.kind is Kind.HOME and wide < limits.fair_from) else fail
        yield say(
            cause=limits.side(wide),
            width=wide,
            least=limits.good_from,
            most=limits.good_to,
            title=cut(page.title or ""),
        )


@check(
    "tags-present",
    title="The page is not well tagged",
    tactic=Tactic.T2,
    severity=Severity.LOW,
    says="The page has no tags.",
    warns="The page has {count} tags; {least} to {most} help.",
    causes={
        "one": "The page has one tag; {least} to {most} help.",
        "many": "The page has {count} tags; more than {most} say nothing about it.",
    },
    source=sources.REL_TAG,
    grade="C",
    platforms=("reddit", "mastodon"),
    kinds=(Kind.ARTICLE, Kind.VIDEO),
    applies=shareable,
    owner="editor",
    effort="page",
    revision=4,
)
def tags_present(page: Page, context: Context) -> Iterator[Said]:
    """Why: Tags are how readers file a page, and what networks and bookmark tools suggest as hashtags.

    Fix: Attach two to ten precise tags, as article:tag, as keywords, or as visible links.

    Accept: The page names two to ten tags.
    """
    count = max(len(_declared_tags(page)), len(_keywords(page)), len({tag.lower() for tag in page.sharing.tags}))
    # Which of such links are the page's own, and which a teaser's, is not known; but one shows that it is filed.
    count = max(count, int(any("tag" in link.rel and link.area not in BESIDE for link in page.links)))
    # Of words for search engines there may be any number; that they are too many says nothing about the tags.
    count = max(count, min(len(_words_for_search(page)), int(thresholds.TAGS.good_to)))
    limits = thresholds.TAGS
    evidence: dict[str, Any] = {"count": count, "least": limits.good_from, "most": limits.good_to}
    if count > limits.fair_to:
        yield fail(cause="many", **evidence)
    elif count == 1 and limits.is_fair(count):
        yield warn(cause="one", **evidence)
    elif not limits.is_good(count):
        yield (warn if limits.is_fair(count) else fail)(**evidence)


BESIDE = frozenset({Area.HEADER, Area.NAV, Area.ASIDE, Area.FOOTER})


def _declared_tags(page: Page) -> set[str]:
    return {tag for meta in page.metas_of("article:tag", "video:tag") for tag in _parts(meta.value)}


def _words_for_search(page: Page) -> set[str]:
    return {
        word
        for meta in page.metas_of("keywords", "news_keywords", "dc.subject", "dcterms.subject")
        for word in _parts(meta.value)
    }


def _keywords(page: Page) -> set[str]:
    if page.main_entity is None:
        return set()
    return {tag for value in page.main_entity.values("keywords") if isinstance(value, str) for tag in _parts(value)}


def _parts(text: str) -> Iterator[str]:
    return (tag.strip().lower() for tag in re.split(r"[,;、，]", text) if tag.strip())


@check(
    "reader-mode",
    title="Much of the page's prose stands outside its main block",
    tactic=Tactic.T2,
    severity=Severity.INFO,
    says="Of the prose on the page {percent} % stands in its main block; reading views leave out the rest.",
    source=sources.READABILITY,
    grade="B",
    platforms=("feed-reader",),
    applies=is_article,
    revision=2,
)
def reader_mode(page: Page, context: Context) -> Iterator[Said]:
    """Why: Instapaper, Raindrop and the reading views of browsers save the main block of a page. The rest is lost: well
    so for comments and teasers, not for a part of the article in a box. Which of them it is, only people can tell.

    Fix: Put the whole text into one article or main element, in real paragraphs.

    Accept: A browser's reading view shows the text from its first to its last paragraph.
    """
    share = page.text.paragraph_share
    lost = page.text.words * (1 / share - 1) if share else page.text.visible_words
    if page.sharing.app_shell:
        yield unmeasured(Reason.SCRIPT)
    elif page.sharing.wall or page.text.words < thresholds.READER_WORDS:
        # Where we find hardly any main text ourselves, the fault may be ours.
        yield NOT_APPLICABLE
    elif lost > thresholds.READER_LOST_WORDS and not thresholds.READER_SHARE.is_good(share):
        say = warn if thresholds.READER_SHARE.is_fair(share) else fail
        yield say(percent=round(share * 100))


SAVERS = frozenset(
    {"pinterest", "flipboard", "instapaper", "raindrop", "evernote", "pinboard", "hackernews", "reddit", "pocket",
     "delicious", "stumbleupon", "digg", "diigo", "hatena", "lobsters", "lemmy", "folkd", "misterwong", "blinklist",
     "furl", "googlebookmarks", "linkarena", "mix", "mixx", "newsvine", "yigg"}
)  # fmt: skip
"""Services for keeping or submitting pages, as the tables of share dialogs call them."""


@check(
    "save-links-alive",
    title="The save buttons lead to closed services",
    tactic=Tactic.T2,
    severity=Severity.LOW,
    says="Save buttons on this page lead to services that have closed ({services}), and no link leads to a living one.",
    warns="The save buttons ({services}) suit other readers than yours.",
    source=sources.POCKET,
    source_name="Mozilla: Pocket has closed (one of many)",
    grade="C",
    platforms=("pinterest", "reddit", "flipboard"),
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    applies=content_page,
    revision=2,
)
def save_links_alive(page: Page, context: Context) -> Iterator[Said]:
    """Why: A button that leads to a closed service makes the whole page look abandoned.

    Fix: Replace closed services by “copy link”, Pinterest or Reddit, whichever your readers use.

    Accept: At least one save button leads to a living service, and none to a closed one.
    """
    buttons = [one for one in page.social if one.platform in SAVERS and one.sort == "share"]
    alive = {one.platform for one in buttons if one.status != "dead"}
    if not buttons or page.sharing.native_share:
        yield NOT_APPLICABLE
    elif not alive:
        yield fail(services=", ".join(sorted({one.platform for one in buttons})))
    elif context.audience.base != "general" and not alive & _wanted(context):
        yield warn(services=", ".join(sorted(alive)))


def _wanted(context: Context) -> set[str]:
    audience = context.audience
    return {*audience.key, *audience.must, *audience.good}
