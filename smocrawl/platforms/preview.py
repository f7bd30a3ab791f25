"""Draws what one platform shows of a page: access, places, limits, image, layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from smocrawl.page import Page
from smocrawl.platforms.base import Access, Card, ImageFacts, Nothing, Picked, Platform, Shown, Taken, Verdict
from smocrawl.platforms.pictures import degradations, refusal
from smocrawl.platforms.reading import NOTHING_ELSE, Reading, Resources, Sight
from smocrawl.platforms.texts import moment, shortened

ADDRESSES = ("url", "image", "icon", "video")
JUDGED = ("title", "description", "image")
"""The fields whose absence a reader notices."""
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
    page = (resources.page(other, platform.reading) if other else None) or page
    sight = Sight(page, platform.reading, resources)
    picked = platform.tidy(sight, pick(platform, sight))
    if isinstance(picked, Nothing):
        return picked
    kept = _kept(platform, _resolved(sight, picked))
    if isinstance(kept, Nothing):
        return _late(platform, sight, kept)
    return _card(platform, sight, kept, images, access)


def pick(platform: Platform, sight: Sight) -> Picked:
    """The first value of each field's places, remembering where it came from; an empty one counts where it wins."""
    values: dict[str, str] = {}
    taken: dict[str, Taken] = {}
    empty_wins = sight.reading.empty_wins
    for name, places in platform.places:
        for place, earlier in places:
            found = place.read(sight)
            if found is not None and (found[0] or empty_wins):
                values[name] = found[0]
                taken[name] = Taken(place.name, earlier, found[1])
                break
    return Picked(values=values, taken=taken)


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
    changed: dict[str, str | None] = {}
    for name in ADDRESSES:
        value = picked.values.get(name)
        if not value or value.startswith(("https://", "http://")):
            continue
        if not (sight.reading.keeps_data and value.startswith("data:")):
            changed[name] = sight.address(value)
    return picked.replaced(**changed) if changed else picked


def _kept(platform: Platform, picked: Picked) -> Picked | Nothing:
    """With the texts cut as the platform keeps them, where enough is left for a card."""
    if platform.kept:
        held = {name: cut for name, cut in platform.kept.items() if name in picked.values}
        picked = picked.replaced(
            **{name: shortened(picked.values[name], cut).text or None for name, cut in held.items()}
        )
    for group in platform.needs:
        if all(picked.values.get(name) for name in group):
            return picked
    missing = next((name for name in platform.needs[0] if not picked.values.get(name)), "")
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
            *([refused] if refused else ()),
            *_missing(platform, picked, refused),
            *too_late(platform, sight, picked),
            *degradations(platform.images, facts, layout),
            *_cuts(platform, shown),
        ),
    )


def _layout(platform: Platform, sight: Sight, picked: Picked, facts: ImageFacts | None) -> str:
    wanted = platform.layout(sight, picked, facts) if picked.get("image") else "text"
    if picked.get("video") and not (platform.large_beats_player and wanted == "large"):
        return "player"
    return wanted


def _missing(platform: Platform, picked: Picked, refused: Verdict | None) -> Iterator[Verdict]:
    for name in JUDGED:
        if getattr(platform, name) and not picked.get(name) and (refused is None or refused.about != name):
            yield Verdict(name, "missing")


def too_late(platform: Platform, sight: Sight, picked: Picked) -> Iterator[Verdict]:
    """Tags that would be taken if the platform read more of the page."""
    limit, reading = platform.reading.bytes_most, sight.reading
    if limit is None or sight.page.size <= limit:
        return
    whole = pick(platform, evolve(sight, reading=evolve(reading, bytes_most=None)))
    for name in JUDGED:
        there = whole.taken.get(name)
        if there is not None and there.offset is not None and there.offset >= limit:
            yield Verdict(name, "too-late", {"place": there.place, "offset": there.offset, "limit": limit})


def _late(platform: Platform, sight: Sight, nothing: Nothing) -> Nothing:
    """*nothing*, or that what it lacks stands behind what the platform reads."""
    missing = nothing.code.removeprefix("no-").replace("-", "_")
    for verdict in too_late(platform, sight, Picked(values={}, taken={})):
        if verdict.about == missing:
            return evolve(nothing, code="too-late", detail=verdict.detail)
    return nothing


def _cuts(platform: Platform, shown: Mapping[str, Shown]) -> Iterator[Verdict]:
    for name, text in shown.items():
        if text.lost:
            yield Verdict(name, "cut", {"limit": platform.shown[name].most, "lost": len(text.lost)})
