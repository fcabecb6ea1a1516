"""What was learnt comes back from its file as it was, and its arrays stay where they lie."""

from pathlib import Path

import numpy as np
import pytest

from rasa_project.components.packing import pack, unpack, unpack_file

LEARNT = {
    "weights": np.arange(12, dtype=np.float16).reshape(3, 4),
    "words": np.array(["一", "二二"]),
    "nothing": np.zeros((0, 3), dtype=np.float32),
    "name": "意思",
}


def test_what_was_packed_comes_back() -> None:
    found = unpack(pack(LEARNT))
    assert found["name"] == "意思"
    for name in ("weights", "words", "nothing"):
        assert found[name].dtype == LEARNT[name].dtype
        assert np.array_equal(found[name], LEARNT[name])


def test_arrays_are_read_from_the_file_also_when_it_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "learnt"
    file.write_bytes(pack(LEARNT))
    found = unpack_file(file)
    file.unlink()
    assert np.array_equal(found["weights"], LEARNT["weights"])
    with pytest.raises(ValueError, match="read-only"):
        found["weights"][0, 0] = 1
