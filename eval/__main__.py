"""The command `hoi eval`."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.arguments import Parser
from bot.domain import Plan
from bot.settings import Settings
from eval import report, restored
from eval.cases import Case, CaseError, read_cases
from eval.metrics import Row, Summary, breaches, summarise
from eval.official import Absent, documents
from eval.run import run

HERE = Path(__file__).parent
FLOOR = HERE / "floor.toml"


def main(argv: list[str] | None = None) -> int:
    """0: measured, or left out where the shared data is not there, 1: below the floor, 2: could not be measured."""
    arguments = _parser().parse_args(argv)
    try:
        files = [] if arguments.restoration else arguments.files or _default_files()
        cases = [case for file in files for case in read_cases(file)]
        with TemporaryDirectory() as folder:
            if arguments.plans:
                arguments.index = Path(folder, "index")
                build(arguments.plans, arguments.index)
            if arguments.restoration:
                return restoration(arguments.index, arguments.pages, Path(folder))
            rows, used = measure(cases, arguments.index, Path(folder), llm=arguments.llm)
    except Absent as error:
        print(error, file=sys.stderr)
        return 0
    except CaseError as error:
        print(error, file=sys.stderr)
        return 2
    summaries = by_set(rows)
    low = breaches(summaries, _floor_of(summaries))
    settings = {"files": [str(file) for file in files], **_code(), **used}
    summary = {"sets": {name: report.summary_json(s) for name, s in summaries.items()}, "below_floor": low}
    target = _target(settings["commit"], files if arguments.plans else ())
    report.write(target, rows, settings, summary)
    if arguments.failures and (text := report.failures(rows)):
        print(text, end="\n\n")
    report.show(report.tables(summaries), terminal=sys.stdout.isatty())
    if arguments.llm:
        told = ", ".join(f"{outcome} {count}" for outcome, count in settings["llm_outcomes"].items())
        print(f"Mô hình {settings['llm']}: {told}", file=sys.stderr)
    for line in low:
        print(f"Dưới ngưỡng: {line}", file=sys.stderr)
    print(f"Kết quả ghi tại {target}", file=sys.stderr)
    return 1 if low else 0


def build(plans: Path, index: Path) -> None:
    """A snapshot of the plans (a folder, or the manifest of official documents), made by a process of its own:
    eval/ does not import ingest/. Raises CaseError, Absent.
    """
    if plans.suffix == ".jsonl":
        plans = documents(plans, index.parent / "documents")
    made = subprocess.run(
        [sys.executable, "-m", "bot", "ingest", str(plans), "--index", str(index)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if made.returncode:
        raise CaseError(f"{plans}: không dựng được chỉ mục\n{made.stdout}".rstrip())


def measure(
    cases: Sequence[Case], index: Path | None, scratch: Path, *, llm: bool = False
) -> tuple[list[Row], dict[str, Any]]:
    """The rows, and the settings that made them. What users have written is left alone: the state lies in `scratch`.

    `llm`: with the language model of the settings; without it there is none, whatever the settings say.
    """
    from bot.index import SnapshotError
    from bot.wiring import open_service

    state = f"sqlite:///{scratch / 'eval.sqlite'}"
    settings = Settings.from_environment(index=index, state=state, llm=None if llm else "")
    if llm and not settings.llm:
        raise CaseError("--llm cần HOI_LLM=nhà_cung_cấp:mô_hình")
    try:
        service = open_service(settings)
    except SnapshotError as error:
        raise CaseError(str(error)) from error
    try:
        rows = run(cases, service)
    finally:
        service.close()
    build_name = (settings.index / "CURRENT").read_text(encoding="utf-8").strip()
    manifest = json.loads((settings.index / build_name / "manifest.json").read_text(encoding="utf-8"))
    used = {"index": str(settings.index), "encoder": settings.encoder, "build": build_name, "manifest": manifest}
    return rows, used | ({"llm": settings.llm, "llm_outcomes": outcomes(rows)} if llm else {})


def restoration(index: Path | None, folder: Path | None, scratch: Path) -> int:
    """Shows what became of damaged and clean text in the snapshot, and of the rendered pages in `folder`."""
    plans = _plans(index, scratch)
    reached = restored_figures(plans)
    shown = [
        ("Âm tiết đúng, như trong tệp", f"{reached['received']:.2%}"),
        ("Âm tiết đúng, sau khi phục hồi", f"{reached['syllables']:.2%}"),
        ("Ký tự đúng, sau khi phục hồi", f"{reached['characters']:.2%}"),
        ("Số, ngày sai mà không có cảnh báo", f"{reached['unflagged']:g}"),
        ("Chỗ đổi chữ mà không có cảnh báo", f"{reached['unlisted']:g}"),
    ]
    if folder:
        truths = {name: (true, read) for name, true, read in restored.pages(folder)}
        made = scratch / "pages"
        made.mkdir()
        for name, (_, read) in truths.items():
            (made / name).write_text(read, encoding="utf-8")
        build(made, scratch / "pages-index")
        right, count = restored.of_pages(
            _plans(scratch / "pages-index", scratch), {name: true for name, (true, _) in truths.items()}
        )
        reached["pages"] = right / max(1, count)
        shown.append((f"Âm tiết đúng, {len(truths)} trang dựng thử", f"{right}/{count} {reached['pages']:.2%}"))
    report.show([report.Table(("Phục hồi chữ", restored.DAMAGED), tuple(shown))], terminal=sys.stdout.isatty())
    bounds = tomllib.loads(FLOOR.read_text(encoding="utf-8"))["restoration"]
    least = {name: bound for name, bound in bounds["least"].items() if name in reached}
    low = restored.breaches(reached, {**bounds, "least": least})
    for line in low:
        print(f"Dưới ngưỡng: {line}", file=sys.stderr)
    return 1 if low else 0


def restored_figures(plans: Sequence[Plan]) -> dict[str, float]:
    """The figures of `floor.toml`, section restoration. Raises CaseError where the damaged plan is not there."""
    damaged = next((plan for plan in plans if plan.source_name == restored.DAMAGED), None)
    if damaged is None:
        raise CaseError(f"chỉ mục không có {restored.DAMAGED}")
    found = restored.restored(damaged, restored.TRUTH.read_text(encoding="utf-8")).figures()
    return {**found, "unlisted": sum(len(restored.unlisted(plan)) for plan in plans)}


def _plans(index: Path | None, scratch: Path) -> list[Plan]:
    from bot.index import SnapshotError
    from bot.wiring import open_service

    settings = Settings.from_environment(index=index, state=f"sqlite:///{scratch / 'eval.sqlite'}", llm="")
    try:
        service = open_service(settings)
    except SnapshotError as error:
        raise CaseError(str(error)) from error
    try:
        return service.plans()
    finally:
        service.close()


def outcomes(rows: Sequence[Row]) -> dict[str, int]:
    """How often a language model worded the answer, and why it did not."""
    uses = [row.answer.model for row in rows if row.answer.model]
    return dict(sorted(Counter("used" if use.used else str(use.why) for use in uses).items()))


def by_set(rows: Sequence[Row]) -> dict[str, Summary]:
    """A summary for each set of questions, and one for "all" where there are several."""
    sets: dict[str, list[Row]] = {}
    for row in rows:
        sets.setdefault(row.case.set, []).append(row)
    if len(sets) > 1:
        sets["all"] = list(rows)
    return {name: summarise(found) for name, found in sets.items()}


def _floor_of(summaries: dict[str, Summary]) -> dict[str, Any]:
    floor = tomllib.loads(FLOOR.read_text(encoding="utf-8"))
    return {name: bounds for name, bounds in floor.items() if name in summaries}


def _default_files() -> list[Path]:
    files = [HERE / "cases" / "dev.jsonl", HERE / "cases" / "heldback.jsonl"]
    if found := [file for file in files if file.exists()]:
        return found
    raise CaseError(f"{HERE / 'cases'}: không có dev.jsonl hay heldback.jsonl; hãy nêu tên tệp câu hỏi")


def _target(commit: str, files: Sequence[Path]) -> Path:
    """Questions with plans of their own get a folder of their own, so that they do not replace the main figures."""
    folder = Path("results", commit)
    return folder / files[0].resolve().parent.name if files else folder


def _code() -> dict[str, Any]:
    """Which code was measured, and when."""
    commit = _git("rev-parse", "--short", "HEAD")
    return {
        "commit": commit or "no-commit",
        "changed": bool(commit and _git("status", "--porcelain")),
        "day": date.today().isoformat(),
        "python": sys.version.split()[0],
    }


def _git(*arguments: str) -> str:
    """What git prints; "" outside a repository or without git."""
    try:
        done = subprocess.run(["git", "-C", str(HERE), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _parser() -> Parser:
    parser = Parser(
        "hoi eval",
        "Hỏi các câu đã biết đáp án qua đúng lối vào của các kênh, rồi đo: độ chính xác theo lớp và theo nơi ban hành, "
        "trích dẫn sai, số liệu không có căn cứ, từ chối sai, tìm kiếm, thời gian.",
        epilog="Mã thoát: 0 là đạt, 1 là có chỉ số dưới ngưỡng của eval/floor.toml, 2 là không đo được.",
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="TỆP",
        help="tệp câu hỏi JSONL (mặc định: eval/cases/dev.jsonl và eval/cases/heldback.jsonl)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX; mặc định index)")
    where.add_argument("--plans", type=Path, metavar="THƯ_MỤC", help="dựng chỉ mục tạm từ các kế hoạch ở đây")
    parser.add_argument(
        "--llm", action="store_true", help="đo cùng mô hình ngôn ngữ của HOI_LLM; không nêu thì đo không có"
    )
    parser.add_argument(
        "--restoration", action="store_true", help="đo việc phục hồi chữ hỏng trong chỉ mục, không hỏi câu nào"
    )
    parser.add_argument(
        "--pages",
        type=Path,
        metavar="THƯ_MỤC",
        help="cùng --restoration: đo cả các trang dựng thử (thư mục --pages của ingest.train_restorer)",
    )
    parser.add_argument("--failures", action="store_true", help="in từng câu sai: câu hỏi, câu trả lời, lý do")
    return parser


if __name__ == "__main__":
    sys.exit(main())
