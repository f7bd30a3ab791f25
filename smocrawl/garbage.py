"""Python's search for unreachable objects, put off while a page is read or judged."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


SELDOM = 20_000
"""Objects that are made between two searches; Python's 700 suit short programs."""


def search_seldom() -> None:
    """For a process of our own: pages, cards and rows are trees, which go without being searched for.

    When it ends Python would go through all that it holds once more, some tenths of a second for memory that the
    system takes back as it is: what lives then is left out (https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


def put_off(function: Callable[P, R]) -> Callable[P, R]:
    """Call *function* without collections: what it makes lives on in its result, so each search would be in vain.

    A page makes thousands of objects, for which Python would look through them a dozen times, and now and
    then through the whole process, which takes longer than the page.  One search afterwards is enough.
    """

    @wraps(function)
    def called(*given: P.args, **named: P.kwargs) -> R:
        if not gc.isenabled():
            return function(*given, **named)
        gc.disable()
        try:
            return function(*given, **named)
        finally:
            gc.enable()

    return called
