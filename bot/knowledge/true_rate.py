"""How the true rate of a loan is told, and beside which lines; the reader of true_rate.yml."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import Review
from bot.knowledge.faults import Fault, raise_if_any
from bot.knowledge.file_reader import read_text
from bot.knowledge.yaml_reader import read_yaml

FILE = "true_rate.yml"
REST = "rest"
"""Stands among products for a loan of which nothing is known."""


@dataclass(frozen=True, slots=True)
class RateLine:
    """What holds for loans of these kinds; `limit` is the figure, in percent, to compare with.

    `button` offers the line to somebody who has not said what loan it is.
    """

    products: tuple[str, ...]
    button: str | None
    limit: str | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueRateBook:
    """All of true_rate.yml. Above `doubtful_percent` a year the sums are asked back."""

    months_at_most: int
    doubtful_percent: int
    words: Mapping[str, str]
    lines: tuple[RateLine, ...]
    next: tuple[str, ...]
    review: Review
    text: str

    def line_for(self, product: str | None) -> RateLine:
        """The line for loans of this kind; that for unknown ones where there is no other."""
        by_product = {name: line for line in self.lines for name in line.products}
        return by_product.get(product or REST, by_product[REST])


def load_true_rate(folder: Path) -> TrueRateBook:
    """Read knowledge/true_rate.yml; KnowledgeError with every fault when it cannot be used."""
    found: list[Fault] = []
    text = read_text(folder, FILE, found)
    raise_if_any(found)
    book, faults = read_true_rate(text or "")
    raise_if_any(faults)
    if book is None:
        raise AssertionError(FILE)
    return book


def read_true_rate(text: str) -> tuple[TrueRateBook | None, list[Fault]]:
    """Read the text of true_rate.yml and say what is wrong with its shape."""
    data, lines, faults = read_yaml(text, FILE, "true_rate")
    if data is None:
        return None, faults
    products = [each for line in data["lines"] for each in line["products"]]
    for each in sorted({each for each in products if products.count(each) > 1}):
        faults.append(Fault(FILE, lines["lines",], f"{each} 写了两次，请删去一个。"))
    if REST not in products:
        faults.append(Fault(FILE, lines["lines",], f"要有一段写给 {REST}（不知道是哪种贷款）。"))
    book = TrueRateBook(
        months_at_most=data["months_at_most"],
        doubtful_percent=data["doubtful_percent"],
        words=data["words"],
        lines=tuple(
            RateLine(tuple(line["products"]), line["button"], line["limit"], line["says"])
            for line in data["lines"]
        ),
        next=tuple(data["next"]),
        review=Review(data["reviewed_on"], data["review_by"]),
        text=text,
    )
    return book, faults
