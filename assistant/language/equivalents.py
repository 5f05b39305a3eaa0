"""Equivalents: whether one number or time says the same as another in other units, or may follow from it."""

from collections.abc import Iterable
from typing import Final

#: How long each unit of time is: minutes where that is fixed, months where it is not.
_MINUTES: Final = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1_440, "week": 10_080}
_CALENDAR: Final = {"month": 1, "year": 12, "decade": 120, "century": 1_200}
_SEASONS: Final = {
    "spring": frozenset({"march", "april", "may"}),
    "summer": frozenset({"june", "july", "august"}),
    "autumn": frozenset({"september", "october", "november"}),
    "winter": frozenset({"december", "january", "february"}),
}
_OF_A_DAY: Final = frozenset("morning noon afternoon evening tonight night midnight".split())
_MANY: Final = {"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
#: Whoever says "more than ten" means no thirty.
_CLOSE: Final = 1.3
#: Ten thousand are thousands, a million are not.
_RANGE: Final = 1_000


def same_number(number: str, held: Iterable[str]) -> bool:
    """Do other numbers, in the form that `numbers` gives them, say the same?

    >>> same_number("3 day", {"72 hour"}), same_number("0.4", {"40"}), same_number("several thousand", {"6200"})
    (True, True, True)
    """
    return any(number == other or _same(number, other) or _same(other, number) for other in held)


def _same(number: str, other: str) -> bool:
    value, unit = _parted(number)
    known, counted = _parted(other)
    if number.startswith("several "):
        least = _MANY.get(number.removeprefix("several "), 0)
        return known is not None and 0 < least <= known < least * _RANGE
    if value is None or known is None:
        return False
    for lengths in (_MINUTES, _CALENDAR):
        if unit in lengths and counted in lengths:
            return abs(value * lengths[unit] - known * lengths[counted]) < 1e-6 * value * lengths[unit]
    return (
        unit == counted == "" and 0 < value < 1 <= known and abs(100 * value - known) < 0.5
    )  # "two fifths", 40 percent


def about_number(number: str, held: Iterable[str], *, more: bool, less: bool) -> bool:
    """May "more than", "less than" or (both) "about" this number be said of one that is held?

    >>> about_number("2 year", {"20 month"}, more=False, less=True), about_number("9", {"12"}, more=True, less=False)
    (True, False)
    """
    value, unit = _parted(number)
    for other in held:
        known, counted = _parted(other)
        if value is None or known is None:
            continue
        for lengths in (_MINUTES, _CALENDAR):
            if unit in lengths and counted in lengths:
                known, counted = known * lengths[counted] / lengths[unit], unit
        if counted == unit and (
            (more and value < known <= value * _CLOSE) or (less and known < value <= known * _CLOSE)
        ):
            return True
    return False


def _parted(number: str) -> tuple[float | None, str]:
    value, _, unit = number.partition(" ")
    try:
        return float(value), unit
    except ValueError:
        return None, ""


def same_time(time: str, held: Iterable[str]) -> bool:
    """Do other times, in the form that `times` gives them, say this one, too: June is in summer?

    >>> same_time("summer", {"august"}), same_time("august", {"summer"})
    (True, False)
    """
    return time in held or bool(_SEASONS.get(time, frozenset()) & frozenset(held))


def rivals(time: str, held: Iterable[str]) -> set[str]:
    """The other times of the same kind, of which only one can be meant: another part of the day, another season."""
    others = {each for each in held if each != time}
    if time in _OF_A_DAY:
        return others & _OF_A_DAY
    if time in _SEASONS:
        return {each for each in others if each in _SEASONS or any(each in months for months in _SEASONS.values())}
    unit = time.rpartition(" ")[2]
    return {each for each in others if " " in each and each.endswith(f" {unit}")}
