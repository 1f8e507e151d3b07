"""Tables of lesson 08: what each of the paper's remedies changes, and how many people one needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from simlib.case import load_case
from simlib.case.tables import Evidence
from simlib.evidence import Facts, appraise, read_deposit
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

    from simlib.case.model import Case
    from simlib.evidence import Reading
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
    "creation": {},
    "late": {},
    "appraisers": {},
    "request_3d": {"reply": "request_3d"},
    "platform_48h": {"reply": "platform_48h"},
    "assistance": {},
}
DISPUTED = Facts(objects_before=True, proved_before=False, explained_before=False)
STORED = replace(DISPUTED, on_chain=True, digest_matches=True)
DEPOSITED = {  # remedy → what can then be stated of a piece whose truth is contested
    "creation": replace(STORED, deposited_at_creation=True),
    "late": STORED,
    "appraisers": replace(DISPUTED, appraised=True),
}
WITHOUT_END = 36_500  # what is stored with its contents as it comes into being is kept [days]
CHAT, LOG, PROVINCE, NEAR, FAR = "chat", "log", "province", "local", "border"
LAW = "stay_if_prejudicial"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a remedy of the paper, or a late deposit beside them, comes to.

    Attributes
    ----------
    reading
        what the rules make of a piece whose truth the other side contests
    chat, log
        what becomes of chats and logs asked for here, on each day of the request
    province, border
        of chats on a platform in another province, and abroad, on the first of the days
    suit
        the suit by the law in force
    errors
        chances that an appraisal is wrong, today and supervised
    """

    reading: Reading
    chat: Sequence[Told]
    log: Sequence[Told]
    province: Told
    border: Told
    suit: Suit
    errors: tuple[float, float]


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
    if name == "creation":
        case = _stored_whole(case)
    chosen = [lesson.chosen({**held, **TODAY, **sets, "ask": day}) for day in REQUESTS]
    early, late = (Found(case, each, suits=suits) for each in chosen)
    reading = read_deposit(DEPOSITED.get(name, DISPUTED), early.sue_on)
    errors = tuple(appraise(early.sue_on, supervised=held).error for held in (False, True))
    chat, log = ((early[row], late[row]) for row in (CHAT, LOG))
    far = early[NEAR if name == "assistance" else FAR]
    return Remedy(reading, chat, log, early[PROVINCE], far, early[LAW], (errors[0], errors[1]))


def _stored_whole(case: Case) -> Case:
    """Return a case whose chats and logs were stored, contents and all, as they came into being."""
    stored = (
        Evidence(id=f"stored-{kind}", kind=kind, retention_days=WITHOUT_END) for kind in (CHAT, LOG)
    )
    return case.model_copy(update={"evidence": (*case.evidence, *stored)})


def draw_remedies(
    remedies: Mapping[str, Remedy], days: tuple[int, int], lang: str = "zh"
) -> Drawing:
    """Show what each remedy changes: presumption, burden, what is there, days, money; and not."""
    keys = ("remedy", "after", "truth", "chat", "log", "days", "money", "not")
    asked = next(iter(remedies.values())).suit.asked
    columns = tuple(lesson(f"tables.column.{key}", lang, asked=asked) for key in keys)
    rows = tuple(_remedy(name, each, days, lang) for name, each in remedies.items())
    note = lesson("tables.remedies", lang, early=days[0], late=days[1], asked=asked)
    return Drawing(NO_FIGURE, columns, rows, note)


def _remedy(name: str, each: Remedy, days: tuple[int, int], lang: str) -> tuple[Cell, ...]:
    first, last = days
    chances = [
        lesson("tables.then", lang, first=first, early=early, last=last, late=late)
        for early, late in (
            [spoken(told.chance, lang, "percent") for told in asked]
            for asked in (each.chat, each.log)
        )
    ]
    rules = [lesson(f"after.{each.reading.after}", lang), _truth(each, lang)]
    comes_to = [*chances, _days(each, lang), spoken(each.suit.paid, lang)]
    ends = [lesson(f"tables.{key}.{name}", lang) for key in ("remedy", "not")]
    return tuple(map(Cell, (ends[0], *rules, *comes_to, ends[1])))


def _truth(each: Remedy, lang: str) -> str:
    """Return what the court makes of a contested piece, and how often an appraisal is wrong."""
    reading = each.reading
    weighed = reading.outcome == "to_prove" and reading.before == "to_prove"
    said = lesson(f"truth.{'weighed' if weighed else reading.outcome}", lang)
    if reading.outcome != "confirmed":
        return said
    before, error = (percent(chance, lang) for chance in each.errors)
    return lesson("tables.appraised", lang, truth=said, before=before, error=error)


def _days(each: Remedy, lang: str) -> str:
    """Return on which day the answer comes from here, from another province, from abroad."""
    here, there = each.chat[0].answered, each.province.answered
    far = each.border.answered
    abroad = lesson("board.no_day", lang) if far is None else lesson("board.day", lang, n=far)
    return lesson("tables.answers", lang, here=here, there=there, abroad=abroad)


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
