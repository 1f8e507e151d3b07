"""The civil track as steps: from the suit, or the request for preservation, to the money."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.law.period import deadline_if_any, past_weekend
from simlib.law.regime import regime_for
from simlib.procedure.admissibility import Admission, admit, defendants
from simlib.procedure.day_bounds import entry_of
from simlib.procedure.proof import ENOUGH, SOME, proof_at
from simlib.procedure.tracks import CIVIL, EVERY, Step, authority, limit_end, parameter_end

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.procedure.criminal import CriminalLine

SMALL_PART = Fraction(1, 2)  # of the yearly wage: 民事诉讼法165(1)
MANY = 10  # persons on one side: 民诉法解释75
TEACHING = "teaching assumption"
REFORM = "reform proposal"


@dataclass
class Run:
    """A civil track while it is being written.

    Attributes
    ----------
    case, regime, variant, switches, criminal
        what is asked, and the criminal track of the same line
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
    proved
        what she could prove of his knowledge then; None where nothing is judged
    judged_on, final_on, enforced_on
        its days; None for never
    admissions
        what the court said to each attempt
    """

    case: Case
    regime: str
    variant: str
    switches: Mapping[str, str]
    criminal: CriminalLine
    at_trial: str | None = None
    small_claim: bool = True
    appraisal_days: int | None = None
    steps: list[Step] = field(default_factory=list)
    document: str = ""
    proved: str | None = None
    judged_on: datetime.date | None = None
    final_on: datetime.date | None = None
    enforced_on: datetime.date | None = None
    admissions: list[Admission] = field(default_factory=list)

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

    1. preservation, if she asks for it first; it lapses without a suit in 30 days
    2. the suit: registered or sent away within 7 days, and brought again when the criminal case
       has ended, if that is what stood in its way
    3. trial at once, or after a stay; the stay does not count towards the limit
    4. judgment by what she can prove on that day; an appeal in the longest line; enforcement
    """
    _preserved(run, sue_on, preserve_on)
    registered = _filed(run, sue_on)
    if registered is None:
        return run
    if run.regime == "coordinated":
        reply = limit_end("platform.reply", registered)
        run.add("platform_reply", registered, reply, None, "platform.reply")
    track = track_of(run.case, run.criminal.stage(registered), run.variant, run.switches,
                     registered, run.small_claim)  # fmt: skip
    begins = _stayed(run, registered)
    if begins is not None:
        _tried(run, track, begins)
    return run


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


def _preserved(run: Run, sue_on: datetime.date, preserve_on: datetime.date | None) -> None:
    """Write the freezing of assets before the suit, until the suit or until it lapses."""
    if preserve_on is None:
        return
    ruled = limit_end("preservation.ruling", preserve_on)
    lapses = past_weekend(limit_end("preservation.suit", ruled))
    run.add("preserving", preserve_on, ruled, "preservation", "preservation.ruling")
    run.add("preserved", ruled, max(ruled, min(sue_on, lapses)), None, "preservation.suit")


def _filed(run: Run, sue_on: datetime.date) -> datetime.date | None:
    """Write each attempt to sue; return the day of registration, None if there is none."""
    begins = sue_on
    while True:
        answered = limit_end("filing", begins)
        stage = run.criminal.stage(answered)
        said = admit(run.case, run.regime, answered, stage, run.switches)
        run.admissions.append(said)
        run.document = said.document
        run.add("filing", begins, answered,
                "not_accepted" if said.document == "not_accepted" else "registered",
                "filing")  # fmt: skip
        if said.document == "registered":
            return answered
        refused = answered
        if said.document == "suit_dismissed":
            refused = _dismissed(run, answered)
        over = run.criminal.ends_on
        if said.refile != "after_change" or (over is not None and over <= refused):
            return None
        state = "dismissed" if said.document == "suit_dismissed" else "refused"
        run.add(state, refused, over, None)
        if over is None:
            return None
        begins = over


def _dismissed(run: Run, registered: datetime.date) -> datetime.date:
    """Write the dismissal of a registered suit: on the day the police open the case, if later."""
    opened = run.criminal.opened_on or registered
    day = max(registered, opened)
    run.add("simplified", registered, day, "suit_dismissed")
    return day


def _stayed(run: Run, registered: datetime.date) -> datetime.date | None:
    """Write the stay, if there is one; return the day the trial begins to count."""
    if not run.admissions[-1].stays:
        return registered
    coordinated = run.regime == "coordinated"
    charged = run.criminal.charged_on if coordinated else None
    over = charged if charged and charged > registered else run.criminal.ends_on
    ground = next(g for g in run.admissions[-1].grounds if g.key == "prejudicial")
    cites = (*ground.cites, "paper:coordination") if coordinated else ground.cites
    run.steps.append(Step(CIVIL, "stayed", registered, over, "stay", None, cites,
                          REFORM if coordinated else "law in force", "assumed"))  # fmt: skip
    if over is None:
        run.document = "stay"
    return over


def _tried(run: Run, track: str, begins: datetime.date) -> None:
    """Write the trial, the time to appeal or the appeal, and enforcement."""
    end = limit_end(track, begins, run.extensions) + timedelta(run.appraisal_days or 0)
    stage = run.criminal.stage(end)
    proved = _proved(run, stage)
    run.document = "judgment" if proved in (ENOUGH, SOME) else "claim_dismissed"
    if run.regime == "coordinated" and proved == SOME and _more_to_come(run, end):
        run.document = "partial_judgment"
    run.add(track, begins, end, run.document, track)
    run.judged_on, run.proved = end, proved
    _final(run, track, end)
    if run.document == "partial_judgment":
        _rest(run, end)
    if run.document != "claim_dismissed" and run.final_on is not None:
        _enforced(run, run.final_on)


def _proved(run: Run, stage: str) -> str:
    own = {} if run.at_trial is None else {"proof": run.at_trial}
    return proof_at(run.case, run.regime, stage, {**run.switches, **own})


def _more_to_come(run: Run, on: datetime.date) -> bool:
    """Whether the criminal file may still show on a later day that he knew."""
    stage = run.criminal.stage(on)
    return stage in ("reported", "at_large", "investigation", "review", "supplement")


def _final(run: Run, track: str, judged: datetime.date) -> None:
    """Write what follows on the judgment until it is in effect; small claims are final at once."""
    if track == "small":
        run.final_on = judged
        return
    over = limit_end("appeal.judgment", judged)
    run.add("judged", judged, over, None, "appeal.judgment")
    run.final_on = over
    if run.variant == "longest":
        run.final_on = limit_end("second.judgment", over)
        run.add("second", over, run.final_on, "final_judgment", "second.judgment")
        stage = run.criminal.stage(run.final_on)
        if run.document == "claim_dismissed" and _proved(run, stage) == ENOUGH:
            # the criminal judgment came in time for the appeal
            run.document, run.proved = "final_judgment", ENOUGH


def _rest(run: Run, judged: datetime.date) -> None:
    """Write the rest of a claim judged in part: it waits for the indictment."""
    charged = run.criminal.charged_on
    run.add("rest", judged, charged, "judgment", basis=REFORM)


def _enforced(run: Run, final: datetime.date) -> None:
    """Write enforcement; its length is a teaching assumption."""
    months = regime_for(run.case).parameter("procedure.enforcement_months")
    value = {"shortest": months.low, "longest": months.high}.get(run.variant, months.value)
    run.enforced_on = parameter_end(value, final, "months")
    run.add("enforcement", final, run.enforced_on, None, basis=TEACHING)
