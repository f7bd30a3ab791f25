"""Comparing texts as readers would: telling words, likeness of two titles, the script they are written in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Chinese, Japanese and Korean, written without blanks or with other ones."""
WIDE_RUN = re.compile(f"{WIDE.pattern}+")
ACCENT = re.compile("[\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u3099\u309a]+")
"""Marks above and below letters: Western, Hebrew, Arabic, Japanese."""
NOT_LATIN, LATIN = re.compile("[^\u0000-\u024f\u2000-\u206f]"), re.compile("[A-Za-z]")
"""All letters of the blocks from Basic Latin to Latin Extended-B are Latin; General Punctuation has none."""
STEM = 5
"""Letters that two forms of one word share; endings differ (write, writes, writing)."""
SHORTEST = 4
"""Shorter words are mostly articles and prepositions."""
SAMPLE = 400
"""Characters that tell a text's script."""
REMEMBERED, NAMES, LETTERS = 64, 2_048, 1_024
"""Texts, names and letters whose answers are kept at hand: several checks ask for the same, and so do the next pages."""
LABEL = 200
"""Characters; a longer text is no name."""
SCRIPTS = (
    "LATIN",
    "CYRILLIC",
    "GREEK",
    "ARABIC",
    "HEBREW",
    "DEVANAGARI",
    "THAI",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
)
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})


def folded(text: str) -> str:
    """Lower case, without accents."""
    if text.isascii():
        return text.lower()
    bare = ACCENT.sub("", unicodedata.normalize("NFKD", text.lower()))
    # Korean syllables, which the decomposition took apart as well.
    return unicodedata.normalize("NFC", bare)


def words(text: str) -> list[str]:
    return WORD.findall(folded(text))


def telling_words(text: str) -> set[str]:
    """The beginnings of the words that carry the meaning; wide scripts as pairs of letters."""
    pairs = wide_pairs(text)
    return pairs | {word[:STEM] for word in words(text) if len(word) >= SHORTEST and not (pairs and WIDE.search(word))}


def wide_pairs(text: str) -> set[str]:
    if text.isascii():
        return set()
    runs = WIDE_RUN.findall(text)
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def likeness(one: str, other: str) -> float:
    """Share (0-1) of the shorter text's words that stand in the other: a shortened title is like the long one."""
    left, right = _parts(one), _parts(other)
    if one == other or not (left or right):
        # Equal, or without a word that could differ («_ _»): nothing speaks against it.
        return 1.0
    shorter = min(len(left), len(right))
    return len(left & right) / shorter if shorter else 0.0


@lru_cache(REMEMBERED)
def _parts(text: str) -> set[str]:
    if text.isascii():
        return {word[:STEM] for word in words(text)}
    return {word[:STEM] for word in words(text) if not WIDE.search(word)} | wide_pairs(text)


def script_of(text: str) -> str | None:
    """The script of most letters; None where no script has a clear majority."""
    return _script_of(text[:SAMPLE])


@lru_cache(REMEMBERED)
def _script_of(sample: str) -> str | None:
    if not NOT_LATIN.search(sample) and LATIN.search(sample):
        return "LATIN"
    found: Counter[str] = Counter()
    for letter, times in Counter(sample).items():
        if letter.isalpha() and (script := _script(letter)):
            found[script] += times
    total = sum(found.values())
    name, count = found.most_common(1)[0] if found else ("", 0)
    return name if total and count > total * 0.8 else None


@lru_cache(LETTERS)
def _script(letter: str) -> str | None:
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "")
    script = next((one for one in SCRIPTS if name.startswith(one)), None)
    return "EAST ASIAN" if script in EAST_ASIAN else script


def squeezed(text: str) -> str:
    """Letters and digits alone, for comparing names (``Acme Ltd.`` and ``acme-ltd``)."""
    return _squeezed(text) if len(text) <= LABEL else "".join(words(text))


@lru_cache(NAMES)
def _squeezed(text: str) -> str:
    return "".join(words(text))


def says_one_of(text: str, phrases: Iterable[str]) -> bool:
    low = text.lower()
    return any(phrase in low for phrase in phrases)
