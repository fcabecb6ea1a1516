"""Reads from config.yml when the bot answers and when it asks back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

CONFIG = Path(__file__).parents[1] / "config.yml"


def acceptance_settings(config: Path = CONFIG) -> dict[str, Any]:
    """The settings of the pipeline's Acceptance, with its defaults."""
    from rasa.shared.utils.io import read_yaml_file

    from rasa_project.components.acceptance import Acceptance

    pipeline = read_yaml_file(config)["pipeline"]
    own = [each for each in pipeline if each["name"].endswith(f".{Acceptance.__name__}")]
    return {**Acceptance.get_default_config(), **(own[0] if own else {})}
