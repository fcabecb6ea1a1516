"""Whether a message is a paper that somebody received, and what is said of one in hand."""

import re
from dataclasses import replace
from datetime import date

from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.concepts.paper_in_hand import PaperInHand
from bot.concepts.paper_reading import STRANGE_LINKS
from bot.dialogue.step import Heard, Step, follow, task
from bot.facts.days import read_days
from bot.knowledge.library import Book
from bot.knowledge.questions import QuestionKind
from bot.knowledge.tools import Tool
from bot.papers.links import read_links, without_keys
from bot.papers.shape import is_pasted
from bot.papers.text import lay_out

_SURE = 0.9
"""Likelihood that a text is a paper from which it is taken for one though nothing shows it."""
_LONG_ENOUGH = 40
_FEW_WORDS = 20
_DAY_WORDS, _HARDLY_MORE = 16, 3
_CAME = re.compile("收到|收的|签收|签的|拿到|到的|到了|送到|送来|送达|寄到|寄来|领的|取的")
_ASKED = {
    "genuine": follow(Choice(Verb.DEED, "paper_why")),
    "check": follow(Choice(Verb.DEED, "paper_check")),
    "day": follow(Choice(Verb.DEED, "paper_law")),
    "absent": task("paper_absent"),
    "opened": task("paper_opened"),
    "again": task("show_paper"),
}
"""What is said of the paper in hand, by what a few words right below it ask."""
_KEPT_AT_MOST = 4000
"""Characters of a paper that a conversation keeps."""
_BUTTONS = "d:paper_"
_QUESTION_ENDS = ("?", "？", "吗", "呢", "怎么办", "么", "咋办")
_BRACKETS = re.compile(r"[【\[][^】\]\n]{2,24}[】\]]")
_SENT = re.compile("短信|信息|消息|链接|网址|邮件|二维码|发我|发来|发给我|收到")
_QUOTED = re.compile(r"[“\"「『](?P<said>[^”\"」』]{12,})[”\"」』]")
_MENDED = re.compile(
    r"^(?:第[一二三四五六七八九十0-9]+行)?(?:不是|把)?[“\"]?(?P<wrong>[^“”\"，]{1,40}?)[”\"]?"
    r"(?:[，,]\s*(?:是|应该是|应当是|而是)|应该是|应当是|改成|改为|写错了[，,]?是)[“\"]?"
    r"(?P<right>[^“”\"]{1,60}?)[”\"]?[。.!！]?$"
)


_LINE_MENDED = re.compile(
    r"^第(?P<number>[0-9]{1,3})行(?:应该是|应当是|改成|改为)(?!什么|啥|怎)[：:，,\s]*[“\"]?"
    r"(?P<right>[^“”\"]{1,200}?)[”\"]?$"
)


