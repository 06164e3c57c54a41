from __future__ import annotations

from dataclasses import replace

import pytest
from fake_service import ISSUER, PLAN

from bot.domain import Facts, Plan, Span, TextMap, WrittenDate
from ingest.relation import PREFIX, Kind, relate, relations

MOVEMENT = "Làng sạch, ngõ đẹp"
WORDS = "Ủy ban nhân dân xã yêu cầu các xóm {} đường làng, trồng cây, thu gom rác, kẻ vẽ biển báo và báo cáo kết quả. "


def plan(
    id: str,
    number: str = "/KH-UBND",
    when: tuple[int | None, int | None, int | None] = (2025, None, None),
    *,
    title: str = f"Kế hoạch triển khai Phong trào thi đua “{MOVEMENT}” trên địa bàn xã",
    movement: tuple[str, ...] = (MOVEMENT,),
    period: tuple[int, int] | None = (2025, 2030),
    text: str = "",
    slug: str = "an-phu",
) -> Plan:
    """Texts differ unless one is given."""
    year, month, day = when
    body = text or " ".join(f"{id} {i} " for i in range(60))
    return replace(
        PLAN,
        id=id,
        number=number,
        when=WrittenDate("", day, month, year),
        title=title,
        movement=movement,
        period=period,
        text=f"{title}\n{body}",
        head={"title": Span(id, 0, len(title))},
        issuer=replace(ISSUER, slug=slug),
        map=TextMap(()),
        sections=(),
        facts=Facts(),
        warnings=(),
        signer="",
    )


def only(*plans: Plan) -> tuple[str, str, str] | None:
    found = relations(plans)
    assert len(found) <= 1
    return (found[0].later, found[0].earlier, found[0].kind.value) if found else None


OLD = plan("old", "45/KH-UBND", (2025, 3, 5), text=WORDS.format("quét dọn") * 5)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Kế hoạch này thay thế Kế hoạch số 45/KH-UBND ngày 05/3/2025 của UBND xã.", Kind.REPLACES),
        ("Kế hoạch này có hiệu lực từ ngày ký và thay thế Kế hoạch số: 45 /KH-UBND.", Kind.REPLACES),
        ("Bãi bỏ Kế hoạch số 45/KH-UBND.", Kind.REPLACES),
        ("Kế hoạch số 45/KH-UBND ngày 05/3/2025 hết hiệu lực kể từ ngày kế hoạch này được ký.", Kind.REPLACES),
        ("Sửa đổi, bổ sung một số nội dung của Kế hoạch số 45/KH-UBND như sau.", Kind.AMENDS),
        ("Điều chỉnh Kế hoạch số 45/KH-UBND ngày 05 tháng 3 năm 2025.", Kind.AMENDS),
    ],
)
def test_what_a_plan_states_is_recognised(said: str, kind: Kind) -> None:
    new = plan("new", "7/KH-UBND", (2026, 1, 2), movement=(), title="Kế hoạch khác hẳn", period=None, text=said)
    assert only(OLD, new) == only(new, OLD) == ("new", "old", kind.value)


@pytest.mark.parametrize(
    "said",
    [
        "Thay thế Kế hoạch số 46/KH-UBND.",
        "Thay thế Kế hoạch số 45/KH-UBND ngày 05/3/2019.",
        "Thay thế Quyết định số 45/QĐ-UBND.",
        "Thực hiện Kế hoạch số 45/KH-UBND.",
    ],
    ids=["another number", "another year", "another kind", "no word of replacing"],
)
def test_another_document_is_not_taken_for_it(said: str) -> None:
    new = plan("new", "7/KH-UBND", (2026, 1, 2), movement=(), title="Kế hoạch khác hẳn", period=None, text=said)
    assert only(OLD, new) is None


def test_an_earlier_plan_cannot_replace_a_later_one() -> None:
    new = plan("x", "7/KH-UBND", (2024, 1, 2), movement=(), title="Khác", text="Thay thế Kế hoạch số 45/KH-UBND.")
    assert only(OLD, new) is None


def test_another_issuers_plan_of_the_same_number_is_left_alone() -> None:
    said = "Kế hoạch này thay thế Kế hoạch số 45/KH-UBND."
    new = plan("new", "7/KH-UBND", (2026, 1, 2), text=said, slug="tan-hoa")
    assert only(OLD, new) is None
    [told] = relate([OLD, new])[1].warnings
    assert "chưa có trong bộ kế hoạch" in told


