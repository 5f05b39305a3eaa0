"""Questions come in one after another, so many at a time; whoever takes in articles lets them pass, and goes on."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from index.encoding.encoder import Encoder
from index.encoding.scheduling import BEHIND, Turns

SECONDS = 30


def until(there: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    for _ in range(SECONDS * 1000):
        if there():
            return
        threading.Event().wait(0.001)
    raise AssertionError("It did not happen.")


def test_no_more_questions_are_worked_on_at_once_than_there_are_places() -> None:
    turns, lock, inside, seen = Turns(at_a_time=2), threading.Lock(), [0], []
    both = threading.Barrier(2)

    def ask(number: int) -> None:
        with turns.question():
            with lock:
                inside[0] += 1
                seen.append(inside[0])
            both.wait(SECONDS)  # two are in here together, or this breaks
            with lock:
                inside[0] -= 1
            both.wait(SECONDS)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(ask, range(20)))
    assert max(seen) == 2
    assert not turns.asked


def test_whoever_came_first_is_first_and_nobody_gets_in_between() -> None:
    turns, order = Turns(at_a_time=1), list[int]()

    def ask(number: int) -> None:
        with turns.question():
            order.append(number)

    with ThreadPoolExecutor(30) as pool, turns.question():
        for number in range(30):
            pool.submit(ask, number)
            until(lambda standing=number + 1: turns.waiting == standing)  # type: ignore[misc]
    assert order == list(range(30))


def test_a_question_that_fails_gives_its_place_on() -> None:
    turns = Turns(at_a_time=1)
    for _ in range(3):
        with pytest.raises(ValueError, match="no such"), turns.question():
            raise ValueError("no such thing")
    with turns.question():
        assert turns.asked
    assert not turns.asked


def test_who_takes_in_articles_waits_while_somebody_asks_but_not_for_ever() -> None:
    turns = Turns(at_a_time=1)
    assert turns.give_way(0)
    with turns.question():
        assert not turns.give_way(0)
        assert not turns.give_way(0.01)
    with ThreadPoolExecutor(1) as pool:
        with turns.question():
            waits = pool.submit(turns.give_way, SECONDS)
        assert waits.result(SECONDS)


def test_passages_are_encoded_only_when_no_question_is_worked_on_and_a_question_at_once(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Noting(Turns):
        gave = 0

        def give_way(self, seconds: float) -> bool:
            self.gave += 1
            return super().give_way(0)

    turns = Noting()
    monkeypatch.setattr(encoder, "turns", turns)
    encoder.encode(["Who led?"], question=True)
    assert turns.gave == 0
    encoder.encode([f"The talks of day {day} ended." for day in range(3)])
    assert turns.gave > 0


def test_a_question_is_never_encoded_by_what_is_only_made_for_many(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = Encoder(folder=encoder.folder).encode(["Who led?"])[0]
    monkeypatch.setattr("index.encoding.encoder.QUICK_FROM", 0)
    assert (Encoder(folder=encoder.folder).encode(["Who led?"], question=True)[0].vector == exact.vector).all()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows the priority of one thread")
def test_once_somebody_has_asked_passages_are_encoded_behind_those_who_ask_and_never_before(encoder: Encoder) -> None:
    own, seen = Encoder(folder=encoder.folder), list[int]()

    def note(done: int) -> None:
        seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    texts = ["The talks of Monday ended.", "The talks of Tuesday ended."]
    before = own.encode(texts, progress=note)
    with own.turns.question():
        pass
    after = own.encode(texts, progress=note)
    usual = os.getpriority(os.PRIO_PROCESS, 0)
    assert seen == [usual, usual, max(usual, BEHIND), max(usual, BEHIND)]
    assert all((one.vector == other.vector).all() for one, other in zip(before, after, strict=True))
