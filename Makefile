# Everything runs in .venv, made from the locked requirements; a second run finds it made.
PYTHON ?= python3
VENV := .venv
# What the program needs, with digests: a new archive gets this very file. requirements.txt only names it.
LOCK := builder/scaffold/files/requirements.txt
BIN := $(VENV)/bin
# What an interrupted run left half made is mended by the next one.
FAILED := 没有装好依赖：多半是网络不通。连上之后再运行一次，会从头补好 / Could not install: check the network and run this again
# What installs locked requirements; CI names a faster one.
INSTALLER ?= $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r

.PHONY: site serve check test lint lock score bench audit advisories attack clean release help

help: ## 列出可用的命令
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(VENV)/.site: $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本；装了别的版本，请写 make PYTHON=python3.12 site / Python 3.11+ is needed: make PYTHON=python3.12 site")'
	@{ $(BIN)/python -c '' || $(PYTHON) -m venv --clear $(VENV); } >/dev/null 2>&1; \
		$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null 2>&1 || \
		{ echo "没有 venv：Debian、Ubuntu 上请先运行 sudo apt install python3-venv / python3-venv is missing" >&2; exit 2; }
	@echo "安装依赖（只在第一次，或 requirements.txt 改变之后；约一两分钟）…"
	@$(INSTALLER) requirements.txt || { echo "$(FAILED)" >&2; exit 2; }
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.site
	@$(INSTALLER) requirements-dev.txt || { echo "$(FAILED)" >&2; exit 2; }
	@touch $@

site: $(VENV)/.site ## 生成整个网站到 site/
	@$(BIN)/python -m builder build

serve: $(VENV)/.site ## 本地预览，改动即时可见
	@$(BIN)/python -m builder serve

check: $(VENV)/.site ## 检查全部原始文件与策展数据
	@$(BIN)/python -m builder check

lint: $(VENV)/.dev ## 代码风格与类型
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

test: lint ## 测试（SLOW=1 连同 CI 才跑的几项）
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(if $(SLOW),,-m "not slow")

score: $(VENV)/.dev ## 与 ../shared 的标注比较
	@$(BIN)/python tools/score.py
	@$(BIN)/python tools/score_pages.py
	@$(BIN)/python tools/score_search.py
	@mkdir -p .cache && $(BIN)/python -m builder convert --json ../shared/plan/more/*.md ../shared/plan/more/*.txt seeds/004*.txt >.cache/plans.jsonl
	@$(BIN)/python ../shared/plan/score_plan.py ../shared/plan/more .cache/plans.jsonl
	@$(BIN)/python tools/score_plan_elements.py ../shared/plan
	@$(BIN)/python tools/score_documents.py ../shared/plan/real $(HELD_BACK)

bench: $(VENV)/.dev ## 速度
	@$(BIN)/python tools/bench.py
	@$(BIN)/python tools/bench_search.py
	@$(BIN)/python tools/bench_check.py
	@$(BIN)/python tools/bench_build.py
	@$(BIN)/python tools/bench_spawn.py
	@INCREMENTAL_ROUNDS=12 $(BIN)/python -m pytest -q tests/test_incremental.py
	@$(BIN)/python tools/bench_containers.py

audit: $(VENV)/.dev ## 用 axe、vnu、Lighthouse 与 Chromium 检查生成的网站（需要 Node 与 Java）
	@test -d tools/node_modules || npm ci --prefix tools --silent
	@$(BIN)/python tools/audit.py

advisories: $(VENV)/.dev ## 全部锁定依赖的许可（都要认识）与已知漏洞（pip-audit，需要网络；没有网络则说明略过）
	@$(BIN)/python tools/licences.py $(LOCK) requirements-dev.txt
	@$(BIN)/python tools/advisories.py requirements-dev.txt

attack: $(VENV)/.dev ## 攻击：注入、断电、损坏、磁盘出错、增长（半小时左右；ATTACK=短 只跑几分钟）
	@$(BIN)/python tools/attack.py $(if $(ATTACK),--quick)

COMPILE = uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header pyproject.toml

lock: ## 重新锁定依赖（需要 uv）：程序的，和开发另需要的
	$(COMPILE) -o $(LOCK)
	@mkdir -p .cache
	$(COMPILE) --extra dev --constraint $(LOCK) $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/--no-emit-package \1/p' $(LOCK)) -o requirements-dev.txt
	{ echo '-r requirements.txt'; grep -Ev '^(-r|#) ' requirements-dev.txt; } >.cache/requirements && mv .cache/requirements requirements-dev.txt

release: ## 发布一个版本：make release VERSION=0.3.0
	@$(BIN)/python tools/release.py $(VERSION)

clean: ## 删除生成的文件
	rm -rf site .cache
