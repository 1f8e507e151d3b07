"""What lesson 07 asks of its engine: one suit in four regimes, its documents, days and money."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.errors import SimlibError
from simlib.figures.board import COURT, PRACTICE, spoken
from simlib.figures.suit_words import document_name
from simlib.interval import Interval, high_end, hull, low_end
from simlib.law.period import after
from simlib.lessons.dated import dated
from simlib.lessons.outcome import Line, Value
from simlib.liability import decide
from simlib.procedure import REGIMES, received, schedule
from simlib.procedure.admissibility import defendants
from simlib.procedure.amount import case_then, frozen_on, left, turns, unheld
from simlib.procedure.day_bounds import entry_of, history
from simlib.procedure.proof import ENOUGH, SOME, own_proof
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.money import Fen
    from simlib.procedure import Admission, Schedule, Step
    from simlib.procedure import Line as TimeLine
    from simlib.procedure.amount import Turn

__all__ = ["ASKS", "READS", "Suit", "line", "sentence", "solve", "still", "value"]

LAW, ORDINARY = "stay_if_prejudicial", "ordinary"
DOCUMENT, AGAIN, MONTHS, MONEY = "document", "again", "months", "money"
REGISTERED, STAY, LOST = "registered", "stay", "claim_dismissed"
PARTIAL = "partial_judgment"  # of the claim that 1172 carries; the rest under 1169 is judged later
DISMISSED, FINAL = "suit_dismissed", "final_judgment"
TRIALS = ("small", "simplified", "ordinary")
WON = "accept_order"  # of the appeal against a refusal
OF_MONEY = ("preserve", "leak", "assets")  # knobs that move nothing but what is paid
NEVER = 10**9  # hundredths of a month, for a judgment that never comes
FILE = "file"  # of the knob for proof: what the file comes to
PERCENT, YUAN = 100, 100  # fen: amounts of the lesson leave them out


@dataclass(frozen=True, slots=True)
class Problem:
    """A suit before it is decided.

    Attributes
    ----------
    case, held
        the case with the days of its criminal case that were chosen; all that was chosen
    """

    case: Case
    held: Mapping[str, Any]

    @property
    def switches(self) -> dict[str, str]:
        """What was chosen, as the engine takes it."""
        held = self.held
        return {
            "reading_176": held["reading_176"],
            "reading_129": held["reading_129"],
            "reading_153": held["reading_153"],
            "evidence_adopted_from": held["evidence_adopted_from"],
            "disposition": held["disposition"] or "case",
            "restitution_bars": held["restitution_bars"],
            "proof": held["proof"],
            "suspect": "at_large" if held["caught"] is None else "found",
            "refusal": held["refusal"],
            "police": held["police"],
            "mediation": held["mediation"],
            "desk": held["desk"],
        }

    @property
    def sue_on(self) -> datetime.date:
        """Day of the suit."""
        return self._month(self.held["sue"])

    @property
    def preserve_on(self) -> datetime.date | None:
        """Day on which she asks for preservation before the suit; None: she does not."""
        asked = self.held["preserve"]
        return None if asked is None else self._month(asked)

    @property
    def rate(self) -> float:
        """The share of his means that is gone each month, a teaching assumption."""
        return float(self.held["leak"]) / PERCENT

    @property
    def awarded_fen(self) -> Fen | None:
        """What the last court ordered [fen]; None: nothing is known of it."""
        return self.case.rulings[-1].amount_fen if self.case.rulings else None

    def _month(self, months: float) -> datetime.date:
        """A day so many months after the loss, never before the report."""
        day = after(self.case.acted_on, months=int(months))
        return max(day, history(self.case)["reported"].low)


@dataclass(frozen=True)
class Suit:
    """What one regime makes of a suit.

    Attributes
    ----------
    problem, schedule
        the suit, and the time lines of it
    """

    problem: Problem
    schedule: Schedule

    @property
    def line(self) -> TimeLine:
        """The ordinary line."""
        return self.schedule.lines[ORDINARY]

    @property
    def document(self) -> str:
        """What this suit gets: a refusal, a stay, or what decides on it."""
        return document_of(self.line)

    @property
    def heard(self) -> Step | None:
        """The appeal against the ruling that sent this suit away; None: there was none."""
        return heard(self.line)

    @property
    def admitted(self) -> Admission:
        """What the court did with this suit: on appeal, if that took it."""
        won = self.heard is not None and self.heard.document == WON
        return self.line.admissions[1 if won else 0]

    @property
    def again(self) -> str:
        """Whether the same claim may be brought again after that document.

        If a second suit was sent away too, as it is said there.
        """
        first, last = self.admitted, self.line.admissions[-1]
        if last.document != REGISTERED:
            return str(last.refile)
        if first.document != REGISTERED:
            return str(first.refile)
        return "resumes" if first.stays or self.stayed_later else "barred"

    @property
    def stayed_later(self) -> bool:
        """Whether it is tried first and stayed in mid-trial."""
        return self.document == STAY and not self.admitted.stays

    @property
    def by_practice(self) -> bool:
        """Whether the suit is refused, or dismissed later, for restitution that is ordered.

        No article says so.
        """
        said = self.line.admissions[-1] if self.is_dismissed else self.admitted
        ordered = [g for g in said.grounds if g.key == "restitution_whole" and g.holds]
        return said.document != REGISTERED and bool(ordered)

    @property
    def is_dismissed(self) -> bool:
        """Whether a suit that was taken is dismissed by ruling in the end."""
        return self.admitted.document == REGISTERED and self.line.document == DISMISSED

    @property
    def should_stay(self) -> bool:
        """Whether it is tried at once although it must rest on the criminal result.

        Then it is a contrast: minutes 130 and article 153 ask for a stay.
        """
        first = self.admitted
        held = [g for g in first.grounds if g.key == "prejudicial" and g.holds]
        return first.document == REGISTERED and not first.waits and bool(held)

    @property
    def waits(self) -> bool:
        """Whether the ordinary line ends in a wait without end."""
        return any(step.track == "civil" and step.ends is None for step in self.line.steps)

    @property
    def acted_on(self) -> datetime.date:
        """Day of the loss, from which months are counted."""
        return self.problem.case.acted_on

    @property
    def month(self) -> int | None:
        """Months from the loss to the first judgment of the ordinary line; None: never.

        In hundredths, as everywhere here.
        """
        return self.month_of(self.line)

    @property
    def months(self) -> FenRange | None:
        """The same on every line that has a judgment; None: the ordinary has none."""
        if self.month is None:
            return None
        ends = [self.month_of(line) for line in self.schedule.lines.values()]
        known = [month for month in ends if month is not None]
        return _range(min(known), max(known))

    @property
    def unjudged(self) -> list[str]:
        """Which lines have no judgment."""
        return [name for name, line in self.schedule.lines.items() if line.judged_on is None]

    def month_of(self, line: TimeLine) -> int | None:
        """Months from the loss to the first judgment of a line [hundredths]."""
        on = line.judged_on
        return None if on is None else months_between(self.acted_on, on)

    def ends_in(self, line: TimeLine, lang: str) -> str:
        """Name the first judgment of a line, and the final one where that is another."""
        first = next((s.document for s in line.steps
                      if s.state in TRIALS and s.ends == line.judged_on), None)  # fmt: skip
        if line.document != FINAL or first is None:
            return document_name(line.document, lang)
        return words(
            "procedure_lesson",
            "board.sentence.then",
            lang,
            first=document_name(first, lang),
            final=document_name(FINAL, lang),
        )

    @property
    def is_always_lost(self) -> bool:
        """Whether there is a judgment on every line, and each dismisses the claim."""
        return self.months is not None and {
            each.document for each in self.schedule.lines.values()
        } == {LOST}

    def differing(self, lang: str) -> str:
        """Name the lines that end in another document than the ordinary one; empty for none."""
        lines = self.schedule.lines
        return self.named([n for n in lines if lines[n].document != self.line.document], lang)

    def named(self, names: list[str], lang: str) -> str:
        """Name what some lines end in."""
        comma = words("procedure_lesson", "board.comma", lang)
        return comma.join(
            words("procedure_lesson", "board.differs", lang,
                  variant=words("procedure", f"variants.{name}", lang),
                  document=document_name(self.schedule.lines[name].document, lang))
            for name in names
        )  # fmt: skip

    # ------------------------------------------------------------ money

    @cached_property
    def paid_fen(self) -> dict[str, FenRange | None]:
        """Variant → what is paid in the end [fen]; None: the law in force has no answer."""
        return {name: self._paid(line) for name, line in self.schedule.lines.items()}

    @cached_property
    def left_fen(self) -> dict[str, Fen | None]:
        """Variant → what the defendants have left then [fen]; None: nobody knows."""
        return {name: self._left(line) for name, line in self.schedule.lines.items()}

    @property
    def frozen(self) -> dict[str, bool]:
        """Variant → whether his means are frozen for her until then."""
        return {name: frozen_on(line) is not None for name, line in self.schedule.lines.items()}

    @property
    def paid(self) -> FenRange | None:
        """What is paid in the end on the ordinary line [fen]; None: nobody can say."""
        return self.paid_fen[ORDINARY]

    @cached_property
    def turns(self) -> tuple[tuple[Turn, ...], tuple[Turn, ...]]:
        """What each judgment of the ordinary line brings in turn, at least and at most.

        Empty where there is no judgment in part, or the law in force has no answer.
        """
        rests = any(part.rest_final_on for part in self.line.parts)
        if not rests or self.line.enforced_on is None or self.paid is None:
            return (), ()
        return turns(self.problem.case, self.line, self.problem.rate)

    @cached_property
    def judged(self) -> Outcome | None:
        """What the first judgment of the ordinary line comes to; None: there is none for her."""
        if self.line.enforced_on is None or self.paid is None:
            return None
        return decide(case_then(self.problem.case, self.line, self.problem.rate), "auto")

    def _left(self, line: TimeLine) -> Fen | None:
        case = self.problem.case
        known = [p.assets_fen for p in defendants(case) if p.assets_fen is not None]
        if not known or line.final_on is None:
            return None
        return _yuan(left(case, line, sum(known), self.problem.rate))

    def _paid(self, line: TimeLine) -> FenRange | None:
        """What she is paid, in whole yuan as it is assumed; from nothing if means are unknown."""
        case = self.problem.case
        try:
            fen = received(case, line, self.problem.rate)
        except SimlibError:  # facts the law in force needs are missing
            return None
        low, high = low_end(fen), high_end(fen)
        if any(p.assets_fen is None for p in defendants(case)):
            low = 0
        return whole_yuan(hull([low, high]))

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        plain = {
            name: [fen.low, fen.high] if isinstance(fen, Interval) else fen
            for name, fen in self.paid_fen.items()
        }
        return {
            "schedule": self.schedule.to_json(),
            "document": self.document,
            "again": self.again,
            "paid_fen": plain,
            "left_fen": self.left_fen,
            "frozen": self.frozen,
        }


def document_of(line: TimeLine) -> str:
    """Return what a suit gets on a line: a refusal, a stay, or what decides on it.

    Of one that was sent away and appealed, what the higher court gave.
    """
    first, appeal = line.admissions[0], heard(line)
    if appeal is not None:
        return str(appeal.document)
    if first.document != REGISTERED:
        return first.document
    stays = first.stays or any(s.state in TRIALS and s.document == STAY for s in line.steps)
    return STAY if stays and line.document != DISMISSED else line.document


def heard(line: TimeLine) -> Step | None:
    """Return the second instance on the ruling that sent the first suit away; None without one."""
    if line.admissions[0].document == REGISTERED:
        return None
    return next((step for step in line.steps if step.state == "ruling_second"), None)


def months_between(start: datetime.date, end: datetime.date) -> int:
    """Return the months between two days [hundredths]: whole ones of the calendar, then a part.

    Examples
    --------
    >>> import datetime
    >>> months_between(datetime.date(2022, 10, 5), datetime.date(2023, 6, 20))
    850
    """
    whole = (end.year - start.year) * 12 + end.month - start.month
    whole -= after(start, months=whole) > end
    first, last = after(start, months=whole), after(start, months=whole + 1)
    return 100 * whole + round(100 * (end - first).days / (last - first).days)


def _range(low: int, high: int) -> FenRange:
    return low if low == high else Interval(low, high)


def whole_yuan(fen: FenRange) -> FenRange:
    """An amount, or both ends of it, without fen."""
    return hull([_yuan(end(fen)) for end in (low_end, high_end)])


def _yuan(fen: Fen) -> Fen:
    """An amount without its fen."""
    return fen // YUAN * YUAN


# ---------------------------------------------------------------- what the lesson asks for


def solve(
    case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = ""
) -> dict[str, Suit]:
    """Regime → what it makes of the suit."""
    problem = Problem(dated(case, chosen), chosen)
    return {
        regime: Suit(
            problem,
            schedule(
                problem.case,
                regime,
                switches=problem.switches,
                sue_on=problem.sue_on,
                preserve_on=problem.preserve_on,
            ),
        )
        for regime in REGIMES
    }


def value(found: Mapping[str, Suit], row: str, column: str, say: Say) -> Value:
    """A document, whether she may sue again, months, money; of the court's nobody published."""
    if row == COURT:
        known = column == DOCUMENT
        return Value(
            word=document_name("judgment", say.lang) if known else say("board.unpublished")
        )
    suit = found[row]
    if column == DOCUMENT:
        key = "stay_later" if suit.stayed_later else suit.document
        return Value(word=document_name(key, say.lang))
    if column == AGAIN:
        return Value(word=say(f"again.{suit.again}"))
    if column == MONEY:
        return Value(suit.paid, say("board.no_money"))
    usual = suit.month if isinstance(suit.months, Interval) else None
    left_out = [] if suit.months is None else suit.unjudged
    names = (words("procedure", f"variants.{name}", say.lang) for name in left_out)
    beside = say("board.without", list=say("tables.listed").join(names)) if left_out else ""
    return Value(suit.months, say("board.no_day"), usual, beside=beside)


