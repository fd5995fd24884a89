# Thin names for the real commands, which README.md and docs/ show. ENV is an environment file's name:
# `local` needs no AWS account.
ENV ?= local
# Schedules of each kind for the simulation; a million takes hours.
SEEDS ?= 5000
# CLEAN=1: `make rehearse` only removes what it has made.
CLEAN ?=
# Of the page of `make sandbox`.
PORT ?= 8600
# What `make drill` rehearses and `make sandbox-break` breaks; `./dr drill --help` names all.
SCENARIO ?= region-lost
STACK = payments-dr-$(ENV)

# The environment's witness, when its file names a third Region: made first, removed last. Asked for when a
# recipe needs it, after the synthesis.
WITNESS = $(shell scripts/witness-stack $(ENV))

# Locally the account's own stack comes along, and nobody needs to approve.
ifeq ($(ENV),local)
STACKS = $(strip account-local $(WITNESS) $(STACK))
APPROVE = --auto-approve
DOCTOR =
else
STACKS = $(strip $(WITNESS) $(STACK))
# Stops what would fail half-way. `make deploy DOCTOR=` goes on without.
DOCTOR = ./dr doctor $(ENV) $(addprefix --before ,$(STACKS))
endif

.DEFAULT_GOAL = help
.PHONY: help environment deployed tools synth environment-stacks bootstrap unlock diff review export deploy output destroy \
	dist site endpoint sandbox sandbox-break sandbox-repair drill drill-all rehearse test fast-test format simulate mutation mutants bench clean

help: ## lists these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | column -t -s '|'

environment:
	@scripts/check-environment "$(ENV)"

deployed:
	@scripts/check-environment "$(ENV)" deployed

tools: environment node_modules/.package-lock.json ## checks the tools on this machine, installs the pinned cdktf
	@scripts/check-tools $(ENV)

node_modules/.package-lock.json: package-lock.json | environment
	@scripts/check-tools $(ENV)
	npm ci --ignore-scripts --no-fund --no-audit

synth: tools ## writes the Terraform JSON of every stack into cdktf.out
	@scripts/synth

environment-stacks: tools
	@scripts/synth $(ENV)

bootstrap: environment-stacks ## makes the buckets for the states of ENV and its account, once
	./dr state bootstrap $(ENV) $(APPROVE)

unlock: environment ## says who locked the states of ENV, and unlocks them on confirmation
	@for stack in $(WITNESS) $(STACK); do ./dr state unlock $$stack || exit; done

diff: deployed environment-stacks ## shows what a deployment would change
	@scripts/stacks diff $(ENV) $(STACKS)

review: environment-stacks ## plans ENV, its witness too, and says what there is to object to
	@status=0; for planned in $(WITNESS) $(ENV); do scripts/ci/plan $$planned || status=$$?; done; exit $$status

dist: ## packs ./dr with its environment files and pages into target/dist, to run without this checkout
	@scripts/dist

site: site/node_modules/.package-lock.json ## makes README.md and docs/ a site in target/site, with search and diagrams
	@cd site && npx --no-install vitepress build .
	@echo "target/site is to be served: python3 -m http.server --bind 127.0.0.1 --directory target/site 8700"

site/node_modules/.package-lock.json: site/package-lock.json
	cd site && npm ci --ignore-scripts --no-fund --no-audit

export: environment-stacks ## writes the Terraform JSON of ENV into the folder TO, to run without Java and Node
	@scripts/export $(ENV) "$(TO)"

deploy: environment-stacks ## deploys ENV and prints its outputs; after an interrupt (once, and wait) it goes on
	$(DOCTOR)
	@scripts/stacks deploy $(APPROVE) $(ENV) $(STACKS)

output: deployed ## prints the outputs of ENV as JSON
	@scripts/stacks output $(ENV) $(STACK)

# A sandbox keeps nothing: it may be stopped in any state, also after a failover.
SANDBOX = $(or $(LOCAL_AWS_HOME),.local-aws)/sandbox
ifeq ($(ENV) $(wildcard $(SANDBOX)),local $(SANDBOX))
destroy:
	@echo "The sandbox ends, with its databases and its Terraform state."
	@emulator/local-aws stop
	@rm -f $(SANDBOX)
else
destroy: environment-stacks ## removes ENV; the local AWS is stopped too
	@scripts/stacks destroy $(APPROVE) $(ENV) $(STACKS)
ifeq ($(ENV),local)
	emulator/local-aws stop
endif
endif

endpoint: ## prints the URL of the running local AWS
	@emulator/local-aws endpoint

sandbox: ## a living system on this machine: payments, a controller, a page at PORT; Ctrl-C ends it, `make destroy` everything
	@scripts/sandbox "$(PORT)"

sandbox-break: ## breaks there what SCENARIO breaks, and leaves it broken
	@./dr sandbox break local --scenario "$(SCENARIO)"

sandbox-repair: ## repairs what make sandbox-break broke
	@emulator/local-aws repair-all

drill: ## deploys a local AWS with real databases and traffic, rehearses SCENARIO there, destroys it
	@scripts/drill "$(SCENARIO)"

drill-all: ## the same for all scenarios
	@scripts/drill all

rehearse: tools ## makes ENV, drills it and destroys it, once its price is accepted; goes on where it stopped; CLEAN=1 only cleans up
	@scripts/rehearse $(ENV) $(if $(CLEAN),--clean)

test: tools ## runs everything that CI runs, or one PART of it (scripts/test --parts)
	@scripts/check-tools local test
	scripts/test $(PART)

fast-test: ## runs what needs neither Terraform nor a local AWS
	mvn -B -ntp -q verify -DskipITs

simulate: ## runs SEEDS schedules of each kind against the failover controller, or tells the one of SEED
	mvn -B -ntp -q -pl lambda -am test -Dtest=SimulationTest,FormulaTest \
		-Dsurefire.failIfNoSpecifiedTests=false $(if $(SEED),-Dseed=$(SEED),-Dseeds=$(SEEDS))

mutation: ## changes the failover controller's code in small ways, and fails where no unit test notices
	mvn -B -ntp -q -pl lambda -am -Pmutation process-test-classes
	scripts/surviving-mutants

mutants: ## changes each value of prod's stacks, and fails where neither a security rule nor a review notices
	mvn -B -ntp -q -pl operations/review -am test -Dtest=MutantsTest -Dmutants=1000000 \
		-Dsurefire.failIfNoSpecifiedTests=false $(if $(SEED),-Dseed=$(SEED))

format: ## formats the Java sources
	mvn -q spotless:apply

bench: synth ## compares the speed of synthesis with Maven and TypeScript, times reviews, a migration and payments under a lease
	bench/synthesis.py
	bench/review.py
	bench/migration.py
	bench/lease.py

clean: ## removes everything that a build made
	mvn -q clean
	rm -rf cdktf.out node_modules target bench/typescript/node_modules site/node_modules
