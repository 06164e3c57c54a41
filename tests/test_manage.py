"""The collection as an official keeps it: adding, checking, listing, comparing, removing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from small_plans import small_plan

import ingest.diff
import ingest.manage
import ingest.mend
from bot.index import current
from ingest.__main__ import main as hoi_ingest
from ingest.build import locked
from ingest.served import served

Write = Callable[..., Path]


@pytest.fixture(scope="module", autouse=True)
def one_restorer() -> Iterator[None]:
    """The model is loaded once for all tests, not once a command."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ingest.mend, "load_restorer", lru_cache(ingest.mend.load_restorer))
        yield


@pytest.fixture(scope="module")
def two_plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of two communes' plans."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "plans").mkdir()
    for name, commune in (("an-phu-2025.md", "An Phú"), ("tan-hoa-2025.md", "Tân Hòa")):
        (folder / "plans" / name).write_text(small_plan(commune), encoding="utf-8")
    assert hoi_ingest([str(folder / "plans"), "--index", str(folder / "index")]) == 0
    return folder / "index"


@pytest.fixture
def index(two_plans: Path, tmp_path: Path) -> Path:
    shutil.copytree(two_plans, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, text: str = "", **changes: str) -> Path:
        path = tmp_path / name
        path.write_text(text or small_plan(**changes), encoding="utf-8")
        return path

    return write


def ids(index: Path) -> list[str]:
    return [p.id for p in served(index).plans]


def run(*argv: object) -> int:
    return hoi_ingest([str(a) for a in argv])


# ---- adding


def test_a_file_is_added_and_the_others_stay(index: Path, write: Write) -> None:
    before = {p.id: p for p in served(index).plans}
    assert run(write("moi.md", commune="Bình Minh"), "--index", index) == 0
    after = {p.id: p for p in served(index).plans}
    assert sorted(after) == ["an-phu-2025", "binh-minh-2025", "tan-hoa-2025"]
    assert {i: after[i] for i in before} == before