def line(found: Mapping[str, Suit], row: str, scene: Scene, say: Say) -> Line | None:
    """The note of a row, of another authority where no law bears it out; a word over no bar."""
    if row == COURT:
        fen = found[LAW].problem.awarded_fen
        said = {"amount": spoken(fen or 0, say.lang)}
        mark, note = say("board.court_mark", **said), say("board.court_note", **said)
        return Line(note=note, mark=mark) if fen else None
    suit = found[row]
    stamp = _stamp(suit, scene.column, say)
    if suit.by_practice:
        return Line(say("board.barred"), PRACTICE, stamp)
    key, authority = f"rows.{row}.note", ""
    if suit.should_stay:
        key, authority = "board.should_stay", "teaching assumption"
    lost = say("board.always_lost") if suit.is_always_lost else ""
    notes = (say(key), lost, *_supposed(suit, say), suit.differing(say.lang))
    return Line(say("board.comma").join(filter(None, notes)), authority, stamp)


def _supposed(suit: Suit, say: Say) -> Iterator[str]:
    """What of the row's document is a teaching assumption: an appeal decided by the reading that
    is chosen, a claim that is cut in two."""
    if suit.heard is not None:
        yield say("board.appeal_by_reading")
    if suit.document == PARTIAL:
        yield say("board.cut_in_two")


