from rasa_project.components.templates import character_pairs, jaccard, template_groups


def test_texts_that_differ_by_a_name_share_a_group() -> None:
    groups = template_groups(
        ["招行半夜打电话合法吗", "建行半夜打电话合法吗", "收到传票"], ["a"] * 3
    )
    assert groups[0] == groups[1] != groups[2]


def test_texts_of_two_topics_never_share_a_group() -> None:
    groups = template_groups(["半夜打电话", "半夜打电话"], ["a", "b"])
    assert groups[0] != groups[1]


def test_likeness_is_the_share_of_common_pairs() -> None:
    assert jaccard(character_pairs("一二三"), character_pairs("一二四")) == 1 / 3
    assert jaccard(frozenset(), frozenset()) == 0
