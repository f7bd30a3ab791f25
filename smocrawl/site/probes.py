"""What look-ups on demand found, as rows: other spellings, bots' answers, the owner's accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from smocrawl.checks.addresses import WALLS, same_but_scheme, same_page
from smocrawl.extract.social.lookups import account_of
from smocrawl.extract.social.meaning import recognise
from smocrawl.registry import all_platforms
from smocrawl.site.accounts import own_accounts
from smocrawl.site.page_facts import Row
from smocrawl.store import runs
from smocrawl.store.database import Database
from smocrawl.store.probes import ProbeRecord, read_probes

GONE = frozenset({404, 410})

REFUSALS = frozenset({401, 403, 406, 429})

ANYBODYS = frozenset({
    "apple-messages", "whatsapp", "signal", "matrix", "mattermost", "rocketchat", "mastodon", "misskey", "pleroma",
    "friendica", "lemmy", "diaspora", "discourse", "nextcloud", "zulip", "wordpress", "ghost",
})  # fmt: skip
"""Platforms whose cards are fetched by their users' devices or servers: no list of addresses can let them in."""


def is_gone(answer: ProbeRecord) -> bool | None:
    """Whether nothing is there any more; None = the answer does not tell."""
    if answer.error:
        return True if answer.error.startswith("dns") else None
    if answer.status is None or answer.status in WALLS or answer.status >= 500:
        return None
    return answer.status in GONE


def rows(database: Database, run: int) -> Iterator[tuple[str, Row]]:
    """(table, row) for everything that the look-ups of *run* found."""
    topics = runs.load(database, run).options.get("probes") or ()
    yield from (("looked_up", (topic,)) for topic in topics)
    if "variants" in topics:
        yield from _variants(database, run)
    if "bots" in topics:
        yield from _bots(database, run)
    if "profiles" in topics:
        yield from _profiles(database, run)


# -- other spellings ---------------------------------------------------------------------------


def _variants(database: Database, run: int) -> Iterator[tuple[str, Row]]:
    pages = {
        row["url"]: row
        for row in database.rows(
            "SELECT url.url, page.title, page.canonical, page.text_sha1 FROM page JOIN url ON url.id = page.url"
            " WHERE run = ? AND url.id IN (SELECT about FROM probe WHERE run = ? AND topic = 'variants')",
            run, run,
        )
    }  # fmt: skip
    for one in read_probes(database, run, "variants"):
        if one.status is not None and one.about in pages:
            yield "variant", (one.about, one.url, _doubles(one, pages[one.about]))


def _doubles(one: ProbeRecord, page: Any) -> bool:
    """The same page once more, with no word of where it belongs."""
    if one.status != 200 or not one.facts:
        return False
    same = one.facts["text"] == page["text_sha1"] if page["text_sha1"] else one.facts["title"] == page["title"]
    canonical = one.facts["canonical"]
    if canonical is None:
        return bool(same)
    home = page["canonical"] or page["url"]
    return bool(same) and not same_but_scheme(canonical, home) and not same_but_scheme(canonical, page["url"])


# -- bots ------------------------------------------------------------------------------------------


@frozen
class _Bot:
    """Who asks under one User-Agent."""

    platforms: str
    anybodys: bool


def _known_bots() -> dict[str, _Bot]:
    found: dict[str, _Bot] = {}
    for platform in all_platforms().values():
        before = found.get(platform.bot.agent)
        names = f"{before.platforms}, {platform.name}" if before else platform.name
        anybodys = platform.id in ANYBODYS or bool(before and before.anybodys)
        found[platform.bot.agent] = _Bot(names, anybodys)
    return found


def _bots(database: Database, run: int) -> Iterator[tuple[str, Row]]:
    bots = _known_bots()
    answers = list(read_probes(database, run, "bots"))
    browser = {one.url: one for one in answers if one.agent not in bots}
    for one in answers:
        bot, seen = bots.get(one.agent), browser.get(one.url)
        if bot is None or seen is None or seen.status != 200 or (one.status is None and not one.coding):
            continue
        yield (
            "bot_answer",
            (
                one.url, one.agent, bot.platforms, bot.anybodys, one.status, one.coding, one.size,
                _is_refused(one, seen), _difference(one.facts, seen.facts),
            ),
        )  # fmt: skip


def _is_refused(one: ProbeRecord, seen: ProbeRecord) -> bool:
    status = one.status or 0
    walled = one.facts.get("wall") == "challenge" and seen.facts.get("wall") != "challenge"
    return status in REFUSALS or status >= 500 or walled


def _difference(facts: Mapping[str, Any], seen: Mapping[str, Any]) -> str | None:
    """The first share tag that the bot does not get, or gets otherwise."""
    tags, usual = facts.get("tags"), seen.get("tags")
    if tags is None or usual is None:
        return None
    return next((name for name, value in usual.items() if not _alike(tags.get(name), value)), None)


def _alike(one: str | None, other: str) -> bool:
    # Addresses of pictures often carry a changing signature.
    return one is not None and (one == other or same_page(one.partition("?")[0], other.partition("?")[0]))


# -- accounts --------------------------------------------------------------------------------------


def _profiles(database: Database, run: int) -> Iterator[tuple[str, Row]]:
    answers = {one.about: one for one in read_probes(database, run, "profiles")}
    for account in own_accounts(database, run):
        one, lookup = answers.get(account.url), account_of(account.platform, account.handle, account.url)
        if one is None or lookup is None:
            continue
        gone = True if one.facts.get("not_found") else is_gone(one)
        told = one.status == 200 and lookup.shows_links and not gone
        yield (
            "profile_answer",
            (
                account.platform, account.handle, account.url, one.status, gone, _moved(one, account.platform, account.handle),
                bool(one.facts.get("links_back")) if told else None,
            ),
        )  # fmt: skip


def _moved(one: ProbeRecord, platform: str, handle: str) -> str | None:
    """Another account of the same network to which the link leads."""
    found = recognise(one.target) if one.target else None
    if found is None or found.sort != "profile" or found.platform != platform or not found.handle:
        return None
    return found.handle if found.handle.lower() != handle else None
