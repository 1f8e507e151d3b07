"""Many time lines at once, in tiles of arrays: durations drawn from the shortest to the longest."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from simlib.errors import OutOfScope, UnknownName
from simlib.law.period import MONTH_DAYS, WEEK, moves
from simlib.procedure.stage_durations import PHASES, Plan, Span, plan

if TYPE_CHECKING:
    from simlib.case.model import Case

Array: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[Any]]"  # days, codes or flags
NEVER = 2**29  # days; sums of two such still fit into 32 bits
TILE = 65_536  # lines of one pass; a multiple of what one word of a stream gives
STEPS = 2**16  # a drawn number is one of so many
# what may decide on the suit last, and a code for one that is registered so far
DOCUMENTS = ("not_accepted", "suit_dismissed", "stay", "claim_dismissed", "judgment",
             "partial_judgment", "final_judgment", "transfer")  # fmt: skip
CODE = {name: code for code, name in enumerate((*DOCUMENTS, "registered"))}
# What is drawn. Each has a stream of its own, so that every regime meets the same luck.
DRAWN = (*PHASES, "never", "appeals", "second", "civil_trial", "civil_appeals", "enforcement")
MOST = 10_000_000
WHAT = ("judged", "final", "enforced")


@dataclass(frozen=True)
class Tile:
    """Some lines drawn together, in one pass of arrays of shape (count,)."""

    plan: Plan
    streams: Mapping[str, np.random.SFC64]
    count: int

    def lines(self) -> tuple[Array, Array, Array, Array, Array]:
        """Return first judgment, judgment in effect, money, end of the criminal case, document."""
        ends = self.criminal()
        registered, document, by_order = self.filed(ends)
        begins, document = self.stayed(ends, registered, document, by_order)
        judged = begins + self.length(ends, registered)
        judged, document = self.asked_again(ends, begins, judged, document, by_order)
        document = self.judgment(ends, registered, judged, document, by_order)
        final = self.appealed(ends, registered, judged, document, by_order)
        enforced = final + self.drawn(self.plan.enforcement, "enforcement")
        enforced += (document == CODE["claim_dismissed"]) * np.int32(NEVER)
        return judged, final, enforced, ends[-1], document

    def criminal(self) -> list[Array]:
        """Return the day on which each phase ends."""
        made, ends = self.plan, []
        day: Array = np.zeros(self.count, np.int32)
        for phase, span in made.criminal.items():
            if phase == "at_large" and made.waits:
                day = day + self.wait()
            elif span.at is not None:
                day = np.where(day >= NEVER, day, np.maximum(day, np.int32(span.at)))
            elif span.long:
                until = day + self.drawn(span, phase)
                if phase == "appeal":
                    until = self.moved(until)
                    until += self.chance("appeals", "appealed") * self.drawn(made.second, "second")
                if span.by is not None:
                    until = np.maximum(np.minimum(until, np.int32(span.by)), day)
                day = until
            ends.append(day)
        return ends

    def filed(self, ends: list[Array]) -> tuple[Array, Array, Array | None]:
        """Return the day of registration, `NEVER` for none, the document, and who won an appeal.

        Who is sent away appeals, if that is chosen; or waits, and sues again once the criminal case
        has ended, if that is what stood in the way.
        """
        made = self.plan
        answered = np.int32(made.sued + made.first)
        codes = [CODE[said[0]] for said in made.answers]
        document = self.at(codes, ends, answered, np.int8)
        if (document == CODE["registered"]).all():
            return np.full(self.count, answered), document, None
        handed = (document == CODE["suit_dismissed"]) | (document == CODE["transfer"])
        lost = np.maximum(handed * ends[0], answered)
        registered = np.where(document == CODE["registered"], answered, np.int32(NEVER))
        by_order, lost = self.heard(ends, lost, registered, document)
        if by_order is not None:
            registered = np.where(by_order, lost, registered)
            document += by_order * (np.int8(CODE["registered"]) - document)
        registered, document, later = self.again(ends, answered, lost, registered, document)
        if later is not None:
            by_order = later if by_order is None else by_order | later
        return registered, document, by_order

    def heard(
        self, ends: list[Array], lost: Array, registered: Array, document: Array
    ) -> tuple[Array | None, Array]:
        """Return who is directed to be accepted on appeal, and the day each attempt is decided."""
        made = self.plan
        if made.ruling is None:
            return None, lost
        ruled = (registered >= NEVER) & (document != CODE["transfer"]) & (lost < NEVER)
        decided = np.where(ruled, self.ruled(lost), lost)
        won = self.at([accepted for accepted, _ in made.reviews], ends, decided, np.int8) == 1
        return ruled & won, decided

    def again(
        self, ends: list[Array], answered: np.int32, lost: Array, registered: Array, document: Array
    ) -> tuple[Array, Array, Array | None]:
        """Let her sue again who was told that she may once the criminal case has ended."""
        made, over = self.plan, ends[-1]
        change = [said[2] == "after_change" for said in made.answers]
        twice = self.at(change, ends, answered, np.int8).view(np.bool_)
        twice &= (registered >= NEVER) & (over < NEVER)
        last = CODE[made.answers[-1][0]]
        document += twice * (np.int8(last) - document)
        second = np.maximum(over, lost) + np.int32(made.filing)
        if last == CODE["registered"]:
            return np.where(twice, second, registered), document, None
        if made.ruling is None or not made.reviews[-1][0]:
            return registered, document, None
        document += twice * (np.int8(CODE["registered"]) - document)
        return np.where(twice, self.ruled(second), registered), document, twice

    def stayed(
        self, ends: list[Array], registered: Array, document: Array, by_order: Array | None
    ) -> tuple[Array, Array]:
        """Return the day the trial begins, and the document so far."""
        made = self.plan
        stays = self.at([said[1] for said in made.answers], ends, registered, np.int8) == 1
        if by_order is not None:
            ordered = self.at([stay for _, stay in made.reviews], ends, registered, np.int8) == 1
            stays = np.where(by_order, ordered, stays)
        stays &= registered < NEVER
        if not stays.any():
            return registered, document
        told, over = ends[made.told], ends[-1]
        waits = np.where(told > registered, told, over)
        document += stays * (np.int8(CODE["stay"]) - document)
        return np.maximum(registered, stays * waits), document

    def asked_again(
        self, ends: list[Array], begins: Array, judged: Array, document: Array,
        by_order: Array | None,
    ) -> tuple[Array, Array]:  # fmt: skip
        """Return the day of judgment, and the document so far, after what comes in mid-trial.

        On each day on which the criminal case moves on: a stay that was not there before, after
        which the trial lasts for the days that were left; or a ground that bars the suit.
        """
        made, never = self.plan, np.int32(NEVER)
        if not made.asks and by_order is None:
            return judged, document
        tables = [([said[0] != "registered", said[1]], [not taken, stay]) for said, (taken, stay)
                  in zip(made.answers, made.reviews, strict=True)]  # fmt: skip
        if not any(any(answer) or any(heard) for answer, heard in tables):
            return judged, document
        asks = np.full(self.count, True) if made.asks else np.asarray(by_order)
        for start in (np.zeros(self.count, np.int32), *ends):
            open_still = asks & (begins <= start) & (start <= judged) & (judged < never)
            gone = open_still & self.holds(tables, 0, ends, start, by_order)
            judged = np.where(gone, never, judged)
            document = np.where(gone, np.int8(CODE["suit_dismissed"]), document)
            stays = open_still & ~gone & (begins < start)
            stays &= self.holds(tables, 1, ends, start, by_order)
            stays &= ~self.holds(tables, 1, ends, start - np.int32(1), by_order)
            told = ends[made.told]
            until = np.where(told > start, told, ends[-1])
            judged = np.where(stays, np.minimum(until + (judged - start), never), judged)
            begins = np.where(stays, until, begins)
            document = np.where(stays, np.int8(CODE["stay"]), document)
        return judged, document

    def holds(
        self, tables: list[tuple[list[bool], list[bool]]], place: int, ends: list[Array],
        on: Array, by_order: Array | None,
    ) -> Array:  # fmt: skip
        """Return whether a court that has the suit is barred (0) or stays it (1) on a day."""
        found: Array = self.at([answer[place] for answer, _ in tables], ends, on, np.int8) == 1
        if by_order is not None:
            heard = self.at([heard[place] for _, heard in tables], ends, on, np.int8) == 1
            found = np.where(by_order, heard, found)
        return found

    def length(self, ends: list[Array], registered: Array) -> Array | np.int32:
        """Return how long the trial lasts, by the stage at which it was registered."""
        trials = self.plan.trials
        if len(set(trials)) == 1:
            return self.drawn(trials[0], "civil_trial")
        short = self.at([span.short for span in trials], ends, registered, np.int32)
        extra = self.at([span.long - span.short for span in trials], ends, registered, np.int32)
        return short + (extra * self.bent("civil_trial")).astype(np.int32)

    @cached_property
    def codes(self) -> Array:
        """Codes of `plan.judgments`, int8 of shape (stages, stages, stages)."""
        return _coded(self.plan.judgments)

    @cached_property
    def ordered(self) -> Array:
        """Codes of `plan.ordered`, of the same shape."""
        return _coded(self.plan.ordered)

    def place(self, ends: list[Array], on: Array | np.int32) -> Array:
        """Return the place of the stage of each line on a day."""
        return self.at(range(len(self.plan.stages)), ends, on, np.int8)

    def judgment(
        self, ends: list[Array], registered: Array, judged: Array, document: Array,
        by_order: Array | None,
    ) -> Array:  # fmt: skip
        """Return the document that ends the trial, where there is one."""
        codes = self.given(self.codes, ends, registered, judged)
        if by_order is not None:
            codes = np.where(by_order, self.given(self.ordered, ends, registered, judged), codes)
        found: Array = codes + (judged >= NEVER) * (document - codes)
        return found

    def given(self, table: Array, ends: list[Array], registered: Array, judged: Array) -> Array:
        """Return the code of the judgment of each line."""
        given = np.diagonal(table, axis1=1, axis2=2)
        # a court that registers later does not judge earlier: those cells are never looked at
        if (np.triu(given) == np.triu(np.broadcast_to(given[0], given.shape))).all():
            return self.at(given[0].tolist(), ends, judged, np.int8)
        found: Array = given[self.place(ends, registered), self.place(ends, judged)]
        return found

    def appealed(
        self, ends: list[Array], registered: Array, judged: Array, document: Array,
        by_order: Array | None,
    ) -> Array:  # fmt: skip
        """Return the day the judgment takes effect.

        Write what it is on appeal, because a criminal judgment came in time.
        """
        made = self.plan
        if made.small:
            return judged
        appeals = self.chance("civil_appeals", "appealed")
        final = self.moved(judged + np.int32(made.appeal))
        final += appeals * np.int32(made.appealed.short)
        tables = [(self.codes, True)] if by_order is None else [
            (self.codes, ~by_order), (self.ordered, by_order)]  # fmt: skip
        for table, of in tables:
            if (table == CODE["final_judgment"]).any():
                again = np.flatnonzero(appeals & of & (judged < NEVER))
                days = [end[again] for end in ends]
                document[again] = table[tuple(
                    self.place(days, day[again]) for day in (registered, judged, final)
                )]  # fmt: skip
        return final

    def at(self, values: Sequence[int], ends: list[Array], on: Array | np.int32,
           kind: type[np.int8] | type[np.int32]) -> Array:  # fmt: skip
        """Return the value of the stage of each line on a day.

        Parameters
        ----------
        values
            one for each of `plan.stages`; where two neighbours agree nothing is compared
        """
        first = 0 if self.plan.sued + self.plan.first < 0 else 1  # 1: nobody sues before a report
        found: Array = np.full(np.broadcast(ends[0], on).shape, values[first], kind)
        for place in range(first, len(values) - 1):
            step = values[place + 1] - values[place]
            if step:
                begins = ends[place - 1] if place else np.int32(0)
                reached = np.greater_equal(on, begins)
                np.add(found, reached * kind(step), out=found)
        return found

    def ruled(self, on: Array) -> Array:
        """Return the day of the decision on an appeal against a ruling of a day."""
        assert self.plan.ruling is not None  # she appeals
        appeal, second = self.plan.ruling
        return self.moved(on + np.int32(appeal)) + np.int32(second)

    def moved(self, last: Array) -> Array:
        """Return last days of a party's period, past days off."""
        place = last - np.int32(min(0, self.plan.sued))
        later = place - np.int32(len(self.moves))
        place = np.where(later < 0, place, later % WEEK - np.int32(WEEK))
        found: Array = last + self.moves[place]
        return found

    @cached_property
    def moves(self) -> Array:
        """By how many days last days are moved, from the report or an earlier suit on."""
        first = self.plan.start + datetime.timedelta(min(0, self.plan.sued))
        return np.array(moves(first), np.int32)

    def wait(self) -> Array:
        """Return the days until the suspect is caught, `NEVER` where he is not."""
        made = self.plan
        caught = made.chances["caught_per_month"]
        if made.never or caught <= 0:
            return np.full(self.count, NEVER, np.int32)
        never = self.chance("never", "never_caught") * np.int32(NEVER)
        if caught >= 1:
            return never
        months = np.log(np.float32(1) - self.uniform("at_large")) / np.float32(np.log1p(-caught))
        return np.maximum(never, (months * np.float32(MONTH_DAYS)).astype(np.int32))

    def drawn(self, span: Span, name: str) -> Array | np.int32:
        """Return lengths of a span, from its shortest to its longest; one number if it has one."""
        if span.long == span.short:
            return np.int32(span.short)
        lengths = self.bent(name)
        lengths *= np.float32(span.long - span.short)
        return lengths.astype(np.int32) + np.int32(span.short)

    def bent(self, name: str) -> Array:
        """Return a uniform number to the power of `procedure.bend`."""
        numbers, power = self.uniform(name), self.plan.chances["bend"]
        return np.square(numbers, out=numbers) if power == 2 else numbers ** np.float32(power)

    def chance(self, name: str, parameter: str) -> Array:
        """Return whether what has the chance of a parameter happens."""
        return self.steps(name) < self.plan.chances[parameter] * STEPS

    def uniform(self, name: str) -> Array:
        """Return the next numbers of a stream, in [0, 1)."""
        return self.steps(name) * np.float32(1 / STEPS)

    def steps(self, name: str) -> Array:
        """Return the next numbers of a stream as whole steps of 1 / `STEPS`.

        Sixteen bits each, four from one word: finer than a day in any span, and three times as
        fast as a generator's own numbers.
        """
        words = self.streams[name].random_raw(-(-self.count // 4))
        return words.view(np.uint16)[: self.count]


def _coded(table: tuple[tuple[tuple[str, ...], ...], ...]) -> Array:
    return np.array([[[CODE[name] for name in row] for row in page] for page in table], np.int8)


@dataclass(frozen=True)
class Spread:
    """A distribution of time lines.

    Attributes
    ----------
    regime, n, seed
        what was drawn
    judged, final, enforced
        days since the report, int32 of shape (n,); `NEVER` or more is never
    criminal
        the same for the end of the criminal case
    document
        place in `DOCUMENTS` of what decided on the suit last, int8 of shape (n,)
    """

    regime: str
    n: int
    seed: int
    judged: Array
    final: Array
    enforced: Array
    criminal: Array
    document: Array

    @property
    def documents(self) -> dict[str, float]:
        """How often each document ended the matter; only those that occur."""
        counts = np.bincount(self.document, minlength=len(DOCUMENTS))
        return {name: int(c) / self.n for name, c in zip(DOCUMENTS, counts, strict=True) if c}

    def quantile(self, what: str, q: float) -> float:
        """Return the day by which a share `q` of all lines is there; infinity if it never is.

        The smallest day whose share is at least `q`: no day between two drawn ones is made up.

        Parameters
        ----------
        what
            `judged`, `final`, `enforced` or `criminal`
        q
            in [0, 1]

        Raises
        ------
        UnknownName
            for another name
        OutOfScope
            if `q` lies outside [0, 1]
        """
        if what not in (*WHAT, "criminal"):
            raise UnknownName.among("spread", what, (*WHAT, "criminal"))
        if not 0 <= q <= 1:
            raise OutOfScope("parameter-out-of-range", key="q", value=q, low=0, high=1)
        place = max(0, int(np.ceil(q * self.n)) - 1)
        day = int(np.partition(getattr(self, what), place)[place])
        return float("inf") if day >= NEVER else float(day)

    def ever(self, what: str) -> float:
        """Return the share of lines that are there at all."""
        return self.share(what, NEVER - 1)

    def share(self, what: str, within: int) -> float:
        """Return the share of lines that are there within a number of days."""
        return float(np.count_nonzero(getattr(self, what) <= within)) / self.n


def spread(
    case: Case,
    regime: str = "stay_if_prejudicial",
    n: int = 100_000,
    seed: int = 0,
    switches: Mapping[str, str] | None = None,
    sue_on: datetime.date | None = None,
) -> Spread:
    """Draw many time lines of a case under one regime.

    1. days the file states stand; every other phase lasts from its shortest to its longest length,
       bent towards the shortest (`procedure.bend`: a teaching assumption, as all chances here)
    2. a suspect at large is caught with a chance a month, or never
    3. the court answers by the stage of that day, as `admit` does

    The same seed gives every regime the same luck in every phase, so that lines can be compared
    one by one.

    Raises
    ------
    UnknownName
        for a regime, switch or value that does not exist
    OutOfScope
        if `n` is not from 1 to ten million

    Examples
    --------
    >>> from simlib import load_case
    >>> found = spread(load_case("2024-lu-0302-5690"), "parallel", n=1000)
    >>> found.documents
    {'claim_dismissed': 0.519, 'judgment': 0.393, 'final_judgment': 0.088}
    """
    if not 1 <= n <= MOST:
        raise OutOfScope("parameter-out-of-range", key="n", value=n, low=1, high=MOST)
    made = plan(case, regime, switches, sue_on)
    streams = {
        name: np.random.SFC64(np.random.SeedSequence([seed, place]))
        for place, name in enumerate(DRAWN)
    }
    columns = tuple(np.empty(n, kind) for kind in (*[np.int32] * 4, np.int8))
    for first in range(0, n, TILE):
        rows = slice(first, min(first + TILE, n))
        tile = Tile(made, streams, rows.stop - first)
        for column, values in zip(columns, tile.lines(), strict=True):
            column[rows] = values
    return Spread(regime, n, seed, *columns)
