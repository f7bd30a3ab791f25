"""A stored card as the report draws it: words cut as on screen, the picture at hand, notes on what was lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import define, field, frozen

from smocrawl.platforms.base import Certainty
from smocrawl.report import safe
from smocrawl.report.card_words import Words
from smocrawl.report.crawl import Crawl
from smocrawl.report.drawings import DRAWINGS, USUAL, Drawing
from smocrawl.report.page_rows import PageRow
from smocrawl.report.pictures import Picture, Pictures
from smocrawl.scoring import readiness_word

DAY = len("2026-11-21")
NOTES = 2
"""Notes under a card: more would not be read."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "feeds": ("facebook", "linkedin", "x", "instagram", "threads", "line", "kakaotalk"),
    "chats": ("whatsapp", "apple-messages", "telegram", "messenger", "signal", "google-messages", "matrix"),
    "work": (
        "slack",
        "discord",
        "reddit",
        "teams",
        "zulip",
        "mattermost",
        "rocketchat",
        "nextcloud",
        "revolt",
        "discourse",
    ),
    "open": (
        "mastodon",
        "bluesky",
        "pinterest",
        "misskey",
        "pleroma",
        "friendica",
        "diaspora",
        "lemmy",
        "google-discover",
        "flipboard",
        "feed-reader",
        "wordpress",
        "ghost",
    ),
}
"""Where a card is met, and the platforms of each place in the order in which they are drawn."""

MAIN = (
    "facebook", "linkedin", "x", "whatsapp", "apple-messages", "telegram", "slack", "discord", "reddit",
    "mastodon", "bluesky", "pinterest",
)  # fmt: skip
"""Platforms that every report draws; those of the audience come on top."""

OWN_TEMPLATE = frozenset(MAIN)
COMPOSED = "composed"
"""The template of all others: it follows their :class:`~smocrawl.report.drawings.Drawing`."""

NAMES = {
    "x": "X", "linkedin": "LinkedIn", "whatsapp": "WhatsApp", "apple-messages": "iMessage", "google-discover": "Google Discover",
    "google-messages": "Google Messages", "feed-reader": "Feed readers", "wordpress": "WordPress", "rocketchat": "Rocket.Chat",
    "kakaotalk": "KakaoTalk", "line": "LINE",
    "youtube": "YouTube", "tiktok": "TikTok", "github": "GitHub", "gitlab": "GitLab", "googleplus": "Google+",
    "googlemaps": "Google Maps", "stackoverflow": "Stack Overflow", "hackernews": "Hacker News", "xing": "XING", "vk": "VK",
    "tripadvisor": "Tripadvisor", "soundcloud": "SoundCloud", "deviantart": "DeviantArt", "peertube": "PeerTube", "rss": "RSS",
}  # fmt: skip


@frozen(kw_only=True)
class CardView:
    """One card, ready to be drawn."""

    platform: str
    name: str
    badge: str
    drawing: str
    """Which template draws it."""
    composed: Drawing | None
    """How it is put together, where it has no template of its own."""
    band: str
    layout: str
    """large, small, text, player; empty = no card."""
    url: str
    address: str
    domain: str
    title: str = ""
    description: str = ""
    site: str = ""
    author: str = ""
    published: str = ""
    image: str = ""
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
    reason: str = ""
    """Why there is no card."""
    basis: str = ""
    """Said where the platform publishes no rules; empty = they are known from its code or documents."""

    @property
    def is_unseen(self) -> bool:
        """It shows a picture that is not at hand."""
        return bool(self.layout and self.image and not self.picture)

    @property
    def image_name(self) -> str:
        """The file that the picture's address leads to: it stands in a frame whose picture is not at hand."""
        return safe.file_name(self.image)


