"""What a row of lesson 08 rests on: a piece and its clock, or a suit and what proves it."""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simlib.evidence.evidence_timeline import trail
from simlib.evidence.piece import ASSUMED, GRADES, OWN, Piece, best, kinds, least, pieces
from simlib.evidence.request import PLACES, Manner
from simlib.evidence.retention import clock, levers_of
from simlib.evidence.survival_of_piece import Setting, keep
from simlib.figures.board import spoken
from simlib.figures.suit_words import document_name
from simlib.interval import Interval, high_end
from simlib.law.dated import decision_day
from simlib.law.period import after
from simlib.law.regime import regime_for
from simlib.lessons.dated import dated
from simlib.lessons.evidence.deposit import DEPOSITS, Stored, stored
from simlib.lessons.outcome import Line, Value
from simlib.procedure import REGIMES, schedule
from simlib.procedure.day_bounds import history

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.evidence.evidence_timeline import Trail
    from simlib.evidence.request import Stage
    from simlib.evidence.retention import Levers
    from simlib.evidence.survival_of_piece import Kept
    from simlib.interval import FenRange
    from simlib.law.regime import Regime
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.money import Fen
    from simlib.procedure import Line as TimeLine

FULL = 10_000  # a chance of one, as a cell counts it
ORDINARY = "ordinary"
LAST = ("answered", "abroad")  # stages with which a request ends
COPIES = ("preservation", "police")  # who secures a copy besides the court's request
TEACHING, REFORM = "teaching assumption", "reform proposal"
CHAT = "chat"
YUAN = 100  # fen
PERCENT = 100
MILLE = 1_000
OF_SUIT = (  # the choices on which a suit depends
    "sue", "caught", "preserve", "reply", "refuses", "police", "beyond", "delete", "mandatory",
    "breach", "released",
)  # fmt: skip
KINDS = ("chat", "log", "bank-records", "screenshot")
ROWS = (*KINDS, *REGIMES, *DEPOSITS, *PLACES)
OF_PLACE = "chat"  # whose platform lies here, in another province, or beyond the border


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one piece that is asked for on a day.

    Attributes
    ----------
    kept
        the engine's answer
    acted_on
        day of the loss, from which days are counted
    manner
        how it is asked for
    """

    kept: Kept
    acted_on: datetime.date
    manner: Manner

    @property
    def kind(self) -> str:
        """Which kind of data it is."""
        return self.kept.piece.kind.id

    @property
    def own(self) -> bool:
        """Whether she holds it herself, so that nobody is asked."""
        return self.kept.piece.own

    @property
    def has_law(self) -> bool:
        """Whether a law makes its holder keep it."""
        return self.kept.clock.least is not None

    @property
    def unbound(self) -> bool:
        """Whether a law is for such data, but not yet, or not for who holds them."""
        return not self.own and not self.has_law and self.kind != CHAT

    @property
    def lapses(self) -> int | None:
        """The last day on which its holder has it [days from the loss]; None: no end."""
        return self.since(self.kept.clock.lapses_on)

    @property
    def least(self) -> int | None:
        """The last day of the law's least period [days from the loss]; None: no end, or none."""
        return self.since(self.kept.clock.least_on)

    @property
    def reply(self) -> Stage | None:
        """The stage with which the request for it ends; None: nobody is asked."""
        return next((s for s in self.kept.steps if s.key in LAST), None)

    @property
    def answered(self) -> int | None:
        """Day of the answer by the median [days from the loss]; None: nobody can tell it."""
        return self.since(self.reply.on) if self.reply else None

    @property
    def late(self) -> bool:
        """Whether the answer comes when its holder has it no more."""
        return None not in (self.answered, self.lapses) and self.answered > self.lapses  # type: ignore[operator]

    @property
    def copied(self) -> bool:
        """Whether somebody secured a copy before the court's request brings one."""
        return self.kept.secured_by in COPIES

    @property
    def by(self) -> str:
        """The way in which it is likeliest to be had; the court's request where none is likelier.

        `nobody` where it cannot be had.
        """
        ways = sorted(self.kept.ways, key=lambda way: (_rounded(way.chance), way.by == "court"))
        return ways[-1].by if ways and ways[-1].chance > 0 else "nobody"

    @property
    def lifted(self) -> bool:
        """Whether what was preserved is lost, as no suit followed within thirty days."""
        return self.kept.lifted

    @property
    def released(self) -> bool:
        """Whether preservation was lifted for want of a suit within thirty days."""
        return self.kept.released

    @property
    def chance(self) -> int:
        """The chance that it can be had [hundredths of a percent]."""
        return _rounded(self.kept.by(None))

    @property
    def basis(self) -> str:
        """Of what kind the chance is: an assumption, or the paper's number if that is asked for."""
        by_paper = any(step.basis == REFORM for step in self.kept.steps)
        return REFORM if by_paper or self.kept.clock.basis == REFORM else TEACHING

    def since(self, day: datetime.date | None) -> int | None:
        """Count days from the loss."""
        return None if day is None else (day - self.acted_on).days

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return self.kept.to_json() | {"reply": self.manner.reply, "place": self.manner.place}


