"""Which issuer a question names."""

from __future__ import annotations

import pytest

from bot.domain import Issuer
from bot.text import nfc
from bot.whose.issuers import find_issuers

KIM_LIEN = Issuer("kim-lien", "Kim Liên", "xã", "Nghệ An")
YEN_NA = Issuer("yen-na", "Yên Na", "xã", "Nghệ An")
IN_LAM_DONG = Issuer("tan-thanh-lam-dong", "Tân Thành", "xã", "Lâm Đồng")
IN_CA_MAU = Issuer("tan-thanh-ca-mau", "Tân Thành", "phường", "Cà Mau")
QUANG_TRACH = Issuer("quang-trach", "Quảng Trách", "xã", "Quảng Trị", ("Quảng Trạch",))
PROVINCE = Issuer("tinh-dien-bien", "Điện Biên", "tỉnh", "Điện Biên")
HERE = (KIM_LIEN, YEN_NA, IN_LAM_DONG, IN_CA_MAU, QUANG_TRACH, PROVINCE)


@pytest.mark.parametrize(
    "typed",
    [
        "Kim Liên",
        "xã Kim Liên",
        "UBND xã Kim Liên",
        "KIM LIÊN",
        "kim lien",
        "xa kim lien",
        "kimlien",
        "kim-lien",
        "kim_lien",
        "kim  lien",
        "Kim Lien",
        "Kin Liên",  # one letter wrong
        "Kim Lên",  # one missing
        "Kim Lieen",  # one too many
        "Kim Linê",  # two changed places
        "Kim Liê\u0302n".replace("ê\u0302", "e\u0302"),  # decomposed
    ],
)
def test_a_name_is_known_however_it_is_typed(typed: str) -> None:
    named = find_issuers(nfc(f"Hạn báo cáo của {typed} là ngày nào?"), HERE)
    assert named.issuers == (KIM_LIEN,)
    assert not named.ambiguous
    assert named.elsewhere == ""


@pytest.mark.parametrize("typed", ["Quảng Trạch", "quảng trạch", "Quảng Trách", "quang trach", "xã Quảng Trạch"])
def test_the_gazetteers_spelling_is_the_same_commune(typed: str) -> None:
    assert find_issuers(f"Ai ký kế hoạch của {typed}?", HERE).issuers == (QUANG_TRACH,)


@pytest.mark.parametrize("text", ["Hoà Thịnh có kế hoạch gì?", "Hòa Thịnh có kế hoạch gì?", "hoa thinh co gi"])
def test_both_tone_placements_name_one_commune(text: str) -> None:
    issuer = Issuer("hoa-thinh", "Hòa Thịnh", "xã", "Đắk Lắk")
    assert find_issuers(text, (issuer,)).issuers == (issuer,)


@pytest.mark.parametrize(
    "text",
    ["Hạn báo cáo là ngày nào?", "mua kim loại", "liên hệ với ai?", "yên nào", "kim lien lien", "", "xã", "xã nào?"],
)
def test_no_name_is_read_into_other_words(text: str) -> None:
    named = find_issuers(text, (YEN_NA, IN_CA_MAU))
    assert (named.issuers, named.ambiguous, named.elsewhere) == ((), (), "")


def test_a_short_name_has_no_slips() -> None:
    assert find_issuers("yên nb", (YEN_NA,)).issuers == ()


@pytest.mark.parametrize("text", ["Tân Thành", "tan thanh", "Hạn của xã Tân Thành?"])
def test_two_communes_of_one_name_are_both_possible(text: str) -> None:
    named = find_issuers(text, HERE)
    assert named.issuers == ()
    assert set(named.ambiguous) == {IN_LAM_DONG, IN_CA_MAU}


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Tân Thành, Cà Mau", IN_CA_MAU),
        ("tan thanh ca mau", IN_CA_MAU),
        ("Tân Thành (Cà Mau)", IN_CA_MAU),
        ("Tân Thành tỉnh Lâm Đồng", IN_LAM_DONG),
        ("xã Tân Thành thuộc tỉnh Lâm Đồng", IN_LAM_DONG),
        ("Tân Thành ở Lâm Đồng", IN_LAM_DONG),
    ],
)
def test_the_province_after_the_name_tells_them_apart(text: str, issuer: Issuer) -> None:
    assert find_issuers(f"Hạn báo cáo của {text} là ngày nào?", HERE).issuers == (issuer,)


