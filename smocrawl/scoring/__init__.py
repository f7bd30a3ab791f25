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
from smocrawl.scoring.tables import ALGORITHM, RULESET

__all__ = [
    "ALGORITHM",
    "RULESET",
    "Judged",
    "Line",
    "PageScore",
    "grade",
    "judged",
    "readiness_word",
    "score_page",
    "tactic_score",
]
