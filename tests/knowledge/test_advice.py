"""knowledge/advice/: read strictly, and checked as a whole; every fault with its file and line."""

from pathlib import Path

import pytest

from bot.concepts.advice import RANKS, TALKS, Has, OneOf, Within
from bot.errors import KnowledgeError
from bot.knowledge.advice import AdviceBook, load_advice, read_advice
from bot.knowledge.advice_checks import Ends, check_advice
from bot.knowledge.deadlines import load_deadlines
from bot.knowledge.folder_check import check_folder
from bot.knowledge.tools import load_tools
from tests.knowledge.folder import REAL, REVIEW_DAY, copy_of_real, real_knowledge, replace_in

_STEPS_AT_LEAST = 60
_HEAD = "reviewed_on: 2026-11-20\nreview_by: 2027-05-20\nsteps:\n"
_STEP = """\
  - id: {id}
    rank: {rank}
    when: {when}
    by: today
    says: 做一件事。
    because: 有一个理由。
    source: {source}
    button: {button}
"""
REAL_BOOK = load_advice(REAL)
ENDS = Ends(tools=load_tools(REAL), deadlines=load_deadlines(REAL).kinds)


def step(
    when: str = "{}",
    *,
    name: str = "first",
    rank: str = "evidence",
    source: str = "[]",
    button: str = "lawsuit",
    more: str = "",
) -> str:
    entry = _STEP.format(id=name, rank=rank, when=when, source=source, button=button)
    return entry + "".join(f"    {line}\n" for line in more.splitlines())


def read(folder: Path, *steps: str) -> tuple[AdviceBook, list[str]]:
    (folder / "advice").mkdir(exist_ok=True)
    (folder / "advice" / "one.yml").write_text(_HEAD + "".join(steps), "utf-8")
    book, faults = read_advice(folder)
    return book, list(map(str, faults))


def faults_of(folder: Path, *steps: str) -> list[str]:
    """What is wrong with these steps, where an honest step says something to everybody."""
    last = step(name="last", rank="aftercare", more="who: [everyone]")
    book, faults = read(folder, *steps, last)
    assert faults == []
    return [str(each) for each in check_advice(book, ENDS, real_knowledge(), REVIEW_DAY)]


def test_the_folder_holds_many_steps_and_no_fault() -> None:
    assert len(REAL_BOOK.steps) >= _STEPS_AT_LEAST
    found = check_advice(REAL_BOOK, ENDS, real_knowledge(), REVIEW_DAY)
    assert list(map(str, found)) == []


def test_every_rank_has_a_step() -> None:
    assert {each.rank for each in REAL_BOOK.steps} == set(RANKS)


def test_only_the_debtor_is_told_of_paying() -> None:
    paying = [each for each in REAL_BOOK.steps if each.rank in TALKS or each.plan]
    assert [each.id for each in paying if each.who != {"debtor"}] == []


def test_conditions_are_read_as_they_are_written(tmp_path: Path) -> None:
    when = (
        "{product: credit_card, stage: {not: [sued]}, paper: not_told, left: {at_least: 1}, "
        "events: {has: illness}, done: {has_not: [agreed]}, since_written: {above: 14}}"
    )
    book, faults = read(tmp_path, step(when))
    assert faults == []
    assert book.steps[0].when[0] == {
        "product": OneOf(frozenset({"credit_card"})),
        "stage": OneOf(frozenset({"sued"}), is_denied=True),
        "paper": OneOf(frozenset({"not_told"})),
        "left": Within(at_least=1),
        "events": Has(any_of=frozenset({"illness"})),
        "done": Has(none_of=frozenset({"agreed"})),
        "since_written": Within(above=14),
    }


def test_a_group_stands_for_its_values_wherever_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "advice").mkdir()
    groups = "groups:\n  courts: [summons, judgment]\nsteps:\n"
    steps = step("{paper: courts}") + step("{paper: {not: [courts, award]}}", name="second")
    (tmp_path / "advice" / "one.yml").write_text(
        _HEAD.replace("steps:\n", groups) + steps, "utf-8"
    )
    book, faults = read_advice(tmp_path)
    assert faults == []
    assert [each.when[0] for each in book.steps] == [
        {"paper": OneOf(frozenset({"summons", "judgment"}))},
        {"paper": OneOf(frozenset({"summons", "judgment", "award"}), is_denied=True)},
    ]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("{weather: rain}", "没有叫 weather 的事实"),
        ("{product: card}", "product 没有叫 card 的值"),
        ("{stage: [sued, lost]}", "stage 没有叫 lost 的值"),
        ("{stage: {not: [lost]}}", "stage 没有叫 lost 的值"),
        ("{events: {has: rain}}", "events 没有叫 rain 的值"),
        ("{events: illness}", "events 写成"),
        ("{done: {has: paid, has_not: paid}}", "永远不会成立"),
        ("{left: {at_least: 5, at_most: 1}}", "上限比下限小"),
        ("{left: {more_than: 5}}", "left 里不认识 more_than"),
        ("{left: {or_not_told: true}}", "left 的界限写成数字"),
        ("{amount: 300}", "amount 写成一个值"),
        ("{role: contact}", "写在 who 里"),
        ("{served_on: yesterday}", "served_on 没有叫 yesterday 的值"),
    ],
)
def test_a_wrong_condition_is_told_with_its_line(tmp_path: Path, when: str, told: str) -> None:
    book, faults = read(tmp_path, step(when))
    assert book.steps == ()
    assert len(faults) == 1
    assert faults[0].startswith("advice/one.yml 第 6 行：")
    assert told in faults[0]


