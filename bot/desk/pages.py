"""Every page of the desk, in the order of the menu: a new page is a module and one line here."""

from bot.desk import start
from bot.desk.page import Page

PAGES: tuple[Page, ...] = (start.PAGE,)
