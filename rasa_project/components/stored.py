"""What every component that learns has in common: it is created, kept in the model, and loaded."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Generic, Optional, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from rasa_project.components.packing import pack, unpack, unpack_file
from rasa_project.components.word_lists import fingerprint

Learnt = TypeVar("Learnt")
Component = TypeVar("Component", bound="StoredComponent[Any]")

LEARNT = "learnt.packed"
"""The file in a component's part of the model."""


def learnt_in(model: Path) -> Mapping[str, Any]:
    """What every component has learnt that a trained model holds, by the component's name."""
    found = {}
    with tarfile.open(model) as archive:
        for member in archive.getmembers():
            place = Path(member.name)
            if place.name == LEARNT and (content := archive.extractfile(member)):
                name = place.parent.name.rsplit(".", 1)[-1].rstrip("0123456789")
                found[name] = unpack(content.read())
    return found


class StoredComponent(GraphComponent, Generic[Learnt]):
    """Holds what training left behind."""

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        learnt: Optional[Learnt] = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._learnt = learnt

    @classmethod
    def create(
        cls: type[Component],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[Component],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Component:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, unpack_file(Path(folder) / LEARNT))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> Optional[str]:
        """Changes with the word lists and with this package's code, which Rasa does not see."""
        return fingerprint()

    @property
    def learnt(self) -> Learnt:
        """What was learnt; RuntimeError before training or loading."""
        if self._learnt is None:
            raise RuntimeError(f"{type(self).__name__} was neither trained nor loaded")
        return self._learnt

    def keep(self, learnt: Learnt) -> Resource:
        """Store what was learnt in the model."""
        self._learnt = learnt
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / LEARNT).write_bytes(pack(learnt))
        return self._resource
