# Two commands matter: `make demo` to try everything in a browser, `make test` to prove it.
# All that is needed is make, Python 3.11 or newer, and a package index that pip can reach.

PYTHON ?= python3
VENV ?= .venv
RUN := $(VENV)/bin/python
PIP_INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

# A stamp is named by the hash of its lock file, so that a second run has nothing to do and a changed lock installs anew.
hash = $(shell cksum $(1) | cut -d ' ' -f 1)
DEMO_READY := $(VENV)/.demo-$(call hash,requirements-demo.txt)
DEV_READY := $(VENV)/.dev-$(call hash,requirements-dev.txt)

# The suite starts the bot again and again; where bytecode is never kept, each start would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check lint format types imports content soak bench lock screenshots container-check clean

help:
	@echo "make demo         try the whole bot in a browser; no Discord account, no token"
	@echo "make test         run the whole suite"
	@echo "make check        what CI runs: lint, format, types, import rules, content, then the suite"
	@echo "make format       format the code"
	@echo "make soak         the long runs, with the full figures of every promise"
	@echo "make bench        measure, and print ratios within one run (BENCH=\"--quick draining\" for less)"
	@echo "make screenshots  make the README's pictures again from the demo"
	@echo "make container-check  build the image's root without Docker and run the bot in it; Linux, root, some minutes"
	@echo "make lock         resolve the lock files again, after a change in pyproject.toml"
	@echo "make clean        remove what these commands made, but never your data"

demo: $(DEMO_READY)
	@exec $(RUN) -m bot demo

test: $(DEV_READY)
	$(RUN) -m pytest

check: lint types imports content test

lint: $(DEV_READY)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

format: $(DEV_READY)
	$(RUN) -m ruff check --fix-only .
	$(RUN) -m ruff format .

types: $(DEV_READY)
	$(RUN) -m mypy

imports: $(DEV_READY)
	$(VENV)/bin/lint-imports --no-cache

content: $(DEV_READY)
	$(RUN) -m bot check-content

soak: $(DEV_READY)
	$(RUN) -m pytest -m soak -n 0 --timeout 0

bench: $(DEV_READY)
	$(RUN) -m tests.bench $(BENCH)

screenshots: $(DEV_READY)
	$(RUN) scripts/screenshots.py

container-check: $(DEV_READY)
	$(RUN) scripts/container_check.py

# One resolution serves every Python and platform. The files carry versions and hashes, and no address of any index.
LOCK = $(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: $(DEV_READY)
	$(LOCK) --extra dev --output-file requirements-dev.txt
	$(LOCK) --extra demo --constraints requirements-dev.txt --output-file requirements-demo.txt
	$(LOCK) --constraints requirements-dev.txt --output-file requirements.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(DEMO_READY): | $(RUN)
	@echo "Installing what the demo needs (once) ..."
	@$(PIP_INSTALL) -r requirements-demo.txt
	@rm -f $(VENV)/.demo-* && touch $@

$(DEV_READY): | $(RUN)
	@echo "Installing what development needs (once) ..."
	@$(PIP_INSTALL) -r requirements-dev.txt
	@rm -f $(VENV)/.dev-* $(VENV)/.demo-* && touch $@ $(DEMO_READY)

# The first Python that is new enough, wherever it hides.
$(RUN):
	@for python in "$(PYTHON)" python3.13 python3.12 python3.11 python3; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			"$$python" -m venv --clear "$(VENV)" && exit 0; \
			echo "$$python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; \
			rm -rf "$(VENV)"; exit 1; \
		fi; \
	done; \
	echo "StepForward needs Python 3.11 or newer; '$(PYTHON)' is older or missing. If you have one elsewhere:" >&2; \
	echo "    make PYTHON=/path/to/python3.11 <what you wanted>" >&2; exit 1
