import yaml

from rasa_project.evaluation.questions import Question
from rasa_project.evaluation.rasa_questions import as_test_data


def test_questions_become_test_data_of_rasa_and_the_rest_falls_back() -> None:
    written = as_test_data(
        [Question("半夜打[电话", "call_hours"), Question("今天天气", "out_of_scope")]
    )
    found = {each["intent"]: each["examples"] for each in yaml.safe_load(written)["nlu"]}
    assert found == {"call_hours": "- 半夜打[电话\n", "nlu_fallback": "- 今天天气\n"}
