"""What the gate says, for machines: JSON, JUnit XML, SARIF 2.1.0 and annotations of GitHub Actions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from smocrawl.checks.base import Severity
from smocrawl.history.difference import Difference
from smocrawl.history.gate import WHOLE_SITE, Fault, Result, Verdict
from smocrawl.history.wording import declaration, one_line, title
from smocrawl.store.verdicts import to_json

MOST = 5_000
"""Results of one SARIF file: GitHub's code scanning shows no more of a run."""

LISTED = 100
"""Places named for one check in JUnit."""

ANNOTATIONS = 50
"""GitHub shows 10 annotations of a kind for a step and 50 for a job; the rest would be noise in the log."""


# -- JSON -------------------------------------------------------------------------------------------


def gate_json(verdict: Verdict) -> str:
    return to_json(
        {
            "holds": verdict.holds,
            "run": verdict.run,
            "name": verdict.name,
            "home": verdict.home,
            "score": verdict.score,
            "baseline": verdict.baseline,
            "notes": verdict.notes,
            "rules": [
                {
                    "rule": result.rule,
                    "asks": result.asks,
                    "holds": result.holds,
                    "missed": result.missed,
                    "findings": [_fault(fault) for fault in result.faults],
                }
                for result in verdict.results
            ],
        }
    )


def _fault(fault: Fault) -> Mapping[str, Any]:
    return {
        "check": fault.check,
        "url": fault.url or None,
        "outcome": fault.outcome,
        "severity": fault.severity,
        "new": fault.is_new,
        "says": fault.sentence,
        "evidence": fault.evidence,
    }


def difference_json(difference: Difference) -> str:
    parts = difference.parts
    return to_json(
        {
            "before": difference.before,
            "now": difference.now,
            "comparable": difference.comparable,
            "why_not": [str(why) for why in difference.why_not],
            "judged_anew": difference.judged_anew,
            "score": parts
            and {
                "before": parts.before,
                "before_by_todays_rules": parts.before_today,
                "now": parts.now,
                "moved": parts.moved,
                "no_change": difference.is_same,
                "parts": {step.value: points for step, points in parts.terms.items()},
            },
            "scores": difference.scores,
            "changes": difference.changes,
            "still": difference.still,
            "new_pages": difference.new_pages,
            "gone_pages": difference.gone_pages,
            "unreached_pages": difference.unreached_pages,
            "garbled_pages": difference.garbled_pages,
            "opened_pages": difference.opened_pages,
            "closed_pages": difference.closed_pages,
            "lost_feeds": difference.lost_feeds,
            "cards": difference.cards,
            "images": difference.images,
        }
    )


