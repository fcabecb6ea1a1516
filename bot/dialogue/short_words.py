"""Whole short messages whose meaning needs no model: 为什么, 那如果是网贷呢, 说简单点."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.concepts.choice import Choice, Verb
from bot.facts.answer_signs import is_question
from bot.knowledge.shapes import NO_SHAPES, Shapes
from bot.knowledge.talk_words import GAP, Sayings, TalkWords
from bot.knowledge.tools import LETTER_TASK
from bot.safety.normalizing import squeeze

_BARE = 5
"""Signs of a wish that has no room to name what else it is about."""

_SHAPED = 24
"""Characters of the longest message whose shape is looked at."""
_TAIL = "吗呢喃迈嗦啊吧呀么嘛哦噢了的哈呗"
_NAMED_ALONE = re.compile("(?:那|如果|要是|假如)*是?([^,。]{2,5}?)(?:的话)?[呢喃咧哩][?？]*")
_ASKING = re.compile("[怎咋啥几谁哪何么多]|然后|下一步|接着|后来|之后|[他她它你我]")
"""These ask by themselves, or tell of somebody, and name no matter."""
_WAYS_AT_HAND = 8192
"""Ways of asking whose pairs of characters are kept: those of some thirty matters."""
_SOUNDS = frozenset("啊哦噢哈嗯呃额诶唉咦哎呀喂")


class ShortWords:
    """Compares without punctuation, spaces and the particles at the end."""

    def __init__(self, words: TalkWords, shapes: Shapes = NO_SHAPES) -> None:
        self._shapes = shapes
        self._ways = _by_core(words.ways)
        self._leads = _by_core(words.leads)
        self._wishes = _by_core(words.wishes)
        self._frames = [_frame(frame) for frame in words.frames]
        self._corrections = tuple(map(squeeze, words.corrections))
        self._signs = {name: tuple(map(squeeze, each)) for name, each in words.signs.items()}
        self._goes_on = tuple(map(squeeze, words.goes_on))

    def aspect_in(self, text: str) -> str | None:
        """The aspect that the whole text asks for."""
        return self._ways.get(core_of(text))

    def shapes_in(self, text: str) -> tuple[str, ...]:
        """The aspects that a short text looks like asking for, whatever its words."""
        spoken = squeeze(text)
        if len(spoken) > _SHAPED:
            return ()
        shapes = self._shapes.aspects.items()
        return tuple(aspect for aspect, shape in shapes if shape.search(spoken))

    def deed_in(self, text: str, offered: Sequence[tuple[str, str]]) -> Choice | None:
        """The deed of a button below the last reply that the words mean: 全部清空."""
        spoken = squeeze(text)
        if len(spoken) > _SHAPED:
            return None
        meant = {name for name, each in self._shapes.deeds.items() if each.search(spoken)}
        choices = (Choice.parse(stored) for _, stored in offered)
        deeds = (each for each in choices if each is not None and each.verb is Verb.DEED)
        return next((each for each in deeds if each.target in meant), None)

    def clears_case(self, text: str) -> bool:
        """Whether a short text asks that what was told is cleared: 清空我的情况."""
        spoken = squeeze(text)
        sign = self._shapes.deeds.get("clear_case")
        is_named = len(spoken) <= _SHAPED and "情况" in spoken
        return is_named and sign is not None and sign.search(spoken) is not None

    def asks_to_be_reminded(self, text: str) -> bool:
        """Whether a short text asks for a reminder: 到时候提醒我."""
        spoken = squeeze(text)
        sign = self._shapes.deeds.get("remind")
        return sign is not None and len(spoken) <= _SHAPED and sign.search(spoken) is not None

    def says_we_are_wrong(self, text: str) -> bool:
        """Whether the text says that an answer of ours was wrong, or asks where to say so."""
        spoken = squeeze(text)
        return len(spoken) <= _SHAPED and bool(self._shapes.wrong.search(spoken))

    def insults_us(self, text: str) -> bool:
        """Whether the text does no more than scold us."""
        spoken = squeeze(text)
        return len(spoken) <= _SHAPED and bool(self._shapes.insults.search(spoken))

    def tells_feelings(self, text: str) -> bool:
        """Whether the text tells how the person feels."""
        return bool(self._shapes.feelings.search(squeeze(text)))

    def tells_of_call(self, text: str) -> bool:
        """Whether the text tells that somebody called, wrote or came."""
        return bool(self._shapes.calls.search(squeeze(text)))

    def tells_only_feelings(self, text: str) -> bool:
        """Whether a text tells how the person feels, nothing of the others, and asks nothing."""
        spoken = squeeze(text)
        is_of_others = self._shapes.others.search(spoken) is not None
        return self.tells_feelings(text) and not is_of_others and not is_question(text)

    def lead_in(self, text: str) -> str | None:
        """The matter that a short text asks for, whatever is talked about: 这些账怎么安排."""
        spoken = squeeze(text)
        leads = self._shapes.leads.items() if len(spoken) <= _SHAPED else ()
        return next((name for name, shape in leads if shape.search(spoken)), None)

    def said_in(self, text: str) -> str | None:
        """The utterance that a text asks for, whatever is talked about: 劳动仲裁不给钱."""
        spoken = squeeze(text)
        return next(
            (name for name, sign in self._shapes.said.items() if sign.search(spoken)), None
        )

    def is_gone(self, text: str) -> bool:
        """Whether the text tells that money, or what opens an account, is given away already."""
        return bool(self._shapes.gone.search(squeeze(text)))

    def reads_little(self, text: str) -> bool:
        """Whether somebody tells, among other things, that plain words are needed: 我不识字."""
        return bool(self._shapes.reads_little.search(squeeze(text)))

    def finishes(self, text: str) -> bool:
        """Whether the result of what is half filled in is asked for: 好了 把信给我."""
        return bool(self._shapes.finishes.search(squeeze(text)))

    def leans(self, matter: str, aspects: Sequence[str]) -> bool:
        """Whether what sounds like another matter asks for one of these sides of this one."""
        return any(matter in self._shapes.leans.get(aspect, ()) for aspect in aspects)

    def is_taken_back(self, text: str) -> bool:
        """Whether the text says, after the card for danger, that nothing was meant by it."""
        spoken = squeeze(text)
        if self._shapes.not_taken_back.search(spoken):
            return False
        is_known = self.wish_in(text) == "taken_back"
        return is_known or bool(self._shapes.taken_back.search(spoken))

    def is_in_company(self, text: str) -> bool:
        """Whether the text tells that somebody is with the person in danger now."""
        spoken = squeeze(text)
        told = (self._shapes.not_taken_back, self._shapes.theirs)
        is_other = is_question(text) or any(each.search(spoken) for each in told)
        return not is_other and bool(self._shapes.company.search(spoken))

    def asks_of_theirs(self, text: str) -> bool:
        """Whether a text asks about those who want money: 他们真去学校咋办."""
        return is_question(text) and bool(self._shapes.theirs.search(squeeze(text)))

    def obstacle_in(self, text: str) -> str | None:
        """What keeps somebody in danger, or who is with them, from calling for help."""
        spoken = squeeze(text)
        is_of_others = len(spoken) > _SHAPED or self._shapes.theirs.search(spoken) is not None
        found = () if is_of_others else self._shapes.obstacles.items()
        return next((name for name, shape in found if shape.search(spoken)), None)

    def task_in(self, text: str) -> str | None:
        """The task that the whole text wishes for."""
        return self._leads.get(core_of(text))

    def wish_in(self, text: str) -> str | None:
        """What the whole text says of the talk itself."""
        return self._wishes.get(core_of(text))

    def wish_sign_in(self, text: str) -> str | None:
        """The task whose sign stands in the text: 写一份 …, 帮我写 …."""
        spoken = squeeze(text)
        signs = self._signs.items()
        return next((name for name, each in signs if any(sign in spoken for sign in each)), None)

    def is_bare_letter(self, text: str) -> bool:
        """Whether a text does little more than wish for a letter: 帮我写, 帮我写申请."""
        return len(squeeze(text)) <= _BARE and self.wish_sign_in(text) == LETTER_TASK

    def is_correction(self, text: str) -> bool:
        """Whether something told before is put right: 写错了 是950, 手滑, 500太多 400吧."""
        spoken = squeeze(text)
        is_shaped = self._shapes.corrects.search(spoken) is not None
        return is_shaped or any(sign in spoken for sign in self._corrections)

    def goes_on(self, text: str) -> bool:
        """Whether the text asks to take up what was left: 接着刚才的预算."""
        spoken = squeeze(text)
        is_shaped = self._shapes.takes_up.search(spoken) is not None
        return is_shaped or any(spoken.startswith(sign) for sign in self._goes_on)

    def leaves(self, text: str) -> bool:
        """Whether a short text puts what is half filled in aside for now: 先不弄了 来单了."""
        spoken = squeeze(text)
        return len(spoken) <= _SHAPED and self._shapes.leaves.search(spoken) is not None

    def is_other_case(self, text: str) -> bool:
        """Whether the text asks for the same matter in another case."""
        return self.other_case_in(text) is not None

    def named_alone(self, text: str) -> str | None:
        """The matter that a few words name and ask nothing of: 调解 of 那调解的话呢."""
        named = _NAMED_ALONE.fullmatch(squeeze(text))
        return None if named is None or _ASKING.search(named[1]) else named[1]

    def other_case_in(self, text: str) -> str | None:
        """The other case that a text asks for, in its own words: 我妈 of 那要是我妈呢."""
        core = core_of(text)
        framed = (frame.fullmatch(core) for frame in self._frames)
        return min((each[1] for each in framed if each), key=len, default=None)


def says_nothing(text: str) -> bool:
    """Whether a text is but a sound: 啊？ 嗯……"""
    return all(character in _SOUNDS for character in squeeze(text))


def core_of(text: str) -> str:
    """A text without punctuation, spaces and the particles at its end."""
    plain = squeeze(text)
    return plain.rstrip(_TAIL) or plain


def how_much_of(name: str, text: str) -> float:
    """How much of a name stands in a text, from 0 to 1: the pairs of characters that do."""
    spoken, wanted = squeeze(text), squeeze(name)
    if wanted and wanted in spoken:
        return 1.0
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)}
    return sum(pair in spoken for pair in pairs) / len(pairs) if pairs else 0.0


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of characters of a short text, its beginning and its end among them."""
    padded = f"^{core}$" if (core := core_of(text)) else ""
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def best_likeness(spoken: frozenset[str], ways: Sequence[str]) -> float:
    """How alike the pairs of a text are to those of our most alike way of asking, from 0 to 1."""
    known = filter(None, map(_pairs_of_way, ways)) if spoken else ()
    alike = (2 * len(spoken & pairs) / (len(spoken) + len(pairs)) for pairs in known)
    return max(alike, default=0.0)


@lru_cache(_WAYS_AT_HAND)
def _pairs_of_way(way: str) -> frozenset[str]:
    """Of a way of asking, which is ours: nothing that people write is kept."""
    return pairs_of(way)


def _by_core(groups: Sayings) -> Mapping[str, str]:
    return {core_of(saying): name for name, sayings in groups.items() for saying in sayings}


def _frame(text: str) -> re.Pattern[str]:
    before, _, after = text.partition(GAP)
    ends = squeeze(after).rstrip(_TAIL)
    return re.compile(f"{re.escape(squeeze(before))}(.+){re.escape(ends)}")
