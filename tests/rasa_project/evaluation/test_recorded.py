"""The mark to hold: `python -m rasa_project.evaluation record` raises it."""

from rasa_project.evaluation.measuring import knowledge_as_it_stands, measure
from rasa_project.evaluation.recorded import drops, guarded, recorded
from rasa_project.evaluation.settings import pipeline_settings


def test_no_figure_falls_below_what_was_recorded() -> None:
    measured = measure(knowledge_as_it_stands(), pipeline_settings(), is_cross_validated=False)
    assert drops(guarded(measured), recorded()) == []