@dataclass(frozen=True, slots=True)
class Suit:
    """What becomes of the proof and of the money under one regime.

    Attributes
    ----------
    trail
        the engine's answer
    acted_on
        day of the loss
    """

    trail: Trail
    acted_on: datetime.date

    @property
    def asked(self) -> int | None:
        """Day on which the court asks [days from the loss]; None: it never does."""
        on = self.trail.asked_on
        return None if on is None else (on - self.acted_on).days

    @property
    def chat(self) -> Kept:
        """What becomes of the chats of the helper with those he helped."""
        return self.trail.piece(CHAT)

    @property
    def chance(self) -> int:
        """The chance that the chats can be had [hundredths of a percent]."""
        return _rounded(self.chat.chance)

    @property
    def lifted(self) -> bool:
        """Whether what was preserved is lost, as no suit followed within thirty days."""
        return self.chat.lifted

    @property
    def released(self) -> bool:
        """Whether preservation was lifted for want of a suit within thirty days."""
        return self.chat.released

    @property
    def paid(self) -> FenRange:
        """What she receives on the mean [fen], in whole yuan as it is assumed."""
        mean = self.trail.received.expected
        if isinstance(mean, Interval):
            low, high = _yuan(mean.low), _yuan(mean.high)
            return low if low == high else Interval(low, high)
        return _yuan(mean)

    @property
    def line(self) -> TimeLine:
        """The ordinary line of the likeliest outcome."""
        likeliest = max(self.trail.outcomes, key=lambda each: each.chance)
        return likeliest.schedule.lines[ORDINARY]

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON data."""
        return self.trail.to_json()


def _rounded(chance: float) -> int:
    """Return a chance in hundredths of a percent."""
    return round(FULL * chance)


def _yuan(fen: Fen) -> Fen:
    """An amount without its fen."""
    return fen // YUAN * YUAN


class Found(Mapping[str, Any]):
    """Row → what becomes of it: kinds of data, where a platform lies, ways to treat a suit.

    Attributes
    ----------
    case, held, lang
        the case as it stands, with the days that were chosen; what was chosen; in which language
        the pieces are written whose digests are shown

    Parameters
    ----------
    suits
        what was reckoned before of suits that differ in no choice of `OF_SUIT`, to be added to
    """

    def __init__(
        self,
        case: Case,
        held: Mapping[str, Any],
        lang: str = "zh",
        suits: dict[str, Suit] | None = None,
    ) -> None:
        self.held, self.lang = held, lang
        self._suits = {} if suits is None else suits
        self.case = dated(case, {"caught": held["caught"], "effective": None})
        self._told: dict[str, Any] = {}

    def __getitem__(self, row: str) -> Any:
        """What becomes of one row."""
        if row not in self._told:
            self._told[row] = self._tell(row)
        return self._told[row]

    def __iter__(self) -> Iterator[str]:
        """Every row of every scene."""
        return iter(ROWS)

    def __len__(self) -> int:
        """How many they are."""
        return len(ROWS)

    def _tell(self, row: str) -> Any:
        if row in KINDS:
            return self._kept(row, PLACES[0])
        if row in PLACES:
            return self._kept(OF_PLACE, row)
        if row in REGIMES:
            if row not in self._suits:
                self._suits[row] = self._suit(row)
            return self._suits[row]
        if row in DEPOSITS:
            return stored(row, self.held, decision_day(self.case), self.lang)
        raise KeyError(row)

    # ------------------------------------------------------------ days and values

    def day(self, days: float | None) -> datetime.date | None:
        """A day so many days after the loss."""
        return None if days is None else after(self.case.acted_on, days=int(days))

    @property
    def sue_on(self) -> datetime.date:
        """Day of the suit, never before the report."""
        day = after(self.case.acted_on, months=int(self.held["sue"]))
        return max(day, history(self.case)["reported"].low)

    @property
    def parameters(self) -> dict[str, float]:
        """The values of parameters that were chosen."""
        return {
            "evidence.kept_beyond_days": int(self.held["beyond"]),
            "evidence.deletion_per_day": int(self.held["delete"]) / MILLE,
            "evidence.breach": int(self.held["breach"]) / PERCENT,
        }

    @property
    def switches(self) -> dict[str, str]:
        """What the procedure takes for given."""
        found = "at_large" if self.held["caught"] is None else "found"
        return {"suspect": found, "released_evidence": self.held["released"]}

    @cached_property
    def law(self) -> Regime:
        """The law of the case with these values."""
        return regime_for(self.case).variant(self.parameters)

    @cached_property
    def levers(self) -> Levers | None:
        """The paper's mandatory retention, if it is chosen."""
        return levers_of(self.case, self.law) if self.held["mandatory"] else None

    def manner(self, place: str) -> Manner:
        """How it is asked for."""
        held = self.held
        preserve_on = self.day(held["preserve"])
        return Manner(held["reply"], place, preserve_on, held["refuses"], held["police"])

    @cached_property
    def _line(self) -> TimeLine:
        """The ordinary line by the law in force, for the days of the criminal case."""
        found = schedule(self.case, switches=self.switches, sue_on=self.sue_on)
        return found.lines["ordinary"]

    # ------------------------------------------------------------ rows

    def piece(self, kind: str) -> Piece:
        """The piece of a kind: that of the file, or one assumed from the day of the loss.

        Of her own copies, that of her chat with those who deceived her: it proves least of him.
        """
        held = pieces(self.case)
        named = [p for p in held if p.kind.id == kind]
        if kind == OWN:
            named.sort(key=lambda p: GRADES.index(p.proves))
        found = kinds()[kind]
        own = found.holder == "claimant"
        proves = least(found.proves, best(*(p.proves for p in held)))  # not more than there is
        return next(iter(named), None) or Piece(
            f"{ASSUMED}-{kind}", found, found.holder, self.case.acted_on, ASSUMED, proves,
            own=own,
        )  # fmt: skip

    def _kept(self, kind: str, place: str) -> Told:
        """What becomes of a piece that the court asks for on the day chosen, that of the suit."""
        manner, piece = self.manner(place), self.piece(kind)
        steps = [step for step in self._line.steps if step.track == "criminal"]
        opened_on = next((step.ends for step in steps if step.state == "reported"), None)
        over_on = self._line.criminal_ends_on
        asked_on = self.day(self.held["ask"])
        suits = ((asked_on, True),) if asked_on else ()
        setting = Setting(
            self.case, manner, self.law, asked_on, suits, opened_on, over_on, False, over_on,
            self.held["released"] == "usable",
        )  # fmt: skip
        kept = keep(piece, clock(piece, self.case, self.levers, self.law), setting, None)
        return Told(kept, self.case.acted_on, manner)

    def _suit(self, regime: str) -> Suit:
        """What becomes of the proof and the money under a regime."""
        manner = self.manner(PLACES[0])
        found = trail(
            self.case,
            regime,
            reply=manner.reply,
            preserve_on=manner.preserve_on,
            refuses=manner.refuses,
            police=manner.police,
            levers=self.levers,
            switches=self.switches,
            sue_on=self.sue_on,
            values=self.parameters,
        )
        return Suit(found, self.case.acted_on)


