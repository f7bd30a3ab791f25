"""Can others show the page's video or content on their own site?"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from smocrawl.checks import sources
from smocrawl.checks.addresses import WALLS, absolute, cut, host_of, is_home, split
from smocrawl.checks.applies import shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.page import Kind, Page
from smocrawl.platforms.reading import OEmbed


@check(
    "oembed-provider",
    title="The page's oEmbed link is broken",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="The oEmbed address {address} answers with status {status}.",
    causes={
        "type": "The oEmbed address {address} answers with {type} instead of JSON or XML.",
        "elsewhere": "The oEmbed address asks about another site or the home page ({about}) instead of this page.",
        "incomplete": "The oEmbed answer of {address} lacks {missing}, which the standard requires.",
        "http": "The oEmbed answer of {address} embeds {frame}, which pages served over https do not show.",
    },
    source=sources.OEMBED,
    grade="A",
    platforms=("slack", "discord", "mastodon", "wordpress"),
    kinds=(Kind.VIDEO, Kind.ARTICLE),
    applies=shareable,
    revision=2,
)
def oembed_provider(page: Page, context: Context) -> Iterator[Said]:
    """Why: Slack, Mastodon and WordPress ask this address first. When it fails, some of them show no card at all.

    Fix: Repair the oEmbed address, or remove the link to it.

    Accept: The oEmbed address names this page and answers 200 with version 1.0, a type and what that type needs.
    """
    links = [relation for relation in page.related("alternate") if relation.type and "oembed" in relation.type]
    if not links:
        yield NOT_APPLICABLE
        return
    address = links[0].href
    answer = context.fetched.get(address)
    if about := _asked_elsewhere(page, address):
        yield fail(cause="elsewhere", address=cut(address), about=cut(about), status="")
    elif answer is None or answer.error or answer.status is None or answer.status in WALLS:
        yield unmeasured(Reason.OFF if answer is None else Reason.UNREACHABLE)
    elif answer.status != 200:
        yield fail(address=cut(address), status=answer.status)
    elif answer.type and "html" in answer.type:
        yield fail(cause="type", address=cut(address), status=200, type=answer.type)
    elif said := context.resources.oembed(address):
        yield from _faults(said, cut(address))


def _asked_elsewhere(page: Page, address: str) -> str | None:
    """What the address asks about, where that is no page of this site or the home page of another one.

    Another path of the same site may be a shorter name of the page, as networks of pictures and films have them.
    """
    parts = split(address)
    asked = next((value for name, value in parse_qsl(parts.query) if name == "url"), None) if parts else None
    if asked is None or not asked.startswith(("http:", "https:")):
        return None
    own = [one for one in (page.url, page.canonical) if one]
    if not any(_are_related(host_of(asked), host_of(one)) for one in own):
        return asked
    return asked if is_home(asked) and not any(map(is_home, own)) else None


def _are_related(one: str, other: str) -> bool:
    """The same host, or one under the other: pictures and films often lie on such."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _faults(said: OEmbed, address: str) -> Iterator[Said]:
    if said.missing:
        yield fail(cause="incomplete", address=address, missing=", ".join(said.missing), status=200)
    elif said.plain_frame:
        yield fail(cause="http", address=address, frame=cut(said.plain_frame), status=200)


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
