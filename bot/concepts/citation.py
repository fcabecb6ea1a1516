"""Where a legal statement stands, how binding it is and how well its text was verified."""

from dataclasses import dataclass
from enum import Enum


class Binding(Enum):
    """How binding a text is, strongest first. The commonest error takes a lower for a higher."""

    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative-regulation"
    LOCAL_REGULATION = "local-regulation"
    JUDICIAL_INTERPRETATION = "judicial-interpretation"
    DEPARTMENTAL_RULE = "departmental-rule"
    NORMATIVE_DOCUMENT = "normative-document"
    RECOMMENDED_STANDARD = "national-standard-recommended"
    INDUSTRY_SELF_REGULATION = "industry-self-regulation"


class Verification(Enum):
    """How the text of an article was checked."""

    MIRROR = "mirror"
    TWO_PAGES = "two-pages"
    ONE_PAGE = "one-page"


@dataclass(frozen=True, slots=True, order=True)
class ArticleId:
    """A pointer to one numbered part of a law, written `law_id#article`."""

    law_id: str
    article: str

    @classmethod
    def parse(cls, text: str) -> "ArticleId":
        """Read `law_id#article`; ValueError when a half is missing."""
        law_id, mark, article = text.partition("#")
        if not (law_id and mark and article):
            raise ValueError(text)
        return cls(law_id, article)

    def __str__(self) -> str:
        return f"{self.law_id}#{self.article}"
