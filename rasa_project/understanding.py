"""Understanding alone, from a trained model: the NLU part of Rasa's graph, run by Rasa's engine.

What it says of a text is what `/model/parse` of a stock `rasa run --enable-api` says (a test
compares them); TensorFlow, policies and channels are never imported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNode, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from rasa_project.unpacked import folder_beside, unpack

_CONVERTER = "nlu_message_converter"
"""The node that turns a channel's message into one for the pipeline, which ours is already."""

_MESSAGE = "__message__"
"""What the converter needs. Rasa names it where it imports every channel that it knows: 2 s."""

_METADATA, _COMPONENTS = "metadata.json", "components"
"""What a model archive holds, as LocalModelStorage writes it."""


class Understanding:
    """Says what a text means."""

    def __init__(self, model: Path) -> None:
        """Load a model archive from the files beside it; without them, unpack it for a moment."""
        if (files := folder_beside(model)).is_dir():
            self._load(files)
            return
        with TemporaryDirectory() as folder:
            unpack(model, Path(folder))
            self._load(Path(folder))

    def _load(self, folder: Path) -> None:
        metadata = json.loads((folder / _METADATA).read_text(encoding="utf-8"))
        schema = GraphSchema.from_dict({"nodes": _pipeline(metadata)})
        storage = LocalModelStorage(folder / _COMPONENTS)
        context = ExecutionContext(schema, model_id=metadata["model_id"])
        self._nodes = [
            GraphNode.from_schema_node(name, node, storage, context)
            for name, node in schema.nodes.items()
        ]
        self.model_id = str(metadata["model_id"])

    def parse(self, text: str) -> dict[str, Any]:
        """What Rasa's `/model/parse` answers."""
        told: tuple[str, list[Message]] = (_MESSAGE, [Message({TEXT: text})])
        for node in self._nodes:
            told = node(told)
        parsed: dict[str, Any] = {TEXT: "", "intent": {"name": None, "confidence": 0.0}}
        parsed["entities"] = []
        parsed.update(told[1][0].as_dict(only_output_properties=True))
        return parsed


def _pipeline(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """The nodes of the pipeline in `config.yml`, each after the one that it needs.

    Others are not even imported. Behind the last one Rasa puts a handler of messages that begin
    with a slash: the bot sends none.
    """
    nodes = metadata["predict_schema"]["nodes"]
    name = str(nodes[metadata["nlu_target"]]["needs"]["messages"])
    wanted: list[tuple[str, Any]] = []
    while name not in (_CONVERTER, _MESSAGE):
        node = nodes[name]
        before = str(node["needs"]["messages"])
        source = _MESSAGE if before == _CONVERTER else before
        wanted.append((name, {**node, "needs": {**node["needs"], "messages": source}}))
        name = before
    return dict(reversed(wanted))
