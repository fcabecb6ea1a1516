"""What to say where no meaning was sure enough: the likeliest answer, or a question back."""

import re
from dataclasses import replace

from bot.concepts.case import Case
from bot.concepts.conversation import STORY_TOOL, Conversation
from bot.concepts.danger import DANGER_TOPIC
from bot.concepts.missed import OUT_OF_SCOPE
from bot.concepts.understanding import Understanding
from bot.dialogue.case_talk import ADVISED
from bot.dialogue.follow_ups import FEELINGS, LONGEST
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Step, answer, task
from bot.facts.answer_signs import is_question
from bot.facts.hearing import TOLD_FROM, hears_threat
from bot.knowledge.library import Book
from bot.safety.normalizing import squeeze

_SURE = 0.8
"""Likelihood from which a topic counts, though it speaks to another role than theirs."""

_NEAR_THE_MARK = 5
"""So many likeliest topics may be meant by what was heard."""

_THOUGHT_OF = 0.05
"""Likelihood from which a topic may be meant besides the one that is clear."""

OFFERED_AT_MOST = 3
_FITTING, _DANGEROUS = 0.08, 0.3
"""Likelihood from which a topic is offered, and from which danger to life is."""

_GUESSED_FROM, _FAR, _LIKELY = 0.3, 1.5, 0.4
"""Likelihood from which a topic is answered by its name where it is so many times as likely as
the next, and from which it is anyhow: more than half of these are right on the seen questions.
The others are offered below, so a wrong guess costs one tap."""

_REPLIES = frozenset({"affirm", "deny", "stop"})
"""Talk that answers us: who asks something means another matter by the same words."""

_NOT_OURS = 0.8
"""Likelihood from which few words in the middle of a matter are about nothing of ours."""


_BUDGET = "plan_budget"
_RECKONS = re.compile(
    "[算计表列排盘理测拆摊]|预算|收支|规划|方案|安排|清单|评估|(?:能|可以|还得起|拿得出|该)[^,，。]{0,3}(?:多少|几多|好多|几百|几千)"
)
"""What names the long form of a budget in a few words, in the middle of another matter."""
_FEW_WORDS = 15
_DEATH = "death"


def unless_form_is_meant(meaning: Understanding, text: str, talk: Conversation) -> Understanding:
    """As heard; few words amid a matter begin no form of twelve questions by chance."""
    is_short = talk.topic is not None and len(text) <= _FEW_WORDS
    if meaning.topic != _BUDGET or not is_short or _RECKONS.search(text):
        return meaning
    return replace(meaning, accepted=False)


def is_reply_asked(meaning: Understanding, text: str) -> bool:
    """Whether what seems to answer us asks something: 我不要中不中, 算了 说咋办."""
    return meaning.topic in _REPLIES and is_question(text)


def may_be_ours(meaning: Understanding, text: str, talk: Conversation, words: ShortWords) -> bool:
    """Whether what seems to be none of ours tells of a threat, of a call, or asks on."""
    if meaning.topic != OUT_OF_SCOPE:
        return False
    is_asked_on = talk.topic is not None and len(text) <= LONGEST
    is_doubtful = meaning.confidence < _NOT_OURS
    is_told = is_asked_on or words.tells_of_call(text)
    return hears_threat(meaning.heard) or (is_told and is_doubtful)


def unclear(meaning: Understanding, conversation: Conversation, book: Book) -> Step:
    """Guess, or ask back with what fits; after a second time in a row, people who can help."""
    offered = nearest_matters(meaning, book) or conversation.unclear
    if (guess := best_guess(meaning, book)) is not None:
        talk = replace(conversation, misses=0, unclear=offered)
        others = [each for each in offered if each != guess]
        return Step(talk, (answer(guess, others=others),))
    if conversation.misses:
        fresh = replace(conversation, misses=0, unclear=offered)
        return Step(fresh, (task("give_up", topics=list(offered)),))
    missed = replace(conversation, misses=1, unclear=offered)
    matter = conversation.topic
    in_hand = {"matter": matter} if matter in book.knowledge.answers else {}
    return Step(missed, (task("ask_back", topics=list(offered), **in_hand),))


