# What one does here, by name. CI runs .ci/run, which does all of this but `bench` and more.

PYTHON ?= python3
BIN := .venv/bin
BENCH := benchmarks/.venv/bin

.PHONY: all install test lint types format fixtures bench bench-quick clean

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

# What each fixture is expected to give, written anew from its recordings: look at what changed before you keep it.
fixtures: .venv
	for name in regional-data:en harbour-board:ja city-assembly:en injection:en; do \
	  cd fixtures/$${name%:*} && to=$${name#*:} && again="--engine replay --recordings recordings -q" && \
	  ../../$(BIN)/minutes-llm digest minutes.txt $$again -f json -o digest.json && \
	  ../../$(BIN)/minutes-llm render digest.json -o digest.md && \
	  ../../$(BIN)/minutes-llm translate digest.json --to $$to --source minutes.txt $$again -f json -o digest.$$to.json && \
	  ../../$(BIN)/minutes-llm render digest.$$to.json -o digest.$$to.md && cd ../.. || exit 1; \
	done

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
