"""What people wrote is unreadable without the secret."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.storage.encryption import FreeTextCipher
from tests.storage.people import SECRET

UNREADABLE = (
    "A text in the database cannot be read: it is damaged, or the key (`secret` in the data "
    "folder, or what ZHIQUAN_SECRET_FILE names) is not the one it was written with. Put back that "
    "file from your backup."
)


def refusal(cipher: FreeTextCipher, text: str) -> str:
    with pytest.raises(StorageError) as caught:
        cipher.decrypt(text)
    return str(caught.value)


@given(st.text(st.characters()))
def test_a_text_comes_back_as_it_was_written(text: str) -> None:
    cipher = FreeTextCipher(SECRET)
    assert cipher.decrypt(cipher.encrypt(text)) == text


def test_half_a_character_comes_back_too(cipher: FreeTextCipher) -> None:
    assert cipher.decrypt(cipher.encrypt("喂\ud83d")) == "喂\ud83d"


def test_another_start_of_the_bot_reads_it(cipher: FreeTextCipher) -> None:
    assert FreeTextCipher(SECRET).decrypt(cipher.encrypt("喂")) == "喂"


def test_equal_texts_do_not_look_equal(cipher: FreeTextCipher) -> None:
    assert cipher.encrypt("喂") != cipher.encrypt("喂")


def test_a_sealed_text_shows_nothing_of_the_words(cipher: FreeTextCipher) -> None:
    sealed = cipher.encrypt("CANARY")
    raw = base64.urlsafe_b64decode(sealed.removeprefix("1."))
    assert "CANARY" not in sealed
    assert b"CANARY" not in raw


def test_the_secret_itself_is_not_the_key(cipher: FreeTextCipher) -> None:
    # The secret also names people; whoever finds it out there must not read what they wrote.
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    raw = base64.urlsafe_b64decode(cipher.encrypt("喂").removeprefix("1."))
    with pytest.raises(InvalidTag):
        AESGCM(SECRET).decrypt(raw[:12], raw[12:], b"1.")


def test_another_secret_is_refused_in_a_sentence(cipher: FreeTextCipher) -> None:
    assert refusal(FreeTextCipher(b"x" * 32), cipher.encrypt("喂")) == UNREADABLE


def test_every_changed_character_is_noticed(cipher: FreeTextCipher) -> None:
    sealed = cipher.encrypt("喂")
    for place, character in enumerate(sealed):
        other = "A" if character != "A" else "B"
        assert refusal(cipher, sealed[:place] + other + sealed[place + 1 :]) == UNREADABLE


@pytest.mark.parametrize("text", ["", "喂", "1.", "1.A", "1.喂", "1.AAAA", "2.AAAA"])
def test_what_was_never_sealed_is_refused(cipher: FreeTextCipher, text: str) -> None:
    assert refusal(cipher, text) == UNREADABLE


@pytest.mark.parametrize("cut", ["1.", "x", "xxxx"])
def test_a_text_that_was_cut_or_grew_is_refused(cipher: FreeTextCipher, cut: str) -> None:
    sealed = cipher.encrypt("喂")
    assert refusal(cipher, sealed[: -len(cut)]) == UNREADABLE
    assert refusal(cipher, sealed + cut) == UNREADABLE


def test_the_refusal_shows_no_words(cipher: FreeTextCipher) -> None:
    with pytest.raises(StorageError) as caught:
        cipher.decrypt("CANARY")
    assert "CANARY" not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_secret_that_was_cut_short_is_named(length: int) -> None:
    with pytest.raises(StorageError) as caught:
        FreeTextCipher(b"x" * length)
    assert str(caught.value) == (
        "The key (`secret` in the data folder, or what ZHIQUAN_SECRET_FILE names) has "
        f"{length} bytes and not 32. Put it back from "
        "your backup; if there is none and no one has used this bot yet, remove the file, and a "
        "new one is made."
    )


def test_values_are_sealed_together(cipher: FreeTextCipher) -> None:
    values: dict[str, object] = {"said": "喂\ud83d", "acts": ["insult"], "is_review": True}
    assert cipher.unseal(cipher.seal(values)) == values


@pytest.mark.parametrize("text", ["[]", "1", "喂", ""])
def test_what_is_no_set_of_values_is_refused(cipher: FreeTextCipher, text: str) -> None:
    with pytest.raises(StorageError) as caught:
        cipher.unseal(cipher.encrypt(text))
    assert str(caught.value) == UNREADABLE
