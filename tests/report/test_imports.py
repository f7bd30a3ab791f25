"""What the package of the report imports, and when."""

import subprocess
import sys

import pytest

import smocrawl.report


def said(code: str) -> str:
    """What a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


def test_a_worker_makes_details_without_templates() -> None:
    told = "import sys, smocrawl.report.sections.detail; print(*sorted({'jinja2', 'smocrawl.report.render'} & {*sys.modules}))"
    assert not said(told)


@pytest.mark.parametrize("first", ["smocrawl.report.render", "smocrawl.report.rows", "smocrawl.report"])
def test_render_is_the_function_whatever_was_imported_first(first: str) -> None:
    told = f"import {first}; from smocrawl.report import render; import smocrawl.report as r; print(render.__name__, r.render is render)"
    assert said(told) == "render True"


def test_every_public_name_is_there() -> None:
    for name in smocrawl.report.__all__:
        assert callable(getattr(smocrawl.report, name))
    assert set(smocrawl.report.__all__) <= {*dir(smocrawl.report)}
    with pytest.raises(AttributeError, match="no attribute 'sections_of'"):
        _ = smocrawl.report.sections_of
