"""The written data: every label points at a sentence, and nothing that is held out is trained on."""

import random
from collections import Counter

from assistant.models.training.entailment_pairs import ENTAILMENT, OTHER, claim_pairs, sentence_pairs, torn
from assistant.models.training.written import bundle_of, held_out, own_bundles, own_claims

BUNDLES = own_bundles()


def test_every_answer_is_a_sentence_and_every_span_stands_in_it() -> None:
    for bundle in BUNDLES:
        texts = [article.sentences for article in bundle.articles]
        for question in bundle.questions:
            for article, sentence in (*question.answer, *question.fine):
                assert texts[article][sentence]
            if question.span:
                article, sentence = question.answer[0]
                assert question.span in texts[article][sentence], (bundle.name, question.text)


def test_a_fifth_of_the_questions_at_least_is_not_answered() -> None:
    near = sum(not question.answer for bundle in BUNDLES for question in bundle.questions)
    assert near >= 0.2 * sum(len(bundle.questions) for bundle in BUNDLES)


def test_what_is_held_out_is_not_trained_on() -> None:
    kept, held = held_out(BUNDLES)
    assert held
    assert not {each.name for each in kept} & {each.name for each in held}
    assert len(kept) + len(held) == len(BUNDLES)


def test_claims_are_balanced_and_their_wrong_words_stand_in_them() -> None:
    claims = own_claims()
    assert Counter(claim.supported for claim in claims) == {True: len(claims) // 2, False: len(claims) // 2}
    assert all(claim.wrong in claim.claim and bool(claim.wrong) != claim.supported for claim in claims)


def test_an_article_by_itself_is_a_bundle_of_one() -> None:
    found = bundle_of(
        {
            "title": "Talks",
            "publisher": "Warden",
            "published": "2026-03-01",
            "paragraphs": [["They met.", "They left."]],
            "questions": [{"q": "did they leave", "kind": "yesno", "answer": [1], "fine": [], "span": ""}],
            "claims": [{"claim": "They left.", "source": [1], "supported": True, "how": "copy"}],
        },
        "one",
    )
    assert found.articles[0].header == "Talks - Warden - Sunday 1 March 2026"
    assert found.questions[0].answer == ((0, 1),)
    assert (found.claims[0].source, found.claims[0].before) == ("They left.", "They met.")


def test_pairs_that_are_made_say_which_words_are_wrong() -> None:
    pairs = sentence_pairs(BUNDLES[:4], seed=1)
    wrong = [pair for pair in pairs if pair.wrong]
    assert len(wrong) > 50
    assert all(pair.wrong in pair.hypothesis and pair.label == OTHER for pair in wrong)
    assert all(pair.hypothesis not in pair.premise for pair in wrong)
    assert any(pair.label == ENTAILMENT for pair in pairs)


def test_a_torn_sentence_lacks_words_of_its_middle_so_that_the_deed_is_anothers() -> None:
    sentence = "Minister Ada Rook told the reporters of Radio Vell that Lars Moen had already signed the treaty."
    found = list(torn(sentence, random.Random(1)))
    assert "Minister Ada Rook that Lars Moen had already signed the treaty." in found
    for each in found:
        words = iter(sentence.split())
        assert all(word in words for word in each.split()) and len(each) < len(sentence)


def test_the_same_seed_makes_the_same_pairs() -> None:
    assert sentence_pairs(BUNDLES[:2], seed=3) == sentence_pairs(BUNDLES[:2], seed=3)
    assert claim_pairs(own_claims()[:20], 2, 1) == claim_pairs(own_claims()[:20], 2, 1)
