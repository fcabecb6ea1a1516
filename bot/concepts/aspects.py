"""Which side of a matter a follow-up asks for."""

ANSWERED_ASPECTS = (
    "why",
    "how",
    "say",
    "how_long",
    "needed",
    "where",
    "cost",
    "fails",
    "effect",
    "doubt",
    "other_case",
)
"""Those that an answer has words of its own for."""

SPOKEN_ASPECTS = ("simpler", "again", "more", "next")
"""Those that ask for the same matter in another way."""

ASPECTS = (*ANSWERED_ASPECTS, *SPOKEN_ASPECTS)

TAUGHT_WAYS = 9
"""Of the ways of asking of one entry, so many teach the models; the further ones, often two or
three words long, are compared by their letters alone: they would teach an aspect little else."""
