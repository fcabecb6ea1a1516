"""What Rasa learns from knowledge/: an intent and a rule a matter, and what is asked next."""

from functools import cache

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered

from bot.concepts.aspects import TAUGHT_WAYS
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from rasa_project.components.aspect_classifier import ASPECT, PLACE
from rasa_project.components.clause_reader import annotated_clauses
from rasa_project.components.danger_classifier import DANGER, ORDINARY
from rasa_project.components.word_lists import read_word_lists
from rasa_project.folders import KNOWLEDGE
from rasa_project.importer import NOT_TYPED, KnowledgeImporter, messages_of_no_intent

CONVERSES = ["action_converse"]


@cache
def knowledge() -> KnowledgeBase:
    return load_knowledge(KNOWLEDGE)


@cache
def importer() -> KnowledgeImporter:
    return KnowledgeImporter()


@cache
def rules() -> dict[str, list[str]]:
    """What each intent's rule does, by intent."""
    found = {}
    for step in importer().get_stories().story_steps:
        (said,) = (each for each in step.events if isinstance(each, UserUttered))
        actions = [each.action_name for each in step.events if isinstance(each, ActionExecuted)]
        found[str(said.intent["name"])] = [each for each in actions if each != "..."]
    return found


def test_every_matter_has_its_examples_and_no_other() -> None:
    learnt: dict[str, list[str]] = {}
    for message in importer().get_nlu_data().intent_examples:
        learnt.setdefault(message.get("intent"), []).append(message.get("text"))
    assert learnt.pop("button") == [NOT_TYPED]
    assert learnt == {name: list(each) for name, each in knowledge().examples().items()}


def test_every_matter_is_an_intent_with_a_rule() -> None:
    domain: Domain = importer().get_domain()
    assert set(knowledge().examples()) <= set(domain.intents)
    assert set(rules()) == set(knowledge().examples())


def test_every_rule_hands_what_was_meant_to_the_dialogue() -> None:
    assert {matter: does for matter, does in rules().items() if does != CONVERSES} == {}


def test_what_is_asked_next_is_learnt_with_its_aspect_and_its_place() -> None:
    learnt = {
        (message.get(ASPECT), message.get(PLACE), message.get("text"))
        for message in importer().get_nlu_data().training_examples
        if message.get(PLACE)
    }
    entry = knowledge().answers["call_hours"].follow_ups[0]
    assert {(entry.aspect, "call_hours#0", text) for text in entry.asks[:TAUGHT_WAYS]} <= learnt
    assert {place.partition("#")[0] for _, place, _ in learnt} == set(knowledge().answers)


def test_clauses_are_ordinary_talk_but_for_those_that_may_be_danger() -> None:
    messages = messages_of_no_intent(knowledge())
    learnt = {each.get("text") for each in messages if each.get(DANGER) == ORDINARY}
    clauses = annotated_clauses()
    assert {each.says for each in clauses if not each.is_danger} <= learnt
    assert {each.says for each in clauses if each.is_danger} & learnt == set()


def test_words_for_all_talks_are_learnt_by_aspect() -> None:
    aspects = read_word_lists(KNOWLEDGE).aspects
    learnt: dict[str, list[str]] = {}
    for message in importer().get_nlu_data().training_examples:
        if message.get(ASPECT) and not message.get(PLACE):
            learnt.setdefault(message.get(ASPECT), []).append(message.get("text"))
    assert learnt == {aspect: list(texts) for aspect, texts in aspects.items()}


def test_all_else_stands_in_the_projects_own_files() -> None:
    assert importer().get_config() == {}
    assert importer().get_config_file_for_auto_config() is None
    assert importer().get_conversation_tests().story_steps == []
