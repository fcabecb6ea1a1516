"""The components inside Rasa: trained, stored, loaded, used."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rasa_project.components.acceptance import Acceptance
from rasa_project.components.chinese_normalizer import SPOKEN, ChineseNormalizer
from rasa_project.components.question_classifier import MATTERS, QuestionClassifier
from rasa_project.components.word_lists import fingerprint

CONTEXT = ExecutionContext(GraphSchema({}))
EXAMPLES = {
    "call_hours": ["半夜打电话", "凌晨三点来电", "大半夜响铃", "深夜还在催", "天没亮就打来"],
    "lawsuit": ["收到法院传票", "被银行起诉了", "开庭要去吗", "判决书下来了", "法官打给我"],
}
ACCEPTANCE = {"threshold": 0.5, "threshold_of": {"self_harm": 0.2}}


def examples() -> TrainingData:
    return TrainingData(
        [
            Message.build(text=text, intent=topic)
            for topic, texts in EXAMPLES.items()
            for text in texts
        ]
    )


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    storage = LocalModelStorage.create(Path(tmp_path_factory.mktemp("model")))
    normalizer = ChineseNormalizer.create({}, storage, Resource("normalizer"), CONTEXT)
    normalizer.train(examples())
    data = normalizer.process_training_data(examples())
    QuestionClassifier.create({}, storage, Resource("classifier"), CONTEXT).train(data)
    return storage


def understood(storage: LocalModelStorage, text: str) -> Message:
    message = Message.build(text=text)
    for component, name in ((ChineseNormalizer, "normalizer"), (QuestionClassifier, "classifier")):
        component.load({}, storage, Resource(name), CONTEXT).process([message])
    return message


def decided(topic: str | None, confidence: float) -> Message:
    message = Message.build(text="什么")
    entry = {"name": topic, "confidence": confidence}
    message.set("intent", entry)
    message.set("intent_ranking", [entry] if topic else [])
    Acceptance(ACCEPTANCE).process([message])
    return message


def test_a_stored_model_understands_what_it_learnt(stored: LocalModelStorage) -> None:
    message = understood(stored, "半夜打電話")
    assert message.get("intent")["name"] == "call_hours"
    assert [entry["name"] for entry in message.get("intent_ranking")] == ["call_hours", "lawsuit"]
    assert message.get(MATTERS) == ["call_hours"]


def test_the_message_keeps_its_own_text(stored: LocalModelStorage) -> None:
    message = understood(stored, "半夜打電話！！！")
    assert message.get("text") == "半夜打電話！！！"
    assert message.get(SPOKEN) == "半夜打电话!"


def test_what_was_found_is_told_to_the_outside(stored: LocalModelStorage) -> None:
    told = understood(stored, "半夜打电话").as_dict(only_output_properties=True)
    assert {"intent", "intent_ranking", MATTERS} <= set(told)


def test_unknown_text_has_no_intent(stored: LocalModelStorage) -> None:
    message = understood(stored, "asdfgh")
    assert message.get("intent") == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []
    assert message.get(MATTERS) == []


def test_a_message_without_text_is_left_alone(stored: LocalModelStorage) -> None:
    loaded = QuestionClassifier.load({}, stored, Resource("classifier"), CONTEXT)
    message = Message(data={})
    loaded.process([message])
    assert message.get("intent") is None


def test_a_component_that_never_learnt_says_so(stored: LocalModelStorage) -> None:
    fresh = QuestionClassifier.create({}, stored, Resource("none"), CONTEXT)
    with pytest.raises(RuntimeError, match="neither trained nor loaded"):
        fresh.process([Message.build(text="你好")])


def test_the_fingerprint_covers_the_word_lists() -> None:
    assert ChineseNormalizer.fingerprint_addon({}) == fingerprint()
    assert QuestionClassifier.fingerprint_addon({}) == fingerprint()


def test_a_likely_topic_is_accepted() -> None:
    assert decided("lawsuit", 0.5).get("intent")["name"] == "lawsuit"


def test_an_unlikely_topic_becomes_a_fallback_that_keeps_the_ranking() -> None:
    message = decided("lawsuit", 0.49)
    assert message.get("intent") == {"name": "nlu_fallback", "confidence": 0.5}
    assert [each["name"] for each in message.get("intent_ranking")] == ["nlu_fallback", "lawsuit"]


def test_danger_is_taken_up_earlier_than_law() -> None:
    assert decided("self_harm", 0.2).get("intent")["name"] == "self_harm"


def test_unknown_text_is_never_answered_by_a_guess() -> None:
    assert decided(None, 0.0).get("intent")["name"] == "nlu_fallback"
