"""Every page of the desk, in the order of the menu: a new page is a module and one line here."""

from bot.desk import (
    again,
    edit,
    find,
    learn,
    live,
    pick,
    reviewing,
    save,
    start,
    try_page,
    where,
    word_file,
)
from bot.desk.form_contact import CONTACT
from bot.desk.form_figure import FIGURE
from bot.desk.form_step import STEP
from bot.desk.form_topic import FOLLOW_UP, TOPIC
from bot.desk.forms import page_of
from bot.desk.page import Page

PAGES: tuple[Page, ...] = (
    start.PAGE,
    find.PAGE,
    where.PAGE,
    edit.PAGE,
    save.PAGE,
    word_file.PAGE,
    pick.PAGE,
    page_of([FIGURE, CONTACT, STEP, TOPIC, FOLLOW_UP]),
    again.PAGE,
    learn.PAGE,
    try_page.PAGE,
    reviewing.PAGE,
    live.PAGE,
)
