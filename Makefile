# What people do with this project. Needs Python 3.11 with pip, nothing else.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
THREADS ?= 4
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup run serve operator test lint fix check lock screenshots messages

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make run PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the directory needs (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/installed-dev: requirements-dev.lock .venv/installed
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/installed  ## Install, and make the database, vocabulary, gazetteer and demo listings
	@$(BIN)/python manage.py quickstart

run: setup  ## Serve the directory on this machine (HOST=, PORT=)
	@echo "The directory: http://$(HOST):$(PORT)/"
	@echo "Its first operator: make operator, then http://$(HOST):$(PORT)/admin/"
	@$(BIN)/python manage.py runserver --noreload $(HOST):$(PORT)

serve: .venv/installed  ## Serve with gunicorn, in production (see .env.example)
	@DEPLOYMENT=production $(BIN)/python manage.py quickstart --no-demo
	@DEPLOYMENT=production $(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@DEPLOYMENT=production $(BIN)/gunicorn solidarity.wsgi --bind $(HOST):$(PORT) --worker-class gthread --workers $(WORKERS) --threads $(THREADS) --max-requests 20000 --max-requests-jitter 2000

operator: .venv/installed  ## Make an operator: somebody who signs in to the admin and may invite others
	@$(BIN)/python manage.py createsuperuser

test: .venv/installed-dev  ## Run every test, on SQLite and (where found) PostgreSQL and a browser
	@$(BIN)/python -m tests.run $(ARGS)

lint: .venv/installed-dev  ## Show what is wrong with the style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/**/*.html')
	@$(BIN)/lint-imports

fix: .venv/installed-dev  ## Put right what can be put right by itself
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; $(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/**/*.html')

check: lint test  ## Everything a change must pass

lock: .venv/installed-dev  ## Write the lock files again from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -o requirements-dev.lock

messages:  ## Collect the texts to translate (needs gettext)
	@$(BIN)/python manage.py makemessages --locale es --locale pt --locale fr --no-location --no-obsolete --ignore .venv --ignore static --ignore var

screenshots: .venv/installed-dev  ## Draw the pictures of the README (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots
