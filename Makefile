# vanban: scanned documents in, checkable JSON records out. `make help` lists the targets.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
IN ?= corpus/built
OUT ?= out/records
JOBS ?= $(shell nproc)
SHARED ?= ../shared
NIGHTLY_USER ?= vanban
TIME ?= 21:30
SYSTEM_PACKAGES := tesseract-ocr tesseract-ocr-vie poppler-utils
TEST_PACKAGES := fonts-croscore
BROWSER_PACKAGES := chromium libatomic1
PEER_PACKAGES := ghostscript unpaper
LESSONS := corpus/samples corpus/opened corpus/lessons
LEARNT_FROM := $(notdir $(basename $(wildcard $(addsuffix /*.text,$(LESSONS)))))

.DEFAULT_GOAL := help
.PHONY: help install-nightly setup setup-dev setup-cluster extract test check samples golden score bench peers models lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.runtime ## install what is missing: system packages, the virtual environment, .venv/bin/vanban

setup-dev: $(VENV)/.dev

setup-cluster: $(VENV)/.runtime ## install what `--cluster` needs (Ray, fsspec)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-cluster.lock

install-nightly: setup ## as root: a systemd timer that reads INBOX=folder into STORE=folder each night
	deploy/install-nightly.sh "$(INBOX)" "$(STORE)" "$(NIGHTLY_USER)" "$(TIME)"

extract: setup ## read IN=folder (default: the samples) into records in OUT=folder (default: out/records)
	$(BIN)/vanban extract "$(IN)" --out "$(OUT)" --jobs $(JOBS)

test: setup-dev ## run the tests
	$(BIN)/python -m pytest -n $(JOBS)

check: setup-dev ## ruff, mypy strict, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_house.py

samples: setup-dev ## lay out and spoil all sample documents into out/corpus
	$(BIN)/python -m corpus.build --out out/corpus

golden: setup-dev ## write the snapshots of our own output anew; look at the diff, commit it with the reason
	$(BIN)/python -m tests.golden

score: samples ## CER, WER and facts F1 on the samples and, where it is there, on SHARED
	$(BIN)/vanban extract out/corpus $(wildcard $(SHARED)/gold $(SHARED)/realdocs) --out out/score --jobs $(JOBS)
	$(BIN)/python -m corpus.score --records out/score --shared "$(SHARED)"

bench: samples peers ## speed, memory and errors beside bare Tesseract and other peers, in one run
	$(BIN)/python -m corpus.bench --shared "$(SHARED)"

peers: setup-dev ## set up the programs that `make bench` measures vanban beside, each in an environment of its own
	@deploy/system-packages.sh $(PEER_PACKAGES)
	$(BIN)/python -m corpus.peers

models: setup-dev ## rebuild every trained asset from the text corpora in SHARED and our annotated samples
	@deploy/system-packages.sh tesseract-ocr-fra
	$(BIN)/python -m diacritics.training --corpora "$(SHARED)/corpora" --out models
	$(BIN)/python -m corpus.build --out build/learning --levels text --names $(LEARNT_FROM)
	$(BIN)/python -m pipeline.learning --corpora "$(SHARED)/corpora" --encoder build/learning/encoder.npz \
	  --truth $(LESSONS) --pdfs build/learning/text --out models

lock: setup-dev ## resolve the lock files anew from pyproject.toml
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra cluster pyproject.toml -o requirements-cluster.lock

clean: ## remove what make made, but not your records
	rm -rf $(VENV) build out/corpus out/score *.egg-info

$(VENV)/.runtime: requirements.lock pyproject.toml
	@deploy/system-packages.sh $(SYSTEM_PACKAGES)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "vanban needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 3; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || deploy/system-packages.sh python3-venv
	@echo "Setting up $(VENV) (once; a minute or two)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@deploy/system-packages.sh $(TEST_PACKAGES)
	@deploy/system-packages.sh $(BROWSER_PACKAGES) || echo "Without Chromium the tests of the review page in a browser are skipped."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