@define
class Drawer:
    """Turns the stored cards of a page into views."""

    crawl: Crawl
    pictures: Pictures
    _names: dict[str, str] = field(factory=dict, init=False)

    def platform_ids(self) -> tuple[str, ...]:
        """Platforms drawn in full: those every report shows and those that matter to the audience."""
        known = self.crawl.catalogue.platforms
        wanted = [*MAIN, *(name for name in self.crawl.audience.key if name not in MAIN)]
        return tuple(name for name in wanted if name in known or not known)

    def views(self, page: PageRow) -> dict[str, CardView]:
        """Every platform's card for *page*, by platform id."""
        return {name: self.view(name, card, page) for name, card in self.crawl.cards(page).items()}

    def view(self, platform: str, card: Mapping[str, Any], page: PageRow) -> CardView:
        blocked = card.get("code") == "blocked"
        known: dict[str, Any] = {
            "platform": platform,
            "name": self.name(platform),
            "badge": self.name(platform)[:2],
            "drawing": platform if platform in OWN_TEMPLATE else COMPOSED,
            "composed": None if platform in OWN_TEMPLATE else DRAWINGS.get(platform, USUAL),
            "band": readiness_word(page.platforms.get(platform), blocked=blocked)
            if blocked or "layout" in card
            else "",
            "address": safe.cut(safe.readable(safe.link(page.url) or page.path), 160),
            "basis": self._basis(platform),
        }
        if "layout" not in card:
            return CardView(layout="", url=page.path, domain=safe.host(page.url), reason=self.reason(card), **known)
        url = str(card.get("url") or page.url)
        shown = card.get("shown") or {}
        return CardView(
            layout=str(card["layout"]),
            url=safe.cut(safe.readable(safe.link(url) or page.path), 160),
            domain=safe.host(url),
            title=_shown(shown, "title", card),
            description=_shown(shown, "description", card),
            site=safe.cut(card.get("site_name") or "", 80),
            author=safe.cut(card.get("author") or "", 80),
            published=safe.cut(str(card.get("published") or "")[:DAY], DAY),
            image=safe.cut(card.get("image") or "", 300),
            picture=self.pictures.get(card.get("image")),
            notes=tuple(dict.fromkeys((*self._notes(card), *self._unseen(card), *self._credit(card))))[:NOTES],
            **known,
        )

    def words(self, page: PageRow) -> dict[str, tuple[str, str, str, str]]:
        """(title, text, address of the picture, why there is no card) by platform: a card without its drawing."""
        same: dict[Words, tuple[str, str, str, str]] = {}
        found = {}
        for name, card in self.crawl.card_words(page).items():
            if not card.is_drawn:
                found[name] = "", "", "", self.reason({"code": card.code, "detail": card.detail})
                continue
            words = card.words
            # Most platforms say the same of a page.
            found[name] = same.get(words) or same.setdefault(words, _worded(words))
        return found

    def dropped(self, page: PageRow, platform: str) -> str:
        """Why *platform* shows the picture that the page declares nowhere; empty where it shows one, or none is declared."""
        code, told = self.without_picture(self.crawl.cards(page).get(platform, {})) or ("", "")
        return told if code != "missing" else ""

    def without_picture(self, card: Mapping[str, Any]) -> tuple[str, str] | None:
        """(code, sentence) why *card* shows no picture that was named for it; None where it does, or does not say why not."""
        said = [one for one in card.get("verdicts") or () if one.get("about") == "image"]
        if card.get("image"):
            taken = (card.get("taken") or {}).get("image") or {}
            is_any = "<img>" in str(taken.get("place"))
            return ("missing", self._note("image", "missing", {})) if is_any else None
        if not said:
            return None
        # What was dropped tells more than that nothing was left.
        one = next((one for one in said if one.get("code") != "missing"), said[0])
        code = str(one.get("code"))
        return code, self._note("image", code, one.get("detail") or {})

    def name(self, platform: str) -> str:
        known = self._names.get(platform)
        if known is None:
            known = self._names[platform] = platform_name(self.crawl, platform)
        return known

    # -- words --------------------------------------------------------------------------------

    def _basis(self, platform: str) -> str:
        known = self.crawl.catalogue.platforms.get(platform)
        is_observed = known is not None and known.certainty is Certainty.OBSERVED
        return self.crawl.language.gettext("as observed") if is_observed else ""

    def _notes(self, card: Mapping[str, Any]) -> Iterator[str]:
        _, language = self.crawl.language.gettext, self.crawl.language
        for verdict in card.get("verdicts") or ():
            if note := self._note(str(verdict.get("about")), str(verdict.get("code")), verdict.get("detail") or {}):
                yield note
        for name, one, many in (
            ("title", _("Title cut: {n} character is not seen"), _("Title cut: {n} characters are not seen")),
            ("description", _("Text cut: {n} character is not seen"), _("Text cut: {n} characters are not seen")),
        ):
            lost = (card.get("shown") or {}).get(name, {}).get("lost")
            if lost:
                yield language.ngettext(one, many, len(str(lost)))

    def _unseen(self, card: Mapping[str, Any]) -> Iterator[str]:
        """Why the place of the picture stays empty, where nothing is wrong with what the site says."""
        if (image := card.get("image")) and image not in self.crawl.pictures:
            yield self.crawl.language.gettext("This crawl did not load the picture")

    def _credit(self, card: Mapping[str, Any]) -> Iterator[str]:
        """Who is named below the card, if that account agrees."""
        if account := card.get("credit"):
            said = self.crawl.language.gettext("{account} is named below where that account lists this site")
            yield said.format(account=self.crawl.language.isolated(safe.cut(account, 80)))

    @cached_property
    def _said(self) -> Mapping[tuple[str, str], str]:
        """What verdicts say: (about, code) -> words.  Put together once, for a page has dozens of them."""
        _ = self.crawl.language.gettext
        return {
            ("image", "missing"): _("It finds no picture that it can use"),
            ("image", "too-small"): _("Picture dropped: it is too small"),
            ("image", "too-large"): _("Picture dropped: it is larger than what is taken"),
            ("page", "perhaps-blocked"): _("robots.txt forbids its reader the page; whether it obeys is not known"),
            ("image", "perhaps-blocked"): _("robots.txt forbids its reader the picture; whether it obeys is not known"),
            ("image", "too-heavy"): _("Picture dropped: the file is too heavy"),
            ("image", "wrong-type"): _("Picture dropped: its file type is not read"),
            ("image", "cropped"): _("Picture cropped at the edges"),
            ("image", "shown-small"): _("Small picture: it is too small for the large card"),
            ("image", "too-long"): _("Picture dropped: it is too long and narrow"),
            ("image", "too-late"): _("Picture not seen: its tag stands behind what is read"),
            ("title", "too-late"): _("Title not seen: its tag stands behind what is read"),
            ("description", "too-late"): _("Description not seen: its tag stands behind what is read"),
            ("image", "not-https"): _("Picture dropped: its address is not https"),
            ("image", "unreachable"): _("Picture dropped: it does not load"),
            ("image", "blocked"): _("Picture dropped: robots.txt refuses its reader"),
            ("description", "missing"): _("It finds no description"),
            ("title", "missing"): _("It finds no title"),
        }

    @cached_property
    def _reasons(self) -> Mapping[str, str]:
        """Why there is no card, by its code."""
        _ = self.crawl.language.gettext
        return {
            "status": _("The page does not answer as a page should."),
            "not-html": _("The address does not lead to a page."),
            "no-title": _("The title is missing where it looks for one."),
            "no-image": _("It draws a card only with a picture, and none is declared."),
            "no-tags": _("The tags that it needs are missing."),
            "no-description": _("The description is missing where it looks for one."),
            "too-big": _("The page is longer than what it reads."),
            "too-long": _("A text or address is longer than what it takes."),
            "too-short": _("A text is shorter than what it takes."),
            "not-https": _("It reads only pages that are served by https."),
            "invalid": _("A tag holds something that it refuses, and then it draws nothing."),
            "opted-out": _("The page asks it not to show a preview."),
            "private-host": _("It does not visit addresses of private networks."),
            "download": _("The address offers a file to save, not a page."),
            "error": _("This card could not be worked out."),
        }

    def _note(self, about: str, code: str, detail: Mapping[str, Any]) -> str:
        _ = self.crawl.language.gettext
        numbers = {key: _plain(value) for key, value in detail.items()}
        said = self._said.get((about, code), "")
        if (
            said
            and code in ("too-small", "too-large", "shown-small", "cropped")
            and {"width", "height"} <= set(numbers)
        ):
            size = self.crawl.language.isolated(f"{numbers['width']} × {numbers['height']}")
            return _("{note} ({size})").format(note=said, size=size)
        if code == "too-heavy" and isinstance(detail.get("bytes"), int):
            return _("Picture dropped: it weighs {size}").format(size=self.crawl.language.size(detail["bytes"]))
        return said

    def reason(self, card: Mapping[str, Any]) -> str:
        """Why nothing is drawn, from the code and the detail of *card*."""
        _ = self.crawl.language.gettext
        detail = card.get("detail") or {}
        if card.get("code") == "too-late":
            late = _("It reads the first {limit}; the tags stand behind that.")
            return late.format(limit=self.crawl.language.size(int(detail.get("limit") or 0)))
        if refused := detail.get("refused"):
            only = _("It draws a card only with a picture.")
            return f"{only} {self._note('image', str(refused), detail)}."
        if card.get("code") == "blocked":
            line = detail.get("line")
            refused = (
                _("robots.txt refuses its reader in line {line}.") if line else _("robots.txt refuses its reader.")
            )
            return refused.format(line=safe.cut(line, 12))
        return self._reasons.get(str(card.get("code"))) or _("People see the bare address.")


