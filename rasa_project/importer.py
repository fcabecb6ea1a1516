"""Brings knowledge/ to Rasa: examples, responses and rules, without a generated file."""

from datetime import datetime
from functools import cached_property
from typing import Any, Optional

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.concepts.clock import SHANGHAI
from bot.concepts.passages import fitting
from bot.concepts.reply import Block, paragraph
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.knowledge.wording import put_into_words
from bot.rendering.plain_text import render_plain_text
from rasa_project.components.danger_classifier import DANGER
from rasa_project.components.word_lists import read_word_lists
from rasa_project.folders import KNOWLEDGE

NOT_TYPED = "\ue000"
"""Rasa wants an example of every intent, also of the one that only our buttons send: a character
of the private use area, which means nothing and is left out of training."""


class KnowledgeImporter(TrainingDataImporter):
    """One intent, one response and one rule for each topic, talk and task."""

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
        """The ways people ask, as examples of their intent; and what only sounds like danger."""
        return TrainingData(
            [
                Message.build(text=example, intent=matter)
                for matter, examples in self._knowledge.examples().items()
                for example in examples
            ]
            + [Message.build(text=NOT_TYPED, intent="button")]
            + [
                Message({TEXT: text, DANGER: level})
                for level, texts in read_word_lists(KNOWLEDGE).danger.items()
                for text in texts
            ]
        )

    def get_domain(self) -> Domain:
        """Intents and responses. A response names its page, so that the bot shows it richly."""
        responses = {f"utter_{matter}": [self._response(matter)] for matter in self._said()}
        return Domain.from_dict(
            {"intents": list(self._knowledge.examples()), "responses": responses}
        )

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """For each intent its rule: it is answered at once, or begins a tool."""
        answered: list[list[dict[str, str]]] = [
            [{"intent": matter}, {"action": f"utter_{matter}"}, {"action": "action_after_answer"}]
            for matter in self._said()
        ]
        begun = [
            [
                {"intent": task.id},
                {"action": "action_begin_tool"},
                {"action": "tool_form"},
                {"active_loop": "tool_form"},
            ]
            for task in self._knowledge.tasks.values()
            if task.is_tool
        ]
        rules = [{"rule": steps[0]["intent"], "steps": steps} for steps in [*answered, *begun]]
        reader = YAMLStoryReader()
        return StoryGraph(reader.read_from_parsed_yaml({"rules": rules}))

    def get_conversation_tests(self) -> StoryGraph:
        """Nothing: test stories stand in tests/."""
        return StoryGraph([])

    def _said(self) -> list[str]:
        """What is answered at once: all but the tools, which ask first."""
        tasks = self._knowledge.tasks
        return [
            matter
            for matter in self._knowledge.examples()
            if matter not in tasks or not tasks[matter].is_tool
        ]

    def _response(self, matter: str) -> dict[str, Any]:
        knowledge = self._knowledge
        if matter in knowledge.answers:
            answer = knowledge.answers[matter]
            sections = (*answer.short, *answer.steps, *answer.cautions)
            blocks: tuple[Block, ...] = fitting(sections, {})
            custom = {"answer": matter}
        elif matter in knowledge.tasks:
            blocks = (paragraph(knowledge.tasks[matter].title),)
            custom = {"task": matter}
        else:
            blocks = knowledge.talk[matter].says
            custom = {"utterance": matter}
        spoken = put_into_words(knowledge, blocks, datetime.now(SHANGHAI).date())
        return {"text": render_plain_text(spoken), "custom": custom}
