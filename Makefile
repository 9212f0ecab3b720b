# Every target is a line or two that one can also type. `make help` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PORT ?= 8000
export PORT
# Which Python makes .venv: the first of these that is 3.11, 3.12 or 3.13. PYTHON=... overrides.
IS_FIT = -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p $(IS_FIT); then echo $$p; break; fi; done)

PIP = .venv/bin/python -m pip --disable-pip-version-check --no-input
PIP_INSTALL = $(PIP) install --quiet --require-hashes --only-binary=:all:
MANAGE = .venv/bin/python manage.py
CSS = careerpath/static/careerpath/site.css
EDITING = careerpath/static/editing/editing.css
SCSS = $(shell find careerpath/styles -name '*.scss')
# Bootstrap 5.3 is written in the older Sass; its own warnings are not for us.
SASS = .venv/bin/node node_modules/sass/sass.js --style=compressed --no-source-map \
	--load-path=node_modules --quiet-deps \
	--silence-deprecation=import,global-builtin,color-functions,if-function
# Settings of production, to check them with.
AS_IN_PRODUCTION = ENV_FILE= DEBUG=off HTTPS=on ALLOWED_HOSTS=careerpath.example.org \
	EMAIL_URL=smtp://localhost TRUSTED_PROXY_COUNT=1 SECRET_KEY=$$($(MAKE_KEY))
MAKE_KEY = .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))'
PANGO = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
# The rules touch no database, and who gets which page, or how it is drawn, does not depend on it.
SAME_ON_EVERY_DATABASE = tests/assessments/domain tests/access \
	$(addprefix tests/assessments/,admin/test_matrix.py admin/test_forging.py \
	views/test_guest_privacy.py exporters/test_report_pdf.py)
CRASH_TESTS = $(addprefix tests/reliability/test_,crash.py postgres_crash.py servers.py faults.py)
UV_VERSION = 0.13.8
UV_COMPILE = .venv/bin/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --annotation-style line \
	--custom-compile-command 'make lock'

# --- For everybody ----------------------------------------------------------------------------

.PHONY: help
help: ## This list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: run
run: prepare ## Set up what is missing and serve at http://localhost:8000 (PORT=8001 changes it)
	@umask 077; exec .venv/bin/gunicorn careerpath.wsgi --config careerpath/local_server.py

.PHONY: editor
editor: prepare ## Make an account that may edit: make editor EMAIL=you@example.org
	@if [ -z "$(EMAIL)" ]; then echo 'Write: make editor EMAIL=you@example.org'; exit 2; fi
	@$(MANAGE) make_editor "$(EMAIL)"

.PHONY: prepare
prepare: .venv/.can-run css ## Everything that `make run` does before it serves
	@.venv/bin/python -m careerpath.local_env
	@umask 077; $(MANAGE) prepare_site  # the database is for its owner's eyes

# --- For developers ---------------------------------------------------------------------------

.PHONY: test
test: setup ## All checks, as CI runs them
	@$(MAKE) --no-print-directory lint types layers deploy-check
	@$(MAKE) --no-print-directory test-sqlite test-postgres test-browser

.PHONY: setup
setup: .venv/.can-test css chromium pango ## What the checks need

.PHONY: lint
lint: .venv/.can-test ## Style of code and templates
	@echo '== Style of code (ruff)'
	@.venv/bin/ruff check --quiet .
	@.venv/bin/ruff format --quiet --check .
	@if [ -d templates ]; then echo '== Style of templates (djlint)'; \
		.venv/bin/djlint --quiet --lint templates; fi

.PHONY: format
format: .venv/.can-test ## Put the code into that style
	.venv/bin/ruff check --quiet --fix .
	.venv/bin/ruff format --quiet .

.PHONY: types
types: .venv/.can-test ## Types (mypy)
	@echo '== Types (mypy)'
	@ENV_FILE= DEBUG=1 .venv/bin/mypy --no-error-summary

