"""Masks card, identity and phone numbers before a text is stored, logged or sent to Rasa."""

import re

_SEPARATED = r"[\s\-—.·*]?"
# Longest first: an identity number would otherwise be taken for a card.
_NUMBERS = re.compile(
    rf"(?<![0-9０-９])(?:"
    rf"(?:[0-9０-９]{_SEPARATED}){{12,30}}[0-9０-９xXｘＸ]"  # identity, bank card, account
    rf"|(?:\+?86{_SEPARATED})?1[3-9](?:{_SEPARATED}[0-9０-９]){{9}}"  # mobile
    rf"|0[1-9][0-9]{{1,2}}{_SEPARATED}[0-9]{{7,8}}"  # landline
    rf")(?![0-9０-９])"
)
_DIGIT = re.compile(r"[0-9０-９xXｘＸ]")


def mask_personal_data(text: str) -> str:
    """Replace the digits of personal numbers by `*`, keeping the length of the text.

    Telegram's entity offsets stay right because the length does. Amounts, times, dates and
    short service numbers such as 12378 stay.
    """
    return _NUMBERS.sub(lambda match: _DIGIT.sub("*", match[0]), text)
