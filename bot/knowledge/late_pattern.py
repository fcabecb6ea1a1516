"""A pattern that is compiled when it is first used: most of a start went into compiling all."""

import re
from typing import Any


class LatePattern:
    """Stands in for the `re.Pattern` of these words and flags, equal to it in every use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        """What the compiled pattern has by this name; asked for once, then at hand."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, found)
        return found

    def __eq__(self, other: object) -> bool:
        """As of patterns: the same words, the same flags."""
        if not isinstance(other, LatePattern | re.Pattern):
            return NotImplemented
        return (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self) -> int:
        """As of the words and flags."""
        return hash((self.pattern, self.flags))
