"""What an evaluation measures, and what the shipped brief must reach."""

import json
from importlib.resources import files
from math import log2
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import Assistant
from assistant.cli.main import app
from assistant.evaluation.dataset import Evidence, KnownQuestion, read_questions
from assistant.evaluation.metrics import comparable, quotes, rank, shows
from assistant.evaluation.runner import Evaluation, evaluate, run
from index import Index, QuestionError
from index.article import Article
from index.encoding.encoder import Encoder

BRIEF_QUESTIONS = Path(__file__).parents[2] / "questions" / "brief.jsonl"


def article(name: str) -> Article:
    return Article(id=name, title=name, text="", source=f"/news/{name}.txt")


ROME, OSLO = article("rome"), article("oslo")


# Finding


def test_the_first_passage_that_shows_evidence_gives_the_reciprocal_rank() -> None:
    passages = [("Rain fell.", ROME), ("The pact was signed in Rome.", ROME)]
    ranking = rank(passages, [Evidence("rome", "signed in Rome")])
    assert ranking.reciprocal_rank == 1 / 2
    assert ranking.recall == {1: 0, 4: 1, 10: 1}
    assert ranking.precision == 1 / 2
    assert ranking.gain == pytest.approx(1 / log2(3))


def test_evidence_that_was_already_shown_earns_nothing_again() -> None:
    passages = [("It was signed.", ROME), ("It was signed.", ROME), ("It was broken.", OSLO)]
    ranking = rank(passages, [Evidence("rome", "signed"), Evidence("oslo", "broken")])
    assert ranking.recall == {1: 0.5, 4: 1, 10: 1}
    assert ranking.precision == pytest.approx((1 + 2 / 3) / 2)
    assert ranking.gain == pytest.approx((1 + 1 / log2(4)) / (1 + 1 / log2(3)))


def test_only_passages_that_fit_in_the_budget_count_for_it() -> None:
    passages = [("x" * 1_500, ROME), ("y" * 600 + " signed", ROME)]
    evidence = [Evidence("rome", "signed")]
    assert rank(passages, evidence).within_budget == 0
    assert rank(passages, evidence).recall[4] == 1
    assert rank(passages[1:], evidence).within_budget == 1


def test_nothing_found_scores_nothing() -> None:
    ranking = rank([], [Evidence("rome", "signed")])
    assert (ranking.reciprocal_rank, ranking.precision, ranking.gain, ranking.within_budget) == (0, 0, 0, 0)


def test_ranks_below_the_tenth_do_not_count() -> None:
    passages = [*[("Rain fell.", ROME)] * 10, ("signed", ROME)]
    assert rank(passages, [Evidence("rome", "signed")]).recall[10] == 0


def test_words_of_another_article_show_nothing() -> None:
    assert not shows("It was signed.", OSLO, Evidence("rome", "signed"))
    assert shows("Anything at all.", ROME, Evidence("rome"))


def test_a_context_says_which_of_two_places_is_meant() -> None:
    evidence = Evidence("rome", "two hours", "The second meeting took two hours")
    assert shows("The second meeting took two hours.", ROME, evidence)
    assert not shows("The first meeting took two hours.", ROME, evidence)
    assert quotes("two hours", ROME, evidence)


def test_quotation_marks_line_ends_and_letter_case_do_not_count() -> None:
    assert comparable("“An ultra-\nconservative,”  He said") == comparable('"an ultra-conservative," he said')


