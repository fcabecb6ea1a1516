"""What checking a call gives: the rules that it touches, what to keep and what to do next."""

from dataclasses import dataclass

from bot.concepts.citation import ArticleId, Binding
from bot.concepts.facts import ContactFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedRule:
    """A conduct rule that the facts touch.

    `because` says why with the facts filled in; `depends_on` is the sentence that says on what
    it still depends (which product or lender), or None; `missing` are facts to be known yet.
    """

    id: str
    title: str
    source: ArticleId
    binding: Binding
    because: str
    depends_on: str | None
    missing: tuple[str, ...]
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCheck:
    """The outcome; `words` is what is said before the rules, `next` are ids, weightiest first.

    `ask` is the one question that decides where the story alone does not; None where it does.
    """

    facts: ContactFacts
    words: str
    ask: str | None
    rules: tuple[TouchedRule, ...]
    evidence: tuple[str, ...]
    next: tuple[str, ...]

    @property
    def urgent(self) -> bool:
        """There is physical danger, now or threatened: 110 before everything else."""
        return self.facts.urgent or "threat_violence" in self.facts.acts

    @property
    def sure(self) -> bool:
        """The story decides by itself."""
        return self.ask is None

    @property
    def clean(self) -> bool:
        """Nothing improper was told."""
        return self.facts.clean
