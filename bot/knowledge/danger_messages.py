"""Messages that teach what danger sounds like: each stands at one level only."""

from bot.knowledge.faults import Fault
from bot.knowledge.yaml_reader import read_yaml

FILE = "danger.yml"


def check_danger_messages(text: str) -> list[Fault]:
    """What is wrong with danger.yml."""
    levels, lines, faults = read_yaml(text, FILE, "danger")
    first: dict[str, int] = {}
    for level, messages in (levels or {}).items():
        for index, message in enumerate(messages):
            line = lines[level, index]
            earlier = first.setdefault("".join(filter(str.isalnum, message)), line)
            if earlier != line:
                faults.append(Fault(FILE, line, f"和第 {earlier} 行是同一句话，请删去一个。"))
    return faults
