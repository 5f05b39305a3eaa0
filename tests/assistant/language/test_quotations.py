"""Who says what in an article: every part of it has its speaker, and the article's own voice has none."""

import pytest

from assistant.language.quotations.speech import Speech, questions_in, speech_of
from assistant.models.training.written import own_bundles
from index.article import Article


def speech(text: str, title: str = "") -> Speech:
    return speech_of(Article(id="", title=title, text=text, source=""))


def speaker(text: str, of: str) -> str | None:
    start = text.index(of)
    found = speech(text).speaker(start, start + len(of))
    return None if found is None else found.name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ferry is late, Ina Vollan said.", "Ina Vollan"),
        ("“The ferry is late,” said Ina Vollan, who runs the harbour.", "Ina Vollan"),
        ("Ina Vollan, the harbour master, told reporters on Monday that the ferry was late.", "Ina Vollan"),
        ("The harbour master, Ina Vollan, insisted that the ferry was late.", "Ina Vollan"),
        ("According to Ina Vollan, the ferry is late.", "Ina Vollan"),
        ("The ferry is late, according to Ina Vollan.", "Ina Vollan"),
        ("On Tuesday Ina Vollan warned that the ferry would be late.", "Ina Vollan"),
        ("Ina Vollan was quoted as saying that the ferry was late.", "Ina Vollan"),
        ("Ina Vollan (Civic Union) said the ferry was late.", "Ina Vollan"),
        ("“The ferry is late,” Ina Vollan sings.", "Ina Vollan"),
        ("As Ina Vollan put it, the ferry was “a clock without hands”.", "Ina Vollan"),
        ("Ina Vollan -- the harbour master of many years -- said the ferry was late.", "Ina Vollan"),
        ("Ina Vollan likes it here. She’s claiming that the ferry was “never late”.", "Ina Vollan"),
        ("The ministry of fisheries denied that the ferry was late.", "ministry of fisheries"),
        ("Officials in the harbour said the ferry was late.", "Officials in the harbour"),
        ("A new survey shows that the ferry is late.", "new survey"),
    ],
)
def test_a_sentence_has_the_speaker_that_it_names(text: str, name: str) -> None:
    assert speaker(text, text) == name


@pytest.mark.parametrize(
    "text",
    [
        "The ferry came at noon and left an hour later.",
        "The report of the commission has 40 pages.",
        "The talks are expected to last three days.",
        "Ina Vollan did not come.",
        "His demands, his plans and his fears fill a book.",
        "It is worth noting that the ferry was late.",
    ],
)
def test_the_article_s_own_voice_has_no_speaker(text: str) -> None:
    assert speaker(text, text) is None


def test_a_pronoun_is_whoever_spoke_before() -> None:
    text = "Ina Vollan opened the harbour. “It was time,” she said. She added that the ferry was late."
    assert speaker(text, "“It was time,”") == "Ina Vollan"
    assert speaker(text, "She added that the ferry was late.") == "Ina Vollan"


def test_a_quotation_of_several_sentences_is_one_speaker_s() -> None:
    text = "“The ferry is late. We have waited. Nobody told us,” Ina Vollan said. “We will wait on. We have tea.”"
    for part in ("The ferry is late.", "We have waited.", "We will wait on.", "We have tea."):
        assert speaker(text, part) == "Ina Vollan"


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "Ina Vollan was angry. “The ferry is late, she said so.\n\n“We have waited for it all night.”"
    assert speaker(text, "We have waited for it all night.") == "Ina Vollan"


def test_a_line_that_ends_with_a_colon_names_the_speaker_of_the_next() -> None:
    text = "Ina Vollan had the last word:\n\n“We will wait.”"
    assert speaker(text, "“We will wait.”") == "Ina Vollan"


def test_one_person_goes_by_full_name_last_name_and_office() -> None:
    text = (
        "Ina Vollan, the mayor of Tolby, opened the harbour. Vollan said it was time. "
        "The mayor said that the ferry was late."
    )
    assert speaker(text, "Vollan said it was time.") == "Ina Vollan"
    assert speaker(text, "The mayor said that the ferry was late.") == "Ina Vollan"


def test_the_office_is_what_the_article_says() -> None:
    text = "Defence Minister Aron Teld said he would stay. Ina Vollan, the mayor of Tolby, said she would go."
    found = speech(text)
    first, second = found.speaker(0, 46), found.speaker(47, len(text))
    assert first is not None and (first.name, first.office) == ("Aron Teld", "Defence Minister")
    assert second is not None and (second.name, second.office) == ("Ina Vollan", "mayor of Tolby")


def test_words_are_direct_reported_or_a_spokesman_s() -> None:
    kinds = []
    for text in (
        "“The ferry is late,” Ina Vollan said.",
        "Ina Vollan said the ferry was late.",
        "A spokesman for Ina Vollan said the ferry was late.",
    ):
        found = speech(text).speaker(0, len(text))
        assert found is not None
        kinds.append(found.kind)
    assert kinds == ["direct", "reported", "spokesman"]


def test_a_spokesman_s_words_are_not_the_words_of_whom_he_speaks_for() -> None:
    text = "Ina Vollan was away. A spokesman for Ina Vollan said the ferry was late."
    assert speaker(text, "said the ferry was late") == "spokesman for Ina Vollan"


TRANSCRIPT = """\
INA VOLLAN, mayor of Tolby: Good evening. The harbour is open.

QUESTION (The Warden): When does the ferry come?

VOLLAN: At noon. I would not bet on it.

QUESTION: Who pays?

ARON TELD, treasurer: We do."""


