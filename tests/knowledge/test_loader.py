"""The folder becomes frozen things; whatever cannot be read is told, and nothing breaks."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.concepts.citation import ArticleId, Binding, Verification
from bot.concepts.passages import Fit, Passage, Passages
from bot.concepts.reply import Block, BlockKind, Span
from bot.errors import KnowledgeError
from bot.knowledge.base import (
    Article,
    Comparison,
    Figure,
    FigureValue,
    Group,
    Page,
    Review,
    Source,
    Task,
)
from bot.knowledge.checks import check_knowledge
from bot.knowledge.loader import load_knowledge, read_knowledge
from tests.knowledge.folder import REVIEW_DAY

_ASKS = "".join(f"    - 问法{number}\n" for number in range(40))
_FILES = {
    "laws/a-law.yml": """\
title: 某部办法；其补充
short_title: 某办法
issuer: 某机关
document_no: 〔2020〕1号
in_force_from: 2020-01-01
status: in-force
binding: departmental-rule
compared:
  on: 2026-11-23
  with: [library]
  again_by: 2027-05-23
articles:
  第一条: {plain: 大意, verified: mirror, quotable: true, text: 原文, note: 说明}
  第二条: {plain: 大意, verified: one-page, with: [page], quotable: false}
""",
    "figures/days.yml": """\
