"""The columns of the tables beside a report, with what each holds: for the files themselves and for their documentation."""

from __future__ import annotations

from collections.abc import Mapping

PAGES = {
    "url": "address of the page",
    "kind": "kind of page, such as article or product",
    "score": "0 to 100; empty where the page was not rated",
    "score_without_cap": "what it would be without the fault that caps it",
    "cap": "id of the check that caps the score",
    "cross_link_score": "0 to 100: how the page is linked within the site",
    "links_in": "pages of the site that link here",
    "clicks": "clicks from the home page; empty where no link leads here",
    "shareable": "1 where the page is one that people share, else 0",
    "title": "title, or else the headline",
    "words": "words of the main text",
    "published": "date of publication that the page states (ISO 8601)",
    "template": "group of pages that are built alike",
}
"""After these stands one column for each platform, by its id: readiness of the page there, 0 to 100."""

FINDINGS = {
    "url": "address of the page; (site) for findings of the whole site",
    "check": "id of the check",
    "tactic": "T1 to T9",
    "severity": "blocker, critical, high, medium, low or info",
    "outcome": "failed, warned (half a credit), or suppressed (accepted by you, not counted)",
    "title": "the fault in one line",
    "finding": "what was found, with the numbers of this page",
    "what_to_do": "how it is mended",
    "owner": "who mends it: editor, developer or administrator",
    "grade": "grade of the evidence, A to D",
    "source": "address of the evidence",
    "accepted_because": "of suppressed findings: the reason that your audience file gives",
}

FIXES = {
    "rank": "1 = most gain for the least effort",
    "check": "id of the check",
    "title": "the fault in one line",
    "kind": "kind of page; empty = the whole site",
    "template": "group of pages that are built alike and are mended in one place",
    "pages": "pages that it concerns",
    "gain": "points of the site's score",
    "effort": "small, medium or large",
    "owner": "who mends it",
    "what_to_do": "how it is mended",
    "done_when": "how to see that it is done",
    "examples": "addresses of some of the pages",
}

PLATFORMS = {
    "platform": "name of the platform",
    "kind": "kind of page",
    "pages": "shareable pages of this kind",
    "score": "their mean readiness, 0 to 100",
    "ready": "pages that arrive complete",
    "partial": "pages that lack something",
    "poor": "pages that lack most",
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "pages": PAGES, "findings": FINDINGS, "fixes": FIXES, "platforms": PLATFORMS,
}  # fmt: skip
"""By the name of the file and of the workbook's sheet (platforms: the workbook alone)."""
