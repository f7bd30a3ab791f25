"""The Python of the documentation is run as it stands there: in a program, a test suite, a Django project and a plugin."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def blocks(document: str, language: str = "python") -> list[str]:
    """Code blocks of a page in their order."""
    found = re.findall(
        rf"^```{language}\n(.*?)^```", (DOCS / document).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found, f"{document} shows no {language}"
    return found


def block(document: str, mark: str, language: str = "python") -> str:
    """The one that begins with *mark*, or holds it."""
    (found,) = [one for one in blocks(document, language) if mark in one]
    return found


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip


def names_of(code: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    exec(compile(code, "docs", "exec"), found)
    return found


# -- docs/in-your-code.md --------------------------------------------------------------------------

PAGE = "in-your-code.md"


def test_one_page_judged(capsys: pytest.CaptureFixture[str]) -> None:
    names = names_of(block(PAGE, "from smocrawl import preview, review\n\nPAGE"))
    lines = capsys.readouterr().out.splitlines()
    assert float(lines[0]) == names["judged"].score.page
    assert lines[-1].endswith("The mill at the weir")
    assert any(line.startswith(("critical ", "high ")) for line in lines)
    assert names["judged"].reasons["og-image-fetchable"] == "off"


SUITE = """
import django
import pytest
from django.conf import settings

settings.configure(
    ROOT_URLCONF="urls", ALLOWED_HOSTS=["*"], SECRET_KEY="only for tests", USE_TZ=True,
)
django.setup()


@pytest.fixture
def client():
    from django.test import Client

    return Client()
"""

URLS = '''
from django.http import HttpResponse
from django.urls import path

import views

HEAD = """<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="canonical" href="https://www.mill.example{path}">{tags}</head><body><main><h1>{title}</h1><p>{words}</p></main>"""
TAGS = """<meta property="og:title" content="The mill at the weir"><meta property="og:type" content="article">
<meta property="og:url" content="https://www.mill.example/weir"><meta property="og:image" content="https://www.mill.example/weir.jpg">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta property="og:image:alt" content="The wheel of the mill"><meta name="twitter:card" content="summary_large_image">
<meta property="og:site_name" content="The mill"><meta name="description" content="{about}">
<meta property="og:description" content="{about}">"""
ABOUT = "How rye has been ground between two stones at the weir for three hundred years, and what is baked from it today."
WORDS = "It has ground rye for three hundred years, and the wheel still turns on Sundays. " * 12


def page(title, path, tags=""):
    return HttpResponse(HEAD.format(title=title, path=path, words=WORDS, tags=tags))


urlpatterns = [
    path("weir", lambda request: page("The mill at the weir", "/weir", TAGS.format(about=ABOUT))),
    path("legal", lambda request: page("Legal notice of the mill", "/legal")),
    path("articles/<slug>/sharing/", views.sharing),
]
'''

OF_THE_VIEW = """
def test_the_view_for_editors(client):
    told = client.get("/articles/rye-bread/sharing/")
    assert told.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert told.json()["cards"]["slack"]["title"] == "Rye-Bread"
    assert {"check": "og-image", "severity": "critical"} in told.json()["findings"]
    assert 0 <= told.json()["score"] <= 100
"""


def test_a_test_suite_and_a_view_of_django(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(SUITE, encoding="utf-8")
    (tmp_path / "urls.py").write_text(URLS, encoding="utf-8")
    (tmp_path / "views.py").write_text(block(PAGE, "# views.py"), encoding="utf-8")
    (tmp_path / "test_sharing.py").write_text(block(PAGE, "# test_sharing.py") + OF_THE_VIEW, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(block(PAGE, "[pytest]", "ini"), encoding="utf-8")
    done = run("-m", "pytest", "-q", "-p", "smocrawl.pytest_plugin", "-p", "no:cacheprovider", folder=tmp_path)
    assert "4 passed" in done.stdout, done.stdout + done.stderr


MODELS = """
from wagtail.fields import RichTextField
from wagtail.models import Page


class MillPage(Page):
    body = RichTextField()
    template = "mill.html"
"""

TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ page.title }}</title>
<meta property="og:title" content="{{ page.title }}"></head><body><main>{{ page.body|safe }}</main></body></html>"""

