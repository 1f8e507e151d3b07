# Two commands matter: `make course` (open the course) and `make test` (run the tests).
# Both set up all they need: a virtual environment in .venv with pinned packages, and, as root on
# Debian, the system packages. Run again, they start at once.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help course lab quick test night load lint types docs dist coverage lock clean ready-to-test

PORT ?= 8866
LANG_OF_COURSE ?=
ROOM ?=
CYCLES ?= 1000
MUTANTS ?= 300
STUDENTS ?= 60
MINUTES ?= 10
PROCESSES ?= 3
VENV := .venv
unexport PYTHONDONTWRITEBYTECODE # each of many processes would compile all it imports
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOAD = $(CURDIR)/$(BIN)/python -m load --students $(STUDENTS) --minutes $(MINUTES)
APT := apt-get install -y -qq --no-install-recommends

help: ## 列出这些命令 · list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

course: $(VENV)/.course ## 打开课程 · open the course at http://127.0.0.1:8866/
	@exec $(BIN)/simlib serve --port $(PORT) $(addprefix --lang ,$(LANG_OF_COURSE)) --from-make

lab: $(VENV)/.course ## 在 JupyterLab 里打开 · open the notebooks in JupyterLab
	@$(BIN)/python -m simlib.server
	@[ "$$(id -u)" = 0 ] && root=--allow-root; \
	JUPYTER_PREFER_ENV_PATH=1 exec $(BIN)/python -m jupyterlab --notebook-dir=course $$root $(LAB_OPTIONS)

quick: $(VENV)/.dev ## 不用浏览器的测试；ROOM=statement 只测一室 · tests without a browser; of one room
	@files=$$($(BIN)/python tests/rooms.py $(ROOM)) \
	  && $(BIN)/python -m pytest -q -n 2 -m "not night and not node $(if $(ROOM),,and not slow)" $$files

test: ready-to-test ## 运行测试，含浏览器 · run the tests, the browser's included
	@$(BIN)/python -m pytest -n $(PROCESSES) -m "not night" --durations=40 --durations-min=10

night: ready-to-test $(VENV)/.night ## 费时的测试，几个小时 · what is long: all combinations, hub, proxies, load, attacks, new random cases, mutants
	@failed=0; cd tests; \
	(cd .. && $(BIN)/python -m pytest -n $(PROCESSES) -m night) || failed=1; \
	(cd .. && SIMLIB_SEARCH=1 $(BIN)/python -m pytest -n $(PROCESSES) -m "hypothesis or drawn" \
	  --ignore=tests/browser) || failed=1; \
	$(LOAD) || failed=1; \
	$(CURDIR)/$(BIN)/python -m hostile $(HOSTILE_OPTIONS) || failed=1; \
	$(CURDIR)/$(BIN)/python -m cycles $(CYCLES) || failed=1; \
	$(CURDIR)/$(BIN)/python -m starved || failed=1; \
	$(CURDIR)/$(BIN)/python mutants.py --count $(MUTANTS) || failed=1; \
	echo "$$(date +%F): $$([ $$failed = 0 ] && echo passed || echo FAILED)"; exit $$failed

load: $(VENV)/.dev ## 一个班（STUDENTS、MINUTES） · a class at work
	@cd tests && $(LOAD)

lint: $(VENV)/.dev ## 检查风格、格式和层次 · check style, formatting and imports
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && $(BIN)/lint-imports

types: $(VENV)/.dev ## 检查类型 · check types, and count what escapes the check
	@$(BIN)/python -m mypy; checked=$$?; $(BIN)/python tests/untyped.py; exit $$checked

docs: $(VENV)/.dev ## 生成接口文档 · write the API pages: build/api/index.html
	@rm -rf build/api && $(BIN)/python binder/api.py build/api

dist: $(VENV)/.course ## 打包 · build the wheel and the source archive: dist/
	@rm -rf dist && $(BIN)/python -m hatchling build --directory dist

