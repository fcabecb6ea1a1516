"""All that people may read, laid out as a site: answers, laws, letters, deadlines, contacts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.deadlines import DeadlineReckoner
from bot.answering.letters import LetterWriter, check_answer
from bot.answering.pages import Pages
from bot.concepts.citation import ArticleId
from bot.concepts.reply import Block, BlockKind, Span, paragraph
from bot.concepts.site import Link, Site, SitePage, SiteSection
from bot.knowledge.base import Answer, Contact, Law
from bot.knowledge.deadlines import DeadlineKind
from bot.knowledge.letters import Letter
from bot.knowledge.library import Book
from bot.knowledge.markdown_reader import Section, read_sections
from bot.knowledge.text_checks import EXAMPLES_HEADING
from bot.knowledge.version import Version
from bot.knowledge.wording import citation_words, label_of, put_into_words

_ASPECT = re.compile(r"^[a-z_]+：")
_LEAD = "→"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMaker:
    """Lays out the whole book with the words of one day."""

    book: Book
    version: Version
    writer: LetterWriter
    reckoner: DeadlineReckoner
    on: date

    def site(self) -> Site:
        """Every page of the site."""
        knowledge = self.book.knowledge
        groups = tuple(
            (group.title, tuple(self._topic_link(topic) for topic in group.topics))
            for group in knowledge.menu
        )
        pages = (
            *map(self._answer, knowledge.answers.values()),
            *map(self._letter, self.book.letters.values()),
            self._deadlines(),
            self._contacts(),
            *map(self._law, knowledge.laws.values()),
        )
        return Site(version=str(self.version), made_on=self.on, groups=groups, pages=pages)

    def _answer(self, answer: Answer) -> SitePage:
        knowledge, labels = self.book.knowledge, self.book.knowledge.labels
        text = knowledge.texts[f"topics/{answer.id}.md"].replace("\r\n", "\n")
        body = text.partition("\n---\n")[2].partition(EXAMPLES_HEADING)[0]
        sections, _ = read_sections(body, answer.id)
        said = [self._section(each) for each in sections if each.title]
        next_ones = [each for each in answer.related if each in knowledge.answers]
        related = [self._topic_link(each) for each in next_ones]
        letters = dict.fromkeys((answer.letter, *answer.letter_at.values()))
        related += [self._letter_link(self.book.letters[each]) for each in letters if each]
        more = SiteSection(title=labels["site_more"], blocks=(), links=tuple(related))
        return SitePage(
            path=f"topics/{answer.id}.html",
            title=answer.title,
            kind=labels["site_topics"],
            dates=labels["site_dates"].format(
                day=answer.review.reviewed_on, again=answer.review.review_by
            ),
            sections=(*said, self._sources(answer.laws), more),
            asked=answer.examples,
        )

    def _section(self, section: Section) -> SiteSection:
        blocks = tuple(each for each in section.blocks if not each.text.startswith(_LEAD))
        return SiteSection(title=_ASPECT.sub("", section.title), blocks=self._in_words(blocks))

    def _sources(self, laws: Sequence[ArticleId]) -> SiteSection:
        links = tuple(
            Link(citation_words(self.book.knowledge, each), _law_path(each)) for each in laws
        )
        return SiteSection(title=self.book.knowledge.labels["sources"], blocks=(), links=links)

    def _law(self, law: Law) -> SitePage:
        knowledge, labels = self.book.knowledge, self.book.knowledge.labels
        pages = Pages(knowledge)
        articles = tuple(
            SiteSection(
                title=article.id.article,
                # The title stands above already.
                blocks=(*pages.source(article.id)[1:], *self._leading_on(article.id)),
                anchor=article.id.article,
                links=tuple(self._cited_by(article.id)),
            )
            for article in law.articles.values()
        )
        sources = "、".join(knowledge.sources[each].says for each in law.compared.sources)
        known = labels["site_law"].format(
            rank=label_of(knowledge, "binding", law.binding.value),
            issuer=law.issuer,
            number=law.document_no,
            since=law.in_force_from,
            status=label_of(knowledge, "status", law.status),
            sources=sources,
            revision=law.revision or labels["sheet_no_revision"],
        )
        opening = SiteSection(title="", blocks=tuple(map(paragraph, known.splitlines())))
        return SitePage(
            path=f"laws/{law.id}.html",
            title=law.title,
            kind=labels["site_laws"],
            dates=labels["site_dates"].format(
                day=law.compared.compared_on, again=law.compared.again_by
            ),
            sections=(opening, *articles),
        )

    def _leading_on(self, article: ArticleId) -> tuple[Block, ...]:
        """The words before the links to the answers that rest on it."""
        label = self.book.knowledge.labels["site_used_by"]
        return (paragraph(label),) if any(self._cited_by(article)) else ()

    def _cited_by(self, article: ArticleId) -> Iterator[Link]:
        for answer in self.book.knowledge.answers.values():
            if article in answer.laws:
                yield self._topic_link(answer.id)

    def _letter(self, letter: Letter) -> SitePage:
        labels = self.book.knowledge.labels
        answers = {
            question.id: value
            for question in letter.questions
            if (value := check_answer(question, question.example, self.on).value) is not None
        }
        written = self.writer.write(letter, answers, self.on)
        sample = tuple(map(paragraph, filter(None, written.text.split("\n"))))
        parts = (
            ("", (letter.purpose,)),
            (labels["site_when"], letter.when),
            (labels["site_when_not"], letter.when_not),
            (labels["site_does_not"], letter.does_not),
            (labels["site_send_to"], letter.send_to),
            (labels["site_proof"], letter.proof),
        )
        told = tuple(
            SiteSection(title=title, blocks=self._bullets(lines))
            for title, lines in parts
            if lines
        )
        return SitePage(
            path=f"letters/{letter.id}.html",
            title=letter.title,
            kind=labels["site_letters"],
            dates=labels["site_dates"].format(
                day=letter.review.reviewed_on, again=letter.review.review_by
            ),
            sections=(
                *told,
                SiteSection(title=labels["site_sample"], blocks=sample),
                self._sources(letter.laws),
            ),
            document=written.docx,
        )

    def _deadlines(self) -> SitePage:
        labels, kinds = self.book.knowledge.labels, self.book.deadlines.kinds
        return SitePage(
            path="deadlines.html",
            title=labels["site_deadlines"],
            kind=labels["site_deadlines"],
            dates="",
            sections=tuple(map(self._deadline, kinds.values())),
        )

    def _deadline(self, kind: DeadlineKind) -> SiteSection:
        labels = self.book.knowledge.labels
        dates = labels["site_dates"].format(
            day=kind.review.reviewed_on, again=kind.review.review_by
        )
        starts = labels["site_starts"].format(starts=kind.starts)
        explained = self.reckoner.due(kind.id, self.on)
        lines = [starts, explained.rule, kind.lost, kind.instead, dates]
        said = tuple(paragraph(line) for line in lines if line)
        links = [Link(citation_words(self.book.knowledge, each), _law_path(each))
                 for each in (kind.article, kind.counted_by) if each is not None]  # fmt: skip
        if kind.letter is not None:
            links.append(self._letter_link(self.book.letters[kind.letter]))
        return SiteSection(
            title=kind.title,
            blocks=(
                *self._in_words(said),
                *self.reckoner.traps(kind.id, self.on),
                *self.reckoner.served(kind.id, self.on),
            ),
            links=tuple(links),
            anchor=kind.id,
        )

    def _contacts(self) -> SitePage:
        labels, contacts = self.book.knowledge.labels, self.book.knowledge.contacts
        return SitePage(
            path="contacts.html",
            title=labels["site_contacts"],
            kind=labels["site_contacts"],
            dates="",
            sections=tuple(map(self._contact, contacts.values())),
        )

    def _contact(self, contact: Contact) -> SiteSection:
        labels = self.book.knowledge.labels
        lines = (
            contact.number or contact.where,
            contact.purpose,
            labels["site_not_for"].format(what=contact.not_for),
            contact.hours and labels["site_hours"].format(hours=contact.hours),
            contact.caution,
            labels["site_dates"].format(day=contact.checked_on, again=contact.review_by),
        )
        said = tuple(paragraph(line) for line in lines if line)
        return SiteSection(title=contact.name, blocks=self._in_words(said), anchor=contact.id)

    def _bullets(self, lines: Sequence[str]) -> tuple[Block, ...]:
        blocks = tuple(Block(BlockKind.BULLET, (Span(line),)) for line in lines)
        return self._in_words(blocks)

    def _in_words(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return put_into_words(self.book.knowledge, blocks, self.on)

    def _topic_link(self, topic: str) -> Link:
        return Link(self.book.knowledge.answers[topic].title, f"topics/{topic}.html")

    def _letter_link(self, letter: Letter) -> Link:
        return Link(letter.title, f"letters/{letter.id}.html")


def _law_path(article: ArticleId) -> str:
    return f"laws/{article.law_id}.html#{article.article}"
