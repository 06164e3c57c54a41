"""The restorer of damaged text: what it puts right, and what it must never touch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import language
from ingest.align import pairs
from ingest.learned import DEFAULT
from ingest.names import names_in
from ingest.pieces import Piece
from ingest.repair import Restorer, load_restorer
from ingest.syllable import parts
from ingest.words import Kind, section_marker, words


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return load_restorer()


def _text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def test_the_model_fits_the_repository() -> None:
    assert DEFAULT.stat().st_size <= 14 * 2**20


@pytest.mark.parametrize(
    ("damaged", "true"),
    [
        ("Uy ban nhan dan tinh ban hanh Ké hoach", "Ủy ban nhân dân tỉnh ban hành Kế hoạch"),
        ("tăng cuong quan ly nha nudc trén mdi truong s6", "tăng cường quản lý nhà nước trên môi trường số"),
        ("cai cach thu tuc hanh chinh, cat giam giay to", "cải cách thủ tục hành chính, cắt giảm giấy tờ"),
        ("Diéu 2. Hiéu lyc thi hanh", "Điều 2. Hiệu lực thi hành"),
        ("Can ctr Luat Té chirc chinh quyén dia phuong", "Căn cứ Luật Tổ chức chính quyền địa phương"),
        ("vé nghiên ciru khoa hoc trlen khai", "về nghiên cứu khoa học triển khai"),
        ("Pang Céng san Viét Nam", "Đảng Cộng sản Việt Nam"),
    ],
)
def test_letters_and_accents_come_back(restorer: Restorer, damaged: str, true: str) -> None:
    assert _text(restorer.restore(damaged)) == true


def test_headings_keep_their_capitals(restorer: Restorer) -> None:
    assert _text(restorer.restore("I. MUC PiCH, YEU CAU")) == "I. MỤC ĐÍCH, YÊU CẦU"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("I1. NOI DUNG", "II. NỘI DUNG"),
        ("II1. GIAI PHAP", "III. GIẢI PHÁP"),
        ("VI. TO CHUC THUC HIEN", "VI. TỔ CHỨC THỰC HIỆN"),
        ("¢) Béi véi cac doanh nghiép", "c) Đối với các doanh nghiệp"),
        ("d) Béi véi ca nhan", "d) Đối với cá nhân"),
        ("11. Ngan sach nha nuéc", "11. Ngân sách nhà nước"),
    ],
)
def test_section_markers_are_put_right(restorer: Restorer, read: str, printed: str) -> None:
    assert _text(restorer.restore(read)) == printed


@pytest.mark.parametrize(("read", "printed"), [("I", "I"), ("V1", "VI"), ("IIII", "IIII"), ("a", "a"), ("€", "e")])
def test_a_marker_is_only_read_as_a_numeral_that_exists(read: str, printed: str) -> None:
    assert section_marker(read) == printed


@pytest.mark.parametrize(
    ("damaged", "true"),
    [
        ("Quyét dinh s6 274/Q B -UBND ngay 03/3/2025", "Quyết định số 274/QĐ-UBND ngày 03/3/2025"),
        ("Nghi dinh s6 45/2025/ND-CP cua Chinh phu", "Nghị định số 45/2025/NĐ-CP của Chính phủ"),
        ("Nghi quyét s6 57- NQ/TW", "Nghị quyết số 57-NQ/TW"),
        ("giai doan 2025-2030, dat 95,5%", "giai đoạn 2025-2030, đạt 95,5%"),
    ],
)
def test_numbers_stay(restorer: Restorer, damaged: str, true: str) -> None:
    assert _text(restorer.restore(damaged)) == true


def test_a_torn_date_is_kept_and_doubtful(restorer: Restorer) -> None:
    pieces = restorer.restore("Cao Bang, ngay /4 thang 7 nam 2025")
    assert _text(pieces) == "Cao Bằng, ngày /4 tháng 7 năm 2025"
    assert [piece.text for piece in pieces if piece.doubtful] == ["/4"]


def test_a_number_that_may_be_a_word_is_doubtful(restorer: Restorer) -> None:
    pieces = restorer.restore("theo Ké hoach 56 356/KH-UBND cua Uy ban nhan dan tinh")
    assert [piece.text for piece in pieces if piece.doubtful] == ["số"]
    assert "Kế hoạch số 356/KH-UBND của" in _text(pieces)


def test_text_without_accents_is_restored(restorer: Restorer) -> None:
    true = (
        "Căn cứ Luật Tổ chức chính quyền địa phương; Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai công tác "
        "cải cách hành chính, nâng cao chất lượng phục vụ người dân và doanh nghiệp trên địa bàn tỉnh."
    )
    bare = true.translate(str.maketrans({c: _bare(c) for c in set(true)}))
    assert _text(restorer.restore(bare)) == true


def _bare(letter: str) -> str:
    from bot.text import fold

    return fold(letter).upper() if letter.isupper() else fold(letter)


def test_a_commune_is_named_as_the_gazetteer_names_it(restorer: Restorer) -> None:
    knowing = restorer.for_document("UY BAN NHAN DAN TINH CAO BANG")
    assert _text(knowing.restore("Uy ban nhan dan x4 Be Van Dan")) == "Ủy ban nhân dân xã Bế Văn Đàn"


def test_names_are_those_of_the_provinces_named() -> None:
    names = names_in("trén dia ban tinh Cao Bang")
    assert names.find("Trung Khanh", "xã") == "Trùng Khánh"
    assert names.find("Trung Khaih", "xã") == "Trùng Khánh"
    assert names.find("Hoan Kiem", "phường") is None


CLEAN = [
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện Kế hoạch này.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng Ủy ban nhân dân thành phố theo dõi, đôn đốc việc thực hiện; báo cáo trước ngày 15/12.",
    "Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2026.",
]


@pytest.mark.parametrize("paragraph", CLEAN)
def test_clean_text_is_seen_to_be_clean_and_stays(restorer: Restorer, paragraph: str) -> None:
    assert restorer.damage(paragraph) < 0.1
    assert restorer.slips(paragraph) == [Piece(0, len(paragraph), paragraph)]


@pytest.mark.parametrize(
    "paragraph",
    ["Thuc hién Ké hoach cua Uy ban nhan dan tinh", "phat trien kinh te xa hoi cua dia phuong", "d6i méi sang tao"],
)
def test_damage_shows(restorer: Restorer, paragraph: str) -> None:
    assert restorer.damage(paragraph) > 0.4


@pytest.mark.parametrize(
    ("slipped", "true"),
    [
        ("đẩy mạnh chuyên đổi số trong cơ quan nhà nước", "đẩy mạnh chuyển đổi số trong cơ quan nhà nước"),
        ("Phần đầu đạt và vượt các chỉ tiêu", "Phấn đấu đạt và vượt các chỉ tiêu"),
        ("chế độ hảo hiểm xã hội", "chế độ bảo hiểm xã hội"),
    ],
)
def test_single_slips_are_mended(restorer: Restorer, slipped: str, true: str) -> None:
    assert _text(restorer.slips(slipped)) == true


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("abdeghiknotuvéá¢&@§ADBI0169 .,;:-/()“”[]"), max_size=60))
def test_pieces_cover_the_paragraph_and_no_number_changes(paragraph: str) -> None:
    restorer = load_restorer_once()
    for pieces in (restorer.restore(paragraph), restorer.slips(paragraph)):
        assert "".join(paragraph[piece.start : piece.end] for piece in pieces) == paragraph
        assert [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]
        for piece in pieces:
            if piece.text != paragraph[piece.start : piece.end] and not piece.doubtful:
                assert not paragraph[piece.start : piece.end].isdigit()


_KEPT: list[Restorer] = []


def load_restorer_once() -> Restorer:
    if not _KEPT:
        _KEPT.append(load_restorer())
    return _KEPT[0]


@pytest.mark.parametrize("empty", ["", "   ", "…", "- ;"])
def test_nothing_to_repair(restorer: Restorer, empty: str) -> None:
    assert _text(restorer.restore(empty)) == empty
    assert restorer.damage(empty) == 0


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("nguyễn", ("ng", "uyễ", "n")),
        ("giữ", ("gi", "ữ", "")),
        ("gì", ("g", "ì", "")),
        ("quyết", ("qu", "yế", "t")),
        ("dbi", None),
        ("tổc", None),
    ],
)
def test_syllables_have_parts(word: str, shape: tuple[str, str, str] | None) -> None:
    assert parts(word) == shape


def test_a_page_is_aligned_word_by_word() -> None:
    aligned = list(pairs("đổi mới sáng tạo, cơ sở dữ liệu", "d6i méi sang tao, coso di? liéu"))
    assert (("đổi",), ("d6i",)) in aligned
    assert (("cơ", "sở"), ("coso",)) in aligned
    assert (("liệu",), ("liéu",)) in aligned


def test_words_tell_numbers_from_what_looks_like_one() -> None:
    kinds = {word.text: word.kind for word in words("s6 2038/KH-UBND ngay 03/7/2025 dat 12,5% d6i véi 1a")}
    assert kinds["2038/KH-UBND"] is Kind.DOCUMENT
    assert kinds["03/7/2025"] is kinds["12,5%"] is Kind.NUMBER
    assert kinds["s6"] is kinds["d6i"] is kinds["1a"] is Kind.WORD


def test_the_language_model_prefers_what_it_has_seen_and_sums_to_one() -> None:
    vocabulary = [*language.RESERVED, "đổi", "mới", "sáng", "tạo", "mọi"]
    ids = {word: at for at, word in enumerate(vocabulary)}
    text = np.array(
        [ids.get(w, 0) for w in ("<break> đổi mới sáng tạo <break> " * 9 + "<break> đổi mọi").split()], np.uint16
    )
    model = language.learn(vocabulary, text, np.ones(len(text), np.float32), (1, 1, 1, 1))
    after = np.full(len(vocabulary), language.pack([language.BREAK, ids["đổi"]]), np.uint64)
    chances = np.exp(model.score(after, np.arange(len(vocabulary), dtype=np.uint64)))
    assert chances[ids["mới"]] > 3 * chances[ids["mọi"]] > 0
    assert chances.sum() == pytest.approx(1, abs=0.1)
    assert model.seen([ids["đổi"], ids["mới"], ids["sáng"]])
    assert not model.seen([ids["mọi"], ids["sáng"]])


@pytest.mark.parametrize(
    ("read", "true"),
    [
        ("III. TIỀU CHÍ THỊ ĐUA VÀ HÌNH THÚC KHEN THƯỜNG", "III. TIÊU CHÍ THI ĐUA VÀ HÌNH THỨC KHEN THƯỞNG"),
        ("IV. GIẢI PHÁP THỰỤC HIỆN", "IV. GIẢI PHÁP THỰC HIỆN"),
        ("II. NỘI DUNG PHONG TRÀO TH ĐUA", "II. NỘI DUNG PHONG TRÀO THI ĐUA"),
        ("Phong trào “Bình dân học vụ SỐ”; Căn cứ", "Phong trào “Bình dân học vụ số”; Căn cứ"),
        ("Chương trình hành động số 29-CTIr/TU", "Chương trình hành động số 29-CTr/TU"),
        ("Nghị quyết số 57-NQ/IW, ƯUBND xã", "Nghị quyết số 57-NQ/TW, UBND xã"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("trí tuệ nhân tạo (AI), UBND xã, KH&CN", "trí tuệ nhân tạo (AI), UBND xã, KH&CN"),
    ],
)  # fmt: skip
def test_slips_of_a_scan_are_mended_where_a_clean_text_keeps_them(restorer: Restorer, read: str, true: str) -> None:
    assert _text(restorer.slips(read, recognised=True)) == true
    assert _text(restorer.slips(read)) == read or read.startswith("III")


def test_a_digit_lost_in_a_scan_is_doubtful(restorer: Restorer) -> None:
    pieces = restorer.slips("B5% người dân dùng dịch vụ công", recognised=True)
    assert [piece.text for piece in pieces if piece.doubtful] == ["B5%"]


def test_a_name_with_wrong_accents_is_mended_where_its_kind_stands_before_it(restorer: Restorer) -> None:
    knowing = restorer.for_document("Ủy ban nhân dân tỉnh Cao Bằng")
    unspelled = restorer.for_document("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG")
    assert _text(unspelled.slips("Ban Thường vụ Tỉnh ủy Cao Băng")) == "Ban Thường vụ Tỉnh ủy Cao Băng"
    assert _text(knowing.slips("Ban Thường vụ Tỉnh ủy Cao Băng")) == "Ban Thường vụ Tỉnh ủy Cao Bằng"
    assert _text(knowing.slips("ông Trần Cao Băng")) == "ông Trần Cao Băng"
    assert _text(knowing.slips("của Bộ trưởng Bộ Y tế, tỉnh Khánh Hoà")) == "của Bộ trưởng Bộ Y tế, tỉnh Khánh Hoà"


def test_the_level_after_the_name_of_a_body_is_the_one_of_the_document(restorer: Restorer) -> None:
    knowing = restorer.for_document("Hội đồng Thi đua - Khen thưởng phường kiểm tra.")
    said = "Hội đồng Thi đua - Khen thưởng thường phân công các thành viên"
    assert _text(knowing.slips(said)) == said.replace("thường", "phường")
    regular = "Hội đồng Thi đua - Khen thưởng thường xuyên kiểm tra"
    assert _text(knowing.slips(regular)) == regular
    assert _text(restorer.slips(said)) == said
