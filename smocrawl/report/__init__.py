"""The report that a client reads: sections of plain values, templates that only lay them out.

The public names are imported at first use: a worker that makes the details of pages needs no templates.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smocrawl.report.brand import Brand, BrandError
    from smocrawl.report.brand import load as load_brand
    from smocrawl.report.domain_index import render_domain_index
    from smocrawl.report.forms import FormError, known_form
    from smocrawl.report.render import render

__all__ = ["Brand", "BrandError", "FormError", "known_form", "load_brand", "render", "render_domain_index"]

_HOMES = {
    "Brand": ("brand", "Brand"),
    "BrandError": ("brand", "BrandError"),
    "FormError": ("forms", "FormError"),
    "known_form": ("forms", "known_form"),
    "load_brand": ("brand", "load"),
    "render_domain_index": ("domain_index", "render_domain_index"),
}
"""Module and name there."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, there = _HOMES[name]
    return getattr(import_module(f"{__name__}.{module}"), there)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """The function ``render`` and its module bear one name: here the function wins, whichever is imported first."""

    def _render(self) -> Any:
        return import_module(f"{__name__}.render").render

    def _keep(self, module: ModuleType) -> None:
        """The import of the submodule sets the name; nothing is to be remembered."""

    render = property(_render, _keep)


sys.modules[__name__].__class__ = _Package
