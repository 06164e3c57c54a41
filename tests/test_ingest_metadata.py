"""What a plan's head and end say; what they leave blank stays blank."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_plans import drafted, plan, source

from bot.domain import WrittenDate
from ingest.collection import catalogue, plans
from ingest.metadata import Metadata, metadata
from ingest.outline import Line
from ingest.read import ReadError
from ingest.relation import relate


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12/KH-UBND", "12/KH-UBND"),
        ("12 /KH-UBND", "12/KH-UBND"),
        ("12/KH- UBND", "12/KH-UBND"),
        ("12-KH/UBND", "12-KH/UBND"),
        ("12/2025/KH-UBND", "12/2025/KH-UBND"),
        ("/KH-UBND", "/KH-UBND"),
        ("      /KH-UBND", "/KH-UBND"),
        ("...../KH-UBND", "/KH-UBND"),
        ("……/KH-UBND", "/KH-UBND"),
    ],
)
def test_number_is_read_and_a_blank_one_stays_blank(written: str, number: str) -> None:
    found = plan(source(number=written))
    assert found.number == number
    assert any("số văn bản để trống" in w for w in found.warnings) is number.startswith("/")


@pytest.mark.parametrize(
    ("day", "month", "wanted"),
    [
        ("05", "8", (5, 8)),
        ("", "8", (None, 8)),
        ("", "", (None, None)),
        ("....", "8", (None, 8)),
        ("/4", "7", (None, 7)),
        ("l5", "8", (None, 8)),
    ],
)
def test_a_day_that_cannot_be_read_is_not_guessed(day: str, month: str, wanted: tuple[int | None, int | None]) -> None:
    found = plan(source(day=day, month=month))
    assert (found.when.day, found.when.month, found.when.year) == (*wanted, 2025)
    assert found.place == "Kim Liên"
    assert any("ban hành để trống" in w for w in found.warnings) is (None in wanted)


HEADS = {
    "apart": "UBND XÃ KIM LIÊN\n\nSố: 12/KH-UBND\n\nKim Liên, ngày 05 tháng 8 năm 2025",
    "one line": "Số: 12/KH-UBND Kim Liên, ngày 05 tháng 8 năm 2025",
    "two columns": (
        "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "XÃ KIM LIÊN              Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/KH-UBND         Kim Liên, ngày 05 tháng 8 năm 2025"
    ),
    "table": (
        "| ỦY BAN NHÂN DÂN<br>XÃ KIM LIÊN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n"
        "| Số: 12/KH-UBND | Kim Liên, ngày 05 tháng 8 năm 2025 |"
    ),
    "day in figures": "UBND XÃ KIM LIÊN\n\nSố 12/KH-UBND\n\nKim Liên, ngày 05/8/2025",
    "bold": "**UBND XÃ KIM LIÊN**\n\n**Số:** 12/KH-UBND\n\n*Kim Liên, ngày 05 tháng 8 năm 2025*",
}


@pytest.mark.parametrize("layout", HEADS)
def test_head_is_read_in_every_layout(layout: str) -> None:
    body = source()
    found = plan(f"{HEADS[layout]}\n\n{body[body.index('KẾ HOẠCH') :]}")
    assert (found.number, found.place, found.issuer.name, found.issuer.kind) == (
        "12/KH-UBND",
        "Kim Liên",
        "Kim Liên",
        "xã",
    )
    assert (found.when.day, found.when.month, found.when.year) == (5, 8, 2025)
    assert found.quote(found.head["date"]).endswith("2025")
    assert "12/KH-UBND" in found.quote(found.head["number"])


TAILS = {
    "recipients first": "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n\nCHỦ TỊCH\n\n(Đã ký)\n\nNguyễn Văn An",
    "signature first": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.",
    "two columns": (
        "Nơi nhận:                TM. ỦY BAN NHÂN DÂN\n- UBND tỉnh;              CHỦ TỊCH\n- Lưu: VT.\n\n"
        "                          Nguyễn Văn An"
    ),
    "table": (
        "| Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\n|---|---|\n| - UBND tỉnh; | CHỦ TỊCH |\n| - Lưu: VT. | Nguyễn Văn An |"
    ),
    "one row": (
        "| **Nơi nhận:**<br>- UBND tỉnh;<br>- Lưu: VT. | **TM. ỦY BAN NHÂN DÂN**<br>**CHỦ TỊCH**<br>**Nguyễn Văn An** |"
    ),
    "headings": "#### **Nơi nhận:**\n- UBND tỉnh;\n- Lưu: VT.\n\n"
    "**TM. ỦY BAN NHÂN DÂN**\n**CHỦ TỊCH**\n\n**Nguyễn Văn An**",
}


@pytest.mark.parametrize("layout", TAILS)
def test_signature_and_recipients_are_read_in_every_layout(layout: str) -> None:
    found = plan(source().split("Nơi nhận:")[0] + TAILS[layout])
    assert (found.signer, found.signer_office, found.recipients) == ("Nguyễn Văn An", "CHỦ TỊCH", ("UBND tỉnh",))
    assert "Nguyễn Văn An" in found.quote(found.head["signer"])
    assert "UBND tỉnh" in found.quote(found.head["recipients"])


def test_a_deputy_signs_for_the_chair() -> None:
    found = plan(source())
    assert (found.signer, found.signer_office) == ("Trần Thị Bình", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH")


def test_a_name_in_capitals_is_a_name() -> None:
    assert plan(source().replace("Trần Thị Bình", "TRẦN THỊ BÌNH")).signer == "TRẦN THỊ BÌNH"


def test_nobody_signed_and_nobody_is_named() -> None:
    found = plan(source().split("Nơi nhận:")[0])
    assert (found.signer, found.signer_office, found.recipients) == ("", "", ())
    assert {"không thấy người ký", "không thấy nơi nhận"} <= set(found.warnings)


def test_title_movement_period_and_parent() -> None:
    found = plan(source())
    assert found.kind == "Kế hoạch"
    assert found.title == "Kế hoạch triển khai Phong trào thi đua “Học tập suốt đời” giai đoạn 2025 - 2030"
    assert found.movement == ("Học tập suốt đời",)
    assert found.period == (2025, 2030)
    assert found.parent.startswith("Kế hoạch số 77/KH-UBND ngày 01/7/2025 của UBND tỉnh Nghệ An")


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Phòng, chống thiên tai năm 2026", (2026, 2026)),
        ("Chuyển đổi số giai đoạn 2025-2030", (2025, 2030)),
        ("Chuyển đổi số từ năm 2026 đến năm 2028", (2026, 2028)),
        ("Phòng, chống ma túy trên địa bàn xã", None),
    ],
)
def test_period_is_what_the_title_says(title: str, period: tuple[int, int] | None) -> None:
    assert plan(source(title=title)).period == period


def test_a_title_over_several_lines_is_one() -> None:
    found = plan(source(title="Triển khai Phong trào thi đua\n“Học tập suốt đời” trên địa bàn xã Kim Liên"))
    assert found.title == "Kế hoạch triển khai Phong trào thi đua “Học tập suốt đời” trên địa bàn xã Kim Liên"


DECISION = """UBND XÃ KIM LIÊN

