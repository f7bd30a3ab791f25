"""The workflow of docs/ci.md, its steps run as they are written on a small built site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

PAGE = Path(__file__).parents[1] / "docs" / "ci.md"
WORDS = "How oats are rolled at the mill, and what becomes of the flour in the weeks after the harvest. " * 8


def steps() -> dict[str, str]:
    """Name -> command of the first workflow of the page, in their order."""
    block = re.search(r"```yaml\n(name: .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    found = {}
    for step in re.split(r"^      - ", block[1], flags=re.MULTILINE)[1:]:
        name = re.match(r"name: (.+)", step)
        command = re.search(r"^\s*run: (.+?)(?:\s{3,}#.*)?$", step, re.MULTILINE)
        if name and command:
            found[name[1]] = command[1]
    return found


def document(title: str, picture: str, *, path: str) -> str:
    address = f"https://www.example.com{path}"
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="{title}: the mill, the oats, and those who bake.">
<link rel="canonical" href="{address}"><link rel="icon" href="/icon.png"><link rel="apple-touch-icon" href="/icon.png">
<meta property="og:title" content="{title}"><meta property="og:description" content="{title}: the mill, the oats, and those who bake.">
<meta property="og:url" content="{address}"><meta property="og:type" content="website"><meta property="og:site_name" content="Mill">
<meta property="og:image" content="https://www.example.com/{picture}"><meta property="og:image:alt" content="Sacks of oats">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta name="twitter:card" content="summary_large_image"></head>
<body><nav><a href="/">Home</a> <a href="/oats/">Oats</a></nav><main><h1>{title}</h1><p>{WORDS}</p></main></body></html>"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository whose build copies src/ to public/."""
    source = tmp_path / "src"
    (source / "oats").mkdir(parents=True)
    (source / "index.html").write_text(document("Oats from the old mill", "share.png", path="/"), encoding="utf-8")
    oats = document("Rolled oats, slowly dried", "share.png", path="/oats/")
    (source / "oats" / "index.html").write_text(oats, encoding="utf-8")
    Image.effect_noise((1200, 630), 40).convert("RGB").save(source / "share.png")
    Image.new("RGB", (180, 180), "#884400").save(source / "icon.png")
    (tmp_path / "Makefile").write_text("site:\n\trm -rf public\n\tcp -R src public\n", encoding="utf-8")
    return tmp_path


def job(project: Path) -> tuple[int, str]:
    """Every step as GitHub runs it; exit code and output of the one that fails, or of the last."""
    summary = project / "summary.md"
    summary.unlink(missing_ok=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SMO_")}
    environment = {
        **clean,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(summary),
        "SMO_WORKERS": "0",
    }
    done = None
    for command in steps().values():
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", command], cwd=project, env=environment, capture_output=True, text=True,
            check=False, timeout=240,
        )  # fmt: skip
        if done.returncode:
            break
    assert done is not None
    return done.returncode, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("make") is None or shutil.which("bash") is None, reason="needs make and bash")
def test_a_broken_share_picture_fails_the_job_and_its_repair_passes(project: Path) -> None:
    assert list(steps()) == ["Build the site", "Audit the folder", "What changed", "Gate"]
    code, said = job(project)
    assert code == 0, said

    oats = project / "src" / "oats" / "index.html"
    good = oats.read_text(encoding="utf-8")
    oats.write_text(good.replace("/share.png", "/shared.png"), encoding="utf-8")
    code, said = job(project)
    assert code == 1, said
    assert "og-image-fetchable" in said
    assert "::error" in said
    assert "https://www.example.com/oats/" in said
    assert "og-image-fetchable" in (project / "summary.md").read_text(encoding="utf-8")

    oats.write_text(good, encoding="utf-8")
    code, said = job(project)
    assert code == 0, said
