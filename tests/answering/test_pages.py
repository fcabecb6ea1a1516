"""Pages end in something to do, and every answer is three taps away."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.answering.pages import Pages
from bot.concepts.choice import Choice, Verb
from bot.concepts.danger import Danger, DangerLevel
from bot.concepts.passages import fitting
from bot.concepts.reply import BlockKind, Button, Reply
from bot.knowledge.wording import put_into_words
from tests.knowledge.folder import REVIEW_DAY, real_knowledge

_TOPIC = "call_hours"


@pytest.fixture
def pages() -> Pages:
    return Pages(real_knowledge())


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def choices(reply: Reply) -> list[Choice]:
    return [button.choice for button in buttons(reply)]


def words(reply: Reply) -> str:
    return "\n".join(block.text for block in reply.blocks)


def headings(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if block.kind is BlockKind.HEADING]


def every_page(pages: Pages) -> Iterator[tuple[str, Reply]]:
    knowledge = real_knowledge()
    yield "menu", pages.menu()
    for group in knowledge.menu:
        reply = pages.group(group.id)
        assert reply is not None
        yield group.id, reply
    for topic in knowledge.answers:
        yield topic, pages.answer(topic, REVIEW_DAY)
        yield f"{topic} sources", pages.sources(topic, REVIEW_DAY)
    for name in (*knowledge.utterances, *knowledge.talk):
        yield name, pages.utterance(name)
    for level in DangerLevel:
        for is_other in (True, False):
            danger = Danger(level, is_other)
            yield danger.card, pages.crisis(danger)


def test_an_answer_has_all_its_parts_in_order(pages: Pages) -> None:
    answer = real_knowledge().answers[_TOPIC]
    reply = pages.answer(_TOPIC, REVIEW_DAY)
    assert headings(reply) == [answer.title, "怎么做", "可以这样说", "注意", "依据"]
    short = fitting(answer.short, {})
    assert reply.blocks[1 : len(short) + 1] == put_into_words(real_knowledge(), short, REVIEW_DAY)


def test_an_answer_is_in_the_words_that_fit_a_case(pages: Pages) -> None:
    loan = words(pages.answer(_TOPIC, REVIEW_DAY, {"product": "online_loan"}))
    card = words(pages.answer(_TOPIC, REVIEW_DAY, {"product": "credit_card"}))
    assert loan != card
    assert "推荐性国标" in loan


def test_an_answer_leads_on_to_its_related_matters_sources_and_feedback(pages: Pages) -> None:
    answer = real_knowledge().answers[_TOPIC]
    assert choices(pages.answer(_TOPIC, REVIEW_DAY)) == [
        *(Choice(Verb.ANSWER, each) for each in answer.related),
        Choice(Verb.SOURCES, _TOPIC),
        Choice(Verb.MENU),
        Choice(Verb.USEFUL, _TOPIC),
        Choice(Verb.USELESS, _TOPIC),
    ]


def test_an_answer_without_words_to_say_has_no_heading_for_them(pages: Pages) -> None:
    silent = [each.id for each in real_knowledge().answers.values() if not each.sayings]
    assert all("可以这样说" not in headings(pages.answer(each, REVIEW_DAY)) for each in silent)


def test_an_answer_past_its_review_says_so_and_before_it_does_not(pages: Pages) -> None:
    last = real_knowledge().answers[_TOPIC].review.review_by
    assert str(last) not in words(pages.answer(_TOPIC, last))
    assert str(last) in words(pages.answer(_TOPIC, last + timedelta(days=1)))


def test_a_brief_answer_is_the_title_and_the_first_layer(pages: Pages) -> None:
    answer = real_knowledge().answers[_TOPIC]
    reply = pages.brief(_TOPIC, REVIEW_DAY)
    assert headings(reply) == [answer.title]
    assert reply.blocks[1:] == pages.layers.first(answer, {}, REVIEW_DAY).blocks
    assert reply.buttons == ()


def test_the_sources_show_rank_words_and_how_they_were_verified(pages: Pages) -> None:
    answer = real_knowledge().answers[_TOPIC]
    said = words(pages.sources(_TOPIC, REVIEW_DAY))
    assert "行业自律，不是法律" in said
    assert "2026-11-23 核对" in said
    for article_id in answer.laws:
        article = real_knowledge().article(article_id)
        assert article.plain in said
        assert article.text is None or article.text in said


def test_an_article_that_may_not_be_quoted_is_shown_without_its_words(pages: Pages) -> None:
    reply = pages.sources("recording_legality", REVIEW_DAY)
    laws = real_knowledge().answers["recording_legality"].laws
    quotable = [each for each in laws if real_knowledge().article(each).is_quotable]
    quotations = [block for block in reply.blocks if block.kind is BlockKind.QUOTE]
    assert len(quotations) == len(quotable)


def test_every_page_ends_in_something_to_do(pages: Pages) -> None:
    assert [name for name, page in every_page(pages) if not page.buttons] == []


def test_no_page_shows_a_mark_or_an_empty_slot(pages: Pages) -> None:
    shown = {name: words(page) for name, page in every_page(pages)}
    cited_later = {"case_plan_card", "case_plan_loan", "case_plan_unknown"}
    left = {name for name, text in shown.items() if "[[" in text or "{{" in text}
    assert left <= cited_later


def test_every_button_leads_somewhere(pages: Pages) -> None:
    knowledge = real_knowledge()
    targets = {
        Verb.ANSWER: {*knowledge.answers, *knowledge.talk, *knowledge.tasks},
        Verb.GROUP: {group.id for group in knowledge.menu},
        Verb.MENU: {""},
        Verb.SOURCES: set(knowledge.answers),
        Verb.USEFUL: set(knowledge.answers),
        Verb.USELESS: set(knowledge.answers),
    }
    astray = [
        (name, str(choice))
        for name, page in every_page(pages)
        for choice in choices(page)
        if choice.verb in targets and choice.target not in targets[choice.verb]
    ]
    assert astray == []


def test_every_button_fits_telegram(pages: Pages) -> None:
    sent = {str(choice) for _, page in every_page(pages) for choice in choices(page)}
    assert [text for text in sent if len(text.encode()) > 64] == []
    labels = {button.label for _, page in every_page(pages) for button in buttons(page)}
    assert [label for label in labels if not 0 < len(label) <= 20] == []


def test_every_answer_is_three_taps_away(pages: Pages) -> None:
    groups = [choice.target for choice in choices(pages.menu())]
    reached = set()
    for group in groups:
        page = pages.group(group)
        assert page is not None
        reached |= {choice.target for choice in choices(page) if choice.verb is Verb.ANSWER}
    assert reached == set(real_knowledge().answers)


def test_menus_take_the_place_of_the_message_that_was_tapped(pages: Pages) -> None:
    group = pages.group(real_knowledge().menu[0].id)
    assert group is not None
    assert (pages.menu().in_place, group.in_place) == (True, True)
    assert not pages.answer(_TOPIC, REVIEW_DAY).in_place


def test_there_is_no_such_group(pages: Pages) -> None:
    assert pages.group("no_such_group") is None


def test_there_is_no_such_answer(pages: Pages) -> None:
    with pytest.raises(KeyError):
        pages.answer("no_such_topic", REVIEW_DAY)


def test_a_question_back_offers_one_topic_a_row(pages: Pages) -> None:
    reply = pages.offer("did_you_mean", ["call_hours", "home_visit"])
    assert [[button.choice for button in row] for row in reply.buttons] == [
        [Choice(Verb.ANSWER, "call_hours")],
        [Choice(Verb.ANSWER, "home_visit")],
        [Choice(Verb.MENU)],
    ]


def test_what_is_kept_is_said_in_figures(pages: Pages) -> None:
    said = words(pages.utterance("privacy"))
    assert "{" not in said


@pytest.mark.parametrize("is_other", [True, False])
def test_the_card_of_strong_danger_comes_before_any_law(pages: Pages, is_other: bool) -> None:
    said = words(pages.crisis(Danger(DangerLevel.STRONG, is_other)))
    assert all(number in said for number in ("12356", "110", "120"))
    assert "《" not in said


def test_figures_follow_the_day_on_which_one_asks(pages: Pages) -> None:
    early = words(pages.answer("agent_scam", date(1990, 1, 1)))
    assert "—" in early
