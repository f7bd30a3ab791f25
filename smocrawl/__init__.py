"""Audits what every shared link of a site will look like: the public names, imported at first use."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smocrawl.checks.base import Check, Finding, Severity, check
    from smocrawl.page import Page
    from smocrawl.platforms.base import Platform
    from smocrawl.previews import preview, why_nothing
    from smocrawl.review import Review, review

__version__ = "0.1.0"

__all__ = ["Check", "Finding", "Page", "Platform", "Review", "Severity", "check", "preview", "review", "why_nothing"]

_HOMES = {
    "Check": "smocrawl.checks.base",
    "Finding": "smocrawl.checks.base",
    "Page": "smocrawl.page",
    "Platform": "smocrawl.platforms.base",
    "Review": "smocrawl.review",
    "Severity": "smocrawl.checks.base",
    "check": "smocrawl.checks.base",
    "preview": "smocrawl.previews",
    "why_nothing": "smocrawl.previews",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The function ``review`` and its module bear one name: here the function wins, whichever is imported first."""

    def _review(self) -> Any:
        return import_module("smocrawl.review").review

    def _keep(self, module: ModuleType) -> None:
        """The import of the submodule sets the name; nothing is to be remembered."""

    review = property(_review, _keep)


sys.modules[__name__].__class__ = _Package