def _stamp(suit: Suit, column: str, say: Say) -> str:
    """A word over an empty bar: a wait without end, a refusal, a claim dismissed."""
    is_empty = suit.month is None if column == MONTHS else column == MONEY and suit.paid == 0
    if not is_empty:
        return ""
    if column == MONEY and suit.line.document == LOST:
        return say("board.lost")
    if suit.is_dismissed:
        return say("board.dismissed")
    return say("board.no_end" if suit.waits else "board.refused")


def sentence(found: Mapping[str, Suit], scene: Scene, say: Say) -> str:
    """What becomes of the suit in the row that speaks; and that a day was moved, if one was."""
    held = found[scene.speaks].problem.held
    caught, effective = held["caught"], held["effective"]
    moved = effective is not None and caught is not None and caught > effective
    after = say("board.sentence.moved", months=caught) if moved else ""
    return _of_suit(found[scene.speaks], scene, say) + after


def _of_suit(suit: Suit, scene: Scene, say: Say) -> str:
    """What becomes of a suit: what it is paid, why it has no day, or its months and document."""
    values = {"row": say(f"rows.{scene.speaks}.name")}
    values["document"] = document_name(suit.document, say.lang)
    if scene.column == MONEY:
        paid = say("board.no_money") if suit.paid is None else spoken(suit.paid, say.lang)
        return say("board.sentence.money", money=paid, **values)
    apart = _apart(suit, say)
    if suit.months is None and apart and not suit.waits:
        return say("board.sentence.refused_but", list=apart, **values)
    if suit.months is None:
        return say(f"board.sentence.{'never' if suit.waits else 'refused'}", **values)
    if suit.unjudged:
        without = suit.named(suit.unjudged, say.lang)
        return say("board.sentence.some", list=apart, without=without, **values)
    values["months"] = spoken(suit.months, say.lang, "months")
    if len({each.document for each in suit.schedule.lines.values()}) > 1:
        return say("board.sentence.apart", list=apart, **values)
    return say(f"board.sentence.{'lost' if suit.is_always_lost else 'months'}", **values)


