"""What has not changed since the crawl before is not read again: its facts are taken over, and judged by today's rules."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from attrs import evolve, frozen

from smocrawl.extract.files.feeds import FeedFacts
from smocrawl.extract.files.sitemaps import SitemapFacts
from smocrawl.extract.reader import keep_headers
from smocrawl.network.conditions import telling, validators_of
from smocrawl.network.limits import IMAGE_HEAD
from smocrawl.page import Hop, Page
from smocrawl.platforms.base import ImageFacts
from smocrawl.reading import AssetResult, Judgement, PageResult, feed_result, page_result, sitemap_result, stored_result
from smocrawl.spiders.items import Answer
from smocrawl.spiders.scope import Scope
from smocrawl.store.earlier import Earlier, Known, StoredAsset, StoredReview, Validator
from smocrawl.store.facts import pack, unpack_if_readable

NOT_MODIFIED = "not modified"
SAME_BYTES = "same bytes"

OF_THE_BODY = frozenset({"content-type", "content-length", "content-encoding"})
"""Headers that a «304 Not Modified» may leave out or change without meaning (RFC 9110, 15.4.5)."""


@frozen(kw_only=True)
class Taken:
    """Facts of the crawl before, as if they had been read now."""

    how: str
    page: PageResult | None = None
    asset: AssetResult | None = None


def take_over(answer: Answer, earlier: Earlier, scope: Scope, *, judged: bool) -> Taken | None:
    """The facts that still hold, and if *judged* how the page was judged in the end.

    None = *answer* has changed, is not known, or what is stored cannot be read.
    """
    known, how = answer.known, _how(answer)
    if known is None or how is None:
        return None
    if answer.leased.kind == "page":
        page = _page(answer, known, earlier, scope)
        if page and judged:
            page = evolve(page, judgement=_judgement(earlier.review(known)))
        return Taken(how=how, page=page) if page else None
    stored = earlier.asset(known)
    asset = _asset(answer, stored) if stored else None
    return Taken(how=how, asset=asset) if asset else None


def _how(answer: Answer) -> str | None:
    if answer.unchanged:
        return NOT_MODIFIED
    if answer.known is None or answer.status != answer.known.status or answer.error or not _is_complete(answer):
        return None
    known = answer.known.validator
    return SAME_BYTES if known.digest == digest(answer) and known.headers == telling(answer.headers) else None


def _is_complete(answer: Answer) -> bool:
    """Read as far as it was meant to be: of some pictures that is their head."""
    return not answer.truncated or (answer.leased.kind == "image" and len(answer.body) >= IMAGE_HEAD)


def digest(answer: Answer) -> bytes:
    """Over the bytes, and over how much they are of the whole."""
    size = answer.whole_size if answer.whole_size is not None else len(answer.body)
    found = sha256(b"%d %d\n" % (answer.whole, size))
    found.update(answer.body)
    return found.digest()


# -- pages -----------------------------------------------------------------------------------------------


def _page(answer: Answer, known: Known, earlier: Earlier, scope: Scope) -> PageResult | None:
    """With today's way to the page, and today's headers."""
    blob = earlier.page(known)
    page = unpack_if_readable(blob, Page) if blob else None
    if page is None:
        return None
    chain = answer.leased.chain
    today = evolve(
        page,
        requested_url=chain[0][0] if chain else answer.url,
        hops=tuple(Hop(url=url, status=status) for url, status in chain),
        latency=answer.latency,
        certificate=answer.certificate,
        headers=_headers(page.headers, answer),
    )
    if _came_alike(page, today) and earlier.is_told(scope.options.stored(), scope.home):
        return stored_result(page, earlier.record(known, page.url), scope)
    return page_result(today, scope, None)


def _came_alike(page: Page, today: Page) -> bool:
    """The way to the page and its headers are as they were: so are the rows that were made of it."""
    return (page.requested_url, page.hops, page.latency, page.certificate, page.headers) == (
        today.requested_url, today.hops, today.latency, today.certificate, today.headers,
    )  # fmt: skip


def _judgement(review: StoredReview | None) -> Judgement | None:
    if review is None:
        return None
    return Judgement(score=review.score, tactics=review.tactics, platforms=review.platforms, findings=review.findings)


def _headers(stored: Mapping[str, str], answer: Answer) -> dict[str, str]:
    sent = keep_headers(answer.headers)
    if not answer.unchanged:
        return sent
    return {**stored, **{name: value for name, value in sent.items() if name not in OF_THE_BODY}}


# -- files -----------------------------------------------------------------------------------------------


def _asset(answer: Answer, stored: StoredAsset) -> AssetResult | None:
    if stored.facts is None:
        return None
    kind = answer.leased.kind
    if kind in ("image", "icon"):
        return _picture(answer, stored, stored.facts)
    if kind == "feed":
        feed = unpack_if_readable(stored.facts, FeedFacts)
        return evolve(feed_result(feed), facts=stored.facts) if feed else None
    if kind == "sitemap":
        sitemap = unpack_if_readable(stored.facts, SitemapFacts)
        return evolve(sitemap_result(sitemap), facts=stored.facts) if sitemap else None
    return AssetResult(facts=stored.facts)


def _picture(answer: Answer, stored: StoredAsset, blob: bytes) -> AssetResult | None:
    facts = unpack_if_readable(blob, ImageFacts)
    if facts is None:
        return None
    now = evolve(facts, hops=len(answer.leased.chain), latency=facts.latency if answer.unchanged else answer.latency)
    return AssetResult(facts=pack(now), thumb=stored.thumb, picture=stored.picture)


# -- for the next crawl ------------------------------------------------------------------------------------


def validator_of(answer: Answer, reader: str) -> Validator | None:
    """By what *answer*, whose facts are stored, will be recognised; None = it was not read to its end."""
    known = answer.known.validator if answer.known else None
    if answer.unchanged and known is not None:
        # A new validator may come with the news that nothing else is new.
        return evolve(known, etag=validators_of(answer.headers).etag or known.etag)
    if answer.status is None or answer.error or not _is_complete(answer):
        return None
    given = validators_of(answer.headers)
    return Validator(
        reader=reader, asked=answer.asked, etag=given.etag, modified=given.modified, digest=digest(answer),
        headers=telling(answer.headers), whole=answer.whole,
    )  # fmt: skip
