"""Writes words into YAML as a person would, so that they are read back as they are."""

import json
import re

_PLAIN = re.compile(
    r"[\w，。；：、（）“”《》！？…—·～〔〕][\w，。；：、（）“”《》！？…—·～〔〕 %/.+\[\]#]*"
)
_NO_WORDS = re.compile(r"[\d._+:-]*|null|true|false|yes|no|on|off|~", re.IGNORECASE)
_BROKEN = re.compile(r" #|: |\[\[|\{\{|[\[\]] | $|:$")


def yaml_scalar(text: str) -> str:
    """One value on one line: plain where that is safe, in quotes where not, null for nothing."""
    words = " ".join(text.split())
    if not words:
        return "null"
    is_plain = _PLAIN.fullmatch(words) and not _NO_WORDS.fullmatch(words)
    return (
        words if is_plain and not _BROKEN.search(words) else json.dumps(words, ensure_ascii=False)
    )