def _apart(suit: Suit, say: Say) -> str:
    """Each line that has a judgment: its months and what the judgment is."""
    named = [
        say("board.sentence.variant", variant=words("procedure", f"variants.{name}", say.lang),
            months=spoken(month, say.lang, "months"),
            document=suit.ends_in(each, say.lang))
        for name, each in suit.schedule.lines.items()
        if (month := suit.month_of(each)) is not None
    ]  # fmt: skip
    return say("board.comma").join(named)


def capped(problem: Problem) -> list[str]:
    """Of whom she proves less than the knob says, as the file says no more of them."""
    switches = problem.switches
    return [party.id for party in defendants(problem.case) if party.role != "principal"
            and own_proof(problem.case, party, switches) != switches["proof"] != FILE]  # fmt: skip


def ordered(case: Case) -> str:
    """What the criminal judgment of the file ordered for her."""
    entry = entry_of(case)
    return (entry.restitution if entry else None) or "none"


def dismissed(_: Mapping[str, Suit], now: Mapping[str, Suit]) -> str:
    """Whether under any regime her claim is dismissed on the merits."""
    return "lost" if any(each.document == "claim_dismissed" for each in now.values()) else "none"


def of_the_law(_: Mapping[str, Suit], now: Mapping[str, Suit]) -> str:
    """What the suit gets under the law in force."""
    return now[LAW].document


