# The commands around the ledger. `make` alone lists them; each says what it does.
# `.venv` is made and filled when first needed, and again only when what is pinned has changed.

PY = .venv/bin/python
MANAGE = $(PY) manage.py
TEMPLATES = find templates -name '*.html' -print0 | xargs -0 -r

.DEFAULT_GOAL := help
.PHONY: help run dev test check bench admin update backup restore fixtures dump schema messages screenshots lock clean
.PHONY: check-style check-types check-templates check-knowledge always

help: ## list these commands
	@echo 'Reform Ledger. Usage: make <command>'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s%s\n", $$1, $$2 }' Makefile

run: .venv/installed ## serve on http://127.0.0.1:8000 (PORT=8001 for another port), loading the knowledge if empty
	@$(MANAGE) serve

dev: .venv/installed ## the same for developing: reloads on every change, shows errors
	@DEBUG=true $(MANAGE) serve --reload

test: .venv/installed-dev ## run all tests: on SQLite, on PostgreSQL, and in a real browser
	@$(PY) tests/run.py

check: .venv/installed-dev ## lint, types, templates, settings, migrations, fixtures, and the audit of a loaded base
	@$(MAKE) --no-print-directory --keep-going check-style check-types check-templates check-knowledge
	@echo 'All checks passed.'

check-style:
	@echo '== Style' && $(PY) -m ruff check . && $(PY) -m ruff format --check .

check-types:
	@echo '== Types' && $(PY) -m mypy

check-templates:
	@echo '== Templates' && $(MANAGE) check_templates && $(TEMPLATES) .venv/bin/djade --check --target-version 5.2

check-knowledge: # on a base of its own, whatever is installed here
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && export VAR_DIR="$$scratch" DATABASE_URL= DEBUG= HTTPS= \
		&& echo '== Settings' && $(MANAGE) check --fail-level WARNING \
		&& HTTPS=true $(MANAGE) check --deploy --fail-level WARNING \
		&& echo '== Migrations' && $(MANAGE) makemigrations --check && $(MANAGE) migrate --verbosity 0 \
		&& echo '== Knowledge' && $(MANAGE) build_fixtures --check && $(MANAGE) load_knowledge && $(MANAGE) audit \
		&& $(MANAGE) dump_knowledge --check \
		&& echo '== API' && $(MANAGE) describe_api --check

bench: .venv/installed-dev ## measure the API beside Datasette on a synthetic base (SOURCES=25000: a million paragraphs)
	@$(PY) -m benchmarks $(if $(SOURCES),--sources $(SOURCES))

admin: .venv/installed ## make a user who may enter /admin/ and do everything there
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createsuperuser

update: .venv/installed ## apply newer shipped knowledge, unless something was edited here
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_knowledge --update

backup: .venv/installed ## keep everything (users, knowledge, history, secret key) in one file in var/backups
	@$(MANAGE) backup

restore: .venv/installed ## bring everything back from the latest backup or FILE=…; YES=1 to replace what is here
	@$(MANAGE) restore $(if $(YES),--yes) $(if $(FILE),"$(FILE)")

fixtures: .venv/installed ## write fixtures/curated in its one form, and compile it into fixtures/knowledge_base.json
	@$(MANAGE) build_fixtures --tidy

dump: .venv/installed ## write what was edited here into fixtures/curated and fixtures/texts, and compile it
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) dump_knowledge
	@$(MANAGE) build_fixtures

schema: .venv/installed ## write docs/openapi.json, the description of the API, with examples from the shipped knowledge
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && export VAR_DIR="$$scratch" DATABASE_URL= DEBUG= HTTPS= \
		&& $(MANAGE) migrate --verbosity 0 && $(MANAGE) load_knowledge && $(MANAGE) describe_api

messages: .venv/installed ## gather all words of the interface into locale/django.pot, and into each catalogue there
	@command -v xgettext >/dev/null || { echo 'xgettext is missing. On Debian and Ubuntu: apt-get install gettext' >&2; exit 1; }
	@mkdir -p locale
	@$(MANAGE) makemessages --all --keep-pot --no-obsolete --ignore '.venv' --ignore 'var' --ignore 'tests'

screenshots: .venv/installed-dev ## make the pictures of the documents anew; with FOLDER=… all kinds of page, to look at
	@$(PY) -m tests.browser.screenshots $(if $(FOLDER),"$(FOLDER)")

lock: .venv/installed-dev ## pin the requirements anew (UPGRADE=1: to the newest versions)
	@for name in requirements requirements-dev; do \
		echo "Compiling $$name.in into $$name.txt"; \
		.venv/bin/uv pip compile --quiet --no-header --no-emit-index-url --no-emit-find-links \
			--python-version 3.11 $(if $(UPGRADE),--upgrade) $$name.in --output-file $$name.txt || exit 1; \
	done

clean: ## remove .venv, caches and collected files; never the database, the key or the backups
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage var/static var/static.sha256
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

# Each stamp is made last, so that what was interrupted is done again.
.venv/installed: requirements.txt .venv/made
	@$(call install,requirements.txt)
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(call install,requirements-dev.txt)
	@touch $@

install = echo 'Installing $(1) into .venv (up to a minute)' \
	&& $(PY) -m pip install --quiet --disable-pip-version-check --no-input -r $(1) \
	|| { echo 'Installing $(1) failed, for the reason above. Then run make again.' >&2; exit 1; }

# Made with the first Python that is new enough (PYTHON=… names another), and again where that Python is gone.
.venv/made: $(if $(wildcard .venv/made),$(shell $(PY) -c '' 2>/dev/null || echo always))
	@$(PY) -c '' 2>/dev/null || rm -rf .venv
	@for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3.14 python3 python); do \
		version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
		case $$version in 3.1[1-9]) found=$$python; break;; esac; \
		old="$$old $$python is $$version;"; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is needed.$${old:- None was found.} Name another one with PYTHON=…" >&2; exit 1; \
	elif ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$found cannot make a .venv: its venv module is missing." >&2; \
		echo "On Debian and Ubuntu: apt-get install python$$version-venv" >&2; exit 1; \
	fi; \
	echo "Making .venv with Python $$version" && $$found -m venv .venv
	@touch $@

always:
