"""Tables of lesson 08: what each of the paper's remedies changes, and how many people one needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from simlib.case import load_case
from simlib.evidence import appraise
from simlib.evidence.office_queue import Queue, answers, staff_for
from simlib.figures.board import spoken
from simlib.figures.drawing import NO_FIGURE, Cell, Drawing
from simlib.lessons.declaration import CHOSEN
from simlib.lessons.evidence.names import lesson
from simlib.lessons.evidence.outcomes import Found
from simlib.lessons.reader import lesson_of
from simlib.text import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simlib.lessons.evidence.outcomes import Suit, Told

PER_DAY = (5, 10, 20)  # requests a day
SERVICE_DAYS, SIGMA = 0.5, 0.8  # median of the work on one request, and how it varies
SHARE, LIMITS = 0.95, (2, 3)  # answered within so many days
DAYS, RUNS = 90, 20
# of the remedies: their settings are their own, whatever the stage shows
REQUESTS = (170, 187)  # of the request: shortly before the least period of logs is over, and after
TODAY = {"reply": "today", "mandatory": False}
ALONE: Mapping[str, Mapping[str, object]] = {  # remedy → what it sets
    "today": {},
    "retention": {"mandatory": True},
    "deposit": {},
    "appraisers": {},
    "request_3d": {"reply": "request_3d"},
    "platform_48h": {"reply": "platform_48h"},
    "assistance": {},
}
CHAT, LOG, NEAR, FAR = "chat", "log", "local", "border"
LAW = "stay_if_prejudicial"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a remedy of the paper comes to.

    Attributes
    ----------
    chat, log, border
        what becomes of chats and logs asked for here, and of chats on a platform abroad, on each
        day of the request
    suit
        the suit by the law in force
    error
        chance that an appraisal is wrong
    """

    chat: Sequence[Told]
    log: Sequence[Told]
    border: Sequence[Told]
    suit: Suit
    error: float


def below(found: Found, chosen: Mapping[str, Any], lang: str) -> Drawing:
    """Show the table that is chosen."""
    if chosen["view"] == "staff":
        return draw_staff(lang)
    return draw_remedies(remedies(), REQUESTS, lang)


@cache
def remedies() -> Mapping[str, Remedy]:
    """Return what each remedy comes to; assistance abroad is taken to work as well as at home."""
    return {name: _alone(name, sets) for name, sets in ALONE.items()}


def _alone(name: str, sets: Mapping[str, object]) -> Remedy:
    lesson = lesson_of("evidence")
    suits: dict[str, Suit] = {}
    means = lesson.changes(("means",))
    facts = {key: value for key, value in means.items() if not key.startswith(CHOSEN)}
    held = {key.removeprefix(CHOSEN): value for key, value in means.items() if key not in facts}
    case = load_case(lesson.cases[0]).set(facts)
    chosen = [lesson.chosen({**held, **TODAY, **sets, "ask": day}) for day in REQUESTS]
    early, late = (Found(case, each, suits=suits) for each in chosen)
    place = NEAR if name == "assistance" else FAR
    error = appraise(early.sue_on, supervised=name == "appraisers").error
    chat, log, far = ((early[row], late[row]) for row in (CHAT, LOG, place))
    return Remedy(chat, log, far, early[LAW], error)


def draw_remedies(
    remedies: Mapping[str, Remedy], days: tuple[int, int], lang: str = "zh"
) -> Drawing:
    """Show each remedy beside today: chances on two days of a request, money, mistakes."""
    keys = ("remedy", "chat", "log", "border", "money", "error", "not")
    columns = tuple(lesson(f"tables.column.{key}", lang) for key in keys)
    rows = tuple(_remedy(name, each, days, lang) for name, each in remedies.items())
    asked = next(iter(remedies.values())).suit.asked
    note = lesson("tables.remedies", lang, early=days[0], late=days[1], asked=asked)
    return Drawing(NO_FIGURE, columns, rows, note)


def _remedy(name: str, each: Remedy, days: tuple[int, int], lang: str) -> tuple[Cell, ...]:
    first, last = days
    chances = [
        lesson("tables.then", lang, first=first, early=early, last=last, late=late)
        for early, late in (
            [spoken(told.chance, lang, "percent") for told in asked]
            for asked in (each.chat, each.log, each.border)
        )
    ]
    told = [lesson(f"tables.remedy.{name}", lang), *chances, spoken(each.suit.paid, lang)]
    return tuple(map(Cell, (*told, percent(each.error, lang), lesson(f"tables.not.{name}", lang))))


def draw_staff(lang: str = "zh") -> Drawing:
    """Show how many people an office needs that answers one-click requests."""
    columns = [lesson("tables.staff.per_day", lang)]
    columns += [lesson("tables.staff.within", lang, n=n, q=percent(SHARE, lang)) for n in LIMITS]
    columns += [lesson("tables.staff.less", lang, n=LIMITS[-1]), lesson("tables.staff.load", lang)]
    rows = tuple(_staff(per_day, lang) for per_day in PER_DAY)
    return Drawing(NO_FIGURE, tuple(columns), rows, lesson("tables.staff_said", lang, n=RUNS))


def _staff(per_day: int, lang: str) -> tuple[Cell, ...]:
    alone = Queue(per_day, 1, SERVICE_DAYS, SIGMA)
    needed = [staff_for(alone, n, SHARE, days=DAYS, runs=RUNS) for n in LIMITS]
    least = needed[-1] or 1
    fewer = Queue(per_day, max(1, least - 1), SERVICE_DAYS, SIGMA)
    within = answers(fewer, DAYS, RUNS).within(LIMITS[-1])
    load = Queue(per_day, least, SERVICE_DAYS, SIGMA).load
    people = [_people(n, lang) for n in needed]
    return tuple(map(Cell, (str(per_day), *people, percent(within, lang), percent(load, lang))))


def _people(n: int | None, lang: str) -> str:
    return lesson("tables.none", lang) if n is None else lesson("tables.people", lang, n=n)
