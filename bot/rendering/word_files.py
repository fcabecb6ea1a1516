"""Files to hand over; what makes them takes long to load and is, when the first is made."""

from collections.abc import Mapping
from datetime import date

from bot.concepts.contact_chart import ContactChart
from bot.concepts.paper import Paper


def fill_template(template: bytes, values: Mapping[str, object], on: date) -> bytes:
    """See `bot.rendering.docx`."""
    from bot.rendering import docx

    return docx.fill_template(template, values, on)


def paper_to_docx(paper: Paper) -> bytes:
    """See `bot.rendering.paper_document`."""
    from bot.rendering import paper_document

    return paper_document.paper_to_docx(paper)


def contact_picture(chart: ContactChart) -> bytes:
    """See `bot.rendering.contact_picture`."""
    from bot.rendering import contact_picture as picture

    return picture.contact_picture(chart)
