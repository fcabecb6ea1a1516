"""What the part marks of content may say, as parts.yml defines it."""

from collections.abc import Mapping
from dataclasses import dataclass

PAPER = "paper"
"""What is asked for beside the kinds of 〔…〕: which ruling it is that came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartNames:
    """What 〔…〕 may say: the kind and the value of each label; how each kind is asked for."""

    rest: str
    labels: Mapping[str, tuple[str, str]]
    asks: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]


NO_PARTS = PartNames(rest="", labels={}, asks={}, choices={})
