"""Two readers of extruct without the rest of it.

``import extruct`` loads its readers of RDFa and microformats as well, with rdflib, Beautiful Soup and requests: a quarter of
a second and 25 MB in each worker, for what is never called here.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

PACKAGE = "extruct"


def alone(*names: str) -> list[ModuleType]:
    """Modules of the package, loaded without its ``__init__``.  Whoever imports the package later gets all of it."""
    spec = find_spec(PACKAGE)
    if spec is None or PACKAGE in sys.modules:
        return [import_module(f"{PACKAGE}.{name}") for name in names]
    sys.modules[PACKAGE] = module_from_spec(spec)
    try:
        return [import_module(f"{PACKAGE}.{name}") for name in names]
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]


_microdata, _open_graph = alone("w3cmicrodata", "opengraph")

LxmlMicrodataExtractor: Any = _microdata.LxmlMicrodataExtractor
OpenGraphExtractor: Any = _open_graph.OpenGraphExtractor
