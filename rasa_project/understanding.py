"""Understanding alone, from a trained model: the NLU part of Rasa's graph, run by Rasa's engine.

What it says of a text is what `/model/parse` of a stock `rasa run --enable-api` says (a test
compares them); TensorFlow, policies and channels are never imported.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from tarsafe import TarSafe

_CONVERTER = "nlu_message_converter"
"""The node that turns a channel's message into one for the pipeline, which ours is already."""

_AT_ONCE = 1 << 20
"""Bytes."""

_METADATA, _COMPONENTS = "metadata.json", "components"
"""What a model archive holds, as LocalModelStorage writes it."""


class Understanding:
    """Says what a text means."""

    def __init__(self, model: Path) -> None:
        """Load a model archive; its files are read once and not kept."""
        with TemporaryDirectory() as folder:
            _unpack(model, folder)
            written = (Path(folder) / _METADATA).read_text(encoding="utf-8")
            metadata = json.loads(written)
            nodes, self._target = _pipeline(metadata)
            schema = GraphSchema.from_dict({"nodes": nodes})
            storage = LocalModelStorage(Path(folder) / _COMPONENTS)
            context = ExecutionContext(schema, model_id=metadata["model_id"])
            self._runner = DaskGraphRunner.create(schema, storage, context)
        self.model_id = str(metadata["model_id"])

    def parse(self, text: str) -> dict[str, Any]:
        """What Rasa's `/model/parse` answers."""
        message = Message({TEXT: text})
        found = self._runner.run({PLACEHOLDER_MESSAGE: [message]}, targets=[self._target])
        parsed: dict[str, Any] = {TEXT: "", "intent": {"name": None, "confidence": 0.0}}
        parsed["entities"] = []
        parsed.update(found[self._target][0].as_dict(only_output_properties=True))
        return parsed


def _unpack(model: Path, folder: str) -> None:
    """Write the files of the archive, unzipped once; TarSafe would do it twice, first to look."""
    with TemporaryFile() as plain:
        with gzip.open(model) as packed:
            copyfileobj(packed, plain, _AT_ONCE)
        plain.seek(0)
        with TarSafe.open(fileobj=plain, mode="r:") as archive:
            archive.extractall(folder)


def _pipeline(metadata: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The nodes of the pipeline in `config.yml`, and the last of them.

    Others are not even imported. Behind the last one Rasa puts a handler of messages that begin
    with a slash: the bot sends none.
    """
    nodes = metadata["predict_schema"]["nodes"]
    target = str(nodes[metadata["nlu_target"]]["needs"]["messages"])
    wanted: dict[str, Any] = {}
    name = target
    while name not in (_CONVERTER, PLACEHOLDER_MESSAGE):
        node = nodes[name]
        before = str(node["needs"]["messages"])
        source = PLACEHOLDER_MESSAGE if before == _CONVERTER else before
        wanted[name] = {**node, "needs": {**node["needs"], "messages": source}}
        name = before
    return wanted, target
