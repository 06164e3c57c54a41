"""What `hoi ingest` tells: progress, then a table of what was found and what is missing, blank, empty or damaged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.domain import Plan

from .read import Received


class Report:
    def __init__(self) -> None:
        from rich.console import Console

        self._out = Console(soft_wrap=not sys.stdout.isatty())
        self._err = Console(stderr=True, soft_wrap=True)

    def failed(self, message: str) -> None:
        self._err.print(f"Bỏ qua {message}", style="red", markup=False, highlight=False)

    def without_repeats(self, received: Sequence[Received]) -> list[Received]:
        """The same bytes under two names are one plan; the first name stays."""
        seen: dict[str, str] = {}
        kept = []
        for each in received:
            if each.digest in seen:
                self.failed(f"{each.name}: trùng nội dung với {seen[each.digest]}.")
                continue
            seen[each.digest] = each.name
            kept.append(each)
        return kept

    def unchanged(self, index: Path) -> None:
        self._out.print(f"Không có gì thay đổi; chỉ mục ở {index} vẫn dùng được.", markup=False, highlight=False)

    def dropped(self, ids: Sequence[str]) -> None:
        """Plans of the old collection that the new one does not hold: a folder replaces all."""
        self._err.print(f"Không còn trong bộ kế hoạch: {', '.join(ids)}", style="yellow", markup=False, highlight=False)

    def removed(self, ids: Sequence[str], folder: Path) -> None:
        self._out.print(f"Đã gỡ {', '.join(ids)}; chỉ mục mới là {folder.name}.", markup=False, highlight=False)

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[str], None]]:
        from rich.progress import Progress

        with Progress(console=self._err, transient=True, disable=not sys.stderr.isatty()) as progress:
            task = progress.add_task(title, total=total)
            yield lambda name: progress.update(task, advance=1, description=f"{title}: {name}")

    def table(self, plans: Sequence[Plan], folder: Path, total: int | None = None) -> None:
        """`total`: plans in the collection, where `plans` are only those that were added to it."""
        from rich.table import Table

        added = f"đã thêm {len(plans)}, nay có {total}" if total is not None else f"{len(plans)}"
        table = Table(title=f"{added[:1].upper()}{added[1:]} kế hoạch trong chỉ mục {folder.name}")
        for heading in (
            "Mã",
            "Cơ quan ban hành",
            "Số, ngày",
            "Mục",
            "Hạn",
            "Giai đoạn",
            "Khen thưởng",
            "Nhiệm vụ",
            "Căn cứ",
        ):
            table.add_column(heading)
        for plan in plans:
            facts = plan.facts
            counts = (len(plan.sections), len(facts.deadlines), len(facts.phases), len(facts.awards), len(facts.duties))
            issuer = f"{plan.issuer.full_name} ({plan.issuer.province or 'chưa rõ tỉnh'})"
            head = f"{plan.number or '—'}, {plan.when.written or '—'}"
            table.add_row(plan.id, issuer, head, *map(str, counts), str(sum(r.basis for r in facts.references)))
        self._out.print(table)
        for plan in plans:
            for warning in plan.warnings:
                self._out.print(f"{plan.id}: {warning}", markup=False, highlight=False)
