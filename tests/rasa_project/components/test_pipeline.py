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
from rasa_project.components.danger_classifier import DANGER, IS_HARMLESS, DangerClassifier
from rasa_project.components.question_classifier import MATTERS, QuestionClassifier
from rasa_project.components.sentence_featurizer import SentenceFeaturizer, vectors_of
from rasa_project.components.word_lists import fingerprint

CONTEXT = ExecutionContext(GraphSchema({}))
EXAMPLES = {
    "call_hours": ["半夜打电话", "凌晨三点来电", "大半夜响铃", "深夜还在催", "天没亮就打来"],
    "lawsuit": ["收到法院传票", "被银行起诉了", "开庭要去吗", "判决书下来了", "法官打给我"],
}
ACCEPTANCE = {"threshold": 0.5}
DANGER_LEVELS = {"strong": 0.5, "weak": 0.25, "harmless": 0.02}
DANGER_MESSAGES = {
    "strong": ["不想活了", "我想死", "遗书写好了", "今晚跳下去", "活着没意思想走"],
    "harmless": ["烦死了", "电话吵死了", "笑死我了", "要命的利息", "累死了"],
}


def examples() -> TrainingData:
    return TrainingData(
        [
            Message.build(text=text, intent=topic)
            for topic, texts in EXAMPLES.items()
            for text in texts
        ]
        + [
            Message({"text": text, DANGER: level})
            for level, texts in DANGER_MESSAGES.items()
            for text in texts
        ]
    )


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    storage = LocalModelStorage.create(Path(tmp_path_factory.mktemp("model")))
    normalizer = ChineseNormalizer.create({}, storage, Resource("normalizer"), CONTEXT)
    normalizer.train(examples())
    data = normalizer.process_training_data(examples())
    featurizer = SentenceFeaturizer.create({}, storage, Resource("featurizer"), CONTEXT)
    featurizer.train(data)
    data = featurizer.process_training_data(data)
    QuestionClassifier.create({}, storage, Resource("classifier"), CONTEXT).train(data)
    DangerClassifier.create({}, storage, Resource("danger"), CONTEXT).train(data)
    return storage


def understood(storage: LocalModelStorage, text: str) -> Message:
    message = Message.build(text=text)
    components = (
        (ChineseNormalizer, "normalizer"),
        (SentenceFeaturizer, "featurizer"),
        (QuestionClassifier, "classifier"),
        (DangerClassifier, "danger"),
    )
    for component, name in components:
        component.load(DANGER_LEVELS, storage, Resource(name), CONTEXT).process([message])
    return message


def decided(topic: str | None, confidence: float, danger: str | None = None) -> Message:
    message = Message.build(text="什么")
    message.set(DANGER, danger)
    entry = {"name": topic, "confidence": confidence}
    message.set("intent", entry)
    message.set("intent_ranking", [entry] if topic else [])
    Acceptance(ACCEPTANCE).process([message])
    return message


def test_a_stored_model_understands_what_it_learnt(stored: LocalModelStorage) -> None:
    message = understood(stored, "半夜打電話")
    assert message.get("intent")["name"] == "call_hours"
    named = [entry["name"] for entry in message.get("intent_ranking")]
    assert [name for name in named if name != "self_harm"] == ["call_hours", "lawsuit"]
    assert message.get(MATTERS) == ["call_hours"]


def test_the_message_keeps_its_own_text(stored: LocalModelStorage) -> None:
    message = understood(stored, "半夜打電話！！！")
    assert message.get("text") == "半夜打電話！！！"
    assert message.get(SPOKEN) == "半夜打电话!"


def test_what_was_found_is_told_to_the_outside(stored: LocalModelStorage) -> None:
    told = understood(stored, "我真的不想活了想死").as_dict(only_output_properties=True)
    assert {"intent", "intent_ranking", MATTERS, DANGER} <= set(told)


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
    fresh = ChineseNormalizer.create({}, stored, Resource("none"), CONTEXT)
    with pytest.raises(RuntimeError, match="neither trained nor loaded"):
        fresh.process([Message.build(text="你好")])


def test_a_classifier_without_vectors_names_what_is_missing() -> None:
    with pytest.raises(RuntimeError, match="SentenceFeaturizer"):
        vectors_of([Message.build(text="你好")])


def test_the_fingerprint_covers_the_word_lists() -> None:
    assert ChineseNormalizer.fingerprint_addon({}) == fingerprint()
    assert QuestionClassifier.fingerprint_addon({}) == fingerprint()
    assert SentenceFeaturizer.fingerprint_addon({}) == fingerprint()
    assert DangerClassifier.fingerprint_addon({}) == fingerprint()


def test_a_likely_topic_is_accepted() -> None:
    assert decided("lawsuit", 0.5).get("intent")["name"] == "lawsuit"


def test_an_unlikely_topic_becomes_a_fallback_that_keeps_the_ranking() -> None:
    message = decided("lawsuit", 0.49)
    assert message.get("intent") == {"name": "nlu_fallback", "confidence": 0.5}
    assert [each["name"] for each in message.get("intent_ranking")] == ["nlu_fallback", "lawsuit"]


def test_strong_danger_is_taken_up_however_likely() -> None:
    assert decided("self_harm", 0.4, "strong").get("intent")["name"] == "self_harm"
    assert decided("self_harm", 0.4, "weak").get("intent")["name"] == "nlu_fallback"


def test_strong_danger_becomes_the_intent(stored: LocalModelStorage) -> None:
    message = understood(stored, "我真的不想活了想死")
    assert message.get(DANGER) == "strong"
    assert message.get("intent")["name"] == "self_harm"
    assert message.get(MATTERS) == ["self_harm"]


def test_a_question_is_no_danger(stored: LocalModelStorage) -> None:
    message = understood(stored, "收到法院传票开庭")
    assert message.get(DANGER) is None
    assert message.get("intent")["name"] == "lawsuit"


@pytest.mark.parametrize("text", ["死", "犇猋骉羴鱻"])
def test_what_cannot_be_judged_is_never_called_harmless(
    stored: LocalModelStorage, text: str
) -> None:
    assert understood(stored, text).get(IS_HARMLESS) is False


def test_unknown_text_is_never_answered_by_a_guess() -> None:
    assert decided(None, 0.0).get("intent")["name"] == "nlu_fallback"
