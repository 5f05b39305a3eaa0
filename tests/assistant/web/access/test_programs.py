"""Programs come in by their token, with the client that they use without one."""

from collections.abc import Iterator

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError

from assistant.web.access.visits import FOR_EDITORS
from tests.assistant.web.access.conftest import Closed


@pytest.fixture(params=["rita", "anna"])
def program(request: pytest.FixtureRequest, closed: Closed) -> Iterator[tuple[str, Client]]:
    """A reader's program and an editor's."""
    with closed.accounts as accounts:
        token = accounts.new_token(request.param)
    client = Client(closed.url, headers={"Authorization": f"Bearer {token}"}, verbose=False, analytics_enabled=False)
    yield request.param, client
    client.close()
    with closed.accounts as accounts:
        accounts.end_token(request.param)


def test_a_program_asks_with_its_token_and_adds_only_as_an_editor(program: tuple[str, Client]) -> None:
    name, client = program
    assert client.predict("Who led Russia's delegation in Geneva?", api_name="/ask")["answered"] is True
    assert client.predict("Who led Russia's delegation?", 2, api_name="/retrieve")
    assert client.predict(api_name="/articles")
    words = "The mill of Oldwick was sold to the baker Jonas Reed, the council said on Monday."
    if name == "anna":
        assert client.predict(None, words, "Mill sold", api_name="/add_article")["title"] == "Mill sold"
    else:
        with pytest.raises(AppError) as caught:
            client.predict(None, words, "Mill sold", api_name="/add_article")
        assert FOR_EDITORS in str(caught.value)


def test_a_program_without_a_token_does_not_come_in(closed: Closed) -> None:
    with pytest.raises(AuthenticationError, match="credentials were not provided"):
        Client(closed.url, verbose=False, analytics_enabled=False)