def test_a_rank_that_is_none_is_told(tmp_path: Path) -> None:
    _, faults = read(tmp_path, step(rank="soon"))
    assert len(faults) == 1
    assert "rank" in faults[0]


def test_an_id_that_is_used_twice_is_told(tmp_path: Path) -> None:
    _, faults = read(tmp_path, step(), step())
    assert len(faults) == 1
    assert "编号 first 用了两次" in faults[0]


def test_a_step_with_a_day_has_no_other_time(tmp_path: Path) -> None:
    deadline = "deadline: {kind: appeal, from: served_on}"
    _, faults = read(tmp_path, step(more=deadline))
    assert "不写 by" in faults[0]
    _, faults = read(tmp_path, step(more="deadline: {kind: appeal, from: served_on, day: passed}"))
    assert faults == []
    _, faults = read(tmp_path, step().replace("    by: today\n", ""))
    assert "都要写 by" in faults[0]


def test_what_does_not_fit_on_a_screen_is_told(tmp_path: Path) -> None:
    _, faults = read(tmp_path, step().replace("做一件事。", "长" * 71))
    assert faults == ["advice/one.yml 第 8 行：first 的 says 太长：71 个字，最多 70 个。"]
    mark = "数" * 68 + "{{answer_to_suit_days}}"
    assert read(tmp_path, step().replace("做一件事。", f'"{mark}"'))[1] == []


def test_a_folder_without_steps_is_told_and_cannot_be_loaded(tmp_path: Path) -> None:
    assert list(map(str, read_advice(tmp_path)[1])) == ["advice/*.yml：一个能用的文件也没有。"]
    with pytest.raises(KnowledgeError, match="一个能用的文件也没有"):
        load_advice(tmp_path)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (step(button="nowhere"), "没有叫 nowhere 的工具、主题或任务"),
        (step(source="[civil-code#第一条]"), "civil-code 里没有“第一条”"),
        (step("{left: {at_least: nothing}}"), "figures/ 里没有 nothing"),
        (
            step(more="deadline: {kind: nothing, from: served_on, day: passed}"),
            "deadlines.yml 里没有 nothing",
        ),
        (step(rank="talks", more="who: [contact]"), "只能对欠款人说"),
        (step(rank="order", more="who: [debtor, relative]"), "只能对欠款人说"),
        (step(more="plan: card"), "plan 只能写在 talks"),
        (step().replace("一件事", "{{nothing}} 件事"), "figures/ 里没有 nothing"),
        (step().replace("一件事", "[[contact:00000]]"), "contacts.yml 里没有 00000"),
        (step().replace("一个理由", "《民法典》第一条"), "依据写在 source 里"),
        (step().replace("一个理由", "停息挂账是你的权利"), "不要说"),
    ],
)
def test_what_leads_nowhere_is_told(tmp_path: Path, entry: str, told: str) -> None:
    found = faults_of(tmp_path, entry)
    assert any(told in each for each in found), found


def test_conditions_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    never = step(
        "{served_on: not_told}",
        more="deadline: {kind: appeal, from: served_on, day: passed}",
    )
    assert any("条件互相矛盾" in each for each in faults_of(tmp_path, never))


def test_a_step_that_others_always_silence_is_told(tmp_path: Path) -> None:
    loud = step(name="loud", more="silences: [income]")
    found = faults_of(tmp_path, loud, step("{stage: sued}", rank="income"))
    assert any("first 的条件互相矛盾，或者总被别的步骤消声" in each for each in found)


def test_a_step_before_which_three_others_always_go_is_told(tmp_path: Path) -> None:
    others = [step(name=f"other_{number}", rank="court_day") for number in range(3)]
    found = faults_of(tmp_path, *others, step("{stage: sued}"))
    assert any("first 永远轮不到" in each for each in found)


def test_a_case_without_a_step_is_told(tmp_path: Path) -> None:
    book, _ = read(tmp_path, step("{stage: sued}", more="who: [everyone]"))
    found = check_advice(book, ENDS, real_knowledge(), REVIEW_DAY)
    assert any("这种情况没有一步可说：什么都没说" in str(each) for each in found)


def test_a_late_review_is_told(tmp_path: Path) -> None:
    book, _ = read(tmp_path, step(more="who: [everyone]"))
    late = REVIEW_DAY.replace(year=2028)
    found = [str(each) for each in check_advice(book, ENDS, real_knowledge(), late)]
    assert any("早该在 2027-05-20 复核" in each for each in found)


def test_the_check_of_the_whole_folder_reads_the_steps(tmp_path: Path) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    line = replace_in(folder, "advice/court.yml", "button: lawsuit", "button: nowhere")
    told = list(map(str, check_folder(folder, REVIEW_DAY)))
    assert len(told) == 1
    assert told[0].startswith("advice/court.yml 第 ")
    assert "nowhere" in told[0]
    assert line > 0