def platform_name(crawl: Crawl, platform: str) -> str:
    known = getattr(crawl.catalogue.platforms.get(platform), "name", None)
    return safe.cut(known or NAMES.get(platform) or platform.replace("-", " ").title(), 40)


def group(platform: str) -> str:
    """Where a card of this platform is met."""
    return next((name for name, members in GROUPS.items() if platform in members), "feeds")


def _worded(words: Words) -> tuple[str, str, str, str]:
    title, shown_title, title_cut, text, shown_text, text_cut, image = words
    return (
        _seen(shown_title, title_cut, title), _seen(shown_text, text_cut, text), safe.cut(image or "", 300), "",
    )  # fmt: skip


def _shown(shown: Mapping[str, Any], name: str, card: Mapping[str, Any]) -> str:
    one = shown.get(name) or {}
    return _seen(one.get("text"), bool(one.get("lost")), card.get(name))


def _seen(text: Any, is_cut: bool, whole: Any) -> str:
    """A text as it is seen: with an ellipsis where the platform cuts it."""
    if text is None:
        return safe.cut(whole or "", 400)
    text = safe.cut(text, 400)
    return f"{text.rstrip(' .…')}…" if is_cut and not text.endswith("…") else text


def _plain(value: Any) -> str:
    return str(value) if isinstance(value, int) else safe.cut(value, 40)
