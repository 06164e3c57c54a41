"""`hoi ingest`: reads plans, builds a snapshot, says what it found and what it could not read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bot.arguments import Parser
from bot.settings import Settings

from .collection import catalogue, plans
from .parse import Draft, draft
from .read import ReadError, plan_files, read

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "plans"


def main(argv: Sequence[str] | None = None) -> int:
    """0: a snapshot is served (some files may have been left out, each is named); 1: nothing could be built."""
    parser = Parser("hoi ingest", "Đọc các kế hoạch và dựng chỉ mục.")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="ĐƯỜNG_DẪN", help="tệp hoặc thư mục kế hoạch (mặc định: corpus/plans)"
    )
    parser.add_argument("--index", type=Path, metavar="THƯ_MỤC", help="nơi ghi chỉ mục (HOI_INDEX, mặc định: index)")
    given = parser.parse_args(argv)
    settings = Settings.from_environment(index=given.index)
    try:
        return _ingest(given.paths or [CORPUS], settings)
    except ReadError as error:
        print(f"hoi ingest: {error}", file=sys.stderr)
        return 1


def _ingest(paths: list[Path], settings: Settings) -> int:
    from bot.embed import EncoderError, load_encoder

    from .build import Busy, build, locked, unchanged
    from .mend import mender
    from .report import Report

    files = plan_files(paths)
    if not files:
        raise ReadError(f"{', '.join(map(str, paths))}: không có kế hoạch nào (tệp .md hoặc .txt).")
    report = Report()
    try:
        encoder = load_encoder(settings.encoder)
        known = catalogue(files)
        received = []
        for file in files:
            try:
                received.append(read(file))
            except ReadError as error:
                report.failed(str(error))
        received = report.without_repeats(received)
        digests = {r.name: r.digest for r in received} | {"catalogue": repr(sorted(known.items()))}
        with locked(settings.index):
            if received and unchanged(settings.index, digests, encoder):
                report.unchanged(settings.index)
                return 0
            drafts: list[Draft] = []
            with report.progress("Đọc kế hoạch", len(received)) as step:
                repair = mender()
                for each in received:
                    try:
                        drafts.append(draft(each, repair))
                    except ReadError as error:
                        report.failed(str(error))
                    step(each.name)
            if not drafts:
                raise ReadError("không đọc được kế hoạch nào; chỉ mục cũ (nếu có) vẫn được giữ nguyên.")
            made = plans(drafts, known)
            with report.progress("Dựng chỉ mục", len(made)) as step:
                folder = build(made, digests, settings.index, encoder, settings.chroma_url, step)
    except (Busy, EncoderError) as error:
        raise ReadError(str(error)) from error
    report.table(made, folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
