"""Safe edits: what only leaves out, moves or resolves its source's words is proven, and nothing else is."""

import pytest

from assistant.checking.edits import proven

SPOKE = "Anna Berg, who led the team, spoke to reporters on Friday, saying that the dam was safe."
MAY = "The minister may sign the treaty in Oslo on Friday, a spokesman said, if parliament agrees."
RULED = "The court did not allow the strike until Monday."


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Anna Berg spoke to reporters.", SPOKE),
        ("Anna Berg led the team.", SPOKE),
        ("Berg, who led the team, spoke to reporters on Friday.", SPOKE),
        ("Talks ended on Friday.", "On Friday, talks ended."),
        ("On Friday, talks ended.", "Talks ended on Friday."),
        ("The talks were led by Anna Berg.", "Anna Berg led the talks on Friday."),
        ("Anna Berg led the talks.", "The talks were led by Anna Berg."),
        ("Berg said the dam was safe.", "The dam was safe, Berg said on Friday."),
        ("The dam was safe, according to Berg.", "Berg said that the dam was safe."),
        ("Berg warned that the dam was old.", "Berg has warned that the dam was old."),
        ("Medin led the team.", "Palace counsellor and chief negotiator Ivo Medin led the team."),
        ("Anna Berg is the mayor of Holm.", "Anna Berg, the mayor of Holm, left."),
        ("The port was closed.", "The port was closed; the airport, which nobody had warned, stayed open."),
        ("The U.S. envoy left.", "The American envoy left."),
        ("The port opened after a year.", "The port, once the largest of Norland, opened after a year."),
        ("The teams met in Rome on Friday.", "The teams met in Rome on Friday to talk about the dam."),
        ("Anna Berg opened the port.", "Anna Berg opened the port and left without a word."),
    ],
)
def test_safe_edits_are_proven(sentence: str, source: str) -> None:
    assert proven(sentence, source)


def test_a_pronoun_is_resolved_from_the_sentence_before() -> None:
    assert proven("Anna Berg called the dam old.", "She called the dam old.", ["Anna Berg met the mayor."])
    assert not proven("Ivo Medin called the dam old.", "She called the dam old.", ["Anna Berg met the mayor."])


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The minister will sign the treaty in Oslo.", MAY),
        ("The minister may sign the treaty.", MAY),
        ("A spokesman said the minister may sign the treaty in Oslo on Friday.", MAY),
        ("The court allowed the strike.", RULED),
        ("The court did not allow the strike.", RULED),
        ("The port opened.", "The port nearly opened."),
        ("The port opened.", "The port opened if the pilots agreed."),
        ("The port did not open.", "The port did not open and close on Friday."),
        ("A line runs between Rome.", "A line runs between Rome and Oslo."),
        ("The port agreed.", "The port agreed to close."),
        ("It was the first visit.", "It was the first visit in ten years."),
        ("All members voted.", "All members voted, but not Holm's."),
        ("Berg is president.", "Berg is former president."),
        ("The president left.", "The former president left."),
        ("The dam was safe.", "The dam was safe, Berg said."),
        ("Medin said the dam was safe.", "Berg said the dam was safe."),
        ("Berg said the dam was safe.", "Berg denied that the dam was safe."),
        ("Berg warned the board that the dam was old.", "Berg warned that the dam was old."),
        ("Holm sold its stake to Lund.", "Lund sold its stake to Holm."),
        ("Berg met Medin, who led the talks.", "Medin met Berg, who led the talks."),
        ("The city planted 16,000 trees.", "The city planted 11,000 trees and intends to plant 5,000 more."),
        ("The talks failed because Berg left.", "The talks failed. Berg left."),
        ("Berg said the dam was “safe and old.”", "Berg said the dam was “safe.” It is old."),
    ],
)
def test_what_changes_the_meaning_is_not(sentence: str, source: str) -> None:
    assert not proven(sentence, source)