def test_in_a_transcript_an_answer_goes_with_its_speaker() -> None:
    found = speech(TRANSCRIPT)
    start = TRANSCRIPT.index("I would not bet")
    said = found.speaker(start, start + 20)
    assert said is not None and (said.name, said.office) == ("Ina Vollan", "mayor of Tolby")
    assert speaker(TRANSCRIPT, "We do.") == "Aron Teld"


def test_a_reporter_s_question_is_nobody_s_statement() -> None:
    found = speech(TRANSCRIPT)
    start = TRANSCRIPT.index("When does")
    assert found.asks(start, start + 25)
    assert found.speaker(start, start + 25) is None
    answer = TRANSCRIPT.index("At noon.")
    assert not found.asks(answer, answer + 8)


INTERVIEW = """\
Ina Vollan has run the harbour for ten years. She spoke to the Observer on Monday.

When does your ferry come?

At noon, if the wind allows.

Your captain is said to be ill.

He is well. I saw him this morning.

Who pays for it?

Nobody, so far.

Will you sail yourself?

I will."""


def test_in_an_interview_the_answers_are_those_of_whom_it_is_with() -> None:
    found = speech(INTERVIEW, "“It will come”: Ina Vollan on her ferry")
    for answer in ("At noon, if the wind allows.", "He is well.", "Nobody, so far."):
        start = INTERVIEW.index(answer)
        said = found.speaker(start, start + len(answer))
        assert said is not None and said.name == "Ina Vollan"
    for question in ("When does your ferry come?", "Your captain is said to be ill.", "Who pays for it?"):
        start = INTERVIEW.index(question)
        assert found.asks(start, start + len(question))


def test_a_letter_that_is_signed_is_the_signer_s() -> None:
    text = "Readers write.\n\n“The ferry is a disgrace.” ― Ina Vollan"
    assert speaker(text, "“The ferry is a disgrace.”") == "Ina Vollan"


@pytest.mark.parametrize(
    "text", ["", "“", '"', "“”", "said", "said.", ", said", "“,” said", "Q.", ":\n\n:", "’" * 50, "he said " * 300]
)
def test_no_text_is_too_odd(text: str) -> None:
    found = speech(text)
    for each in found.statements:
        assert 0 <= each.start <= each.end <= len(text)


def test_an_administration_is_not_its_president_and_a_clause_is_no_office() -> None:
    text = (
        "Talks ended, with the Brandt administration as broker, President Olha Marchenko said.\n\n"
        "“We are not there yet,” she told reporters.\n\n"
        "Brandt, who before his return pledged peace, is pressing for a deal. “It will be easy,” he said."
    )
    speech = speech_of(Article(id="", title="", text=text, source=""))
    first, last = (speech.speaker(at, at + 22) for at in (text.index("“We are"), text.index("“It will")))
    assert first is not None
    assert last is not None
    assert (first.name, last.name, last.office) == ("Olha Marchenko", "Brandt", None)


FAMILY = (
    "Aron Vollan, the minister of fisheries, opened the pier. His daughter, Ina Vollan, came with him.\n\n"
    "Ina Vollan spoke first. She said the ferry was late. “We waited,” she added.\n\n"
    "Mr. Vollan said the pier was new."
)


def test_namesakes_are_told_apart_by_first_name_and_title() -> None:
    assert speaker(FAMILY, "She said the ferry was late.") == "Ina Vollan"
    assert speaker(FAMILY, "“We waited,” she added.") == "Ina Vollan"
    assert speaker(FAMILY, "Mr. Vollan said the pier was new.") == "Aron Vollan"


def test_a_president_with_country_and_full_name_is_no_other_president() -> None:
    text = "President Aron Teld left. “It was late,” Ukrainian President Ina Vollan said."
    assert speaker(text, "“It was late,” Ukrainian President Ina Vollan said.") == "Ina Vollan"


def test_a_short_form_of_a_first_name_is_no_namesake() -> None:
    text = "Benjamin Teld taught here. Ben Teld said the school was cold. “It was,” Teld said."
    names = {each.speaker.name for each in speech(text).statements}
    assert names == {"Benjamin Teld"}


def test_a_quotation_that_ends_in_a_question_is_of_whoever_asks_it_in_the_next_sentence() -> None:
    text = "“It is late,” Ina Vollan said.\n\n“Who would have believed it?” Teld said, looking at the sea."
    assert speaker(text, "“Who would have believed it?”") == "Teld"


def test_a_paragraph_without_marks_is_of_the_line_with_a_colon_before_it() -> None:
    text = "Ina Vollan is the governor. “It is late,” she said.\n\nThe governor added:\n\nIt is typical. Nobody came."
    assert speaker(text, "Nobody came.") == "Ina Vollan"


def test_an_answer_that_begins_with_no_is_no_part_of_its_question() -> None:
    text = "Q. Will you come?\n\nA. No. Never again.\n\nQ. Why?\n\nA. It is late."
    found = speech(text, "Interview with Ina Vollan")
    start = text.index("Never again.")
    assert not found.asks(start, start + 12)
    assert speaker_of_span(found, start) == "Ina Vollan"


def speaker_of_span(found: Speech, start: int) -> str | None:
    who = found.speaker(start, start + 12)
    return None if who is None else who.name


def test_the_questions_of_an_article_are_those_of_all_that_is_said_in_it() -> None:
    asked = 0
    for bundle in own_bundles()[::4]:
        for written in bundle.articles:
            article = Article(id="", title=written.title, text=written.text, source="")
            assert questions_in(article) == speech_of(article).questions
            asked += len(questions_in(article))
    assert asked > 0
