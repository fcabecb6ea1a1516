"""A plain paper to print: a title, some text, a table, some text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; with a header row where the columns need names.

    `widths` are those of the columns in proportion; without them all are equal.
    """

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands on it, from top to bottom; `is_wide` lays it across. The picture is a PNG."""

    title: str
    opening: tuple[str, ...]
    picture: bytes | None = None
    table: Table
    closing: tuple[str, ...]
    is_wide: bool = False
