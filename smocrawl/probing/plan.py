"""What is asked for each probe: a bounded number of addresses, each once, chosen in the same way in every crawl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from attrs import frozen

from smocrawl.checks.addresses import host_of
from smocrawl.extract.social.lookups import account_of, item_of
from smocrawl.page import Kind, Page
from smocrawl.probing.names import BROWSER, named_bots
from smocrawl.probing.variants import variants_of
from smocrawl.site.accounts import own_accounts
from smocrawl.spiders.scope import Scope
from smocrawl.spiders.urls import normalise
from smocrawl.store.database import Database
from smocrawl.store.facts import unpack_if_readable
from smocrawl.store.probes import asked_already

MOST_PAGES = 20
"""Pages whose other spellings are tried: a template spells all its pages alike."""

MOST_ACCOUNTS = 40

MOST_READ = 300
"""Pages, the nearest to home first, whose links and embeds are looked up."""

MOST_OUTBOUND, MOST_A_HOST = 500, 20
"""Links to other sites, and those to one host."""

MOST_EMBEDS = 200


@frozen(kw_only=True)
class Ask:
    """One question."""

    url: str
    topic: str
    agent: str = ""
    about: str | None = None
    """The page or account that it is asked for."""
    head: bool = False
    """HEAD will do, where the server knows it."""
    follow: bool = True
    """Redirects are followed."""
    reads: bool = False
    """What the answer says is read, not only how it answers."""


def plan(database: Database, run: int, scope: Scope, topics: tuple[str, ...], home: str | None) -> Iterator[Ask]:
    """What is still to be asked, each address once in each name."""
    known = asked_already(database, run)
    for topic in topics:
        for ask in PLANS[topic](database, run, scope, home):
            if (ask.url, ask.agent) not in known:
                known.add((ask.url, ask.agent))
                yield ask


def _variants(database: Database, run: int, scope: Scope, home: str | None) -> Iterator[Ask]:
    del home
    rows = database.rows(
        "SELECT url.url FROM page JOIN url ON url.id = page.url"
        " WHERE run = ? AND status = 200 AND self_canonical AND indexable ORDER BY page.depth, page.url",
        run,
    )
    addresses = [row[0] for row in rows if not urlsplit(row[0]).query]
    # Spread over the site, the home page first.
    chosen = addresses[:: max(1, len(addresses) // MOST_PAGES)][:MOST_PAGES]
    answered = {row[0] for row in database.rows(ANSWERED, run)}
    for number, page in enumerate(chosen):
        for url in variants_of(page, hosts=number == 0 and not scope.options.as_url):
            if url not in answered:
                yield Ask(url=url, topic="variants", about=page, follow=False, reads=True)


ANSWERED = "SELECT url.url FROM fetch JOIN url ON url.id = fetch.url WHERE run = ? AND status IS NOT NULL"


def _bots(database: Database, run: int, scope: Scope, home: str | None) -> Iterator[Ask]:
    del scope
    rows = database.rows(
        "SELECT url.url FROM page JOIN url ON url.id = page.url"
        " WHERE run = ? AND status = 200 AND shareable ORDER BY url.url = ? DESC, page.kind = 'article' DESC,"
        " page.depth, page.url LIMIT 2",
        run, home,
    )  # fmt: skip
    for row in rows:
        for agent in (BROWSER, *named_bots()):
            yield Ask(url=row[0], topic="bots", agent=agent, about=row[0], reads=True)


def _profiles(database: Database, run: int, scope: Scope, home: str | None) -> Iterator[Ask]:
    del scope, home
    left = MOST_ACCOUNTS
    for account in own_accounts(database, run):
        lookup = account_of(account.platform, account.handle, account.url)
        if lookup is not None and left and (url := normalise(lookup.address)):
            left -= 1
            yield Ask(url=url, topic="profiles", about=account.url, reads=True)


def _outbound(database: Database, run: int, scope: Scope, home: str | None) -> Iterator[Ask]:
    del home
    hosts: Counter[str] = Counter()
    seen: set[str] = set()
    for page in _read_pages(database, run):
        for url in outbound_links(page, scope.hosts):
            spelled = normalise(url)
            if spelled is None or spelled in seen or hosts[host_of(spelled)] >= MOST_A_HOST:
                continue
            if len(seen) >= MOST_OUTBOUND:
                return
            seen.add(spelled)
            hosts[host_of(spelled)] += 1
            yield Ask(url=spelled, topic="outbound", about=page.url, head=True)


def outbound_links(page: Page, own: frozenset[str]) -> Iterator[str]:
    """Links of the main text to pages of others; accounts and share buttons have their own checks."""
    social = {one.url for one in page.social if one.sort not in ("post", "page")}
    for link in page.links:
        host = host_of(link.url) if link.in_main else ""
        if host and host not in own and link.url not in social:
            yield link.url


def _embeds(database: Database, run: int, scope: Scope, home: str | None) -> Iterator[Ask]:
    del scope, home
    seen: set[str] = set()
    for page in _read_pages(database, run):
        for embed in page.embeds:
            lookup = item_of(embed)
            address = normalise(lookup.address) if lookup else None
            if address and address not in seen and len(seen) < MOST_EMBEDS:
                seen.add(address)
                yield Ask(url=address, topic="embeds", about=page.url)


def _read_pages(database: Database, run: int) -> Iterator[Page]:
    kinds = (Kind.HOME, Kind.ARTICLE, Kind.DOCS, Kind.VIDEO, Kind.PRODUCT, Kind.EVENT)
    rows = database.connection.execute(
        f"SELECT facts FROM page WHERE run = ? AND status = 200 AND kind IN ({', '.join('?' * len(kinds))})"  # noqa: S608 - question marks alone
        " ORDER BY depth, url LIMIT ?",
        (run, *(kind.value for kind in kinds), MOST_READ),
    )
    for row in rows:
        page = unpack_if_readable(row["facts"], Page)
        if page is not None:
            yield page


Plan = Callable[[Database, int, Scope, str | None], Iterator[Ask]]
PLANS: Mapping[str, Plan] = {
    "variants": _variants, "bots": _bots, "profiles": _profiles, "outbound": _outbound, "embeds": _embeds,
}  # fmt: skip
