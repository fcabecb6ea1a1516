"""Masks what leads to a person before a text is stored, logged or sent to Rasa.

Card, identity and phone numbers, also in Chinese digits; e-mail, QQ and WeChat. A phone number
is masked unless the words right before or behind it say that the other side called from it.
"""

import re

_GAP = r"[\s\-—.·*]?"
_WIDE_GAP = r"(?:\s[\-—]\s|[\s\-—.·*]?)"
# Digits are those of any script: a phone's keyboard gives full-width ones too.
_NUMBERS = re.compile(
    rf"(?<!\d)(?:"
    rf"(?P<day>(?:19|20)\d\d(?:-\d{{1,2}}-|\.\d{{1,2}}\.|/\d{{1,2}}/)\d{{1,2}}(?!\d))"
    # Longest first: an identity number would otherwise be taken for a card.
    rf"|(?P<long>(?:\d{_GAP}){{12,}}[\dxXｘＸ])"  # identity, bank card, account
    rf"|(?:\+?86{_WIDE_GAP})?[1１]{_GAP}[3-9３-９](?:{_WIDE_GAP}\d){{9}}"  # mobile
    rf"|[(（]?[0０][1-9１-９]\d{{1,2}}[)）]?{_GAP}\d{{3,4}}{_GAP}\d{{4}}"  # landline
    rf")(?!\d)"
)
_DIGIT = re.compile(r"[\dxXｘＸ]")
_LOOKS_BACK = 24
# Strict on purpose: between whose it is and the number nothing but words for a number may stand,
# so that 对方打我手机… and 催收让我给…打 stay masked.
_WORDS_FOR_NUMBER = r"(?:的|手机|电话|座机|固话|短信|微信|联系|号码|号|是|为|叫|[:：\s])*"
_CALLER = re.compile(
    rf"(?:(?<![我你您给诉发留向])对方|(?<![我给])来电(?:显示)?"
    rf"|(?<![给诉发留向打])催收(?:员|方|人员?|公司)?|骚扰)"
    rf"(?:(?:又|还|今天|昨天)?(?:用|换成?|拿)了?(?:一?个)?)?{_WORDS_FOR_NUMBER}$"
)
# Right after the number, the same: 138… 自称某某行的, 021… 打给我妈.
_CALLS_ITSELF = re.compile(
    r"\s*[，,]?\s*(?:那边|这个号|那头|一个人)?(?:自称|(?:打|拨)(?:给|到|了)?(?:我|俺))"
)
# Whose it may be, or who was called at it: then what stands behind decides nothing.
_OWNED = re.compile(
    r"(?:[给打加]|我|俺|咱|[妈爸爹娘]|老公|老婆|家人|朋友|同事|同学|邻居|领导|老板|联系人)[^，。,；;]{0,8}$"
)
_JOINED = re.compile(r"(?:\s*[、,，/和及]\s*|\s+)")
# What is said right after the number takes it back: 来电 138… 是我妈的号.
_OWN = re.compile(
    r"\s*(?:[（(]|[，,、]?\s*这?个?(?:号码?)?是)?\s*(?:我|本人|自己|咱|俺|家|[他她]?[妈爸]|老公|老婆|联系人)"
    r"[^，。,.;；！!？?\n]{0,6}(?:的|号|电话|手机)"
)
_SMS_SENDER = re.compile(r"[1１][0０][6６]")

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
    return _masked_by_form(_NUMBERS.sub(_masked, _whole(text)))


def mask_all_but_callers(text: str) -> str:
    """The same, but a phone number stays that is clearly the collector's: it is evidence.

    Clearly is what stands right before it (对方号码, 来电, 催收电话, 对方换了个号码) or behind it
    (自称某某行, 打给我妈). Cards and identity numbers never stay. For what the person gets back,
    not for what others can read.
    """
    said, end, was_callers = [], 0, False
    whole = _whole(text)
    for match in _NUMBERS.finditer(whole):
        between = whole[end : match.start()]
        was_callers = _is_callers(match, whole, is_next=was_callers and _is_joint(between))
        said += [between, match[0] if was_callers else _masked(match)]
        end = match.end()
    return _masked_by_form("".join([*said, whole[end:]]))


def _is_callers(match: re.Match[str], text: str, *, is_next: bool) -> bool:
    """Whether the words around a number say that the other side called from it."""
    if match["day"] or (match["long"] and not _SMS_SENDER.match(match["long"])):
        return False
    before = text[max(0, match.start() - _LOOKS_BACK) : match.start()]
    calls_itself = _CALLS_ITSELF.match(text, match.end()) and not _OWNED.search(before)
    is_callers = is_next or _CALLER.search(before) or calls_itself
    return bool(is_callers) and not _OWN.match(text, match.end())


def _is_joint(between: str) -> bool:
    return _JOINED.fullmatch(between) is not None


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode()


def _masked_by_form(text: str) -> str:
    """What is known by its form or its name alone, whoever it belongs to."""
    masked = _SPOKEN_NUMBERS.sub(_spoken_masked, text)
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
