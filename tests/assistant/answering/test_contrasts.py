"""Where the papers that an answer cites differ, what they share, and wire stories that several print."""

from datetime import date

from assistant.answer import Citation, Contrast
from assistant.answering.across_papers.contrasts import contrasts_of
from assistant.answering.across_papers.same_words import merged
from index.article import Article


def cite(number: int, paper: str, text: str, day: int = 3) -> Citation:
    article = Article(f"{paper}-{number}", "Talks", text, "a.txt", paper, None, date(2026, 3, day))
    return Citation(number, text, 0, len(text), article)


def words(contrast: Contrast) -> list[tuple[int, str]]:
    return [(each.citation, each.text) for each in contrast.spans]


def test_figures_for_the_same_thing_stand_side_by_side() -> None:
    found = contrasts_of(
        [
            cite(1, "Warden", "Seventeen lorries were waiting at the gate."),
            cite(2, "Courier", "About a dozen lorries were waiting at the southern gate on Monday."),
        ],
        {},
        asked=True,
    )
    figure = next(each for each in found if each.kind == "figure")
    assert (figure.about, figure.same) == ("lorries", False)
    assert words(figure) == [(1, "Seventeen"), (2, "a dozen")]


def test_every_span_is_the_papers_own_words() -> None:
    citations = [
        cite(1, "Warden", "On Monday 14 people were killed when a drone struck the camp."),
        cite(2, "Courier", "On Monday 11 people were killed when a shell struck the camp."),
    ]
    found = contrasts_of(citations, {}, asked=True)
    assert {each.kind for each in found} == {"figure", "date", "words"}
    for span in (span for each in found for span in each.spans):
        article = citations[span.citation - 1].article
        assert article.text[span.start : span.end] == span.text


def test_wordings_are_set_off_where_two_sentences_tell_of_the_same() -> None:
    found = contrasts_of(
        [
            cite(1, "Warden", "The shooting at the bridge was begun by soldiers from the southern bank."),
            cite(2, "Courier", "The shooting at the bridge was begun by rebels from the northern bank."),
        ],
        {},
        asked=True,
    )
    assert [words(each) for each in found if each.kind == "words"] == [
        [(1, "soldiers"), (1, "southern"), (2, "rebels"), (2, "northern")]
    ]


def test_what_two_papers_share_is_told_after_what_they_do_not() -> None:
    found = contrasts_of(
        [
            cite(1, "Warden", "Three soldiers and a medic were killed at the bridge on Sunday."),
            cite(2, "Courier", "Three soldiers and a fighter were killed at the bridge on Sunday."),
        ],
        {},
        asked=True,
    )
    assert [(each.kind, each.same) for each in found] == [("words", False), ("figure", True), ("date", True)]


def test_an_older_figure_of_a_paper_is_a_change_and_no_disagreement() -> None:
    found = contrasts_of(
        [
            cite(1, "Warden", "The list held 240 prisoners of both sides.", day=1),
            cite(2, "Warden", "The list now holds 214 prisoners of both sides.", day=5),
            cite(3, "Courier", "The list holds 214 prisoners of both sides.", day=5),
        ],
        {},
        asked=True,
    )
    figures = [each for each in found if each.kind == "figure"]
    assert [each.same for each in figures] == [True]
    assert words(figures[0]) == [(2, "214"), (3, "214")]


def test_figures_of_other_days_differ_only_where_somebody_asks() -> None:
    papers = [
        cite(1, "Warden", "The hospital counted 31 people who were killed.", day=1),
        cite(2, "Courier", "The hospital counted 44 people who were killed.", day=20),
    ]
    assert contrasts_of(papers, {}, asked=False) == ()
    assert [each.same for each in contrasts_of(papers, {}, asked=True) if each.kind == "figure"] == [False]


def test_figures_of_one_time_differ_for_any_question() -> None:
    papers = [
        cite(1, "Warden", "The hospital counted 31 people who were killed."),
        cite(2, "Courier", "The hospital counted 44 people who were killed."),
    ]
    assert [words(each) for each in contrasts_of(papers, {}, asked=False)] == [[(1, "31"), (2, "44")]]


def test_figures_for_other_things_are_no_difference() -> None:
    papers = [
        cite(1, "Warden", "The hospital counted 31 people who were killed."),
        cite(2, "Courier", "Some 400 people came to the harbour to hear the band."),
    ]
    assert contrasts_of(papers, {}, asked=True) == ()


def test_figures_that_each_answer_are_compared_whatever_they_count() -> None:
    papers = [cite(1, "Warden", "We saw 31 bodies."), cite(2, "Courier", "The army put the toll at 19.")]
    found = contrasts_of(papers, {1: [(7, 16)], 2: [(25, 27)]}, asked=True)
    assert [words(each) for each in found] == [[(1, "31"), (2, "19")]]


def test_one_paper_does_not_differ_from_itself() -> None:
    both = [cite(1, "Warden", "It held 240 prisoners of war."), cite(2, "Warden", "It held 214 prisoners of war.")]
    assert contrasts_of(both, {}, asked=True) == ()


WIRE = "ORVU (Wire) - The envoys of Zaporizhzhia left the talks without a deal. They meet again in May."


def test_a_wire_story_in_two_papers_is_one_quote_with_two_sources() -> None:
    first, second = cite(1, "Warden", WIRE), cite(2, "Courier", WIRE.replace("Zaporizhzhia", "Zaporozhye"))
    (only,) = merged([first, second], [first.article, second.article])
    assert only.number == 1
    assert [each.article.publisher for each in only.also] == ["Courier"]
    for each in only.also:
        assert each.article.text[each.start : each.end] == each.quote


def test_another_figure_makes_a_quote_of_its_own() -> None:
    first, second = (
        cite(1, "Warden", "Seventeen lorries stood there."),
        cite(2, "Courier", "Twelve lorries stood there."),
    )
    assert [each.also for each in merged([first, second], [first.article, second.article])] == [(), ()]


def test_a_few_common_words_are_no_wire_story() -> None:
    first, second = cite(1, "Warden", "It was over."), cite(2, "Courier", "It was over.")
    assert len(merged([first, second], [first.article, second.article])) == 2


def test_a_wire_story_in_capitals_is_one_quote_too() -> None:
    first = cite(1, "Warden", "THE TALKS ENDED LATE ON MONDAY WITHOUT A TREATY.")
    second = cite(2, "Courier", "THE TALKS ENDED LATE ON MONDAY WITHOUT A TREATY.")
    other = cite(3, "Herald", "THE MINISTER LEFT ON TUESDAY.")
    found = merged([first, second, other], [first.article, second.article, other.article])
    assert [[each.article.publisher for each in citation.also] for citation in found] == [["Courier"], []]
