"""What the user reads in the terminal: plain lines in which no crawled text can move the cursor."""

from __future__ import annotations

import contextlib
import re
import sys
from typing import TextIO

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""C0 and C1 (escape sequences begin there), line separators and direction overrides."""


def plain(text: str) -> str:
    """*text* with control characters shown instead of obeyed."""
    return CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", text)


def writable(text: str, stream: TextIO) -> str:
    """*text* with escapes for what the encoding of *stream* lacks (a terminal without UTF-8, half a surrogate pair)."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def say(text: str, *, error: bool = True) -> None:
    """One line for the user: problems to stderr, results to stdout."""
    stream = sys.stderr if error else sys.stdout
    # A full disk or a closed pipe behind the output takes the words, not the exit code.
    with contextlib.suppress(OSError):
        for line in text.splitlines() or [""]:
            stream.write(writable(plain(line), stream) + "\n")
        stream.flush()
