"""Who may import whom: the folders stand in one direction, each outside library has one owner."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = sorted(path for folder in ("bot", "ingest", "eval") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN = {"bot": {"ingest", "eval"}, "ingest": {"eval"}, "eval": {"ingest"}}
# Who may import which outside library; a folder stands for all its files. What is not here, nobody may import.
OWNERS: dict[str, set[str]] = {
    "PIL": {"ingest/pages.py", "ingest/readers"},
    "alembic": {"bot/state"},
    "chromadb": {"bot/vectors.py"},
    "docx": {"ingest/readers"},
    "fastapi": {
        "bot/channels/chats.py",
        "bot/channels/completions.py",
        "bot/channels/feed.py",
        "bot/channels/office.py",
        "bot/channels/operator.py",
        "bot/channels/site.py",
        "bot/channels/telegram_run.py",
        "bot/channels/web.py",
        "bot/channels/writing.py",
        "bot/channels/zalo",
    },
    "httpx": {"bot/channels"},
    "huggingface_hub": {"bot/embed.py"},  # where a model that was downloaded before lies
    "icalendar": {"bot/channels/calendar.py"},
    "jinja2": {"bot/channels/pages.py"},
    "langchain": {"bot/llm"},
    "langchain_chroma": {"bot/vectors.py"},
    "langchain_core": {"bot"},  # the language its parts speak with one another
    "lxml": {"ingest/readers"},
    "mcp": {"bot/channels/mcp.py"},
    "numpy": {"bot", "eval/learn.py", "ingest"},  # arrays, likewise
    "playwright": {"eval/page.py"},
    "psutil": {"eval/bench.py"},
    "pydantic": {"bot/channels/contract", "bot/channels/mcp.py"},
    "pypdfium2": {"ingest/readers"},
    "rapidfuzz": {"bot", "ingest"},  # one function, a distance between strings
    "rich": {"eval/report.py", "ingest/report.py"},
    "sentence_transformers": {"bot/embed.py", "ingest/encoder_figures.py", "ingest/train_encoder.py"},
    "sqlalchemy": {"bot/state"},
    "starlette": {
        "bot/channels/asking.py",
        "bot/channels/operator.py",
        "bot/channels/telegram_run.py",
        "bot/channels/web.py",
        "bot/channels/zalo",
    },
    "tantivy": {"bot/lexical.py"},
    "telegram": {"bot/channels"},
    "tokenizers": {"ingest/encoder_pieces.py", "ingest/train_encoder.py"},
    "torch": {"ingest/train_encoder.py"},
    "uvicorn": {"bot/commands/serve.py"},
    "vietnam_provinces": {"bot/gazetteer.py"},
}
HEAVY = (
    "torch",
    "sentence_transformers",
    "chromadb",
    "langchain",
    "langchain_chroma",
    "rich",
    "fastapi",
    "sqlalchemy",
    "telegram",
    "mcp",
    "transformers",
    "sklearn",
)


def imports(path: Path) -> set[str]:
    """Top names of all imports, those inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").split(".")[0])
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_folders_import_in_one_direction(path: Path) -> None:
    assert not imports(path) & FORBIDDEN[name(path).split("/")[0]]


@pytest.mark.parametrize("path", FILES, ids=name)
def test_outside_libraries_have_one_owner(path: Path) -> None:
    outside = imports(path) - sys.stdlib_module_names - FORBIDDEN.keys()
    strangers = {
        lib
        for lib in outside
        if not any(name(path) == o or name(path).startswith(f"{o}/") for o in OWNERS.get(lib, ()))
    }
    assert not strangers


@pytest.mark.parametrize("path", [p for p in FILES if name(p).startswith("bot/")], ids=name)
def test_only_settings_read_the_environment(path: Path) -> None:
    if name(path) != "bot/settings.py":
        source = path.read_text(encoding="utf-8")
        assert "os.environ" not in source
        assert "getenv" not in source


@pytest.mark.parametrize("module", ["bot.__main__", "bot.wiring", "bot.answer", "ingest.__main__", "eval.__main__"])
def test_importing_loads_nothing_heavy(module: str) -> None:
    script = f"import {module}, json, sys; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8", cwd=ROOT)
    assert json.loads(done.stdout) == []


def test_every_folder_of_code_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    folders = {name(path.parent).replace("/", ".") for path in FILES}
    assert folders == set(project["tool"]["setuptools"]["packages"])