def test_a_folder_replaces_the_collection_and_says_what_went(
    index: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write("moi.md", commune="Bình Minh").parent / "folder"
    folder.mkdir()
    (folder.parent / "moi.md").rename(folder / "moi.md")
    assert run(folder, "--index", index) == 0
    assert ids(index) == ["binh-minh-2025"]
    assert "Không còn trong bộ kế hoạch: an-phu-2025, tan-hoa-2025" in capsys.readouterr().err


def test_a_known_file_changes_nothing(index: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    build = current(index)
    assert run(write("ten-khac.md"), "--index", index) == 0
    assert current(index) == build
    captured = capsys.readouterr()
    assert "đã có trong bộ kế hoạch, mã an-phu-2025" in captured.err
    assert "Không có gì thay đổi" in captured.out


def test_a_corrected_copy_takes_the_place_of_the_first(index: Path, write: Write) -> None:
    assert run(write("an-phu-2025.md", due="20/12"), "--index", index) == 0
    assert ids(index) == ["an-phu-2025", "tan-hoa-2025"]
    assert "trước ngày 20/12" in served(index).plans[0].text


def test_another_plan_under_a_known_file_name_is_not_mistaken_for_a_copy(index: Path, write: Write) -> None:
    title = "Tuyên truyền phổ biến, giáo dục pháp luật năm 2025 trên địa bàn xã {}"
    assert run(write("an-phu-2025.md", title=title, number="31"), "--index", index) == 0
    assert len(ids(index)) == 3
    assert "an-phu-2025" in ids(index)


def test_a_replacing_plan_says_which(index: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    said = " Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 05/3/2025 của Ủy ban nhân dân xã An Phú."
    path = write("moi.md", number="40", day="ngày 02 tháng 02 năm 2026", opening=said)
    assert run(path, "--index", index) == 0
    new = next(p for p in served(index).plans if p.when.year == 2026)
    assert new.replaces == "an-phu-2025"
    assert "liên quan: thay thế an-phu-2025" in capsys.readouterr().out


def test_what_cannot_be_read_leaves_the_snapshot_alone(
    index: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    build = current(index)
    assert run(write("hong.md", "ngắn"), "--index", index) == 1
    assert current(index) == build
    assert "gần như không có chữ" in capsys.readouterr().err


def test_a_good_file_is_added_though_another_is_bad(index: Path, write: Write) -> None:
    assert run(write("hong.md", "ngắn"), write("tot.md", commune="Bình Minh"), "--index", index) == 0
    assert "binh-minh-2025" in ids(index)


def test_plans_read_by_older_rules_are_read_again(index: Path, write: Write) -> None:
    manifest = current(index) / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) | {"rules": "older"}
    manifest.write_text(json.dumps(told), encoding="utf-8")
    before = served(index)
    assert not before.by_todays_rules
    assert run(write("moi.md", commune="Bình Minh"), "--index", index) == 0
    after = served(index)
    assert after.by_todays_rules
    assert [p for p in after.plans if p.id != "binh-minh-2025"] == list(before.plans)


def test_one_name_in_two_provinces_is_told_apart_and_ids_stay(index: Path, write: Write) -> None:
    text = small_plan().replace("tỉnh Nghệ An", "tỉnh Cà Mau")
    assert run(write("ca-mau.md", text), "--index", index) == 0
    plans = {p.id: p.issuer for p in served(index).plans}
    slugs = {i.slug for i in plans.values() if i.name == "An Phú"}
    assert len({i.province for i in plans.values() if i.name == "An Phú"}) == 2, plans
    assert len(slugs) == 2
    assert "an-phu-2025" in plans


def test_two_writers_do_not_meet(index: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    with locked(index):
        assert run(write("moi.md", commune="Bình Minh"), "--index", index) == 1
    assert "đang ghi vào chỉ mục" in capsys.readouterr().err


# ---- checking


def test_check_shows_what_would_be_read_and_writes_nothing(
    index: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(p.name for p in index.iterdir())
    assert run("--check", write("moi.md", number="40", day="ngày 02 tháng 02 năm 2026"), "--index", index) == 0
    out = capsys.readouterr().out
    for said in (
        "moi.md → an-phu-2026",
        "Số, ngày: 40/KH-UBND; ngày 02 tháng 02 năm 2026",
        "Người ký: Nguyễn Văn An",
        "Chất lượng chữ: tốt",
        "Mục lục (7 mục)",
        "III TỔ CHỨC THỰC HIỆN",
        "Thời hạn (1)",
        "trước ngày 15/12",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        "liên quan: thay thế an-phu-2025",
    ):
        assert said in out
    assert sorted(p.name for p in index.iterdir()) == before


def test_check_needs_no_snapshot(tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--check", write("moi.md"), "--index", tmp_path / "none") == 0
    assert "an-phu-2025" in capsys.readouterr().out
    assert not (tmp_path / "none").exists()


def test_check_drives_no_terminal(tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    text = small_plan(more="\n3. Các xóm \033[2Jgửi \u202eđăng ký trước ngày 01/4.\n")
    run("--check", write("moi.md", text), "--index", tmp_path / "none")
    assert not {"\033", "\u202e"} & set(capsys.readouterr().out)


def test_check_and_json_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("--check", "--json", "x")
    assert stopped.value.code == 2
    assert "không dùng được cùng" in capsys.readouterr().err


# ---- listing and removing


def test_plans_lists_the_collection(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest.manage.plans(["--index", str(index)]) == 0
    out = capsys.readouterr().out
    assert "an-phu-2025 – xã An Phú, Nghệ An" in out
    assert "số 12/KH-UBND; ngày 05 tháng 3 năm 2025; thời gian 2025-2030" in out
    assert out.rstrip().endswith("2 kế hoạch.")


def test_remove_takes_one_plan_out(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest.manage.remove(["an-phu-2025", "--index", str(index)]) == 0
    assert ids(index) == ["tan-hoa-2025"]
    assert "Đã gỡ an-phu-2025" in capsys.readouterr().out


def test_the_last_plan_can_be_removed_and_one_added_again(index: Path, write: Write) -> None:
    assert ingest.manage.remove(["an-phu-2025", "tan-hoa-2025", "--index", str(index)]) == 0
    assert ids(index) == []
    assert run(write("moi.md"), "--index", index) == 0
    assert ids(index) == ["an-phu-2025"]


def test_an_unknown_id_removes_nothing(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = current(index)
    assert ingest.manage.remove(["an-phu-2025", "khong-co", "--index", str(index)]) == 1
    assert current(index) == build
    assert "không có kế hoạch “khong-co”" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["plans"], ["remove", "x"], ["diff", "x", "y"]])
def test_without_a_snapshot_one_line_says_how_to_build_one(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_it = {"plans": ingest.manage.plans, "remove": ingest.manage.remove, "diff": ingest.diff.main}[command[0]]
    assert run_it([*command[1:], "--index", str(tmp_path / "none")]) == 1
    err = capsys.readouterr().err
    assert "hoi ingest" in err
    assert len(err.splitlines()) == 1


def test_a_snapshot_of_another_schema_is_left_alone(
    index: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = current(index) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | {"schema": 0}), encoding="utf-8")
    assert run(write("moi.md", commune="Bình Minh"), "--index", index) == 1
    assert "phiên bản khác" in capsys.readouterr().err


# ---- comparing


def test_diff_says_what_changed(index: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    text = small_plan(due="20/11", more="\n3. Trường học: Tổ chức cho học sinh trồng cây mỗi tháng một lần.\n")
    text = text.replace("- Giấy khen của Chủ tịch Ủy ban nhân dân xã.\n\n", "")
    assert ingest.diff.main(["an-phu-2025", str(write("moi.md", text)), "--index", str(index)]) == 0
    out = capsys.readouterr().out
    assert "Thời hạn: 1 đổi" in out
    assert "15/12" in out
    assert "20/11" in out
    assert "Giai đoạn: không thay đổi" in out
    assert "- bỏ: [mục II] Giấy khen của Chủ tịch Ủy ban nhân dân xã" in out
    assert "+ thêm: [mục III.3] Trường học: Tổ chức cho học sinh trồng cây" in out


def test_a_plan_compared_with_itself_differs_in_nothing(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingest.diff.main(["an-phu-2025", "an-phu-2025", "--index", str(index)]) == 0
    assert capsys.readouterr().out.count("không thay đổi") == 4


def test_an_abbreviation_written_out_is_no_change(
    index: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    text = small_plan().replace("Chủ tịch Ủy ban nhân dân", "Chủ tịch UBND")
    assert ingest.diff.main(["an-phu-2025", str(write("moi.md", text)), "--index", str(index)]) == 0
    assert "Khen thưởng: không thay đổi" in capsys.readouterr().out


def test_a_long_line_shows_where_it_differs(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    task = "\n3. Trường học: Tổ chức " + "trồng cây và chăm sóc đường hoa, " * 12 + "mỗi tháng {} lần.\n"
    files = [write(f"{n}.md", more=task.format(n)) for n in ("hai", "ba")]
    assert ingest.diff.main([str(f) for f in files]) == 0
    out = capsys.readouterr().out
    assert "mỗi tháng hai lần" in out
    assert "mỗi tháng ba lần" in out


# ---- as commands


def hoi(*argv: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *map(str, argv)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def test_commands_run_as_processes(index: Path, write: Write) -> None:
    added = hoi("ingest", write("moi.md", commune="Bình Minh"), "--index", index, "--json")
    assert added.returncode == 0, added.stderr
    told = [json.loads(line) for line in added.stdout.splitlines()]
    assert told[-1]["event"] == "done"
    assert [p["id"] for p in told[-1]["plans"]] == ["binh-minh-2025"]
    assert "binh-minh-2025" in hoi("plans", "--index", index).stdout
    assert "không thay đổi" in hoi("diff", "an-phu-2025", "tan-hoa-2025", "--index", index).stdout


@pytest.mark.parametrize("command", ["plans", "remove", "diff"])
def test_help_is_vietnamese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    run_it = {"plans": ingest.manage.plans, "remove": ingest.manage.remove, "diff": ingest.diff.main}[command]
    with pytest.raises(SystemExit) as stopped:
        run_it(["--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Cách dùng: hoi {command}")
    assert "usage" not in out
