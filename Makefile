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
# How long `make torture`, `pair` and `soak` go on, and what chance begins with.
MINUTES ?= 5
SEED ?= 1
UV := .tools/bin/uv
BOT := .venv/bin
RASA := .venv-rasa/bin
LOCK := $(UV) pip compile --quiet --generate-hashes --no-emit-index-url
# Set-up steps must not read the questions that are piped into `make run`.
SET_UP := </dev/null >&2
ACTIONS := SANIC_HOST=127.0.0.1 ../$(RASA)/rasa run actions --actions rasa_project.actions >/dev/null 2>&1

# Compiled files are kept for the tests, also where the environment forbids it: they start many processes.
TEST_BOT := env -u PYTHONDONTWRITEBYTECODE $(BOT)/python -m pytest --hypothesis-profile=ci
TEST_RASA := env -u PYTHONDONTWRITEBYTECODE $(RASA)/python -m pytest
# The bot's tests come in two parts of about the same length: these folders, and all others.
FIRST := tests/answering tests/dialogue tests/facts tests/papers
PARTS := train test-bot-first test-bot-rest test-rasa test-rasa-trained validate-data validate-stories test-whole
# Two parts at once do not mix: each is shown when it has ended (by make 4, an older one knows no way).
AT_ONCE := -j2 -k $(if $(filter output-sync,$(.FEATURES)),-Otarget)

.PHONY: help run desk test quick check format knowledge train shell validate test-nlu eval claims dialogs bench torture pair soak calm lock clean
.PHONY: release-note $(PARTS)

help: ## list the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: train ## talk to the bot: on Telegram with TELEGRAM_BOT_TOKEN, otherwise in this terminal
	@$(BOT)/zhiquan run

desk: .venv/.ready ## open the advocates' desk in a browser of this machine (编辑台)
	@$(BOT)/zhiquan desk

test: .venv/.ready .venv-rasa/.ready ## run every test: eight parts, two at a time
	@echo "Eight parts, two at a time; each is shown when it has ended: $(PARTS)" >&2
	@$(MAKE) --no-print-directory $(AT_ONCE) $(PARTS)
	@echo "Every test has passed." >&2

test-bot-first: .venv/.ready
	@$(TEST_BOT) $(FIRST)

test-bot-rest: .venv/.ready
	@$(TEST_BOT) tests $(FIRST:%=--ignore=%) --ignore=tests/rasa_project --ignore=tests/end_to_end

test-whole: train
	@$(TEST_BOT) tests/end_to_end

test-rasa: .venv-rasa/.ready
	@$(TEST_RASA) tests/rasa_project -m "not trained"

test-rasa-trained: train
	@$(TEST_RASA) tests/rasa_project -m trained

quick: .venv/.ready ## the tests of what changed since main, without training
	@$(BOT)/python -m tests.changed

validate: validate-data validate-stories ## Rasa's own checks: data, then test stories

validate-data: train
	@cd rasa_project && ../$(RASA)/rasa data validate --fail-on-warnings

validate-stories: train
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

test-nlu: train ## `rasa test nlu` over the project's own questions; its report goes to rasa_project/.results/nlu
	@$(RASA)/python -m rasa_project.evaluation.rasa_questions rasa_project/.results/questions.yml
	@cd rasa_project && ../$(RASA)/rasa test nlu --nlu .results/questions.yml --model models --out .results/nlu --no-plot

claims: .venv/.ready ## measure how well what may not be said is found in texts
	@$(BOT)/python -m tests.knowledge.claims_report

dialogs: train ## measure whole conversations, by kind and half
	@$(RASA)/python -m rasa_project.evaluation.dialogs_report

bench: train ## measure what a message costs, beside a bare echo bot on the same server
	@$(BOT)/python -m tests.bench

torture: .venv/.ready ## kill and vex the bot at random, count what was lost: make torture MINUTES=20 SEED=3
	@$(BOT)/python -m tests.torture torture --minutes $(MINUTES) --seed $(SEED)

pair: .venv/.ready ## the same with two bots on one PostgreSQL, one of them killed, stopped or stalled
	@$(BOT)/python -m tests.torture pair --minutes $(MINUTES) --seed $(SEED) --people 12

soak: .venv/.ready ## let people talk to the bot for long over a bad line, count, weigh its memory
	@$(BOT)/python -m tests.torture soak --minutes $(MINUTES) --seed $(SEED)

calm: .venv/.ready ## how long others wait while one person floods, 32 chats must wait, groups talk
	@$(BOT)/python -m tests.torture calm --minutes $(MINUTES) --seed $(SEED) --people 10

lock: $(UV) ## renew the locked requirement files from pyproject.toml
	@$(LOCK) --upgrade pyproject.toml --group dev --python-version 3.12 -o .requirements/bot.txt
	@$(LOCK) --upgrade --group pyproject.toml:rasa --python-version 3.10 -o .requirements/rasa.txt

release-note: ## print the section of CHANGELOG.md of a version: make -s release-note VERSION=0.1.0
	@awk -v of="## $(VERSION) " 'index($$0, "## ") == 1 { on = index($$0 " ", of) == 1; next } on { print; n++ } \
	  END { if (!n) { print "CHANGELOG.md has no section $(VERSION)." > "/dev/stderr"; exit 1 } }' CHANGELOG.md

clean: ## remove what can be made again; your .env and .data stay
	rm -rf .venv .venv-rasa .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache rasa_project/models rasa_project/.rasa rasa_project/.results *.egg-info
	find bot rasa_project tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(UV): .requirements/tools.txt
	@echo "Fetching uv …" >&2
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --upgrade --require-hashes --target .tools -r $< $(SET_UP)
	@touch $@

.venv/.ready: .requirements/bot.txt pyproject.toml | $(UV)
	@echo "Setting up the bot's Python 3.12: about a minute …" >&2
	@$(UV) venv -q --allow-existing --python 3.12 .venv $(SET_UP)
	@$(UV) pip sync -q --compile-bytecode --python $(BOT)/python --require-hashes $< $(SET_UP)
	@$(UV) pip install -q --python $(BOT)/python --no-deps --no-build-isolation --editable . $(SET_UP)
	@$(BOT)/python -m compileall -q bot $(SET_UP)
	@touch $@

.venv-rasa/.ready: .requirements/rasa.txt pyproject.toml | $(UV)
	@echo "Setting up Rasa's Python 3.10: 2.7 GB, one to five minutes …" >&2
	@$(UV) venv -q --allow-existing --python 3.10 .venv-rasa $(SET_UP)
	@$(UV) pip sync -q --python $(RASA)/python --require-hashes $< $(SET_UP)
	@$(UV) pip install -q --python $(RASA)/python --no-deps --no-build-isolation --editable . $(SET_UP)
	@touch $@
