"""Works out what a court charges, and shows the working. Pure; sums are Decimal, in yuan."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from bot.knowledge.court_fees import FeeScale

_FEN = Decimal("0.01")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class FeePiece:
    """What one step adds: a fixed sum, or a percentage of the part of the sum in it."""

    fee: Decimal
    part: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee and the pieces it is made of; `is_capped` when they come to more."""

    value: Decimal
    pieces: tuple[FeePiece, ...]
    is_capped: bool


def fee_for(amount: Decimal, scale: FeeScale) -> Fee:
    """The fee for a sum by a graduated scale; each part is charged at its own rate."""
    pieces: list[FeePiece] = []
    reached = _NOTHING
    for step in scale.steps:
        end = amount if step.up_to is None else min(amount, step.up_to)
        part = end - reached
        if part > 0 or not pieces:
            fee = part * (step.percent or _NOTHING) / 100 if step.each is None else step.each
            pieces.append(FeePiece(fee, part, step.percent))
        reached = end
    total = sum((each.fee for each in pieces), _NOTHING)
    is_capped = scale.at_most is not None and total > scale.at_most
    value = scale.at_most if is_capped and scale.at_most is not None else total
    return Fee(value.quantize(_FEN, ROUND_HALF_UP), tuple(pieces), is_capped)


def part_of(fee: Decimal, part: Fraction) -> Decimal:
    """A share of a fee, to the fen."""
    return (fee * part.numerator / part.denominator).quantize(_FEN, ROUND_HALF_UP)
