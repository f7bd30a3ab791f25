"""Of extruct the two readers that are used are loaded, and nothing is taken from others who use it."""

from __future__ import annotations

import subprocess
import sys

AFTER = """
import sys
import smocrawl.reading
assert not [name for name in sys.modules if name.partition(".")[0] in ("extruct", "rdflib", "mf2py", "requests")]
import extruct.opengraph
assert extruct.opengraph.OpenGraphExtractor and extruct.extract("<p>", syntaxes=["microdata"]) == {"microdata": []}
"""
BEFORE = """
import extruct
from smocrawl.extract.structured.extruct_readers import OpenGraphExtractor
assert OpenGraphExtractor is extruct.OpenGraphExtractor
assert sys.modules["extruct"] is extruct
"""


def test_the_rest_is_loaded_by_whoever_asks_for_it() -> None:
    for program in (AFTER, f"import sys{BEFORE}"):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
