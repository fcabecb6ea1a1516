"""Letters, forms, guides and deadlines as tools that all fill in the same way."""

from pathlib import Path

import pytest

from bot.concepts.choice import Choice, Verb
from bot.errors import KnowledgeError
from bot.knowledge.deadlines import load_deadlines
from bot.knowledge.letters import load_letters
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import (
    DEADLINE_TOOL,
    load_tools,
    read_control_words,
    read_tools,
)
from tests.knowledge.folder import REAL, copy_of_real, real_knowledge, replace_in

TOOLS = load_tools(REAL)
CONTROLS = {"back", "skip", "stop", "keep", "preview", "finish", "review", "resume", "chosen"}


def test_every_letter_form_guide_and_deadline_is_a_tool() -> None:
    deadlines = [f"{DEADLINE_TOOL}{kind}" for kind in load_deadlines(REAL).kinds]
    forms = [path.stem for path in (REAL / "forms").glob("*.yml")]
    guides = ["make_complaint", "plan_budget"]
    assert set(TOOLS) == {*load_letters(REAL), *forms, *guides, *deadlines}


def test_every_tool_ends_in_a_task_and_every_such_task_has_a_tool() -> None:
    tasks = {task.id for task in real_knowledge().tasks.values() if task.is_tool}
    assert {tool.task for tool in TOOLS.values()} == tasks


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_every_button_of_a_tool_fits_telegram(tool: object) -> None:
    chosen = TOOLS[str(getattr(tool, "id", ""))]
    targets = [
        Choice(Verb.TOOL, chosen.id),
        *(Choice(Verb.CONTROL, f"fix_{question.id}") for question in chosen.questions),
        *(
            Choice(Verb.PICK, f"{question.id}_{number}")
            for question in chosen.questions
            for number in range(1, len(question.choices) + 1)
        ),
    ]
    for target in targets:
        assert len(str(target).encode()) <= 64
        assert Choice.parse(str(target)) == target


def test_a_question_is_found_by_its_id_and_no_other() -> None:
    assert TOOLS["log_contact"].question("day").kind is QuestionKind.DATE
    with pytest.raises(KeyError):
        TOOLS["log_contact"].question("lender")


def test_only_what_an_answer_makes_needless_is_skipped() -> None:
    complaint = TOOLS["make_complaint"]
    assert complaint.needless({"matter": "danger"}) == {"lender", "progress"}
    assert complaint.needless({"matter": "credit"}) == frozenset()
    assert TOOLS["log_contact"].needless({"channel": "phone"}) == frozenset()


def test_a_deadline_asks_for_the_day_that_starts_it() -> None:
    for kind in load_deadlines(REAL).kinds.values():
        (question,) = TOOLS[f"{DEADLINE_TOOL}{kind.id}"].questions
        assert (question.id, question.asks) == ("day", kind.asks)
        assert question.is_optional == (not kind.has_firm_day)


def test_a_control_is_the_whole_text_or_nothing() -> None:
    words, faults = read_control_words(REAL)
    assert faults == []
    assert set(words.words) == CONTROLS
    assert words.control_in(" 跳过。") == "skip"
    assert words.control_in("我想跳过这一题") is None
    assert words.control_in("") is None


@pytest.mark.parametrize("control", sorted(CONTROLS - {"resume"}))
def test_the_words_on_a_button_can_be_typed(control: str) -> None:
    words, _ = read_control_words(REAL)
    label = real_knowledge().labels[f"control_{control}"]
    assert words.control_in(label.strip("‹›✓ ")) == control


def test_no_word_means_two_controls() -> None:
    words, _ = read_control_words(REAL)
    every = [word for entries in words.words.values() for word in entries]
    assert len(every) == len(set(every))


def test_a_form_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    line = replace_in(folder, "forms/log_contact.yml", "kind: choice\n", "kind: guess\n")
    _, faults = read_tools(folder)
    assert [(fault.file, fault.line) for fault in faults] == [("forms/log_contact.yml", line)]
    with pytest.raises(KnowledgeError, match=r"forms/log_contact\.yml 第"):
        load_tools(folder)
