"""The mark to hold: `python -m rasa_project.evaluation record` raises it."""

import pytest

from rasa_project.evaluation.measuring import knowledge_as_it_stands, measure
from rasa_project.evaluation.recorded import drops, guarded, recorded
from rasa_project.evaluation.settings import pipeline_settings
from rasa_project.folders import MODELS
from rasa_project.training import model_name

pytestmark = pytest.mark.trained


def test_no_figure_falls_below_what_was_recorded() -> None:
    model = MODELS / model_name()
    assert model.exists(), "`make train` comes first"
    measured = measure(knowledge_as_it_stands(), pipeline_settings(), model=model)
    assert drops(guarded(measured), recorded()) == []
