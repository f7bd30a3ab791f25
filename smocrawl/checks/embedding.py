"""Can others show the page's video or content on their own site?"""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import sources
from smocrawl.checks.addresses import WALLS, absolute, cut
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Kind, Page


@check(
    "oembed-provider",
    title="The page's oEmbed link is broken",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The oEmbed address {address} answers with status {status}.",
    causes={
        "type": "The oEmbed address {address} answers with {type} instead of JSON or XML.",
    },
    source=sources.OEMBED,
    grade="A",
    platforms=("slack", "discord", "mastodon", "wordpress"),
    kinds=(Kind.VIDEO, Kind.ARTICLE),
    applies=shareable,
)
def oembed_provider(page: Page, context: Context) -> Iterator[Said]:
    """Why: Slack, Mastodon and WordPress ask this address first. When it fails, some of them show no card at all.

    Fix: Repair the oEmbed address, or remove the link to it.

    Accept: The oEmbed address answers 200 with version 1.0 and a type.
    """
    links = [relation for relation in page.related("alternate") if relation.type and "oembed" in relation.type]
    if not links:
        yield NOT_APPLICABLE
        return
    address = links[0].href
    answer = context.fetched.get(address)
    if answer is None or answer.error or answer.status is None or answer.status in WALLS:
        yield unmeasured(Reason.OFF if answer is None else Reason.UNREACHABLE)
    elif answer.status != 200:
        yield fail(address=cut(address), status=answer.status)
    elif answer.type and "html" in answer.type:
        yield fail(cause="type", address=cut(address), status=200, type=answer.type)


@check(
    "player-card",
    title="The video cannot be played inside a card",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The declared player {player} cannot be loaded (status {status}).",
    warns="The page declares a video but not its width and height.",
    causes={"http": "The declared player {player} is not served over https, so that no network embeds it."},
    source=sources.X_PLAYER,
    grade="A",
    platforms=("x", "discord", "telegram", "mastodon"),
    kinds=(Kind.VIDEO,),
    applies=shareable,
)
def player_card(page: Page, context: Context) -> Iterator[Said]:
    """Why: A video that plays inside the card is watched by people who would never open the page.

    Fix: Declare an https player that may be embedded, with its width and height.

    Accept: The card in a chat or feed plays the video.
    """
    player = page.meta("twitter:player", "og:video:secure_url", "og:video:url", "og:video")
    if player is None:
        # Videos on a network of their own need no player here.
        yield NOT_APPLICABLE
        return
    address = absolute(page.base or page.url, player)
    answer = context.fetched.get(address)
    has_size = page.meta("og:video:width", "twitter:player:width") and page.meta(
        "og:video:height", "twitter:player:height"
    )
    if not address.startswith("https:"):
        yield fail(cause="http", player=cut(address), status="")
    elif answer and answer.status and answer.status >= 400 and answer.status not in WALLS:
        yield fail(player=cut(address), status=answer.status)
    elif not has_size:
        yield warn()
