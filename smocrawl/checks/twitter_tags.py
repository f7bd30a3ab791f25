"""X's own tags: the card that they ask for, and whether they agree with Open Graph."""

from __future__ import annotations

from collections.abc import Iterator

from smocrawl.checks import sources, thresholds
from smocrawl.checks.addresses import absolute, cut
from smocrawl.checks.applies import has_open_graph, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Said, Severity, Tactic, check, fail, warn
from smocrawl.checks.pictures import measured_or_declared
from smocrawl.checks.wording import likeness
from smocrawl.page import Kind, Page

CARDS = ("summary", "summary_large_image", "player", "app")


def _card(page: Page) -> str | None:
    """The last twitter:card, which X takes; lower case."""
    said = [meta.value.lower() for meta in page.metas_of("twitter:card") if meta.value]
    return said[-1] if said else None


@check(
    "twitter-card",
    title="The page does not say which card X should draw",
    tactic=Tactic.T3,
    severity=Severity.HIGH,
    says="twitter:card is “{card}”, which X does not know.",
    warns="The page has no twitter:card; X draws a small card at best, and Discord a small picture.",
    causes={"nothing": "The page has neither twitter:card nor Open Graph tags, so that X draws no card."},
    source=sources.X_MARKUP,
    grade="A",
    platforms=("x", "discord"),
    applies=shareable,
)
def twitter_card(page: Page, context: Context) -> Iterator[Said]:
    """Why: X draws a large card only where the page asks for one, and Discord follows the same tag.

    Fix: Add <meta name="twitter:card" content="summary_large_image">.

    Accept: twitter:card is summary_large_image, summary, player or app.
    """
    card = _card(page)
    if card is None and has_open_graph(page):
        yield warn()
    elif card is None:
        # og-title and og-image tell the same story in full weight.
        yield fail(severity=Severity.MEDIUM, cause="nothing", card="")
    elif card not in CARDS:
        yield fail(card=cut(card, 60))


@check(
    "twitter-card-large",
    title="The card's size and the picture's do not fit",
    tactic=Tactic.T3,
    severity=Severity.MEDIUM,
    says="The page asks for a large card, but its picture has only {width}×{height} pixels.",
    warns="The page asks for a small card, although its picture of {width}×{height} pixels would fill a large one.",
    source=sources.X_LARGE,
    grade="A",
    platforms=("x", "discord"),
    kinds=(Kind.ARTICLE, Kind.PRODUCT, Kind.VIDEO, Kind.EVENT, Kind.LANDING),
    applies=shareable,
    revision=2,
)
def twitter_card_large(page: Page, context: Context) -> Iterator[Said]:
    """Why: A large card takes the whole width of a feed. A small one shows the same picture as a stamp.

    Fix: Ask for summary_large_image wherever the picture is wide and large.

    Accept: Pages with a wide picture of 600×315 pixels or more have twitter:card summary_large_image.
    """
    card, size = _card(page), measured_or_declared(page, context)
    if card not in ("summary", "summary_large_image") or size is None:
        yield NOT_APPLICABLE
        return
    width, height = size
    least_width, least_height = thresholds.IMAGE_FAIR
    is_large = width >= least_width and height >= least_height and width / height >= thresholds.LANDSCAPE
    if card == "summary" and is_large:
        yield warn(width=width, height=height)
    elif card == "summary_large_image" and (
        width < thresholds.LARGE_CARD_LEAST[0] or height < thresholds.LARGE_CARD_LEAST[1]
    ):
        yield fail(width=width, height=height)


@check(
    "twitter-overrides",
    title="X is told something else than the other networks",
    tactic=Tactic.T3,
    severity=Severity.LOW,
    says="twitter:title says “{twitter}”, og:title says “{og}”: one of them belongs to another page.",
    warns="twitter:description says “{twitter}”, og:description says “{og}”.",
    causes={"image": "The picture in twitter:image cannot be loaded: {twitter}."},
    source=sources.X_START,
    grade="C",
    platforms=("x",),
    applies=shareable,
)
def twitter_overrides(page: Page, context: Context) -> Iterator[Said]:
    """Why: X reads its own tags first. Where they are left over from another page, only X shows the wrong text.

    Fix: Remove twitter:title, twitter:description and twitter:image where they repeat og:; X reads og: as well.

    Accept: X's own tags are absent, equal to og:, or another wording of the same.
    """
    title, og_title = page.meta("twitter:title"), page.meta("og:title")
    text, og_text = page.meta("twitter:description"), page.meta("og:description")
    picture = page.meta("twitter:image", "twitter:image:src")
    facts = context.images.get(absolute(page.base or page.url, picture)) if picture else None
    if not (title or text or picture):
        yield NOT_APPLICABLE
    elif picture and facts and facts.status in (404, 410):
        yield fail(cause="image", twitter=cut(picture), og="")
    elif title and og_title and _unlike(title, og_title) and all(_unlike(title, other) for other in _heads(page)):
        yield fail(twitter=cut(title, 120), og=cut(og_title, 120))
    elif text and og_text and _unlike(text, og_text):
        yield warn(twitter=cut(text, 120), og=cut(og_text, 120))


def _unlike(one: str, other: str) -> bool:
    return likeness(one, other) < thresholds.LIKENESS


def _heads(page: Page) -> list[str]:
    return [text for text in (page.title, page.h1) if text]
