# Two commands for a newcomer: «make demo» and «make test».  Needs Python 3.11 or newer and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: install demo crawl test check bench docs docs-site lock clean

install: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV), once: this takes some minutes."
	@$(PYTHON) -m venv $(VENV) || { echo "The module venv is missing (Debian: apt install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	$(BIN)/scrapy smo-demo

crawl: install
	@test -n "$(DOMAIN)" || { echo "Which site? make crawl DOMAIN=example.com"; exit 2; }
	$(BIN)/scrapy smo-crawl "$(DOMAIN)"

test: install
	$(BIN)/python -m pytest $(PYTEST)

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.generate --check
	$(BIN)/sphinx-build --quiet --fail-on-warning docs build/docs
	$(BIN)/python -m pytest $(PYTEST)

docs: install
	$(BIN)/python -m docs.generate

docs-site: docs
	$(BIN)/sphinx-build --quiet docs build/docs
	@echo "The documentation: build/docs/index.html"

bench: install
	$(BIN)/python -m benchmarks

lock:
	uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
