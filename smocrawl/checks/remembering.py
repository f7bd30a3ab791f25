"""Remembering what was found on a page: all checks judge one page before the next one comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from smocrawl.page import Page

T = TypeVar("T")

_forgetters: list[Callable[[], None]] = []


def forget() -> None:
    """Find everything anew: for who changes numbers between two questions about one page."""
    for one in _forgetters:
        one()


def once_per_page(find: Callable[[Page], T]) -> Callable[[Page], T]:
    """*find*, a pure function, with its answer for the page that was asked about last.

    No more than that one page is held.
    """
    last: tuple[Page, T] | None = None

    @wraps(find)
    def found(page: Page) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not page:
            last = known = (page, find(page))
        return known[1]

    def forget_it() -> None:
        nonlocal last
        last = None

    _forgetters.append(forget_it)
    return found
