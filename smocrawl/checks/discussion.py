"""Comments: can readers answer, and do their answers count for something?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import cut, host_of
from smocrawl.checks.applies import NOWHERE, of_kind, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.schema_table import GUIDE
from smocrawl.page import Kind, Link, Page, Vendor

FORUM_TYPES = ("DiscussionForumPosting", "QAPage", "Question", "Comment", "Answer")
COMMENT_BLOCK = re.compile(r"\bcomment(?!s?-?(?:link|count|form|meta|number|toggle|nav))", re.IGNORECASE)
NOT_VOUCHED_FOR = frozenset({"ugc", "nofollow", "sponsored"})
DEAD_COMMENTS = "https://developers.facebook.com/docs/plugins/comments/"


def _providers(page: Page) -> tuple[Vendor, ...]:
    return tuple(vendor for vendor in page.vendors if vendor.role == "comments")


@check(
    "comments-open",
    title="Readers cannot answer",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="The only place for comments is {provider}, which closed on {closed}.",
    warns="{count} comments stand here, but new ones are not accepted.",
    source=DEAD_COMMENTS,
    source_name="Meta: comments plugin; Bhargava 2006, rule “participate”",
    grade="C",
    applies=of_kind(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO),
    platforms=(),
)
def comments_open(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: People who may answer come back and bring others. A box of a closed service leaves an empty space instead.

    Fix: Put a living comment service or a link to a discussion elsewhere in its place, or leave comments out on
    purpose.

    Accept: The page has no comment box of a closed service, and threads that are shown accept answers.
    """
    providers = _providers(page)
    dead = [vendor for vendor in providers if vendor.status == "dead"]
    alive = page.sharing.comment_form or any(vendor.status != "dead" for vendor in providers)
    if alive and not page.sharing.comments_closed:
        return
    if dead and not alive:
        yield fail(provider=dead[0].name, closed=dead[0].closed or "–")
    elif page.sharing.comments_closed and page.sharing.comment_count:
        yield warn(count=page.sharing.comment_count)
    else:
        yield NOT_APPLICABLE


def _is_discussed(page: Page, context: Context = NOWHERE) -> bool:
    kinds = (Kind.ARTICLE, Kind.VIDEO, Kind.FORUM)
    return page.kind in kinds and shareable(page) and page.sharing.comment_count >= thresholds.COUNTED_COMMENTS


@check(
    "comments-markup",
    title="Comments are not marked up",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="{count} comments are visible, but the structured data knows none of them.",
    warns="{count} comments are visible; the structured data gives only their number.",
    source=f"{GUIDE}discussion-forum",
    source_name="Google Search: DiscussionForumPosting",
    grade="A",
    applies=_is_discussed,
    kinds=(Kind.ARTICLE, Kind.VIDEO, Kind.FORUM),
    platforms=("google-discover",),
)
def comments_markup(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A lively thread is a reason to click. Search results show it, with its number of answers, only where it is
    marked up.

    Fix: Add comment (author, text, date) and commentCount to the entry of the article, or use
    DiscussionForumPosting in a forum.

    Accept: The structured data lists the comments that are visible.
    """
    count = page.sharing.comment_count
    if page.has_entity(*FORUM_TYPES) or any(one.values("comment") for one in page.entities):
        return
    counted = any(one.values("commentCount") or one.values("interactionStatistic") for one in page.entities)
    yield warn(count=count) if counted else fail(count=count)


def _comment_links(page: Page, context: Context) -> tuple[Link, ...]:
    """Links to other sites that stand in comments."""
    own = {host_of(page.url), *context.own_hosts}
    return tuple(
        link
        for link in page.links
        if COMMENT_BLOCK.search(link.block) and host_of(link.url) and host_of(link.url) not in own
    )


def _has_comment_links(page: Page, context: Context = NOWHERE) -> bool:
    return (
        page.kind in (Kind.ARTICLE, Kind.FORUM)
        and shareable(page)
        and page.sharing.comment_count > 0
        and len(_comment_links(page, context)) >= thresholds.COUNTED_COMMENT_LINKS
    )


@check(
    "ugc-rel",
    title="Links in comments are vouched for by the site",
    tactic=Tactic.T5,
    severity=Severity.LOW,
    says="Links in comments lack rel=ugc ({bare} of {links}), the first leads to {first}.",
    source="https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links",
    source_name="Google Search: qualify outbound links",
    grade="A",
    applies=_has_comment_links,
    kinds=(Kind.ARTICLE, Kind.FORUM),
    platforms=(),
)
def ugc_rel(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Unmarked links in comments attract spam, and the spam pushes out the readers who have something to say.

    Fix: Let the comment system add rel="ugc" to every link that a reader sets.

    Accept: At least 95 % of the links in comments carry rel=ugc or rel=nofollow.
    """
    links = _comment_links(page, context)
    bare = [link for link in links if not NOT_VOUCHED_FOR & set(link.rel)]
    wanted, share = thresholds.MARKED_COMMENT_LINKS, 1 - len(bare) / len(links)
    if not wanted.is_good(share):
        say = warn if wanted.is_fair(share) else fail
        yield say(bare=len(bare), links=len(links), first=cut(bare[0].url))