.PHONY: layers
layers: .venv/.can-test ## Which floor imports which (import-linter)
	@echo '== Imports (import-linter)'
	@.venv/bin/lint-imports > .venv/.layers 2>&1 || { cat .venv/.layers; exit 1; }

.PHONY: deploy-check
deploy-check: .venv/.can-test ## Migrations complete; production settings without a warning
	@echo '== Migrations'
	@ENV_FILE= DEBUG=1 DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run
	@echo '== Settings of production'
	@$(AS_IN_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: test-sqlite
test-sqlite: .venv/.can-test css pango ## Unit tests on SQLite (ARGS= goes to pytest)
	@echo '== Unit tests on SQLite'
	@DATABASE_URL= .venv/bin/pytest -q -n 2 --dist loadgroup --ignore=tests/browser -p no:playwright $(ARGS)

.PHONY: test-postgres
test-postgres: .venv/.can-test css pango ## Unit tests on PostgreSQL, which comes in a wheel
	@echo '== Unit tests on PostgreSQL'
	@.venv/bin/python -m tests.run_on_postgres \
		.venv/bin/pytest -q -n 2 --dist loadgroup $(SAME_ON_EVERY_DATABASE:%=--ignore=%) \
		-m 'not no_database' --ignore=tests/browser -p no:playwright $(ARGS)

.PHONY: test-browser
test-browser: .venv/.can-test css chromium ## Tests in a real browser
	@echo '== Tests in a browser'
	@DATABASE_URL= .venv/bin/pytest -q -n 2 --dist loadgroup tests/browser $(ARGS)

.PHONY: pictures
pictures: .venv/.can-test css chromium ## Take the pictures in docs/pictures anew
	@DATABASE_URL= .venv/bin/pytest -q -p no:xdist tests/browser/pictures.py

.PHONY: a11y
a11y: .venv/.can-test css chromium ## axe on every page state x 3 themes x 4 widths, with and without scripts
	@DATABASE_URL= MATRIX=1 .venv/bin/pytest -q -p no:xdist tests/browser/test_states.py $(ARGS)

.PHONY: soak
soak: .venv/.can-test css pango chromium ## 1,000 random reports, 10,000 histories of two tabs, 50,000 odd requests, 50 people
	@DATABASE_URL= SOAK=1 .venv/bin/pytest -q -p no:playwright -p no:xdist \
		tests/assessments/views/test_report_everywhere.py $(ARGS)
	@DATABASE_URL= HISTORIES=10000 .venv/bin/pytest -q -p no:playwright -p no:xdist \
		tests/assessments/actions/test_two_tabs.py $(ARGS)
	@DATABASE_URL= REQUESTS=50000 .venv/bin/pytest -q -n 2 -p no:playwright \
		tests/test_fuzz.py $(ARGS)
	@DATABASE_URL= WALKS=200 .venv/bin/pytest -q -p no:playwright -p no:xdist \
		tests/assessments/views/test_back_and_forward.py $(ARGS)
	@DATABASE_URL= FAULTS=500 .venv/bin/pytest -q -s -p no:xdist \
		tests/browser/test_autosave_faults.py $(ARGS)
	@DATABASE_URL= SOAK=1 PEOPLE=50 .venv/bin/pytest -q -n 2 -p no:playwright \
		tests/access/test_canaries.py tests/access/test_mass_assignment.py $(ARGS)
	@for on in env '.venv/bin/python -m tests.run_on_postgres'; do \
		ROUNDS=1000 PRESSES=100 MIGRATED_ANSWERS=100000 DATABASE_URL= $$on .venv/bin/pytest -q -n 0 \
		-p no:playwright tests/reliability/test_exactly_once.py \
		tests/reliability/test_migrations.py $(ARGS) || exit 1; done
	@for on in env '.venv/bin/python -m tests.run_on_postgres'; do \
		HISTORY_SECONDS=600 HISTORY_PEOPLE=10 DATABASE_URL= $$on .venv/bin/pytest -q -s -n 0 \
		-p no:playwright tests/reliability/test_history_server.py $(ARGS) || exit 1; done
	@.venv/bin/python -m bench.drill
	@.venv/bin/python -m bench.soak

.PHONY: crashes
crashes: .venv/.can-test css ## Kill the server 500 times, PostgreSQL 100 times, the power 50 times, reload 100 times
	@.venv/bin/python -m bench.crashes $(ARGS)
	@for database in sqlite postgres; do echo "== $$database"; \
		CRASHES=50 RELOADS=100 FULL_DISKS=20 $(MAKE) --no-print-directory test-$$database \
		ARGS='-n 0 -s $(CRASH_TESTS)' || exit 1; done

.PHONY: bench
bench: .venv/.can-test css ## Requests a second, beside baselines, on both databases (ARGS=--help)
	@.venv/bin/python -m bench.serve $(ARGS)

.PHONY: load
load: .venv/.can-test css ## Fifty people who answer and send for ten minutes, on both databases (ARGS=--help)
	@.venv/bin/python -m bench.journeys $(ARGS)

.PHONY: many
many: .venv/.can-test css ## Pages and nightly jobs beside 100,000 people on PostgreSQL (ARGS=--help)
	@.venv/bin/python -m tests.run_on_postgres .venv/bin/python -m bench.many $(ARGS)

.PHONY: flat
flat: .venv/.can-test css ## Pages with ten times the people, roles or versions, on both databases (ARGS=--help)
	@.venv/bin/python -m bench.flat $(ARGS)

.PHONY: choice
choice: .venv/.can-test css chromium ## From a choice to “Saved” in a browser, 200 times (ARGS=--help)
	@.venv/bin/python -m bench.choice $(ARGS)

.PHONY: lighthouse
lighthouse: .venv/.can-test css chromium audit/node_modules/.installed ## Lighthouse on every page, worst of RUNS=5 (ARGS=--help)
	@.venv/bin/python -m bench.audit $(ARGS)

.PHONY: audit
audit: ## Both: lighthouse (with ARGS=) on every page, then a11y on every state
	@failed=0; $(MAKE) --no-print-directory lighthouse || failed=1; \
		$(MAKE) --no-print-directory a11y ARGS= || failed=1; exit $$failed

.PHONY: visit
visit: .venv/.can-test css chromium ## Clicks, pages and key presses of a first visit (ARGS=address, ARGS=--clone)
	@.venv/bin/python -m bench.visit $(ARGS)

.PHONY: paint
paint: .venv/.can-test css chromium ## What a browser works on to show a page (ARGS=--help)
	@.venv/bin/python -m bench.paint $(ARGS)

.PHONY: profile
profile: .venv/.can-test css ## Where the time of a page goes: make profile ARGS=question
	@.venv/bin/python -m bench.profile $(ARGS)

.PHONY: check-data
check-data: .venv/.can-test css ## The imports on real downloads: make check-data DIR=../downloads
	@if [ ! -d "$(DIR)" ]; then echo 'Write: make check-data DIR=<folder with the downloads>'; \
		echo 'docs/data.md says where to get them.'; exit 2; fi
	@DATA="$(DIR)" DATABASE_URL= .venv/bin/pytest -q -s -p no:xdist -p no:playwright -p no:randomly \
		tests/check_data.py $(ARGS)

.PHONY: lock
lock: .venv/.can-run ## Renew the locks after a change of pyproject.toml or a package.json
	$(PIP) install --quiet uv==$(UV_VERSION)
	$(UV_COMPILE) pyproject.toml --group dev -o requirements/dev.txt >/dev/null
	$(UV_COMPILE) pyproject.toml -c requirements/dev.txt -o requirements/run.txt >/dev/null
	$(UV_COMPILE) --group pyproject.toml:build -c requirements/dev.txt \
		-o requirements/build.txt >/dev/null
	for folder in . audit; do (cd $$folder && npm install --package-lock-only \
		--omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund) || exit 1; done
	.venv/bin/node -e "$$WITHOUT_ADDRESSES"

.PHONY: upgrade
upgrade: ## The same, with the newest versions that pyproject.toml and package.json allow
	rm -f package-lock.json audit/package-lock.json
	$(MAKE) lock UPGRADE=--upgrade

# npm also writes where each package begs for money: the lock is to hold no address at all.
define WITHOUT_ADDRESSES
const fs = require("fs");
for (const name of ["package-lock.json", "audit/package-lock.json"]) {
  const lock = JSON.parse(fs.readFileSync(name));
  for (const part of Object.values(lock.packages)) { delete part.funding; delete part.resolved; }
  fs.writeFileSync(name, JSON.stringify(lock, null, 2) + "\n");
}
endef
export WITHOUT_ADDRESSES

.PHONY: clean
clean: ## Remove what make has made; your data and .env stay
	rm -rf .venv node_modules collected collected.lock $(CSS) careerpath/static/editing .mypy_cache \
		.pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results

# --- What is made, and from what --------------------------------------------------------------

.PHONY: css
css: $(CSS) $(EDITING) ## The stylesheet; style and scripts of the editing area

.venv/bin/python:
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) $(IS_FIT); then \
		echo 'CareerPath needs Python 3.11, 3.12 or 3.13, and found none of them.'; \
		echo 'Install one (Debian, Ubuntu: apt install python3 python3-venv), or name it:'; \
		echo '  make run PYTHON=/path/to/python3.12'; exit 1; fi
	@echo "Making .venv with $$($(PYTHON) --version)."
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo 'Python could not make .venv. On Debian and Ubuntu: apt install python3-venv'; exit 1; }

