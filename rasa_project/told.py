"""How long work tells the desk about itself: lines of JSON on standard output."""

from __future__ import annotations

import json
from typing import Any

from bot.errors import KnowledgeError

_FAULTS_AT_MOST = 8


def tell(**what: Any) -> None:
    """One line."""
    print(json.dumps(what, ensure_ascii=False), flush=True)


def tell_faults(error: KnowledgeError) -> None:
    """That the knowledge base cannot be used, and its first faults."""
    faults = str(error).splitlines()
    more = f"\n……还有 {len(faults) - _FAULTS_AT_MOST} 处" if len(faults) > _FAULTS_AT_MOST else ""
    first = "\n".join(faults[:_FAULTS_AT_MOST])
    tell(fault=f"知识库里有错，没有训练，正在用的模型没有变：\n{first}{more}")