def test_another_province_after_the_name_is_another_place() -> None:
    named = find_issuers("Hạn của xã Tân Thành, Nghệ An?", HERE)
    assert named.issuers == ()
    assert "Tân Thành (Nghệ An)" in named.elsewhere


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Hạn của xã Mường Xén?", "xã Mường Xén (Nghệ An)"),
        ("Hạn của Mường Xén?", "xã Mường Xén (Nghệ An)"),
        ("han cua xa muong xen", "xã Mường Xén (Nghệ An)"),
        ("Kế hoạch của Hà Nội?", "thành phố Hà Nội"),
    ],
)
def test_a_real_place_without_a_plan_is_told_by_its_name(text: str, place: str) -> None:
    named = find_issuers(text, HERE)
    assert named.issuers == ()
    assert named.elsewhere == place


def test_accents_that_name_another_real_place_are_not_this_one() -> None:
    assert find_issuers("Hạn của xã Tân Thạnh?", (IN_CA_MAU,)).issuers == ()


def test_accents_that_name_another_real_place_tell_which() -> None:
    assert "Tân Thạnh" in find_issuers("Hạn của xã Tân Thạnh?", (IN_CA_MAU,)).elsewhere


def test_a_namesake_elsewhere_is_shown_with_its_own_kind() -> None:
    assert find_issuers("Hạn của Kim Liên, Hà Nội?", HERE).elsewhere == "phường Kim Liên (Hà Nội)"


def test_the_kind_before_the_name_tells_namesakes_apart() -> None:
    assert find_issuers("Hạn của phường Tân Thành?", HERE).issuers == (IN_CA_MAU,)


def test_wrong_accents_that_name_no_place_are_a_slip() -> None:
    assert find_issuers("Kím Liên", HERE).issuers == (KIM_LIEN,)


def test_several_are_told_in_the_order_named() -> None:
    assert find_issuers("So sánh Yên Na với Kim Liên", HERE).issuers == (YEN_NA, KIM_LIEN)


def test_a_name_said_twice_counts_once() -> None:
    assert find_issuers("Kim Liên và xã Kim Liên", HERE).issuers == (KIM_LIEN,)


def test_a_province_alone_means_its_only_commune_here() -> None:
    assert find_issuers("Hạn báo cáo bên Cà Mau?", HERE).issuers == (IN_CA_MAU,)


def test_a_province_alone_leaves_its_communes_to_choose_from() -> None:
    assert set(find_issuers("Hạn báo cáo bên Nghệ An?", HERE).ambiguous) == {KIM_LIEN, YEN_NA}


def test_a_province_that_issued_a_plan_is_an_issuer() -> None:
    assert find_issuers("Hạn báo cáo của tỉnh Điện Biên?", HERE).issuers == (PROVINCE,)


def test_spans_cover_the_name_with_its_kind() -> None:
    text = "Hạn của UBND xã Kim Liên là gì?"
    assert [text[a:b] for a, b in find_issuers(text, HERE).spans] == ["UBND xã Kim Liên"]


def test_an_empty_collection_names_nobody() -> None:
    assert find_issuers("Hạn báo cáo?", ()).issuers == ()


HA_NOI = Issuer("ha-noi", "Hà Nội", "thành phố", "Hà Nội")


@pytest.mark.parametrize(("said", "found"), [("hạn nộp của HN là ngày nào", (HA_NOI,)), ("dn ở đâu, hn", ())])
def test_a_province_may_be_named_by_its_capitals(said: str, found: tuple[Issuer, ...]) -> None:
    assert find_issuers(said, (*HERE, HA_NOI)).issuers == found


