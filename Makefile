# `make check` runs what every change must pass. The tools of .venv are used where there is one.
BIN := $(if $(wildcard .venv/bin/python),.venv/bin/,)

.PHONY: check lint-all format-check lint types imports test journeys format

check: lint-all test

lint-all: format-check lint types imports

format-check:
	$(BIN)ruff format --check .

lint:
	$(BIN)ruff check .

types:
	$(BIN)mypy

imports:
	PYTHONPATH=.:gui $(BIN)lint-imports

test:
	$(BIN)pytest

journeys:
	SEQGEN_JOURNEYS=must $(BIN)pytest tests/journeys

format:
	$(BIN)ruff format .
	$(BIN)ruff check --fix .
