"""What Rasa learns from knowledge/: an intent, a rule and a response for whatever is asked."""

from functools import cache

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from rasa_project.folders import KNOWLEDGE
from rasa_project.importer import NOT_TYPED, KnowledgeImporter


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


@pytest.mark.parametrize("matter", knowledge().examples())
def test_what_is_answered_at_once_has_a_response_that_names_its_page(matter: str) -> None:
    task = knowledge().tasks.get(matter)
    responses = importer().get_domain().responses
    if task is not None and task.is_tool:
        assert f"utter_{matter}" not in responses
        assert rules()[matter][:2] == ["action_begin_tool", "tool_form"]
        return
    (response,) = responses[f"utter_{matter}"]
    kinds = {
        "answer": knowledge().answers,
        "task": knowledge().tasks,
        "utterance": knowledge().talk,
    }
    ((kind, name),) = response["custom"].items()
    assert name == matter
    assert matter in kinds[kind]
    assert rules()[matter][:2] == [f"utter_{matter}", "action_after_answer"]


@pytest.mark.parametrize("matter", knowledge().answers)
def test_in_the_shell_an_answer_is_plain_text(matter: str) -> None:
    (response,) = importer().get_domain().responses[f"utter_{matter}"]
    assert len(response["text"]) > 40
    assert "{{" not in response["text"]
    assert "[[" not in response["text"]
    assert "**" not in response["text"]


def test_all_else_stands_in_the_projects_own_files() -> None:
    assert importer().get_config() == {}
    assert importer().get_config_file_for_auto_config() is None
    assert importer().get_conversation_tests().story_steps == []
