"""Word files; the libraries that write them take long to load and are, when the first is made."""

from collections.abc import Mapping
from datetime import date

from bot.concepts.paper import Paper


def fill_template(template: bytes, values: Mapping[str, object], on: date) -> bytes:
    """See `bot.rendering.docx`."""
    from bot.rendering import docx

    return docx.fill_template(template, values, on)


def paper_to_docx(paper: Paper) -> bytes:
    """See `bot.rendering.paper_document`."""
    from bot.rendering import paper_document

    return paper_document.paper_to_docx(paper)
