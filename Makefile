# Each target is a line or two; what they run lives in macros/ and frontend/.
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
SITE_URL ?= https://whiteboard-hour.github.io/whiteboard-hour/
export NO_MKDOCS_2_WARNING := 1
export PUPPETEER_SKIP_DOWNLOAD := 1

.PHONY: serve site book test fuzz lint check new clean lock schemas links bench search-report
serve: .venv/site                     ## install, build, serve with live reload; PORT=8080 for another port
	$(PY) -m macros.serve $(PORT)

site: .venv/site                      ## strict production build; a failed one leaves site/ as it was
	SITE_URL=$(SITE_URL) $(PY) -m macros.site

book: .venv/book                      ## the whole guide as one PDF, from site/: build/book/book.pdf, in a minute
	$(PY) -m macros.paper.book

test: .venv/test                      ## everything, the browser included
	$(PY) -m macros.check && $(PY) -m pytest

fuzz: .venv/test                      ## 500 damages to data and pages: none a traceback, none printed otherwise
	DAMAGES=500 $(PY) -m pytest -s tests/check/test_fuzz.py

lint: .venv/test                      ## ruff, types of every script, spelling
	.venv/bin/ruff check macros tests reference && .venv/bin/ruff format --check macros tests
	$(PY) -m macros.node npm run --silent check
	$(PY) -m pytest tests/test_repository.py

check: .venv/site                     ## data and prose, in seconds
	$(PY) -m macros.check

new: .venv/site                       ## make new pattern=bulkhead, playbook=…: any kind of content
	@$(PY) -m macros.new $(MAKEOVERRIDES)

schemas: .venv/site                   ## write data/schema/ from the models
	$(PY) -m macros.schemas

bench: .venv/test                     ## build time and memory by size, beside a bare Material build
	$(PY) -m tests.bench

search-report: .venv/test             ## what the search finds, beside Material's, on both halves of the queries
	$(PY) -m tests.search

links: .venv/test                     ## external links; report in build/links.md
	mkdir -p build && .venv/bin/lychee --no-progress --exclude whiteboard-hour --format markdown --output build/links.md 'docs/**/*.md' data/sources.yml

lock: .venv/test                      ## resolve requirements*.in again, with hashes
	$(PY) -m pip install --quiet uv==0.13.8
	for f in requirements requirements-book requirements-test; do \
	  .venv/bin/uv pip compile --universal --python-version 3.11.0 --generate-hashes --no-header -q $$f.in -o $$f.txt; done

clean:                                ## all that can be made again
	rm -rf .venv node_modules site build .pytest_cache

.venv/python:
	$(PYTHON) -m venv .venv && touch $@

.venv/site: .venv/python requirements.txt package-lock.json
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(PY) -m macros.node npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.venv/book: .venv/site requirements-book.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-book.txt
	$(PY) -m macros.chromium
	touch $@

.venv/test: .venv/site requirements-test.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	$(PY) -m tests.browser.install
	touch $@