# ---------------------------------------------------------------- what the lesson asks for

# the last suits that were reckoned, with all that they depend on: most knobs do not move them
_SUITS: deque[tuple[list[object], Case, dict[str, Suit]]] = deque(maxlen=16)


def solve(case: Case, chosen: Mapping[str, Any], lang: str, party: str = "") -> Found:
    """What becomes of each row."""
    choices: list[object] = [chosen[name] for name in OF_SUIT]
    known = (suits for had, other, suits in _SUITS if had == choices and other == case)
    suits: dict[str, Suit] | None = next(known, None)
    if suits is None:
        suits = {}
        _SUITS.append((choices, case, suits))
    found = Found(case, chosen, lang, suits)
    for row in found:
        found[row]
    return found


def value(found: Found, row: str, column: str, say: Say) -> Value | None:
    """Days, a chance, money, or what a court makes of it; None: it answers another question."""
    told = found[row]
    if column in ("chance", "money"):
        amount = getattr(told, "paid" if column == "money" else "chance", None)
        fits = isinstance(told, Suit) == (column == "money")
        return Value(amount) if fits and amount is not None else None
    answer = ANSWERS[type(told)](told, column, say)
    return None if answer is None else Value(word=answer)


def _piece(told: Told, column: str, say: Say) -> str | None:
    if column == "until":
        if told.own or not told.has_law:
            return say("board.own" if told.own else "board.no_law")
        return say("board.no_end") if told.least is None else say("board.day", n=told.least)
    if column == "answered":
        if told.own or told.answered is None:
            return say("board.nobody" if told.own else "board.no_day")
        return say("board.day", n=told.answered)
    return say(f"proves.{told.kept.piece.proves}") if column == "proves" else None


def _suit(suit: Suit, column: str, say: Say) -> str | None:
    if column == "asked":
        return say("board.never") if suit.asked is None else say("board.day", n=suit.asked)
    return spoken(suit.chance, say.lang, "percent") if column == "left" else None


