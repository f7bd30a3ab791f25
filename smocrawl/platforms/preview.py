"""Draws what one platform shows of a page: access, places, limits, image, layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smocrawl.page import Page
from smocrawl.platforms.base import (
    NOTHING_ELSE,
    Access,
    Card,
    ImageFacts,
    Nothing,
    Picked,
    Place,
    Platform,
    Reading,
    Resources,
    Shown,
    Sight,
    Taken,
    Value,
    Verdict,
)
from smocrawl.platforms.pictures import degradations, refusal
from smocrawl.platforms.texts import moment, shortened

ADDRESSES = ("url", "image", "icon", "video")
TEXTS = ("title", "description", "site_name", "author")
NO_IMAGES: Mapping[str, ImageFacts] = {}


def draw(
    platform: Platform,
    page: Page,
    *,
    images: Mapping[str, ImageFacts] = NO_IMAGES,
    resources: Resources = NOTHING_ELSE,
    access: Access | None = None,
) -> Card | Nothing:
    """The card of *page* on *platform*, or why it draws none; an image without facts is taken to be fine."""
    barred = _barred(platform, page, access)
    if barred is not None:
        return barred
    other = platform.follow(page)
    page = (resources.page(other, platform) if other else None) or page
    sight = Sight(page, platform.reading, resources)
    picked = platform.tidy(sight, pick(platform, sight))
    if isinstance(picked, Nothing):
        return picked
    kept = _kept(platform, _resolved(sight, picked))
    if isinstance(kept, Nothing):
        return kept
    return _card(platform, sight, kept, images, access)


def pick(platform: Platform, sight: Sight) -> Picked:
    """The first value of each field's places, remembering where it came from."""
    values: dict[str, str] = {}
    taken: dict[str, Taken] = {}
    for name, places in platform.places:
        found = first(places, sight)
        if found is not None:
            values[name], taken[name] = found
    return Picked(values=values, taken=taken)


def first(places: tuple[Place, ...], sight: Sight) -> tuple[str, Taken] | None:
    """The first place that has a value; an empty one counts where the platform lets it win."""
    for index, place in enumerate(places):
        value: Value | None = place.read(sight)
        if value is not None and (value[0] or sight.reading.empty_wins):
            return value[0], Taken(place.name, tuple(one.name for one in places[:index]), value[1])
    return None


def _barred(platform: Platform, page: Page, access: Access | None) -> Nothing | None:
    """Why the platform does not even read the page."""
    if access is not None and access.page is False and platform.bot.obeys_robots is not False:
        return Nothing(platform=platform.id, code="blocked", detail={"bot": access.bot, "line": access.line})
    code = _unreadable(platform.reading, page)
    if code is None:
        return None
    detail = {"status": page.status, "type": page.header("content-type") or "", "bytes": page.size}
    return Nothing(platform=platform.id, code=code, detail=detail)


def _unreadable(reading: Reading, page: Page) -> str | None:
    if page.status not in reading.statuses if reading.statuses else not 200 <= page.status < 300:
        return "status"
    kind = (page.header("content-type") or "").partition(";")[0].strip().lower()
    if (kind and reading.types and kind not in reading.types) or (reading.needs_type and not kind):
        return "not-html"
    if reading.https_only and not page.url.lower().startswith("https:"):
        return "not-https"
    if reading.refuses_longer and reading.bytes_most is not None and page.size > reading.bytes_most:
        return "too-big"
    return None


def _resolved(sight: Sight, picked: Picked) -> Picked:
    """With absolute addresses; what is no address at all is left out."""
    values = dict(picked.values)
    for name in ADDRESSES:
        value = values.get(name)
        if not value or (sight.reading.keeps_data and value.startswith("data:")):
            continue
        absolute = sight.address(value)
        if absolute is None:
            del values[name]
        else:
            values[name] = absolute
    return Picked(values=values, taken=picked.taken)


def _kept(platform: Platform, picked: Picked) -> Picked | Nothing:
    """With the texts cut as the platform keeps them, where enough is left for a card."""
    values = dict(picked.values)
    for name, cut in platform.kept.items():
        if name in values:
            values[name] = shortened(values[name], cut).text
    if any(all(values.get(name) for name in group) for group in platform.needs):
        return Picked(values=values, taken=picked.taken)
    missing = next((name for name in platform.needs[0] if not values.get(name)), "")
    return Nothing(platform=platform.id, code=f"no-{missing.replace('_', '-')}" if missing else "no-tags")


def _card(
    platform: Platform, sight: Sight, picked: Picked, images: Mapping[str, ImageFacts], access: Access | None
) -> Card | Nothing:
    image = picked.get("image") or None
    facts = images.get(image) if image else None
    refused = refusal(image, platform.images, facts, access) if image else None
    if refused is not None:
        picked, facts = picked.replaced(image=None), None
        if any("image" in group for group in platform.needs) and isinstance(
            nothing := _kept(platform, picked), Nothing
        ):
            return nothing
    layout = _layout(platform, sight, picked, facts)
    shown = {name: shortened(picked.values[name], cut) for name, cut in platform.shown.items() if picked.get(name)}
    return Card(
        platform=platform.id,
        layout=layout,
        url=picked.get("url") or sight.page.url,
        published=moment(picked.get("published")),
        **{name: picked.get(name) for name in (*TEXTS, "image", "icon", "language", "video")},
        taken=picked.taken,
        shown=shown,
        verdicts=(
            *([refused] if refused else _missing(platform, picked)),
            *degradations(platform.images, facts, layout),
            *_cuts(platform, shown),
        ),
    )


def _layout(platform: Platform, sight: Sight, picked: Picked, facts: ImageFacts | None) -> str:
    wanted = platform.layout(sight, picked, facts) if picked.get("image") else "text"
    if picked.get("video") and not (platform.large_beats_player and wanted == "large"):
        return "player"
    return wanted


def _missing(platform: Platform, picked: Picked) -> Iterator[Verdict]:
    if platform.image and not picked.get("image"):
        yield Verdict("image", "missing")


def _cuts(platform: Platform, shown: Mapping[str, Shown]) -> Iterator[Verdict]:
    for name, text in shown.items():
        if text.lost:
            yield Verdict(name, "cut", {"limit": platform.shown[name].most, "lost": len(text.lost)})
