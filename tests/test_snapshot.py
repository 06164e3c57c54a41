"""A snapshot is built aside and swapped in; what cannot be served says which command builds a new one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from made_plans import drafted, snapshot, source
from numpy.typing import NDArray

from bot.domain import Plan
from bot.embed import Encoder
from bot.index import Snapshot, SnapshotError, UnknownPlan, current
from bot.lexical import Hit
from ingest import build as building
from ingest.build import Busy, build, known_vectors, locked, unchanged
from ingest.collection import plans

FILES = {"a.md": "1", "b.md": "2"}


class PlainEncoder(Encoder):
    """Vectors from the letters of a text; counts what it is given."""

    fingerprint = "plain"

    def __init__(self) -> None:
        super().__init__(Path(), "plain")
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += texts
        rows = [np.frombuffer(sha256(t.encode()).digest(), dtype=np.uint8) for t in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(texts), -1) - 127.5
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def encoder() -> PlainEncoder:
    return PlainEncoder()


def two_plans(report: str = "Các đơn vị báo cáo về UBND xã trước ngày 20/11 hằng năm.") -> list[Plan]:
    return plans([drafted(source(), "a.md"), drafted(source(name="Mường Xén", report=report), "b.md")], {})


def written(index: Path, encoder: Encoder, found: Sequence[Plan] | None = None) -> Path:
    with locked(index):
        return build(found or two_plans(), FILES, index, encoder, progress=lambda _: None)


def builds(index: Path) -> set[str]:
    return {p.name for p in index.iterdir() if p.is_dir()}


def opened(index: Path) -> Snapshot:
    return Snapshot(current(index), PlainEncoder(), "plain")


# ---- what stands in it


def test_plans_come_out_as_they_went_in(tmp_path: Path, encoder: PlainEncoder) -> None:
    made = two_plans()
    written(tmp_path, encoder, made)
    served = opened(tmp_path)
    assert [served.plan(i) for i in served.plan_ids] == made
    assert {i.slug for i in served.issuers} == {"kim-lien", "muong-xen"}


@pytest.mark.parametrize(
    "plan_id", ["khong-co", "", "../../etc/passwd", "a'; DROP TABLE plan; --", "kim-lien-2025/", "\0"]
)
def test_a_plan_id_that_is_none_finds_nothing(tmp_path: Path, encoder: PlainEncoder, plan_id: str) -> None:
    written(tmp_path, encoder)
    with pytest.raises(UnknownPlan):
        opened(tmp_path).plan(plan_id)


def test_search_stays_inside_the_scope(tmp_path: Path, encoder: PlainEncoder) -> None:
    written(tmp_path, encoder)
    served = opened(tmp_path)
    for hits in (served.by_words(["báo cáo"], ["muong-xen"], 50), served.by_meaning("báo cáo", ["muong-xen"], 50)):
        assert hits
        assert {served.passage(h.passage).plan_id for h in hits} == {"muong-xen-2025"}
    assert {served.passage(h.passage).plan_id for h in served.by_words(["báo cáo"], [], 50)} == set(served.plan_ids)


def test_the_nearest_passage_is_the_one_with_that_text(tmp_path: Path, encoder: PlainEncoder) -> None:
    written(tmp_path, encoder)
    best = opened(tmp_path).by_meaning(encoder.encoded[3], [], 1)[0]
    assert best.score == pytest.approx(1.0, abs=1e-3)


def test_many_threads_may_ask_first(tmp_path: Path, encoder: PlainEncoder) -> None:
    for _ in range(3):
        written(tmp_path, encoder)
        served = opened(tmp_path)
        barrier = Barrier(8)

        def ask(_: int, served: Snapshot = served, barrier: Barrier = barrier) -> list[Hit]:
            barrier.wait()
            return served.by_meaning("báo cáo", [], 5)

        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(ask, range(8)))
        assert found == [found[0]] * 8
        served.close()


# ---- building again


def test_unchanged_plans_are_not_encoded_again(tmp_path: Path, encoder: PlainEncoder) -> None:
    written(tmp_path, encoder)
    first = len(encoder.encoded)
    encoder.encoded.clear()
    written(tmp_path, encoder)
    assert (first > 10, encoder.encoded) == (True, [])
    written(tmp_path, encoder, two_plans(report="Các thôn báo cáo về UBND xã trước ngày 25 hằng tháng."))
    assert any("25 hằng tháng" in text for text in encoder.encoded)
    assert len(encoder.encoded) < first  # of the other plan nothing
    assert any("25 hằng tháng" in p.text for p in map(opened(tmp_path).plan, ["muong-xen-2025"]))


def test_the_build_before_stays_and_older_ones_go(tmp_path: Path, encoder: PlainEncoder) -> None:
    names = [written(tmp_path, encoder).name for _ in range(4)]
    assert builds(tmp_path) == set(names[-2:])
    assert current(tmp_path).name == names[-1]


def test_what_a_killed_ingest_left_is_cleared_away(tmp_path: Path, encoder: PlainEncoder) -> None:
    served = written(tmp_path, encoder).name
    (tmp_path / ".dang-dung-20250101" / "chroma").mkdir(parents=True)
    (tmp_path / "CURRENT.moi").write_text("dở dang", encoding="utf-8")
    with locked(tmp_path):
        pass
    assert builds(tmp_path) == {served}
    assert current(tmp_path).name == served


def test_a_build_that_fails_leaves_the_old_one(
    tmp_path: Path, encoder: PlainEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = written(tmp_path, encoder).name

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(building, "write_vectors", full)
    with pytest.raises(OSError, match="No space"):
        written(tmp_path, encoder)
    assert current(tmp_path).name == served
    assert opened(tmp_path).plan_ids == ("kim-lien-2025", "muong-xen-2025")


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(Busy, match="đang ghi vào chỉ mục này"), locked(tmp_path):
        pytest.fail("two writers")
    with locked(tmp_path):
        pass  # the lock goes with its holder


# ---- whether there is anything to do


def test_nothing_changed(tmp_path: Path, encoder: PlainEncoder) -> None:
    assert not unchanged(tmp_path, FILES, encoder)
    written(tmp_path, encoder)
    assert unchanged(tmp_path, FILES, encoder)


def other_encoder(_: Path, encoder: PlainEncoder) -> None:
    encoder.fingerprint = "other"


def damage(*parts: str) -> Callable[[Path, PlainEncoder], None]:
    def spoil(build: Path, _: PlainEncoder) -> None:
        (build.joinpath(*parts)).write_bytes(b"spoilt")

    return spoil


def remove(*parts: str) -> Callable[[Path, PlainEncoder], None]:
    def spoil(build: Path, _: PlainEncoder) -> None:
        build.joinpath(*parts).unlink()

    return spoil


def altered(key: str, value: object) -> Callable[[Path, PlainEncoder], None]:
    def spoil(build: Path, _: PlainEncoder) -> None:
        path = build / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {key: value}), encoding="utf-8")

    return spoil


SPOILT = {
    "another encoder": other_encoder,
    "another schema": altered("schema", 0),
    "other files": altered("files", {"a.md": "1"}),
    "other rules of reading": altered("rules", "older"),
    "a manifest that is no JSON": damage("manifest.json"),
    "no manifest": remove("manifest.json"),
    "damaged plans": damage("plans.sqlite"),
    "no plans": remove("plans.sqlite"),
    "damaged words": damage("lexical", "meta.json"),
    "no vectors": remove("chroma", "chroma.sqlite3"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_build_of_another_make_or_a_damaged_one_is_made_anew(tmp_path: Path, encoder: PlainEncoder, how: str) -> None:
    SPOILT[how](written(tmp_path, encoder), encoder)
    assert not unchanged(tmp_path, FILES, encoder)
    written(tmp_path, encoder)
    assert unchanged(tmp_path, FILES, encoder)
    if how != "another encoder":
        assert opened(tmp_path).plan_ids == ("kim-lien-2025", "muong-xen-2025")


def test_vectors_of_a_damaged_build_are_not_used(tmp_path: Path, encoder: PlainEncoder) -> None:
    (written(tmp_path, encoder) / "plans.sqlite").write_bytes(b"spoilt")
    assert known_vectors(tmp_path, encoder) == {}


# ---- what cannot be served


@pytest.mark.parametrize("how", sorted(SPOILT.keys() - {"other files", "other rules of reading"}))
def test_what_cannot_be_served_names_the_command_that_rebuilds_it(
    tmp_path: Path, encoder: PlainEncoder, how: str
) -> None:
    SPOILT[how](written(tmp_path, encoder), encoder)
    with pytest.raises(SnapshotError, match=rf"hoi ingest .* --index {tmp_path}"):
        Snapshot(current(tmp_path), encoder, encoder.fingerprint)


@pytest.mark.parametrize(
    "pointer",
    [b"", b"\n", b"khong-co", b"..", b"../ngoai", b"/etc", b"\xff\xfe\x00", b"a\0b", "đường/dẫn".encode(), b"x" * 5000],
    ids=["empty", "line", "absent", "up", "outside", "absolute", "binary", "nul", "folder", "long"],
)
def test_a_pointer_that_names_no_build(tmp_path: Path, encoder: PlainEncoder, pointer: bytes) -> None:
    index = tmp_path / "index"
    build = written(index, encoder)
    build.rename(tmp_path / "ngoai")  # a whole build, but not one of this index
    (index / "CURRENT").write_bytes(pointer)
    with pytest.raises(SnapshotError, match="hoi ingest"):
        current(index)
    written(index, encoder)
    assert snapshot(index).plan_ids == ("kim-lien-2025", "muong-xen-2025")


def test_no_index_at_all(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="Chưa có chỉ mục"):
        current(tmp_path / "khong-co")
