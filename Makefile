# make run and make test do all their own set-up; what is up to date is not done again.

VENV := .venv
BIN := $(VENV)/bin
INDEX ?= index
# The first Python that is new enough; name another with PYTHON=…
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# Address of PyTorch's CPU builds, for machines where the usual one is several GB of GPU libraries (see README).
TORCH_INDEX ?=

.PHONY: setup snapshot run test lint eval bench

setup: $(VENV)/.done

$(VENV)/.done: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên (Python 3.11 or newer is needed)." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Đang cài đặt, lần đầu mất vài phút…"
	$(if $(TORCH_INDEX),$(BIN)/python -m pip install -q -c constraints.txt torch --index-url $(TORCH_INDEX))
	$(BIN)/python -m pip install -q -c constraints.txt -e '.[dev]'
	@touch $@

# A folder's time changes when a file in it is removed, so -newer sees that too.
snapshot: setup
	@if [ ! -e $(INDEX)/CURRENT ] || [ -n "$$(find corpus bot ingest -newer $(INDEX)/CURRENT \
		-not -path '*__pycache__*' \( -path 'corpus*' -o -name '*.py' -o -path '*/models/*' \) -print -quit)" ]; then \
		$(BIN)/hoi ingest corpus/plans --index $(INDEX) && touch $(INDEX)/CURRENT; fi

run: snapshot
	@$(BIN)/hoi serve --index $(INDEX)

test: setup
	@$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: snapshot
	$(BIN)/hoi eval --index $(INDEX)

bench: setup
	$(BIN)/python -m eval.bench
	-$(BIN)/python -m eval.page
