"""What a message tells of the person's case, and whether it mostly tells."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.concepts.case import Case
from bot.concepts.conversation import Conversation
from bot.concepts.missed import OUT_OF_SCOPE
from bot.concepts.passages import KINDS
from bot.concepts.understanding import Understanding
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Heard
from bot.facts.amounts import read_amounts
from bot.facts.answer_signs import is_question, is_supposing
from bot.facts.cases import case_of
from bot.facts.corrections import read_correction
from bot.facts.settled import paid_off
from bot.facts.telling import CaseVocabulary, Telling
from bot.knowledge.library import Book
from bot.safety.normalizing import normalize

FEW_WORDS = 15
"""Characters of the longest message that only tells what was asked for."""

_TOLD_AT_LEAST = 3
"""Facts of a case in one message from which it tells a situation and asks what to do."""
_MEANS = frozenset({"amount", "overdue_months", "monthly_ability", "income", "debts", "paper"})
_MEANS_AT_LEAST = 2
"""Of these facts: who tells only the lender and what was done asks about that."""
_FIGURES = frozenset({"amount", "overdue_months", "monthly_ability", "income"})
_LATE = "overdue"
_PLAN = frozenset({"amount", "monthly_ability"})
"""Who tells both asks what can come of it."""
_ABOUT_WHOM = frozenset({"role", "region", "product", "lenders", "stage"})
"""These alone tell no situation."""
_DEBTOR = "debtor"
_CLEAR = 0.8
"""Likelihood from which another question is answered, though it tells a whole case."""
_WORTH_OWING = 100
_PARTS = 4
"""A sum of which so many would pay all that is owed is no month's."""
_PLANNED = frozenset({"negotiate_instalment", "hardship", "budget_advice", "next_step"})
"""Where these are in hand, a sum alone may be what can be paid a month."""
_A_MONTHS_SUM = re.compile(
    "(?:那|要是|如果|万一|其实|现在|我|就|先|每|一?个?月|只|最多|顶多|报|按|照|算|来|还|给|拿|出|挤|凑|掏"
    "|多|少|点|些|能|得|元|块|钱|呢|喃|行|不|吗|可以?|成|够|好|的话|呗|哈|咧|换成|改成?|怎么样|咋样|试试|吧|了"
    "|嘛|[0-9.一二两三四五六七八九十百千万]|[,，。?？! ])+"
)
_ABLE = re.compile(
    "(?:最多|顶多|撑死|只)?(?:能|可以?|够)(?:拿|还|挤|凑|掏|出|给|付)|(?:每个?|一个?)月"
)
_ONLY_PAID = re.compile(
    "(?:但|可是?|我|他|她|俺|[爸妈哥姐弟妹]|刚刚?|已经?|都|就|才|昨天|今天|钱|款|[,，。!！ …])*"
    "(?:转|汇|交|付|打|给)(?:了|过去了?|出去了?|给(?:他|她|人家|对方)们?了?)(?:钱|款)?[了啊呀。!！]*"
)
_A_MONTHS_PARTS = 10
"""A sum that one can pay, with nothing said of the month, is no more than such a part of all."""
_OTHER_WORDS = re.compile("[天月年期次个遍号点分通条]")
_READ = "case"
"""Under this name a message carries what was read of the case in it."""
_QUESTION_ENDS = ("吗", "?", "？", "么", "呢", "喃", "迈", "嗦", "没")
_URGENT_EVENTS = frozenset({"money_leaving", "asked_to_sign", "car_taken"})
"""What must be answered by what to do now, whatever the message is about."""
_OFFERED = frozenset({"money_leaving"})
"""Of these what only is an offer so far, which its topic answers."""
ADVISED = frozenset(
    {
        "negotiate_instalment",
        "hardship",
        "budget_advice",
        "plan_budget",
        "out_of_scope",
        "collection_process",
        "next_step",
        "affirm",
    }
)
"""What a told situation is mostly taken for: the next steps of the case answer it better."""


