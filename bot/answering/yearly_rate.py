"""The true rate of a loan with equal monthly payments: the only door to pyxirr.

The rate is the internal rate of return: that at which what is paid is worth what was received.
Nominal is twelve times the monthly rate, effective with interest on interest.
"""

from dataclasses import dataclass
from decimal import Decimal

import pyxirr

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class YearlyRate:
    """In percent; `monthly` is of a month, the others of a year."""

    monthly: float
    nominal: float
    effective: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """What was received at once, less `fees` paid beside it, and what is paid each month."""

    received: Decimal
    payment: Decimal
    months: int
    fees: Decimal = Decimal(0)

    @property
    def in_hand(self) -> Decimal:
        """What was there to spend."""
        return self.received - self.fees

    @property
    def cost(self) -> Decimal:
        """By how much all that is paid exceeds what was received; below 0 when it is less."""
        return self.payment * self.months - self.in_hand


def yearly_rate(loan: Loan) -> YearlyRate | None:
    """The rate of a loan that is paid for; None where nothing was in hand or nothing is gained."""
    if loan.in_hand <= 0 or loan.months < 1 or loan.cost <= 0:
        return None
    flows = [-float(loan.in_hand), *[float(loan.payment)] * loan.months]
    monthly = pyxirr.irr(flows)
    if monthly is None:
        return None
    effective = (1 + monthly) ** _MONTHS - 1
    return YearlyRate(monthly * 100, monthly * _MONTHS * 100, effective * 100)
