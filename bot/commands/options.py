"""What the commands share: options, and a failure told in one line."""

from __future__ import annotations

import argparse
import sys


def add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", metavar="THƯ_MỤC", help="thư mục chỉ mục (HOI_INDEX; mặc định index)")


def add_state(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--state", metavar="URL", help="nơi ghi dữ liệu người dùng (HOI_STATE)")


def fail(message: str, code: int) -> int:
    """Returns the code, for the shell."""
    print(f"hoi: {message}", file=sys.stderr)
    return code
