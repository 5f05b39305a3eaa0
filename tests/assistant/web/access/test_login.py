"""The login, as a browser without scripts goes through it: cookies, sessions, forms from elsewhere, and lock-outs."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from assistant.web.access.lockouts import BY_NAME
from tests.assistant.web.access.conftest import GOOD, Closed

WRONG = "granite spoon violet eleven"


@pytest.fixture(autouse=True)
def forgiven(closed: Closed) -> Iterator[None]:
    """No test is locked out by what another one tried."""
    yield
    with closed.accounts as accounts, accounts.database.writing() as db:
        db.execute("DELETE FROM failures")


def cookie(answer: httpx.Response, name: str) -> str:
    """How an answer sets a cookie, attributes included."""
    (found,) = [each for each in answer.headers.get_list("set-cookie") if each.startswith(f"{name}=")]
    return found


def test_the_page_leads_to_the_login_and_the_login_to_the_page(closed: Closed, as_nobody: httpx.Client) -> None:
    assert as_nobody.get("/").headers["location"] == "/login"
    assert as_nobody.get("/login").status_code == 200
    entered = closed.log_in(as_nobody, "Anna")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    page = as_nobody.get("/")
    assert page.status_code == 200
    assert 'data-visitor="anna" data-role="editor"' in page.text
    assert as_nobody.get("/login").headers["location"] == "/"


def test_the_session_cookie_can_be_read_by_no_script_and_is_sent_to_no_other_page(
    closed: Closed, as_nobody: httpx.Client
) -> None:
    shown = as_nobody.get("/login")
    assert re.fullmatch(
        r"talks-form=[\w-]+; HttpOnly; Max-Age=3600; Path=/; SameSite=strict", cookie(shown, "talks-form")
    )
    entered = closed.log_in(as_nobody, "anna")
    assert re.fullmatch(r"talks-session=[\w-]{43}; HttpOnly; Path=/; SameSite=lax", cookie(entered, "talks-session"))


def test_the_login_page_has_no_script_and_all_headers_of_the_page(as_nobody: httpx.Client) -> None:
    answer = as_nobody.get("/login")
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    headers = answer.headers
    assert "form-action 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
    assert (headers["referrer-policy"], headers["cache-control"]) == ("same-origin", "no-store")


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(closed: Closed, as_nobody: httpx.Client) -> None:
    answers = [closed.log_in(as_nobody, name, WRONG) for name in ("anna", "nobody")]
    assert [each.status_code for each in answers] == [401, 401]
    said = [re.findall(r'role="alert">(.*?)<', each.text) for each in answers]
    assert said[0] == said[1] == ["The name or the password is wrong: check both, and try again."]
    assert not any("talks-session" in each for answer in answers for each in answer.headers.get_list("set-cookie"))


def test_what_was_typed_comes_back_as_characters_and_the_password_never(
    closed: Closed, as_nobody: httpx.Client
) -> None:
    answer = closed.log_in(as_nobody, '"><img src=x>', WRONG)
    assert "<img" not in answer.text
    assert "&quot;&gt;&lt;img src=x&gt;" in answer.text
    assert WRONG not in answer.text


def test_after_repeated_failures_the_right_password_waits_too(closed: Closed, as_nobody: httpx.Client) -> None:
    for _ in range(BY_NAME.failures):
        assert closed.log_in(as_nobody, "bob", WRONG).status_code == 401
    locked = closed.log_in(as_nobody, "bob")
    assert locked.status_code == 429
    assert 0 < int(locked.headers["retry-after"]) <= BY_NAME.first
    assert "too many attempts to log in" in locked.text
    assert closed.log_in(as_nobody, "anna").status_code == 303


def test_a_session_that_a_browser_brings_along_is_never_taken_up(closed: Closed, as_nobody: httpx.Client) -> None:
    as_nobody.cookies.set("talks-session", "chosen-by-somebody-else", domain="127.0.0.1")
    entered = closed.log_in(as_nobody, "anna")
    assert "chosen-by-somebody-else" not in cookie(entered, "talks-session")
    with closed.browser(cookies={"talks-session": "chosen-by-somebody-else"}) as other:
        assert other.get("/config").status_code == 401


def test_each_login_is_a_session_of_its_own_and_the_one_before_ends(closed: Closed, as_nobody: httpx.Client) -> None:
    closed.log_in(as_nobody, "anna")
    first = as_nobody.cookies["talks-session"]
    form = as_nobody.get("/login")
    assert form.status_code == 303  # in already; another person logs in at this machine all the same
    with closed.browser() as fresh:
        shown = fresh.get("/login")
        token = re.search(r'name="form" value="(\w+)"', shown.text)
        assert token is not None
        fresh.cookies.set("talks-session", first, domain="127.0.0.1")
        sent = {"form": token[1], "name": "rita", "password": GOOD}
        assert fresh.post("/login", data=sent).status_code == 303
    with closed.browser(cookies={"talks-session": first}) as before:
        assert before.get("/config").status_code == 401


def test_logging_out_ends_the_session_on_the_server(closed: Closed) -> None:
    with closed.logged_in("anna") as client:
        token = client.cookies["talks-session"]
        assert client.get("/config").status_code == 200
        left = client.post("/logout")
        assert (left.status_code, left.headers["location"]) == (303, "/login")
        assert "Max-Age=0" in cookie(left, "talks-session")
    with closed.browser(cookies={"talks-session": token}) as again:
        assert again.get("/config").status_code == 401


def test_a_link_does_not_log_anybody_out(closed: Closed, as_editor: httpx.Client) -> None:
    assert as_editor.get("/logout").status_code == 404
    assert as_editor.get("/config").status_code == 200


def test_another_password_and_a_removal_end_what_is_open_at_once(closed: Closed) -> None:
    with closed.accounts as accounts:
        accounts.add("carl", GOOD, "editor")
        with closed.logged_in("carl") as client:
            accounts.set_role("carl", "reader")
            assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")}).status_code == 403
            accounts.set_password("carl", WRONG)
            assert client.get("/config").status_code == 401
        with closed.logged_in("carl") as client:
            assert client.get("/config").status_code == 200
            accounts.remove("carl")
            assert client.get("/config").status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_a_login_sent_by_another_page_is_refused(closed: Closed, as_nobody: httpx.Client, origin: str) -> None:
    refused = closed.log_in(as_nobody, "anna", Origin=origin)
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers


def test_a_form_that_this_server_did_not_make_for_this_browser_logs_nobody_in(closed: Closed) -> None:
    with closed.browser() as mine, closed.browser() as theirs:
        form = re.search(r'name="form" value="(\w+)"', theirs.get("/login").text)
        assert form is not None
        mine.get("/login")
        for sent in ({}, {"form": ""}, {"form": "x"}, {"form": form[1]}, {"form": mine.cookies["talks-form"]}):
            answer = mine.post("/login", data={**sent, "name": "anna", "password": GOOD})
            assert answer.status_code == 403
            assert "log in here" in answer.text
        with closed.browser(cookies={"talks-form": "chosen"}) as chosen:
            sent = {"form": "chosen", "name": "anna", "password": GOOD}
            assert chosen.post("/login", data=sent).status_code == 403


def test_a_form_without_end_is_not_read(as_nobody: httpx.Client) -> None:
    assert as_nobody.post("/login", content=b"name=" + b"x" * 100_000).status_code == 413


def test_a_program_comes_in_by_its_token_and_by_nothing_else(closed: Closed) -> None:
    with closed.accounts as accounts:
        token = accounts.new_token("rita")
    with closed.browser() as program:
        for header, status in (
            (f"Bearer {token}", 200),
            (f"bearer {token}", 200),
            (f"Bearer {token}x", 401),
            ("Bearer", 401),
            ("Basic YW5uYTp0dWxpcA==", 401),
            (token, 401),
        ):
            answer = program.get("/config", headers={"Authorization": header})
            assert answer.status_code == status, header
        assert answer.headers["www-authenticate"] == 'Bearer realm="Talks"'
    with closed.accounts as accounts:
        accounts.end_token("rita")
    with closed.browser() as program:
        assert program.get("/config", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_what_a_logged_in_browser_got_is_kept_by_no_cache(as_reader: httpx.Client) -> None:
    for path in ("/", "/config", "/gradio_api/info", "/health"):
        assert as_reader.get(path).headers["cache-control"] == "no-store"


def test_many_wrong_passwords_at_once_are_looked_at_no_more_often_than_one_by_one(closed: Closed) -> None:
    def attempt(number: int) -> int:
        with closed.browser() as client:
            return closed.log_in(client, "bob", f"{WRONG} {number}").status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(attempt, range(16)))
    assert statuses.count(401) == BY_NAME.failures
    assert statuses.count(429) == 16 - BY_NAME.failures


def test_where_the_accounts_file_is_taken_away_nobody_comes_in(closed: Closed, as_nobody: httpx.Client) -> None:
    file = closed.home / "accounts.sqlite3"
    file.rename(closed.home / "taken")
    try:
        assert as_nobody.get("/config").status_code == 401
    finally:
        (closed.home / "taken").rename(file)