class CaseTalk:
    """Reads the facts of a case out of messages."""

    def __init__(self, book: Book, words: ShortWords) -> None:
        self._words = words
        self._decisions = book.shapes.decisions
        self._offers = book.shapes.offers
        self._homes = book.shapes.event_homes
        self._stages = {name: kind.stage for name, kind in book.papers.kinds.items() if kind.stage}
        self._vocabulary = CaseVocabulary(
            facts=book.facts, case=book.case_words, normalize=normalize
        )

    def told_in(self, heard: Heard) -> Case:
        """The facts that a message alone tells; a paper that came tells how far it has come."""
        told = self._read_in(heard)[1]
        stage = self._stages.get(told.paper or "")
        if stage is None or told.has_come_to(stage):
            return told
        return replace(told, stage=stage, sources={**told.sources, "stage": told.sources["paper"]})

    def _read_in(self, heard: Heard) -> tuple[Telling, Case]:
        """A message prepared for reading, and the facts in it: read once while it is answered."""
        if _READ not in heard.read:
            telling = Telling.of(heard.text, self._vocabulary, heard.now)
            heard.read[_READ] = (telling, case_of(telling))
        read: tuple[Telling, Case] = heard.read[_READ]
        return read

    def mended_by(self, heard: Heard, case: Case) -> Case | None:
        """The case as words put it right: 不是招行是平安; None when they put nothing right."""
        mended = read_correction(*self._read_in(heard), case)
        return None if mended == case else mended

    def paid_off_in(self, heard: Heard, case: Case) -> str | None:
        """The one of several lenders who is told to have got all: 美团那个还清了."""
        return None if heard.is_public else paid_off(heard.text, case, self._vocabulary, heard.now)

    def taken_in(self, heard: Heard, talk: Conversation) -> Conversation:
        """The talk with what this message tells, unless it speaks of a case that is not theirs."""
        told = self.told_in(heard)
        if heard.is_public or self.is_supposed(heard, talk):
            return talk
        if talk.form is None and not told.told:
            told = self._bare_sum(heard.text, talk)
        is_plain = talk.is_plain or self._words.reads_little(heard.text)
        return replace(talk, case=talk.case.updated(told), is_plain=is_plain)

    def _bare_sum(self, text: str, talk: Conversation) -> Case:
        """一万五 after whom one owes was told is how much; 五百呢 after a plan is a month's."""
        case = talk.case
        is_open = case.amount is None and bool(case.lenders or case.product)
        sums = read_amounts(text) if len(text) <= FEW_WORDS else []
        if len(sums) != 1 or sums[0].low < _WORTH_OWING:
            return Case()
        value = int(sums[0].low)
        if is_open and not _OTHER_WORDS.search(text):
            return Case(amount=value, sources={"amount": text})
        owed, is_spoken = int(case.amount or 0), _A_MONTHS_SUM.fullmatch(text) is not None
        is_again = case.monthly_ability is not None and value * _PARTS <= owed
        is_first = value * _A_MONTHS_PARTS <= owed and _ABLE.search(text) is not None
        if is_spoken and self.is_planned(talk) and (is_again or is_first):
            return Case(monthly_ability=value, sources={"monthly_ability": text})
        return Case()

    def is_planned(self, talk: Conversation) -> bool:
        """Whether what can be paid is talked about: 五百呢, 够吗 are of it."""
        return talk.topic in _PLANNED or talk.was_advised_last

    def urgent_events(self, heard: Heard, talk: Conversation, before: Case) -> tuple[str, ...]:
        """What was told just now that cannot wait.

        An offer that asks for money is answered by its own topic, until the money is gone.
        """
        meaning, is_gone = heard.meaning, self._words.is_gone(heard.text)
        is_told_there = meaning is not None and meaning.accepted and meaning.topic in self._offers
        urgent = _URGENT_EVENTS - (_OFFERED if is_told_there and not is_gone else frozenset())
        known = frozenset(before.events)
        if is_gone and not talk.was_advised_last:
            known -= _OFFERED & {*self.told_in(heard).events}
        return tuple(each for each in talk.case.events if each in urgent and each not in known)

    def home_of_gone_money(self, heard: Heard, talk: Conversation, before: Case) -> str | None:
        """The topic for few words that tell, after a warning, that it was paid: 我已经打了两千."""
        is_advised = talk.was_advised_last and bool(_OFFERED & {*before.events})
        is_warned = not heard.is_public and (is_advised or talk.topic in self._offers)
        if not (is_warned and _is_told_shortly(heard) and self._words.is_gone(heard.text)):
            return None
        is_told = bool(read_amounts(heard.text)) or _ONLY_PAID.fullmatch(heard.text) is not None
        return self._homes.get("money_leaving") if is_told else None

    def home_of(self, urgent: Sequence[str], talk: Conversation) -> str | None:
        """The topic that what cannot wait belongs to; one that warned of it before stays."""
        if talk.topic in self._offers:
            return talk.topic
        return next(filter(None, map(self._homes.get, urgent)), talk.topic)

    def wants_steps(self, heard: Heard, known: Case, before: Case) -> bool:
        """Whether what was told just now is answered by the next steps, however it sounds."""
        is_decision = self._tells_decision(heard.text, known, before)
        return is_decision or self.tells_figures(heard, known, before)

    def _tells_decision(self, text: str, known: Case, before: Case) -> bool:
        """Whether a paper was told just now whose own steps no topic tells: 二审判决, 调解书."""
        is_new = known.paper != before.paper and known.paper in self._decisions
        return is_new and self._words.wish_sign_in(text) is None

    def answers_question(self, heard: Heard, known: Case, before: Conversation) -> bool:
        """Whether a few words tell the fact of the case that the last reply asked for."""
        if before.asked is None or len(heard.text) > FEW_WORDS:
            return False
        told = getattr(known, before.asked)
        return told is not None and told != getattr(before.case, before.asked)

    def tells_service(self, heard: Heard, talk: Conversation) -> bool:
        """Whether few words tell when the paper of the case came, be it for the second time."""
        if heard.is_public or talk.case.paper is None or len(heard.text) > FEW_WORDS:
            return False
        told = self.told_in(heard)
        return told.served_on is not None and told.served_on == talk.case.served_on

    def tells_arrival(self, heard: Heard, known: Conversation, before: Conversation) -> bool:
        """Whether this message tells the day on which the paper in hand came, or which it is."""
        if heard.is_public or self.told_in(heard).served_on is None:
            return False
        now, then = known.case, before.case
        return (now.paper, now.served_on) != (then.paper, then.served_on)

    def only_tells(self, heard: Heard, meaning: Understanding, known: Case, before: Case) -> bool:
        """Whether a few words that mean no matter tell of whom or of what: 我欠花呗."""
        if heard.is_public or meaning.accepted or known == before:
            return False
        return _is_told_shortly(heard) and not self._words.shapes_in(heard.text)

    def tells_only_who(self, heard: Heard, known: Case, before: Conversation) -> bool:
        """Whether few words tell but that one is somebody else than was thought: 我是担保人."""
        is_told = _is_told_shortly(heard) and not self._words.shapes_in(heard.text)
        if heard.is_public or not is_told:
            return False
        is_new = known.role not in (before.case.role, _DEBTOR)
        return is_new and self.told_in(heard).told == ("role",)

    def tells_figures(self, heard: Heard, known: Case, before: Case) -> bool:
        """Whether a few words add but figures to a debt that was told before: 逾期两个月."""
        if heard.is_public or not before.told or len(heard.text) > FEW_WORDS:
            return False
        new = {each for each in known.told if getattr(known, each) != getattr(before, each)}
        is_asked = heard.text.endswith(_QUESTION_ENDS) or bool(self._words.shapes_in(heard.text))
        is_mended = self._words.is_correction(heard.text)
        is_asked = is_asked or is_mended
        if known.stage == _LATE:  # How late it is tells that it is late.
            new -= {"stage"}
        is_plan_asked = new == {"monthly_ability"} and bool(before.amount) and not is_mended
        return bool(new) and new <= _FIGURES and (is_plan_asked or not is_asked)

    def is_situation(
        self, heard: Heard, meaning: Understanding, known: Case, before: Case
    ) -> bool:
        """Whether this message mostly tells of one's own case: advice is what is wanted."""
        if heard.is_public or known == before:
            return False
        told = {*self.told_in(heard).told}
        new = {each for each in told if getattr(known, each) != getattr(before, each)}
        is_clear = meaning.topic not in ADVISED and meaning.confidence >= _CLEAR
        if told >= _PLAN and new & _PLAN and not is_clear:
            return True
        asks = {*self._words.shapes_in(heard.text)} - {"next"}
        is_asked = is_question(heard.text) or bool(asks)
        if not meaning.accepted:
            return bool(new - _ABOUT_WHOM) and not is_asked
        if meaning.topic == OUT_OF_SCOPE and (is_asked or new & _FIGURES):
            return not is_asked  # Pay or a sum that is told is ours, whatever it sounds like.
        if meaning.topic not in ADVISED:
            return False
        is_full = len(told) >= _TOLD_AT_LEAST and len(_MEANS & told) >= _MEANS_AT_LEAST
        completes_plan = {*known.told} >= _PLAN and bool(new & _PLAN) and not is_asked
        return is_full or completes_plan

    def is_only_asked(self, heard: Heard, talk: Conversation) -> bool:
        """Whether another case is asked about and nothing is put right: 换成花呗呢."""
        return is_supposing(heard.text) and self.is_supposed(heard, talk)

    def is_supposed(self, heard: Heard, talk: Conversation) -> bool:
        """Whether a case is only asked about: 那如果是网贷呢."""
        is_framed = talk.topic is not None and self._words.is_other_case(heard.text)
        if not is_framed or len(heard.text) > FEW_WORDS:
            return False
        told = set(self.told_in(heard).told)
        return bool(told) and told <= {*KINDS, "lenders"}


def _is_told_shortly(heard: Heard) -> bool:
    """Whether few words tell something and ask nothing."""
    return len(heard.text) <= FEW_WORDS and not heard.text.endswith(_QUESTION_ENDS)
