"""Trains the model when, and only when, something that it learns from has changed."""

import fcntl
import json
import logging
import os
import sys
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from bot.concepts.aspects import TAUGHT_WAYS
from bot.errors import KnowledgeError
from bot.knowledge.loader import load_knowledge
from rasa_project.folders import KNOWLEDGE, MODELS, PROJECT
from rasa_project.models import trained_models
from rasa_project.training_bar import last_words, only_a_bar
from rasa_project.unpacked import forget, keep_unpacked

# Other files of knowledge/ hold wording and rules, which the bot and the actions read themselves:
# a changed sentence needs no training. Examples are learnt apart from the sentences beside them.
_LEARNT = (
    "aspects.yml",
    "case_numbers.yml",
    "concepts.yml",
    "crisis.yml",
    "danger.yml",
    "domains.yml",
    "lender_contacts.yml",
    "papers.yml",
    "spelling.yml",
)
_LEARNT_BY = (
    "concepts/clauses.py",
    "concepts/paper_words.py",
    "papers/fields.py",
    "papers/parted.py",
    "papers/shape.py",
    "papers/text.py",
)
"""Code of the bot that decides what is learnt of a text, or that is stored in the model."""

NORMALIZING = PROJECT.parent / "bot" / "safety" / "normalizing.py"
_KEPT_MODELS, _NEW = 2, ".new-"
CHANGED = "训练的时候文件又改了，这一次不算。请再训练一次。"
_NOT_TRAINED = (
    "知识库有以上问题，改好再训练。The knowledge base cannot be used; no model was trained."
)


def main() -> None:
    """Train unless there is a model for exactly these inputs."""
    os.chdir(PROJECT)
    MODELS.mkdir(exist_ok=True)
    # The bot, the desk and `make train` may ask at once: the second finds what the first made.
    with (MODELS / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        train_if_needed()


def train_if_needed() -> None:
    """Train unless the newest model is the one for what stands there now."""
    try:
        name = model_name()
        if (MODELS / name).exists():
            (MODELS / name).touch()  # Of several models the newest is served.
            return
        print("Training the model: five to ten minutes, once …", flush=True)
        train(name)
    except Exception as error:
        # A file may be broken while training runs, and Rasa wraps what its components raise.
        if (broken := knowledge_error_in(error)) is None:
            print(last_words(_words()), file=sys.stderr)
            raise
        sys.exit(f"{broken}\n{_NOT_TRAINED}")
    for old in trained_models()[:-_KEPT_MODELS]:
        forget(old)
    print(f"Trained {name}", flush=True)


def knowledge_error_in(error: BaseException | None) -> KnowledgeError | None:
    """The fault of a content file behind an error; None when it is something else."""
    while error is not None and not isinstance(error, KnowledgeError):
        error = error.__cause__ or error.__context__
    return error


def train(name: str) -> None:
    """Train and store under a name; exits with Rasa's last words when it fails.

    A model is there whole or not at all: whoever looks for the newest may look at any time.
    """
    for left in MODELS.glob(f"{_NEW}*"):  # of a training that was killed
        rmtree(left, ignore_errors=True)
    with TemporaryDirectory(dir=MODELS, prefix=_NEW) as folder:
        with only_a_bar(_words(), _components()):
            code = _trained_into(folder, name)
        made = Path(folder) / name
        if code != 0 or not made.exists():
            sys.exit(f"{last_words(_words())}\nTraining failed with code {code}.")
        if model_name() != name:
            raise KnowledgeError(CHANGED)
        made.replace(MODELS / name)
    keep_unpacked(MODELS / name)


def _trained_into(folder: str, name: str) -> int:
    import rasa.api
    import rasa.utils.log_utils

    # Rasa only warns when an importer cannot be imported, and trains without it.
    import rasa_project.importer  # noqa: F401
    from rasa_project.components.encoder import keep_encoder

    keep_encoder()

    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    result = rasa.api.train(
        domain="domain.yml",
        config="config.yml",
        training_files="data",
        output=folder,
        fixed_model_name=name.removesuffix(".tar.gz"),
        force_training=True,
    )
    return int(result.code)


def _words() -> Path:
    """Where what Rasa prints of a training is kept."""
    return PROJECT / ".rasa" / "training.log"


def _components() -> int:
    """How many components of our own the pipeline has."""
    return (PROJECT / "config.yml").read_text(encoding="utf-8").count("rasa_project.components.")


def model_name() -> str:
    """The file name of the model that belongs to the project as it stands."""
    digest = sha256()
    knowledge = load_knowledge(KNOWLEDGE)
    tools = [task.id for task in knowledge.tasks.values() if task.is_tool]
    asked_next = {
        answer.id: [
            (each.aspect, each.asks[:TAUGHT_WAYS], dict(each.leads)) for each in answer.follow_ups
        ]
        for answer in knowledge.answers.values()
    }
    learnt = [knowledge.examples(), asked_next, sorted(tools), sorted(knowledge.talk)]
    digest.update(json.dumps(learnt, ensure_ascii=False, sort_keys=True).encode())
    for path in _learnt_files():
        digest.update(path.name.encode() + path.read_bytes())
    return f"zhiquan-{digest.hexdigest()[:16]}.tar.gz"


def _learnt_files() -> list[Path]:
    word_lists = [KNOWLEDGE / name for name in _LEARNT]
    own = [PROJECT / "config.yml", PROJECT / "domain.yml", PROJECT / "importer.py", NORMALIZING]
    own += [PROJECT.parent / "bot" / each for each in _LEARNT_BY]
    for folder, pattern in (("components", "*.py"), ("data", "*.yml")):
        own += (PROJECT / folder).glob(pattern)
    own += (KNOWLEDGE / "clauses").glob("*.jsonl")
    own += (KNOWLEDGE / "papers").glob("*.yml")
    return sorted([*word_lists, *own])


if __name__ == "__main__":
    main()
