"""Prices and ratings: what the markup claims against what a buyer sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from smocrawl.checks import thresholds
from smocrawl.checks.addresses import cut, same_site
from smocrawl.checks.applies import NOWHERE, is_product, shareable
from smocrawl.checks.base import NOT_APPLICABLE, Context, Reason, Said, Severity, Tactic, check, fail, unmeasured, warn
from smocrawl.checks.schema_table import GUIDE, states
from smocrawl.checks.structured_data import has_product_entity, own_entities, product_entity
from smocrawl.page import Entity, Kind, Page

PRICES = (
    "offers.price offers.lowPrice offers.highPrice offers.priceSpecification.price offers.offers.price "
    "hasVariant.offers.price"
)
CURRENCIES = "offers.priceCurrency offers.priceSpecification.priceCurrency hasVariant.offers.priceCurrency"
PLAIN_NUMBER = re.compile(r"\d{1,12}(?:\.\d+)?")
"""What schema.org asks of a price: digits and a point."""
WRITTEN_NUMBER = re.compile(r"\d[\d.,'\s\u00a0\u202f]*")
SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB"}
ORGANISATIONS = (
    "Organization", "LocalBusiness", "Corporation", "Store", "Restaurant", "Hotel", "ProfessionalService",
    "OnlineStore", "HomeAndConstructionBusiness", "MedicalBusiness", "LegalService", "Dentist",
)  # fmt: skip


def amount(written: str) -> float | None:
    """The number in a price as people write it: 1.299,00 €, $1,299.00, CHF 1'299."""
    match = WRITTEN_NUMBER.search(written)
    if match is None:
        return None
    digits = re.sub(r"['\s\u00a0\u202f]", "", match[0]).rstrip(".,")
    last = max(digits.rfind("."), digits.rfind(","))
    whole, rest = (digits[:last], digits[last + 1 :]) if last >= 0 else (digits, "")
    if len(rest) == 3 and digits.count(digits[last]) >= 1:
        whole, rest = whole + rest, ""
    number = re.sub(r"[.,]", "", whole)
    return float(f"{number}.{rest or 0}") if number.isdecimal() and len(number) < 13 else None


