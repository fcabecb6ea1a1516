"""Masks card, identity and phone numbers before a text is stored, logged or sent to Rasa."""

import re

_GAP = r"[\s\-—.·*]?"
_WIDE_GAP = r"(?:\s[\-—]\s|[\s\-—.·*]?)"
# Digits are those of any script: a phone's keyboard gives full-width ones too.
_NUMBERS = re.compile(
    rf"(?<!\d)(?:"
    rf"(?P<day>(?:19|20)\d\d(?:-\d{{1,2}}-|\.\d{{1,2}}\.|/\d{{1,2}}/)\d{{1,2}}(?!\d))"
    # Longest first: an identity number would otherwise be taken for a card.
    rf"|(?:\d{_GAP}){{12,}}[\dxXｘＸ]"  # identity, bank card, account
    rf"|(?:\+?86{_WIDE_GAP})?[1１]{_GAP}[3-9３-９](?:{_WIDE_GAP}\d){{9}}"  # mobile
    rf"|[(（]?[0０][1-9１-９]\d{{1,2}}[)）]?{_GAP}\d{{3,4}}{_GAP}\d{{4}}"  # landline
    rf")(?!\d)"
)
_DIGIT = re.compile(r"[\dxXｘＸ]")


def mask_personal_data(text: str) -> str:
    """Replace the digits of personal numbers by `*`, keeping the length of the text.

    Telegram's entity offsets stay right because the length does. Amounts, times, dates and
    short service numbers such as 12378 stay. Half of a broken character becomes "?": no
    database and no server takes it.
    """
    return _NUMBERS.sub(_masked, text.encode(errors="replace").decode())


def _masked(match: re.Match[str]) -> str:
    return match[0] if match["day"] else _DIGIT.sub("*", match[0])
