"""One spelling for matching: NFKC, simplified, lower case. Never for letters or records."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_NOT_SPOKEN = re.compile(r"[\W_]+")


def normalize(text: str) -> str:
    """Full width to half, Traditional to Simplified, lower case; punctuation stays."""
    # Half of a broken character, as a phone or a pipe may send it, must not stop the watch.
    whole = text.encode(errors="replace").decode()
    return str(_converter().convert(unicodedata.normalize("NFKC", whole))).lower()


def squeeze(text: str) -> str:
    """`normalize`, and nothing left but letters, digits and Chinese characters."""
    return _NOT_SPOKEN.sub("", normalize(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
