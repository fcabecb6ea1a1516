"""Letters are read whole or refused with every fault; those of this repository have none."""

import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.errors import KnowledgeError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.docx_reader import read_docx
from bot.knowledge.letter_checks import check_letters
from bot.knowledge.letters import load_letters, read_letters
from bot.knowledge.questions import QuestionKind, read_questionnaire
from tests.knowledge.folder import real_knowledge

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
TODAY = date(2026, 11, 23)
LETTER = "payment_order_objection"
STATEMENTS = yaml.safe_load(
    (Path(__file__).parent / "statements" / "letters.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return real_knowledge()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(KNOWLEDGE / "letters" / LETTER, tmp_path / "letters" / LETTER)
    return tmp_path


def edit_description(folder: Path, old: str, new: str) -> None:
    file = folder / "letters" / LETTER / "letter.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def edit_template(folder: Path, old: str, new: str) -> None:
    file = folder / "letters" / LETTER / "template.docx"
    written = io.BytesIO()
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(written, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "word/document.xml":
                assert old in content.decode()
                content = content.decode().replace(old, new, 1).encode()
            copy.writestr(name, content)
    file.write_bytes(written.getvalue())


def faults_of(folder: Path, knowledge: KnowledgeBase, today: date = TODAY) -> list[str]:
    shelf, faults = read_letters(folder)
    return [str(fault) for fault in (*faults, *check_letters(shelf, knowledge, today))]


def test_the_letters_of_this_repository_are_without_fault(knowledge: KnowledgeBase) -> None:
    assert faults_of(KNOWLEDGE, knowledge) == []


def test_there_is_a_letter_for_each_purpose() -> None:
    assert set(load_letters(KNOWLEDGE)) == {
        "apply_instalment",
        "arbitration_defence",
        "bad_debt_check",
        "complain_to_lender",
        "complain_to_regulator",
        "confirm_repayment_account",
        "court_fee_relief",
        "credit_report_objection",
        "defence_to_suit",
        "enforcement_objection",
        "jurisdiction_objection",
        "keep_living_costs",
        "keep_recordings",
        "legal_aid_application",
        "mediation_checklist",
        "object_to_debt",
        "payment_order_objection",
        "personal_information_request",
        "police_statement",
        "reply_as_non_debtor",
        "report_institution",
        "report_unlicensed_lender",
        "request_written_notice",
        "resist_award",
        "set_aside_award",
        "stop_contact_online_lender",
        "stop_third_party_contact",
    }


def test_no_letter_is_named_like_a_topic_or_a_task(knowledge: KnowledgeBase) -> None:
    assert not set(load_letters(KNOWLEDGE)) & {*knowledge.answers, *knowledge.tasks}


def test_no_letter_asks_for_a_personal_number() -> None:
    for letter in load_letters(KNOWLEDGE).values():
        for question in letter.questions:
            for number in ("身份证号", "证件号", "银行卡号", "手机号码是"):
                assert number not in question.asks.replace("不写卡号", "")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("title: 支付令异议书", "titel: 支付令异议书", "不认识的键：titel。请改正拼写或删去。"),
        ("kind: date", "kind: day", "“kind”只能是"),
        ("id: reasons", "id: court", "问题编号 court 用了两次，请改掉一个。"),
        ("kind: choices", "kind: text", "choice 和 choices 类的问题要有 choices"),
        ('pattern: "^(?', 'pattern: "((?', "不是有效的匹配式"),
        ("next: [payment_order,", "next: [payment_ordre,", "没有叫 payment_ordre 的主题或任务"),
        ("第二百二十七条", "第二百二十九条", "civil-procedure-law 里没有“第二百二十九条”"),
        ("since: received_on", "since: court", "court 不是日期类（date）的问题。"),
        ("figure: payment", "figure: some", "figures/ 里没有 some_order_objection_days。"),
        ("example: 2026年11月18日", "example: 上回", "自己就通不过检查（answer_not_a_date）"),
        ("review_by: 2027-05-29", "review_by: 2028-05-29", "最多隔 183 天"),
        ("purpose: 收到", "purpose: 15个工作日内，收到", "不要说“15个工作日”"),
    ],
)
def test_a_fault_of_the_description_is_told_with_its_line(
    folder: Path, knowledge: KnowledgeBase, old: str, new: str, fault: str
) -> None:
    edit_description(folder, old, new)
    found = [line for line in faults_of(folder, knowledge) if fault in line]
    assert found
    assert found[0].startswith(f"letters/{LETTER}/letter.yml 第 ")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{{ creditor }}", "{{ creditr }}", "letter.yml 里没有叫“creditr”的问题"),
        ("{{ creditor }}", "甲公司", "问了 creditor，模板里却没有用到。"),
        ("grounds.paid", "grounds.payed", "grounds 没有叫“payed”的选项"),
        ("{{ creditor }}", "{{ creditor", "有没写完的花括号标记"),
        ("{{ creditor }}", "{{ creditor | upper }}", "看不懂“{{ creditor | upper }}”"),
        ("{%p if grounds.paid %}", "{%p for x in grounds %}", "看不懂“{%p for x in grounds %}”"),
        ("{%p if grounds.paid %}", "", "多了一个 endif，请删去。"),
        ("应当裁定终结督促程序", "必须裁定终结督促程序", "的原文不一致，请照原文改。"),
        ("请求贵院审查后", "请按《民事诉讼法》审查后", "请改写成 {{ cite"),
        ("请求贵院审查后", "请在15个工作日内审查后", "不要说“15个工作日”"),
        ("证件号码：＿＿", "身份证号码：1101", "证件号、卡号只留空白（手写）"),
        ("civil-procedure-law#第二百二十八条", "civil-code#第五百四十五条", "请也写进 letter.yml"),
    ],
)
def test_a_fault_of_the_template_is_told(
    folder: Path, knowledge: KnowledgeBase, old: str, new: str, fault: str
) -> None:
    edit_template(folder, old, new)
    found = [line for line in faults_of(folder, knowledge) if fault in line]
    assert found
    assert found[0].startswith(f"letters/{LETTER}/template.docx：")


