"""The one door to docxtpl: a Word template and values become a Word file, the same each time.

Values are text and never template: their braces stay braces. The file names no author.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from bot.errors import KnowledgeError

_UNWRITABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_APP = "docProps/app.xml"
_EMPTY_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def fill_template(template: bytes, values: Mapping[str, object], on: date) -> bytes:
    """Fill a .docx template; KnowledgeError when the template itself is at fault.

    `on` becomes the file's date. A value may be text, a sequence or mapping of values for
    loops, or any object that says itself by `str`.
    """
    document = DocxTemplate(io.BytesIO(template))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document.render(_clean(values), environment)
    except TemplateError as error:
        raise KnowledgeError(f"template.docx：模板写错了（{error}）。") from error
    _forget_people(document, on)
    written = io.BytesIO()
    document.save(written)
    return _same_each_time(written.getvalue())


def _clean(value: Any) -> Any:
    """Without the characters that XML or a reader's eye cannot bear."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value.replace("\t", " ").replace("\r\n", "\n"))
    if isinstance(value, Mapping) and isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_clean(each) for each in value]
    return value


def _forget_people(document: Any, on: date) -> None:
    properties = document.docx.core_properties
    for name in ("author", "last_modified_by", "title", "subject", "comments", "keywords"):
        setattr(properties, name, "")
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(on, time())


def _same_each_time(document: bytes) -> bytes:
    """The same parts with a fixed time and order, without what Word notes about its owner."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = _EMPTY_APP.encode() if name == _APP else old.read(name)
            part = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return written.getvalue()
