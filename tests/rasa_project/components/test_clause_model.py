import pytest

from bot.concepts.clauses import Clause
from rasa_project.components.clause_model import ClauseModel, labels_of
from rasa_project.components.clause_reader import as_entry
from rasa_project.components.concepts import Concepts
from rasa_project.components.word_lists import read_word_lists

INSULTS = ("他骂我是废物", "张口就骂我老赖", "骂得很难听", "电话里骂我不要脸", "一接通就骂人")
POLITE = ("人很客气", "就提醒我还款日", "问我几号能还", "客服讲可以分期", "我去年失业了")


@pytest.fixture(scope="module")
def model() -> ClauseModel:
    told = [
        Clause(says=f"{says}{end}", acts={"insult": "done"})
        for says in INSULTS
        for end in "啊呢了"
    ]
    others = [Clause(says=f"{says}{end}") for says in POLITE for end in "啊呢了"]
    return ClauseModel(Concepts(read_word_lists())).fit([*told, *others])


def test_a_clause_is_heard(model: ClauseModel) -> None:
    insult, polite, unknown = model.hear(["又打来骂我", "人挺客气的", "qwrtz"])
    assert insult.of("insult") > 0.5 > polite.of("insult")
    assert insult.of("improper") > 0.5
    assert (unknown.is_known, dict(unknown.likely)) == (False, {})
    assert as_entry(insult)["says"] == "又打来骂我"


def test_an_act_is_as_likely_as_all_cuts_of_the_story_say(model: ClauseModel) -> None:
    whole, cut = "人很客气,又打来骂我", ["人很客气", "又打来骂我"]
    alone, apart = model.hear([whole])[0], max(each.of("insult") for each in model.hear(cut))
    assert alone.of("insult") < model.hear([whole], [cut])[0].of("insult") < apart
    assert model.hear([whole], [[whole], [whole]]) == [alone]


def test_nothing_is_heard_of_nothing(model: ClauseModel) -> None:
    assert model.hear([]) == []


def test_what_is_told_otherwise_is_another_label() -> None:
    clause = Clause(
        says="没骂我，说要来我家",
        acts={"insult": "denied", "home_visit": "threatened", "threat_exposure": "threatened"},
        reached=("self",),
        by="relative",
        channel="phone",
        now=True,
    )
    assert set(labels_of(clause)) == {
        *("threat_exposure", "insult:denied", "home_visit:threatened", "improper", "now"),
        *("stance:denied", "stance:threatened", "reached:self", "by:relative", "channel:phone"),
    }
