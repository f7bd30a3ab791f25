"""The documentation as a site: `make docs-site` reads these Markdown files, which read well without it too."""

from importlib.metadata import version as _version

from sphinx.application import Sphinx

from smocrawl.settings import SMO_CONTACT as REPOSITORY

project = "smocrawl"
copyright = "the smocrawl contributors"  # noqa: A001 - Sphinx's own name
release = version = _version("smocrawl")

extensions = ["myst_parser", "sphinx_external_toc"]
external_toc_path = "_toc.yml"
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"smocrawl {release}"
html_show_sourcelink = False
html_copy_source = False
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
# The examples of the checks hold faulty markup on purpose.
suppress_warnings = ["misc.highlighting_failure"]


def link_outwards(app: Sphinx, name: str, source: list[str]) -> None:
    """Files beside docs/ are no part of the site: their links lead to the repository."""
    up = "../" * (name.count("/") + 1)
    source[0] = source[0].replace(f"]({up}", f"]({REPOSITORY}/blob/main/")


def setup(app: Sphinx) -> None:
    app.connect("source-read", link_outwards)
