"""What became of an answer: its value, or what is to be asked back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedAnswer:
    """Either the canonical `value`, or `problem`: the name of the utterance that asks back.

    `understood` shows how it was read; it is "" where the value stands in the very text.
    `candidate` is what a yes to a question back would mean: the lower bound of a range, an
    implausible sum, an uncertain day. `time` is the clock time that was named beside a day.
    """

    value: str | None = None
    understood: str = ""
    problem: str | None = None
    candidate: str | None = None
    time: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether the person asks us something instead, or beside: then with a `candidate`."""
        return self.problem == IS_A_QUESTION

    @property
    def is_to_confirm(self) -> bool:
        """Whether one word, yes or the right value, settles it."""
        return self.value is None and self.candidate is not None and not self.is_question


IS_A_QUESTION = "answer_is_a_question"
IS_UNKNOWN = "answer_unknown"
