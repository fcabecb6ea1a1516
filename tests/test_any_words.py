"""Whatever is told, handed on or written into the base: an answer or a fault, no crash."""

from functools import cache
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.call_check import CallChecker
from bot.answering.tasks.all_tasks import checker_of
from bot.concepts.choice import Choice, Verb
from bot.concepts.paper_reading import PaperOpinion
from bot.desk.quick_check import faults_in
from bot.desk.shelves import Shelves
from bot.knowledge.rereading import read_again
from bot.papers.reading import PaperReader
from tests.anything import bounded, huge_texts, texts
from tests.dialogue.talking import NOON, Talker, filling, meaning
from tests.knowledge.folder import REAL, real_book, real_knowledge
from tests.papers.reading import FORGED_COURT, PAYMENT_ORDER, RECEIVED, REMINDER

TODAY = NOON.date()
TOLD = st.sampled_from(
    [
        *("昨天晚上十一点半", "招商银行", "打我妈", "说去单位闹", "一天九个", "骂人"),
        *("，", "没有", "不是"),
        *("三万", "5月40号", "25:61", "逾期四个月", "法院", "支付令", "2/30", "十五日内", "6222"),
    ]
)  # fmt: skip
told = st.lists(TOLD | texts, max_size=14).map("".join)
stories = told | huge_texts


@cache
def checker() -> CallChecker:
    return checker_of(real_book())


@cache
def paper_reader() -> PaperReader:
    return PaperReader(words=real_book().papers, acts_in=lambda _: ())


@bounded(40)
@given(stories)
@example("\ud83d\x00" * 2000)
@example("九" * 4000)
def test_any_story_is_checked(text: str) -> None:
    told = checker().check_as_json(text, TODAY)
    assert {"facts", "rules", "clean", "urgent"} <= told.keys()


def cut(text: str) -> st.SearchStrategy[str]:
    """A text with something else in the place of a part of it."""
    place = st.integers(0, len(text))
    return st.builds(
        lambda start, length, put: text[:start] + put + text[start + length :],
        place,
        st.integers(0, 40),
        texts | TOLD | st.just("\n\n---\n"),
    )


papers = st.sampled_from([PAYMENT_ORDER, FORGED_COURT, REMINDER]).flatmap(cut) | stories


@bounded(60)
@given(papers, st.sampled_from(["payment_order", "judgment", "text_message", "no_such_kind"]))
@example("民初" * 3000, "judgment")
def test_any_paper_is_read(text: str, kind: str) -> None:
    reading = paper_reader().read(text, PaperOpinion(kind, 0.95, 1.0), RECEIVED)
    assert reading is not None


_TOPICS = sorted(real_knowledge().answers)[:20]
_TOOLS = sorted(real_book().tools)
_TARGETS = (*_TOPICS, *_TOOLS, "", "back", "skip", "finish", "fix_income", "income_1", "x")
taps = st.builds(
    lambda verb, to: str(Choice(verb, to)), st.sampled_from(Verb), st.sampled_from(_TARGETS)
)
turns = st.lists(
    st.tuples(st.sampled_from(["says", "edits"]), told) | st.tuples(st.just("taps"), taps),
    max_size=5,
)


@bounded(30)
@given(st.sampled_from(_TOOLS), turns)
@example("check_call", [("says", "\ud83d九\x00" * 1300)])
def test_any_words_and_taps_lead_somewhere(tool: str, turns: list[tuple[str, str]]) -> None:
    first = real_book().tools[tool].questions[0]
    talker = filling(tool, first.id)
    for way, words in turns:
        effects = {
            "says": lambda words: talker.says(words, meaning("call_hours")),
            "edits": talker.edits,
            "taps": talker.taps,
        }[way](words)
        assert effects


def test_without_a_talk_any_tap_leads_somewhere() -> None:
    for verb in Verb:
        for target in _TARGETS:
            assert Talker().taps(str(Choice(verb, target)))


@cache
def shelf() -> dict[str, str]:
    """The real texts of some files of each kind."""
    found = Shelves().of(REAL).texts
    kinds: dict[str, str] = {}
    for file, text in sorted(found.items()):
        folder = str(Path(file).parent) if "/" in file else file
        if text is not None:
            kinds.setdefault(folder, file)
    return {file: str(found[file]) for file in kinds.values()}


@bounded(25)
@given(
    st.sampled_from(sorted(shelf())).flatmap(
        lambda file: st.tuples(st.just(file), cut(shelf()[file]))
    )
)
def test_any_text_of_the_knowledge_base_is_read_or_its_faults_are_told(
    case: tuple[str, str],
) -> None:
    file, text = case
    all_texts = {**Shelves().of(REAL).texts, file: text}
    knowledge, faults = read_again(real_knowledge(), REAL, all_texts, [file])
    found = [*faults, *faults_in(knowledge, [file], TODAY)]
    assert all(fault.line >= 0 and fault.message for fault in found)