description: 几日
values:
  2026-01-30: {value: 15, source: a-law#第二条}
  2020-01-01: {value: "10", source: a-law#第一条}
reviewed_on: 2026-11-23
review_by: 2027-05-23
""",
    "topics/call_hours.md": """\
---
title: 半夜打电话
button: 半夜来电
laws: [a-law#第一条]
related: [greet, write_letter]
reviewed_on: 2026-11-23
review_by: 2027-05-23
---

## 简答

不该打。

〔信用卡〕银行也不该打。

## 怎么做

1. 甲
2. 乙
3. 丙

## 可以这样说

> 请白天打。

## 注意

- 见[[a-law#第一条]]。
- {{days}} 日。

## 接着会问

### why：凭什么 · 哪条写的

〔家人〕家里人也一样。

〔其余〕规定里写的。

→ write_letter：帮我写 · 写封信

### other_case：换成上门

→ greet：上门

## 大家这样问

- 半夜打
- 凌晨打
""",
    "talk.yml": f"greet:\n  title: 你好\n  says: 你好。\n  next: [call_hours]\n  asks:\n{_ASKS}",
    "tasks.yml": f"write_letter:\n  title: 写信\n  kind: tool\n  asks:\n{_ASKS}",
    "utterances.yml": "labels: {citation: 甲}\nutterances:\n  start:\n    says: 开始\n",
    "contacts.yml": """\
- id: hotline
  name: 热线
  number: "12345"
  for: 管这
  not_for: 不管那
  hours: null
  checked_on: 2026-11-23
  review_by: 2027-05-23
""",
    "crisis.yml": """\
strong: [{pattern: 不想活}]
weak: [{pattern: 撑不住}]
not_danger: [{pattern: 生意撑不住}]
other_person: [{pattern: 我朋友}]
cards:
  own_strong: {text: 甲, buttons: [greet]}
  own_weak: {text: 乙, buttons: [greet]}
  other_strong: {text: 丙, buttons: [greet]}
  other_weak: {text: 丁, buttons: [greet]}
  own_again: {text: 戊, buttons: [greet]}
  other_again: {text: 己, buttons: [greet]}
""",
    "english.yml": "# 英文卡片\n- {id: jail, words: jail|arrest, says: Ask.}\n",
    "parts.yml": """\
rest: 其余
product: {asks: 哪一种？, labels: {信用卡: credit_card}, choices: {credit_card: 卡, bank_loan: 贷}}
role: {asks: 谁欠的？, labels: {家人: relative}, choices: {debtor: 我, relative: 家里人}}
stage: {asks: 哪一步？, labels: {判决后: judgment}, choices: {sued: 被告, judgment: 判了}}
paper: {asks: 写的是哪一种？, choices: {award: 裁决, ruling: 裁定}}
""",
    "menu.yml": "- {id: conduct, title: 被骚扰, topics: [call_hours]}\n",
    "sources.yml": ("library: {says: 某法规库, reaches: 2026-07-31}\npage: {says: 一处网页}\n"),
    "differences.yml": "call_hours: 打来的钟点不对\n",
    "forbidden.yml": "- {pattern: 一告就赢, why: 不能许诺}\n",
    "standing.yml": "not_in: []\nsentences: [{says: 〔信用卡〕别付。, unless: [付]}]\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The smallest folder that can be read."""
    for name, text in _FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    return tmp_path


def change_all(folder: Path, change: Callable[[bytes], bytes]) -> None:
    for name in _FILES:
        (folder / name).write_bytes(change((folder / name).read_bytes()))


def passages_of(*texts: str) -> Passages:
    return tuple(Passage(block) for text in texts for block in paragraph_of(text))


def words_of(passages: Passages) -> list[str]:
    return [passage.block.text for passage in passages]


def paragraph_of(text: str) -> tuple[Block, ...]:
    return (Block(BlockKind.PARAGRAPH, (Span(text),)),)


def faults_in(folder: Path) -> list[str]:
    return [str(fault) for fault in sorted(read_knowledge(folder)[1])]


def test_a_law_keeps_the_words_of_quotable_articles_only(folder: Path) -> None:
    law = load_knowledge(folder).laws["a-law"]
    assert (law.title, law.binding) == ("某部办法；其补充", Binding.DEPARTMENTAL_RULE)
    first, second = ArticleId("a-law", "第一条"), ArticleId("a-law", "第二条")
    assert law.articles == {
        "第一条": Article(
            id=first,
            plain="大意",
            verified=Verification.MIRROR,
            text="原文",
            note="说明",
            sources=("library",),
        ),
        "第二条": Article(
            id=second,
            plain="大意",
            verified=Verification.ONE_PAGE,
            text=None,
            note=None,
            sources=("page",),
        ),
    }


def test_a_law_says_when_it_was_compared_with_what_and_when_again(folder: Path) -> None:
    knowledge = load_knowledge(folder)
    law = knowledge.laws["a-law"]
    assert law.compared == Comparison(date(2026, 11, 23), ("library",), date(2027, 5, 23))
    assert law.revision is None
    assert knowledge.sources["library"] == Source(
        id="library", says="某法规库", reaches=date(2026, 7, 31), is_many=False
    )


def test_a_figure_is_a_history_with_the_oldest_first(folder: Path) -> None:
    assert load_knowledge(folder).figures["days"] == Figure(
        id="days",
        description="几日",
        history=(
            FigureValue(date(2020, 1, 1), "10", ArticleId("a-law", "第一条")),
            FigureValue(date(2026, 1, 30), "15", ArticleId("a-law", "第二条")),
        ),
        review=Review(date(2026, 11, 23), date(2027, 5, 23)),
    )


def test_an_answer_has_its_sections(folder: Path) -> None:
    answer = load_knowledge(folder).answers["call_hours"]
    assert (answer.title, answer.button) == ("半夜打电话", "半夜来电")
    assert answer.laws == (ArticleId("a-law", "第一条"),)
    assert answer.related == ("greet", "write_letter")
    card = Fit({"product": frozenset({"credit_card"})})
    assert answer.short == (
        *passages_of("不该打。"),
        Passage(*paragraph_of("银行也不该打。"), card),
    )
    assert [passage.block.number for passage in answer.steps] == [1, 2, 3]
    assert words_of(answer.sayings) == ["请白天打。"]
    assert words_of(answer.cautions) == ["见[[a-law#第一条]]。", "{{days}} 日。"]
    assert answer.examples == ("半夜打", "凌晨打")


def test_what_is_asked_next_is_read_by_aspect_with_what_leads_elsewhere(folder: Path) -> None:
    why, other = load_knowledge(folder).answers["call_hours"].follow_ups
    assert (why.aspect, why.asks) == ("why", ("凭什么", "哪条写的"))
    assert why.says == (
        Passage(*paragraph_of("家里人也一样。"), Fit({"role": frozenset({"relative"})})),
        Passage(*paragraph_of("规定里写的。"), Fit(is_rest=True)),
    )
    assert why.leads == {"write_letter": ("帮我写", "写封信")}
    assert (other.aspect, other.says, other.leads) == ("other_case", (), {"greet": ("上门",)})


def test_what_is_asked_next_may_not_be_left_out(folder: Path) -> None:
    file = folder / "topics" / "call_hours.md"
    before, _, rest = file.read_text("utf-8").partition("## 接着会问")
    file.write_text(before + rest[rest.index("## 大家") :], "utf-8")
    *_, told = faults_in(folder)
    assert told.startswith("topics/call_hours.md：小节应当依次是 简答、怎么做、")
    assert told.endswith("；现在是 简答、怎么做、可以这样说、注意、大家这样问。")


def test_the_labels_and_questions_of_parts_are_read(folder: Path) -> None:
    parts = load_knowledge(folder).parts
    assert parts.rest == "其余"
    assert parts.labels == {
        "信用卡": ("product", "credit_card"),
        "家人": ("role", "relative"),
        "判决后": ("stage", "judgment"),
    }
    assert parts.asks == {
        "product": "哪一种？",
        "role": "谁欠的？",
        "stage": "哪一步？",
        "paper": "写的是哪一种？",
    }
    assert parts.choices["stage"] == {"sued": "被告", "judgment": "判了"}


def test_words_to_say_may_be_left_out(folder: Path) -> None:
    file = folder / "topics" / "call_hours.md"
    text = file.read_text("utf-8").replace("## 可以这样说\n\n> 请白天打。\n\n", "")
    file.write_text(text, "utf-8")
    assert load_knowledge(folder).answers["call_hours"].sayings == ()


def test_talk_tasks_words_and_menu_are_read(folder: Path) -> None:
    knowledge = load_knowledge(folder)
    asks = tuple(f"问法{number}" for number in range(40))
    assert knowledge.talk["greet"] == Page(
        id="greet", title="你好", says=paragraph_of("你好。"), next=("call_hours",), examples=asks
    )
    assert knowledge.tasks["write_letter"] == Task(
        id="write_letter", title="写信", is_tool=True, examples=asks
    )
    assert knowledge.utterances["start"] == Page(
        id="start", title="start", says=paragraph_of("开始"), next=()
    )
    assert knowledge.labels == {"citation": "甲"}
    assert knowledge.menu == (Group("conduct", "被骚扰", ("call_hours",)),)


def test_a_hotline_says_what_it_is_for(folder: Path) -> None:
    hotline = load_knowledge(folder).contacts["hotline"]
    assert (hotline.number, hotline.purpose, hotline.not_for) == ("12345", "管这", "不管那")
    assert (hotline.where, hotline.hours, hotline.caution) == (None, None, None)


def test_words_of_danger_become_patterns_and_cards(folder: Path) -> None:
    crisis = load_knowledge(folder).crisis
    watched = crisis.patterns
    patterns = (watched.strong, watched.weak, watched.harmless, watched.other_person)
    assert [[each.pattern for each in kind] for kind in patterns] == [
        ["不想活"],
        ["撑不住"],
        ["生意撑不住"],
        ["我朋友"],
    ]
    assert [page.says for page in crisis.cards.values()] == [
        paragraph_of(text) for text in "甲乙丙丁戊己"
    ]


def test_cards_in_english_are_found_in_either_case(folder: Path) -> None:
    (card,) = load_knowledge(folder).english
    assert card.words.search("Will they ARREST me")
    assert card.says == paragraph_of("Ask.")


def test_what_must_not_be_said_has_its_reason(folder: Path) -> None:
    (forbidden,) = load_knowledge(folder).forbidden
    assert (forbidden.pattern.pattern, forbidden.why) == ("一告就赢", "不能许诺")


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"\n", b"\r"),
        lambda content: b"\xef\xbb\xbf" + content,
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
    ],
    ids=["windows line ends", "old line ends", "a byte order mark", "both"],
)
def test_what_other_editors_write_is_read_alike(
    folder: Path, change: Callable[[bytes], bytes]
) -> None:
    plain = load_knowledge(folder)
    change_all(folder, change)
    assert load_knowledge(folder) == plain


def test_lines_count_alike_whatever_the_editor(folder: Path) -> None:
    change_all(folder, lambda content: content.replace(b"\n", b"\r\n"))
    file = folder / "topics" / "call_hours.md"
    file.write_bytes(file.read_bytes().replace("## 注意".encode(), "# 注意".encode()))
    assert (
        "topics/call_hours.md 第 26 行：标题只用两个井号（##）；接着会问里用三个。"
        in faults_in(folder)
    )


def test_an_empty_folder_tells_every_file_that_it_misses(tmp_path: Path) -> None:
    assert faults_in(tmp_path) == [
        "contacts.yml：找不到这个文件。",
        "crisis.yml：找不到这个文件。",
        "differences.yml：找不到这个文件。",
        "english.yml：找不到这个文件。",
        "figures/*.yml：一个能用的文件也没有。",
        "forbidden.yml：找不到这个文件。",
        "laws/*.yml：一个能用的文件也没有。",
        "menu.yml：找不到这个文件。",
        "parts.yml：找不到这个文件。",
        "sources.yml：找不到这个文件。",
        "standing.yml：找不到这个文件。",
        "talk.yml：找不到这个文件。",
        "tasks.yml：找不到这个文件。",
        "topics/*.md：一个能用的文件也没有。",
        "utterances.yml：找不到这个文件。",
    ]


def test_a_folder_that_is_not_there_is_told_like_an_empty_one(tmp_path: Path) -> None:
    assert faults_in(tmp_path / "nowhere") == faults_in(tmp_path)


def test_checks_of_a_folder_without_anything_do_not_break(tmp_path: Path) -> None:
    knowledge, faults = read_knowledge(tmp_path)
    assert check_knowledge(knowledge, faults, REVIEW_DAY) == sorted(faults)


@pytest.mark.parametrize("name", sorted(_FILES))
@pytest.mark.parametrize(
    ("encoding", "called"),
    [("gb18030", "GBK（记事本里叫 ANSI）"), ("utf-16", "UTF-16（记事本里叫 Unicode）")],
)
def test_a_file_in_another_encoding_is_told_by_its_name_and_what_to_do(
    folder: Path, name: str, encoding: str, called: str
) -> None:
    (folder / name).write_bytes(_FILES[name].encode(encoding))
    how = "用记事本打开，点“另存为”，编码选 UTF-8，再保存。"
    assert f"{name}：存成了 {called}。{how}" in faults_in(folder)


@pytest.mark.parametrize("name", sorted(_FILES))
def test_an_empty_file_is_a_fault_of_its_own(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b" \n\n")
    assert f"{name}：是空的，请写上内容或删去。" in faults_in(folder)


@pytest.mark.parametrize("name", sorted(_FILES))
def test_a_folder_in_the_place_of_a_file_is_a_fault_of_its_own(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).mkdir()
    message = "打不开。它也许是一个文件夹，或者正被别的程序占着、没有读的权限。"
    assert f"{name}：{message}" in faults_in(folder)


@pytest.mark.parametrize("name", sorted(_FILES))
def test_half_of_a_file_never_breaks_the_reader(folder: Path, name: str) -> None:
    text = _FILES[name]
    for end in range(0, len(text), 7):
        (folder / name).write_text(text[:end], "utf-8")
        knowledge, faults = read_knowledge(folder)
        check_knowledge(knowledge, faults, REVIEW_DAY)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("---\ntitle", "title", "第 1 行：开头要有夹在两行 --- 之间的说明（title、button 等）。"),
        (
            "## 怎么做",
            "## 怎样做",
            "：小节应当依次是 简答、怎么做、可以这样说、注意、接着会问、大家这样问；",
        ),
        ("## 简答", "前言\n\n## 简答", "：小节应当依次是 简答、怎么做、可以这样说、注意、"),
        (
            "不该打。\n\n〔信用卡〕银行也不该打。\n",
            "",
            "第 10 行：“简答”是空的，请写上内容。",
        ),
        ("〔信用卡〕", "〔花卡〕", "第 10 行：〔花卡〕里的“花卡”不是标签。可以用的有：信用卡、"),
        ("〔信用卡〕", "〔〕", "第 10 行：〔〕里要写标签，例如〔信用卡〕。"),
        ("〔家人〕", "〔家〕", "第 33 行：〔家〕里的“家”不是标签。"),
        ("### why：", "### 为什么：", "第 33 行：写成“### 方面：问法 · 问法”，方面是 why、"),
        ("### why：凭什么 · 哪条写的", "### why", "第 33 行：写成“### 方面：问法 · 问法”，"),
        ("→ greet：上门", "", "第 41 行：“other_case”下面是空的，请写上内容。"),
        ("1. 甲", "1. 甲\n   - 乙", "第 19 行：列表里不要再套列表，请拆成并列的几项。"),
        ("greet, write_letter", "greet", "第 5 行：“related”至少要有 2 项，现在 1 项。"),
        (
            "title: 半夜打电话",
            "title: " + "长" * 21,
            "第 2 行：“title”太长：21 个字，最多 20 个。",
        ),
    ],
)
def test_a_fault_of_an_answer_has_its_line(folder: Path, old: str, new: str, fault: str) -> None:
    file = folder / "topics" / "call_hours.md"
    assert old in _FILES["topics/call_hours.md"]
    file.write_text(_FILES["topics/call_hours.md"].replace(old, new, 1), "utf-8")
    found = [each.removeprefix("topics/call_hours.md").strip() for each in faults_in(folder)]
    assert any(each.startswith(fault) for each in found), found


