# Two commands matter: `make run` and `make test`. Both set up everything that they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check
TEXTS := $(patsubst %.po,%.mo,$(wildcard balai/locale/*/LC_MESSAGES/*.po))

# A file's tests share what took long to make, so they stay on one worker.
PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -q

.PHONY: run test fast bench lint setup clean messages

# What it takes to run; the same that a machine gets from the wheel.
$(BIN)/.runs: pyproject.toml hatch_build.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Memasang Balai …"
	@$(PIP) -e .
	@touch $@

# And what it takes to work on it.
$(BIN)/.works: $(BIN)/.runs
	@echo "Memasang alat uji …"
	@$(PIP) -e ".[dev]"
	@touch $@

%.mo: %.po | $(BIN)/.works
	@$(BIN)/pybabel -q compile -i $< -o $@

setup: $(BIN)/.works $(TEXTS)

# The demonstration on http://127.0.0.1:8000
run: $(BIN)/.runs
	@$(BIN)/balai up --demo

# Everything on SQLite, with the browser; then on PostgreSQL, with the main job in the browser.
test: setup
	@$(BIN)/python tests/browser_ready.py
	@$(PYTEST)
	@BALAI_TEST_DATABASE=postgresql $(PYTEST) -m "not browser or main"

# While working: no browser, no full-size data.
fast: setup
	@$(PYTEST) -m "not browser and not slow"

bench: setup
	@$(BIN)/python tests/browser_ready.py
	@$(BIN)/python -m bench

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy balai

# Texts of the program into balai/locale/en, and refusals into docs/problems.md.
messages: setup
	$(BIN)/python tools/messages.py
	$(BIN)/python tools/problems.py

clean:
	rm -rf build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