class PaperTalk:
    """Takes up papers, and words that put one right."""

    def __init__(self, book: Book) -> None:
        self._words = book.papers
        self._tools = book.tools

    def step(self, heard: Heard, talk: Conversation) -> Step | None:
        """What a paper, or words about the one in hand, lead to; a story asked for goes first."""
        form = talk.form
        tool = None if form is None else self._tools.get(form.tool)
        if form is not None and tool is not None and _asks_for_a_story(form, tool):
            return None
        return self.gone_on(heard, talk) or self.taken_up(heard, talk)

    def taken_up(self, heard: Heard, talk: Conversation) -> Step | None:
        """The paper that a message is or holds; None where it is the person who speaks."""
        if heard.is_public or heard.choice is not None:
            return None
        paper = self._paper_in(heard)
        if paper is None:
            return None
        opinion = heard.meaning.paper if heard.meaning is not None else None
        kept = PaperInHand(
            text=without_keys(paper)[:_KEPT_AT_MOST],
            opinion=opinion,
            received=self._came_on(heard),
            scan=heard.scan,
        )
        fresh = replace(talk.left(), paper=kept.as_kept(), misses=0, unclear=(), asked=None)
        return Step(fresh, (task("show_paper"),))

    def _came_on(self, heard: Heard) -> date | None:
        """The day of arrival that is told in a few words beside it."""
        is_told = self._words.dates.received_after.search(heard.beside)
        return _day_in(heard.beside, heard) if is_told else None

    def gone_on(self, heard: Heard, talk: Conversation) -> Step | None:
        """The day on which the paper in hand came, or a line of it put right."""
        paper = PaperInHand.of_kept(talk.paper)
        is_shown = any(choice.startswith(_BUTTONS) for _, choice in talk.offered)
        if paper is None or not is_shown or heard.is_public or talk.form is not None:
            return None
        text = heard.text.strip()
        if len(text) <= _FEW_WORDS and not text.endswith(_QUESTION_ENDS):
            day = _day_in(text, heard)
            if day is not None and _is_of_arrival(text, heard):
                kept = replace(paper, received=day).as_kept()
                return Step(replace(talk, paper=kept, misses=0), (task("show_paper"),))
        if (asked := self._asked(text, paper, talk)) is not None:
            return asked
        if (line := _LINE_MENDED.match(text)) is not None:
            return self._line_mended(int(line["number"]), line["right"].strip(), paper, talk)
        mended = _MENDED.match(text)
        return None if mended is None else self._mended(mended, paper, talk)

    def _asked(self, text: str, paper: PaperInHand, talk: Conversation) -> Step | None:
        """What few words right below a paper ask about it: 这是真的吗, 我人在外地去不了."""
        if len(text) > _FEW_WORDS:
            return None
        wish = next((name for name, said in self._words.asks.items() if said.search(text)), None)
        if wish is None or (wish == "absent" and not self._is_to_come(paper)):
            return None
        return Step(replace(talk, misses=0, unclear=(), asked=None), (_ASKED[wish],))

    def _is_to_come(self, paper: PaperInHand) -> bool:
        """Whether the kind of paper asks one to come somewhere."""
        kind = self._words.kinds.get(paper.kind or (paper.opinion.kind if paper.opinion else ""))
        return kind is not None and kind.absent is not None

    def _line_mended(
        self, number: int, right: str, paper: PaperInHand, talk: Conversation
    ) -> Step | None:
        lines = paper.text.split("\n")
        if not 1 <= number <= len(lines):
            return None
        lines[number - 1] = right
        scan = paper.scan
        if scan is not None:
            doubted = tuple(each for each in scan.doubted if each != number)
            scan = replace(scan, doubted=doubted)
        kept = replace(paper, text="\n".join(lines), scan=scan).as_kept()
        return Step(replace(talk, paper=kept, misses=0), (task("mend_paper"),))

    def _mended(
        self, mended: re.Match[str], paper: PaperInHand, talk: Conversation
    ) -> Step | None:
        wrong, right = mended["wrong"].strip(), mended["right"].strip()
        if wrong not in paper.text:
            return None
        kept = replace(paper, text=paper.text.replace(wrong, right)).as_kept()
        return Step(replace(talk, paper=kept, misses=0), (task("mend_paper"),))

    def _paper_in(self, heard: Heard) -> str | None:
        """The text of the paper, without what the person says beside it."""
        text = (heard.handed_on or heard.text).strip()
        if heard.scan is not None:
            return text
        if len(text) < _FEW_WORDS:
            return None
        if heard.handed_on or is_pasted(text, self._words):
            return text
        if (inside := self._beside_own_words(text)) is not None:
            return inside
        if self._tells_of_strange_link(text):
            return text
        opinion = heard.meaning.paper if heard.meaning is not None else None
        if opinion is None or opinion.is_paper < _SURE or len(text) < _LONG_ENOUGH:
            return None
        compact = "".join(text.split())
        return None if self._words.own_words.search(compact) else text

    def _tells_of_strange_link(self, text: str) -> bool:
        """Whether it tells of a message that leads where no office and no lender is known."""
        if _SENT.search(text) is None:
            return False
        links = read_links(lay_out(text, self._words), self._words.domains, self._words.lenders)
        return any(each.kind in STRANGE_LINKS for each in links)

    def _beside_own_words(self, text: str) -> str | None:
        """What is quoted, or stands behind the signature, where the person speaks first."""
        for quoted in _QUOTED.finditer(text):
            if _BRACKETS.match(quoted["said"].strip()):
                return quoted["said"].strip()
        signed = _BRACKETS.search(text)
        if signed is None or not self._words.own_words.search("".join(text.split())):
            return None
        lines = [line for line in text[signed.start() :].splitlines() if line.strip()]
        kept = [line for line in lines if not self._words.own_words.search(line)]
        inside = "\n".join(kept)
        return inside if len(inside) >= _LONG_ENOUGH else None


def _asks_for_a_story(form: Draft, tool: Tool) -> bool:
    asked = [each for each in tool.questions if each.id == form.asking != SUMMARY]
    return any(each.kind is QuestionKind.LONG_TEXT for each in asked)


def _day_in(text: str, heard: Heard) -> date | None:
    """The one day that a few words name, not in the future."""
    days = [each for each in read_days(text, heard.now) if not each.is_uncertain]
    if len(days) != 1 or len(text) > _DAY_WORDS or days[0].day > heard.on:
        return None
    return days[0].day


def _is_of_arrival(text: str, heard: Heard) -> bool:
    """Whether hardly more than the day is said, or that something came on it."""
    (day,) = (each for each in read_days(text, heard.now) if not each.is_uncertain)
    rest = text[: day.start] + text[day.end :]
    return len(rest) <= _HARDLY_MORE or _CAME.search(rest) is not None
