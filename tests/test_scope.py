"""Where a question is searched, or the reply where that cannot be told."""

from __future__ import annotations

from datetime import date

import pytest

from bot import replies
from bot.domain import Issuer, Status
from bot.frequency import rarity
from bot.question import understand
from bot.scope import Scope, names, scope

KIM_LIEN = Issuer("kim-lien", "Kim Liên", "xã", "Nghệ An")
YEN_NA = Issuer("yen-na", "Yên Na", "xã", "Nghệ An")
HERE = (KIM_LIEN, YEN_NA)
TWINS = (
    Issuer("tan-thanh-lam-dong", "Tân Thành", "xã", "Lâm Đồng"),
    Issuer("tan-thanh-lang-son", "Tân Thành", "xã", "Lạng Sơn"),
)
PLAIN = "Hạn báo cáo là ngày nào?"


def where(
    text: str,
    collection: tuple[Issuer, ...] = HERE,
    chosen: Issuer | None = None,
    remembered: tuple[Issuer, ...] = (),
    about_plans: bool = True,
) -> Scope:
    question = understand(text, collection, date(2026, 11, 20), rarity)
    return scope(question, collection, chosen, remembered, about_plans)


def test_a_name_in_the_question_wins_over_all_else() -> None:
    assert where("Hạn của Yên Na?", chosen=KIM_LIEN, remembered=(KIM_LIEN,)).issuers == (YEN_NA,)


def test_the_one_chosen_wins_over_the_one_remembered() -> None:
    assert where(PLAIN, chosen=KIM_LIEN, remembered=(YEN_NA,)).issuers == (KIM_LIEN,)


def test_the_one_remembered_is_asked_again() -> None:
    assert where(PLAIN, remembered=(YEN_NA,)).issuers == (YEN_NA,)


def test_the_only_issuer_needs_no_name() -> None:
    assert where(PLAIN, (YEN_NA,)).issuers == (YEN_NA,)


def test_all_issuers_are_asked_where_the_question_says_so() -> None:
    assert where("Tất cả các xã báo cáo ngày nào?").issuers == HERE


def test_without_a_name_the_issuers_are_offered() -> None:
    told = where(PLAIN)
    assert told.status is Status.NEEDS_ISSUER
    assert told.reply == replies.NEEDS_ISSUER.format(names="xã Kim Liên, xã Yên Na")


def test_without_any_plan_that_is_said() -> None:
    assert where(PLAIN, ()).status is Status.NOT_IN_COLLECTION


def test_of_two_communes_of_one_name_the_asker_chooses() -> None:
    told = where("Hạn báo cáo của Tân Thành?", TWINS)
    assert told.status is Status.NEEDS_ISSUER
    assert "xã Tân Thành (Lâm Đồng), xã Tân Thành (Lạng Sơn)" in told.reply


@pytest.mark.parametrize("by", ["chosen", "remembered"])
def test_what_was_chosen_before_tells_two_of_one_name_apart(by: str) -> None:
    told = where("Hạn báo cáo của Tân Thành?", TWINS, **{by: TWINS[1] if by == "chosen" else (TWINS[1],)})
    assert told.issuers == (TWINS[1],)


@pytest.mark.parametrize("chosen", [None, KIM_LIEN])
def test_a_real_commune_without_a_plan_is_never_answered_from_another(chosen: Issuer | None) -> None:
    told = where("Hạn báo cáo của xã Mường Xén?", chosen=chosen, remembered=(YEN_NA,))
    assert told.status is Status.NOT_IN_COLLECTION
    assert "xã Mường Xén (Nghệ An)" in told.reply
    assert "xã Kim Liên" in told.reply


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Cảm ơn bạn", replies.THANKS),
        ("Xin chào", replies.GREETING.format(issuer="xã Kim Liên")),
    ],
)
def test_a_greeting_is_returned(text: str, reply: str) -> None:
    assert where(text, about_plans=False) == Scope(status=Status.GREETING, reply=reply)


def test_what_no_plan_knows_is_out_of_scope() -> None:
    assert where("Cách nấu phở bò?", about_plans=False).status is Status.OUT_OF_SCOPE


def test_what_no_plan_knows_is_still_asked_of_the_issuer_named() -> None:
    assert where("Xã Kim Liên nấu phở thế nào?", about_plans=False).issuers == (KIM_LIEN,)


def test_many_names_are_cut_short() -> None:
    many = [Issuer(f"x-{n}", f"X{n}", "xã", "Nghệ An") for n in range(11)]
    assert names(many).endswith("xã X7 và 3 nơi khác")


def test_no_names() -> None:
    assert names(()) == ""