def test_the_same_movement_in_the_same_years_replaces() -> None:
    assert only(OLD, plan("new", "7/KH-UBND", (2026, 1, 2))) == ("new", "old", "replaces")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"period": (2026, 2026)}, "overlaps"),
        ({"period": None}, "overlaps"),
        ({"when": (2025, None, None)}, "overlaps"),
        ({"period": (2031, 2035)}, None),
        ({"movement": ("Dân vận khéo",)}, None),
        ({"title": f"Kế hoạch tổng kết Phong trào thi đua “{MOVEMENT}”"}, None),
        ({"title": f"Kế hoạch sửa đổi, bổ sung Kế hoạch Phong trào “{MOVEMENT}”"}, "amends"),
    ],
    ids=["a year of the period", "no period", "no date", "later years", "movement", "purpose", "amending title"],
)
def test_what_is_only_likely_decides_nothing(changes: dict[str, object], kind: str | None) -> None:
    given: dict[str, object] = {"when": (2026, 1, 2)} | changes
    new = plan("new", "7/KH-UBND", **given)  # type: ignore[arg-type]
    found = only(OLD, new)
    assert (found[2] if found else None) == kind
    assert not any(p.replaces for p in relate([OLD, new]))


def test_titles_are_compared_where_no_movement_is_named() -> None:
    old = plan(
        "old", "1/KH-UBND", (2025, 1, 5), movement=(), title="Kế hoạch chuyển đổi số năm 2025", period=(2025, 2025)
    )
    new = plan(
        "new", "9/KH-UBND", (2025, 6, 5), movement=(), title="Kế hoạch chuyển đổi số năm 2025", period=(2025, 2025)
    )
    next_year = replace(new, id="next", title="Kế hoạch chuyển đổi số năm 2026", period=(2026, 2026))
    assert only(old, new) == ("new", "old", "replaces")
    assert only(old, next_year) is None


def test_nearly_the_same_text_is_a_repetition_and_the_signed_copy_stands() -> None:
    draft = plan("a-draft", text=WORDS.format("quét dọn") * 5)
    assert only(draft, OLD) == only(OLD, draft) == ("old", "a-draft", "repeats")
    [kept, signed] = relate([draft, OLD])
    assert (kept.replaces, signed.replaces) == ("", "a-draft")


def test_last_years_plan_copied_is_no_repetition() -> None:
    text = WORDS.format("quét dọn") * 5
    a = plan(
        "a", "1/KH-UBND", (2025, 1, 1), title="Kế hoạch y tế năm 2025", movement=(), period=(2025, 2025), text=text
    )
    b = plan(
        "b", "1/KH-UBND", (2026, 1, 1), title="Kế hoạch y tế năm 2026", movement=(), period=(2026, 2026), text=text
    )
    assert only(a, b) is None


def test_both_plans_tell_of_it_once_however_often_it_is_computed() -> None:
    made = relate(relate([OLD, plan("new", "7/KH-UBND", (2026, 1, 2))]))
    assert [p.replaces for p in made] == ["", "old"]
    assert [len(p.warnings) for p in made] == [1, 1]
    assert made[0].warnings[0].startswith(f"{PREFIX}được thay thế bởi new")
    assert made[1].warnings[0].startswith(f"{PREFIX}thay thế old (Kế hoạch số 45/KH-UBND")
    assert relate(made[:1])[0].warnings == ()


def test_a_chain_leads_from_the_newest_back() -> None:
    chain = [plan(f"p{year}", f"{year - 2000}/KH-UBND", (year, 1, 1)) for year in (2025, 2026, 2027)]
    assert [p.replaces for p in relate(chain)] == ["", "p2025", "p2026"]


def test_plans_that_replace_each_other_do_not_make_a_circle() -> None:
    a = plan("a", "1/KH-UBND", (2025, None, None), text="Thay thế Kế hoạch số 2/KH-UBND.")
    b = plan("b", "2/KH-UBND", (2025, None, None), text="Thay thế Kế hoạch số 3/KH-UBND.")
    c = plan("c", "3/KH-UBND", (2025, None, None), text="Thay thế Kế hoạch số 1/KH-UBND.")
    replaced = {p.id: p.replaces for p in relate([a, b, c])}
    assert sum(map(bool, replaced.values())) == 2