def test_a_small_heading_belongs_where_it_is_asked_next(folder: Path) -> None:
    file = folder / "topics" / "call_hours.md"
    text = _FILES["topics/call_hours.md"].replace("## 注意", "### 小标题\n\n## 注意")
    file.write_text(text, "utf-8")
    assert faults_in(folder) == [
        "topics/call_hours.md 第 26 行：三个井号的小标题只用在“接着会问”里。"
    ]


def test_faults_of_front_matter_and_of_sections_are_told_together(folder: Path) -> None:
    file = folder / "topics" / "call_hours.md"
    text = _FILES["topics/call_hours.md"].replace("button:", "buton:").replace("## 注意", "# 注意")
    file.write_text(text, "utf-8")
    told = "\n".join(faults_in(folder))
    assert "不认识的键：buton" in told
    assert "标题只用两个井号" in told


def test_loading_raises_every_fault_at_once(folder: Path) -> None:
    (folder / "menu.yml").unlink()
    (folder / "forbidden.yml").write_text("- {pattern: '((', why: 甲}\n", "utf-8")
    with pytest.raises(KnowledgeError) as raised:
        load_knowledge(folder)
    lines = str(raised.value).splitlines()
    assert [line.partition("（")[0] for line in lines] == [
        "forbidden.yml 第 1 行：“((”不是有效的匹配式",
        "menu.yml：找不到这个文件。",
    ]
