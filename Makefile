# 知权: every command of the project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
export RASA_TELEMETRY_ENABLED := false
export PYTHONUTF8 := 1
# Rasa 3.6 warns of its own old libraries on every start: nothing that a reader could mend.
export PYTHONWARNINGS := ignore
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export TQDM_DISABLE := 1

PYTHON ?= python3
UV := .tools/bin/uv
BOT := .venv/bin
RASA := .venv-rasa/bin
LOCK := $(UV) pip compile --quiet --generate-hashes --no-emit-index-url
# Set-up steps must not read the questions that are piped into `make run`.
SET_UP := </dev/null >&2
ACTIONS := SANIC_HOST=127.0.0.1 ../$(RASA)/rasa run actions --actions rasa_project.actions >/dev/null 2>&1

.PHONY: help run desk test check format knowledge train shell validate eval dialogs bench lock clean

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: train ## talk to the bot: on Telegram with TELEGRAM_BOT_TOKEN, otherwise in this terminal
	@$(BOT)/zhiquan run

desk: .venv/.ready ## open the advocates' desk in a browser of this machine (编辑台)
	@$(BOT)/zhiquan desk

test: train ## run every test
	@$(BOT)/python -m pytest tests --ignore=tests/rasa_project --hypothesis-profile=ci
	@$(RASA)/python -m pytest tests/rasa_project
	@$(MAKE) --no-print-directory validate

validate: train ## Rasa's own checks: data, then test stories
	@cd rasa_project && ../$(RASA)/rasa data validate --fail-on-warnings
	@cd rasa_project && { $(ACTIONS) & trap "kill $$!" EXIT; \
	  ../$(RASA)/rasa test core --stories tests --model models --out .results --fail-on-prediction-errors; }

check: .venv/.ready ## format, lint, types, import floors, knowledge base
	@$(BOT)/ruff format --check .
	@$(BOT)/ruff check .
	@$(BOT)/mypy
	@$(BOT)/lint-imports
	@$(BOT)/zhiquan check

format: .venv/.ready ## put the code in its form
	@$(BOT)/ruff format .
	@$(BOT)/ruff check --fix .

knowledge: .venv/.ready ## check the knowledge base (检查知识库)
	@$(BOT)/zhiquan check

train: .venv/.ready .venv-rasa/.ready ## train the model if something that it learns from has changed
	@$(RASA)/python -m rasa_project.training $(SET_UP)

shell: train ## talk to Rasa alone, with its action server: the same words and forms as the bot
	@cd rasa_project && { $(ACTIONS) & trap "kill $$!" EXIT; \
	  ../$(RASA)/rasa shell --model models --interface 127.0.0.1; }

eval: train ## measure how well people are understood and pictures read; writes .reports/
	@$(RASA)/python -m rasa_project.evaluation
	@$(BOT)/python -m tests.papers.reading_report
	@$(BOT)/python -m tests.papers.pictures_report

dialogs: train ## measure whole conversations, by kind and half
	@$(RASA)/python -m rasa_project.evaluation.dialogs_report

bench: train ## measure what a message costs, beside a bare echo bot on the same server
	@$(BOT)/python -m tests.bench

lock: $(UV) ## renew the locked requirement files from pyproject.toml
	@$(LOCK) --upgrade pyproject.toml --group dev --python-version 3.12 -o .requirements/bot.txt
	@$(LOCK) --upgrade --group pyproject.toml:rasa --python-version 3.10 -o .requirements/rasa.txt

clean: ## remove what can be made again; your .env and .data stay
	rm -rf .venv .venv-rasa .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache rasa_project/models rasa_project/.rasa rasa_project/.results *.egg-info
	find bot rasa_project tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(UV): .requirements/tools.txt
	@echo "Fetching uv …" >&2
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --upgrade --require-hashes --target .tools -r $< $(SET_UP)
	@touch $@

.venv/.ready: .requirements/bot.txt pyproject.toml | $(UV)
	@echo "Setting up the bot's Python 3.12 …" >&2
	@$(UV) venv -q --allow-existing --python 3.12 .venv $(SET_UP)
	@$(UV) pip sync --compile-bytecode --python $(BOT)/python --require-hashes $< $(SET_UP)
	@$(UV) pip install --python $(BOT)/python --no-deps --no-build-isolation --editable . $(SET_UP)
	@$(BOT)/python -m compileall -q bot $(SET_UP)
	@touch $@

.venv-rasa/.ready: .requirements/rasa.txt pyproject.toml | $(UV)
	@echo "Setting up Rasa's Python 3.10: about 2.7 GB, some minutes the first time …" >&2
	@$(UV) venv -q --allow-existing --python 3.10 .venv-rasa $(SET_UP)
	@$(UV) pip sync --python $(RASA)/python --require-hashes $< $(SET_UP)
	@$(UV) pip install --python $(RASA)/python --no-deps --no-build-isolation --editable . $(SET_UP)
	@touch $@
