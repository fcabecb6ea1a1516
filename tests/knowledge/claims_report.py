"""`make claims`: how many sentences that may not be said are found, and how many others alarm.

Patterns (claims.yml) are faults of the check; the model (claim_sentences.yml) gives hints only.
`claims/seen.yml` may be read while improving, and the model has learnt it; `claims/unseen.yml`
was written by the same author and is never read: its sentences are counted here, and not shown.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.knowledge.claim_model import ClaimModel, read_claim_model
from bot.knowledge.claims import Claims, claims_in, read_claims, statements_in
from bot.knowledge.said_texts import Saying, said_texts

_HERE = Path(__file__).parent / "claims"
_KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@dataclass(slots=True)
class Counts:
    """Of sentences by kind: how many there are and how many were found; false alarms beside."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    allowed: int = 0
    alarms: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share_found(self) -> float:
        """Of what may not be said."""
        return self.found.total() / self.there.total()


@dataclass(frozen=True, slots=True)
class Judges:
    """The patterns, and the model beside them where hints count too."""

    claims: Claims
    model: ClaimModel | None = None

    def object_to(self, text: str, *, has_source: bool = False) -> bool:
        """Whether one of them finds something that may not be said."""
        is_claimed = bool(claims_in(self.claims, text, has_source=has_source))
        return is_claimed or (self.model is not None and self.model.is_doubtful(text))


def measure(half: str, judges: Judges) -> Counts:
    """One half of the sentences, `seen` or `unseen`."""
    counts = Counts()
    for entry in yaml.safe_load((_HERE / f"{half}.yml").read_text("utf-8")):
        is_found = judges.object_to(entry["text"])
        if entry["forbidden"]:
            counts.there[entry["kind"]] += 1
            counts.found[entry["kind"]] += is_found
        else:
            counts.allowed += 1
            counts.alarms += is_found
        if is_found != entry["forbidden"]:
            counts.wrong.append(entry["text"])
    return counts


def alarms_in_the_folder(judges: Judges) -> tuple[int, int]:
    """How many sentences the folder says, and in how many of them something is found."""
    sayings = [each for each in said_texts(_KNOWLEDGE) if not each.file.startswith("laws/")]
    said = sum(len(statements_in(saying.text)) for saying in sayings)
    return said, sum(_alarms(judges, saying) for saying in sayings)


def _alarms(judges: Judges, saying: Saying) -> int:
    found = len(claims_in(judges.claims, saying.text, has_source=saying.has_source))
    model = judges.model
    if model is None:
        return found
    doubts = sum(map(model.finds, statements_in(saying.text)))
    return found + doubts


def the_judges(*, with_model: bool) -> Judges:
    """Those of the repository."""
    claims, faults, _ = read_claims(_KNOWLEDGE)
    if claims is None:
        sys.exit("\n".join(map(str, faults)))
    return Judges(claims, read_claim_model(_KNOWLEDGE)[0] if with_model else None)


def main() -> None:
    """Print the figures; of the seen half also what went wrong."""
    for name, judges in (
        ("faults (patterns)", the_judges(with_model=False)),
        ("faults and hints (patterns and model)", the_judges(with_model=True)),
    ):
        print(f"{name}:")
        for half in ("seen", "unseen"):
            counts = measure(half, judges)
            kinds = ", ".join(
                f"{kind} {counts.found[kind]}/{counts.there[kind]}"
                for kind in sorted(counts.there)
            )
            print(
                f"  {half}: {counts.share_found:.3f} of what may not be said is found ({kinds});"
            )
            print(f"    {counts.alarms} of {counts.allowed} sentences that may be said alarm")
            for text in counts.wrong if half == "seen" else ():
                print(f"    wrong: {text}")
        said, alarms = alarms_in_the_folder(judges)
        print(f"  knowledge/: {alarms} alarms in {said} sentences ({alarms / said:.4f})")


if __name__ == "__main__":
    main()