READS = {"disposition": ordered}
ASKS = {
    "document of the law": of_the_law,
    "whether any is dismissed": dismissed,
    "pays more": lambda then, now: high_end(now.paid or 0) > high_end(then.paid or 0),
}


def revealed(found: Mapping[str, Suit], say: Say) -> dict[str, str]:
    """What the reveal speaks of: what the court ordered."""
    return {"amount": amount(found[LAW].problem.case.rulings[0].amount_fen, say.lang)}


# ---------------------------------------------------------------- why a row stands still


def still(
    knob: str,
    row: str,
    states: tuple[Mapping[str, Suit], Mapping[str, Suit]],
    scene: Scene,
    say: Say,
) -> str:
    """Why a row did not move; `states`: before, and now."""
    if row == COURT:
        return ""
    then, now = (state[row] for state in states)
    if knob == "refusal":
        return say("still.refusal_upheld" if now.heard or then.heard else "still.refusal")
    if knob in OF_MONEY and MONEY not in scene.columns:
        return say("still.money_only")
    if say.has(f"still.{row}_{knob}"):
        return say(f"still.{row}_{knob}")
    if now.month is None:
        return say("still.no_day" if now.waits else "still.refused")
    if knob in OF_MONEY:
        return say(f"still.{_still_money(knob, then, now)}")
    return say(f"still.{_still_proof(then, now) if knob == 'proof' else knob}")


def _still_money(knob: str, then: Suit, now: Suit) -> str:
    """Nothing to enforce, means that nobody knows, a freeze that did not hold, or no difference."""
    if now.line.enforced_on is None:
        return f"{knob}_lost"
    if now.left_fen[ORDINARY] is None:
        return "unknown"
    asked = now if now.problem.held["preserve"] is not None else then
    if knob == "preserve":
        failed = unheld(asked.line)
        return f"preserve_{failed}" if failed else "same" if now.problem.rate else "no_leak"
    return "frozen" if knob == "leak" and now.frozen[ORDINARY] else "same"


def _still_proof(then: Suit, now: Suit) -> str:
    """A criminal judgment in effect by then, a share in place of all, or no difference."""
    proved = [suit.line.proved for suit in (then, now)]
    if set(proved) == {SOME, ENOUGH}:
        return "proof_share"
    if then.line.parts == now.line.parts and (capped(then.problem) or capped(now.problem)):
        return "proof_capped"
    return "proof" if all(_is_convicted(suit.line) for suit in (then, now)) else "sue"


def _is_convicted(line: TimeLine) -> bool:
    """Whether the criminal case has ended by the day of judgment."""
    ends, judged = line.criminal_ends_on, line.judged_on
    return ends is not None and judged is not None and ends <= judged
