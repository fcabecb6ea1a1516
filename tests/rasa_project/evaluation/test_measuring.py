"""What is measured has learnt what the bot has learnt."""

from rasa.shared.nlu.constants import INTENT, TEXT

from bot.concepts.danger import DANGER_TOPIC
from bot.knowledge.loader import load_knowledge
from rasa_project.components.danger_classifier import DANGER
from rasa_project.evaluation.measuring import pipeline_of
from rasa_project.evaluation.settings import pipeline_settings
from rasa_project.folders import KNOWLEDGE
from rasa_project.importer import NOT_TYPED, KnowledgeImporter


def test_danger_is_learnt_from_the_same_messages_as_by_the_bot() -> None:
    knowledge = load_knowledge(KNOWLEDGE)
    messages = {
        (each.get(TEXT), each.get(DANGER) == "strong" or each.get(INTENT) == DANGER_TOPIC)
        for each in KnowledgeImporter().get_nlu_data().training_examples
        if each.get(TEXT) and each.get(TEXT) != NOT_TYPED
    }
    ours = pipeline_of(knowledge, pipeline_settings())
    learnt = zip(*ours.danger_examples(knowledge.examples()), strict=True)
    assert set(learnt) == messages
