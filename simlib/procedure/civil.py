"""The civil track as steps: from the suit, or the request for preservation, to the money."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.law.period import deadline_if_any
from simlib.law.regime import regime_for
from simlib.procedure.admissibility import RIGID, Admission, admit, against, defendants, review
from simlib.procedure.day_bounds import entry_of
from simlib.procedure.preservation import Preservation, preserve
from simlib.procedure.proof import (
    ENOUGH,
    NONE,
    Part,
    finds_knowledge,
    is_general,
    least,
    most,
    needed,
    proof_of,
    proves_by,
)
from simlib.procedure.tracks import CIVIL, EVERY, Step, authority, limit_end, parameter_end

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.procedure.criminal import CriminalLine

SMALL_PART = Fraction(1, 2)  # of the yearly wage: 民事诉讼法165(1)
MANY = 10  # persons on one side: 民诉法解释75
TEACHING = "teaching assumption"
REFORM = "reform proposal"
PRACTICE = "doctrine"
# the document of a criminal case from which its evidence is adopted under `coordinated`
ADOPTING = {
    "indictment": "indictment", "first_judgment": "criminal_judgment", "effective": "criminal_final"
}  # fmt: skip
# the state in which she waits after each document
WAITING = {"not_accepted": "refused", "suit_dismissed": "dismissed", "transfer": "transferred"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sue: its day, the day of registration, or the day that sends her away."""

    sued_on: datetime.date
    registered_on: datetime.date | None
    lost_on: datetime.date | None


@dataclass
class Run:
    """A civil track while it is being written.

    Attributes
    ----------
    case, regime, variant, switches, criminal
        what is asked, and the criminal track drawn for the same line
    tracks
        the track of each party's own criminal case
    at_trial
        what she can prove on her own at the trial; None for what the switch `proof` says
    small_claim
        whether it may be tried as a small claim
    appraisal_days
        days of an appraisal, by which the trial may last longer; None for no appraisal
    steps
        the steps so far
    document
        the last document that decided on the suit
    parts
        what becomes of it against each defendant whom the court hears
    judged_on, final_on, enforced_on
        its days; None for never
    admissions
        what the courts said to each attempt, an order to accept it on appeal included; and what a
        court said in mid-trial when it stayed or dismissed the suit, or a part of it
    by_order, now
        whether the suit was taken by order on appeal; what the court that has it says by now
    attempts, preservation
        each attempt with its days; what an application to freeze assets comes to
    """

    case: Case
    regime: str
    variant: str
    switches: Mapping[str, str]
    criminal: CriminalLine
    tracks: Mapping[str, CriminalLine]
    at_trial: str | None = None
    small_claim: bool = True
    appraisal_days: int | None = None
    steps: list[Step] = field(default_factory=list)
    document: str = ""
    parts: tuple[Part, ...] = ()
    judged_on: datetime.date | None = None
    final_on: datetime.date | None = None
    enforced_on: datetime.date | None = None
    admissions: list[Admission] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    preservation: Preservation | None = None
    by_order: bool = False
    now: Admission | None = None

    @property
    def view(self) -> Admission:
        """What the court says by now."""
        return self.now or self.admissions[-1]

    @property
    def asks(self) -> bool:
        """Whether the court that has the suit looks again whenever a criminal case moves on."""
        return self.regime != RIGID or self.by_order

    def says(self, on: datetime.date) -> Admission:
        """Return what the court says of the suit on a day; by the law as written after an order."""
        stage, stages = self.criminal.stage(on), self.stages(on)
        if self.by_order:
            return review(self.case, on, stage, self.switches, stages)
        return admit(self.case, self.regime, on, stage, self.switches, stages)

    @property
    def proved(self) -> str | None:
        """The most she could prove of any defendant; None where nothing is judged."""
        found = tuple(part.proved for part in self.parts if part.proved is not None)
        return most(found) if found else None

    def stages(self, on: datetime.date) -> dict[str, str]:
        """Return the stage of each party's own criminal case on a day."""
        return {who: line.stage(on) for who, line in self.tracks.items()}

    def over(self, party: str) -> datetime.date | None:
        """Return the day on which a defendant's criminal case tells what he knew; None for never.

        Its end, or under `coordinated` the document from which its evidence is adopted.
        """
        line = self.tracks[party]
        adopted = ADOPTING[self.switches["evidence_adopted_from"]]
        adopts = self.regime == "coordinated" and finds_knowledge(self.case, party)
        return (line.day_of(adopted) if adopts else None) or line.ends_on

    @property
    def extensions(self) -> int:
        """How many extensions of a limit this variant grants."""
        return EVERY if self.variant == "longest" else 0

    def add(
        self,
        state: str,
        begins: datetime.date,
        ends: datetime.date | None,
        document: str | None,
        key: str | None = None,
        basis: str | None = None,
    ) -> None:
        """Write one step."""
        cites, found = authority(state, document, key, begins)
        source = f"deadline:{key}" if key else "assumed"
        step = Step(CIVIL, state, begins, ends, document, key, cites, basis or found, source)
        self.steps.append(step)