@check(
    "price-consistency",
    title="The page states different prices",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The structured data says {schema}, the share tags say {tag}, and readers see {shown}.",
    causes={"currency": "The structured data states the price in {currency}, the share tags in {tag_currency}."},
    warns="The price in the structured data, {schema}, is no plain number; programs may read another price.",
    source=f"{GUIDE}merchant-listing",
    source_name="Google Search: merchant listings; Pinterest: product pins",
    grade="C",
    applies=has_product_entity,
    kinds=(Kind.PRODUCT,),
    platforms=("pinterest", "facebook", "google-discover"),
)
def price_consistency(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: A pin or card that shows another price than the shop costs trust, and shops with differing prices are
    thrown out of product listings.

    Fix: Fill structured data, share tags and the visible price from the same field.

    Accept: All three places state the same amount in the same currency.
    """
    found = product_entity(page)
    if found is None:
        return
    schema = tuple(dict.fromkeys(price for price in states(found[0], PRICES) if price))
    tag = page.meta("product:price:amount", "og:price:amount")
    if not schema or not (tag or page.text.visible_prices):
        yield NOT_APPLICABLE
        return
    evidence: dict[str, Any] = {
        "schema": cut(", ".join(schema[:4])),
        "tag": tag or "–",
        "shown": ", ".join(page.text.visible_prices[:4]) or "–",
    }
    currency, tagged = _currencies(page, found[0])
    if currency and tagged and currency != tagged:
        yield fail(cause="currency", currency=currency, tag_currency=tagged, **evidence)
    elif _differ(page, currency, schema, tag):
        yield fail(**evidence)
    elif not all(PLAIN_NUMBER.fullmatch(price) for price in schema):
        yield warn(**evidence)


def _currencies(page: Page, entity: Entity) -> tuple[str, str]:
    stated = next((one.upper() for one in states(entity, CURRENCIES) if one), "")
    return stated[:10], (page.meta("product:price:currency", "og:price:currency") or "").upper()[:10]


def _differ(page: Page, currency: str, schema: tuple[str, ...], tag: str | None) -> bool:
    stated = _amounts(schema)
    # A visible price in another currency belongs to a converter, a coupon or a neighbour.
    shown = _amounts(price for price in page.text.visible_prices if _currency(price) in ("", currency))
    return (bool(tag) and not _meet(stated, _amounts([tag or ""]))) or not _meet(stated, shown)


def _amounts(prices: Iterable[str]) -> tuple[float, ...]:
    return tuple(number for price in prices if (number := amount(price)) is not None)


def _currency(price: str) -> str:
    named = re.search(r"[A-Z]{3}", price)
    return named[0] if named else next((code for sign, code in SIGNS.items() if sign in price), "")


def _meet(stated: tuple[float, ...], others: tuple[float, ...]) -> bool:
    """One of *others* is a stated price, lies between the cheapest and dearest variant, or differs by tax alone."""
    if not stated or not others:
        return True
    low, high = min(stated), max(stated)
    return any(
        low - thresholds.PRICE_SLACK <= other <= high + thresholds.PRICE_SLACK
        or (min(other, low) > 0 and thresholds.TAX.is_good(max(other, low) / min(other, low)))
        for other in others
    )


def _rated(page: Page) -> Iterator[Entity]:
    """The product with its rating, or the site's owner with one given by himself."""
    found = product_entity(page) if is_product(page) else None
    if found is not None and found[0].entities("aggregateRating"):
        yield found[0]
    for one in own_entities(page):
        if one.is_a(*ORGANISATIONS) and one.entities("aggregateRating") and _is_owner(page, one):
            yield one


def _is_owner(page: Page, organisation: Entity) -> bool:
    return same_site(organisation.url("url") or "", page.url)


def _has_rating(page: Page, context: Context = NOWHERE) -> bool:
    return shareable(page) and any(_rated(page))


@check(
    "rating-genuine",
    title="The markup claims a rating that nobody can see",
    tactic=Tactic.T4,
    severity=Severity.MEDIUM,
    says="The markup gives “{name}” {rating} stars from {count} ratings; on the page readers find none of them.",
    causes={
        "own": "The markup gives your own company, “{name}”, {rating} stars; nobody shows stars that one gives oneself.",
        "uncounted": "The markup gives “{name}” {rating} stars without a single rating behind them.",
    },
    warns="The markup counts {count} ratings of “{name}” ({rating} stars), but the page shows no review.",
    source=f"{GUIDE}review-snippet",
    source_name="Google Search: review snippets",
    grade="A",
    applies=_has_rating,
    platforms=("google-discover", "pinterest"),
)
def rating_genuine(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: Stars that only machines see are against the rules of those who show them; a site that rates itself loses
    them everywhere.

    Fix: Show the ratings on the page, with their number, or take them out of the markup. Do not mark up ratings
    of your own company.

    Accept: Every marked-up rating counts at least one vote and can be seen on the page.
    """
    for one in _rated(page):
        rating = one.entities("aggregateRating")[0]
        count = rating.text("ratingCount") or rating.text("reviewCount") or "0"
        value = rating.text("ratingValue") or "–"
        evidence: dict[str, Any] = {"name": cut(one.text("name") or "–", 80), "rating": value, "count": count}
        seen = page.sharing.rating_visible or _stands_in_text(page, value)
        if one.is_a(*ORGANISATIONS):
            yield fail(cause="own", **evidence)
        elif (amount(count) or 0) < 1:
            yield fail(cause="uncounted", **evidence)
        elif not seen:
            # Review boxes are mostly drawn by scripts, which are not run here.
            yield unmeasured(Reason.SCRIPT) if page.sharing.external_scripts else fail(**evidence)
        elif not one.values("review") and not _stands_in_text(page, count):
            yield warn(**evidence)


def _stands_in_text(page: Page, number: str) -> bool:
    spellings = {number, number.replace(".", ","), number.removesuffix(".0")}
    return any(re.search(rf"(?<![\d.,]){re.escape(one)}(?![\d])", page.text.main) for one in spellings if one != "–")


def _shows_ratings(page: Page, context: Context = NOWHERE) -> bool:
    return has_product_entity(page) and page.sharing.rating_visible


@check(
    "reviews-markup",
    title="Visible reviews are not marked up",
    tactic=Tactic.T5,
    severity=Severity.MEDIUM,
    says="The page shows ratings, but its structured data has neither aggregateRating nor review.",
    warns="The page shows ratings; its structured data has {present}, but no {missing}.",
    source=f"{GUIDE}review-snippet",
    source_name="Google Search: review snippets",
    grade="A",
    applies=_shows_ratings,
    kinds=(Kind.PRODUCT,),
    platforms=("google-discover", "pinterest"),
    revision=2,
)
def reviews_markup(page: Page, context: Context) -> Iterator[Said]:
    """
    Why: People who took the time to rate a product see nothing of it in pins and search results, and neither does
    anybody else.

    Fix: Add aggregateRating and review to the product's structured data, from the same source as the visible stars.

    Accept: The product's structured data holds both aggregateRating and review.
    """
    found = product_entity(page)
    if found is None:
        return
    present = [name for name in ("aggregateRating", "review") if found[0].values(name)]
    if not present and any(one.values("aggregateRating") or one.values("review") for one in page.entities):
        # Of the company instead of the product: the matter of rating-genuine.
        yield NOT_APPLICABLE
    elif not present:
        yield fail()
    elif len(present) == 1:
        yield warn(present=present[0], missing="review" if present[0] == "aggregateRating" else "aggregateRating")
