"""Python's search for unreachable objects, put off while a page is read or judged."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


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
