"""Understanding alone, from a trained model: the NLU part of Rasa's graph, run by Rasa's engine.

What it says of a text is what `/model/parse` of a stock `rasa run --enable-api` says (a test
compares them); TensorFlow, policies and channels are never imported.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

_CONVERTER = "nlu_message_converter"
"""The node that turns a channel's message into one for the pipeline, which ours is already."""


class Understanding:
    """Says what a text means."""

    def __init__(self, model: Path) -> None:
        """Load a model archive; the files are read once and not kept."""
        with TemporaryDirectory() as folder:
            storage, metadata = LocalModelStorage.from_model_archive(Path(folder), model)
            schema, self._target = _pipeline(metadata.predict_schema, metadata.nlu_target)
            context = ExecutionContext(schema, model_id=metadata.model_id)
            self._runner = DaskGraphRunner.create(schema, storage, context)
        self.model_id = metadata.model_id

    def parse(self, text: str) -> dict[str, Any]:
        """What Rasa's `/model/parse` answers."""
        message = Message({TEXT: text})
        found = self._runner.run({PLACEHOLDER_MESSAGE: [message]}, targets=[self._target])
        parsed: dict[str, Any] = {TEXT: "", "intent": {"name": None, "confidence": 0.0}}
        parsed["entities"] = []
        parsed.update(found[self._target][0].as_dict(only_output_properties=True))
        return parsed


def _pipeline(schema: GraphSchema, nlu_target: str) -> tuple[GraphSchema, str]:
    """The nodes of the pipeline in `config.yml`, and the last of them.

    Behind it Rasa puts a handler of messages that begin with a slash: the bot sends none.
    """
    target = str(schema.nodes[nlu_target].needs["messages"])
    wanted: dict[str, Any] = {}
    name = target
    while name not in (_CONVERTER, PLACEHOLDER_MESSAGE):
        node = schema.nodes[name]
        before = str(node.needs["messages"])
        source = PLACEHOLDER_MESSAGE if before == _CONVERTER else before
        wanted[name] = dataclasses.replace(node, needs={**node.needs, "messages": source})
        name = before
    return GraphSchema(wanted), target
