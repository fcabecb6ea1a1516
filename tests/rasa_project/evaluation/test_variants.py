import pytest

from rasa_project.evaluation.variants import variants

TEXT = "催收半夜打电话，合法吗？一天20次"


@pytest.mark.parametrize("name", sorted(variants()))
def test_a_variant_differs_and_is_the_same_in_every_run(name: str) -> None:
    change = variants()[name]
    assert change(TEXT) != TEXT
    assert change(TEXT) == change(TEXT)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("traditional", "催收半夜打電話，合法嗎？一天20次"),
        ("full_width", "催收半夜打电话，合法吗？一天２０次"),
        ("no_punctuation", "催收半夜打电话合法吗一天20次"),
    ],
)
def test_forms_of_characters_are_exchanged(name: str, written: str) -> None:
    assert variants()[name](TEXT) == written


def test_at_most_two_characters_are_mistyped() -> None:
    typed = variants()["homophones"](TEXT)
    assert len(typed) == len(TEXT)
    assert 1 <= sum(a != b for a, b in zip(typed, TEXT, strict=True)) <= 2


def test_a_text_without_chinese_characters_has_no_homophones() -> None:
    assert variants()["homophones"]("ok") == "ok"
