import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.paper_words import read_paper_words
from bot.papers.text import lay_out
from rasa_project.components.sentence_featurizer import _readings
from rasa_project.components.word_lists import FOLDER


@pytest.mark.parametrize(
    "text",
    [
        "催收半夜打电话合法吗？",
        "报班时讲可以随时退 现在要扣百分之四十",
        "收八百走“银监内部渠道” 减本金 有没有这种人",
        "APP逾期 三天",
    ],
)
def test_what_a_message_is_read_as_a_paper_is_encoded_along_with_it(text: str) -> None:
    words, _ = read_paper_words(FOLDER)
    assert words is not None
    assert lay_out(text, words).running in _readings(Message({TEXT: text}))