Số: 30/QĐ-UBND

Kim Liên, ngày 06 tháng 8 năm 2025

QUYẾT ĐỊNH

Ban hành Kế hoạch triển khai Phong trào “Học tập suốt đời” trên địa bàn xã Kim Liên

CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ KIM LIÊN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai Phong trào.

Điều 2. Quyết định có hiệu lực kể từ ngày ký.

Nơi nhận:

- Như Điều 2;
- Sở Nội vụ;

CHỦ TỊCH

Lê Văn Chín

"""


def test_a_decision_and_its_plan_are_one_document() -> None:
    attached = source()
    found = plan(DECISION + attached[attached.index("KẾ HOẠCH") :].split("Nơi nhận:")[0])
    assert (found.kind, found.number, found.when.day) == ("Quyết định", "30/QĐ-UBND", 6)
    assert found.title.startswith("Quyết định ban hành Kế hoạch")
    assert (found.signer, found.signer_office) == ("Lê Văn Chín", "CHỦ TỊCH")
    assert found.recipients == ("Như Điều 2", "Sở Nội vụ")
    assert [s.path for s in found.sections] == [
        "Điều 1",
        "Điều 2",
        "I",
        "I.1",
        "I.2",
        "I.2.a",
        "I.2.b",
        "II",
        "II.1",
        "II.2",
    ]


# ---- who issued it


@pytest.mark.parametrize(
    ("kind", "name", "province", "wanted"),
    [
        ("xã", "Kim Liên", "Nghệ An", ("xã Kim Liên", "Nghệ An")),
        ("phường", "Sài Gòn", "Thành phố Hồ Chí Minh", ("phường Sài Gòn", "Hồ Chí Minh")),
        ("đặc khu", "Phú Quốc", "An Giang", ("đặc khu Phú Quốc", "An Giang")),
        ("xã", "Tân Tiến", "Cà Mau", ("xã Tân Tiến", "Cà Mau")),
        ("xã", "Tân Tiến", "Đắk Lắk", ("xã Tân Tiến", "Đắk Lắk")),
    ],
)
def test_issuer_and_province(kind: str, name: str, province: str, wanted: tuple[str, str]) -> None:
    issuer = plan(source(kind=kind, name=name, province=province)).issuer
    assert (issuer.full_name, issuer.province) == wanted


def test_the_gazetteer_tells_the_province_of_a_name_that_only_one_has() -> None:
    text = source(name="Mường Xén").replace("của UBND tỉnh Nghệ An", "của cấp trên")
    assert plan(text).issuer.province == "Nghệ An"


def test_a_name_that_several_provinces_have_is_not_placed_by_guessing() -> None:
    found = plan(source(name="Tân Tiến").replace("của UBND tỉnh Nghệ An", "của cấp trên"))
    assert found.issuer.province == ""
    assert "không rõ tỉnh, thành phố" in found.warnings


def test_a_slip_of_the_header_knows_the_gazetteers_spelling() -> None:
    assert plan(source(name="Quảng Trách", province="Quảng Trị")).issuer.aliases == ("Quảng Trạch",)


# ---- the collection


def test_two_issuers_of_one_name_get_their_province() -> None:
    drafts = [drafted(source(name="Tân Tiến", province=p), f"{n}.md") for n, p in (("a", "Cà Mau"), ("b", "Đắk Lắk"))]
    alone = drafted(source(), "c.md")
    found = plans([*drafts, alone], {})
    assert [p.issuer.slug for p in found] == ["tan-tien-ca-mau", "tan-tien-dak-lak", "kim-lien"]
    assert [p.id for p in found] == ["tan-tien-ca-mau-2025", "tan-tien-dak-lak-2025", "kim-lien-2025"]


def test_two_plans_of_one_issuer_and_year_have_ids_of_their_own() -> None:
    drafts = [
        drafted(source(title=t), f"{n}.md") for n, t in (("a", "Chuyển đổi số năm 2025"), ("b", "Vệ sinh năm 2025"))
    ]
    first, second = plans(drafts, {})
    assert first.id == "kim-lien-2025"
    assert second.id.startswith("kim-lien-2025-")


def test_two_copies_of_one_plan_that_differ_are_told() -> None:
    twin = source().replace("Thiết thực, hiệu quả", "Thiết thực, tiết kiệm, hiệu quả")
    found = relate(plans([drafted(source(), "kim-lien-2025.md"), drafted(twin, "kim-lien-2025.txt")], {}))
    assert len({p.id for p in found}) == 2
    assert all(any("gần như trùng nội dung với" in w for w in p.warnings) for p in found)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("kim-lien-2025.md", "kim-lien-2025"),
        ("Kim Liên 2025 (bản 2).md", "kim-lien-2025-ban-2"),
        ("ke-hoach-so-12.md", "kim-lien-2025"),
        ("../../etc/passwd.md", "kim-lien-2025"),
    ],
)
def test_ids_are_slugs_whatever_the_file_is_called(name: str, wanted: str) -> None:
    assert plan(source(), name).id == wanted


def test_a_file_without_year_or_name_still_gets_an_id() -> None:
    text = "I. MỤC TIÊU\n\n" + "Thi đua lao động giỏi, lao động sáng tạo trong toàn thể cán bộ, công chức. " * 5
    found = plan(text, "van-ban.md")
    assert found.id == "van-ban"
    assert (found.number, found.when, found.title, found.signer) == ("", WrittenDate(""), "", "")


# ---- catalogue.toml


def written(folder: Path, text: str) -> list[Path]:
    (folder / "plans").mkdir()
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return [folder / "plans" / "x.md"]


def test_catalogue_says_what_the_header_does_not(tmp_path: Path) -> None:
    files = written(
        tmp_path,
        '[x]\nname = "Kim Sơn"\nkind = "phường"\nprovince = "Ninh Bình"\naliases = ["Kim Xơn"]\nknown_blank = true\n',
    )
    draft = drafted(source(number="/KH-UBND", day="").split("Nơi nhận:")[0], "x.md")
    found = plans([draft], catalogue(files))[0]
    assert (found.issuer.full_name, found.issuer.province) == ("phường Kim Sơn", "Ninh Bình")
    assert "Kim Xơn" in found.issuer.aliases
    # What is blank on purpose is told no more; what is missing still is.
    assert [w for w in found.warnings if "để trống" in w] == []
    assert "không thấy người ký" in found.warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x]\nprovince = ", "không đọc được danh mục"),
        ('[x]\ntinh = "Nghệ An"\n', "khóa lạ “tinh”"),
        ('[x]\naliases = "Kim Xơn"\n', "aliases phải là một danh sách chuỗi"),
        ("[x]\nknown_blank = 1\n", "known_blank phải là true hoặc false"),
        ('province = "Nghệ An"\n', "phải nằm trong một bảng"),
    ],
)
def test_a_slip_in_the_catalogue_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        catalogue(written(tmp_path, text))


def test_the_catalogue_of_the_corpus_names_files_that_are_there() -> None:
    files = sorted((Path(__file__).parent.parent / "corpus" / "plans").iterdir())
    assert set(catalogue(files)) <= {file.name.split(".")[0] for file in files}


def read_head(*texts: str) -> Metadata:
    at, lines = 0, []
    for text in texts:
        lines.append(Line(at, at + len(text), text))
        at += len(text) + 1
    return metadata(lines)


def test_a_title_in_capitals_ends_where_the_issuing_authority_or_running_text_begins() -> None:
    head = ("ỦY BAN NHÂN DÂN", "XÃ GIAO MINH", "KẾ HOẠCH", "VỀ VIỆC THU GOM RÁC")
    body = ("1. Nội dung", "Các thôn thực hiện.")
    assert read_head(*head, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", *body).title == "VỀ VIỆC THU GOM RÁC"
    assert read_head(*head, "Ngày 14 tháng 11, đoàn công tác đã họp.", *body).title == "VỀ VIỆC THU GOM RÁC"


def test_a_central_body_and_names_in_running_text_are_no_issuer() -> None:
    meta = read_head(
        "THỦ TƯỚNG CHÍNH PHỦ", "Số: 217/CĐ-TTg", "CÔNG ĐIỆN", "ỨNG PHÓ MƯA LŨ TẠI KHU VỰC TRUNG BỘ",
        "Theo báo cáo, từ sáng nay tại xã Hùng Sơn và tỉnh ủy các địa phương đã có mưa rất to trên diện rộng.",
        "1. Các bộ", "Chỉ đạo ngay.",
    )  # fmt: skip
    assert (meta.issuer_kind, meta.issuer_name, meta.province) == ("", "", "")


@pytest.mark.parametrize(
    ("lines", "signer", "office"),
    [
        (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Phạm Ngọc Thưởng"), "Phạm Ngọc Thưởng", "KT. BỘ TRƯỞNG THỨ TRƯỞNG"),
        (("TM. ỦY BAN", "NHÂN DÂN", "CHỦ TỊCH", "Mai Sơn"), "Mai Sơn", "CHỦ TỊCH"),
        (("CHỦ TỊCH", "NGUYỄN VĂN AN"), "NGUYỄN VĂN AN", "CHỦ TỊCH"),
        (("KT. CỤC TRƯỞNG", "THỊ TRƯỜNG TRONG NƯỚC"), "", ""),
    ],
)
def test_an_office_in_capitals_is_no_person(lines: tuple[str, ...], signer: str, office: str) -> None:
    meta = read_head("KẾ HOẠCH", "Thu gom rác", "1. Nội dung", "Các thôn làm.", "Nơi nhận:", "- Lưu: VT.", *lines)
    assert (meta.signer, meta.signer_office) == (signer, office)


def test_where_a_result_is_received_is_not_whom_copies_go_to() -> None:
    text = ("1. Trình tự", "Nộp hồ sơ.", "Nơi nhận kết quả.", "- Tại bộ phận một cửa.", "2. Lệ phí", "Không thu.")
    assert read_head("KẾ HOẠCH", "Cấp giấy", *text).recipients == ()
