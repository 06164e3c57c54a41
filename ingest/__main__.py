"""`hoi ingest`: reads plans, builds a snapshot, says what it found and what it could not read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.arguments import Parser
from bot.settings import Settings

from .read import SUFFIXES, ReadError, plan_files

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "plans"
_ABOUT = (
    "Đọc các kế hoạch (.md .txt .pdf .docx .html .png .jpg .tif, kể cả bản quét) và dựng chỉ mục. Cho một thư mục: bộ "
    "kế hoạch là các tệp trong thư mục đó. Chỉ cho tệp, khi đã có chỉ mục: các tệp được thêm vào bộ kế hoạch đang có."
)


def main(argv: Sequence[str] | None = None) -> int:
    """0: a snapshot is served (some files may have been left out, each is named); 1: nothing could be built."""
    parser = Parser("hoi ingest", _ABOUT)
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục kế hoạch (mặc định: corpus/plans)"
    )
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="nơi ghi chỉ mục (HOI_INDEX, mặc định: index)")
    told = parser.add_mutually_exclusive_group()
    told.add_argument("--check", action="store_true", help="chỉ cho xem đọc được gì, không ghi gì")
    told.add_argument("--json", action="store_true", help="báo tiến độ và kết quả bằng các dòng JSON")
    given = parser.parse_args(argv)
    settings = Settings.from_environment(index=given.index)
    paths = given.paths or [CORPUS]

    from .manage import guarded

    if given.check:
        return guarded("hoi ingest", lambda: _check(paths, settings), given.json)
    return guarded("hoi ingest", lambda: _ingest(paths, settings, given.json), given.json)


def _ingest(paths: list[Path], settings: Settings, as_lines: bool) -> None:
    from .lines import Lines
    from .report import Report
    from .served import exists
    from .update import add, replace_all

    report = Lines() if as_lines else Report()
    adding = exists(settings.index) and not any(p.is_dir() for p in paths)
    (add if adding else replace_all)(_files(paths), settings, report)


def _check(paths: list[Path], settings: Settings) -> None:
    """Prints each plan as it would be read beside those that are served. Raises ReadError when none can be read."""
    from .check import shown
    from .collection import catalogue, plans
    from .mend import mender
    from .parse import draft
    from .read import read
    from .relation import relate
    from .served import exists, served

    files, repair = _files(paths), mender()
    drafts = []
    for file in files:
        try:
            drafts.append(draft(read(file), repair))
        except ReadError as error:
            print(f"Bỏ qua {error}", file=sys.stderr)
    if not drafts:
        raise ReadError("không đọc được kế hoạch nào.")
    before = served(settings.index).plans if exists(settings.index) else ()
    digests = {d.received.digest for d in drafts}
    beside = [p for p in before if p.digest not in digests]
    made = relate(plans(drafts, catalogue(files), beside))
    print("\n\n".join(shown(p) for p in made if p.digest in digests))


def _files(paths: list[Path]) -> list[Path]:
    files = plan_files(paths)
    if not files:
        raise ReadError(f"{', '.join(map(str, paths))}: không có kế hoạch nào (tệp {', '.join(SUFFIXES)}).")
    return files


if __name__ == "__main__":
    raise SystemExit(main())
