"""Mails, newsletters and pages saved as web archives."""

from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest

from index.errors import ArticleError
from index.ingestion.parsing import raw_article, read, read_article


def mail(plain: str = "", page: str = "", **heads: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"] = "Ferries – what now?", "Tarn Warden <news@tarn.example>"
    message["Date"] = "Fri, 13 Mar 2026 18:40:00 +0100"
    for name, value in heads.items():
        del message[name]
        message[name.replace("_", "-")] = value
    if plain:
        message.set_content(plain)
    if page and plain:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


def test_a_newsletter_is_titled_dated_and_of_its_paper() -> None:
    article = read_article("a.eml", mail("Two ferries collided – nobody was hurt.", "<p>Two ferries.</p>").as_bytes())
    assert (article.title, article.publisher, article.author) == ("Ferries – what now?", "Tarn Warden", None)
    assert article.published == datetime(2026, 3, 13, 18, 40, tzinfo=timezone(timedelta(hours=1)))
    assert article.text == "Two ferries collided – nobody was hurt."


def test_a_person_who_writes_a_mail_is_its_author() -> None:
    message = mail("Two ferries collided.", From="Ada Corvin <ada.corvin@tarn.example>", Subject="Fwd: Re: Ferries")
    article = read_article("a.eml", message.as_bytes())
    assert (article.title, article.publisher, article.author) == ("Ferries", None, "Ada Corvin")


def test_a_mail_that_is_only_a_page_is_read_line_by_line_without_its_styles() -> None:
    page = "<head><style>p {}</style></head><body><h1>Ferries</h1><p>Two <b>collided</b>.</p><p>It ended.</p></body>"
    assert read_article("a.eml", mail(page=page).as_bytes()).text == "Ferries\n\nTwo collided.\n\nIt ended."
    only_told = mail("Read this mail in your browser.", page.replace("It ended.", "It ended " + "in fog " * 30))
    assert "Two collided." in read_article("a.eml", only_told.as_bytes()).text


def test_what_is_attached_is_told_and_not_read() -> None:
    message = mail("Two ferries collided.")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="log.pdf")
    reading = read(raw_article("a.eml", message.as_bytes()))
    assert reading.article.text == "Two ferries collided."
    assert len(reading.notes) == 1 and "log.pdf" in reading.notes[0]


def test_an_encoding_that_is_none_or_a_wrong_one_spoils_no_letter() -> None:
    for charset in ("utf-8", "no-such-charset", "us-ascii"):
        head = f"Subject: a\nFrom: b <c@d.example>\nContent-Type: text/plain; charset={charset}\n\n"
        assert read_article("a.eml", head.encode() + "Zürich – Київ".encode()).text == "Zürich – Київ"


def test_broken_lines_of_a_mail_are_whole_again() -> None:
    head = b"Subject: a\nContent-Type: text/plain; format=flowed\n\n"
    assert read_article("a.eml", head + b"Two ferries collided in \nthick fog.\n\nIt ended.\n").text == (
        "Two ferries collided in thick fog.\n\nIt ended."
    )


def archive(page: bytes, address: str = "https://tarn.example/ferries") -> bytes:
    head = (
        f"From: <Saved by Blink>\nSnapshot-Content-Location: {address}\nSubject: Ferries collide\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\nContent-Type: text/html\n'
        "Content-Location: https://ads.example/frame\n\n<p>Buy a ferry.</p>\n--x\n"
        f"Content-Type: text/html; charset=utf-8\nContent-Location: {address}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    return head.encode() + page + b"\n--x--\n"


def test_a_saved_page_is_read_with_its_address_and_without_its_frames() -> None:
    words = "Two ferries collided in thick fog – nobody was hurt."
    page = f"<html><body><article><h1>Ferries collide</h1><p>{words}</p></article></body></html>".encode()
    article = read_article("a.mht", archive(page))
    assert (article.title, article.url) == ("Ferries collide", "https://tarn.example/ferries")
    assert words in article.text and "Buy" not in article.text
    assert read_article("a.mhtml", archive(page, "javascript:x")).url is None


@pytest.mark.parametrize("name", ["a.eml", "a.mht"])
@pytest.mark.parametrize(
    "data", [b"no mail at all", b"\x00\x01\x02", b"Subject: only a head\n\n", b"Content-Type: multipart/mixed\n\nx"]
)
def test_what_is_no_mail_or_has_no_text_is_named(name: str, data: bytes) -> None:
    with pytest.raises(ArticleError, match=name):
        read_article(name, data)


def test_a_date_that_is_none_costs_only_the_date() -> None:
    assert read_article("a.eml", mail("It ended.", Date="yesterday").as_bytes()).published is None
    dated = mail("It ended.", Date="Fri, 13 Mar 2026 18:40:00 GMT").as_bytes()
    assert read_article("a.eml", dated).published == datetime(2026, 3, 13, 18, 40, tzinfo=UTC)
