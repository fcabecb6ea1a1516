"""Every page of the desk, in the order of the menu: a new page is a module and one line here."""

from bot.desk import edit, find, learn, live, pick, reviewing, save, start, where
from bot.desk.page import Page

PAGES: tuple[Page, ...] = (
    start.PAGE,
    find.PAGE,
    where.PAGE,
    edit.PAGE,
    save.PAGE,
    pick.PAGE,
    learn.PAGE,
    reviewing.PAGE,
    live.PAGE,
)
