"""Which letter is written in a matter, as far as a case has come."""

from bot.concepts.case import Case
from bot.knowledge.base import Answer


def letter_of(answer: Answer, case: Case) -> str | None:
    """The letter for the paper in hand, else for the stage, else that of the matter itself."""
    of_stage = answer.letter_at.get(case.stage or "", answer.letter)
    return answer.letter_at.get(case.paper or "", of_stage)
