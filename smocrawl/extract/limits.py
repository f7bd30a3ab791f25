"""How much of a page is read; what lies beyond is cut and leaves a :class:`~smocrawl.page.Trouble`."""

from __future__ import annotations

METAS = 500
VALUE = 2_048
"""Characters of one attribute value or structured-data string."""
URL = 2_083
"""Longest URL that the common browsers and preview bots accept."""
RELATIONS = 1_000
LINKS = 5_000
IMAGES = 2_000
HEADINGS = 1_000
DATES = 200
PARTS = 200
"""Runs of text that make up one heading."""
LABEL = 200
"""Characters of a link's text or label."""
MAIN_TEXT = 12_000
"""Characters of the main text that are kept; the digests cover all of it."""
SCANNED = 150 * 1_024
"""Characters that are searched by regular expressions (WordPress reads 150 KB)."""
ELEMENTS = 200_000
"""Elements of one page that are walked."""

JSON_LD = 1_000_000
"""Characters of one JSON-LD script."""
JSON_LD_BLOCKS = 100
ENTITIES = 1_000
ENTITY_DEPTH = 50
RDFA_DEPTH = 8
"""Levels to which things that RDFa states are nested in each other."""
MICROFORMAT_DEPTH = 20
"""Levels of roots inside roots."""
PROPERTIES = 200
"""Properties of one entity, and values of one property."""

MICRODATA_STEPS = 200_000
"""Elements that are walked to read the properties of one page; nested ones are walked several times."""
TRIPLES = 10_000
"""Statements of RDFa."""
PREFIXES = 500
"""Prefixes of RDFa that are in force at once; those that come later declare nothing."""
MICROFORMAT_ELEMENTS = 20_000

HEADERS = {
    "content-type": 1_024,
    "x-robots-tag": 2_048,
    "link": 4_096,
    "content-language": 256,
    "content-encoding": 256,
    "content-length": 20,
    "content-disposition": 256,
    "x-frame-options": 256,
    "content-security-policy": 2_048,
    "last-modified": 128,
    "etag": 256,
    "x-pingback": 2_083,
    "rating": 256,
}
"""Response headers that are kept, each with its longest value."""
