"""Links to other sites and embedded items that are gone: known where look-ups were asked for (``-a probes=…``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import cut, host_of
from smocrawl.checks.applies import NOWHERE, readable, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Embed, Kind, Page


@check(
    "outbound-link-broken",
    title="Links to other sites lead nowhere",
    tactic=Tactic.T6,
    severity=Severity.LOW,
    says="{count} links of the text lead to pages of other sites that are gone, for example {address}.",
    warns="The link to {address} leads to a page that is gone.",
    causes={"few": "{count} links of the text lead to pages of other sites that are gone, for example {address}."},
    source=sources.BROKEN_LINKS,
    grade="D",
    applies=readable,
    kinds=(Kind.ARTICLE, Kind.DOCS, Kind.HOME),
    owner="editor",
    effort="page",
    time_dependent=True,
)
def outbound_link_broken(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A text whose sources are gone cannot be checked, and looks as if nobody cared for it.

    Fix: Link to where the source is today, or to its archived copy, or take the link out.

    Accept: Every link of the main text opens a page.
    """
    if context.outbound is None:
        yield unmeasured(Reason.OFF)
        return
    told = {url: one for url, one in context.outbound.items() if one.gone is not None}
    gone = [url for url, one in told.items() if one.gone]
    if not told:
        yield unmeasured(Reason.UNREACHABLE) if context.outbound else NOT_APPLICABLE
    elif not thresholds.BROKEN_OUTBOUND.is_good(len(gone)):
        share = len(gone) / len(told)
        is_fair = thresholds.BROKEN_OUTBOUND.is_fair(len(gone)) and (
            len(gone) == 1 or share <= thresholds.BROKEN_OUTBOUND_SHARE
        )
        evidence: dict[str, Any] = {"count": len(gone), "address": cut(gone[0]), "site": host_of(gone[0])}
        if not is_fair:
            yield fail(**evidence)
        else:
            yield warn(**evidence) if len(gone) == 1 else warn(cause="few", **evidence)


def _shows_something(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and any(embed.platform for embed in page.embeds)


@check(
    "broken-embed",
    title="An embedded video or post is gone",
    tactic=Tactic.T6,
    severity=Severity.MEDIUM,
    says="{count} embedded items are gone or may not be shown here, for example {url} ({platform} answers {status}).",
    warns="The embedded item {url} is gone or may not be shown here ({platform} answers {status}).",
    causes={"main": "The video of this page, {url}, is gone or may not be shown here ({platform} answers {status})."},
    source=sources.OEMBED,
    source_name="oEmbed 1.0, responses 404 and 401",
    grade="B",
    applies=_shows_something,
    owner="editor",
    effort="page",
    time_dependent=True,
)
def broken_embed(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: In place of the video readers see an excuse of the network, and the page lacks what it was shared for.

    Fix: Embed another copy, or take the frame out and say in words what was shown.

    Accept: Every embedded item plays.
    """
    if context.embedded is None:
        yield unmeasured(Reason.OFF)
        return
    asked = [(embed, context.embedded[embed.url]) for embed in page.embeds if embed.url in context.embedded]
    gone = [(embed, one) for embed, one in asked if one.gone]
    if not asked:
        yield NOT_APPLICABLE
    elif gone:
        embed, one = gone[0]
        evidence: dict[str, Any] = {
            "count": len(gone), "url": cut(embed.url), "platform": embed.platform or host_of(embed.url),
            "status": one.status or 0,
        }  # fmt: skip
        if _is_the_video(page, embed):
            yield fail(cause="main", **evidence)
        else:
            yield warn(**evidence) if thresholds.BROKEN_EMBEDS.is_fair(len(gone)) else fail(**evidence)
    elif all(one.gone is None for _, one in asked):
        yield unmeasured(Reason.UNREACHABLE)


def _is_the_video(page: Page, embed: Embed) -> bool:
    return page.kind is Kind.VIDEO and embed.in_main
