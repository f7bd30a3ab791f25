"""Language tags: which are well formed, and which name the same language."""

from __future__ import annotations

import re

TAG = re.compile(
    r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|\d{3}))?(?:[-_][A-Za-z0-9]{5,8})*(?:-[xu]-[\w-]+)?"
)
CODES = frozenset(
    ["aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi", "bm", "bn", "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en", "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he", "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "in", "io", "is", "it", "iu", "iw", "ja", "ji", "jv", "jw", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky", "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mo", "mr", "ms", "mt", "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi", "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si", "sk", "sl", "sm", "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr", "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu"]
)
"""ISO 639-1, with the codes that browsers still accept for renamed languages."""
FAMILIES = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "tl": "fil", "mo": "ro",
    "sh": "sr", "hr": "sr", "bs": "sr", "cmn": "zh", "yue": "zh", "ms": "id",
}  # fmt: skip
"""Codes that name the same language, or ones so near that a reader of either reads both."""


def primary(tag: str) -> str:
    """The language of a tag, lower case: ``de`` of ``de_AT``."""
    return re.split(r"[-_.]", tag.strip(), maxsplit=1)[0].lower()


def family(code: str) -> str:
    return FAMILIES.get(code, code)


def is_well_formed(tag: str) -> bool:
    """A language tag as html lang or og:locale writes it; ``gr_EL`` and ``Deutsch`` are none."""
    code = primary(tag)
    return bool(TAG.fullmatch(tag.strip())) and (len(code) == 3 or code in CODES)