def run_civil(run: Run, sue_on: datetime.date, preserve_on: datetime.date | None) -> Run:
    """Write the civil track of one line.

    1. mediation before registration, if she agrees to it; a complaint, if the court keeps silent
    2. the suit: registered or sent away within 7 days
    3. sent away by ruling, she appeals (ten days, decided in thirty), or waits; and sues again when
       the criminal case has ended, if that is what stood in the way
    4. trial at once, or after a stay; the stay does not count towards the limit. What stays or bars
       a suit is asked again whenever a criminal case moves on, until the judgment
    5. judgment by what she can prove of each defendant on that day, in part where the court waits
       for somebody's criminal case (民事诉讼法156); an appeal in the longest line; enforcement
    6. preservation, if she asks for it: before the suit or in it, as the days have it
    """
    registered = _filed(run, sue_on)
    if registered is not None:
        _taken(run, registered)
    if preserve_on is not None:
        preserve(run, preserve_on)
    return run


def _taken(run: Run, registered: datetime.date) -> None:
    """Write what follows on registration."""
    if run.regime == "coordinated":
        reply = limit_end("platform.reply", registered)
        run.add("platform_reply", registered, reply, None, "platform.reply")
    track = track_of(run.case, run.criminal.stage(registered), run.variant, run.switches,
                     registered, run.small_claim)  # fmt: skip
    begins = _stayed(run, registered) if run.view.stays else registered
    if begins is not None:
        _tried(run, track, begins)


def track_of(
    case: Case, stage: str, variant: str, switches: Mapping[str, str], on: datetime.date,
    small_claim: bool = True,
) -> str:  # fmt: skip
    """Return the procedure the suit is tried by: `small`, `simplified` or `ordinary`.

    Small claims up to half the yearly wage in the shortest line (a dispute over fault is seldom
    「争议不大」, so the ordinary line takes the simplified procedure), ordinary procedure in the
    longest. Neither short procedure where a defendant cannot be found or ten or more are on one
    side. A choice the law does not allow falls back to the next that it does: small claims also
    where `small_claim` says that the case is none, as it needs an appraisal (166(3)).

    References
    ----------
    civil-procedure-law:164, civil-procedure-law:165, civil-procedure-law:166(3),
    civil-procedure-interpretation:257
    """
    wage = regime_for(case).value("procedure.wage_fen")
    small = small_claim and deadline_if_any("small", on) is not None
    small = small and case.loss_fen <= SMALL_PART * Fraction(wage)
    wanted = switches["track"]
    if wanted == "auto":
        wanted = {"shortest": "small", "longest": "ordinary"}.get(variant, "simplified")
    if absent(case, stage) or len(defendants(case)) >= MANY:
        return "ordinary"
    return "simplified" if wanted == "small" and not small else wanted


def absent(case: Case, stage: str) -> bool:
    """Whether a defendant cannot be found: the suspect at large, if he is sued."""
    entry = entry_of(case)
    suspect = case.party(entry.party).sued if entry else any(
        p.role == "principal" for p in defendants(case)
    )  # fmt: skip
    return stage == "at_large" and suspect


def _filed(run: Run, sue_on: datetime.date) -> datetime.date | None:
    """Write each attempt to sue; return the day of registration, None if there is none."""
    sued = begins = sue_on
    for state, ends, key in _before(sue_on, run.switches):
        run.add(state, begins, ends, None, key)
        begins = ends
    while True:
        answered = limit_end("filing", begins)
        said = run.says(answered)
        run.admissions.append(said)
        run.document = said.document
        refused = said.document == "not_accepted"
        run.add("filing", begins, answered, "not_accepted" if refused else "registered", "filing")
        registered, lost = _answered(run, said, answered)
        run.attempts.append(Attempt(sued, registered, lost))
        if lost is None or said.refile != "after_change":
            return registered
        over = _ended(run)
        again = over and max(over, lost)
        run.add(WAITING[said.document], lost, again, None)
        if again is None:
            return None
        sued = begins = again