# -- JUnit ------------------------------------------------------------------------------------------

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold in any spelling."""


def xml_text(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)


def junit(verdict: Verdict) -> bytes:
    """A test suite for each rule; in it a test case for each check that missed it."""
    suites = [_suite(result) for result in verdict.results]
    root = ET.Element("testsuites", _totals(suites), name=xml_text(f"smocrawl {verdict.home}"))
    root.extend(suites)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _totals(suites: list[ET.Element]) -> dict[str, str]:
    return {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in ("tests", "failures", "errors")}


def _suite(result: Result) -> ET.Element:
    cases = list(_cases(result))
    failures = sum(len(case) for case in cases)
    suite = ET.Element(
        "testsuite", name=result.rule, tests=str(len(cases)), failures=str(failures), errors="0", skipped="0"
    )
    suite.extend(cases)
    return suite


def _cases(result: Result) -> Iterator[ET.Element]:
    by_check: dict[str, list[Fault]] = {}
    for fault in result.faults:
        by_check.setdefault(fault.check, []).append(fault)
    if not by_check:
        case = _case(result, result.asks)
        if not result.holds:
            ET.SubElement(case, "failure", type=result.rule, message=xml_text(result.missed))
        yield case
    for check, faults in sorted(by_check.items()):
        case = _case(result, title(check))
        failure = ET.SubElement(case, "failure", type=check, message=xml_text(faults[0].sentence))
        failure.text = xml_text("\n".join(_places(faults)))
        yield case


def _case(result: Result, name: str) -> ET.Element:
    return ET.Element("testcase", classname=f"smocrawl.{result.rule}", name=xml_text(name), time="0")


def _places(faults: list[Fault]) -> Iterator[str]:
    for fault in faults[:LISTED]:
        yield f"{fault.url or WHOLE_SITE}: {fault.sentence}"
    if len(faults) > LISTED:
        yield f"… and {len(faults) - LISTED:,} more"


# -- SARIF ------------------------------------------------------------------------------------------

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

LEVELS: Mapping[str, str] = {
    Severity.BLOCKER: "error", Severity.CRITICAL: "error", Severity.HIGH: "error", Severity.MEDIUM: "warning",
    Severity.LOW: "note", Severity.INFO: "note",
}  # fmt: skip

URI_SAFE = "/:?#@!$&'()*+,;=%-._~"
"""What may stand in a URI as it is (RFC 3986); all else is percent-encoded."""

STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

SARIF_SPECIAL = re.compile(r"([\\\[\]])")


def sarif_text(text: str) -> str:
    """Plain text of a message: brackets would make a link (3.11.6), braces a placeholder (3.11.5)."""
    return SARIF_SPECIAL.sub(r"\\\1", text).replace("{", "{{").replace("}", "}}")


def uri(address: str) -> str:
    return quote(STRAY_PERCENT.sub("%25", address), safe=URI_SAFE)


def sarif(verdict: Verdict) -> str:
    """One result for each finding that misses the gate."""
    faults = _distinct(verdict)
    checks = sorted({fault.check for fault in faults})
    index = {check: number for number, check in enumerate(checks)}
    run = {
        "tool": {
            "driver": {
                "name": "smocrawl",
                "semanticVersion": version("smocrawl"),
                "rules": [_sarif_rule(check) for check in checks],
            }
        },
        "automationDetails": {"id": f"smocrawl/{verdict.name}"},
        "columnKind": "utf16CodeUnits",
        "results": [_sarif_result(fault, index[fault.check], verdict.home) for fault in faults[:MOST]],
    }
    return to_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _distinct(verdict: Verdict) -> list[Fault]:
    """A finding that misses two rules is told once; the gravest first, for whoever cuts the list."""
    found = {(fault.check, fault.url): fault for result in verdict.results for fault in result.faults}
    order = list(Severity)
    return sorted(found.values(), key=lambda one: (order.index(Severity(one.severity)), one.check, one.url))


def _sarif_rule(check: str) -> Mapping[str, Any]:
    known = declaration(check)
    if known is None:
        return {"id": check}
    return {
        "id": check,
        "shortDescription": {"text": sarif_text(known.title)},
        "fullDescription": {"text": sarif_text(known.why)},
        "help": {"text": sarif_text(known.fix)},
        "helpUri": known.source,
        "defaultConfiguration": {"level": LEVELS[known.severity]},
    }


def _sarif_result(fault: Fault, rule: int, home: str) -> Mapping[str, Any]:
    print_of = sha256(f"{fault.check}\n{fault.url}".encode("utf-8", "replace")).hexdigest()
    result: dict[str, Any] = {
        "ruleId": fault.check,
        "ruleIndex": rule,
        "level": LEVELS[fault.severity],
        "message": {"text": sarif_text(fault.sentence)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(fault.url or home)}}}],
        "partialFingerprints": {"checkAndPage/v1": print_of},
    }
    if fault.is_new is not None:
        result["baselineState"] = "new" if fault.is_new else "unchanged"
    return result


# -- GitHub -----------------------------------------------------------------------------------------


def github(verdict: Verdict) -> Iterator[str]:
    """Workflow commands: one error for each rule that is missed, then the findings, the gravest first."""
    for result in verdict.results:
        if not result.holds:
            yield _annotation("error", f"smocrawl: {result.rule}", result.missed)
    for fault in _distinct(verdict)[:ANNOTATIONS]:
        kind = {"error": "error", "warning": "warning"}.get(LEVELS[fault.severity], "notice")
        yield _annotation(kind, fault.title, f"{fault.url or WHOLE_SITE}: {fault.sentence}")
    if verdict.holds:
        yield _annotation("notice", "smocrawl", "The gate holds.")


def _annotation(kind: str, heading: str, text: str) -> str:
    return f"::{kind} title={_property(heading)}::{_message(text)}"


def _message(text: str) -> str:
    """The runner ends a command at a line break and reads %25 back; a second line could be a command of its own."""
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
