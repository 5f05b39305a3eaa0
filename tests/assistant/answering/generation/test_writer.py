"""Written answers: nothing unchecked reaches the reader."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace

import pytest

from assistant import Answer, Citation
from assistant.answer import CheckedSentence
from assistant.answering.generation.prompts import SYSTEM, leaks
from assistant.answering.generation.writer import MOST_SHOWN, write
from assistant.checking.checker import Checker
from assistant.checking.source import Source
from assistant.schemas import answer_info
from index.article import Article
from index.encoding.chunking import sentences
from tests.assistant.answering.generation.servers import grown
from tests.assistant.answering.generation.sources import ARTICLE, SOURCES

QUOTED = Answer("In quotes. [1]", answered=True)


FAILS = "the model fails here"
CHECKER = Checker()
NAMES = "Arle Borg Cawl Dorn Esk Fale Gorm Holt Ilm".split()


class Scripted:
    """A chat model in this process that gives its answers in turn, in pieces of a few characters."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[Sequence[tuple[str, str]]] = []

    async def astream(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator["Chunk"]:
        self.asked.append(messages)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer == FAILS:
            raise ValueError("this model fails")
        for i in range(0, len(answer), 5):
            yield Chunk(answer[i : i + 5])


class Chunk:
    usage_metadata = None

    def __init__(self, text: str) -> None:
        self.text = text


Tell = Callable[..., tuple[Answer, list[str], Scripted]]


@pytest.fixture
def tell() -> Tell:
    def run(*answers: str) -> tuple[Answer, list[str], Scripted]:
        model = Scripted(*answers)
        answer, pieces = grown(
            write(
                "Who led?", SOURCES, model, CHECKER, 60,  # type: ignore[arg-type]  # all that is used of a model
                quoted=lambda: QUOTED,
            )
        )  # fmt: skip
        return answer, pieces, model

    return run


def test_markers_are_numbered_in_reading_order_one_per_source(tell: Tell) -> None:
    answer, _, _ = tell(
        "Marco Bellini led the Sudland delegation [3]. Nearly forty engineers came with Bellini. [4] "
        "Bellini is a retired admiral [3]."
    )
    assert re.findall(r"\[\d+\]", answer.text) == ["[1]", "[2]", "[1]"]
    assert [(each.number, each.quote) for each in answer.citations] == [(1, SOURCES[2].text), (2, SOURCES[3].text)]


def test_numbers_that_name_no_sentence_are_not_shown(tell: Tell) -> None:
    answer, _, _ = tell("Marco Bellini led the Sudland delegation [3][42][0].")
    assert answer.text == "Marco Bellini led the Sudland delegation [1]."


def test_a_sentence_that_fails_is_written_once_more_with_the_reason(tell: Tell) -> None:
    answer, _, model = tell(
        "Nearly sixty engineers came with Bellini [4].", "Nearly forty engineers came with Bellini [4]."
    )
    assert answer.text == "Nearly forty engineers came with Bellini [1]."
    assert "the number 60 is not in what it cites" in model.asked[1][1][1]
    assert answer.checks is not None
    assert (answer.checks.sentences, answer.checks.rewritten) == (1, 1)


def test_a_sentence_that_fails_twice_gives_way_to_the_words_it_cites(tell: Tell) -> None:
    answer, _, _ = tell(
        "Marco Bellini led the Sudland delegation [3]. The next meeting will be held in Paris [5].",
        "The next meeting will be held in Rome [5].",
    )
    assert answer.text == f"Marco Bellini led the Sudland delegation [1]. {SOURCES[4].text} [2]"
    assert answer.checks is not None
    assert (answer.checks.kept, answer.checks.replaced) == (1, 1)


def test_a_model_that_fails_when_asked_again_is_asked_no_more_and_counted_once(tell: Tell) -> None:
    answer, _, model = tell(
        "The Sudland delegation was led by Marco Bellini. [3] Bellini came with ninety engineers. [4] "
        "The next meeting will be held in Oslo. [5]",
        FAILS,
    )
    assert answer.checks is not None
    assert (answer.checks.again, answer.checks.replaced) == (1, 2)
    asked = len(model.asked)
    assert [model.asked[at] for at in range(1, asked)] == [model.asked[1]] * (asked - 1), "one request, tried anew"


def test_a_quote_that_steps_in_says_who_is_meant(tell: Tell) -> None:
    answer, _, _ = tell(
        "Bellini led the Sudland delegation [3]. Halvorsen added that war is near [2].", "War is near [2]."
    )
    assert answer.text.endswith(f"{SOURCES[0].text} [2] {SOURCES[1].text} [3]")


def test_what_cites_nothing_is_left_out(tell: Tell) -> None:
    answer, _, _ = tell("Marco Bellini led the Sudland delegation [3]. I hope this helps!", "I hope it does!")
    assert answer.text == "Marco Bellini led the Sudland delegation [1]."
    assert answer.checks is not None
    assert answer.checks.removed == 1


def test_where_nothing_stands_the_answer_comes_in_quotes(tell: Tell) -> None:
    answer, pieces, _ = tell("Olaf Brenner led the delegation [3].", "Olaf Brenner did [3].")
    assert pieces == [QUOTED.text]
    assert answer.notices == (
        "Nothing that the model wrote could be held to the articles, so the answer comes in quotes.",
    )


def test_repeating_itself_is_not_shown_twice(tell: Tell) -> None:
    answer, _, _ = tell("Marco Bellini led the Sudland delegation [3]. " * 30)
    assert answer.text == "Marco Bellini led the Sudland delegation [1]."


def test_a_prompt_that_leaks_is_not_shown(tell: Tell) -> None:
    answer, _, _ = tell(f"Marco Bellini led the Sudland delegation [3]. {SYSTEM.replace('.', ' [3].')}")
    assert answer.text == "Marco Bellini led the Sudland delegation [1]."
    assert leaks("You add nothing of your own: no number, date, name.")


def test_where_the_articles_answer_and_the_model_says_they_do_not_the_quotes_answer(tell: Tell) -> None:
    answer, _, model = tell("The articles do not say.")
    assert (answer.text, answer.answered, answer.mode) == (QUOTED.text, True, "quotes")
    assert answer.notices == ("The model found no answer where the articles have one, so the answer comes in quotes.",)
    assert len(model.asked) == 1


def test_a_model_need_not_cite(tell: Tell) -> None:
    answer, _, _ = tell("The Sudland delegation was led by Marco Bellini.")
    assert answer.text == "The Sudland delegation was led by Marco Bellini [1]."
    assert [each.quote for each in answer.citations] == [SOURCES[2].text]


def test_a_wrong_number_of_the_models_is_set_right(tell: Tell) -> None:
    answer, _, _ = tell("The Sudland delegation was led by Marco Bellini [5].")
    assert [each.quote for each in answer.citations] == [SOURCES[2].text]


def test_no_sentence_cites_more_than_three(tell: Tell) -> None:
    answer, _, _ = tell("Marco Bellini led the Sudland delegation [1-5].")
    assert 1 <= len(re.findall(r"\[\d+\]", answer.text)) <= 3


def test_an_answer_that_recites_the_material_ends(tell: Tell) -> None:
    text = " ".join(f"The town of {name} is in Norland." for name in NAMES)
    article = Article(id="towns", title="Towns", text=text, source="/news/towns.txt")
    towns = tuple(Source(n, article, a, b) for n, (a, b) in enumerate(sentences(text), start=1))
    answer, _ = grown(write("Where?", towns, Scripted(text), CHECKER, 60, quoted=lambda: QUOTED))  # type: ignore[arg-type]
    assert answer.text.count("Norland") == MOST_SHOWN < len(NAMES)


def test_a_sentence_that_failed_may_come_again_with_what_it_lacked(tell: Tell) -> None:
    answer, _, _ = tell(
        "Forty engineers came with Marco Rossi. Nearly forty engineers came with Bellini.", "Forty came with Rossi."
    )
    assert answer.text == "Nearly forty engineers came with Bellini [1]."


def test_a_sentence_that_leans_on_none_before_is_not_shown(tell: Tell) -> None:
    answer, _, _ = tell("She added that her country would not give up the dam. Marco Bellini led the delegation.")
    assert "She" not in answer.text


@pytest.mark.parametrize(
    "wrote",
    [
        ("Marco Bellini led the Sudland delegation. War is near. War is near.", "War it is."),
        ("Olaf Brenner led the delegation [3]. Olaf did [3].", "Olaf Brenner did [3]."),
        ("I hope this helps! Nearly forty engineers came with Bellini. A dozen came. [4]", "No."),
        ("The next meeting will be held in Oslo. [5] It will be in Paris. [5]", FAILS),
    ],
)
def test_every_sentence_is_counted_once(tell: Tell, wrote: tuple[str, str]) -> None:
    answer, _, _ = tell(*wrote)
    checks = answer.checks
    assert checks is not None
    assert checks.kept + checks.rewritten + checks.replaced + checks.removed == checks.sentences


def told(wrote: str, question: str = "Who led?", quoted: Answer = QUOTED, says: tuple[str, ...] = ()) -> list[Answer]:
    """All that comes of what a model wrote; sentences with one of the words of `says` answer, or all without any."""
    model = Scripted(wrote, "No.")
    answers = lambda text: not says or any(word in text for word in says)  # noqa: E731
    return list(write(question, SOURCES, model, CHECKER, 60, quoted=lambda: quoted, answers=answers))  # type: ignore[arg-type]


def test_the_quotes_are_there_before_the_model_has_written_and_stay() -> None:
    cited = (Citation(1, SOURCES[2].text, SOURCES[2].start, SOURCES[2].end, ARTICLE),)
    growing = told("Marco Bellini led the Sudland delegation.", quoted=replace(QUOTED, citations=cited))
    assert (growing[0].text, growing[0].quotes) == ("", cited)
    assert growing[-1].mode == "written"
    assert all(each.quotes == cited for each in growing)


def test_each_written_sentence_says_how_sure_the_check_is() -> None:
    *_, answer = told("The Sudland delegation was led by Marco Bellini. Nearly forty engineers came with Bellini.")
    assert [(each.text, each.citations) for each in answer.sentences] == [
        ("The Sudland delegation was led by Marco Bellini.", (1,)),
        ("Nearly forty engineers came with Bellini.", (2,)),
    ]
    assert [each.sure for each in answer.sentences] == ["a safe edit of the article’s own words"] * 2
    assert answer_info(answer)["sentences"][0]["sure"] == answer.sentences[0].sure


def test_how_sure_is_said_in_words() -> None:
    said = [CheckedSentence("", (), score).sure for score in (0.82, 0.88, 0.95, 0.99)]
    assert said == ["fairly sure", "sure", "very sure", "a safe edit of the article’s own words"]


def test_a_sentence_that_does_not_answer_is_left_out() -> None:
    wrote = "The next meeting will be held in Porto Sereno. Marco Bellini led the Sudland delegation."
    *_, answer = told(wrote, says=("led",))
    assert answer.text == "Marco Bellini led the Sudland delegation [1]."
    assert answer.checks is not None
    assert (answer.checks.kept, answer.checks.removed, answer.checks.again) == (1, 1, 0)


def test_a_sentence_that_goes_on_with_one_that_answers_may_stand() -> None:
    wrote = (
        "Ingrid Halvorsen said the talks were “frank and useful.” She added that her country would not give up the dam."
    )
    *_, answer = told(wrote, says=("said",))
    assert answer.text.endswith("She added that her country would not give up the dam [2].")


def test_where_nothing_answers_the_quotes_do() -> None:
    *_, answer = told("Nearly forty engineers came with Bellini.", says=("led",))
    assert (answer.mode, answer.text) == ("quotes", QUOTED.text)


@pytest.mark.parametrize(
    ("question", "wrote", "shown"),
    [
        ("Did Bellini lead?", "Yes, Marco Bellini led the Sudland delegation.", "Yes, Marco Bellini led"),
        ("Did Bellini lead?", "No, Marco Bellini led the Sudland delegation.", "Marco Bellini led"),
        ("Did Bellini not lead?", "No, Marco Bellini led the Sudland delegation.", "No, Marco Bellini led"),
        ("Who led?", "Yes, Marco Bellini led the Sudland delegation.", "Marco Bellini led"),
        ("Did Bellini lead?", "Yes. Marco Bellini led the Sudland delegation.", "Marco Bellini led"),
    ],
)
def test_yes_and_no_are_shown_only_where_they_go_with_question_and_sentence(
    question: str, wrote: str, shown: str
) -> None:
    *_, answer = told(wrote, question)
    assert answer.text.startswith(shown)


def test_yes_before_what_leans_on_nothing_is_not_shown() -> None:
    *_, answer = told("Yes, she would not give up the dam.", "Will they keep the dam?")
    assert answer.mode == "quotes"
