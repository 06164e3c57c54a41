"""Collections on a shared Chroma server."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

import bot.vectors
from ingest import build


class Collection(NamedTuple):
    name: str


class Server:
    """What a Chroma client is asked to do, without a server."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)

    def list_collections(self) -> list[Collection]:
        return [Collection(name) for name in self.names]

    def delete_collection(self, name: str) -> None:
        self.names.remove(name)

    def close(self) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    made = Server("p-nghe-an-1", "p-nghe-an-2", "p-nghe-an-3", "p-ninh-binh-1", "p-ninh-binh-21", "cua-nguoi-khac")
    client: Any = lambda _folder, _url: made  # noqa: E731
    monkeypatch.setattr(bot.vectors, "_client", client)
    return made


def test_collections_of_a_build_are_dropped_and_no_others(server: Server) -> None:
    bot.vectors.drop_vectors("http://chroma", ["1"])
    assert server.names == ["p-nghe-an-2", "p-nghe-an-3", "p-ninh-binh-21", "cua-nguoi-khac"]


@pytest.mark.parametrize(("url", "left"), [("http://chroma", 4), ("", 6)])
def test_builds_before_the_previous_one_go_with_their_collections(
    server: Server, tmp_path: Path, url: str, left: int
) -> None:
    for name in ("1", "2", "3"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}", encoding="utf-8")
    build._clear(tmp_path, ("3", "2"), url)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["2", "3"]
    assert len(server.names) == left
