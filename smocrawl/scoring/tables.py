"""The numbers of the score, each standing once; changing one raises ALGORITHM or RULESET."""

from __future__ import annotations

from collections.abc import Mapping

from smocrawl.checks.base import Outcome, Severity, Tactic
from smocrawl.page import Kind

ALGORITHM = 5
"""Stored with every score; raised when a formula changes."""

RULESET = "2026.11"
"""Stored with every score; raised when checks, weights or thresholds change."""

WEIGHTS: Mapping[Severity, int] = {
    Severity.BLOCKER: 10,
    Severity.CRITICAL: 10,
    Severity.HIGH: 6,
    Severity.MEDIUM: 3,
    Severity.LOW: 1,
    Severity.INFO: 0,
}
"""What a check weighs in its tactic."""

VALUES: Mapping[Outcome, float] = {Outcome.PASSED: 1.0, Outcome.WARNED: 0.5, Outcome.FAILED: 0.0}
"""What an outcome earns of that weight; outcomes not named here do not count."""

FULL_WEIGHT = 10
"""A tactic whose checks weigh less in sum counts for less, so that one small check cannot swing a page; the same holds
for the checks of the site beside the pages of a tactic."""

BLOCKER_CAP = 50
"""Ceiling of a page where a check that has no cap of its own says blocker (no title of any kind)."""

CAPPED_TACTIC = Tactic.T3
"""The one tactic that a cap holds down; the others go on showing the client's work."""

READINESS_TACTICS = frozenset({Tactic.T1, Tactic.T2, Tactic.T3, Tactic.T4, Tactic.T6})
"""The tactics whose checks say whether a platform shows a page well."""

READY, PARTIAL = 85, 60
"""Readiness from which a platform is called ready, and partly ready."""

NO_CARD, NO_PICTURE = PARTIAL - 1, READY - 1
"""Most that a platform's readiness can be where it draws no card (poor), or a card without the picture it looks for."""

COVERAGE_MIN = 0.7
"""Below this share of measured weight a score is printed as partial."""

GRADES: Mapping[str, int] = {"excellent": 90, "good": 75, "fair": 60, "weak": 40, "poor": 0}

KIND_WEIGHTS: Mapping[Kind, float] = {
    Kind.HOME: 3,
    Kind.PRODUCT: 1,
    Kind.ARTICLE: 1,
    Kind.VIDEO: 1,
    Kind.EVENT: 1,
    Kind.LANDING: 1,
    Kind.PROFILE: 0.7,
    Kind.LISTING: 0.7,
    Kind.DOCS: 0.7,
    Kind.OTHER: 0.7,
    Kind.FORUM: 0.5,
    Kind.LEGAL: 0.1,
    Kind.UTILITY: 0,
}
"""What a kind of page counts in the site score, before the logarithm of its number."""

LISTED, UNLISTED = 1.0, 0.7
"""Prominence of a page in a sitemap or feed, and of one in neither."""

DEPTHS = (1.0, 1.0, 1.0, 0.8, 0.6)
"""Prominence by clicks from the home page; deeper or unreachable pages get DEEPER."""

DEEPER = 0.4

PAGE_SHARE: Mapping[Tactic, float] = {
    Tactic.T1: 0.6,
    Tactic.T2: 0.7,
    Tactic.T3: 0.8,
    Tactic.T4: 0.8,
    Tactic.T5: 0.6,
    Tactic.T6: 0.5,
    Tactic.T7: 0.4,
    Tactic.T8: 0.7,
    Tactic.T9: 0.5,
}
"""What the pages say of a tactic; the checks of the whole site say the rest where they weigh at least FULL_WEIGHT in sum."""

BOTS_CAP, BOTS_CHECK = 30, "social-bots-robots"
"""Ceiling of a site whose robots.txt keeps the preview bots out."""

HALF_CAP, HALF = 50, 0.5
"""Ceiling of a site of which more than this share of pages is capped by one and the same blocker."""

NO_TAGS_CAP, NO_TAGS, NO_TAGS_CHECK = 50, 0.8, "og-title"
"""Ceiling of a site of which more than this share of pages has no Open Graph tag at all."""

CROSSLINK: Mapping[str, float] = {
    "reach": 0.25, "depth": 0.15, "hubs": 0.15, "ways_back": 0.1, "profiles": 0.25, "reciprocity": 0.1,
}  # fmt: skip
"""Parts of the cross-link score; those that do not apply are left out and the others share their weight."""

ORPHAN_FACTOR, BROKEN_FACTOR = 4, 2
"""How fast Reach falls with the share of orphans and of broken internal links."""

NEAR_CLICKS = 3
"""Clicks from the home page within which a page counts as near."""

HUB_LINKS = 3
"""Inlinks, and contextual outlinks, from which a content page counts as well linked."""

WAYS_BACK: Mapping[str, float] = {"home": 0.25, "section": 0.375, "related": 0.375}
"""Weights of the ways that lead on from an article: to the home page, which nearly every template links, to a list of
its section, and from its text or beside it to another article; those that the site cannot have are left out."""

DOMAIN_EDGE, HANDLE_EDGE = 2, 1
"""Weight in Reciprocity of a link between two domains, and between a domain and a profile."""

EFFORT_TEMPLATE, EFFORT_FEW, EFFORT_MANY = 1, 2, 3
"""Effort of a fix: one template, a field on few pages, a field on many."""

TEMPLATE_SHARE = 0.8
"""Share of the pages of one kind from which a fault is the template's."""

FEW_PAGES = 20
