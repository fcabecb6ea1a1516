from bot.answering.tasks.all_tasks import checker_of
from bot.concepts.clauses import HeardClause
from bot.knowledge.library import open_book
from rasa_project.evaluation.stories import story_figures
from rasa_project.folders import KNOWLEDGE

_NOTHING = {"time": None, "night": None, "count": None, "per": None, "lender": None}


def test_the_figures_of_stories_tell_what_was_found_and_what_was_cleared() -> None:
    stories = [
        {
            "text": "他打电话骂我是废物",
            "facts": {**_NOTHING, "contacted": ["self"], "acts": ["insult"], "channel": "phone"},
            "clean": False,
            "urgent": False,
            "laws": ["civil-code"],
        },
        {
            "text": "打电话问我几点有空",
            "facts": {
                **_NOTHING,
                "contacted": ["self"],
                "acts": ["threat_violence"],
                "channel": "phone",
            },
            "clean": False,
            "urgent": True,
        },
    ]
    heard = HeardClause(likely={"insult": 0.3, "improper": 0.9})
    figures = story_figures(stories, checker_of(open_book(KNOWLEDGE)), lambda _: [heard])
    assert figures.stories == 2
    assert (figures.acts_precision, figures.acts_recall, figures.acts_exact) == (1.0, 0.5, 0.5)
    assert (figures.false_all_clear, figures.threats_cleared) == (0.0, 0.0)
    assert (figures.missed, figures.asked_back) == (0.5, 0.5)
