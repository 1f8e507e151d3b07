"""Many time lines at once: durations drawn between the shortest and the longest, in tiles."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simlib.errors import OutOfScope, UnknownName
from simlib.procedure.plan import PHASES, Plan, Span, plan
from simlib.procedure.proof import ENOUGH, NONE, SOME
from simlib.procedure.track import CHARGED

if TYPE_CHECKING:
    from simlib.case.model import Case

Days: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.int32]]"
NEVER = 2**29  # days; sums of two such still fit into 32 bits
MOST = 10_000_000
TILE = 16_384  # lines that fit into a core's cache
MONTH_DAYS = 30.4375
WHAT = ("judged", "final", "enforced")
DOCUMENTS = ("not_accepted", "suit_dismissed", "stay", "claim_dismissed", "judgment",
             "partial_judgment", "final_judgment")  # fmt: skip
# What is drawn. Each has a stream of its own, so that every regime meets the same luck.
DRAWN = (*PHASES, "never", "appeals", "second", "trial", "civil_appeals", "enforcement")


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
    judged: Days
    final: Days
    enforced: Days
    criminal: Days
    document: np.ndarray[tuple[int, ...], np.dtype[np.int8]]

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
    {'claim_dismissed': 0.831, 'judgment': 0.144, 'final_judgment': 0.025}
    """
    if not 1 <= n <= MOST:
        raise OutOfScope("parameter-out-of-range", key="n", value=n, low=1, high=MOST)
    made = plan(case, regime, switches, sue_on)
    streams = {
        name: np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, place])))
        for place, name in enumerate(DRAWN)
    }
    columns = [np.empty(n, np.int32) for _ in range(4)]
    document = np.empty(n, np.int8)
    for first in range(0, n, TILE):
        rows = slice(first, min(first + TILE, n))
        tile = Tile(made, streams, rows.stop - first)
        for column, values in zip((*columns, document), tile.lines(), strict=True):
            column[rows] = values
    judged, final, enforced, criminal = columns
    return Spread(regime, n, seed, judged, final, enforced, criminal, document)


