# Rumbo. Needs git, make and any Python 3 with pip; tools/setup.py finds or asks for the rest.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo check lint test test-sqlite test-postgresql test-browser mutation bench bench-engine messages requirements setup clean

# The first Python 3 that really starts: a shim on the PATH may point to nothing.
PYTHON ?= $(shell for p in python3 python python3.13 python3.12; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 6))' >/dev/null 2>&1; then echo $$p; break; fi; done)
SETUP = $(if $(PYTHON),$(PYTHON) tools/setup.py,$(error Rumbo necesita Python 3: instálelo (Debian: apt-get install python3 python3-pip) y repita / Rumbo needs Python 3))
BIN := .venv/bin
PYTEST = $(BIN)/python -m pytest
# Two processes: the machine we measure on has two cores.
WORKERS ?= 2
SERVE ?= 1
PORT ?=
# Loaded by its own process, or about doors and files: the database changes nothing of them, once is enough.
OWN_DATABASE := --ignore=tests/whole/test_the_demonstration.py --ignore=tests/whole/test_every_address.py \
	--ignore=tests/whole/test_hostile_workbooks.py

help: ## this list
	@echo "make demo            carga los datos de demostración y sirve la página (SERVE=0: sólo los archivos; PORT=8000)"
	@echo "make test            todas las pruebas: SQLite, PostgreSQL y navegador (instala Chromium y PostgreSQL si es root)"
	@echo "make check           estilo, tipos, arquitectura y pruebas rápidas"
	@echo "make mutation        descompone el motor para ver si las pruebas lo notan (media hora; ARGS=--full: todo, varias)"
	@echo "make bench           mediciones de rendimiento (benchmarks/)"
	@echo "make bench-engine    mide la evaluación de una nación (FULL=1: también 10 y 27 millones de meses)"
	@echo "make messages        recoge y compila los textos traducibles"
	@echo "make requirements    rehace docs/requirements-coverage.md"
	@echo "make clean           borra lo que se puede volver a hacer (nunca var/)"

setup:
	@$(SETUP) dev

demo:
	@$(SETUP) demo
	@$(BIN)/rumbo demo $(if $(filter 0,$(SERVE)),--no-serve) $(if $(PORT),--port $(PORT))

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint
	$(PYTEST) -q -n $(WORKERS) --dist loadgroup -m "not slow and not browser and not postgresql"

test:
	@$(SETUP) test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test-sqlite
	@$(MAKE) --no-print-directory test-postgresql
	@$(MAKE) --no-print-directory test-browser

test-sqlite:
	@echo "== pruebas · SQLite"
	$(PYTEST) -q -n $(WORKERS) --dist loadgroup -m "not browser and not postgresql"

test-postgresql:
	@echo "== pruebas · PostgreSQL"
	$(PYTEST) -q -n $(WORKERS) --dist loadgroup --postgresql -m "not browser" $(OWN_DATABASE)

# A browser in each process: while one waits for its page, the other works.
test-browser:
	@echo "== pruebas · navegador y accesibilidad"
	$(PYTEST) -q -n $(WORKERS) --dist loadgroup -m browser tests/functional

mutation: setup
	$(BIN)/python tools/mutation.py $(ARGS)

bench: setup
	$(BIN)/python -m benchmarks institution

bench-engine: setup
	$(BIN)/python -m benchmarks engine $(if $(FULL),--full)

messages: setup
	$(BIN)/python tools/messages.py update
	$(BIN)/python tools/messages.py compile

requirements: setup
	$(BIN)/python tools/requirements_table.py

clean:
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .mutation dist demo test-artifacts
