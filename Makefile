# One command each; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
WORKERS ?= auto

.DEFAULT_GOAL := help
# No file is made by any of them: whatever has a line of help is a command.
.PHONY: $(shell grep -oE '^[a-z-]+:' $(MAKEFILE_LIST) | tr -d ':')

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(INSTALLED): .ci/requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "pressutskick needs Python 3.11 or newer: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv; } || \
	  { echo "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

demo: $(INSTALLED) ## play the whole story; nothing leaves the machine
	@$(BIN)/pressutskick demo

test: $(INSTALLED) ## run the tests
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

covered: $(INSTALLED) ## run the unit and contract tests, and tell how much of each room they reach
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --cov --cov-report= tests/unit tests/contract
	@$(BIN)/python -m tests.meta.covered

whole: $(INSTALLED) ## run the tests that need a disk, servers, or the whole program
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup tests/integration tests/acceptance tests/meta

deep: $(INSTALLED) ## try every property on a thousand examples instead of twenty-five
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m hypothesis --hypothesis-profile=deep

reminder-kills: $(INSTALLED) ## kill remind at 50 random moments: nobody may get two
	@REMINDER_KILLS=50 $(BIN)/python -m pytest -s tests/acceptance/test_cron_manners.py -k 'killed or many'

inbox-kills: $(INSTALLED) ## kill inbox at 50 random moments: no reply may be lost or count twice
	@INBOX_KILLS=50 $(BIN)/python -m pytest -s tests/acceptance/test_inbox_kills.py

real-cron: $(INSTALLED) ## let Debian's cron fire the line of schedule cron (root, no other cron)
	@REAL_CRON=1 $(BIN)/python -m pytest -rs tests/acceptance/test_cron_manners.py -k real_cron

check: lint types walls covered whole ## everything that CI runs

lint: $(INSTALLED)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(INSTALLED)
	@$(BIN)/mypy

walls: $(INSTALLED)
	@$(BIN)/lint-imports

format: $(INSTALLED) ## put the code into its house style
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

catalogue: $(INSTALLED) ## take new sentences into the Swedish catalogue and compile it
	@$(BIN)/python -m tests.meta.catalogue

lowest: ## run the unit tests with the oldest releases that pyproject.toml admits (needs uv)
	@uv venv --quiet --clear --python $(PYTHON) .lowest
	@uv pip install --quiet --python .lowest --resolution lowest-direct --group test -e ".[all]"
	@.lowest/bin/python -m pytest -n $(WORKERS) --dist loadgroup tests/unit

requirements: ## pin and hash what .ci/requirements.in asks for (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --all-extras --group dev --output-file .ci/requirements.txt pyproject.toml .ci/build-requirements.in

pictures: $(INSTALLED) ## draw the READMEs' terminal pictures from real runs
	@$(BIN)/python docs/pictures/draw.py

photographs: $(INSTALLED) ## photograph the example mails, light and dark (needs Chromium)
	@$(BIN)/python docs/pictures/photograph.py

bench: $(INSTALLED) ## race against nodemailer, smtp-source and others (needs postfix, node, cc)
	@$(BIN)/python -m benchmarks.run

soak: $(INSTALLED) ## 100,000 recipients through a relay that fails one in twenty
	@$(BIN)/python -m benchmarks.soak

kills: $(INSTALLED) ## kill the program at 200 random moments; nobody gets two, nobody is missing
	@TEST_KILLS=200 $(BIN)/python -m pytest -s tests/integration/test_kills.py

life: $(INSTALLED) ## 2,000 random steps of a press office: nothing twice, nothing outdated untold (SEED=n repeats)
	@LIFE_STEPS=2000 LIFE_SEED=$(or $(SEED),0) $(BIN)/python -m pytest -n 0 -s tests/integration/test_any_life.py

department: $(INSTALLED) ## lose the shared log's server at 100 moments while three machines send (SEED=n repeats)
	@$(BIN)/python -m tests.campaigns.department

relays: $(INSTALLED) ## 1,000 recipients each through seven mail servers (needs root, npm)
	@$(BIN)/python -m tests.campaigns.relays

mails: $(INSTALLED) judges ## judge every mail: nothing twice, accessible, sound HTML (needs npm, Chromium)
	@EVERY_MAIL=1 $(BIN)/python -m pytest -n $(WORKERS) tests/acceptance/test_nothing_twice.py tests/acceptance/test_mail_judges.py

judges: ## install axe-core and html-validate, which judge the mails (needs npm)
	@test -d benchmarks/.cache/judges/node_modules/axe-core || npm install --silent --no-audit --no-fund --prefix benchmarks/.cache/judges axe-core@4.14.1 html-validate@10.17.0

provider: ## install the OpenID provider that the tests sign in at (needs npm)
	@test -d benchmarks/.cache/provider/node_modules/oidc-provider || npm install --silent --no-audit --no-fund --prefix benchmarks/.cache/provider oidc-provider@9.13.3

rounds: $(INSTALLED) ## send through three mail servers that fail, and read what comes back (needs root, dovecot-imapd)
	@$(BIN)/python -m tests.campaigns.rounds

accuracy: $(INSTALLED) ## how well press invitations are read, field by field
	@$(BIN)/python -m benchmarks.accuracy

train: $(INSTALLED) ## learn the weights of the roles anew; the same seed gives the same weights
	@$(BIN)/python -m pip install --quiet "scikit-learn>=1.5"
	@$(BIN)/python -m training.fit

jumbles: $(INSTALLED) ## read 10,000 generated and mutated texts: no crash, time linear in the length
	@$(BIN)/python -m tests.campaigns.jumbles

clean: ## remove what make made
	@rm -rf $(VENV) .lowest build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