def at_the_desk(sue_on: datetime.date, switches: Mapping[str, str]) -> datetime.date:
    """Return the day from which the court's seven days count.

    After mediation without agreement, if she does not refuse it; and after her complaint, if the
    court kept silent for seven days.
    """
    return max([end for _, end, _ in _before(sue_on, switches)], default=sue_on)


def _before(
    sue_on: datetime.date, switches: Mapping[str, str]
) -> Iterator[tuple[str, datetime.date, str]]:
    """Yield what comes before the court decides on the suit: state, last day, limit."""
    states = [("mediation", "mediation")] if switches["mediation"] == "tried" else []
    if switches["desk"] == "silent":
        states += [("filing", "filing"), ("complaint", "complaint")]
    begins = sue_on
    for state, key in states:
        begins = limit_end(key, begins)
        yield state, begins, key


def _answered(
    run: Run, said: Admission, answered: datetime.date
) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the day of registration, or the day on which she is sent away for good."""
    if said.document == "registered":
        return answered, None
    lost = answered if said.document == "not_accepted" else _dismissed(run, answered)
    if run.switches["refusal"] == "wait" or said.document == "transfer":  # that is no ruling
        return None, lost
    return _ruling_appealed(run, lost)


def _ruling_appealed(
    run: Run, ruled: datetime.date
) -> tuple[datetime.date | None, datetime.date | None]:
    """Write the appeal against a ruling; return as `_answered` does.

    An order to accept counts as registration on its day.
    """
    over = limit_end("appeal.ruling", ruled)
    decided = limit_end("second.ruling", over)
    stage, stages = run.criminal.stage(decided), run.stages(decided)
    found = review(run.case, decided, stage, run.switches, stages)
    won = found.document == "registered"
    document = "accept_order" if won else "refusal_upheld"
    run.add("ruling_period", ruled, over, None, "appeal.ruling")
    run.add("ruling_second", over, decided, document, "second.ruling")
    if not won:
        return None, decided
    run.admissions.append(found)
    run.document, run.by_order = found.document, True
    return decided, None


def _ended(run: Run) -> datetime.date | None:
    """Return the day on which the last criminal case ends; None for never."""
    ends = [line.ends_on for line in (run.criminal, *run.tracks.values())]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _dismissed(run: Run, registered: datetime.date) -> datetime.date:
    """Write the end of a registered suit by dismissal, or by transfer where the police ask for it.

    On the day the police answer the report, if that is later.
    """
    opened = run.criminal.opened_on or registered
    day = max(registered, opened)
    run.add("simplified", registered, day, run.document)
    return day


def _stayed(run: Run, begins: datetime.date) -> datetime.date | None:
    """Write a stay from a day on; return the day from which the trial runs.

    Until the first of the criminal cases waited for tells: what then can be decided is.
    """
    said = run.view
    overs = [over for party in said.waits if (over := run.over(party)) is not None]
    over = max(begins, min(overs)) if overs else None
    ground = next(g for g in said.grounds if g.key == "prejudicial")
    coordinated = run.regime == "coordinated"
    cites = (*ground.cites, "paper:coordination") if coordinated else ground.cites
    run.steps.append(Step(CIVIL, "stayed", begins, over, "stay", None, cites,
                          REFORM if coordinated else "law in force", "assumed"))  # fmt: skip
    if over is None:
        run.document = "stay"
    return over


def _tried(run: Run, track: str, begins: datetime.date) -> None:
    """Write the trial, the time to appeal or the appeal, the rest of it, and enforcement."""
    found = _until(run, track, begins, _trial_end(run, track, begins))
    if found is None:
        return
    begins, end = found
    run.parts = tuple(_part(run, party, end) for party in _heard(run))
    run.document = _document(run)
    run.add(track, begins, end, run.document, track)
    run.judged_on = end
    run.final_on = _final(run, track, end)
    if run.document == "partial_judgment":
        _rest(run, track, end)
    if run.document == "claim_dismissed":
        _retrial(run, run.final_on)
    else:
        _enforced(run, run.final_on)


def _until(
    run: Run, track: str, begins: datetime.date, end: datetime.date
) -> tuple[datetime.date, datetime.date] | None:
    """Write what interrupts a trial; return the rest of it, None where there is no judgment.

    1. on each day on which a criminal case moves on the court asks again what it asked before it
       took the suit; article 153 is not bound to the day of registration
    2. a ground to stay that was not there before stays the suit then; after the stay the trial
       lasts for the days that were left of its limit
    3. a ground that bars the suit ends it by ruling (民诉法解释208(3))

    The rigid practice takes no suit for which the first could matter, but by order on appeal. A
    second instance is not stayed, nor a judgment undone by what comes after it: left open.
    """
    for day in _moved(run, begins, end):
        was, run.now = run.view, run.says(day)
        if run.now.document != "registered":
            _barred(run, track, begins, day)
            return None
        stays = run.now.stays and not was.stays
        if stays or run.now.barred != was.barred:
            run.admissions.append(run.now)
        if stays:
            run.add(track, begins, day, "stay")
            over = _stayed(run, day)
            return None if over is None else _until(run, track, over, over + (end - day))
    return begins, end


def _moved(run: Run, begins: datetime.date, end: datetime.date) -> list[datetime.date]:
    """Return the days of a trial on which a criminal case moves on."""
    if not run.asks:
        return []
    steps = [step for line in (run.criminal, *run.tracks.values()) for step in line.steps]
    days = {day for step in steps for day in (step.begins, step.ends) if day}
    return sorted(day for day in days if begins <= day <= end)


def _barred(run: Run, track: str, begins: datetime.date, day: datetime.date) -> None:
    """Write the dismissal of a suit that the court had taken; the appeal, where she brings one."""
    run.admissions.append(run.view)
    run.document = "suit_dismissed"
    ground = run.view.grounds[0]  # the one that decides stands first
    cites = ("civil-procedure-interpretation:208", *ground.cites)
    run.steps.append(Step(CIVIL, track, begins, day, run.document, None, cites, ground.basis,
                          "assumed"))  # fmt: skip
    lost = day if run.switches["refusal"] == "wait" else _ruling_appealed(run, day)[1]
    run.attempts[-1] = replace(run.attempts[-1], lost_on=lost)


def _trial_end(run: Run, track: str, begins: datetime.date) -> datetime.date:
    return limit_end(track, begins, run.extensions) + timedelta(run.appraisal_days or 0)


def _heard(run: Run) -> list[Party]:
    gone = run.view.barred
    return [party for party in defendants(run.case) if party.id not in gone]


def _part(run: Run, party: Party, on: datetime.date) -> Part:
    """Return what the judgment of a day says of one defendant.

    His part under 1169 is left where the court waits for his criminal case, and that has not told
    yet what would be needed.
    """
    proved, by = _proved(run, party, on)
    wanted = needed(run.case, party, run.stages(on).get(party.id))
    short = least(proved, wanted) != wanted
    over = run.over(party.id) if party.id in run.tracks else None
    open_still = party.id in run.tracks and (over is None or over > on)
    left = party.id in run.view.waits and short and open_still
    known = None if left and proved == NONE else proved
    return Part(party.id, known, by, by == "judgment" and is_general(run.case, party.id), left)


def _proved(run: Run, party: Party, on: datetime.date) -> tuple[str, str | None]:
    """Return what is proved of one defendant on a day, and by what."""
    at_trial = {} if run.at_trial is None else {"proof": run.at_trial}
    switches, stage = {**run.switches, **at_trial}, run.stages(on).get(party.id)
    by = proves_by(run.case, party.id, run.regime, stage, switches)
    proved = proof_of(run.case, party, run.regime, stage, switches)
    own = "premise" if party.role == "principal" else "own"
    return proved, None if proved == NONE else by or own


def _document(run: Run) -> str:
    """Return what the first judgment is: for her, against her, or in part."""
    if any(part.left for part in run.parts):
        return "partial_judgment"
    return "claim_dismissed" if run.proved in (NONE, None) else "judgment"


def _final(run: Run, track: str, judged: datetime.date) -> datetime.date:
    """Write what follows on the judgment until it is in effect; small claims are final at once."""
    if track == "small":
        return judged
    over = limit_end("appeal.judgment", judged)
    run.add("judged", judged, over, None, "appeal.judgment")
    if run.variant != "longest":
        return over
    final = limit_end("second.judgment", over)
    run.add("second", over, final, "final_judgment", "second.judgment")
    _appealed(run, final)
    return final


def _appealed(run: Run, on: datetime.date) -> None:
    """Judge again whom the court did not leave: a conviction may have come in time.

    It brings nothing against whom it orders to restore the whole, where that bars the suit.
    """
    gone = against(run.says(on)) if run.asks else ()
    again = tuple(part if part.left or part.party in gone else
                  _part(run, run.case.party(part.party), on) for part in run.parts)  # fmt: skip
    if [part.proved for part in again] != [part.proved for part in run.parts]:
        run.parts = again
        run.document = "partial_judgment" if any(p.left for p in again) else "final_judgment"


def _rest(run: Run, track: str, judged: datetime.date) -> None:
    """Write what was left: each part is tried when the criminal case it waits for has told.

    The trial of it takes its whole limit again, as if the suit had been stayed until then. That one
    claim against one defendant is so cut, a share under 1172 now and the rest under 1169 later, is
    a teaching assumption: article 156 speaks of facts that are clear, and whether two judgments on
    one claim go together with 民诉法解释247 is contested.
    """
    run.parts = tuple(_finished(run, part, track) for part in run.parts)
    left = [part for part in run.parts if part.left]
    ends = [part.rest_on for part in left if part.rest_on]
    judges = not ends or any(part.rest for part in left)
    more = not ends or any(part.gains for part in left)
    document = "judgment" if more else "claim_dismissed" if judges else "suit_dismissed"
    basis = REFORM if run.regime == "coordinated" else TEACHING if judges else PRACTICE
    run.add("rest", judged, max(ends) if len(ends) == len(left) else None, document, basis=basis)


def _finished(run: Run, part: Part, track: str) -> Part:
    over = run.over(part.party) if part.left else None
    if over is None:
        return part
    on = _trial_end(run, track, over)
    barred = (day for day in _moved(run, over, on) if part.party in against(run.says(day)))
    if (day := next(barred, None)) is not None:
        return replace(part, rest_on=day)
    final = on if track == "small" else limit_end("appeal.judgment", on)
    if run.variant == "longest" and track != "small":
        final = limit_end("second.judgment", final)
    proved, by = _proved(run, run.case.party(part.party), final)
    general = by == "judgment" and is_general(run.case, part.party)
    return replace(part, rest=proved, rest_on=on, rest_final_on=final, general=general)


def _retrial(run: Run, final: datetime.date) -> None:
    """Write the time to ask for a retrial where a criminal judgment comes after she lost.

    Six months from the day she knows of it (民事诉讼法211(1)1, 216). Whether it is new evidence
    that overturns the judgment is contested; the line is not carried on.
    """
    knew = _convicted(run, final)
    if knew is None or deadline_if_any("retrial.request", knew) is None:
        return
    if knew > final:
        run.add("binding", final, knew, None)
    run.add("retrial_period", knew, limit_end("retrial.request", knew), None, "retrial.request")


def _convicted(run: Run, final: datetime.date) -> datetime.date | None:
    """Return the first day from a judgment on on which somebody's conviction proves he knew."""
    ends = [(line.ends_on, who) for who, line in run.tracks.items() if line.ends_on]
    people = {party.id: party for party in _heard(run)}
    days = (max(end, final) for end, who in sorted(ends) if who in people
            and _proved(run, people[who], max(end, final))[0] == ENOUGH)  # fmt: skip
    return next(days, None)


def _enforced(run: Run, final: datetime.date) -> None:
    """Write enforcement; its length is a teaching assumption."""
    run.enforced_on = enforced_by(run.case, run.variant, final)
    run.add("enforcement", final, run.enforced_on, None, basis=TEACHING)


def enforced_by(case: Case, variant: str, final: datetime.date) -> datetime.date:
    """Return the day by which a judgment in effect is enforced, in one of the variants."""
    months = regime_for(case).parameter("procedure.enforcement_months")
    value = {"shortest": months.low, "longest": months.high}.get(variant, months.value)
    return parameter_end(value, final, "months")
