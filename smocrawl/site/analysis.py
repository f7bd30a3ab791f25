"""Analyses one crawled site: graph, checks of the whole site, scores and fixes, all derived from the store."""

from __future__ import annotations

from datetime import datetime

from smocrawl import audience as audiences
from smocrawl.checks.base import Audience
from smocrawl.registry import all_checks, all_platforms, all_site_checks
from smocrawl.scoring import judged
from smocrawl.site.crosslinks import crosslinks
from smocrawl.site.desk import Desk, laid_out, write
from smocrawl.site.fixes import Standing, fixes
from smocrawl.site.graph import measure
from smocrawl.site.judging import judge_site
from smocrawl.site.rollup import roll_up
from smocrawl.site.scores import readiness, scores
from smocrawl.store.database import Database
from smocrawl.store.verdicts import save_agreement, save_bot_reach, save_fixes, save_site_scores, save_site_verdicts

KEY_BOTS = 3
"""Key bots kept off the home page from which the whole site counts as shut."""


def analyse(
    database: Database,
    run_id: int,
    audience: Audience,
    now: datetime,
    *,
    begun: bool = False,
    same_as: int | None = None,
) -> None:
    """Writes site outcomes, scores and fixes of *run_id* from its pages and their reviews; may be repeated.

    *begun*, *same_as*: see :func:`smocrawl.site.desk.laid_out`.
    """
    if not database.scalar("SELECT count(*) FROM measure WHERE run = ?", run_id):
        measure(database, run_id)
    site_checks = all_site_checks()
    with laid_out(database, run_id, audience, now, begun=begun, same_as=same_as) as desk:
        rollup = roll_up(desk, all_checks())
        write(database, readiness(desk, rollup, all_platforms()))
        verdicts = list(judge_site(desk, site_checks.values()))
        standing = Standing(
            rollup=rollup,
            site_results={one.check: judged(site_checks[one.check], one.outcome, one.severity) for one in verdicts},
            weights=audience.weights or audiences.load().weights,
            bots_shut_out=_bots_shut_out(desk),
        )
        save_site_verdicts(database, run_id, verdicts)
        save_bot_reach(database, run_id)
        save_agreement(database, run_id)
        save_site_scores(database, run_id, [*scores(desk, standing), *crosslinks(desk)])
        save_fixes(database, run_id, fixes(desk, standing, verdicts, site_checks))


def _bots_shut_out(desk: Desk) -> bool:
    shut = desk.database.scalar(
        "SELECT count(DISTINCT bot) FROM bot_access WHERE is_key AND on_home AND what = 'page' AND NOT allowed"
    )
    everybody = desk.database.scalar(
        "SELECT count(*) > 0 AND min(NOT allowed) FROM bot_access WHERE on_home AND what = 'page'"
    )
    return shut >= KEY_BOTS or bool(everybody)
