"""Every check, shown at work on the pages of ``tests/checks``: example, test and documentation in one file each."""

from __future__ import annotations

from pathlib import Path

import pytest
from checks.cases import Case, case_files, read_case

from smocrawl.checks.base import Check, Outcome
from smocrawl.registry import all_checks

CHECKS = all_checks()
FILES = case_files()


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_case(path: Path) -> None:
    case = read_case(path)
    if case.kind is not None:
        assert case.page.kind is case.kind, case.page.kind_evidence
    outcome, said = CHECKS[case.check](case.page, case.context)
    if not case.wanted:
        assert outcome is Outcome.PASSED, said
        return
    assert outcome is case.wanted[0].outcome, said
    found = [one for one in said if one.outcome in (Outcome.FAILED, Outcome.WARNED)]
    if outcome is Outcome.NOT_MEASURED:
        assert [one.reason for one in said][:1] == [case.wanted[0].reason]
    elif outcome is not Outcome.NOT_APPLICABLE:
        assert len(found) == len(case.wanted), found
    for one, wanted in zip(found, case.wanted, strict=False):
        assert one.outcome is wanted.outcome
        assert {name: str(one.evidence.get(name)) for name in wanted.evidence} == wanted.evidence
        assert CHECKS[case.check].sentence(one.outcome, one.evidence).format_map(one.evidence)


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_every_check_is_shown_failing_and_passing(check: Check) -> None:
    cases: list[Case] = [read_case(path) for path in FILES if path.parent.name == check.id]
    outcomes = {case.wanted[0].outcome if case.wanted else Outcome.PASSED for case in cases}
    assert Outcome.PASSED in outcomes, "no page that passes"
    assert outcomes & {Outcome.FAILED, Outcome.WARNED}, "no page that fails"


@pytest.mark.parametrize("check", CHECKS.values(), ids=lambda check: check.id)
def test_every_check_is_named_after_its_function(check: Check) -> None:
    assert check.judge.__name__ == check.id.replace("-", "_")


def test_no_case_is_left_without_a_check() -> None:
    assert {path.parent.name for path in FILES} <= set(CHECKS)
