"""Whose documents a question is answered from where it does not say so, or names a place that has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from made_plans import drafted, source
from small_plans import small_plan

from bot.answer import Asked, answer
from bot.domain import Answer, Status
from bot.frequency import rarity
from bot.index import Snapshot, current

TODAY = date(2026, 11, 20)
DYKES = "Triển khai hộ đê, phòng chống lụt bão năm 2026"
DECISION = """ỦY BAN NHÂN DÂN
TỈNH NINH BÌNH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 15/2025/QĐ-UBND

Ninh Bình, ngày 05 tháng 8 năm 2025

QUYẾT ĐỊNH

Ban hành Nội quy mẫu áp dụng cho các chợ trên địa bàn tỉnh Ninh Bình

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;

Căn cứ Quyết định số 11/2020/QĐ-UBND của Ủy ban nhân dân tỉnh Hà Nam;

QUYẾT ĐỊNH:

Điều 1. Nội quy mẫu

Người đang say rượu, bia không được vào chợ; thương nhân phải niêm yết giá bán.

Điều 2. Phạm vi

Chợ thuộc phường Châu Sơn và địa bàn tỉnh Nam Định (trước đây) áp dụng từ ngày 01/01/2026.

Điều 3. Hiệu lực

Quyết định này có hiệu lực từ ngày 20 tháng 8 năm 2025.

Nơi nhận:

- UBND phường Hoa Lư;

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Bình
"""
SOURCES = {
    "kim-lien-2025.md": source(name="Kim Liên"),
    "yen-na-2025.md": small_plan("Yên Na", more="\n3. Trạm Y tế phòng, chống cúm H5N1 trên đàn gia cầm.\n"),
    "tien-hai-2026.md": source(
        name="Tiền Hải",
        province="Hưng Yên",
        title=DYKES,
        report="Mỗi điếm canh đê có 06 người trực; thôn Đoài Thượng bảo vệ cống số 4 trước ngày 15/5 hằng năm.",
    ),
    "hai-hau-2026.md": source(
        name="Hải Hậu",
        province="Ninh Bình",
        title=DYKES,
        report="Các thôn bảo vệ cống dưới đê, báo cáo về UBND xã trước ngày 20/5 hằng năm; xã Giao Hòa phối hợp.",
    ),
    "ninh-binh-2025.md": DECISION,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    from bot.embed import load_encoder
    from ingest.build import build, locked
    from ingest.collection import plans

    index = tmp_path_factory.mktemp("whose")
    encoder = load_encoder()
    found = plans([drafted(text, name) for name, text in SOURCES.items()], {})
    with locked(index):
        build(found, {name: str(n) for n, name in enumerate(SOURCES)}, index, encoder, progress=lambda _: None)
    opened = Snapshot(current(index), encoder, encoder.fingerprint)
    yield opened
    opened.close()


def ask(made: Snapshot, text: str, chosen: str = "") -> Answer:
    return answer(Asked(text, TODAY, chosen=made.issuer(chosen)), made, rarity)[0]


@pytest.mark.parametrize(
    ("text", "issuer", "named"),
    [
        ("Người say rượu có được vào chợ không?", "ninh-binh", "Quyết định của tỉnh Ninh Bình:"),
        ("Thôn Đoài Thượng bảo vệ cống nào?", "tien-hai", "Kế hoạch của xã Tiền Hải:"),  # a name tells two plans apart
    ],
)
def test_a_matter_that_one_document_speaks_of_is_answered_from_it_by_name(
    made: Snapshot, text: str, issuer: str, named: str
) -> None:
    told = ask(made, text)
    assert (told.status, told.issuers) == (Status.ANSWERED, (issuer,))
    assert told.text.startswith(named)


@pytest.mark.parametrize(
    "text",
    [
        "Các thôn bảo vệ cống dưới đê thế nào?",  # on the same matter two communes have plans
        "điếm canh đê có mấy người trực",  # a word that only one of the two happens to hold
        "Hạn báo cáo là ngày nào?",
        "Báo cáo kết quả về đâu?",
        "ai ký kế hoạch",
    ],
)
def test_what_several_may_speak_of_is_asked_back(made: Snapshot, text: str) -> None:
    assert ask(made, text).status is Status.NEEDS_ISSUER


def test_an_issuer_chosen_is_never_left_for_another(made: Snapshot) -> None:
    assert ask(made, "Người say rượu có được vào chợ không?", chosen="kim-lien").issuers in ((), ("kim-lien",))


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("chợ bên Nam Định cũ áp dụng nội quy từ ngày nào", "ninh-binh"),
        ("phường Châu Sơn áp dụng nội quy chợ từ ngày nào", "ninh-binh"),
    ],
)
def test_a_place_on_its_land_that_a_document_speaks_of_is_part_of_the_question(
    made: Snapshot, text: str, issuer: str
) -> None:
    told = ask(made, text)
    assert (told.status, told.issuers) == (Status.ANSWERED, (issuer,))
    assert "01/01/2026" in told.text


@pytest.mark.parametrize(
    "text",
    [
        "chợ ở Hà Nam áp dụng nội quy từ ngày nào",  # only among the legal bases
        "phường Hoa Lư áp dụng nội quy chợ từ ngày nào",  # only among the addressees
        "phường Châu Sơn ai ký kế hoạch",  # its own papers
        "xã Giao Hòa bảo vệ cống dưới đê thế nào",  # a neighbour that a commune names
        "Nội quy chợ của Khánh Hòa áp dụng từ ngày nào",
        "noi quy cho o gia lai ap dung tu ngay nao",
    ],
)
def test_a_place_without_documents_is_answered_from_nobody_elses(made: Snapshot, text: str) -> None:
    told = ask(made, text)
    assert (told.status, told.citations) == (Status.NOT_IN_COLLECTION, ())


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Mai Ninh Bình có mưa không?", ""),
        ("viết giúp bài thơ về biển Tiền Hải", ""),
        ("giá vàng hôm nay bao nhiêu", "kim-lien"),
        ("Đà Lạt có quán ăn nào ngon", ""),
    ],
)
def test_what_asks_nothing_of_a_document_is_out_of_scope(made: Snapshot, text: str, chosen: str) -> None:
    assert ask(made, text, chosen).status is Status.OUT_OF_SCOPE


def test_words_are_looked_up_side_by_side_and_with_their_accents(made: Snapshot) -> None:
    assert made.holds("cúm H5N1")
    assert made.holds("cum h5n1")
    assert not made.holds("H5N1 cúm")
    assert not made.holds("cùm H5N1")
    assert made.holds("cum", ("yen-na",))
    assert not made.holds("cum", ("kim-lien",))
    assert not made.holds("cum", (), ("yen-na",))
    assert not made.holds("")