def test_an_abbreviation_with_a_meaning_of_its_own_names_no_province() -> None:
    cao_bang = Issuer("cao-bang", "Cao Bằng", "tỉnh", "Cao Bằng")
    assert find_issuers("CB xã phải làm gì", (*HERE, cao_bang)).issuers == ()


BAC_NINH = Issuer("bac-ninh", "Bắc Ninh", "tỉnh", "Bắc Ninh")
DA_NANG = Issuer("da-nang", "Đà Nẵng", "thành phố", "Đà Nẵng")


@pytest.mark.parametrize(
    "typed", ["Hanoi", "hanoi", "Ha-Noi", "ở HN", "cua HN", "TP HN", "ha noi", "Hà Nội", "thành phố Hà Nội"]
)
def test_a_province_is_known_squeezed_and_by_its_capitals(typed: str) -> None:
    assert find_issuers(f"quy định {typed} ra sao", (*HERE, HA_NOI)).issuers == (HA_NOI,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gia thue nha o BN the nao", (BAC_NINH,)),  # in small letters "bao nhiêu"
        ("nhà tỉnh BN thuê thế nào", (BAC_NINH,)),
        ("BN ngày nữa tới hạn", ()),
        ("hạn nộp của KL", (KIM_LIEN,)),
        ("KL nộp khi nào", ()),  # a commune's initials tell nothing without a word of place
        ("chợ TP ĐN", (DA_NANG,)),
        ("hồ sơ của DN nộp đâu", ()),  # doanh nghiệp
        ("ban hành theo QĐ-BN", ()),
    ],
)
def test_initials_name_an_issuer_behind_a_word_of_place(text: str, found: tuple[Issuer, ...]) -> None:
    assert find_issuers(text, (KIM_LIEN, YEN_NA, BAC_NINH, DA_NANG)).issuers == found


def test_initials_that_two_issuers_share_name_none() -> None:
    bac_nam = Issuer("bac-nam", "Bắc Nam", "xã", "Nghệ An")
    bao_ninh = Issuer("bao-ninh", "Bảo Ninh", "xã", "Nghệ An")
    assert find_issuers("ở BN thế nào", (bac_nam, bao_ninh, HA_NOI)).issuers == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("gia thue nha o khanh hoa", "tỉnh Khánh Hòa"),
        ("Nội quy chợ của Khánh Hòa", "tỉnh Khánh Hòa"),
        ("bình phước xếp loại thế nào", "tỉnh Bình Phước (nay thuộc Đồng Nai)"),
        ("ở Sài Gòn thế nào", "thành phố Hồ Chí Minh"),
    ],
)
def test_a_province_without_documents_is_told_by_its_name(text: str, place: str) -> None:
    named = find_issuers(text, HERE)
    assert (named.issuers, named.ambiguous, named.elsewhere) == ((), (), place)


@pytest.mark.parametrize("text", ["chợ Mường Xén", "xóm Hữu Kiệm", "phố Trần Hưng Đạo", "ông Hữu Kiệm"])
def test_other_things_bear_a_communes_name_too(text: str) -> None:
    assert find_issuers(f"Hỏi về {text} ra sao?", HERE).elsewhere == ""


@pytest.mark.parametrize("text", ["Kim Liên, Nghệ An", "xã Kim Liên tỉnh Nghệ An"])
def test_the_province_above_is_no_second_issuer(text: str) -> None:
    nghe_an = Issuer("nghe-an", "Nghệ An", "tỉnh", "Nghệ An")
    assert find_issuers(f"Hạn của {text}?", (*HERE, nghe_an)).issuers == (KIM_LIEN,)


def test_a_former_province_behind_the_name_tells_where_it_lies() -> None:
    assert find_issuers("Tân Thành, Bạc Liêu", HERE).issuers == (IN_CA_MAU,)
    assert find_issuers("Tân Thành, Nam Định", HERE).issuers == ()


def test_words_that_fold_to_a_province_choose_no_commune_of_it() -> None:
    trung_khanh = Issuer("trung-khanh", "Trùng Khánh", "xã", "Cao Bằng")
    assert find_issuers("nop bao cao bang van ban", (KIM_LIEN, trung_khanh)).issuers == ()
