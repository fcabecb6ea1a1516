"""Who writes: the debtor, or somebody who is not."""

from bot.facts.telling import Found, Telling

_IMPLIED = "implied"


def find_role(telling: Telling) -> Found[str] | None:
    """The first role of the list that is told; without any, a debt told without a subject."""
    for name in telling.words.roles.entries:
        if name == _IMPLIED:
            continue
        for place in telling.done(telling.words.roles, name):
            return Found(name, place)
    return _implied(telling)


def _implied(telling: Telling) -> Found[str] | None:
    """欠招行三万: who names nobody speaks of themselves."""
    if telling.words.somebody.search(telling.story.text):
        return None
    for place in telling.done(telling.words.roles, _IMPLIED):
        return Found("debtor", place)
    return None
