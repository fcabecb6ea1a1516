from rasa_project.components.templates import template_groups


def test_texts_that_differ_by_a_name_share_a_group() -> None:
    groups = template_groups(
        ["招行半夜打电话合法吗", "建行半夜打电话合法吗", "收到传票"], ["a"] * 3
    )
    assert groups[0] == groups[1] != groups[2]


def test_texts_of_two_topics_never_share_a_group() -> None:
    groups = template_groups(["半夜打电话", "半夜打电话"], ["a", "b"])
    assert groups[0] != groups[1]


def test_a_text_between_two_joins_them() -> None:
    texts = ["催收半夜打电话合法吗", "催收半夜打电话合法吗我想问", "半夜打电话合法吗我想问问"]
    assert len(set(template_groups(texts, ["a"] * 3))) == 1


def test_texts_without_a_pair_are_no_error() -> None:
    assert len(template_groups(["", "？", "好"], ["a"] * 3)) == 3