coverage: ready-to-test ## 测试覆盖了多少 · how much of simlib the tests reach, without the browser's
	@$(BIN)/python -m coverage run -m pytest -m "not night" --ignore=tests/browser
	@$(BIN)/python -m coverage report

ready-to-test: $(VENV)/.test
	@command -v chromium >/dev/null || { \
	  echo '缺少 chromium：请安装 chromium 和 fonts-noto-cjk 后再运行。'; \
	  echo 'chromium is missing: install chromium and fonts-noto-cjk, then run this again.'; exit 1; } >&2
	@command -v node >/dev/null && command -v tsc >/dev/null || { \
	  echo '缺少 node 或 tsc：请安装 nodejs 和 node-typescript 后再运行。'; \
	  echo 'node or tsc is missing: install nodejs and node-typescript, then run this again.'; \
	  exit 1; } >&2

lock: $(VENV)/.course ## 更新固定版本 · pin the newest packages again
	@$(BIN)/python binder/lock.py

clean: ## 删除环境和缓存 · remove the environment and caches
	@rm -rf $(VENV) build dist artefacts .coverage .hypothesis .import_linter_cache .mypy_cache \
	  .pytest_cache .ruff_cache
	@find simlib tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@set -e; \
	for each in "$(PYTHON)" python3.11 python3.12 python3.13 python3; do \
	  [ -n "$$each" ] && "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    2>/dev/null && { python=$$each; break; } || true; \
	done; \
	[ -n "$$python" ] || { \
	  echo '需要 Python 3.11 或更新版本（Debian：apt install python3 python3-venv）。'; \
	  echo 'Python 3.11 or newer is needed (Debian: apt install python3 python3-venv).'; \
	  exit 1; } >&2; \
	echo "准备环境（只在第一次）· setting up, this once: $$($$python --version)"; \
	$$python -m venv $(VENV) >/dev/null 2>&1 || { \
	  rm -rf $(VENV); \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    exact=$$($$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	    apt-get update -qq && { $(APT) $$exact || $(APT) python3-venv; } >/dev/null; \
	  fi; \
	  $$python -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
	    echo '缺少 Python 的 venv：请先安装 python3-venv（apt install python3-venv）。'; \
	    echo 'Python has no venv: install python3-venv first (apt install python3-venv).'; \
	    exit 1; } >&2; \
	}

# An environment made before the package was renamed has it as `simlib`, or a stranger's package that
# a remedy of ours had pip fetch: that goes first, for both write the same folder.
$(VENV)/.course: binder/requirements.txt binder/build.txt pyproject.toml | $(VENV)/bin/python
	@$(PIP) install --require-hashes -r binder/requirements.txt -r binder/build.txt
	@$(PIP) uninstall --yes simlib >/dev/null 2>&1
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# What checks, documents and tests without a browser need: packages alone.
$(VENV)/.dev: $(VENV)/.course tests/requirements.txt
	@$(PIP) install --require-hashes -r binder/requirements.txt -r binder/build.txt \
	  -r tests/requirements.txt
	@touch $@

$(VENV)/.test: $(VENV)/.dev
	@if ! { command -v chromium && command -v node && command -v tsc \
	    && fc-list :lang=zh 2>/dev/null | grep -q .; } >/dev/null \
	  && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  needed='chromium fonts-noto-cjk'; \
	  command -v node >/dev/null || needed="$$needed nodejs"; \
	  command -v tsc >/dev/null || needed="$$needed node-typescript"; \
	  apt-get update -qq && $(APT) $$needed >/dev/null; \
	fi
	@touch $@

$(VENV)/.night: $(VENV)/.test tests/night.txt
	@$(PIP) install --require-hashes --no-deps -r tests/night.txt
	@for each in nginx configurable-http-proxy; do \
	  command -v $$each >/dev/null && continue; \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || continue; \
	  apt-get update -qq && $(APT) $${each/configurable/node-configurable} >/dev/null \
	    || echo "$$each: not installed; its tests are skipped" >&2; \
	done
	@touch $@