def test_only_an_article_that_may_be_quoted_is_quoted(
    folder: Path, knowledge: KnowledgeBase
) -> None:
    edit_template(folder, "civil-procedure-law#第二百二十七条", "gbt-45251-2025#催收时间")
    assert any("没有核到可以引用的程度" in fault for fault in faults_of(folder, knowledge))


def test_every_fault_is_told_in_one_run(folder: Path, knowledge: KnowledgeBase) -> None:
    edit_description(folder, "next: [payment_order,", "next: [payment_ordre,")
    edit_template(folder, "{{ creditor }}", "{{ creditr }}")
    assert len(faults_of(folder, knowledge)) == 3


def test_a_letter_without_its_template_is_refused(folder: Path) -> None:
    (folder / "letters" / LETTER / "template.docx").unlink()
    with pytest.raises(KnowledgeError, match=r"旁边没有 template\.docx"):
        load_letters(folder)


def test_a_template_that_is_no_word_file_is_named(folder: Path, knowledge: KnowledgeBase) -> None:
    (folder / "letters" / LETTER / "template.docx").write_bytes(b"not a zip")
    assert faults_of(folder, knowledge) == [
        (
            f"letters/{LETTER}/template.docx：不是有效的 Word 文件（.docx），"
            "请用 Word 或 WPS 另存为 .docx。"
        )
    ]


def test_a_letter_past_review_by_more_than_thirty_days_is_a_fault(
    folder: Path, knowledge: KnowledgeBase
) -> None:
    assert faults_of(folder, knowledge, date(2027, 6, 28)) == []
    assert any(
        "早该在 2027-05-29 复核" in each
        for each in faults_of(folder, knowledge, date(2027, 6, 29))
    )


def test_a_questionnaire_is_read_on_its_own() -> None:
    text = (
        "questions:\n  - {id: paid, label: 已还, asks: 还了多少？, example: 三千, kind: amount}\n"
    )
    (question,), faults = read_questionnaire(text, "forms/plan.yml")
    assert faults == []
    assert (question.id, question.kind, question.is_optional) == (
        "paid",
        QuestionKind.AMOUNT,
        False,
    )


def text_of(path: Path) -> str:
    """A file, or of a letter's folder the description and the template together."""
    if path.is_file():
        return path.read_text(encoding="utf-8")
    template = read_docx((path / "template.docx").read_bytes())
    description = (path / "letter.yml").read_text(encoding="utf-8")
    return "\n".join([description, *(each.text for each in template)])


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda each: each["about"])
def test_what_was_mended_stays_mended(statement: dict[str, list[str]]) -> None:
    text = text_of(KNOWLEDGE / str(statement["file"]))
    assert [each for each in statement["says"] if each not in text] == []
    assert [each for each in statement["cites"] if each not in text] == []
    assert [each for each in statement["never"] if each in text] == []
