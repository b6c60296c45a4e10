# Works with GNU make 3.81 (macOS) and any POSIX shell. Each target makes what it needs first; `make` alone lists them.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve site check explain add collect rehearse receive watch settings test quick soak bench hashes lock upgrade drawing learn clean environment-site environment-add environment-test environment-learn environment-lock browser

# A file of tests shares sites and servers, so that one worker has all of it; tests/conftest.py has the long ones begun first.
pytest = pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# All tests together are measured, and fail below the floor in pyproject.toml. A part of them has no floor.
# Slipcover's plugin measures the workers, which read the environment alone; tests/conftest.py keeps what it found.
define measured
@rm -rf .coverage
SLIPCOVER_ENABLED=1 SLIPCOVER_BRANCH=1 SLIPCOVER_SOURCE=build_scripts,tools,benchmarks,tests .venv/bin/$(pytest)
.venv/bin/python -m slipcover --merge .coverage/measured.json --out .coverage/report.json
endef

# The tests start Python hundreds of times: it keeps what it compiled, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

PORT = 8000
ARGS =
FILE =
BASE =
GENERATOR = mkdocs
# A workflow sets this one in the environment, which a plain = would beat.
WHAT ?= reports

# What is given reaches a command as it is: make would read $ in it when it hands it on, so the shell gets copies, in the
# environment, where no sign means anything. ARGS alone are words for the shell, as one types them behind a command.
unexport FILE BASE PORT GENERATOR WHAT ARGS
export GIVEN_FILE := $(value FILE)
export GIVEN_BASE := $(value BASE)
export GIVEN_PORT := $(value PORT)
export GIVEN_GENERATOR := $(value GENERATOR)
export GIVEN_WHAT := $(value WHAT)
args = $(value ARGS)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

serve: environment-site ## build and serve the site with live reload (PORT=8000)
	@.venv/bin/evidence serve --port "$$GIVEN_PORT"

site: $(if $(filter zensical,$(value GENERATOR)),environment-test,environment-site) ## build the site into site/ (GENERATOR=zensical: not with MkDocs)
	@.venv/bin/evidence build --generator "$$GIVEN_GENERATOR"

check: environment-site ## check the data (ARGS="--verbose" and the like are passed on)
	@.venv/bin/evidence check $(if $(value BASE),--base "$$GIVEN_BASE") $(args)

explain: environment-site ## say what a change of the data does (BASE=folder with the state before)
	@$(if $(value BASE)$(args),,echo "error: give BASE=../before, a folder with the state before" >&2; exit 2;) \
	.venv/bin/evidence explain $(if $(value BASE),--base "$$GIVEN_BASE") $(args)

add: environment-add ## add a report's texts (FILE="saved page.html", ARGS=an address, or "--help")
	@$(if $(value FILE)$(args),,echo 'error: give FILE="saved page.html", or ARGS= with an address or --help' >&2; exit 2;) \
	.venv/bin/evidence add $(args) $(if $(value FILE),-- "$$GIVEN_FILE")

collect: environment-add ## read the reports on CQC's list into data/ (ARGS="--new" and the like; REPO_URL says who asks)
	@.venv/bin/evidence collect $(args)

rehearse: environment-test ## serve an invented CQC on this machine, to try collecting (PORT=8000)
	@.venv/bin/python -m tests.helpers.cqc rehearsal "$$GIVEN_PORT"

receive: environment-add ## read a report sent with the form (GITHUB_EVENT_PATH=event.json) into received/
	@.venv/bin/evidence receive $(args)

watch: environment-add ## ask CQC's site what is new (WHAT=addresses: whether its pages answer) into notice/
	@.venv/bin/evidence watch "$$GIVEN_WHAT" --into notice $(args)

define LINT
.venv/bin/ruff check --quiet .
.venv/bin/ruff format --check --quiet .
.venv/bin/mypy --no-error-summary
endef

settings: ## say whether the repository on GitHub has the settings that MAINTAINING.md asks for
	@python=$$(sh tools/find-python.sh) && "$$python" -m tools.settings

test: environment-test browser ## run every test, linters and types included (ARGS="-k word" goes to pytest)
	$(LINT)
	$(if $(args),.venv/bin/$(pytest) $(args),$(measured))

quick: environment-test ## run linters, types and the tests of modules, without browser or site
	$(LINT)
	.venv/bin/$(pytest) --hypothesis-profile=quick tests/unit tests/property $(args)

soak: environment-test browser ## run what takes minutes more: a search as large as England's, 50 kills, ten times the examples, an uneven line
	.venv/bin/$(pytest) -m soak $(args)
	.venv/bin/$(pytest) --hypothesis-profile=soak tests/property $(args)
	UNEVEN=1 .venv/bin/$(pytest) tests/site -k "search or compare or scores or cite or map or theme" $(args)

bench: environment-test browser ## measure the build (ARGS=search: searching; ARGS=collect: collecting; ARGS=growth: how time grows; ARGS=serve: serving; ARGS=lighthouse: pages)
	@.venv/bin/python -m benchmarks $(args)

hashes: site ## list the built site's hashes in hashes.txt, or compare it with the list that is there
	@.venv/bin/python tools/hashes.py site hashes.txt

lock: environment-lock ## write requirements/ anew from pyproject.toml, changing as little as it asks for
	@.venv/bin/python tools/lock.py

upgrade: environment-lock ## the same with the newest versions that pyproject.toml allows
	@.venv/bin/python tools/lock.py --upgrade

drawing: environment-test ## draw the rooms of the code anew, for the design page
	@.venv/bin/python -m tools.drawing

learn: environment-learn ## learn from labelled passages which words speak for which theme or voice: writes data/weights.csv
	@.venv/bin/python -m learning.learn

clean: ## remove the environment, the built site and the caches
	@rm -rf .venv site hashes.txt .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installs only when something changed (tools/environment.py says what counts).
environment-site environment-add environment-test environment-learn environment-lock:
	@python=$$(sh tools/find-python.sh) && "$$python" tools/environment.py $(@:environment-%=%)

browser: environment-test
	@.venv/bin/python tools/browser.py
