"""Templates are compiled once, not for every report: kept where Python keeps what it compiled of our modules."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

TEMPLATES = Path(__file__).parent / "templates"


class Compiled(BytecodeCache):
    """Jinja looks whether the source and the versions of Python and Jinja are still the same.

    As with modules, nothing is kept where the folder cannot be written or PYTHONDONTWRITEBYTECODE is set.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            with _kept(bucket).open("rb") as stream:
                bucket.load_bytecode(stream)
        except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        file = _kept(bucket)
        unfinished = file.with_name(f"{file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with unfinished.open("wb") as stream:
                    bucket.write_bytecode(stream)
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)


def _kept(bucket: Bucket) -> Path:
    """The key is a hash of the template's name and place."""
    return Path(cache_from_source(str(TEMPLATES / f"{bucket.key}.py")))
