# Each target is a line or two; what they run lives in macros/ and frontend/. Without make: see CONTRIBUTING.md.
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
export NO_MKDOCS_2_WARNING := 1
export PUPPETEER_SKIP_DOWNLOAD := 1
# Makes .venv of PYTHON, anew where it is not of that one, and installs what is not there yet; says why where it cannot.
INSTALL := @ASKED=$(if $(filter file default undefined,$(origin PYTHON)),0,1) $(PYTHON) macros/install.py

ifneq ($(and $(filter new,$(MAKECMDGOALS)),$(filter-out new,$(MAKECMDGOALS))),)
$(error a name is one word, in lower case with hyphens, such as make new pattern=bulk-head)
endif

.PHONY: serve site book test test-engines fuzz lint check new clean lock cards schemas links bench lighthouse figures search-report
serve:                                ## install, build, serve with live reload; PORT=8080 for another port
	$(INSTALL) site
	@$(PY) -m macros.serve $(PORT)

site:                                 ## strict production build; a failed one leaves site/ as it was; SITE_URL=https://…
	$(INSTALL) site
	@$(PY) -m macros.site

book:                                 ## the whole guide as one PDF, from site/: build/book/book.pdf, in a minute
	$(INSTALL) book
	$(PY) -m macros.paper.book

test:                                 ## everything, the browser included, two tests side by side
	$(INSTALL) test
	$(PY) -m macros.check && $(PY) -m pytest -n 2

test-engines:                         ## the readers' journeys in Firefox and WebKit, with what Debian packs: see CONTRIBUTING
	$(INSTALL) test
	ENGINES=1 $(PY) -m pytest tests/engines

fuzz:                                 ## 500 damages to data and pages, none a traceback or printed otherwise; 10,000 variants said alike
	$(INSTALL) test
	DAMAGES=500 $(PY) -m pytest -s tests/check/test_fuzz.py
	VARIANTS=10000 $(PY) -m pytest tests/facts/test_quantities.py -k variants

lint:                                 ## ruff, types of every script, spelling: the part of `make test` that takes seconds
	$(INSTALL) test
	$(PY) -m pytest tests/test_repository.py

check:                                ## data and prose, in seconds
	$(INSTALL) site
	@$(PY) -m macros.check

new:                                  ## make new pattern=bulkhead, playbook=…: any kind of content
	$(INSTALL) site
	@$(PY) -m macros.new --make

cards:                                ## write down since when each recall card says what it says, for Anki
	$(INSTALL) site
	$(PY) -m macros.cards

schemas:                              ## write data/schema/ from the models
	$(INSTALL) site
	$(PY) -m macros.schemas

bench:                                ## build time and memory by size; requests a second, with nginx and wrk; how fast pages answer
	$(INSTALL) test
	$(PY) -m tests.bench
	$(PY) -m tests.bench.load
	$(PY) -m tests.bench.fold
	$(PY) -m tests.bench.answers

lighthouse:                           ## marks of every type of page, medians of five, with nginx and Chromium: half an hour
	$(INSTALL) test
	$(PY) -m tests.bench.lighthouse

figures:                              ## of each figure of site/: what it is made by, its heights, its least type
	$(INSTALL) test
	$(PY) -m tests.bench.figures

search-report:                        ## what the search finds, beside Material's, on both halves of the queries
	$(INSTALL) test
	$(PY) -m tests.search

links:                                ## external links; report in build/links.md
	$(INSTALL) test
	mkdir -p build && .venv/bin/lychee --no-progress --exclude whiteboard-hour --format markdown --output build/links.md 'docs/**/*.md' data/sources.yml

lock:                                 ## resolve requirements*.in again, with hashes, for the oldest Python that is promised
	$(INSTALL) site
	$(PY) -m pip install --quiet uv==0.13.8
	for f in requirements requirements-book requirements-test; do \
	  $(PY) -m uv pip compile --universal --python-version 3.11.0 --generate-hashes --no-header -q $$f.in -o $$f.txt || exit 1; done

clean:                                ## all that can be made again
	rm -rf .venv node_modules site build .pytest_cache
