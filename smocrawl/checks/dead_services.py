"""Links to networks and share tools that have closed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from smocrawl.checks.addresses import cut
from smocrawl.checks.applies import NOWHERE, readable
from smocrawl.checks.base import Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.sources import POCKET
from smocrawl.page import Area, Page, Recognised, Vendor

UNSURE = "low"
"""Confidence of rows whose closing nobody confirmed."""
MOST_NAMED = 5
"""Networks named for one page; the first ones tell the story."""


def _has_social_links(page: Page, context: Context = NOWHERE) -> bool:
    return readable(page) and bool(page.social or page.same_as)


@check(
    "dead-platform-link",
    title="The page links to a network that has closed",
    tactic=Tactic.T6,
    severity=Severity.HIGH,
    says="{url} leads to a service that closed on {closed}.",
    warns="The text links to {url}, a service that closed on {closed}.",
    causes={"markup": "The structured data names {url} as an account (sameAs); that service closed on {closed}."},
    source=POCKET,
    source_name="Closing notices of the services, for instance Pocket's",
    grade="A",
    applies=_has_social_links,
    time_dependent=True,
    revision=2,
)
def dead_platform_link(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: An icon that leads nowhere tells readers that nobody looks after the site, and spends the place of a network
    on which you could be followed.

    Fix: Remove the link from the template and from sameAs; put in its place the account that people use today.

    Accept: No link in header, navigation, footer or structured data leads to a closed service.
    """
    named = [one for one in page.same_as if _is_dead(one)]
    linked = [one for one in page.social if _is_dead(one)]
    standing = [*named, *(one for one in linked if _is_in_template(one, context))]
    seen: set[str] = set()
    for one in [*standing, *linked]:
        if one.platform not in seen and len(seen) < MOST_NAMED:
            seen.add(one.platform)
            say = fail if one in standing else warn
            more: dict[str, Any] = {"cause": "markup"} if one in named else {}
            yield say(url=cut(one.url), platform=one.platform, closed=one.closed or "–", **more)


def _is_dead(one: Recognised) -> bool:
    return one.sort == "dead" and one.confidence != UNSURE


def _is_in_template(one: Recognised, context: Context) -> bool:
    """In the frame of the page, or on so many pages that it must come from the template."""
    if one.url in context.repeated_links:
        return True
    return not one.in_main and one.area in (Area.HEADER, Area.NAV, Area.FOOTER, Area.ASIDE)


def _has_tools(page: Page, context: Context = NOWHERE) -> bool:
    return readable(page) and bool(page.vendors)


@check(
    "dead-share-widget",
    title="A share tool that has closed is still built in",
    tactic=Tactic.T6,
    severity=Severity.HIGH,
    says="The page loads {tool}, which closed on {closed} (seen: {signal}).",
    warns="Remains of {tool}, which has closed, stand in the page (seen: {signal}).",
    causes={"undated": "The page loads {tool}, which has closed (seen: {signal})."},
    source="https://github.com/heiseonline/shariff/pull/424",
    source_name="Closing notices of the tools, for instance AddThis",
    grade="A",
    applies=_has_tools,
    time_dependent=True,
)
def dead_share_widget(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: The buttons stay empty or do nothing, yet every visitor still waits for the script and is reported to its
    address, whoever owns that today.

    Fix: Delete the code of the tool from the template; plain share links need no script.

    Accept: The page holds neither script nor markup of the tool.
    """
    dead: dict[str, Said] = {}
    for vendor in sorted(page.vendors, key=lambda vendor: not vendor.script):
        if vendor.status == "dead" and vendor.id not in dead and len(dead) < MOST_NAMED:
            dead[vendor.id] = _dead_tool(vendor)
    yield from dead.values()


def _dead_tool(vendor: Vendor) -> Said:
    evidence: dict[str, Any] = {"tool": vendor.name, "closed": vendor.closed or "–", "signal": cut(vendor.signal, 80)}
    if not vendor.script:
        return warn(**evidence)
    return fail(**evidence) if vendor.closed else fail(cause="undated", **evidence)
