"""Trained models in their folder, the newest last."""

from pathlib import Path
from typing import Optional

from rasa_project.folders import MODELS


def trained_models() -> list[Path]:
    """Every model archive, in the order in which they were trained or last asked for."""
    return sorted(MODELS.glob("zhiquan-*.tar.gz"), key=lambda path: path.stat().st_mtime)


def newest_model() -> Optional[Path]:
    """The model that is served; None before the first training."""
    models = trained_models()
    return models[-1] if models else None