def home_of_role(meaning: Understanding, case: Case, before: Case, book: Book) -> str | None:
    """The topic that speaks to who is not the debtor, where nothing else is clear.

    Of the topics that tell several roles what they owe, only that of their own is meant; where
    somebody died, that of inheritance.
    """
    homes = book.shapes.homes
    home = homes.get(f"{case.role}__{case.stage}", homes.get(case.role or ""))
    is_new = case.role != before.role
    is_for_advice = meaning.topic in ADVISED or not meaning.accepted
    is_wanted = is_new and home is not None and is_for_advice
    told = _home_of_event(meaning, case, before, book)
    if told is not None and (meaning.topic in homes.values() or is_wanted):
        return told
    if is_wanted:
        return home
    if home is None or meaning.topic == home:
        return None
    if meaning.accepted:
        is_of_other = meaning.topic in homes.values() and meaning.topic != homes["guarantor"]
        return home if is_of_other and meaning.confidence < _SURE else None
    answers = book.knowledge.answers
    likely = [each.topic for each in meaning.ranking if each.topic in answers][:OFFERED_AT_MOST]
    is_of_role = any(each in homes.values() for each in likely[:1])
    return home if home in likely or is_of_role else None


def home_of_paper(
    meaning: Understanding, text: str, case: Case, before: Case, book: Book
) -> str | None:
    """The topic of the paper that was told just now, where that of another paper was heard."""
    homes = {each.next[0] for each in book.papers.kinds.values() if each.stage}
    spoken = squeeze(text)
    named = (name for name, sign in book.shapes.named.items() if sign.search(spoken))
    if meaning.topic in homes and (told := next(named, None)) is not None:
        return told
    kind = book.papers.kinds.get(case.paper or "")
    if kind is None or kind.stage is None or case.paper == before.paper:
        return None
    is_told = len(text) <= LONGEST and not is_question(text) and case.stage == kind.stage
    home = kind.next[0]
    is_known = home in book.knowledge.answers
    return home if is_told and is_known and meaning.topic in homes else None


def _home_of_event(meaning: Understanding, case: Case, before: Case, book: Book) -> str | None:
    """The topic of what was told to have happened: just now, or where it is thought of too."""
    likely = {each.topic for each in meaning.ranking if each.confidence >= _THOUGHT_OF}
    if case == before and meaning.topic == book.shapes.homes.get(case.role or ""):
        # What relatives owe is asked on of the one who died.
        likely |= {book.shapes.event_homes.get(_DEATH, "")}
    for event, topic in book.shapes.event_homes.items():
        if event in case.events and (event not in before.events or topic in likely):
            return topic
    return None


def heard_topic(meaning: Understanding, words: ShortWords, text: str, book: Book) -> str | None:
    """The topic of what the collectors did, or of how the person feels; None of neither.

    Only where no topic is understood: what was done is heard clause by clause. A threat makes it
    a story to be checked, whatever the topics are; so does a call that seems none of ours.
    """
    is_strange = meaning.topic == OUT_OF_SCOPE and words.tells_of_call(text)
    if hears_threat(meaning.heard) or is_strange:
        return STORY_TOOL
    likely = {each.topic for each in meaning.ranking[:_NEAR_THE_MARK]}
    for act, topic in book.shapes.acts.items():
        if topic in likely and any(each.of(act) >= TOLD_FROM for each in meaning.heard):
            return topic
    if words.tells_feelings(text) and FEELINGS in likely:
        return FEELINGS
    return None


def nearest_matters(meaning: Understanding, book: Book) -> tuple[str, ...]:
    """The best guesses of a message that was not clear, none of them far-fetched."""
    known = {*book.knowledge.answers, *book.knowledge.tasks}
    likely = [
        each.topic
        for each in meaning.ranking
        if each.confidence >= (_DANGEROUS if each.topic == DANGER_TOPIC else _FITTING)
    ]
    return tuple(each for each in likely if each in known)[:OFFERED_AT_MOST]


def best_guess(meaning: Understanding, book: Book) -> str | None:
    """The one topic that is likelier than any other, though not surely meant."""
    # What is no matter of ours was not understood either: it takes no share from the others.
    ranked = (each for each in meaning.ranking if each.topic not in book.knowledge.talk)
    likely = [each for each in ranked if each.confidence > 0][:2]
    if not likely or likely[0].topic not in book.knowledge.answers:
        return None
    second = likely[1].confidence if len(likely) > 1 else 0.0
    is_far = likely[0].confidence >= min(_LIKELY, max(_GUESSED_FROM, _FAR * second))
    return likely[0].topic if is_far else None


def felt_topic(meaning: Understanding, text: str, words: ShortWords, book: Book) -> str | None:
    """The topic of feelings, where a text tells nothing else and no topic is clear."""
    is_clear = meaning.confidence >= _SURE or meaning.topic not in book.knowledge.answers
    is_felt = meaning.topic != DANGER_TOPIC and words.tells_only_feelings(text)
    return FEELINGS if is_felt and not is_clear else None
