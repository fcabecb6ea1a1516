"""What is asked next about the matter in hand, or about the talk where there is none."""

from dataclasses import replace

from bot.concepts.aspects import SPOKEN_ASPECTS
from bot.concepts.conversation import Conversation
from bot.concepts.passages import KINDS
from bot.dialogue.case_talk import FEW_WORDS, CaseTalk
from bot.dialogue.follow_ups import (
    Following,
    asked_again,
    asked_at_once,
    asks_for_entry,
    following,
    guessed_entry,
    nearest_entry,
)
from bot.dialogue.guesses import best_guess
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import Heard, Step, answer, layer, task, utterance
from bot.knowledge.base import Answer
from bot.knowledge.library import Book

_SURE_ASPECT = 0.6
_FIRST = "first"


class AskingOn:
    """Reads short messages that lean on what was said before."""

    def __init__(self, book: Book, words: ShortWords, case: CaseTalk) -> None:
        self._book = book
        self._words = words
        self._case = case

    def step(self, heard: Heard, conversation: Conversation) -> Step | str | None:
        """What to say, the matter that is led to, or None where the message stands alone."""
        if (lead := self._words.lead_in(heard.text)) is not None and not heard.is_public:
            return self.led_to(lead, heard, conversation)
        knowledge = self._book.knowledge
        matter = knowledge.answers.get(conversation.topic or "")
        if matter is None:
            return self._about_nothing(heard, conversation)
        if self._is_of_other_paper(heard, matter):
            return None
        matters = {*knowledge.answers, *knowledge.tasks}
        meant = following(heard.text, matter, heard.meaning, self._words, matters)
        if meant is None or self._asks_it_first(heard, meant, conversation):
            return None
        if self._is_empty(meant, matter, heard):
            return None
        if meant.lead is not None:
            return meant.lead
        return self._of_aspect(meant, matter.id, heard, replace(conversation, misses=0))

    def at_once(self, topic: str, heard: Heard, conversation: Conversation) -> Step | None:
        """The side of a topic that is asked for before the topic itself: 投诉要花钱吗."""
        answer_of, meaning = self._book.knowledge.answers.get(topic), heard.meaning
        if answer_of is None or meaning is None or heard.is_public:
            return None
        meant = asked_at_once(heard.text, answer_of, meaning)
        if meant is None and conversation.has_shown(topic, _FIRST):
            meant = asked_again(heard.text, answer_of, meaning)
        talk = replace(conversation.calmed(), misses=0, unclear=())
        return None if meant is None else self._of_aspect(meant, topic, heard, talk)

    def guess(self, heard: Heard, conversation: Conversation) -> Step | None:
        """What is asked of the matter in hand, where nothing is clear and one question is near."""
        matter = self._book.knowledge.answers.get(conversation.topic or "")
        if matter is None or heard.meaning is None or heard.is_public:
            return None
        rival = best_guess(heard.meaning, self._book)
        meant = guessed_entry(heard.text, matter, heard.meaning, rival)
        if meant is None or meant.lead is not None:
            return None
        talk = replace(conversation, misses=0, unclear=())
        step = self._of_aspect(meant, matter.id, heard, talk)
        return replace(step, effects=(*step.effects, utterance("guessed_side")))

    def led_to(self, lead: str, heard: Heard, conversation: Conversation) -> Step | str:
        """A matter that the shape of the words means; its nearest entry where it was told."""
        answer_of = self._book.knowledge.answers.get(lead)
        if answer_of is None or not conversation.has_shown(lead, _FIRST):
            return lead
        meant = nearest_entry(heard.text, answer_of, heard.meaning)
        return lead if meant is None else self._of_aspect(meant, lead, heard, conversation)

    def _is_of_other_paper(self, heard: Heard, matter: Answer) -> bool:
        """Whether a paper with a topic of its own is told and meant: its days come first."""
        told = self._case.told_in(heard).paper
        kind = self._book.papers.kinds.get(told or "")
        meant = heard.meaning.topic if heard.meaning is not None else None
        return kind is not None and kind.next[0] == meant != matter.id

    def _is_empty(self, meant: Following, matter: Answer, heard: Heard) -> bool:
        """Whether the matter has no word on what seems to be asked, and another may have.

        Of another case that is asked about, something must be told.
        """
        meaning = heard.meaning
        if meant.aspect in SPOKEN_ASPECTS or meant.entry is not None or meant.lead is not None:
            return False
        if meaning is None or not meaning.ranking or self._words.aspect_in(heard.text):
            return False
        if meant.aspect == "other_case":
            return not self._case.told_in(heard).told
        has_word = any(entry.aspect == meant.aspect for entry in matter.follow_ups)
        return not has_word and meaning.ranking[0].topic in self._book.knowledge.answers

    def _asks_it_first(self, heard: Heard, meant: Following, conversation: Conversation) -> bool:
        """Whether the question of the topic itself is asked, which was only led to so far."""
        meaning, topic = heard.meaning, str(conversation.topic)
        if meaning is None or not meaning.accepted or meaning.topic != topic:
            return False
        is_own = meant.entry is not None or self._words.aspect_in(heard.text) is not None
        return not is_own and not conversation.has_shown(topic, _FIRST)

    def _about_nothing(self, heard: Heard, conversation: Conversation) -> Step | None:
        """What is asked about the talk where no answer is in hand."""
        aspect, meaning = self._words.aspect_in(heard.text), heard.meaning
        if aspect is None and meaning is not None and meaning.aspect_confidence >= _SURE_ASPECT:
            aspect = meaning.aspect if len(heard.text) <= FEW_WORDS else None
        shaped = self._words.shapes_in(heard.text)
        if aspect == "next" or "next" in shaped:
            return Step(conversation, (task("next_step", aspect="next"),))
        if aspect == "simpler" or "simpler" in shaped:
            plain = replace(conversation, is_plain=True)
            return Step(plain, (utterance("plain_on", aspect="simpler"),))
        return None

    def _of_aspect(
        self, meant: Following, topic: str, heard: Heard, conversation: Conversation
    ) -> Step:
        match meant.aspect:
            case "next":
                return Step(conversation, (task("next_step", aspect="next"),))
            case "simpler":
                plain = replace(conversation, is_plain=True)
                return Step(plain, (answer(topic, is_shorter=True, aspect="simpler"),))
            case "again":
                return Step(conversation, (answer(topic, is_shorter=True, aspect="again"),))
            case "more":
                return Step(conversation, (layer(topic, "more"),))
        # Whoever asks on about a matter has gone on from the card for danger.
        talk = conversation.calmed()
        is_other = meant.entry is None or self._words.is_other_case(heard.text)
        if meant.aspect == "other_case" and is_other:
            other = self._case.told_in(heard)
            named = {kind: getattr(other, kind) for kind in KINDS if getattr(other, kind)}
            if named:
                return Step(talk, (answer(topic, other=named),))
        again = {"is_asked": True} if self._is_asked_again(meant, topic, heard, talk) else {}
        return Step(talk, (layer(topic, meant.aspect, entry=meant.entry, **again),))

    def _is_asked_again(
        self, meant: Following, topic: str, heard: Heard, talk: Conversation
    ) -> bool:
        """Whether an entry that was told before is asked for in its own words."""
        entry = meant.entry
        if entry is None or not talk.has_shown(topic, f"{meant.aspect}_{entry}"):
            return False
        return asks_for_entry(
            entry, heard.text, self._book.knowledge.answers[topic], heard.meaning
        )
