"""What holds of every story: no text breaks the reader, and whole stories give all their facts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.facts.stories import cases, reader

_PIECES = [
    "一天",
    "打给",
    "我妈",
    "没有",
    "骂",
    "再不还就",
    "三十",
    "几",
    "半",
    "个",
    "点",
    "晚上",
    "，",
]


@settings(deadline=None, max_examples=150)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES)).map("".join)))
def test_no_text_breaks_the_reader(text: str) -> None:
    facts = reader().read(text)
    assert facts.as_json().keys() == {
        "time",
        "night",
        "count",
        "per",
        "contacted",
        "acts",
        "lender",
        "channel",
    }


def test_whole_stories_give_all_their_facts() -> None:
    wrong = []
    for case in cases("stories"):
        facts = reader().read(case["text"])
        told = {**facts.as_json(), "urgent": facts.urgent, "clean": facts.clean}
        wanted = {key: value for key, value in case.items() if key != "text"}
        got = {key: told[key] for key in wanted}
        if got != wanted:
            wrong.append((case["text"], wanted, got))
    assert wrong == []
