# What one does here, by name. CI runs .ci/run, which does all of this but `bench` and more.

PYTHON ?= python3
BIN := .venv/bin
BENCH := benchmarks/.venv/bin

.PHONY: all install test lint types format bench bench-quick clean

all: lint types test

.venv: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet -e '.[dev]'
	touch .venv

install: .venv

test: .venv
	$(BIN)/pytest

lint: .venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv
	$(BIN)/mypy

format: .venv
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The peers it is measured against stay out of the environment one works in.
benchmarks/.venv: pyproject.toml benchmarks/requirements.txt
	$(PYTHON) -m venv benchmarks/.venv
	$(BENCH)/pip install --quiet -e . -r benchmarks/requirements.txt
	touch benchmarks/.venv

bench: benchmarks/.venv
	$(BENCH)/python benchmarks/run.py

bench-quick: benchmarks/.venv
	$(BENCH)/python benchmarks/run.py --quick

clean:
	rm -rf dist .mypy_cache .ruff_cache .pytest_cache benchmarks/.venv