WAGTAIL = """
import json

import django
from django.conf import settings


class Unmigrated(dict):
    # Tables are made from the models at once: the history of Wagtail's own takes ten seconds.
    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


settings.configure(
    SECRET_KEY="only for tests", ALLOWED_HOSTS=["*"], USE_TZ=True, STATIC_URL="/static/", ROOT_URLCONF="wagtail.urls",
    WAGTAIL_SITE_NAME="The mill", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", MIGRATION_MODULES=Unmigrated(),
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    INSTALLED_APPS=[
        "mill", "wagtail.users", "wagtail.documents", "wagtail.images", "wagtail.admin", "wagtail", "taggit",
        "modelcluster", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    ],
)
django.setup()

from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from mill.models import MillPage
from sharing import judged_draft

call_command("migrate", run_syncdb=True, verbosity=0)
Locale.objects.create(language_code="en")
root = Page.add_root(title="Root", slug="root")
home = root.add_child(instance=MillPage(title="The mill", slug="mill", body="<p>It grinds rye.</p>"))
Site.objects.create(hostname="www.mill.example", port=443, root_page=home, is_default_site=True)
page = home.add_child(instance=MillPage(title="The weir", slug="weir", body="<p>It has always been there.</p>"))
page.title = "The weir, built anew"
page.save_revision()

published = MillPage.objects.get(slug="weir")
judged = judged_draft(published)
print(json.dumps([judged.page.url, judged.page.title, published.title, judged.score.page]))
"""


def test_a_draft_of_wagtail(tmp_path: Path) -> None:
    """The draft is judged at the page's address, and what is published stays as it is."""
    (tmp_path / "mill" / "templates").mkdir(parents=True)
    (tmp_path / "mill" / "__init__.py").touch()
    (tmp_path / "mill" / "models.py").write_text(MODELS, encoding="utf-8")
    (tmp_path / "mill" / "templates" / "mill.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "sharing.py").write_text(block(PAGE, "# sharing.py"), encoding="utf-8")
    (tmp_path / "drafts.py").write_text(WAGTAIL, encoding="utf-8")
    done = run("drafts.py", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    *stated, score = json.loads(done.stdout)
    assert stated == ["https://www.mill.example/weir/", "The weir, built anew", "The weir"]
    assert 0 < score < 100


def test_cells_of_a_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    for name in ("a", "b"):
        (tmp_path / "pages" / f"{name}.html").write_text(f"<title>{name}</title><h1>{name}</h1>", encoding="utf-8")
    rows = names_of(block(PAGE, 'Path("pages")'))["rows"]
    assert sorted(row[1] for row in rows) == ["a.html", "b.html"]
    assert all(isinstance(row[2], list) for row in rows)


# -- docs/plugins.md -------------------------------------------------------------------------------

LOOK = """
from smocrawl import registry
from smocrawl.store.database import Database

print([name for name in registry.all_checks() if "/" in name])
print([name for name in registry.all_site_checks() if "/" in name])
print("pigeon-post" in registry.all_platforms(), list(registry.report_sections()))

from types import SimpleNamespace as Row
made = registry.report_sections()["acme-budget"]
print(made(Row(pages=[Row(url="https://a.example/", score=40.0), Row(url="https://a.example/b", score=None)])).title)
print(made(Row(pages=[])))
"""


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the page, laid out as an installation lays it out."""
    folder = tmp_path_factory.mktemp("site-packages")
    package, info = folder / "acme_smo", folder / "acme_smo-1.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").touch()
    for code in blocks("plugins.md"):
        if named := re.match(r"# acme_smo/(\w+\.py)\n", code):
            with (package / named[1]).open("a", encoding="utf-8") as file:
                file.write(code)
    (package / "called-home.sql").write_text(blocks("plugins.md", "sql")[0], encoding="utf-8")
    (package / "pigeon_post.py").write_text(blocks("adding-a-platform.md")[0], encoding="utf-8")
    (folder / "test_acme.py").write_text(block("plugins.md", "from smocrawl.testing import draw"), encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-smo\nVersion: 1.0\n", encoding="utf-8")
    named = re.sub(r'\[project\.entry-points\."(.*?)"\]', r"[\1]", blocks("plugins.md", "toml")[0])
    (info / "entry_points.txt").write_text(re.sub(r'= "(.*)"', r"= \1", named), encoding="utf-8")
    return folder


def test_a_plugin_adds_what_its_entry_points_name(plugin: Path) -> None:
    done = run("-W", "error", "-c", dedent(LOOK), folder=plugin)
    assert done.stdout.splitlines() == [
        "['acme/title-shouts']", "['acme/called-home']", "True ['acme-budget']", "1 pages to rewrite", "None",
    ], done.stderr  # fmt: skip
    assert done.stderr == ""


def test_the_tests_of_a_plugin(plugin: Path) -> None:
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_acme.py", folder=plugin)
    assert "3 passed" in done.stdout, done.stdout + done.stderr


# -- docs/stability.md -----------------------------------------------------------------------------


def test_what_is_promised_is_there() -> None:
    import smocrawl
    from smocrawl import testing
    from smocrawl.checks import base

    promised = (DOCS / "stability.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in promised for name in smocrawl.__all__)
    for name in (
        "check",
        "fail",
        "warn",
        "unmeasured",
        "NOT_APPLICABLE",
        "Outcome",
        "Reason",
        "Severity",
        "Tactic",
        "Context",
    ):
        assert f"`{name}`" in promised
        assert hasattr(base, name)
    assert set(testing.__all__) >= {"judge", "judge_site", "draw", "assert_ready"}
