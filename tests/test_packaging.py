"""What is built and handed to others works without this folder: a wheel, and a source distribution that builds the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "smocrawl"
PAGE = '<!doctype html><html lang="en"><title>A mill</title><meta property="og:title" content="A mill"><h1>A mill</h1></html>'


def build(source: Path, target: Path, *kinds: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(target), *kinds],
        cwd=source, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_the_package_whole_and_nothing_else(wheel: Path) -> None:
    wanted = {
        file.relative_to(ROOT).as_posix()
        for file in PACKAGE.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc"
    }
    assert contents(wheel) == wanted
    assert {Path(name).suffix for name in wanted} >= {".py", ".sql", ".toml", ".html", ".css", ".js", ".mo", ".typed"}


def test_the_source_builds_the_same_wheel_and_holds_the_tests(built: Path, wheel: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        # Our own archive; Python before 3.11.4 knows no filters.
        packed.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (source,) = tmp_path.iterdir()
    assert (source / "tests" / "conftest.py").is_file()
    assert (source / "LICENSE").is_file()
    assert not (source / "reports").exists()
    build(source, tmp_path, "-t", "wheel")
    (again,) = tmp_path.glob("*.whl")
    assert contents(again) == contents(wheel)


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment into which the wheel is installed; what it needs lies there already."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index",
            "--disable-pip-version-check", str(wheel),
        ],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (packages,) = folder.glob("lib/python*/site-packages")
    # Behind its own packages; the .pth file of an editable smocrawl is not read from there.
    (packages / "needed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return folder


def run(elsewhere: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SMO_"))}
    return subprocess.run(
        [elsewhere / "bin" / words[0], *words[1:]], cwd=folder, env={**own, "PYTHONPYCACHEPREFIX": str(elsewhere / "cache")},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_installed_package_is_the_one_that_runs(elsewhere: Path, tmp_path: Path) -> None:
    done = run(elsewhere, "python", "-c", "import smocrawl; print(smocrawl.__file__)", folder=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(elsewhere), done.stderr


@pytest.mark.parametrize("command", [("smocrawl", "check"), ("python", "-m", "scrapy", "smo-check")])
def test_its_commands_judge_a_page(elsewhere: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = run(elsewhere, *command, "page.html", "--as", "https://www.mill.example/", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["url"] == "https://www.mill.example/"


def test_every_entry_point_can_be_loaded(elsewhere: Path, tmp_path: Path) -> None:
    look = (
        "from importlib.metadata import distribution\n"
        "for entry in distribution('smocrawl').entry_points: entry.load(); print(entry.group)"
    )
    done = run(elsewhere, "python", "-W", "error", "-c", look, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == {"console_scripts", "scrapy.commands", "pytest11"}


def test_commands_cost_other_projects_nothing(elsewhere: Path, tmp_path: Path) -> None:
    look = (
        "import sys; from importlib.metadata import entry_points\n"
        "import scrapy.commands; before = set(sys.modules)\n"
        "for entry in entry_points(group='scrapy.commands'): entry.load()()\n"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('smocrawl')), sep=' ')\n"
        "print(*sorted(name for name in set(sys.modules) - before if name.startswith('smocrawl')), sep=' ')"
    )
    done = run(elsewhere, "python", "-W", "error", "-c", look, folder=tmp_path)
    others, ours = done.stdout.split("\n")[:2]
    assert others.split() == [], done.stderr
    assert set(ours.split()) == {"smocrawl", "smocrawl.commands", "smocrawl.commands.later"}
