"""From the data of a file in laws/ and of sources.yml to frozen things."""

from collections.abc import Mapping
from typing import Any

from bot.concepts.citation import ArticleId, Binding, Verification
from bot.knowledge.base import Article, Comparison, Law, Source


def law_of(law_id: str, data: Mapping[str, Any]) -> Law:
    """One law with its cited articles; an article names its sources where they are its own."""
    compared = data["compared"]
    articles = {
        name: Article(
            id=ArticleId(law_id, name),
            plain=entry["plain"],
            verified=Verification(entry["verified"]),
            text=entry.get("text") if entry["quotable"] else None,
            note=entry.get("note"),
            sources=tuple(entry.get("with", compared["with"])),
        )
        for name, entry in data["articles"].items()
    }
    kept = {key: data[key] for key in ("title", "short_title", "issuer", "document_no")}
    return Law(
        id=law_id,
        in_force_from=data["in_force_from"],
        status=data["status"],
        binding=Binding(data["binding"]),
        compared=Comparison(compared["on"], tuple(compared["with"]), compared["again_by"]),
        revision=data.get("revision"),
        articles=articles,
        **kept,
    )


def sources_of(data: Mapping[str, Any]) -> dict[str, Source]:
    """What laws are compared with, by id."""
    return {
        name: Source(
            id=name,
            says=entry["says"],
            reaches=entry.get("reaches"),
            is_many=entry.get("is_many", False),
        )
        for name, entry in data.items()
    }
