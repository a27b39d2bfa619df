# Two commands matter: `make run` and `make test`. Both set up everything that they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test fast bench lint setup clean messages

$(BIN)/.ready: pyproject.toml
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[dev]"
	@touch $@

setup: $(BIN)/.ready

run: $(BIN)/.ready
	@$(BIN)/balai up --demo

test: $(BIN)/.ready
	@$(BIN)/python tests/browser_ready.py
	@$(BIN)/pytest -n 2 -q

lint: $(BIN)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy balai
	$(BIN)/bandit -q -r balai -c pyproject.toml
