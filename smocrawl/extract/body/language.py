"""A cheap guess at the language of a long text: its script, or its commonest small words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

FEWEST_CHARACTERS = 200
SCRIPT_SHARE = 0.3
"""Share of letters of one script from which that script decides."""
HITS = 0.06
"""Share of words that are small words of the language; running text has 20 to 40 %."""
LEAD = 1.25
"""How far the best language must be ahead of the next."""
SAMPLE = 6_000

SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile("[\uac00-\ud7a3]"), SCRIPT_SHARE),
    ("zh", re.compile("[\u4e00-\u9fff]"), SCRIPT_SHARE),
    ("el", re.compile("[\u0370-\u03ff]"), SCRIPT_SHARE),
    ("he", re.compile("[\u0590-\u05ff]"), SCRIPT_SHARE),
    ("th", re.compile("[\u0e00-\u0e7f]"), SCRIPT_SHARE),
    ("hi", re.compile("[\u0900-\u097f]"), SCRIPT_SHARE),
    ("ka", re.compile("[\u10a0-\u10ff]"), SCRIPT_SHARE),
    ("hy", re.compile("[\u0530-\u058f]"), SCRIPT_SHARE),
)
OTHER_SCRIPT = re.compile(f"[{''.join(pattern.pattern[1:-1] for _, pattern, _ in SCRIPTS)}]")
"""A character of any of them: the quotation marks of Latin texts are none."""
SMALL_WORDS = {
    "en": "the of and to in is that it for was on are with as this be by from have not or but you which they we",
    "de": "der die und das ist nicht den von mit dem des ein eine auf für im sich auch es an werden sind als wir oder",
    "fr": "le la les de des et est une un dans pour que qui pas sur au du avec ce sont par plus nous vous ne",
    "es": "el la los las de que y en un una es por con para no se del su al lo como más este pero sus",
    "it": "il la che di e è un una per non con del della sono dei le gli nel alla da anche si come più",
    "pt": "o a os as que de e do da em um uma para com não por no na se mais dos como ao foi",
    "nl": "de het een en van ik te dat die in is niet zijn op met voor er maar ook aan als bij wordt naar om",
    "sv": "och att det som en på är av för med den till inte har de ett om vi kan från var men ska",
    "da": "og at det som en på er af for med den til ikke har de et om vi kan fra var men der jeg",
    "no": "og at det som en på er av for med den til ikke har de et om vi kan fra var men jeg seg",
    "fi": "ja on ei että se oli hän joka mutta kun niin ovat myös tai kuin ole mukaan sekä",
    "pl": "i w na z do się nie jest to że o jak za po ale od przez dla są czy co oraz",
    "cs": "a v na se je že do to s z o k ve pro jako za po by ale také byl která který",
    "sk": "a v na sa je že do to s z o k vo pre ako za po by ale aj bol ktorá ktorý ktoré",
    "sl": "in je v na se da so za ki pri tudi ne z iz kot od bi po lahko ali smo",
    "hu": "a az és hogy nem is egy ez meg volt de csak már van még mint ha el lehet",
    "ro": "și de în la cu a nu pe din care este o un mai pentru că sau sunt fi ce",
    "tr": "ve bir bu da de için ile çok daha olarak olan ne gibi en ama değil var kadar",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke adalah ada karena",
    "ru": "и в не на что с как это по но из у за от для к так все он она было",
    "uk": "і в не на що з як це та до але за від для у про є він було також",
    "bg": "и в на не да се от за е са с по че това като но ще или",
    "ar": "في من على إلى أن هذا التي الذي عن مع لا ما هو كان هذه",
    "fa": "و در به از که این را با است برای آن یک خود تا",
}
WORDS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}
OWNERS = {
    word: tuple(language for language, small in WORDS.items() if word in small)
    for word in frozenset().union(*WORDS.values())
}
"""The languages to which a small word belongs."""
LETTERS = re.compile(r"[^\W\d_]+")
WESTERN = "cp1252"
"""Holds the letters and quotation marks of most texts in Latin script, each in one byte: they are read in a third of
the time."""
WESTERN_LETTERS = bytes(
    byte if LETTERS.fullmatch(bytes([byte]).decode(WESTERN, "ignore")) else ord(" ") for byte in range(256)
)
"""A blank for every byte that is no letter."""
WESTERN_OWNERS = {
    word.encode(WESTERN): owners
    for word, owners in OWNERS.items()
    if word.encode(WESTERN, "ignore").decode(WESTERN) == word
}
Word = TypeVar("Word", str, bytes)


def guess(text: str) -> str | None:
    """ISO 639-1 code, or None where the text is short or nothing stands out."""
    sample = text[:SAMPLE].lower()
    if len(sample) < FEWEST_CHARACTERS and not (len(sample) >= FEWEST_CHARACTERS / 4 and not sample.isascii()):
        return None
    try:
        western = sample.encode(WESTERN)
    except UnicodeEncodeError:
        return _by_script(sample) or (
            _by_words(LETTERS.findall(sample), OWNERS) if len(sample) >= FEWEST_CHARACTERS else None
        )
    if len(sample) < FEWEST_CHARACTERS:
        return None
    return _by_words(western.translate(WESTERN_LETTERS).split(), WESTERN_OWNERS)


def _by_script(sample: str) -> str | None:
    if not OTHER_SCRIPT.search(sample):
        return None
    letters = sum(map(len, LETTERS.findall(sample))) or 1
    return next(
        (language for language, pattern, share in SCRIPTS if len(pattern.findall(sample)) >= letters * share), None
    )


def _by_words(words: Sequence[Word], owners: Mapping[Word, Sequence[str]]) -> str | None:
    hits = dict.fromkeys(WORDS, 0)
    for word, times in Counter(filter(owners.__contains__, words)).items():
        for language in owners[word]:
            hits[language] += times
    (best, language), (second, _) = sorted(((hit, language) for language, hit in hits.items()), reverse=True)[:2]
    return language if best >= len(words) * HITS and best >= second * LEAD else None
