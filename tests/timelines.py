"""One time line at a time, as SimPy processes: the criminal case, and the suit that looks at it.

Written from the docstrings, not from `simlib.procedure.sampled_durations`: two processes with
their own clocks. The suit runs half a day behind, so that on a day on which a criminal step ends
it sees the next stage. Answers of the court and lengths of spans come from the plan, as for the
engine; the order of events, the waiting and the documents are this module's own.
"""

from __future__ import annotations

import datetime
import math

import numpy as np
import simpy

from simlib.law.period import past_days_off

BEHIND = 0.5
FOREVER = math.inf


class TimeLine:
    """One run: `luck` maps each name of a stream to this line's uniform number."""

    def __init__(self, plan, luck):
        self.plan, self.luck = plan, luck
        self.env = simpy.Environment()
        self.stage = 1  # reported; before that 0
        self.days = []  # on which criminal phases ended
        self.told, self.over = self.env.event(), self.env.event()
        self.moves = self.env.event()  # succeeds, and is made anew, with each phase that ends
        self.opened = self.env.event()
        self.judged = self.final = self.enforced = FOREVER
        self.document = None
        self.by_order = False
        if plan.sued + plan.first < 0:
            raise ValueError("the oracle begins at the report")
        self.env.process(self.criminal())
        self.env.process(self.civil())
        self.env.run()

    @property
    def ended(self):
        """The day the criminal case ended."""
        return self.over.value if self.over.triggered else FOREVER

    def length(self, span, name):
        """A drawn length; one that has but one value needs no luck."""
        if span.long == span.short:
            return span.short
        bent = np.float32(self.luck[name]) ** np.float32(self.plan.chances["bend"])
        if self.plan.chances["bend"] == 2:
            bent = np.float32(self.luck[name]) * np.float32(self.luck[name])
        return span.short + int(bent * np.float32(span.long - span.short))

    def period(self, days):
        """Days until a party's period that begins today is over: its last day is no day off."""
        today = int(self.env.now)
        last = self.plan.start + datetime.timedelta(today + days)
        return (past_days_off(last) - self.plan.start).days - today

    def criminal(self):
        """Report, opening, arrest, investigation, review, trial, appeal."""
        chances = self.plan.chances
        for place, (phase, span) in enumerate(self.plan.criminal.items()):
            now = int(self.env.now)
            if phase == "at_large" and self.plan.waits:
                caught = chances["caught_per_month"]
                if self.plan.never or caught <= 0 or self.luck["never"] < chances["never_caught"]:
                    return
                left = np.float32(1) - np.float32(self.luck["at_large"])
                months = np.log(left) / np.float32(np.log1p(-caught))
                wait = int(months * np.float32(30.4375))
            elif span.at is not None:
                wait = max(0, span.at - now)
            elif span.long == 0:
                wait = 0
            else:
                wait = self.length(span, phase)
                if phase == "appeal":
                    wait = self.period(wait)
                    if self.luck["appeals"] < chances["appealed"]:
                        wait += self.length(self.plan.second, "second")
                if span.by is not None:
                    wait = max(0, min(now + wait, span.by) - now)
            yield self.env.timeout(wait)
            self.stage = place + 2
            self.moves.succeed()
            self.moves = self.env.event()
            if phase == "reported":
                self.opened.succeed(self.env.now)
            if place == self.plan.told:
                self.told.succeed(self.env.now)
        self.stage = len(self.plan.stages) - 1
        self.over.succeed(self.env.now)

    def view(self):
        """Whether a court that has the suit would send it away by now, and stay it."""
        if self.by_order:
            accepted, stays = self.plan.reviews[self.stage]
            return not accepted, stays
        document, stays, _ = self.plan.answers[self.stage]
        return document != "registered", stays

    def stay(self):
        """Wait for what is to be told, or for the end."""
        self.document = "stay"
        yield self.over if self.told.processed else self.told
        yield self.env.timeout(BEHIND)

    def trial(self, left, stayed):
        """Be tried for so many days; whether there is a judgment. The court looks again whenever
        the criminal case moves on, and on the first day: it sends away, or stays if it did not."""
        if not (self.plan.asks or self.by_order):
            yield self.env.timeout(left)
            return True
        while True:
            gone, stays = self.view()
            if gone:
                self.document = "suit_dismissed"
                return False
            if stays and not stayed:
                yield from self.stay()
                stayed = True
                continue
            stayed = stays
            before, over = self.env.now, self.env.timeout(left)
            yield over | self.moves
            if self.env.now == before + left:
                return True
            yield self.env.timeout(BEHIND)
            left -= self.env.now - before

    def appeal(self):
        """Appeal against a ruling: ten days and thirty; whether the higher court orders the suit
        taken, and whether it is stayed then, by what it finds on that day."""
        appeal, second = self.plan.ruling
        yield self.env.timeout(self.period(appeal) + second)
        return self.plan.reviews[self.stage]

    def sue(self, days):
        """One attempt: `(registered, stays, refile, document)`."""
        yield self.env.timeout(days)
        document, stays, refile = self.plan.answers[self.stage]
        if document == "registered":
            return True, stays, None, document
        if document != "not_accepted" and not self.opened.processed:
            yield self.opened
            yield self.env.timeout(BEHIND)
        if self.plan.ruling is not None and document != "transfer":
            accepted, stays = yield from self.appeal()
            if accepted:
                self.by_order = True
                return True, stays, None, "registered"
        return False, False, refile, document

    def civil(self):
        """Sue, be sent away or stayed, be tried, win or lose, appeal, collect."""
        first = self.plan.sued + self.plan.first + BEHIND
        taken, stays, refile, self.document = yield from self.sue(first)
        if not taken:
            if refile != "after_change":
                return
            if not self.over.processed:
                yield self.over
                yield self.env.timeout(BEHIND)
            taken, stays, _, self.document = yield from self.sue(self.plan.filing)
            if not taken:
                return
        seen = self.stage
        judgments = self.plan.ordered if self.by_order else self.plan.judgments
        if stays:
            yield from self.stay()
        length = self.length(self.plan.trials[seen], "civil_trial")
        if not (yield from self.trial(length, stays)):
            return
        self.judged = int(self.env.now)
        then = self.stage
        self.document = judgments[seen][then][then]
        if not self.plan.small:
            yield self.env.timeout(self.period(self.plan.appeal))
            if self.luck["civil_appeals"] < self.plan.chances["appealed"]:
                yield self.env.timeout(self.plan.appealed.short)
                self.document = judgments[seen][then][self.stage]
        self.final = int(self.env.now)
        if self.document != "claim_dismissed":
            yield self.env.timeout(self.length(self.plan.enforcement, "enforcement"))
            self.enforced = int(self.env.now)


def lucky(names, n, seed):
    """The numbers each stream gives n lines: name → list."""
    words = -(-n // 4)
    return {
        name: [
            (word >> (16 * part) & 0xFFFF) / 65536
            for word in np.random.SFC64(np.random.SeedSequence([seed, place]))
            .random_raw(words)
            .tolist()
            for part in range(4)
        ][:n]
        for place, name in enumerate(names)
    }


def time_lines(plan, names, n, seed=0):
    """Every line one after another: judged, final, enforced, end of the criminal case, document."""
    luck = lucky(names, n, seed)
    for row in range(n):
        line = TimeLine(plan, {name: column[row] for name, column in luck.items()})
        yield line.judged, line.final, line.enforced, line.ended, line.document
