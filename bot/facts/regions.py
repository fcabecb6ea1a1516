"""Where somebody says that they live."""

from bot.facts.telling import Found, Telling


def find_region(telling: Telling) -> Found[str] | None:
    """The first place said to be where they are; alone it answers the question where."""
    words, text = telling.words.region, telling.story.text
    for place in telling.story.find(words.name):
        before = telling.story.before(place, telling.story.clause(place))
        is_told = words.before.search(before) or words.behind.match(text, place.end)
        is_all = place.start == 0 and place.end == len(text)
        if is_all or (is_told and not telling.is_mistaken(place)):
            return Found(telling.story.as_written(place), place)
    return None
