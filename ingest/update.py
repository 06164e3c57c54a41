"""The three ways a collection changes: replaced by a folder's plans, files added, a plan taken out.

Each makes a whole new snapshot and swaps it in. All raise ReadError, Busy, EncoderError or SnapshotError, and then the
snapshot that was served is served on.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.domain import Plan
from bot.embed import Encoder, load_encoder
from bot.settings import Settings

from .build import build, locked, unchanged
from .collection import catalogue, plans
from .mend import mender
from .parse import Draft, draft
from .read import ReadError, Received, read
from .relation import relate
from .report import Report
from .served import CATALOGUE, Served, catalogue_text, files, plan_ids, served

_NOTHING = "không đọc được kế hoạch nào; chỉ mục cũ (nếu có) vẫn được giữ nguyên."


def replace_all(paths: Sequence[Path], settings: Settings, report: Report) -> None:
    """The collection is what these files hold."""
    encoder = load_encoder(settings.encoder)
    known = catalogue(paths)
    received = report.without_repeats(_read(paths, report))
    digests = {r.name: r.digest for r in received} | {CATALOGUE: catalogue_text(known)}
    with locked(settings.index):
        if received and unchanged(settings.index, digests, encoder):
            report.unchanged(settings.index)
            return
        before = plan_ids(settings.index)
        drafts = _drafts(received, report)
        if not drafts:
            raise ReadError(_NOTHING)
        made = relate(plans(drafts, known))
        folder = _write(made, digests, settings, encoder, report)
    gone = sorted(set(before) - {p.id for p in made})
    if gone:
        report.dropped(gone)
    report.table(made, folder)


def add(paths: Sequence[Path], settings: Settings, report: Report) -> None:
    """The collection that is served, and the plans of these files. A file that comes anew replaces its earlier copy."""
    encoder = load_encoder(settings.encoder)
    received = report.without_repeats(_read(paths, report))
    if not received:
        raise ReadError(_NOTHING)
    with locked(settings.index):
        before = served(settings.index)
        known = before.known | catalogue(paths)
        new = _unknown(received, before.plans, report)
        if not new and before.by_todays_rules:
            report.unchanged(settings.index)
            return
        drafts = _drafts(new, report)
        if new and not drafts:
            raise ReadError(_NOTHING)
        made = _joined(before, drafts, known, report)
        folder = _write(made, files(made, known), settings, encoder, report)
    digests = {r.digest for r in new}
    report.table([p for p in made if p.digest in digests], folder, len(made))


def remove(ids: Sequence[str], settings: Settings, report: Report) -> None:
    """The collection without these plans."""
    encoder = load_encoder(settings.encoder)
    with locked(settings.index):
        before = served(settings.index)
        unknown = sorted(set(ids) - {p.id for p in before.plans})
        if unknown:
            raise ReadError(f"không có kế hoạch {', '.join(f'“{i}”' for i in unknown)}; xem danh sách bằng hoi plans.")
        rest = Served(tuple(p for p in before.plans if p.id not in ids), before.known, before.by_todays_rules)
        made = _joined(rest, [], before.known, report)
        folder = _write(made, files(made, before.known), settings, encoder, report)
    report.removed(ids, folder)


def _read(paths: Sequence[Path], report: Report) -> list[Received]:
    found = []
    for path in paths:
        try:
            found.append(read(path))
        except ReadError as error:
            report.failed(str(error))
    return found


def _unknown(received: Sequence[Received], here: Sequence[Plan], report: Report) -> list[Received]:
    ids = {p.digest: p.id for p in here}
    for each in received:
        if each.digest in ids:
            report.failed(f"{each.name}: đã có trong bộ kế hoạch, mã {ids[each.digest]}.")
    return [r for r in received if r.digest not in ids]


def _drafts(received: Sequence[Received], report: Report) -> list[Draft]:
    found = []
    repair = mender()
    with report.progress("Đọc kế hoạch", len(received)) as step:
        for each in received:
            try:
                found.append(draft(each, repair))
            except ReadError as error:
                report.failed(str(error))
            step(each.name)
    return found


def _joined(before: Served, drafts: Sequence[Draft], known: dict[str, dict[str, Any]], report: Report) -> list[Plan]:
    """Plans carried forward as they were read; all are read again when the rules of reading have changed since."""
    if before.by_todays_rules:
        return relate(plans(drafts, known, before.plans))
    again = _drafts([Received(p.source_name, p.source, p.digest) for p in before.plans], report)
    ids = {p.digest: p.id for p in before.plans}
    reread = {d.received.digest for d in again}
    beside = [p for p in before.plans if p.digest not in reread]
    return relate(plans([*again, *drafts], known, beside, ids))


def _write(made: Sequence[Plan], digests: dict[str, str], settings: Settings, encoder: Encoder, report: Report) -> Path:
    with report.progress("Dựng chỉ mục", len(made)) as step:
        return build(made, digests, settings.index, encoder, settings.chroma_url, step)
