"""Names that say nothing, and always the same for the same person."""

import re

from bot.safety.pseudonyms import Pseudonyms


def test_a_person_has_one_pseudonym() -> None:
    assert Pseudonyms(b"key").of("42") == Pseudonyms(b"key").of("42")


def test_two_people_have_two() -> None:
    assert Pseudonyms(b"key").of("42") != Pseudonyms(b"key").of("43")


def test_with_another_key_a_person_is_another() -> None:
    assert Pseudonyms(b"key").of("42") != Pseudonyms(b"other").of("42")


def test_a_pseudonym_is_sixteen_hexadecimal_characters() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", Pseudonyms(b"key").of("张三 <b>"))
