# Wraps plain commands; every target sets up what it needs first. STACK: local (default), dev or gcp.
override STACK := $(or $(strip $(STACK)),local)
in_env = tools/setup.sh $(STACK) && eval "$$(tools/env.sh)" &&

.DEFAULT_GOAL := help
.PHONY: help up preview policies refresh rotate destroy answers report notebook test e2e-gcp lint format data bench bench-dev setup env doctor
SHELL := bash

help: ## This list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | column -t -s '|'

up: ## Sets up, deploys the stack, runs the jobs, prints the answers
	@$(in_env) node tools/stack.ts up $(STACK) && node tools/answers.ts $(STACK)

preview: ## What `make up` would change, jobs that would run again included
	@$(in_env) node tools/stack.ts init $(STACK) && node tools/preview-report/main.ts show $(STACK)

policies: ## Whether the stack keeps to the policies of policies/
	@$(in_env) node tools/stack.ts policies $(STACK)

refresh: ## Compares the stack's state with what is there
	@$(in_env) node tools/stack.ts refresh $(STACK)

rotate: ## New passwords while all keeps serving: make rotate STACK=dev, or ONLY=mongo, jupyter, spark, express, gateway
	@$(in_env) node tools/rotate.ts $(STACK) $(ONLY)

destroy: ## Removes all that the stack has made
	@$(in_env) node tools/stack.ts destroy $(STACK)

answers: ## Prints the answers of the last run
	@$(in_env) node tools/answers.ts $(STACK)

report: ## Opens the report of the last run, or fetches it and says where it is
	@$(in_env) node tools/report.ts $(STACK)

notebook: ## Opens JupyterLab on the lake and MongoDB of the stack, or says where it is
	@tools/setup.sh $(STACK) $(if $(filter local,$(STACK)),notebook) && eval "$$(tools/env.sh)" && node tools/notebook.ts $(STACK)

test: ## Linters, units, scanners, jobs, end to end, Google Cloud, the Swarm; some: make test SUITES="lint unit"
	@tools/setup.sh local notebook && eval "$$(tools/env.sh)" && tools/test.sh $(SUITES)

e2e-gcp: ## The Google Cloud target's story alone, on stand-ins for Google
	@tools/setup.sh local && eval "$$(tools/env.sh)" && tools/test.sh gcp

lint: ## Linters and type checks
	@$(in_env) tools/test.sh lint

format: ## Puts the code into its form
	@$(in_env) biome check --write && ruff check --fix && ruff format

data: ## Makes readings: make data ROWS=167926914, or HOUSEHOLDS=100 DAYS=365; OUT=data/more
	@$(in_env) python data/generate.py $(if $(ROWS),--rows $(ROWS)) \
		$(if $(HOUSEHOLDS),--households $(HOUSEHOLDS)) $(if $(DAYS),--days $(DAYS)) \
		$(if $(SHARDS),--shards $(SHARDS)) $(if $(SEED),--seed $(SEED)) --out '$(or $(OUT),data/more)'

bench-dev: ## Measures `pulumi up` of the Swarm's platform beside `docker stack deploy`
	@tools/setup.sh dev && eval "$$(tools/env.sh)" && node tools/bench-dev/bench.ts $(ROUNDS)

bench: ## Measures ingest beside other engines, analysis and training: make bench ROWS=27000000 BENCH="--rounds 5"
	@$(in_env) ROWS=$(ROWS) tools/bench/run.sh $(BENCH)

setup: ## Fetches or builds what is missing, and nothing else
	@tools/setup.sh $(STACK)

env: ## For eval "$(make -s env)": then plain pulumi commands work
	@($(in_env) node tools/stack.ts init $(STACK)) >&2 && tools/env.sh

doctor: ## What is here, what is missing, what `make up` would do about it
	@tools/doctor.sh $(STACK)
