"""One message of the talk: what is meant by it, after all that was said before."""

from dataclasses import replace

from bot.concepts.choice import Choice, Verb
from bot.concepts.conversation import SUMMARY, Conversation, Draft
from bot.concepts.danger import DANGER_TOPIC
from bot.concepts.understanding import Understanding
from bot.dialogue.about_talk import about_the_talk
from bot.dialogue.after_card import after_card, is_calm_again
from bot.dialogue.asking_on import AskingOn
from bot.dialogue.case_talk import CaseTalk
from bot.dialogue.corrected import corrected, settled, with_debt_noted
from bot.dialogue.forms import mended_after, on_tap, on_words, taken_up
from bot.dialogue.guesses import (
    felt_topic,
    heard_topic,
    home_of_paper,
    home_of_role,
    is_reply_asked,
    may_be_ours,
    unclear,
    unless_form_is_meant,
)
from bot.dialogue.last_day import (
    asks_how_long,
    reminder_of,
    with_court_days,
    with_last_day,
    with_whole_answer,
)
from bot.dialogue.offered import typed_choice
from bot.dialogue.paper_talk import PaperTalk
from bot.dialogue.short_words import ShortWords
from bot.dialogue.step import (
    Effect,
    Heard,
    Step,
    answer,
    follow,
    layer,
    task,
    utterance,
)
from bot.dialogue.sums_asked import sums_asked
from bot.dialogue.wishes import reminder_offered, told_of_paper, tool_wished, wished_tool
from bot.knowledge.library import Book
from bot.knowledge.tools import DEADLINE_TASK, Tool

_RECHECK = Choice(Verb.DEED, "recheck")
"""The story that was told last, checked with what is known since."""


