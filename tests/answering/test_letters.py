"""Letters written from typical, minimal and hostile answers; nothing false, nothing leaked."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from bot.answering.letter_values import with_years
from bot.answering.letters import LetterWriter, check_answer, letter_facts, prefill
from bot.concepts.facts import ContactFacts
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.letters import Letter
from bot.knowledge.questions import QuestionKind
from bot.rendering.docx import fill_template
from tests.knowledge.folder import real_book, real_knowledge

ON = date(2026, 11, 23)
LETTERS = real_book().letters
IDENTITY = "11010119900307123X"
CARD = "6222 0212 3456 7890 123"
FREE = {QuestionKind.TEXT, QuestionKind.LONG_TEXT}

every_letter = pytest.mark.parametrize("letter", LETTERS.values(), ids=list(LETTERS))


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return real_knowledge()


@pytest.fixture(scope="module")
def writer(knowledge: KnowledgeBase) -> LetterWriter:
    return LetterWriter(knowledge, fill_template)


def typical(letter: Letter) -> dict[str, str]:
    answers = {
        question.id: check_answer(question, question.example, ON).value
        for question in letter.questions
    }
    return {name: value for name, value in answers.items() if value is not None}


def minimal(letter: Letter) -> dict[str, str]:
    optional = {question.id for question in letter.questions if question.is_optional}
    return {name: value for name, value in typical(letter).items() if name not in optional}


def answered(letter_id: str, **answers: str) -> Mapping[str, str]:
    return {**typical(LETTERS[letter_id]), **answers}


def is_whole(text: str) -> bool:
    """No mark of a template, no empty bracket, no doubled stop."""
    return not re.search(r"\{\{|\}\}|\{%|%\}|None|（）|〔〕|。。|：。|，。|\[\[", text)


@every_letter
def test_typical_answers_make_a_whole_letter(letter: Letter, writer: LetterWriter) -> None:
    written = writer.write(letter, typical(letter), ON)
    assert is_whole(written.text)
    assert written.blanks == ()
    assert written.warnings == ()
    assert (written.send_to, written.proof) == (letter.send_to, letter.proof)
    for question in letter.questions:
        if question.kind in FREE and "不" not in question.label:
            assert question.example.rstrip("。") in written.text or question.is_optional


@every_letter
def test_minimal_answers_make_a_whole_letter(letter: Letter, writer: LetterWriter) -> None:
    written = writer.write(letter, minimal(letter), ON)
    assert is_whole(written.text)
    optional = {question.id for question in letter.questions if question.is_optional}
    assert set(written.blanks) == optional


@every_letter
def test_a_letter_without_any_answer_has_lines_to_write_on(
    letter: Letter, writer: LetterWriter
) -> None:
    written = writer.write(letter, {}, ON)
    assert is_whole(written.text)
    assert "＿＿＿＿" in written.text
    assert len(written.blanks) == len(letter.questions)


@every_letter
def test_every_choice_makes_a_whole_letter(letter: Letter, writer: LetterWriter) -> None:
    for question in letter.questions:
        for choice in question.choices:
            answers = {**typical(letter), question.id: choice.id}
            assert is_whole(writer.write(letter, answers, ON).text)


@every_letter
def test_a_blank_preview_shows_the_examples_in_brackets(
    letter: Letter, writer: LetterWriter
) -> None:
    preview = writer.blank(letter, ON)
    assert is_whole(preview.text)
    assert "〔" in preview.text


@every_letter
def test_a_letter_leaves_the_signature_and_numbers_to_the_hand(
    letter: Letter, writer: LetterWriter
) -> None:
    text = writer.write(letter, typical(letter), ON).text
    assert re.search(r"(姓名|投诉人|异议人|报案人)：＿+（手写签名）", text)
    assert not re.search(r"\d{11}", text)
    assert "日期：2026年11月23日" in text


@every_letter
def test_personal_numbers_never_reach_a_letter(letter: Letter, writer: LetterWriter) -> None:
    answers = typical(letter)
    for question in letter.questions:
        if question.kind in FREE:
            answers[question.id] = f"证件{IDENTITY}，卡{CARD}，电话13812345678"
    written = writer.write(letter, answers, ON)
    for number in (IDENTITY, CARD, "13812345678", "****"):
        assert number not in written.text
        assert number.encode() not in written.docx
    assert set(written.blanks) == {each.id for each in letter.questions if each.kind in FREE}


@every_letter
def test_a_number_told_as_the_collectors_stands_whole_beside_a_masked_one(
    letter: Letter, writer: LetterWriter
) -> None:
    answers = typical(letter)
    first = next(each for each in letter.questions if each.kind in FREE)
    answers[first.id] = "对方号码13900001111，我的手机13812345678"
    written = writer.write(letter, answers, ON)
    assert "13812345678" not in written.text
    assert "对方号码13900001111" in written.text


@every_letter
@pytest.mark.parametrize(
    "hostile", ["{{ 1/0 }}", "{%p if x %}", "<b>&</w:t>", "😀" * 5, "甲\x00\x07乙", "催" * 2000]
)
def test_hostile_answers_are_harmless_text(
    letter: Letter, writer: LetterWriter, hostile: str
) -> None:
    answers = typical(letter)
    first = next(question for question in letter.questions if question.kind in FREE)
    answers[first.id] = hostile
    readable = hostile.replace("\x00\x07", "")
    assert readable in writer.write(letter, answers, ON).text


@every_letter
def test_no_letter_says_what_may_not_be_said(
    letter: Letter, writer: LetterWriter, knowledge: KnowledgeBase
) -> None:
    said = writer.write(letter, typical(letter), ON).text
    for line in said.splitlines():
        for forbidden in knowledge.forbidden:
            assert not forbidden.pattern.search(line)


@every_letter
def test_an_industry_text_is_never_without_its_rank(letter: Letter, writer: LetterWriter) -> None:
    for choice in ("credit_card", "bank_loan", "online_loan"):
        problems = "frequency,night,third_party,abuse,impersonation,leak,visit,money"
        answers = {**typical(letter), "product": choice, "problems": problems}
        for line in writer.write(letter, answers, ON).text.splitlines():
            if "催收工作指引" in line:
                assert "（行业自律，不是法律）" in line
            if "贷后催收风控指引" in line:
                assert "（推荐性标准，不是法律）" in line


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("11月3日来电", "2026年11月3日来电"),
        ("3月8日还清，5月2号又打", "2026年3月8日还清，2026年5月2号又打"),
        ("2026年11月3日至5日，11月9日上门", "2026年11月3日至5日，2026年11月9日上门"),
        ("2025年3月5日至4月10日", "2025年3月5日至2025年4月10日"),
        ("2025年12月30日至1月2日", "2025年12月30日至2026年1月2日"),
        ("11月3日说“11月20日前不还就上门”", "2026年11月3日说“11月20日前不还就上门”"),
        # Neither is certain: it may lie ahead, or a year back.
        ("12月10日开庭", "12月10日开庭"),
        ("1月5日来过", "1月5日来过"),
        ("13月40日", "13月40日"),
        ("每月5日还款", "每月5日还款"),
    ],
)
def test_a_date_gets_its_year_where_it_is_certain(told: str, written: str) -> None:
    assert with_years(told, ON) == written


def test_the_same_answers_give_the_same_file(writer: LetterWriter) -> None:
    letter = LETTERS["police_statement"]
    first, second = (writer.write(letter, typical(letter), ON) for _ in range(2))
    assert first.docx == second.docx


@pytest.mark.parametrize(
    ("lender", "name"),
    [
        ("招商银行", "投诉信-招商银行-2026-11-23.docx"),
        ("招商银行/信用卡中心", "投诉信-招商银行信用卡中心-2026-11-23.docx"),
        ("../甲：乙*?", "投诉信-2026-11-23.docx"),
        ("张三13812345678", "投诉信-2026-11-23.docx"),
        ("", "投诉信-2026-11-23.docx"),
        ("长" * 60, f"投诉信-{'长' * 20}-2026-11-23.docx"),
    ],
)
def test_the_file_is_named_by_what_it_is_to_whom_and_the_day(
    writer: LetterWriter, lender: str, name: str
) -> None:
    letter = LETTERS["complain_to_lender"]
    assert writer.write(letter, {"lender": lender}, ON).file_name == name


def test_a_letter_to_nobody_in_particular_is_named_without(writer: LetterWriter) -> None:
    name = writer.write(LETTERS["police_statement"], {}, ON).file_name
    assert name == "报案情况说明-2026-11-23.docx"


def test_a_letter_to_a_bank_cites_the_bank_rule_only_for_a_credit_card(
    writer: LetterWriter,
) -> None:
    letter = LETTERS["stop_third_party_contact"]
    card, online = (
        writer.write(letter, answered(letter.id, product=product), ON).text
        for product in ("credit_card", "online_loan")
    )
    rule = "《商业银行信用卡业务监督管理办法》第六十八条（部门规章）"
    assert rule in card
    assert rule not in online


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("complain_to_lender", "problems"),
        ("complain_to_regulator", "problems"),
        ("police_statement", "acts"),
        ("request_written_notice", "reply_by"),
    ],
)
def test_who_owes_nothing_signs_no_debt(writer: LetterWriter, name: str, choices: str) -> None:
    letter = LETTERS[name]
    question = next(each for each in letter.questions if each.id == choices)
    for choice in question.choices:
        text = writer.write(letter, answered(name, **{choices: choice.id}), ON).text
        assert not re.search("我的欠款|本人因欠款|贵机构的客户|我签署的", text)


def test_a_debt_posted_is_reported_as_a_matter_of_privacy_and_not_as_slander(
    writer: LetterWriter,
) -> None:
    letter = LETTERS["police_statement"]
    known = letter_facts(ContactFacts(acts=("post_publicly",), signs=("property_damage",)))
    answers = prefill(letter.questions, known, ON)
    assert answers == {"acts": "privacy,violence"}
    text = writer.write(letter, answers, ON).text
    assert "「散布他人隐私的」" in text
    assert "任意损毁财物" in text
    assert "诽谤" not in text


def test_items_are_counted_anew_in_each_part(writer: LetterWriter) -> None:
    letter = LETTERS["complain_to_lender"]
    lines = writer.write(letter, answered(letter.id, problems="night,leak"), ON).text.splitlines()
    parts = [line for line in lines if re.match("[一二三四五]、", line)]
    assert [line[0] for line in parts] == list("一二三四五")
    assert [line[:2] for line in lines if re.match(r"[12]\.", line)][:4] == ["1.", "2."] * 2


def test_an_objection_that_speaks_only_of_lack_of_money_is_warned_of() -> None:
    question = next(q for q in LETTERS["payment_order_objection"].questions if q.id == "reasons")
    for text in ("我现在没钱，想分期", "失业了，还不起", "能不能缓一缓，家里困难"):
        checked = check_answer(question, text, ON)
        assert checked.value == text
        assert "不算有效的异议" in checked.warnings[0]
    mixed = check_answer(question, "金额不对，我还过六千，现在也没钱", ON)
    assert len(mixed.warnings) == 1
    assert "建议删掉" in mixed.warnings[0]
    assert check_answer(question, "这笔钱我在五月已还清", ON).warnings == ()


@pytest.mark.parametrize(("received", "is_late"), [("2026-11-08", False), ("2026-11-07", True)])
def test_a_payment_order_received_more_than_fifteen_days_ago_is_warned_of(
    writer: LetterWriter, received: str, is_late: bool
) -> None:
    letter = LETTERS["payment_order_objection"]
    warnings = writer.write(letter, answered(letter.id, received_on=received), ON).warnings
    assert any("可能已经超过 15 日" in each for each in warnings) is is_late


@pytest.mark.parametrize(("complained", "is_early"), [("2026-11-08", False), ("2026-11-09", True)])
def test_a_complaint_to_the_regulator_before_the_lender_had_its_days_is_warned_of(
    writer: LetterWriter, complained: str, is_early: bool
) -> None:
    letter = LETTERS["complain_to_regulator"]
    warnings = writer.write(letter, answered(letter.id, complained_on=complained), ON).warnings
    assert any("还不到 15 日" in each for each in warnings) is is_early


def test_the_budget_is_worked_out_and_an_impossible_plan_is_warned_of(
    writer: LetterWriter,
) -> None:
    letter = LETTERS["apply_instalment"]
    fine = writer.write(letter, answered(letter.id, monthly_payment="1200.00"), ON)
    assert "每月余额：1,200\n" in fine.text
    assert fine.warnings == ()
    hard = writer.write(letter, answered(letter.id, monthly_payment="1200.01"), ON)
    assert any("比算出来的余额还多" in each for each in hard.warnings)


def test_a_story_without_its_last_stop_gets_one(writer: LetterWriter) -> None:
    letter = LETTERS["payment_order_objection"]
    for told in ("已经还了6000元，没扣", "已经还了6000元，没扣。"):
        text = writer.write(letter, {**typical(letter), "reasons": told}, ON).text
        assert "已经还了6000元，没扣。\n" in text


def test_what_is_unknown_is_not_worked_out(writer: LetterWriter) -> None:
    letter = LETTERS["apply_instalment"]
    answers = {**answered(letter.id, monthly_payment="9000.00")}
    del answers["other_debts"]
    written = writer.write(letter, answers, ON)
    assert "每月余额：＿＿＿＿" in written.text
    assert written.warnings == ()


def test_more_than_sixty_instalments_are_warned_of() -> None:
    question = next(q for q in LETTERS["apply_instalment"].questions if q.id == "months")
    assert check_answer(question, "60期", ON).warnings == ()
    assert check_answer(question, "72", ON).warnings[0].startswith("信用卡的个性化分期最长 5 年")


def test_a_told_contact_fills_a_complaint() -> None:
    facts = ContactFacts(
        lender="招商银行",
        product="credit_card",
        acts=("insult", "call_night", "no_identity"),
        contacted=("self", "family"),
        dates=("2026-11-20",),
        time=("23:10",),
        amount=12000,
    )
    known = letter_facts(facts, "11月20日夜里骂人，电话13812345678")
    assert prefill(LETTERS["complain_to_lender"].questions, known, ON) == {
        "lender": "招商银行",
        "product": "credit_card",
        "problems": "night,abuse",
        "happened_when": "2026年11月20日 23:10",
        "facts": "11月20日夜里骂人，电话***********",
    }
    assert (
        prefill(LETTERS["stop_third_party_contact"].questions, known, ON)["contacted"] == "family"
    )
    assert prefill(LETTERS["object_to_debt"].questions, known, ON)["claimed_amount"] == "12000.00"


def test_facts_that_do_not_fit_are_left_out() -> None:
    known = {
        "lender": "某" * 100,
        "product": "unheard_of",
        "amount": "很多",
        "acts": "no_identity",
    }
    for letter in LETTERS.values():
        assert prefill(letter.questions, known, ON) == {}


WITHOUT_DEBT = [
    "arbitration_defence",
    "bad_debt_check",
    "confirm_repayment_account",
    "credit_report_objection",
    "defence_to_suit",
    "keep_recordings",
    "object_to_debt",
    "payment_order_objection",
    "personal_information_request",
    "report_institution",
    "stop_contact_online_lender",
    "stop_third_party_contact",
]


@pytest.mark.parametrize("name", WITHOUT_DEBT)
def test_a_letter_that_is_no_offer_owns_no_debt(writer: LetterWriter, name: str) -> None:
    letter = LETTERS[name]
    for answers in (typical(letter), minimal(letter)):
        text = writer.write(letter, answers, ON).text
        assert not re.search("我的欠款|我欠|我愿意还|承认欠款|还款意愿", text)


def test_a_defence_of_limitation_asks_to_dismiss_the_suit(writer: LetterWriter) -> None:
    letter = LETTERS["defence_to_suit"]
    text = writer.write(letter, answered(letter.id, grounds="limitation"), ON).text
    assert "请求驳回原告的诉讼请求。" in text
    assert "诉讼时效抗辩" in text
    assert "分期" not in text
    other = writer.write(letter, answered(letter.id, grounds="amount"), ON).text
    assert "时效" not in other


def test_limitation_beside_instalments_is_warned_of() -> None:
    question = next(q for q in LETTERS["defence_to_suit"].questions if q.id == "grounds")
    assert check_answer(question, "金额不对、息费太高", ON).warnings == ()
    assert check_answer(question, "诉讼时效已过", ON).warnings == ()
    both = check_answer(question, "诉讼时效已过、希望调解分期", ON)
    assert "打架" in both.warnings[0]


def test_an_answer_to_an_arbitration_puts_the_objection_first(writer: LetterWriter) -> None:
    for clause in ("unseen", "other_body", "not_told", "none,both_ways"):
        answers = answered("arbitration_defence", clause=clause)
        text = writer.write(LETTERS["arbitration_defence"], answers, ON).text
        assert text.index("一、对仲裁协议的异议") < text.index("二、答辩意见")
        assert "都不表示我接受由贵机构仲裁" in text
    answers = answered("arbitration_defence", clause="none")
    written = writer.write(LETTERS["arbitration_defence"], answers, ON)
    assert "异议" not in written.text
    assert any("不提异议，以后再说约定无效" in each for each in written.warnings)


@pytest.mark.parametrize("other", ["limitation", "not_mine", "guarantor", "kin"])
def test_in_an_arbitration_no_mediation_is_asked_for_beside_a_doubted_debt(
    writer: LetterWriter, other: str
) -> None:
    letter = LETTERS["arbitration_defence"]
    alone = writer.write(letter, answered(letter.id, grounds="mediation"), ON)
    assert "请仲裁庭主持调解" in alone.text
    assert "不是同意履行" not in alone.text
    both = writer.write(letter, answered(letter.id, grounds=f"{other},mediation"), ON)
    assert "调解" not in both.text
    assert "也不是同意履行" in both.text
    assert any("信里" in each for each in both.warnings)


def test_each_choice_of_an_answer_to_an_arbitration_makes_a_whole_letter(
    writer: LetterWriter,
) -> None:
    letter = LETTERS["arbitration_defence"]
    for question in letter.questions:
        for choice in question.choices:
            text = writer.write(letter, answered(letter.id, **{question.id: choice.id}), ON).text
            assert is_whole(text)
            assert not re.search("我的欠款|我欠|我愿意还|承认欠款|还款意愿", text)


@pytest.mark.parametrize(
    ("product", "rule"),
    [
        ("credit_card", "银行卡民事纠纷案件"),
        ("bank_loan", "进一步加强金融审判工作"),
        ("consumer_finance", "进一步加强金融审判工作"),
        ("private", "民间借贷案件"),
    ],
)
def test_too_high_charges_are_measured_by_the_rule_of_their_product(
    writer: LetterWriter, product: str, rule: str
) -> None:
    letter = LETTERS["defence_to_suit"]
    rules = ("银行卡民事纠纷案件", "进一步加强金融审判工作", "民间借贷案件")
    answers = answered(letter.id, grounds="fees", product=product)
    text = writer.write(letter, answers, ON).text
    assert [each for each in rules if each in text] == [rule]


def test_an_old_debt_is_warned_of_before_instalments_are_asked_for(writer: LetterWriter) -> None:
    letter = LETTERS["apply_instalment"]
    assert writer.write(letter, answered(letter.id, age="within"), ON).warnings == ()
    for age in ("over", "unsure"):
        written = writer.write(letter, answered(letter.id, age=age), ON)
        assert any("先别寄" in each for each in written.warnings)
        assert "不表示放弃诉讼时效" in written.text


@pytest.mark.parametrize("name", ["confirm_repayment_account", "bad_debt_check"])
def test_words_that_own_an_old_debt_are_warned_of(name: str) -> None:
    question = next(q for q in LETTERS[name].questions if q.id == "facts")
    assert check_answer(question, "账单看不到了，我愿意还，请给账号", ON).warnings
    assert check_answer(question, "账单看不到了，客服电话打不通", ON).warnings == ()


def test_an_objection_to_enforcement_is_of_the_debtor_or_of_another(writer: LetterWriter) -> None:
    letter = LETTERS["enforcement_objection"]
    party, other = (
        writer.write(letter, answered(letter.id, who=who), ON).text
        for who in ("party", "outsider")
    )
    assert "请求撤销或者改正上述执行行为" in party
    assert "第二百三十六条" in party
    assert "请求裁定中止对上述财产的执行" in other
    assert "第二百三十八条" in other


@pytest.mark.parametrize(("received", "is_late"), [("2026-08-23", False), ("2026-08-22", True)])
def test_an_award_of_more_than_three_months_ago_is_warned_of(
    writer: LetterWriter, received: str, is_late: bool
) -> None:
    letter = LETTERS["set_aside_award"]
    warnings = writer.write(letter, answered(letter.id, received_on=received), ON).warnings
    assert any("超过三个月" in each for each in warnings) is is_late


def test_a_consumer_finance_company_is_under_the_rule_on_complaints(writer: LetterWriter) -> None:
    for name in ("complain_to_lender", "complain_to_regulator"):
        text = writer.write(LETTERS[name], answered(name, product="consumer_finance"), ON).text
        assert "第十八条" in text
        assert "第四十二条" in text


def test_a_defence_asks_for_no_higher_interest_on_an_old_private_loan(
    writer: LetterWriter,
) -> None:
    letter = LETTERS["defence_to_suit"]
    text = writer.write(letter, answered(letter.id, grounds="fees", product="private"), ON).text
    assert "我不请求适用当时的司法解释" in text
    assert "我请求按当时的司法解释" not in text


@pytest.mark.parametrize("who", ["我是担保人", "因配偶或继承被告"])
def test_who_may_owe_nothing_is_warned_before_instalments_are_offered(who: str) -> None:
    question = next(q for q in LETTERS["defence_to_suit"].questions if q.id == "grounds")
    assert check_answer(question, who, ON).warnings == ()
    both = check_answer(question, f"{who}、希望调解分期", ON)
    assert "先别写愿意分期" in both.warnings[0]


@pytest.mark.parametrize("stage", ["enforcement", "unsure"])
def test_asking_for_living_costs_uses_up_no_objection(writer: LetterWriter, stage: str) -> None:
    letter = LETTERS["keep_living_costs"]
    written = writer.write(letter, answered(letter.id, stage=stage), ON)
    assert "不是执行异议" in written.text
    assert "作为执行异议" not in written.text
    assert any("执行异议" in each for each in written.proof)


def test_an_application_for_instalments_is_signed_by_who_borrowed(writer: LetterWriter) -> None:
    letter = LETTERS["apply_instalment"]
    own = writer.write(letter, answered(letter.id, who="debtor"), ON)
    assert own.warnings == ()
    kin = writer.write(letter, answered(letter.id, who="relative"), ON)
    assert any("先别用你的名字" in each for each in kin.warnings)
    assert "借款人本人姓名" in own.text
    assert "借款人本人姓名" in kin.text


def test_a_guarantor_who_asks_for_instalments_owns_nothing(writer: LetterWriter) -> None:
    letter = LETTERS["apply_instalment"]
    written = writer.write(letter, answered(letter.id, who="guarantor"), ON)
    assert any("先别寄" in each for each in written.warnings)
    assert "不是同意承担，不是新的保证" in written.text
    assert "但有还款意愿，现申请" not in written.text
    assert "保证人姓名" in written.text


def test_a_guarantor_objects_to_a_payment_order_as_one(writer: LetterWriter) -> None:
    letter = LETTERS["payment_order_objection"]
    text = writer.write(letter, answered(letter.id, grounds="guarantor"), ON).text
    assert "以我作保向我主张" in text
    assert "也没有在有关合同上签字" not in text
    kin = writer.write(letter, answered(letter.id, grounds="kin"), ON).text
    assert "夫妻关系或者继承关系" in kin
