from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import ReadError, read


def paragraphs(body: str, folder: Path, encoding: str = "utf-8") -> list[str]:
    file = folder / "plan"
    file.write_bytes(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>".encode(encoding))
    return read(file).source.split("\n\n")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<h2>I. MỤC ĐÍCH</h2><p>Một\n  câu <b>đậm</b>.</p>", ["## I. MỤC ĐÍCH", "Một câu đậm."]),
        ("<ol><li>một<ul><li>trong</li></ul></li><li value=5>năm</li></ol>", ["1. một", "- trong", "5. năm"]),
        ("<ol type=a start=2><li>x</li></ol><ol type=I><li>y</li></ol>", ["b) x", "I. y"]),
        ("một<br>hai<div>ba</div>", ["một\nhai", "ba"]),
        ("<script>x</script><style>y</style><nav>z</nav><p hidden>a</p><p style='display:none'>b</p><p>c", ["c"]),
        ("<p>ngoài</p><article><p>trong</p></article>", ["trong"]),
        (
            "<table><tr><th rowspan=2>TT<th colspan=2>Năm<tr><td>2025<td>2026<tr><td>1<td>80%<td>95%</table>",
            ["| TT | Năm: 2025 | Năm: 2026 |\n| 1 | 80% | 95% |"],
        ),
        (
            "<table><tr><td><p>Nơi nhận:</p><p>- Lưu: VT.</p><td><p>CHỦ TỊCH</p><tr><td><td>Trần Thị Bình</table>",
            ["Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH", "Trần Thị Bình"],
        ),
        ("<a><div>khối</div></a>", ["khối"]),
        ("&lt;b&gt; &amp; &#7871;", ["<b> & ế"]),
    ],
)
def test_html_is_read_as_it_is_shown(body: str, shown: list[str], tmp_path: Path) -> None:
    assert paragraphs(body, tmp_path) == shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encoding_is_told_by_the_bytes(encoding: str, tmp_path: Path) -> None:
    assert paragraphs("<p>Kế hoạch</p>", tmp_path, encoding) == ["Kế hoạch"]


def test_external_entities_stay_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("bí mật", encoding="utf-8")
    file = tmp_path / "plan"
    entity = f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">'
    file.write_text(f"<!DOCTYPE html [{entity}]><html><body><p>a &x; b</p></body></html>", encoding="utf-8")
    assert "bí mật" not in read(file).source


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError):
        paragraphs("<div>" * 100_000 + "x", tmp_path)
