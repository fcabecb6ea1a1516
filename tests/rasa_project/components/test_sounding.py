from pypinyin import lazy_pinyin

from bot.knowledge.loader import load_knowledge
from rasa_project.components.sounding import syllables
from rasa_project.components.word_lists import FOLDER


def test_each_text_sounds_as_the_library_says() -> None:
    told = [text for texts in load_knowledge(FOLDER).examples().values() for text in texts[:20]]
    texts = [*told, "银行行长重重地还了还款，no way 12378!", "長途 ㄅ㐀𠮷😀", ""]
    assert len(texts) > 1000
    for text in texts:
        assert syllables(text) == lazy_pinyin(text)
