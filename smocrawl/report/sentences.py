"""The parts of a sentence that a check has said, for places with little room."""

from __future__ import annotations

import re

BETWEEN = re.compile(r"[;:] ")
"""Where a sentence turns from what was found to what would be right, or to what it cites."""


def first_sentence(text: str) -> str:
    head, stop, _ = text.partition(". ")
    return f"{head}." if stop else head


def parted(sentence: str) -> tuple[str, str]:
    """What was found, without a full stop, and the rest of the *sentence* as one of its own; empty where there is none."""
    found = BETWEEN.search(sentence)
    if found is None:
        return sentence.removesuffix("."), ""
    rest = sentence[found.end() :]
    # An address, a tag or a quotation keeps its first letter.
    is_word = rest.split(maxsplit=1)[0].isalpha() if rest.strip() else False
    return sentence[: found.start()], rest[:1].upper() + rest[1:] if is_word else rest


def main_clause(sentence: str) -> str:
    """What comes before the first comma."""
    return sentence.partition(", ")[0].removesuffix(".")
