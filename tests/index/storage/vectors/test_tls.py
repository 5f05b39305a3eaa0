"""A Chroma server behind TLS is believed only by its certificate, and one sentence says what is wrong with that."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from assistant import Assistant
from index import Index, SettingError, VectorServerError
from index.encoding.encoder import Encoder
from tests.index.storage.vectors.servers import TOKEN, ChromaRun, Proxy, proxy_before

BRIDGE = "The bridge at Kamenka reopened on Friday. Engineers had worked on it for nine weeks."
HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority that no machine knows."""
    return trustme.CA()


@pytest.fixture
def believed(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The authority is one of the reader's own."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))


@pytest.fixture
def behind(chroma: ChromaRun, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[trustme.LeafCert], Proxy]]:
    """Puts the server behind a proxy with that certificate, and names it as the Chroma server."""
    with ExitStack() as open_ones:

        def stand(certificate: trustme.LeafCert) -> Proxy:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(tls)
            made = open_ones.enter_context(proxy_before(chroma.url, tls))
            monkeypatch.setenv("TALKS_CHROMA_URL", made.url)
            monkeypatch.setenv("TALKS_CHROMA_TOKEN", TOKEN)
            return made

        yield stand


def refused(home: Path, encoder: Encoder, proxy: Proxy) -> str:
    """The sentence that a write comes to; the library is as it was, and the server has heard nothing."""
    with Index(home, encoder=encoder) as index:
        with pytest.raises(VectorServerError) as caught:
            index.add_text(BRIDGE, title="Bridge")
        assert index.articles() == []
    assert proxy.asked == []
    said = str(caught.value)
    assert said.startswith(f"The certificate of the Chroma server at {proxy.url} (TALKS_CHROMA_URL) is not trusted (")
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.usefixtures("believed")
def test_a_certificate_of_ones_own_authority_is_believed(
    behind: Callable[[trustme.LeafCert], Proxy], authority: trustme.CA, tmp_path: Path, encoder: Encoder
) -> None:
    proxy = behind(authority.issue_cert(HERE))
    with Index(tmp_path / "home", encoder=encoder) as index:
        added = index.add_text(BRIDGE, title="Bridge")
    with Assistant(tmp_path / "home", encoder=encoder) as talks:
        answer = talks.ask("When did the bridge at Kamenka reopen?")
    assert [each.article.id for each in answer.citations] == [added.id]
    assert answer.notices == ()
    assert proxy.asked


def test_one_of_an_authority_that_nobody_knows_is_refused_and_says_how_to_trust_it(
    behind: Callable[[trustme.LeafCert], Proxy], authority: trustme.CA, tmp_path: Path, encoder: Encoder
) -> None:
    said = refused(tmp_path / "home", encoder, behind(authority.issue_cert(HERE)))
    assert "if it is of an authority of your own, name the file of that in SSL_CERT_FILE." in said


@pytest.mark.usefixtures("believed")
def test_one_made_out_to_another_name_is_refused(
    behind: Callable[[trustme.LeafCert], Proxy], authority: trustme.CA, tmp_path: Path, encoder: Encoder
) -> None:
    said = refused(tmp_path / "home", encoder, behind(authority.issue_cert("chroma.example")))
    assert "write the name in TALKS_CHROMA_URL that it is made out to." in said


@pytest.mark.usefixtures("believed")
@pytest.mark.parametrize(
    ("first", "last", "what"), [(-30, -1, "have it renewed."), (1, 30, "set the clocks of both machines")]
)
def test_one_that_has_expired_or_does_not_count_yet_is_refused(
    behind: Callable[[trustme.LeafCert], Proxy],
    authority: trustme.CA,
    tmp_path: Path,
    encoder: Encoder,
    first: int,
    last: int,
    what: str,
) -> None:
    now = datetime.now(UTC)
    certificate = authority.issue_cert(HERE, not_before=now + timedelta(first), not_after=now + timedelta(last))
    assert what in refused(tmp_path / "home", encoder, behind(certificate))


@pytest.mark.usefixtures("believed")
def test_questions_are_answered_from_words_meanwhile_and_say_why(
    behind: Callable[[trustme.LeafCert], Proxy],
    authority: trustme.CA,
    tmp_path: Path,
    encoder: Encoder,
) -> None:
    behind(authority.issue_cert(HERE))
    with Index(tmp_path / "home", encoder=encoder) as index:
        index.add_text(BRIDGE, title="Bridge")
    with Assistant(tmp_path / "home", encoder=encoder) as talks:
        assert talks.ask("When did the bridge at Kamenka reopen?").notices == ()
    home = tmp_path / "home"
    proxy = behind(authority.issue_cert("chroma.example"))
    with Assistant(home, encoder=encoder) as talks:
        answer = talks.ask("When did the bridge at Kamenka reopen?")
    assert answer.answered
    assert any("is not trusted" in notice for notice in answer.notices)
    assert proxy.asked == []


@pytest.mark.parametrize("holds", [None, "no certificate"])
def test_a_file_of_authorities_that_cannot_be_read_is_one_sentence(
    behind: Callable[[trustme.LeafCert], Proxy],
    authority: trustme.CA,
    tmp_path: Path,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    holds: str | None,
) -> None:
    behind(authority.issue_cert(HERE))
    file = tmp_path / "named.pem"
    if holds is not None:
        file.write_text(holds)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with (
        Index(tmp_path / "home", encoder=encoder) as index,
        pytest.raises(SettingError, match=r"named\.pem \(SSL_CERT_FILE\) cannot be read \(.+\): name a file of"),
    ):
        index.add_text(BRIDGE, title="Bridge")
