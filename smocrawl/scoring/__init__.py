"""Scores: weight tables and small folds over plain values, each explaining itself."""

from smocrawl.scoring.pages import (
    Judged,
    Line,
    PageScore,
    grade,
    judged,
    readiness_word,
    score_page,
    tactic_score,
)
from smocrawl.scoring.sites import Census, Fold, SiteScore, Term, mix, page_share, prominence, score_site
from smocrawl.scoring.tables import ALGORITHM, RULESET

__all__ = [
    "ALGORITHM",
    "RULESET",
    "Census",
    "Fold",
    "Judged",
    "Line",
    "PageScore",
    "SiteScore",
    "Term",
    "grade",
    "judged",
    "mix",
    "page_share",
    "prominence",
    "readiness_word",
    "score_page",
    "score_site",
    "tactic_score",
]
