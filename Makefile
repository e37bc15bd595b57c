# make run    serve the site with its demo content      make test   lint, types and all tests
# make lint   style, types, checks, catalogues          make lock   renew the requirements
# make test FAST=1   for who is at work: SQLite, the rooms that were changed, three minutes
# make release       all that make test takes a sample of, and make fresh
# make fresh         make run and .ci/run on a bare Debian
# make bench  how fast documents are beside stock Wagtail, and files for translators, as ratios

SHELL := /bin/sh
.DEFAULT_GOAL := run
.PHONY: run test release fresh bench lint setup setup-development setup-foreign compile lock

HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= var
export HOST PORT DATA_DIR

# The first Python that is new enough, or nothing.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$python && break; done)

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
PACKAGES := site home strategy tests

# A stamp carries the checksum of what it was made from: a change of that makes another stamp.
checksum = $(shell cat $(1) 2>/dev/null | cksum | tr -s ' ' '-')
RUNTIME := .venv/.runtime-$(call checksum,requirements.txt pyproject.toml)
DEVELOPMENT := .venv/.development-$(call checksum,requirements-development.txt pyproject.toml)
CATALOGUES := .venv/.catalogues-$(call checksum,locale/*/LC_MESSAGES/django.po site/cms/languages/locale/*/LC_MESSAGES/*.po)

run: export DJANGO_SETTINGS_MODULE := cms.settings.development
run: setup compile
	@$(BIN)/python -c 'import socket; socket.create_server(("$(HOST)", $(PORT))).close()' 2>/dev/null || { \
		echo "Cannot listen on $(HOST):$(PORT); something else may. Try: make run PORT=8001" >&2; \
		exit 1; }
	@$(MANAGE) prepare_demo
	@echo
	@echo "  Site     http://$(HOST):$(PORT)/"
	@echo "  Admin    http://$(HOST):$(PORT)/admin/"
	@echo "  API      http://$(HOST):$(PORT)/api/v3/docs/"
	@echo
	@nice -n 19 $(MANAGE) keep_publishing & publisher=$$!; \
	nice -n 19 $(MANAGE) db_worker --backend background --verbosity 0 & worker=$$!; \
	trap 'kill $$publisher $$worker 2>/dev/null' EXIT; trap 'exit 0' INT TERM; \
	$(BIN)/granian --interface wsgi --host "$(HOST)" --port "$(PORT)" \
		--workers 2 --respawn-failed-workers --blocking-threads 4 \
		--log-level warning cms.wsgi:application

test: setup-development compile $(if $(FAST),,setup-foreign)
	@$(BIN)/python -m tests.run $(if $(FAST),--fast) $(ARGUMENTS)

release: setup-development compile setup-foreign
	@$(BIN)/python -m tests.run --release

# As root, on a machine with Debian's mmdebstrap, which it installs where it is missing.
fresh: setup-development
	@ARGUMENTS="$(ARGUMENTS)" $(BIN)/python -m tests.harness.fresh

bench: setup-development compile
	@$(BIN)/python -m tests.benchmark
	@$(BIN)/python -m tests.benchmark_translations
	@$(BIN)/python -m tests.benchmark_delivery
	@$(BIN)/python -m tests.benchmark_editing
	@$(BIN)/python -m tests.benchmark_export
	@$(BIN)/python -m tests.benchmark_bundle

# Linting asks the settings, which make a secret and look for a database: not in the site's data.
lint: export DATA_DIR := .venv/lint
lint: export DATABASE_URL :=
lint: export DJANGO_SETTINGS_MODULE := cms.settings.development
lint: setup-development compile
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(PACKAGES)
	$(BIN)/python -m tests.harness.project_checks

setup: $(RUNTIME)
setup-development: $(DEVELOPMENT)

# Generators, linters and compilers of others, each once for its lock file.
setup-foreign: setup-development
	@$(BIN)/python -m tests.harness.node_packages
	@$(BIN)/python -m tests.foreign_clients.environment

compile:
	@test -e $(CATALOGUES) && test -e locale/sv/LC_MESSAGES/django.mo || { \
		$(MANAGE) catalogues compile >/dev/null && rm -f .venv/.catalogues-* && touch $(CATALOGUES); }

# The development requirements hold the others, so installing them makes both stamps.
$(RUNTIME):
	@$(call install,requirements.txt)
	@rm -f .venv/.runtime-* && touch $@

$(DEVELOPMENT):
	@$(call install,requirements-development.txt)
	@rm -f .venv/.runtime-* .venv/.development-* && touch $@ $(RUNTIME)

define install
	if [ -z "$(PYTHON)" ]; then \
		echo "This needs Python 3.11 or newer, and none was found." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; fi; \
	echo "Installing $(1) into .venv ..."; \
	$(PYTHON) -m venv .venv || { \
		echo "Python's venv is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement $(1) && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps \
		--no-build-isolation --editable .
endef

UV_COMPILE = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" --group build pyproject.toml

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv" >&2; exit 1; }
	$(UV_COMPILE) --output-file requirements.txt
	$(UV_COMPILE) --extra development --constraint requirements.txt \
		--output-file requirements-development.txt
