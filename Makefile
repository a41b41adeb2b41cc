# Wraps plain commands; every target sets up what it needs first. STACK: local (default), dev or gcp.
STACK ?= local
in_env = tools/setup.sh $(STACK) && eval "$$(tools/env.sh)" &&

.DEFAULT_GOAL := help
.PHONY: help up preview refresh destroy answers test swarm lint format data bench setup env doctor
SHELL := bash

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | column -t -s '|'

up: ## Sets up, deploys the stack, runs the jobs, prints the answers
	@$(in_env) tools/stack.sh up $(STACK) && node tools/answers.ts $(STACK)

preview: ## What `make up` would change, jobs that would run again included
	@$(in_env) tools/stack.sh init $(STACK) && pulumi preview --diff --stack $(STACK)

refresh: ## Compares the stack's state with what is there
	@$(in_env) tools/stack.sh refresh $(STACK)

destroy: ## Removes all that the stack has made
	@$(in_env) tools/stack.sh destroy $(STACK)

answers: ## Prints the answers of the last run
	@$(in_env) node tools/answers.ts $(STACK)

test: ## Every suite: linters, TypeScript, Python, end to end
	@$(in_env) tools/test.sh

swarm: ## The suite of the Docker Swarm target, which `make test` leaves out
	@tools/setup.sh dev && eval "$$(tools/env.sh)" && tools/test.sh swarm

lint: ## Linters and type checks
	@$(in_env) tools/test.sh lint

format: ## Puts the code into its form
	@$(in_env) biome check --write && ruff check --fix && ruff format

data: ## Makes readings: make data ROWS=167926914, or HOUSEHOLDS=100 DAYS=365; OUT=data/more
	@$(in_env) python data/generate.py $(if $(ROWS),--rows $(ROWS)) \
		$(if $(HOUSEHOLDS),--households $(HOUSEHOLDS)) $(if $(DAYS),--days $(DAYS)) \
		$(if $(SHARDS),--shards $(SHARDS)) $(if $(SEED),--seed $(SEED)) --out $(or $(OUT),data/more)

bench: ## Measures ingest beside other engines: make bench ROWS=27000000 BENCH="--rounds 5"
	@$(in_env) ROWS=$(ROWS) tools/bench/run.sh $(BENCH)

setup: ## Fetches or builds what is missing, and nothing else
	@tools/setup.sh $(STACK)

env: ## For eval "$(make -s env)": then plain pulumi commands work
	@($(in_env) tools/stack.sh init $(STACK)) >&2 && tools/env.sh

doctor: ## What is here, what is missing, what `make up` would do about it
	@tools/doctor.sh $(STACK)
