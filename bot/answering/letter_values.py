"""What a template of a letter prints: blanks, choices, numbered parts, days and amounts."""

import re
from datetime import date, timedelta
from decimal import Decimal

from bot.knowledge.answer_check import clean_text
from bot.knowledge.questions import Question, QuestionKind
from bot.safety.masking import mask_all_but_callers

BLANK = "＿" * 8
BLANK_SHORT = "＿＿＿＿"
_BLANK_DAY = "＿＿＿＿年＿＿月＿＿日"
_MASKED = re.compile(r"(?:\*[\s\-—.·]?){6,}")
_ENDS = "。！？；…”』」）!?;)"
_NUMERALS = "一二三四五六七八九十"
_DATE = re.compile(r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_UNTIL = re.compile(r"\s*[至到和、—\-~～]+\s*")
_SURELY_PAST = timedelta(days=300)
_MAYBE_AHEAD = timedelta(days=60)


class Blank:
    """An answer that is not there: false in a condition, a line to write on in the text."""

    def __init__(self, line: str) -> None:
        self._line = line

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return self._line


class Chosen:
    """What was chosen: its labels in the text, `name.choice` true or false in a condition."""

    def __init__(self, question: Question, ids: tuple[str, ...]) -> None:
        self._labels = {choice.id: choice.label for choice in question.choices}
        # A draft may be older than the question: what it no longer offers was not chosen.
        self._ids = tuple(each for each in ids if each in self._labels)

    def __getitem__(self, choice: str) -> bool:
        if choice not in self._labels:
            raise KeyError(choice)
        return choice in self._ids

    def __bool__(self) -> bool:
        return bool(self._ids)

    def __str__(self) -> str:
        return "、".join(self._labels[each] for each in self._ids) or BLANK


class Numbers:
    """Counts the items of a part as they are printed: 1. 2. 3."""

    def __init__(self) -> None:
        self.count = 0

    def __str__(self) -> str:
        self.count += 1
        return f"{self.count}. "


class Section:
    """Counts the parts of a letter as they are printed: 一、二、三、"""

    def __init__(self, numbers: Numbers) -> None:
        self._count = 0
        self._numbers = numbers

    def __str__(self) -> str:
        self._count += 1
        self._numbers.count = 0
        return f"{_NUMERALS[self._count - 1]}、"


def day_words(day: date) -> str:
    """A day as a letter writes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def with_years(text: str, on: date) -> str:
    """The same text with the year before each date of which it is certain.

    A date is of the year of the one that it follows in a span, or else lies within the last
    months; where it could as well lie ahead nothing is added. Words in “quotation marks” stay.
    """
    said: list[str] = []
    end, before = 0, None
    for match in _DATE.finditer(text):
        between = text[end : match.start()]
        since = before if before and _UNTIL.fullmatch(between) else None
        before = _date_of(match, since, on)
        is_quoted = text.count("“", 0, match.start()) > text.count("”", 0, match.start())
        is_added = match["year"] is None and not is_quoted
        said += [between, f"{before.year}年" if before and is_added else "", match[0]]
        end = match.end()
    return "".join([*said, text[end:]])


def _date_of(match: re.Match[str], since: date | None, on: date) -> date | None:
    month, day = int(match["month"]), int(match["day"])
    if match["year"]:
        return _day(int(match["year"]), month, day)
    if since is not None:
        same = _day(since.year, month, day)
        return same if same and same >= since else _day(since.year + 1, month, day)
    years = (on.year - 1, on.year, on.year + 1)
    near = [each for year in years if (each := _day(year, month, day))]
    is_ahead = any(on < each <= on + _MAYBE_AHEAD for each in near)
    past = [each for each in near if on - _SURELY_PAST <= each <= on]
    return past[0] if past and not is_ahead else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def printed_value(question: Question, answer: str | None, on: date) -> object:
    """What the template prints and asks for this question."""
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return Chosen(question, tuple(answer.split(",")) if answer else ())
        case QuestionKind.DATE:
            return day_words(date.fromisoformat(answer)) if answer else Blank(_BLANK_DAY)
        case QuestionKind.AMOUNT if answer:
            return amount_words(Decimal(answer))
        case QuestionKind.COUNT | QuestionKind.PHONE_TAIL:
            return answer or Blank(BLANK_SHORT)
    masked = mask_all_but_callers(with_years(clean_text(answer or ""), on))
    if masked and question.kind is QuestionKind.LONG_TEXT and masked[-1] not in _ENDS:
        masked += "。"  # Stands as a paragraph of its own.
    return _MASKED.sub(BLANK, masked) if masked else Blank(BLANK)


def amount_words(amount: Decimal) -> str:
    """An amount as a letter writes it."""
    return f"{amount:,.2f}".removesuffix(".00")
