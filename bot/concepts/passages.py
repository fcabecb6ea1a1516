"""A passage is a block that is said only to whom it fits: by product, role and stage of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.concepts.reply import Block

KINDS = ("product", "role", "stage")
"""The facts of a case that passages depend on."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Whom a passage fits: of each kind that is named the case must have one of the values.

    `is_rest` fits whoever none of the passages just before it fitted, and ends their run.
    """

    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    is_rest: bool = False

    def admits(self, known: Mapping[str, str | None]) -> bool:
        """Whether a case with these facts is meant."""
        return all(known.get(kind) in wanted for kind, wanted in self.values.items())


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, and whom it fits; everybody without `fit`."""

    block: Block
    fit: Fit | None = None


Passages = tuple[Passage, ...]


def fitting(passages: Sequence[Passage], known: Mapping[str, str | None]) -> tuple[Block, ...]:
    """The blocks for a case: of each run of neighbouring parts all that fit, else its rest."""
    said: list[Block] = []
    has_fitted = False
    for position, passage in enumerate(passages):
        if passage.fit is None:
            said.append(passage.block)
            continue
        if position == 0 or _is_a_run_over(passages[position - 1].fit, passage.fit):
            has_fitted = False
        if passage.fit.is_rest:
            is_meant = not has_fitted
        else:
            is_meant = passage.fit.admits(known)
            has_fitted = has_fitted or is_meant
        if is_meant:
            said.append(passage.block)
    return tuple(said)


def _is_a_run_over(before: Fit | None, fit: Fit) -> bool:
    """Whether what is said to everybody, or the rest of other parts, stands between two parts."""
    return before is None or (before.is_rest and not fit.is_rest)


def variants(passages: Sequence[Passage]) -> tuple[dict[str, str | None], ...]:
    """Every case that these passages tell apart, the unknown one among them."""
    found: list[dict[str, str | None]] = [{}]
    for kind in KINDS:
        named = {
            value
            for passage in passages
            if passage.fit is not None
            for value in passage.fit.values.get(kind, ())
        }
        found = [{**case, kind: value} for case in found for value in (None, *sorted(named))]
    return tuple(found)
