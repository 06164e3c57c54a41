"""A time that stands in a line of its own below the task: "Thời gian: trước ngày …", "Đơn vị chủ trì: …"."""

from __future__ import annotations

import re
from bisect import bisect_left

from bot.bodies import leading_body
from bot.text import fold, words

from ..document import Document
from ..outline import Line
from .duties import owner
from .limits import limits

_TIME = re.compile(
    r"(?:thoi (?:gian|han|diem)|tien do|han)"
    r"(?:\s+(?:thuc hien|hoan thanh|to chuc|trien khai|ket thuc|cuoi|chot|va|du kien))*\s*:"
)
_CHARGED = re.compile(r"(?:(?:don vi|co quan|bo phan)\s+)?(?:chu tri|phu trach|thuc hien)(?:\s+thuc hien)?\s*:\s*")
_OTHER = re.compile(r"(?:don vi|co quan)\b|phoi hop|thanh phan|kinh phi|dia diem|san pham|noi nhan")
_LABEL = re.compile(r"[^:;.]{3,50}:\s+\S")
_LEFT_OVER = 3  # words beside the times; more, and the line says itself what is due
_MOST = 20  # labels on either side that can be of one task; a text of nothing else is not read from each to all
_NEAR = 500  # characters from the task to its time that are still one quotation


def only_a_time(text: str) -> bool:
    """Whether the text says when and nothing else."""
    label = _TIME.match(fold(text))
    if label is None:
        return False
    left = text[label.end() :]
    for time in reversed(limits(left)):
        left = left[: time.start] + left[time.end :]
    return len(words(left)) <= _LEFT_OVER


def task_above(document: Document, line: Line, path: str) -> tuple[int, str, str]:
    """Where the proof of a line that says only when begins, who acts and what is due."""
    beside = _beside(document, line, path)
    task = next((p for p in reversed(beside) if p.start < line.start and not _is_label(document, p)), None)
    labels = [p for p in beside if _is_label(document, p)]
    charged = next((name for p in labels if (name := _charged(document, p))), "")
    if task is None:
        section = document.section(path)
        actor, duty = _assigned(section.heading if section else "")
        return document.content(line)[0], charged or actor or owner(document, line, path), duty
    start, end = document.content(task)
    actor, duty = _assigned(document.text[start:end])
    begin = start if line.end - start <= _NEAR else document.content(line)[0]
    return begin, charged or actor or owner(document, task, path), duty


def _assigned(text: str) -> tuple[str, str]:
    """ "Phòng Kinh tế rà soát danh sách" → who and what."""
    text = text.rstrip(" .;:")
    lead = leading_body(text)
    duty = text[lead[1] :].lstrip(" ,:-") if lead else text
    return (text[lead[0] : lead[1]], duty) if lead and duty else ("", text)


def _beside(document: Document, line: Line, path: str) -> list[Line]:
    """The task and all labels below it: back to the first line that is no label, on to the last that is one."""
    lines = document.lines_of(path)
    here = bisect_left(lines, line.start, key=lambda p: p.start)
    first = here
    while first > max(0, here - _MOST) and _is_label(document, lines[first]):
        first -= 1
    last = here
    while last + 1 < min(len(lines), here + _MOST) and _is_label(document, lines[last + 1]):
        last += 1
    return lines[first : last + 1]


def _is_label(document: Document, line: Line) -> bool:
    start, end = document.content(line)
    folded = document.folded[start:end]
    return bool(_LABEL.match(folded)) and any(name.match(folded) for name in (_TIME, _CHARGED, _OTHER))


def _charged(document: Document, line: Line) -> str:
    start, end = document.content(line)
    label = _CHARGED.match(document.folded[start:end])
    return document.text[start + label.end() : end].strip(" .;,") if label else ""