# Question files


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json", "line 2: this is no JSON"),
        ("[1, 2]", "line 2: this is no JSON object"),
        ('{"id": "1", "answerable": true, "evidence": []}', "line 2: the field “question” is missing"),
        ('{"id": "1", "question": "?", "evidence": []}', "line 2: the field “answerable” is missing"),
        ('{"id": "1", "question": "?", "answerable": "yes", "evidence": []}', "line 2: the field “answerable” cannot"),
        ('{"id": "1", "question": " ", "answerable": true, "evidence": []}', "line 2: the field “question” is empty"),
        ('{"id": "1", "question": "?", "answerable": true, "evidence": [{}]}', "line 2: a piece of the field"),
        (
            '{"id": "1", "question": "?", "answerable": true, "evidence": [], "answers": "Rome"}',
            "line 2: the field “answers” is no list of texts",
        ),
        ("[" * 100_000, "line 2: this is"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, line: str, said: str) -> None:
    good = '{"id": 1, "question": "Who led?", "answerable": true, "evidence": [{"article": "rome"}]}'
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(QuestionError) as error:
        read_questions(file)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_missing_empty_or_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="cannot be read"):
        read_questions(tmp_path / "nowhere.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n\n")
    with pytest.raises(QuestionError, match="holds no questions"):
        read_questions(tmp_path / "empty.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"question": "Z\xfcrich?"}')
    with pytest.raises(QuestionError, match="is not UTF-8 text"):
        read_questions(tmp_path / "latin.jsonl")


def test_a_question_keeps_all_that_its_line_says(tmp_path: Path) -> None:
    row = {
        "id": "7",
        "question": "And who led then?",
        "history": ["Who led?"],
        "answerable": True,
        "evidence": [{"article": "rome", "quote": "led", "context": "She led"}],
        "answers": ["She", ""],
        "type": "follow_up",
    }
    (tmp_path / "one.jsonl").write_text("\ufeff" + json.dumps(row), encoding="utf-8")
    evidence = (Evidence("rome", "led", "She led"),)
    expected = KnownQuestion("7", "And who led then?", True, evidence, ("She",), ("Who led?",), "follow_up")
    assert read_questions(tmp_path / "one.jsonl") == [expected]


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "rome.txt").write_text("Ingrid Halvorsen led the Norwegian delegation at the talks in Rome on Tuesday.")
    return made


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rows = [
        {
            "id": "1",
            "question": "Who led the Norwegian delegation?",
            "answerable": True,
            "evidence": [{"article": "rome", "quote": "Ingrid Halvorsen led"}],
            "answers": ["Halvorsen"],
            "type": "who",
        },
        {
            "id": "2",
            "question": "Which vitamins are in broccoli?",
            "answerable": False,
            "evidence": [],
            "answers": [],
            "type": "off topic",
        },
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def test_the_command_prints_a_table_and_writes_all_figures(folder: Path, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    arguments = ["evaluate", str(questions), "--articles", str(folder), "--json", str(out)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "passages: MRR@10" in result.stdout
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["questions"] == 2
    assert figures["mrr_at_10"] == figures["citations_exact"] == figures["answer_contains"] == 1
    assert figures["refused_rightly"]["off topic"] == {"questions": 1, "refused": 1}
    assert figures["refused_wrongly"]["who"] == {"questions": 1, "refused": 0}
    assert [each["answered"] for each in figures["outcomes"]] == [True, False]


def test_a_limit_asks_only_the_first_questions(folder: Path, questions: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    arguments = ["evaluate", str(questions), "--articles", str(folder), "--json", str(out), "--limit", "1"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    figures = json.loads(out.read_text(encoding="utf-8"))
    assert figures["questions"] == 1
    assert figures["refused_rightly"] == {}


def test_questions_about_articles_that_are_not_there_are_noticed(questions: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(questions), "--limit", "1"])
    assert result.exit_code == 0, result.output
    assert "1 articles that the library does not hold: rome." in result.stderr


@pytest.mark.parametrize("option", ["--json", "--articles"])
def test_a_place_that_is_not_there_is_one_sentence(option: str, questions: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(questions), option, str(tmp_path / "nowhere" / "x")])
    assert result.exit_code == 1
    assert all(line.startswith("talks: ") for line in result.stderr.splitlines())
    assert "nowhere" in result.stderr


# The shipped brief


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Evaluation:
    home = tmp_path_factory.mktemp("brief")
    with Index(home, encoder=encoder) as index:
        index.sync([Path(str(files("index") / "articles"))])
    with Assistant(home, encoder=encoder) as talks:
        return evaluate(run(talks, read_questions(BRIEF_QUESTIONS)))


def test_every_citation_of_the_brief_is_exact(brief: Evaluation) -> None:
    assert brief.citations > 50
    assert brief.citations_exact == 1


def test_the_brief_is_found_in_and_answered_from(brief: Evaluation) -> None:
    assert brief.mrr_at_10 is not None and brief.mrr_at_10 >= 0.9
    assert brief.answer_contains is not None and brief.answer_contains >= 0.85
    assert brief.citations_hit is not None and brief.citations_hit >= 0.85
    assert brief.quotes_per_answer is not None and brief.quotes_per_answer <= 2.0


def test_what_the_brief_does_not_say_is_refused(brief: Evaluation) -> None:
    assert brief.refused_rightly["off_topic"].share == 1
    assert brief.refused_rightly["unanswerable"].share >= 0.6
    assert brief.refused_wrongly["all"].share <= 0.05
