"""A site that people read without us: its pages, their parts, what leads where."""

from dataclasses import dataclass
from datetime import date

from bot.concepts.reply import Block


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another page, by its path within the site."""

    words: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSection:
    """A part of a page: its title ("" for none), blocks, and links below. `anchor` names it."""

    title: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """One page. `kind` is the label of its group, `dates` says when it was compared.

    `document` is a Word file beside it; `asked` are ways of asking that find it, and not shown.
    """

    path: str
    title: str
    kind: str
    dates: str
    sections: tuple[SiteSection, ...]
    document: bytes | None = None
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Every page, the groups of answers for the first page, and what is said on each."""

    version: str
    made_on: date
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    pages: tuple[SitePage, ...]
