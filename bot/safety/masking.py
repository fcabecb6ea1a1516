"""Masks what leads to a person before a text is stored, logged or sent to Rasa.

Card, identity and phone numbers, also in Chinese digits; e-mail, QQ and WeChat.
"""

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

_SPOKEN_ALONE = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_SPOKEN = rf"[\d{_SPOKEN_ALONE}]"
_SPOKEN_NUMBERS = re.compile(
    rf"(?<!{_SPOKEN})(?:"
    rf"[1１一幺壹]{_GAP}(?![12１２〇零一二幺壹贰]){_SPOKEN}(?:{_GAP}{_SPOKEN}){{9}}"  # mobile
    rf"|{_SPOKEN}(?:{_GAP}{_SPOKEN}){{14,}}"  # identity, bank card
    rf")(?!{_SPOKEN})"
)
_SPOKEN_DIGIT = re.compile(_SPOKEN)

_ADDRESS = r"[A-Za-z0-9._%+\-]"
_MAIL = re.compile(
    rf"(?<!{_ADDRESS}){_ADDRESS}{{1,64}}[@＠][A-Za-z0-9\-]{{1,63}}(?:\.[A-Za-z0-9\-]{{1,63}})+"
)
_LINK = r"(?:号码?|群|[Ii][Dd])?\s*(?:是|为|加|[:：])?\s*"
_QQ = re.compile(rf"((?:[Qq]{{2}}|扣扣){_LINK})([1-9]\d{{4,10}})(?!\d)")
_WECHAT_NAME = r"(?:微信|[Vv][Xx信]|[Ww][Xx]|[Ww]e[Cc]hat)"
_WECHAT = re.compile(
    # Without a word between, a plain word such as WeChat Pay may follow: an id has a digit.
    rf"({_WECHAT_NAME}\s*(?:(?:号码?|[Ii][Dd])\s*(?:是|为|[:：])?|是|[:：]|(?=[A-Za-z_\-]*\d))\s*)"
    r"([A-Za-z][A-Za-z0-9_\-]{5,19})(?![A-Za-z0-9_\-])"
)
_LETTER = re.compile(r"[A-Za-z0-9_%+\-]")


def mask_personal_data(text: str) -> str:
    """Replace the digits and letters of personal data by `*`, keeping the length of the text.

    Telegram's entity offsets stay right because the length does. Amounts, times, dates and
    short service numbers such as 12378 stay. Half of a broken character becomes "?": no
    database and no server takes it.
    """
    masked = _NUMBERS.sub(_masked, text.encode(errors="replace").decode())
    masked = _SPOKEN_NUMBERS.sub(_spoken_masked, masked)
    masked = _MAIL.sub(lambda match: _LETTER.sub("*", match[0]), masked)
    for named in (_QQ, _WECHAT):
        masked = named.sub(lambda match: match[1] + _LETTER.sub("*", match[2]), masked)
    return masked


def _masked(match: re.Match[str]) -> str:
    return match[0] if match["day"] else _DIGIT.sub("*", match[0])


def _spoken_masked(match: re.Match[str]) -> str:
    """What has no Chinese digit was looked at before, and is a date perhaps."""
    is_spoken = any(character in _SPOKEN_ALONE for character in match[0])
    return _SPOKEN_DIGIT.sub("*", match[0]) if is_spoken else match[0]