@dataclass(frozen=True)
class Tile:
    """Some lines drawn together, in one pass of arrays of shape (count,)."""

    plan: Plan
    streams: Mapping[str, np.random.Generator]
    count: int

    def lines(self) -> tuple[Days, Days, Days, Days, np.ndarray[tuple[int, ...], np.dtype[np.int8]]]:
        """Return first judgment, judgment in effect, money, end of the criminal case, document.

        One pass, longer than a page: a step of it is meaningless without the ones before.
        """
        made, ends = self.plan, self.criminal()
        over = ends[-1]
        charged = ends[3] if not made.unprosecuted else over
        answered = made.sued + made.filing
        stage = self.stage(ends, np.int32(answered))
        registered, refused, document = self.filed(ends, stage, answered)
        held = np.where(refused, len(made.stages) - 2, stage)
        stays = table([stays for _, stays, _ in made.answers], bool)[held]
        waits = over
        if made.regime == "coordinated":
            waits = np.where(charged > registered, charged, over)
        begins = np.where(stays, waits, registered)
        document[stays & (begins >= NEVER) & (registered < NEVER)] = DOCUMENTS.index("stay")
        short, extra = (table(c, np.int32)[held] for c in
                        zip(*((t.short, t.long - t.short) for t in made.trials), strict=True))  # fmt: skip
        judged = begins + short + (extra * self.bent("trial")).astype(np.int32)
        there = judged < NEVER
        at = self.stage(ends, judged)
        proved = table([LEVEL[p] for p in made.proofs], np.int8)
        level = proved[at]
        given = table(JUDGED, np.int8)[level]
        if made.regime == "coordinated":
            given[(level == LEVEL[SOME]) & (at < 4)] = DOCUMENTS.index("partial_judgment")
        document = np.where(there, given, document).astype(np.int8)
        final, appeals = self.appealed(judged)
        saved = there & appeals & (document == DISMISSED)
        if saved.any():
            saved &= proved[self.stage(ends, final)] == LEVEL[ENOUGH]
            document[saved] = DOCUMENTS.index("final_judgment")
        enforced = final + self.drawn(made.enforcement, "enforcement")
        enforced[document == DISMISSED] = NEVER
        return judged, final, enforced, over, document

    def criminal(self) -> list[Days]:
        """Return the day on which each phase ends."""
        made, day, ends = self.plan, np.zeros(self.count, np.int32), []
        for phase in PHASES:
            span = made.criminal[phase]
            if made.unprosecuted and phase in ("trial", "appeal"):
                ends.append(day)
                continue
            if span.at is not None and not (phase == "at_large" and made.waits):
                day = np.where(day >= NEVER, day, np.maximum(day, np.int32(span.at)))
            else:
                until = day + (self.wait() if phase == "at_large" else self.drawn(span, phase))
                if phase == "appeal":
                    until = until + self.second()
                if span.by is not None:
                    until = np.where(until >= NEVER, until, np.minimum(until, np.int32(span.by)))
                day = np.maximum(until, day)
            ends.append(day)
        return ends

    def filed(self, ends: list[Days], stage: Days, answered: int) -> tuple[Days, Days, Days]:
        """Return the day of registration, who sued twice, and the document so far."""
        made, over = self.plan, ends[-1]
        first = table([DOCUMENTS.index(d) if d in DOCUMENTS else REGISTERED
                       for d, _, _ in made.answers], np.int8)  # fmt: skip
        again = table([refile == "after_change" for _, _, refile in made.answers], bool)
        document = first[stage]
        taken = document == REGISTERED
        registered = np.where(taken, np.int32(answered), np.int32(NEVER))
        if taken.all():
            return registered, np.zeros(self.count, bool), document
        sent = np.where(document == DOCUMENTS.index("suit_dismissed"),
                        np.maximum(ends[0], np.int32(answered)), np.int32(answered))  # fmt: skip
        twice = again[stage] & (over > sent) & (over < NEVER)
        last = first[len(made.stages) - 2]
        if last == REGISTERED:
            registered = np.where(twice, over + np.int32(made.filing), registered)
        else:
            document = np.where(twice, last, document)
        return registered, twice, document

    def stage(self, ends: list[Days], on: Days | np.int32) -> Days:
        """Return the place in `plan.stages` of each line on a day."""
        places = np.zeros(self.count, np.int8)
        for end in ends:
            places += on >= end
        if np.ndim(on) == 0 and on < 0:
            places[:] = len(self.plan.stages) - 1
        return places

    def appealed(self, judged: Days) -> tuple[Days, Days]:
        """Return the day the judgment takes effect, and which were appealed against."""
        made = self.plan
        if made.small:
            return judged, np.zeros(self.count, bool)
        appeals = self.uniform("civil_appeals") < made.chances["appealed"]
        return judged + made.appeal + appeals * np.int32(made.appealed.short), appeals

    def second(self) -> Days:
        """Return the days a criminal appeal adds, 0 where there is none."""
        made = self.plan
        appeals = self.uniform("appeals") < made.chances["appealed"]
        return appeals * self.drawn(made.second, "second")

    def wait(self) -> Days:
        """Return the days until the suspect is caught; 0 where he is in hand."""
        made = self.plan
        if not made.waits:
            return np.zeros(self.count, np.int32)
        chance = made.chances["caught_per_month"]
        if made.never or chance <= 0:
            return np.full(self.count, NEVER, np.int32)
        if chance >= 1:
            days = np.zeros(self.count, np.int32)
        else:
            months = np.log1p(-self.uniform("at_large")) / np.log1p(-chance)
            days = np.minimum(months * MONTH_DAYS, NEVER).astype(np.int32)
        never = self.uniform("never") < made.chances["never_caught"]
        return np.where(never, np.int32(NEVER), days)

    def drawn(self, span: Span, name: str) -> Days:
        """Return lengths of a span, from its shortest to its longest."""
        if span.long == span.short:
            return np.full(self.count, span.short, np.int32)
        return span.short + ((span.long - span.short) * self.bent(name)).astype(np.int32)

    def bent(self, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """Return a uniform number to the power of `procedure.bend`."""
        return self.uniform(name) ** self.plan.chances["bend"]

    def uniform(self, name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        """Return the next numbers of a stream, in [0, 1)."""
        return self.streams[name].random(self.count)


REGISTERED = len(DOCUMENTS)
DISMISSED = DOCUMENTS.index("claim_dismissed")
LEVEL = {NONE: 0, SOME: 1, ENOUGH: 2}
JUDGED = (DISMISSED, DOCUMENTS.index("judgment"), DOCUMENTS.index("judgment"))


def table(values: list[object] | tuple[object, ...], kind: type) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """Return values as a small array to look up in."""
    return np.array(values, kind)
