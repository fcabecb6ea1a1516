"""The door to Rasa's registry of components, which is there only where somebody trains.

The registry lives beside everything that Rasa can train, TensorFlow among it: six seconds and
370 MB that understanding alone does not need (see rasa_project/understanding.py).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

_REGISTRY = "rasa.engine.recipes.default_recipe"
CLASSIFIER = "INTENT_CLASSIFIER"
FEATURIZER = "MESSAGE_FEATURIZER"

Component = TypeVar("Component", bound=type)


def registered(kind: str, *, is_trainable: bool) -> Callable[[Component], Component]:
    """Make a component known to Rasa's recipe, when Rasa has loaded it."""

    def register(component: Component) -> Component:
        home: Any = sys.modules.get(_REGISTRY)
        if home is not None:
            recipe = home.DefaultV1Recipe
            recipe.register(recipe.ComponentType[kind], is_trainable=is_trainable)(component)
        return component

    return register
