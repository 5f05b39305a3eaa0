"""A question to one paper is put to that paper, and not about its name."""

import pytest

from assistant.questions.papers import asked_paper, paper_names

PAPERS = paper_names(["The Warden", "Mellist Courier", "The North Coast Times", "Time", "tolbynews.example"])


@pytest.mark.parametrize(
    ("question", "paper", "left"),
    [
        ("According to The Warden, how many came?", "The Warden", "how many came?"),
        ("How many came, according to the Warden?", "The Warden", "How many came?"),
        ("What did the Warden report about the ferry?", "The Warden", "What about the ferry?"),
        ("What did the Mellist Courier say happened?", "Mellist Courier", "What happened?"),
        ("mellist courier on the ferry", "Mellist Courier", "the ferry"),
        ("What did the NCT write about the ferry?", "The North Coast Times", "What about the ferry?"),
        ("Who came, in the Mellist Courier's report?", "Mellist Courier", "Who came?"),
        ("What did Time write about the ferry?", "Time", "What about the ferry?"),
        ("According to Tolbynews, who came?", "tolbynews.example", "who came?"),
    ],
)
def test_the_paper_is_known_and_its_name_is_not_asked_of_the_text(question: str, paper: str | None, left: str) -> None:
    found = asked_paper(question, PAPERS)
    assert (found.publisher if found else None, found.question if found else "") == (paper, left)


@pytest.mark.parametrize(
    "question",
    [
        "What time did they meet?",
        "Who came?",
        "What did The Warden report?",
        "According to the Warden and the Mellist Courier, who came?",
        "Does the Warden differ from the Mellist Courier?",
        "Who is the warden of the prison?",
    ],
)
def test_other_questions_are_put_to_all_papers(question: str) -> None:
    assert asked_paper(question, PAPERS) is None
