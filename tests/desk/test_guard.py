"""Attackers at the door: without the token, from a foreign page, under another name."""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.desk.guard import BODY_AT_MOST
from bot.desk.page import Page, render, session_of
from tests.desk.desks import HOST, PORT, TOKEN, desk_over, stranger, visitor

CHANGES: list[str] = []


async def change(request: Request) -> Response:
    form = await request.form()
    CHANGES.append(str(form.get("word", "")))
    return PlainTextResponse(f"{session_of(request).person} {form.get('word', '')}")


async def home(request: Request) -> Response:
    return render(request, "not_found.html")


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    CHANGES.clear()
    routes = [Route("/", home), Route("/change", change, methods=["POST"])]
    return desk_over(tmp_path, tmp_path, [Page(id="change", path="/", menu="", routes=routes)])


@pytest.mark.parametrize("path", ["/", "/static/desk.css", "/change", "/nothing", "/?token="])
async def test_nothing_is_shown_without_the_token(app: Starlette, path: str) -> None:
    browser = stranger(app)
    for method in ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"):
        assert (await browser.request(method, path)).status_code == 403


async def test_a_wrong_token_or_a_cookie_of_ones_own_making_opens_nothing(app: Starlette) -> None:
    browser = stranger(app)
    assert (await browser.get("/", params={"token": f"{TOKEN}x"})).status_code == 403
    for cookie in ("", "abc", "abc.def", f"abc.{'0' * 64}", "。.。"):
        header = f"zhiquan_desk_{PORT}={cookie}".encode()
        assert (await browser.get("/", headers={"cookie": header})).status_code == 403


async def test_a_session_that_somebody_planted_before_is_not_taken_over(app: Starlette) -> None:
    browser, planted = stranger(app), f"planted.{'0' * 64}"
    answer = await browser.get(
        "/", params={"token": TOKEN}, headers={"cookie": f"zhiquan_desk_{PORT}={planted}"}
    )
    fresh = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert fresh != planted
    other = await stranger(app).get("/", params={"token": TOKEN})
    assert fresh not in other.headers["set-cookie"]


async def test_the_cookie_of_a_name_is_no_session(app: Starlette) -> None:
    browser = await visitor(app, "方敏")
    name = browser.cookies[f"zhiquan_person_{PORT}"]
    answer = await stranger(app).get("/", headers={"cookie": f"zhiquan_desk_{PORT}={name}"})
    assert answer.status_code == 403


async def test_the_token_is_traded_for_a_cookie_that_no_script_and_no_other_site_can_use(
    app: Starlette,
) -> None:
    browser = stranger(app)
    answer = await browser.get("/", params={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert (await browser.get("/")).status_code == 200


@pytest.mark.parametrize(
    "address", ["http://evil.example", f"http://evil.example:{PORT}", "http://127.0.0.1:9999"]
)
async def test_another_host_name_is_refused_also_with_the_token(
    app: Starlette, address: str
) -> None:
    answer = await stranger(app, address).get("/", params={"token": TOKEN})
    assert answer.status_code == 403
    browser = await visitor(app)
    host = address.removeprefix("http://")
    assert (await browser.get("/", headers={"Host": host})).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": HOST, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HOST, "Sec-Fetch-Site": "same-site"},
        {"X-CSRF-Token": ""},
        {"X-CSRF-Token": "0" * 64},
    ],
)
async def test_a_foreign_page_changes_nothing(app: Starlette, headers: dict[str, str]) -> None:
    answer = await (await visitor(app)).post("/change", data={"word": "甲"}, headers=headers)
    assert answer.status_code == 403
    assert CHANGES == []


async def test_a_request_that_hides_where_it_comes_from_changes_nothing(app: Starlette) -> None:
    browser = await visitor(app)
    del browser.headers["Origin"]
    assert (await browser.post("/change", data={"word": "甲"})).status_code == 403
    assert CHANGES == []


async def test_a_foreign_page_cannot_take_in_a_page_of_ours(app: Starlette) -> None:
    headers = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}
    answer = await (await visitor(app)).get("/", headers=headers)
    assert answer.status_code == 403


async def test_our_own_form_is_believed_by_header_or_by_field(app: Starlette) -> None:
    browser = await visitor(app)
    assert (await browser.post("/change", data={"word": "甲"})).text == "方敏 甲"
    csrf = browser.headers.pop("X-CSRF-Token")
    assert (await browser.post("/change", data={"word": "乙", "csrf": csrf})).text == "方敏 乙"
    assert CHANGES == ["甲", "乙"]


async def test_one_browser_cannot_use_the_forms_of_another(app: Starlette) -> None:
    first, second = await visitor(app), await visitor(app)
    second.headers["X-CSRF-Token"] = first.headers["X-CSRF-Token"]
    assert (await second.post("/change", data={"word": "甲"})).status_code == 403


async def test_what_is_too_long_is_refused_and_not_kept(app: Starlette) -> None:
    answer = await (await visitor(app)).post("/change", data={"word": "x" * BODY_AT_MOST})
    assert answer.status_code == 413
    assert CHANGES == []


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"]
)
async def test_no_path_leads_out_of_the_static_files(app: Starlette, path: str) -> None:
    answer = await (await visitor(app)).get(path)
    assert answer.status_code == 404


async def test_every_answer_carries_a_policy_that_lets_no_foreign_or_inline_script_run(
    app: Starlette,
) -> None:
    inside = await (await visitor(app)).get("/")
    for answer in (inside, await stranger(app).get("/")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
    # What htmx would add by itself, the policy forbids: it is switched off.
    assert '"allowEval": false' in inside.text


def test_no_template_has_a_script_or_a_style_of_its_own() -> None:
    templates = Path(__file__).parents[2] / "bot" / "desk" / "templates"
    inline = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=|javascript:|hx-on|\|\s*safe"
    )
    found = [
        path.name for path in templates.rglob("*.html") if inline.search(path.read_text("utf-8"))
    ]
    assert found == []
