"""Reads from config.yml when the bot answers, when it asks back, and what is danger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONFIG = Path(__file__).parents[1] / "config.yml"


@dataclass(frozen=True)
class Settings:
    """The threshold of acceptance, and the likelihoods from which danger is strong and weak."""

    threshold: float
    danger: Mapping[str, float]


def pipeline_settings(config: Path = CONFIG) -> Settings:
    """What the pipeline is told, with the components' defaults."""
    from rasa.shared.utils.io import read_yaml_file

    from rasa_project.components.acceptance import THRESHOLD, Acceptance
    from rasa_project.components.danger_classifier import DangerClassifier

    pipeline = read_yaml_file(config)["pipeline"]
    return Settings(
        threshold=float(_settings_of(Acceptance, pipeline)[THRESHOLD]),
        danger={
            name: float(value)
            for name, value in _settings_of(DangerClassifier, pipeline).items()
            if name in DangerClassifier.get_default_config()
        },
    )


def _settings_of(component: Any, pipeline: list[dict[str, Any]]) -> dict[str, Any]:
    own = [each for each in pipeline if each["name"].endswith(f".{component.__name__}")]
    return {**component.get_default_config(), **(own[0] if own else {})}