class Dialogue:
    """The one home of the conversation: no input, no output, the same in the bot and in Rasa."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._words = ShortWords(book.talk, book.shapes)
        self._case = CaseTalk(book, self._words)
        self._papers = PaperTalk(book)
        self._asking_on = AskingOn(book, self._words, self._case)

    def next(self, heard: Heard, conversation: Conversation) -> Step:
        """What a message leads to. The conversation that comes back has heard it."""
        choice = heard.choice or (None if heard.is_public else self._typed(heard, conversation))
        if choice is not None:
            return self._on_tap(choice, heard, replace(conversation, asked=None))
        if (paper := self._papers.step(heard, conversation)) is not None:
            return paper
        if (mended := self._mended(heard, conversation)) is not None:
            return mended
        known = self._case.taken_in(heard, conversation)
        if (calmed := after_card(heard, known, self._words, self._back_to(known))) is not None:
            return calmed
        form = self._usable(known)
        is_reminder = not heard.is_public and self._words.asks_to_be_reminded(heard.text)
        if is_reminder and (reminder := reminder_of(known, self._book)) is not None:
            talk = replace(known, misses=0, unclear=())
            return Step(talk, (follow(reminder), *self._back_to(known)))
        if form is not None and not heard.is_public:
            return on_words(heard, known, form, self._book, self._words)
        step = self._on_words(heard, known, conversation)
        if heard.is_public:
            return step
        step = with_debt_noted(step, conversation.case)
        step = with_whole_answer(step, known.case, conversation.case)
        if self._case.tells_arrival(heard, known, conversation) or asks_how_long(step):
            step = with_last_day(step, known.case, self._book)
        return with_court_days(step, known.case, conversation.case, self._book)

    def _typed(self, heard: Heard, conversation: Conversation) -> Choice | None:
        """The button below the last reply that the words name, or mean."""
        offered = conversation.offered
        return typed_choice(offered, heard.text) or self._words.deed_in(heard.text, offered)

    def needs_meaning(self, heard: Heard, conversation: Conversation) -> bool:
        """Whether a model must be asked what the words mean: taps and known words need none."""
        if heard.choice is not None or not heard.text.strip():
            return False
        return heard.is_public or typed_choice(conversation.offered, heard.text) is None

    def is_calm_again(self, heard: Heard, conversation: Conversation) -> bool:
        """Whether words tell, after a card, of company or that nothing was meant."""
        return is_calm_again(heard, conversation, self._words)

    def puts_right(self, heard: Heard, conversation: Conversation) -> bool:
        """Whether words only put right what was told before."""
        return heard.choice is None and self._mended(heard, conversation) is not None

    def _mended(self, heard: Heard, conversation: Conversation) -> Step | None:
        mended = mended_after(heard, conversation, self._book, self._words)
        return mended or corrected(heard, conversation, self._case, self._book)

    def _usable(self, conversation: Conversation) -> Draft | None:
        """The form that is open, unless its tool or its question has gone since."""
        form = conversation.form
        tool = None if form is None else self._book.tools.get(form.tool)
        if form is None or tool is None:
            return None
        asked = {SUMMARY, *(question.id for question in tool.questions)}
        return form if form.asking in asked else None

    def _on_tap(self, choice: Choice, heard: Heard, conversation: Conversation) -> Step:
        match choice.verb:
            case Verb.CONTROL | Verb.PICK if self._usable(conversation) is not None:
                return on_tap(choice, heard, conversation, self._book)
            case Verb.CONTROL | Verb.PICK:
                return Step(conversation, (utterance("stale_button"),))
            case Verb.TOOL if (tool := self._book.tools.get(choice.target)) is not None:
                return Step(conversation, (task("begin", tool=tool.id),))
            case Verb.ANSWER:
                return self._meant(choice.target, heard, conversation)
            case Verb.LAYER:
                topic, _, name = choice.target.partition("__")
                return self._layer(topic, name, conversation)
            case Verb.FACT:
                return self._fact(choice.target, conversation)
        return Step(conversation, (follow(choice),))

    def _fact(self, target: str, conversation: Conversation) -> Step:
        """A fact of the case that was asked for and tapped; the matter in hand is said anew."""
        kind, _, value = target.partition("_")
        if value not in self._book.knowledge.parts.choices.get(kind, {}):
            return Step(conversation, (utterance("stale_button"),))
        told = replace(conversation.case, **{kind: value})  # type: ignore[arg-type]
        known = replace(conversation, case=told)
        return self._said_anew(known)

    def _said_anew(self, conversation: Conversation) -> Step:
        if conversation.is_story_in_hand:
            return Step(conversation, (follow(_RECHECK),))
        if (
            not conversation.was_advised_last
            and conversation.topic in self._book.knowledge.answers
        ):
            return Step(conversation, (answer(str(conversation.topic), is_anew=True),))
        return Step(conversation, (task("next_step"),))

    def _layer(self, topic: str, name: str, conversation: Conversation) -> Step:
        if topic not in self._book.knowledge.answers:
            return Step(conversation, (utterance("stale_button"),))
        return Step(replace(conversation, topic=topic, misses=0), (layer(topic, name),))

    def _on_words(self, heard: Heard, known: Conversation, before: Conversation) -> Step:
        """What was written outside of a form."""
        text, meaning = heard.text, heard.meaning
        talk = replace(known, asked=None)
        step = about_the_talk(heard, talk, self._words, self._book)
        step = step or settled(heard, talk, self._case)
        if step is not None:
            return step
        if (step := self._told(heard, known, talk, before)) is not None:
            return step
        is_named = not self._words.is_bare_letter(text)
        step = self._taken_up_again(heard, talk) or self._wished(heard, talk, is_named=is_named)
        if step is not None:
            return step
        is_planned = self._case.is_planned(talk)
        if (worked_out := sums_asked(text, talk.case, is_planned=is_planned)) is not None:
            return Step(replace(talk, misses=0), (worked_out,))
        asked = self._asking_on.step(heard, talk)
        if isinstance(asked, str):
            return self._meant(asked, heard, replace(talk, misses=0))
        if asked is not None:
            return asked
        if (lead := self._words.task_in(text)) is not None and not heard.is_public:
            return self._meant(lead, heard, talk)
        if (wished := self._wished(heard, talk, is_named=False)) is not None:
            return wished
        if meaning is None:
            is_first = not talk.waiting
            whole = "\n".join(filter(None, (talk.waiting, text)))
            wait = task("wait_for_meaning", is_first=is_first)
            return Step(replace(talk, waiting=whole), (wait,))
        return self._told_or_asked(heard, meaning, talk, before)

    def _told(
        self, heard: Heard, known: Conversation, talk: Conversation, before: Conversation
    ) -> Step | None:
        """What was told just now that is answered whatever the words ask: a fact, a danger."""
        is_anew = talk.topic is not None and self._case.tells_only_who(heard, known.case, before)
        if is_anew or self._case.answers_question(heard, known.case, before):
            return self._said_anew(talk)
        home = self._case.home_of_gone_money(heard, talk, before.case)
        if home is not None:
            gone = self._asking_on.led_to(home, heard, talk)
            return self._meant(gone, heard, talk) if isinstance(gone, str) else gone
        urgent = self._case.urgent_events(heard, talk, before.case)
        if urgent or self._case.wants_steps(heard, known.case, before.case):
            topic = self._case.home_of(urgent, talk)
            return Step(replace(talk, misses=0, topic=topic), (task("next_step"),))
        return None

    def _told_or_asked(
        self, heard: Heard, meaning: Understanding, known: Conversation, before: Conversation
    ) -> Step:
        """What stands alone: a case that is told, or a topic, a task or talk that is meant."""
        talk = known
        meaning = unless_form_is_meant(meaning, heard.text, known)
        if (home := home_of_role(meaning, known.case, before.case, self._book)) is not None:
            return self._meant(home, heard, talk)
        if self._case.is_situation(heard, meaning, known.case, before.case):
            return Step(replace(talk, misses=0), (task("next_step"),))
        if self._case.only_tells(heard, meaning, known.case, before.case):
            return self._said_anew(replace(talk, misses=0))
        if not meaning.accepted and self._case.tells_service(heard, talk):
            return self._meant(DEADLINE_TASK, heard, talk)
        paper_home = home_of_paper(meaning, heard.text, known.case, before.case, self._book)
        is_doubtful = not meaning.accepted or is_reply_asked(meaning, heard.text)
        if is_doubtful or may_be_ours(meaning, heard.text, known, self._words):
            heard_of = heard_topic(meaning, self._words, heard.text, self._book) or paper_home
            if heard_of is not None:
                return self._meant(heard_of, heard, talk)
            return self._asking_on.guess(heard, talk) or unclear(meaning, talk, self._book)
        felt = felt_topic(meaning, heard.text, self._words, self._book)
        topic = felt or paper_home or meaning.topic
        step = self._asking_on.at_once(topic, heard, talk) or self._meant(topic, heard, talk)
        return Step(step.conversation, (*step.effects, *self._second_matter(meaning)))

    def _back_to(self, conversation: Conversation) -> tuple[Effect, ...]:
        """Where the talk goes on after the card: the form that was open."""
        return (task("ask"),) if self._usable(conversation) is not None else ()

    def _taken_up_again(self, heard: Heard, conversation: Conversation) -> Step | None:
        """The tool that was left, when words ask to go on with it."""
        is_asked = self._book.controls.control_in(heard.text) == "resume"
        if heard.is_public or not (is_asked or self._words.goes_on(heard.text)):
            return None
        again = taken_up(heard, conversation, self._book)
        return None if again is None else Step(conversation, (again,))

    def _meant(self, matter: str, heard: Heard, conversation: Conversation) -> Step:
        """A topic, a task or talk that is clearly meant."""
        knowledge = self._book.knowledge
        # Whoever has gone on to something else is not thanking for the card any more.
        talk = replace(conversation.calmed(), misses=0, unclear=())
        if matter == DANGER_TOPIC:
            is_again = conversation.is_in_danger and heard.choice is None
            return Step(talk.after_card(), (answer(matter, is_again=is_again),))
        if matter in knowledge.answers:
            is_again = talk.has_shown(matter, "first") and not heard.is_public
            return Step(talk, (answer(matter, is_shorter=is_again),))
        reminder = reminder_offered(talk)
        if reminder is not None and self._words.task_in(heard.text) == matter:
            return Step(talk, (follow(reminder),))
        if matter not in knowledge.tasks:
            is_known = matter in knowledge.talk
            return Step(talk, (utterance(matter if is_known else "stale_button"),))
        if not knowledge.tasks[matter].is_tool:
            return Step(talk, (task(matter),))
        tool = self._book.tools.get(matter)
        if tool is None and heard.choice is None:
            tool = wished_tool(matter, heard.text, talk, self._book)
        if tool is None:
            return Step(talk, (task(f"choose_{matter}"),))
        said = heard.text if heard.choice is None else ""
        return Step(talk, (self._begun(tool, said, talk),))

    def _wished(self, heard: Heard, conversation: Conversation, *, is_named: bool) -> Step | None:
        """A letter, a record or a deadline that is asked for, by its name or in the matter."""
        tool = tool_wished(heard, conversation, self._words, self._book, is_named=is_named)
        if tool is None:
            return None
        talk = replace(conversation, misses=0, unclear=())
        return Step(talk, (self._begun(tool, heard.text, talk),))

    def _begun(self, tool: Tool, said: str, conversation: Conversation) -> Effect:
        told = told_of_paper(tool, said, conversation, self._book)
        return task("begin", tool=tool.id, said=said, **({"told": told} if told else {}))

    def _second_matter(self, meaning: Understanding) -> tuple[Effect, ...]:
        """Another matter of the same message is offered."""
        known = {*self._book.knowledge.answers, *self._book.knowledge.tasks}
        others = [each for each in meaning.matters if each != meaning.topic and each in known]
        is_answer = meaning.topic in self._book.knowledge.answers
        return (task("offer_second", topics=others[:1]),) if others and is_answer else ()
