"""Brings knowledge/ to Rasa: examples and rules, without a generated file."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Optional

# Before our components: they make themselves known to its registry.
import rasa.engine.recipes.default_recipe  # noqa: F401
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.concepts.aspects import TAUGHT_WAYS
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from rasa_project.components.aspect_classifier import ASPECT, PLACE
from rasa_project.components.clause_reader import annotated_clauses
from rasa_project.components.danger_classifier import DANGER, ORDINARY
from rasa_project.components.word_lists import read_word_lists
from rasa_project.folders import KNOWLEDGE

NOT_TYPED = "\ue000"
"""Rasa wants an example of every intent, also of the one that only our buttons send: a character
of the private use area, which means nothing and is left out of training."""


class KnowledgeImporter(TrainingDataImporter):
    """One intent and one rule for each topic, talk and task; and what belongs to no intent."""

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Any] = None,
        **kwargs: Any,
    ) -> None:
        """Rasa gives the paths of the project's own files, which are not needed here."""

    @cached_property
    def _knowledge(self) -> KnowledgeBase:
        return load_knowledge(KNOWLEDGE)

    def get_config(self) -> dict[str, Any]:
        """Nothing: the pipeline stands in config.yml."""
        return {}

    def get_config_file_for_auto_config(self) -> Optional[str]:
        """Nothing: no part of the configuration is left to Rasa."""
        return None

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The ways people ask, as examples of their intent; and what belongs to no intent."""
        return TrainingData(
            [
                Message.build(text=example, intent=matter)
                for matter, examples in self._knowledge.examples().items()
                for example in examples
            ]
            + [Message.build(text=NOT_TYPED, intent="button")]
            + [*messages_of_no_intent(self._knowledge)]
        )

    def get_domain(self) -> Domain:
        """An intent for each topic, talk and task."""
        return Domain.from_dict({"intents": list(self._knowledge.examples())})

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """For each intent the same rule: the dialogue answers it."""
        rules = [
            {"rule": matter, "steps": [{"intent": matter}, {"action": "action_converse"}]}
            for matter in self._knowledge.examples()
        ]
        reader = YAMLStoryReader()
        return StoryGraph(reader.read_from_parsed_yaml({"rules": rules}))

    def get_conversation_tests(self) -> StoryGraph:
        """Nothing: test stories stand in tests/."""
        return StoryGraph([])


def messages_of_no_intent(knowledge: KnowledgeBase) -> Iterator[Message]:
    """What only sounds like danger, ordinary talk, and ways of asking next."""
    lists = read_word_lists(KNOWLEDGE)
    for level, texts in lists.danger.items():
        yield from (Message({TEXT: text, DANGER: level}) for text in texts)
    told = [clause.says for clause in annotated_clauses() if not clause.is_danger]
    yield from (Message({TEXT: text, DANGER: ORDINARY}) for text in told)
    for aspect, texts in lists.aspects.items():
        yield from (Message({TEXT: text, ASPECT: aspect}) for text in texts)
    yield from _asked_next(knowledge)


def _asked_next(knowledge: KnowledgeBase) -> Iterator[Message]:
    """What is asked next of each topic, with its aspect and its place."""
    for answer in knowledge.answers.values():
        for number, entry in enumerate(answer.follow_ups):
            place = f"{answer.id}#{number}"
            for text in entry.asks[:TAUGHT_WAYS]:
                yield Message({TEXT: text, ASPECT: entry.aspect, PLACE: place})
            for lead, ways in entry.leads.items():
                for text in ways:
                    yield Message({TEXT: text, ASPECT: entry.aspect, PLACE: f"{place}>{lead}"})
