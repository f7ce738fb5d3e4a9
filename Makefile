# Handover. Every command here builds what it needs first; `make help` lists them.
PYTHON ?= $(shell command -v python3.14 || command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
BOOTSTRAP = $(PYTHON) operations/bootstrap.py
IN_VENV = PYTHONPATH=. .venv/bin/

ifeq ($(strip $(PYTHON)),)
$(error Handover needs Python 3.11 or newer, and none was found. Install it (on Debian: apt install python3 python3-venv) and try again)
endif

.DEFAULT_GOAL := help
.PHONY: help run test check proof pictures lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: ## serve the demo on http://127.0.0.1:8000 (PORT=… for another port)
	@$(BOOTSTRAP) run
	@HANDOVER_DEMO=1 $(IN_VENV)python -m flask serve --port $${PORT:-8000}

test: ## everything: the checks' tests and the browser's, on SQLite and PostgreSQL
	@$(BOOTSTRAP) test --browser
	@$(IN_VENV)python -m pytest -m "not proof"

check: ## style, types, import contracts, content, migrations, tests without a browser
	@$(BOOTSTRAP) test
	$(IN_VENV)ruff check .
	$(IN_VENV)ruff format --check .
	$(IN_VENV)mypy
	$(IN_VENV)lint-imports
	$(IN_VENV)python -m flask content check
	$(IN_VENV)python -m operations.migrations_check
	$(IN_VENV)python -m pytest -q -m "not browser and not proof"

proof: ## the long proof: every page under axe, in light and dark, on phone and desktop
	@$(BOOTSTRAP) test --browser
	@$(IN_VENV)python -m pytest -m proof

pictures: ## make README's pictures anew from the demo
	@$(BOOTSTRAP) test --browser
	@$(IN_VENV)python -m operations.pictures

lock: ## lock the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11.0 --no-header --no-annotate --no-emit-index-url -q requirements/run.in -o requirements/run.txt
	uv pip compile --universal --generate-hashes --python-version 3.11.0 --no-header --no-annotate --no-emit-index-url -q requirements/test.in -o requirements/test.txt

clean: ## remove what was built here (the data in instance/ stays)
	rm -rf .venv .build static/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
