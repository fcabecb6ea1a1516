import pytest

from bot.concepts.danger import DANGER_TOPIC
from bot.concepts.facts import ContactFacts
from rasa_project.components.stories import Stories
from rasa_project.components.word_lists import read_word_lists
from rasa_project.evaluation.pipelines import (
    Bm25,
    KeywordSearch,
    Ours,
    Pipeline,
    PlainLogisticRegression,
)

EXAMPLES = {
    "call_hours": ["半夜打电话", "凌晨三点来电", "大半夜响铃", "深夜还在催", "天没亮就打来"],
    "lawsuit": ["收到法院传票", "被银行起诉了", "开庭要去吗", "判决书下来了", "法官打给我"],
}
LEVELS = {"strong": 0.5, "weak": 0.25, "harmless": 0.02}


@pytest.mark.parametrize(
    "pipeline",
    [
        KeywordSearch({"call_hours": "半夜来电", "lawsuit": "法院起诉"}),
        Bm25(),
        PlainLogisticRegression(),
        Ours(
            read_word_lists(),
            frozenset(),
            (),
            LEVELS,
            Stories(lambda _: ContactFacts(), ()),
            read_word_lists().danger,
        ),
    ],
    ids=lambda pipeline: type(pipeline).__name__,
)
def test_each_pipeline_learns_and_ranks(pipeline: Pipeline) -> None:
    pipeline.learn(EXAMPLES)
    ranking = pipeline.rank("法院起诉我了")
    assert ranking[0][0] == "lawsuit"
    assert {topic for topic, _ in ranking} - {DANGER_TOPIC} == set(EXAMPLES)
    assert pipeline.size() > 0
