# Handover. Every command here builds what it needs first; `make help` lists them.
# The first Python that is new enough and truly runs; an older one is kept, so that it can say in a sentence what is missing.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
BOOTSTRAP = command -v $(PYTHON) >/dev/null || { \
	echo "Handover: Python 3.11 or newer is needed and none was found; on Debian: apt install python3 python3-venv"; exit 1; }; \
	$(PYTHON) operations/bootstrap.py
ROOMS = core accounts catalogue progress quizzes simulations courses mentoring operations
IN_VENV = PYTHONPATH=. .venv/bin/

.DEFAULT_GOAL := help
.PHONY: help run test check proof bench pictures lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: ## serve the demo on http://127.0.0.1:8000 (PORT=… for another port)
	@$(BOOTSTRAP) run
	@HANDOVER_DEMO=1 $(IN_VENV)python -m flask serve --port $${PORT:-8000}

test: ## everything: the small tests side by side, then what needs a browser or many processes and waits a lot
	@$(BOOTSTRAP) test --browser
	@$(IN_VENV)python -m pytest -q -n auto -m "not browser and not alone and not proof"
	@$(IN_VENV)python -m pytest -q -n 3 --dist worksteal -m "(browser or alone) and not proof"

check: ## style, types, known weaknesses, import contracts, content, migrations, tests that run side by side
	@$(BOOTSTRAP) test
	$(IN_VENV)ruff check .
	$(IN_VENV)ruff format --check .
	$(IN_VENV)bandit -q -ll -r app.py $(ROOMS)
	@$(IN_VENV)python -m operations.advisories
	$(IN_VENV)mypy
	$(IN_VENV)lint-imports
	$(IN_VENV)python -m flask content check
	$(IN_VENV)python -m flask content quality >/dev/null
	@rm -rf .build/scratch
	INSTANCE_DIR=.build/scratch $(IN_VENV)python -m flask db upgrade
	INSTANCE_DIR=.build/scratch $(IN_VENV)python -m flask db check
	$(IN_VENV)python -m pytest -q -n auto -m "not browser and not alone and not proof"

proof: ## the long proof: fifty kills, hostile text in a browser, the operator's walk, every page under axe
	@$(BOOTSTRAP) test --browser
	@$(IN_VENV)python -m pytest -m proof

bench: ## measure: one table, every figure beside its reference and its ceiling
	@$(BOOTSTRAP) test
	@$(IN_VENV)python -m bench

pictures: ## make README's pictures anew from the demo
	@$(BOOTSTRAP) test --browser
	@$(IN_VENV)python -m operations.pictures

lock: ## lock the dependencies anew (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11.0 --no-header --no-annotate --no-emit-index-url -q requirements/run.in -o requirements/run.txt
	uv pip compile --universal --generate-hashes --python-version 3.11.0 --no-header --no-annotate --no-emit-index-url -q requirements/test.in -o requirements/test.txt

clean: ## remove what was built here (the data in instance/ stays)
	rm -rf .venv .build static/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
