import gzip
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from bot import frequency


def test_rarity_is_inverse_document_frequency() -> None:
    table = frequency.Frequencies(99, {"bao": 9})
    assert table.rarity("bao") == pytest.approx(math.log(100 / 10))


def test_a_word_never_seen_is_the_rarest() -> None:
    table = frequency.Frequencies(99, {"bao": 1})
    assert table.rarity("zzz") == pytest.approx(math.log(100))
    assert table.rarity("zzz") > table.rarity("bao")


def test_reads_tokens_grouped_by_count(tmp_path: Path) -> None:
    path = tmp_path / "df.json.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        json.dump({"paragraphs": 10, "held": {"7": "cac,va", "2": "bao cao"}}, file)
    assert frequency.read(path) == frequency.Frequencies(10, {"cac": 7, "va": 7, "bao cao": 2})


@pytest.mark.parametrize(
    ("common", "rare"), [("cua", "khen"), ("va", "chuyen"), ("thuc hien", "chuyen doi"), ("la", "15/12")]
)
def test_shipped_table_ranks_words(common: str, rare: str) -> None:
    assert 0 <= frequency.rarity(common) < frequency.rarity(rare)


def test_shipped_table_is_small_and_folded() -> None:
    assert frequency.TABLE.stat().st_size <= 300 * 1024
    held = frequency.read(frequency.TABLE).held
    assert sum(" " in token for token in held) > 10_000
    assert all(token == token.lower() and "đ" not in token for token in held)


def test_import_reads_nothing() -> None:
    code = "import bot.frequency as f; raise SystemExit(f._shipped.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
