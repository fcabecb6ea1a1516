"""`python -m rasa_project.evaluation.dialogs_report`: prints the share of turns that pass."""

from __future__ import annotations

import argparse
from pathlib import Path

from rasa_project.evaluation.dialogs import Measured, load_dialogs, measure_dialogs, shares
from rasa_project.models import newest_model
from rasa_project.understanding import Understanding

_FOLDER = Path(__file__).parents[2] / "tests" / "dialogs"


def main() -> None:
    """Hold every conversation; `--failures` shows what was wrong in the half that is looked at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--failures", action="store_true")
    arguments = parser.parse_args()
    model = newest_model()
    if model is None:
        raise SystemExit("There is no trained model. Run `make train`.")
    measured = measure_dialogs(load_dialogs(_FOLDER), Understanding(model))
    for half, kinds in shares(measured).items():
        figures = "  ".join(f"{kind} {share:.3f}" for kind, share in kinds.items())
        print(f"{half}: {figures}")
    if arguments.failures:
        for each in measured:
            if each.problems and each.dialog.half == "seen":
                _show(each)


def _show(each: Measured) -> None:
    turn = each.dialog.turns[each.number - 1]
    print(f"\n{each.dialog.id} {each.number}: {turn.get('say') or turn.get('press')}")
    print(f"  {'; '.join(each.problems)}")
    print(f"  [{each.answered.topic} {each.answered.aspect}] {each.answered.text}")


if __name__ == "__main__":
    main()
