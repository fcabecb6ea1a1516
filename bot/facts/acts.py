"""Which acts and circumstances a story tells, without those denied or only asked about."""

import re

from bot.concepts.fact_words import ActWords, FactWords
from bot.facts.stance import Stance, stance_of
from bot.facts.story import Span, Story


def find_acts(story: Story, words: FactWords) -> set[str]:
    """The acts told; an announcement counts as the act that its entry names, or not at all."""
    return {act for entry in words.acts for act in _told(story, entry, words)}


def find_signs(story: Story, words: FactWords) -> set[str]:
    """The circumstances told as done."""
    return {sign for entry in words.signs for sign in _told(story, entry, words)}


def find_denied(story: Story, words: FactWords) -> set[str]:
    """The acts and circumstances that are told not to have been."""
    return {
        entry.id
        for entry in (*words.acts, *words.signs)
        if not entry.is_denial
        for place in _places(story, entry.told, entry.not_told)
        if stance_of(story, place, words.stance) is Stance.DENIED
    }


def _told(story: Story, entry: ActWords, words: FactWords) -> set[str]:
    found: set[str] = set()
    for place in _places(story, entry.told, entry.not_told):
        stance = stance_of(story, place, words.stance)
        if stance is Stance.DONE or (stance is Stance.DENIED and entry.is_denial):
            found.add(entry.id)
        elif stance is Stance.ANNOUNCED and entry.announced_as:
            found.add(entry.announced_as)
    return found


def _places(story: Story, told: re.Pattern[str], not_told: re.Pattern[str] | None) -> list[Span]:
    """Where it is told, outside the spans that only look like it."""
    shadows = list(story.find(not_told)) if not_told else []
    return [
        place
        for place in story.find(told)
        if not any(each.start <= place.start and place.end <= each.end for each in shadows)
    ]
