from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ingest.read import ReadError, Received, read
from ingest.readers import legacy

TEXT = (
    "Ủy ban nhân dân xã ban hành Kế hoạch triển khai Phong trào thi đua, phấn đấu đến năm 2030 có 95% hộ dân sử dụng "
    "dịch vụ công trực tuyến; khuyến khích nghiên cứu, ứng dụng; kịp thời biểu dương những điển hình tiên tiến. "
    "Đề nghị các đơn vị nghiêm túc thực hiện, báo cáo trước ngày 15/12 hằng năm."
)


def received(data: bytes, folder: Path) -> Received:
    file = folder / "plan.dat"
    file.write_bytes(data)
    return read(file)


def viscii(text: str) -> bytes:
    low = {c: k for k, c in legacy._VISCII_LOW.items()}
    return bytes(0x80 + legacy._VISCII.index(c) if c in legacy._VISCII else low.get(c, ord(c) % 256) for c in text)


def tcvn3(text: str) -> bytes:
    codes = {c: k for k, c in legacy._FROM_TCVN3.items() if k < 256}
    return bytes(codes.get(c, codes.get(c.lower(), ord(c) % 256)) for c in text)


def windows_1258(text: str) -> bytes:
    """Tones stand apart from their letters."""
    out = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        out += (base + tones).encode("cp1258")
    return out


def vni(text: str) -> bytes:
    codes = {v: k for k, v in legacy._VNI_MARKS.items() if k.islower()}
    singles = {v: k for k, v in legacy._VNI_LETTERS.items()}
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        if char in singles or len(parts) == 1:
            out += singles.get(char, char)
            continue
        horned = "\u031b" in parts
        marks = parts[1:].replace("\u031b", "")
        # The mark on the vowel comes before the tone.
        marks = "".join(sorted(marks, key=lambda c: c not in "\u0302\u0306"))
        base = singles[unicodedata.normalize("NFC", parts[0] + "\u031b")] if horned else parts[0]
        mark = codes[marks] if marks else ""
        out += base + (mark.upper() if char.isupper() else mark)
    return out.encode("cp1252")


@pytest.mark.parametrize(
    ("encode", "name"),
    [(tcvn3, "TCVN3"), (vni, "VNI"), (viscii, "VISCII"), (windows_1258, "windows-1258")],
    ids=["tcvn3", "vni", "viscii", "windows-1258"],
)
def test_old_encoding_is_found_and_converted(encode, name: str, tmp_path: Path) -> None:
    found = received(encode(TEXT), tmp_path)
    # The letters of TCVN3 fonts have no capitals with marks.
    assert found.source.lower() == TEXT.lower()
    assert name in found.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_without_a_warning(encoding: str, tmp_path: Path) -> None:
    found = received(TEXT.encode(encoding), tmp_path)
    assert (found.source, found.warnings) == (TEXT, ())


def test_letters_of_an_old_font_in_a_unicode_file_are_converted(tmp_path: Path) -> None:
    assert received(tcvn3(TEXT).decode("cp1252").encode(), tmp_path).source.lower() == TEXT.lower()


@pytest.mark.parametrize("path", sorted((Path(__file__).parent.parent / "corpus" / "plans").glob("*.*")))
def test_plans_pass_untouched(path: Path) -> None:
    assert read(path).source == path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "trống"),
        (b" \n\t", "trống"),
        (b"\x7fELF\x02\x01\x01\0" + b"\0\x01\x02" * 50, "nhị phân"),
        ("привет, как дела, это не вьетнамский текст".encode("cp1251") * 5, "bảng mã"),
        (b"{\\rtf1 x}", "RTF"),
        (b"GIF89a....", "GIF"),
        (b"\x1f\x8b\x08....", "nén"),
        (b"\x89PNG\r\n\x1a\nrubbish", "ảnh bị hỏng|quét"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        received(data, tmp_path)
    assert str(caught.value).startswith("plan.dat: ")


def test_name_does_not_say_what_a_file_is(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    file.write_text(TEXT, encoding="utf-8")
    assert read(file).source == TEXT