.venv/.can-run: requirements/run.txt requirements/build.txt | .venv/bin/python
	@echo 'Installing Python packages.'
	@$(PIP_INSTALL) -r requirements/run.txt
	@$(PIP_INSTALL) -r requirements/build.txt
	@touch $@

.venv/.can-test: requirements/dev.txt | .venv/.can-run
	@echo 'Installing Python packages for the checks.'
	@$(PIP_INSTALL) -r requirements/dev.txt
	@touch $@

node_modules/.installed: package-lock.json | .venv/.can-run
	@echo 'Installing npm packages.'
	@npm ci --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

audit/node_modules/.installed: audit/package-lock.json | .venv/.can-run
	@echo 'Installing Lighthouse.'
	@cd audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(CSS): $(SCSS) node_modules/.installed
	@echo 'Compiling the stylesheet.'
	@$(SASS) careerpath/styles/site.scss $@

$(EDITING): careerpath/editing_files.py $(wildcard assessments/static/assessments/*.js) \
		assessments/static/assessments/admin.css node_modules/.installed .venv/.can-run
	@echo 'Making style and scripts of the editing area.'
	@ENV_FILE= DEBUG=1 .venv/bin/python -m careerpath.editing_files $(dir $@) .venv/.editing.css
	@$(SASS) .venv/.editing.css $@

.PHONY: chromium
chromium: | .venv/.can-test
	@.venv/bin/python -m tests.browser.chromium >/dev/null 2>&1 || { \
		echo 'Installing a browser for the tests.'; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
		else .venv/bin/playwright install chromium; fi; }

.PHONY: pango
pango: | .venv/.can-test
	@.venv/bin/python -c 'import weasyprint' >/dev/null 2>&1 || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo 'Installing Pango, which the PDF of a report needs.'; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
				apt-get install -y -qq --no-install-recommends $(PANGO) >/dev/null; \
		else echo 'The PDF of a report needs Pango. On Debian and Ubuntu:'; \
			echo '  apt install $(PANGO)'; exit 1; fi; }