def _stored(stored: Stored, column: str, say: Say) -> str | None:
    if column == "match":
        key = {True: "matches", False: "differs", None: "no_digest"}[stored.matches]
        return say(f"board.{key}")
    if column == "after":
        return say(f"after.{stored.reading.after}")
    return say(f"truth.{stored.verdict}") if column == "truth" else None


ANSWERS: Mapping[type, Callable[[Any, str, Say], str | None]] = {
    Told: _piece, Suit: _suit, Stored: _stored,
}  # fmt: skip


def line(found: Found, row: str, scene: Scene, say: Say) -> Line:
    """Who keeps it, or why a preservation ended; why there is nothing to be had, or no money."""
    told = found[row]
    basis = "" if isinstance(told, Suit) else told.basis
    return Line(_note(found, row, say), basis, _stamp(told, say))


def _note(found: Found, row: str, say: Say) -> str:
    """What is said under a row's name where it is not as declared."""
    told, preserved = found[row], found.held["preserve"]
    if row == CHAT and told.kept.clock.basis == REFORM:
        return say("rows.chat.mandatory")
    if isinstance(told, Told) and told.unbound:
        return say("board.unbound")
    if isinstance(told, Stored) or not told.released or preserved is None:
        return ""
    key = "lifted_suit" if isinstance(told, Suit) else "lifted_day"
    key = key if told.lifted else key.replace("lifted", "released")
    return say(f"board.{key}", n=preserved, day=found.held["ask"])


def _stamp(told: Any, say: Say) -> str:
    if isinstance(told, Suit):
        if told.paid != 0:
            return ""
        judged = told.line.judged_on is not None
        return document_name(told.line.document, say.lang) if judged else say("board.waits")
    if isinstance(told, Stored) or told.chance:
        return ""
    return say("board.abroad") if told.answered is None else lapsed(told, say)


def lapsed(told: Told, say: Say) -> str:
    """Why it is gone: a preservation ended, the least period, or the one assumed."""
    if told.lifted:
        return say("board.lifted")
    if told.has_law:
        return say("board.lapsed")
    return say("board.lapsed_assumed", n=told.kept.clock.days)


def sentence(found: Found, scene: Scene, say: Say) -> str:
    """What the scene shows of the row that speaks."""
    row, day, preserved = scene.speaks, found.held["ask"], found.held["preserve"]
    told = found[row]
    values: dict[str, object] = {"row": say(f"rows.{row}.name"), "day": day}
    if isinstance(told, Suit):
        values |= {"asked": _suit(told, "asked", say), "left": _suit(told, "left", say)}
        values["value"] = spoken(told.paid, say.lang)
        return say(f"board.sentence.{'thirty' if told.lifted else 'suit'}", **values)
    if isinstance(told, Stored):
        values |= {"match": _stored(told, "match", say), "value": _stored(told, "truth", say)}
        return say("board.sentence.stored", **values)
    values["value"] = spoken(told.chance, say.lang, "percent")
    chosen = told.manner.reply  # without a limit it is said how long answers take
    reply = say("board.unlimited" if chosen == "today" else f"knob.reply_is.{chosen}")
    if not told.own and not told.chance and told.answered is not None:
        return say("board.sentence.lapsed", stamp=lapsed(told, say), **values)
    if told.by in COPIES:
        by = say(f"board.by.{told.by}", n=preserved)
        return say("board.sentence.copied", reply=reply, by=by, **values)
    return say("board.sentence.piece", reply=reply, **values)


def still(knob: str, row: str, states: tuple[Found, Found], scene: Scene, say: Say) -> str:
    """Why a row did not move with a knob."""
    told = states[1][row]
    if isinstance(told, Stored):
        return say("still.stored")
    if knob == "preserve" and told.lifted:
        return say("still.lifted")
    if not isinstance(told, Suit) and told.own:
        return say("still.own")
    of_suit, of_piece = (f"suit_{knob}", "suit"), (f"{row}_{knob}", knob, "piece")
    keys = of_suit if isinstance(told, Suit) else of_piece
    return say(next(key for key in (f"still.{each}" for each in keys) if say.has(key)))


def revealed(found: Found, say: Say) -> dict[str, str]:
    """What the reveal speaks of: the day on which the least period of logs ends."""
    return {"day": say("board.day", n=found["log"].lapses)}


def likely(_: Found, now: Found) -> str:
    """Whether the chats come with a chance of one half or more."""
    return "high" if 2 * now["chat"].chance >= FULL else "low"


READS: Mapping[str, Any] = {}
ASKS = {
    "whether the chats are likely": likely,
    "pays more": lambda then, now: high_end(now.paid) > high_end(then.paid),
    "what a forgery comes to": lambda then, now: now["forged"].reading.outcome,
}
