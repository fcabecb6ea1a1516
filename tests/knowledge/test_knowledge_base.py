"""The knowledge base of this repository: whole, verbatim, reviewed, and asked for by tests."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.knowledge.base import GRACE
from bot.knowledge.text_checks import nothing_forbidden_is_said
from bot.safety.normalizing import squeeze
from tests.knowledge.folder import (
    QUESTIONS,
    REAL,
    REVIEW_DAY,
    copy_of_real,
    faults_of,
    real_knowledge,
)

_HERE = Path(__file__).parent
_BOT = REAL.parent / "bot"
_SETS = (QUESTIONS / "seen", QUESTIONS / "final", QUESTIONS / "added")
_QUESTIONS_AT_LEAST = 12
_IDS: Mapping[str, Sequence[str]] = yaml.safe_load((_HERE / "ids.yml").read_text("utf-8"))
_EVERY_ID = [*_IDS["answers"], *_IDS["tasks"], *_IDS["talk"]]
_SENTENCES: Sequence[Mapping[str, str]] = yaml.safe_load(
    (_HERE / "forbidden_sentences.yml").read_text("utf-8")
)


@cache
def questions(topic: str) -> tuple[Mapping[str, Sequence[str]], ...]:
    files = (each / f"{topic}.yml" for each in _SETS)
    read = (yaml.safe_load(file.read_text("utf-8")) for file in files if file.exists())
    return tuple(entry for entries in read for entry in entries)


@cache
def squeezed_examples() -> Mapping[str, str]:
    found = real_knowledge().examples()
    return {squeeze(example): topic for topic, each in found.items() for example in each}


def test_the_folder_has_no_fault_on_its_review_day() -> None:
    assert list(map(str, faults_of(REAL))) == []


def test_the_folder_has_no_fault_until_the_grace_of_its_first_review_ends() -> None:
    knowledge = real_knowledge()
    reviews = [each.review for each in (*knowledge.answers.values(), *knowledge.figures.values())]
    last_day = min(review.review_by for review in reviews) + GRACE
    assert list(map(str, faults_of(REAL, last_day))) == []


def test_the_ids_are_those_of_the_topic_list() -> None:
    assert {kind: len(ids) for kind, ids in _IDS.items()} == {
        "answers": 74,
        "tasks": 13,
        "talk": 10,
    }


def test_every_id_of_the_topic_list_has_its_answer_task_or_talk() -> None:
    knowledge = real_knowledge()
    missing = {
        "answers": set(_IDS["answers"]) - set(knowledge.answers),
        "tasks": set(_IDS["tasks"]) - set(knowledge.tasks),
        "talk": set(_IDS["talk"]) - set(knowledge.talk),
    }
    assert missing == {"answers": set(), "tasks": set(), "talk": set()}


def test_every_question_file_belongs_to_an_id() -> None:
    known = {*real_knowledge().answers, *real_knowledge().tasks, *real_knowledge().talk}
    seen, *unseen = ([file.stem for file in folder.glob("*.yml")] for folder in _SETS)
    assert set(seen) == known
    assert sorted(each for stems in unseen for each in stems) == sorted(known)


@pytest.mark.parametrize("topic", _EVERY_ID)
def test_a_topic_has_enough_different_test_questions(topic: str) -> None:
    assert {entry["topic"] for entry in questions(topic)} == {topic}
    asked = [squeeze(question) for entry in questions(topic) for question in entry["asks"]]
    assert len(set(asked)) == len(asked)
    assert len(asked) >= _QUESTIONS_AT_LEAST


@pytest.mark.parametrize("topic", _EVERY_ID)
def test_no_test_question_is_an_example(topic: str) -> None:
    asked = [question for entry in questions(topic) for question in entry["asks"]]
    copied = {
        question: squeezed_examples()[squeeze(question)]
        for question in asked
        if squeeze(question) in squeezed_examples()
    }
    assert copied == {}


@pytest.mark.parametrize("topic", _IDS["answers"])
def test_an_answer_cites_the_laws_that_its_test_asks_for(topic: str) -> None:
    wanted = {law for entry in questions(topic) for law in entry.get("cites", ())}
    cited = {article.law_id for article in real_knowledge().answers[topic].laws}
    assert wanted - cited == set()


def test_no_test_question_stands_in_two_files() -> None:
    asked = [
        squeeze(question)
        for topic in _EVERY_ID
        for entry in questions(topic)
        for question in entry["asks"]
    ]
    assert sorted({each for each in asked if asked.count(each) > 1}) == []


def test_each_forbidden_entry_has_its_sentences() -> None:
    assert len(_SENTENCES) == len(real_knowledge().forbidden)


@pytest.mark.parametrize("number", range(len(_SENTENCES)))
def test_a_forbidden_sentence_is_caught_by_its_entry(number: int) -> None:
    assert real_knowledge().forbidden[number].pattern.search(_SENTENCES[number]["catches"])


@pytest.mark.parametrize("number", range(len(_SENTENCES)))
def test_what_says_nearly_the_same_rightly_passes(number: int) -> None:
    sentence = _SENTENCES[number]["passes"]
    caught = [each.why for each in real_knowledge().forbidden if each.pattern.search(sentence)]
    assert caught == []


def test_every_forbidden_sentence_is_found_in_an_answer(tmp_path: Path) -> None:
    folder = copy_of_real(tmp_path / "knowledge")
    answer = folder / "topics" / "call_hours.md"
    text = answer.read_text(encoding="utf-8")
    said = "\n".join(f"- {sentence['catches']}。" for sentence in _SENTENCES)
    answer.write_text(text.replace("## 注意\n", f"## 注意\n\n{said}\n"), encoding="utf-8")
    found = {fault.message for fault in faults_of(folder)}
    unsaid = [
        each.why
        for each in real_knowledge().forbidden
        if not any(each.why in one for one in found)
    ]
    assert unsaid == []


def test_nothing_forbidden_is_said_in_what_the_laws_pages_show() -> None:
    found = list(nothing_forbidden_is_said(real_knowledge(), REVIEW_DAY))
    assert found == []


def names_in_code(pattern: str, where: str = "") -> set[str]:
    """What the bot's own code asks for by name, in the files that hold `where`."""
    codes = [file.read_text(encoding="utf-8") for file in _BOT.rglob("*.py")]
    return {name for code in codes if where in code for name in re.findall(pattern, code)}


def test_every_label_that_the_code_asks_for_is_there() -> None:
    asked = names_in_code(r'labels\["([a-z_]+)"\]', where="knowledge.labels")
    assert asked - set(real_knowledge().labels) == set()


def test_every_utterance_that_the_code_asks_for_is_there() -> None:
    asked = names_in_code(r'(?:utterance|say|offer)\(\s*"([a-z_]+)"')
    known = {*real_knowledge().utterances, *real_knowledge().talk}
    assert asked - known == set()
