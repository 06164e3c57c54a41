"""argparse that speaks Vietnamese: headings, help and mistakes on the command line."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

# What argparse says, and how it is told. Group 1 is what the user typed.
_SAID = (
    (re.compile(r"the following arguments are required: (.+)"), "thiếu {}"),
    (re.compile(r"unrecognized arguments: (.+)"), "không hiểu {}"),
    (re.compile(r"argument (\S+?)(?:/\S+)?: expected (?:one|at least one) argument"), "{} cần một giá trị"),
    (re.compile(r"argument (\S+?)(?:/\S+)?: invalid .*"), "{} có giá trị không hợp lệ"),
    (re.compile(r"argument (\S+?): not allowed with argument .*"), "{} không dùng được cùng tùy chọn kia"),
    (re.compile(r"ambiguous option: (\S+).*"), "{} có thể là nhiều tùy chọn"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Wrong use ends with exit code 2 and one Vietnamese line."""

    def __init__(self, prog: str, description: str, **more: Any) -> None:
        super().__init__(prog=prog, description=description, formatter_class=_Formatter, add_help=False, **more)
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện hướng dẫn này rồi thoát")

    def error(self, message: str) -> NoReturn:
        told = next((form.format(m[1]) for said, form in _SAID if (m := said.match(message))), message)
        print(f"{self.prog}: {told}. Xem {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)
