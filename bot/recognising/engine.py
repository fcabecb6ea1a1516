"""The one door to RapidOCR: from a picture to boxes with words, upright."""

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from PIL import Image

from bot.recognising.boxes import Box, upright

_LEAST_CONFIDENCE = 0.5
"""What is read with less is a stain or a seal more often than a word."""
_SEARCHED_SIDE = 1280
"""Pixels at which text is looked for; it is then read at the full size of the picture."""
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
}
_HEAD_DOWN = "180"


class Engine:
    """Loads the models that lie in the package, and nothing from anywhere else."""

    def __init__(self) -> None:
        """ImportError where the package is missing."""
        from rapidocr import RapidOCR  # noqa: PLC0415 seconds, and only pictures need it

        logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
        self._rapid: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Det.limit_type": "max",
                "Det.limit_side_len": _SEARCHED_SIDE,
                # A model whose path is given is never downloaded.
                **{f"{name}.model_path": str(path) for name, path in model_paths().items()},
            }
        )

    def boxes_in(self, picture: Image.Image) -> tuple[Box, ...]:
        """Every piece of text, in no order; the corners are those of the upright picture."""
        from rapidocr.main import RapidOCRError  # noqa: PLC0415 as above

        rapid = self._rapid
        pixels = rapid.load_img(picture)
        unchanged = {"preprocess": {"ratio_h": 1.0, "ratio_w": 1.0}}
        try:
            crops, found = rapid.detect_and_crop(pixels, unchanged)
            is_head_down = self._is_head_down(crops)
            if is_head_down:
                crops = [crop[::-1, ::-1].copy() for crop in crops]
            read = rapid.recognize_txt(crops)
        except RapidOCRError:
            # Its word for a picture without text.
            return ()
        boxes = tuple(
            Box(
                text=text.strip(),
                confidence=float(score),
                corners=tuple((float(x), float(y)) for x, y in corners),
            )
            for text, score, corners in zip(read.txts, read.scores, found.boxes, strict=True)
        )
        return tuple(
            box
            for box in upright(boxes, picture.size, is_head_down=is_head_down)
            if box.text and box.confidence >= _LEAST_CONFIDENCE
        )

    def _is_head_down(self, crops: list[Any]) -> bool:
        """Whether most of the text is upside down: alone, the model errs on one line in many."""
        _, turned = self._rapid.cls_and_rotate(crops)
        widths = [crop.shape[1] for crop in crops]
        down = sum(
            width
            for width, (label, _) in zip(widths, turned.cls_res, strict=True)
            if label == _HEAD_DOWN
        )
        return bool(2 * down > sum(widths))


def model_paths() -> dict[str, Path]:
    """Where the models lie, without loading anything; ImportError where the package is missing."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise ImportError("rapidocr")
    folder = Path(spec.origin).parent / "models"
    return {name: folder / file for name, file in _MODELS.items()}
