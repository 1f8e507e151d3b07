"""One pass of arrays: draw the phases of many lines, and follow each to its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from simlib.law.period import MONTH_DAYS
from simlib.procedure.proof import ENOUGH, NONE, SOME
from simlib.procedure.stage_durations import PHASES, Plan, Span

Array: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[Any]]"  # days, codes or flags
NEVER = 2**29  # days; sums of two such still fit into 32 bits
TILE = 65_536  # lines of one pass; a multiple of what one word of a stream gives
STEPS = 2**16  # a drawn number is one of so many
# what may decide on the suit last, and a code for one that is registered so far
DOCUMENTS = ("not_accepted", "suit_dismissed", "stay", "claim_dismissed", "judgment",
             "partial_judgment", "final_judgment")  # fmt: skip
CODE = {name: code for code, name in enumerate((*DOCUMENTS, "registered"))}
# What is drawn. Each has a stream of its own, so that every regime meets the same luck.
DRAWN = (*PHASES, "never", "appeals", "second", "civil_trial", "civil_appeals", "enforcement")
EARLY = ("reported", "at_large", "investigation", "review")  # before the indictment


@dataclass(frozen=True)
class Tile:
    """Some lines drawn together, in one pass of arrays of shape (count,)."""

    plan: Plan
    streams: Mapping[str, np.random.SFC64]
    count: int

    def lines(self) -> tuple[Array, Array, Array, Array, Array]:
        """Return first judgment, judgment in effect, money, end of the criminal case, document."""
        ends = self.criminal()
        registered, document = self.filed(ends)
        begins, document = self.stayed(ends, registered, document)
        judged = begins + self.length(ends, registered)
        document = self.judgment(ends, judged, document)
        final = self.appealed(ends, judged, document)
        enforced = final + self.drawn(self.plan.enforcement, "enforcement")
        enforced += (document == CODE["claim_dismissed"]) * np.int32(NEVER)
        return judged, final, enforced, ends[-1], document

    def criminal(self) -> list[Array]:
        """Return the day on which each phase ends."""
        made, ends = self.plan, []
        day: Array = np.zeros(self.count, np.int32)
        for phase in PHASES[: 4 if made.unprosecuted else None]:
            span = made.criminal[phase]
            if phase == "at_large" and made.waits:
                day = day + self.wait()
            elif span.at is not None:
                day = np.where(day >= NEVER, day, np.maximum(day, np.int32(span.at)))
            elif span.long:
                until = day + self.drawn(span, phase)
                if phase == "appeal":
                    until += self.chance("appeals", "appealed") * self.drawn(made.second, "second")
                if span.by is not None:
                    until = np.maximum(np.minimum(until, np.int32(span.by)), day)
                day = until
            ends.append(day)
        return ends + ends[-1:] * (len(PHASES) - len(ends))

    def filed(self, ends: list[Array]) -> tuple[Array, Array]:
        """Return the day of registration, `NEVER` for none, and the document so far.

        Who is sent away because of the criminal case sues again once it has ended.
        """
        made, over = self.plan, ends[-1]
        answered = np.int32(made.sued + made.filing)
        codes = [CODE[said[0]] for said in made.answers]
        document = self.at(codes, ends, answered, np.int8)
        if (document == CODE["registered"]).all():
            return np.full(self.count, answered), document
        handed = document == CODE["suit_dismissed"]
        sent = np.maximum(handed * ends[0], answered)
        change = [said[2] == "after_change" for said in made.answers]
        twice = self.at(change, ends, answered, np.int8).view(np.bool_)
        twice &= (over > sent) & (over < NEVER)
        registered = np.full(self.count, NEVER, np.int32)
        if codes[-1] == CODE["registered"]:
            registered = over + np.int32(made.filing)
            registered += ~twice * np.int32(NEVER)
        at_once = document == CODE["registered"]
        if at_once.any():
            registered = np.where(at_once, answered, registered)
        document += twice * (np.int8(codes[-1]) - document)
        return registered, document

    def stayed(self, ends: list[Array], registered: Array, document: Array) -> tuple[Array, Array]:
        """Return the day the trial begins, and the document so far."""
        stays = self.at([said[1] for said in self.plan.answers], ends, registered, np.int8) == 1
        stays &= registered < NEVER
        if not stays.any():
            return registered, document
        waits = ends[-1]
        if self.plan.regime == "coordinated" and not self.plan.unprosecuted:
            waits = np.where(ends[3] > registered, ends[3], waits)
        document += stays * (np.int8(CODE["stay"]) - document)
        return np.maximum(registered, stays * waits), document

    def length(self, ends: list[Array], registered: Array) -> Array | np.int32:
        """Return how long the trial lasts, by the stage at which it was registered."""
        trials = self.plan.trials
        if len(set(trials)) == 1:
            return self.drawn(trials[0], "civil_trial")
        short = self.at([span.short for span in trials], ends, registered, np.int32)
        extra = self.at([span.long - span.short for span in trials], ends, registered, np.int32)
        return short + (extra * self.bent("civil_trial")).astype(np.int32)

    def judgment(self, ends: list[Array], judged: Array, document: Array) -> Array:
        """Return the document that ends the trial, where there is one."""
        made = self.plan
        given = [CODE["claim_dismissed" if p == NONE else "judgment"] for p in made.proofs]
        if made.regime == "coordinated":
            before = zip(made.proofs, given, made.stages, strict=True)
            given = [CODE["partial_judgment"] if p == SOME and s in EARLY else code
                     for p, code, s in before]  # fmt: skip
        codes = self.at(given, ends, judged, np.int8)
        return codes + (judged >= NEVER) * (document - codes)

    def appealed(self, ends: list[Array], judged: Array, document: Array) -> Array:
        """Return the day the judgment takes effect.

        Write who wins on appeal because the criminal judgment came in time.
        """
        made = self.plan
        if made.small:
            return judged
        appeals = self.chance("civil_appeals", "appealed")
        final = judged + np.int32(made.appeal) + appeals * np.int32(made.appealed.short)
        if ENOUGH in made.proofs and NONE in made.proofs:
            lost = appeals & (document == CODE["claim_dismissed"])
            won = self.at([p == ENOUGH for p in made.proofs], ends, final, np.int8)
            gain = np.int8(CODE["final_judgment"] - CODE["claim_dismissed"])
            document += (lost & (won == 1)) * gain
        return final

    def at(self, values: Sequence[int], ends: list[Array], on: Array | np.int32,
           kind: type[np.int8] | type[np.int32]) -> Array:  # fmt: skip
        """Return the value of the stage of each line on a day.

        Parameters
        ----------
        values
            one for each of `plan.stages`; where two neighbours agree nothing is compared
        """
        first = 0 if self.plan.sued + self.plan.filing < 0 else 1  # 1: nobody sues before a report
        found: Array = np.full(self.count, values[first], kind)
        for place in range(first, len(values) - 1):
            step = values[place + 1] - values[place]
            if step:
                begins = ends[place - 1] if place else np.int32(0)
                reached = np.greater_equal(on, begins)
                np.add(found, reached * kind(step), out=found)
        return found

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
