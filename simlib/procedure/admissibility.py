"""Whether a court takes a civil suit now, stays it, or sends it away, and on what grounds."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.errors import UnknownName
from simlib.procedure.criminal import criminal_line, criminal_lines
from simlib.procedure.day_bounds import begun, entry_of
from simlib.procedure.proof import NONE, in_step, must_wait, proof_of
from simlib.procedure.regimes import REGIMES, SWITCHES, chosen
from simlib.procedure.regimes import regime as regime_named
from simlib.procedure.tracks import ENDED, OPEN, STAGES
from simlib.restitution.other_claimant import victims
from simlib.trace import plain_fields

if TYPE_CHECKING:
    from simlib.case.model import Case, Party

RENUMBERED = datetime.date(2022, 1, 1)  # article 150 of the procedure law became 153
REPLY = datetime.date(2013, 10, 21)  # 法〔2013〕229号: no suit beside restitution
COULD_SUE = datetime.date(2015, 1, 18)  # until then she could sue for what restitution left unpaid
FRAUD_LAW = datetime.date(2022, 12, 1)  # 反电信网络诈骗法 in force
__all__ = ["REGIMES", "SWITCHES", "Admission", "Ground", "admit"]
# grounds that bar the suit, by regime: what counts first stands first. Under `criminal_first` one
# that holds against anybody bars the whole suit, elsewhere the suit against that defendant alone
BARS: Mapping[str, tuple[str, ...]] = {
    "criminal_first": ("criminal_case", "restitution_whole", "restitution_part", "owner_176"),
    "stay_if_prejudicial": ("mass_crime", "restitution_whole"),
    "parallel": ("restitution_whole",),
    "coordinated": ("restitution_whole",),
}
RIGID, LAW = "criminal_first", "stay_if_prejudicial"
READ = ("restitution_whole", "restitution_part", "owner_176")  # no criminal case ends these
NO_LETTER = {"letter": "none"}
STAYING = (LAW, "coordinated")


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground.

    Attributes
    ----------
    key
        its name in `texts/*/procedure.toml`
    holds
        whether it holds of the suit as a whole; None where the file leaves it open
    cites, basis
        on what authority
    contested
        whether courts or writers disagree on it
    against
        the defendants of whom it holds, where that is asked of each
    """

    key: str
    holds: bool | None
    cites: tuple[str, ...]
    basis: str
    contested: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A suit as a court sees it: the case, the regime, the day, every switch, and the stages.

    `stage` is that of the criminal case drawn for this suit, `stages` that of each party's own.
    """

    case: Case
    regime: str
    on: datetime.date
    stage: str
    stages: Mapping[str, str]
    switches: Mapping[str, str]

    def wait(self) -> tuple[str, ...]:
        """Return the defendants of whom the suit must rest on their criminal cases."""
        return tuple(
            party.id
            for party in defendants(self.case)
            if must_wait(self.case, party, self.regime, self.stages.get(party.id), self.switches)
        )

    def proved(self, party: Party) -> str:
        """Return what she can prove of one defendant now."""
        stage = self.stages.get(party.id)
        return proof_of(self.case, party, self.regime, stage, self.switches)


def grounds(asked: Asked) -> tuple[Ground, ...]:
    """Weigh every ground; which of them decides is for the regime to say."""
    return (*_conditions(asked), _criminal_case(asked), *_restitution(asked), _owner(asked),
            _mass_crime(asked), _others_only(asked), _prejudicial(asked))  # fmt: skip


def defendants(case: Case) -> tuple[Party, ...]:
    """Return who is sued, in file order."""
    return tuple(p for p in case.parties if p.sued and p.role != "victim")


def suspects(asked: Asked) -> tuple[str, ...]:
    """Return the defendants whose criminal case is open or ended in a conviction, and principals.

    The fraudster is a suspect before anybody opens a case against him; whom nobody prosecutes is
    one no longer.
    """
    begun_by = begun(asked.case)
    open_to = {who for who in begun_by if asked.stages.get(who) not in ENDED}
    named = defendants(asked.case)
    return tuple(p.id for p in named if p.id in open_to or p.role == "principal")


def ordered(asked: Asked) -> dict[str, str | None]:
    """Return what restitution the judgments in effect ordered for her: defendant → order.

    None where the file does not say. A choice of the reader takes the place of the order against
    whom the criminal case is about, and of all defendants where there is none.
    """
    sued = [p.id for p in defendants(asked.case)]
    entry, choice = entry_of(asked.case), asked.switches["disposition"]
    done = [e for e in asked.case.criminal
            if e.status == "effective" and asked.stages.get(e.party) == "effective"]  # fmt: skip
    orders: dict[str, str | None] = {e.party: e.restitution for e in done}
    if choice != "case" and asked.stage == "effective":
        orders |= dict.fromkeys([entry.party] if entry else sued, choice)
    return {party: order for party, order in orders.items() if party in sued}


def _conditions(asked: Asked) -> tuple[Ground, ...]:
    """The four conditions of a suit: a direct interest, a definite defendant, a claim, the court's
    competence."""
    cites = ("civil-procedure-law:122", "civil-procedure-interpretation:208")
    return (
        Ground("direct_interest", True, cites[:1], "law in force"),
        Ground("definite_defendant", bool(defendants(asked.case)), cites[:1], "law in force"),
        Ground("definite_claim", asked.case.loss_fen > 0, cites[:1], "law in force"),
        Ground("civil_matter", True, (*cites, "civil-code:187"), "law in force"),
    )


def _criminal_case(asked: Asked) -> Ground:
    """A criminal case runs, or a crime is reported: the practice that it must come first."""
    stages = (asked.stage, *asked.stages.values())
    runs = any(stage in OPEN or stage in ("none", "reported") for stage in stages)
    cites = ("economic-crime-rules:11", "objection:dismiss-suit-access")
    return Ground("criminal_case", runs, cites, "doctrine", True)


def _restitution(asked: Asked) -> tuple[Ground, ...]:
    """Restitution ordered for this loss: of the whole against every defendant, or less than that.

    A suit against several is not lost because one of them is to restore the loss. That an order to
    restore the whole bars a suit is practice; by the other value of `restitution_bars` only what is
    restored does, and the rest is deducted as it comes in (侵权责任编解释17). The rigid practice
    looks to the order in either case.
    """
    orders = ordered(asked)
    whole = [orders.get(party.id, "none") for party in defendants(asked.case)]
    some = any(order in ("full", "own-gain") for order in whole)
    unknown = None in whole
    cites: tuple[str, ...] = ("criminal-law:64", "criminal-procedure-interpretation:176")
    cites += ("article-64-reply:reply",) if asked.on >= REPLY else ()
    cites += ("incidental-suit-rules:5",) if asked.on <= COULD_SUE else ()
    every = None if unknown else bool(whole) and set(whole) == {"full"}
    part = None if unknown and not some else some and not every
    full, less = (tuple(party for party, order in orders.items() if order == wanted)
                  for wanted in ("full", "own-gain"))  # fmt: skip
    if asked.regime != RIGID and asked.switches["restitution_bars"] == "completed":
        full = tuple(party for party in full if _restored(asked.case, party))
        every = every and len(full) == len(whole)
    return (
        Ground("restitution_whole", every, cites, "doctrine", True, full),
        Ground("restitution_part", part, cites, "doctrine", True, less),
    )


def _restored(case: Case, party: str) -> bool:
    """Whether a defendant has restored the whole loss."""
    paid = sum(entry.restitution_paid_fen for entry in case.criminal if entry.party == party)
    return paid >= case.loss_fen


def _owner(asked: Asked) -> Ground:
    """Whether article 176 sends this loss to restitution alone.

    Narrow: only a defendant who took or disposed of the property himself, and only his attached
    suit; so it bars no separate suit. Broad: every loss by fraud. The strongest text for that is
    法〔2013〕229号, which refuses a separate suit for the return of property in terms; against it:
    she asks for damages, of one who held nothing, and 反电信网络诈骗法46 came later
    (the rule of 民法典187 did not: it stood in 侵权责任法4 before).
    """
    broad = asked.switches["reading_176"] == "broad"
    cites: tuple[str, ...] = ("criminal-procedure-interpretation:176",
                              "objection:dismiss-suit-access")  # fmt: skip
    cites += ("article-64-reply:reply",) if asked.on >= REPLY else ()
    cites += ("anti-fraud-law:46",) if asked.on >= FRAUD_LAW else ()
    return Ground("owner_176", broad, cites, "doctrine" if broad else "judicial interpretation",
                  True)  # fmt: skip


def _mass_crime(asked: Asked) -> Ground:
    """Minutes 129 read so that it reaches telecom fraud: many victims, a suspect as defendant."""
    includes = asked.switches["reading_129"] == "includes"
    many = len(victims(asked.case)) > 1
    open_case = asked.stage in OPEN or asked.stage in ("none", "reported", "effective")
    against = suspects(asked) if includes and many and open_case else ()
    whole = bool(against) and len(against) == len(defendants(asked.case))
    cites = ("jiumin-minutes:129",)
    return Ground("mass_crime", whole, cites, "conference minutes", True, against)


def _others_only(asked: Asked) -> Ground:
    """Whoever is not the suspect is tried apart: asked of each defendant (128(5))."""
    suspected = suspects(asked)
    apart = tuple(p.id for p in defendants(asked.case) if p.id not in suspected)
    cites = ("jiumin-minutes:128", "economic-crime-rules:1", "economic-crime-rules:10")
    return Ground("others_than_suspect", bool(apart), cites, "conference minutes", False, apart)


def _prejudicial(asked: Asked) -> Ground:
    """The suit must rest on the result of a criminal case: asked of each defendant and his own.

    How "must" is read is a switch, see `simlib.procedure.proof.must_wait`.
    """
    waiting = asked.wait()
    article = "150" if asked.on < RENUMBERED else "153"
    cites = (f"civil-procedure-law:{article}", "jiumin-minutes:130")
    return Ground("prejudicial", bool(waiting), cites, "law in force", True, waiting)


@dataclass(frozen=True, slots=True)
class Admission:
    """What a court does with a suit on a day.

    Attributes
    ----------
    document
        `registered`, `not_accepted`, `suit_dismissed`, or `transfer` where the police claim the
        matter by letter
    stays
        whether it stays the whole suit it registered
    transferred
        whether it passes the matter to the police
    grounds
        each ground with what it comes to, those that decide first
    refile
        after a refusal: `after_change` (when the criminal case has ended), `reading` (before a
        court of another reading, at any time: a ruling decides nothing on the merits, but waiting
        mends nothing); None if registered. What the kind of document allows: `refile_after`
    barred
        the defendants against whom it does not take the suit, where it takes it against others
    waits
        the defendants whose part under 民法典1169 waits for their criminal cases
    """

    document: str
    stays: bool
    transferred: bool
    grounds: tuple[Ground, ...]
    refile: str | None
    barred: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the answer as plain JSON data."""
        said = ("document", "stays", "transferred", "refile", "barred", "waits", "grounds")
        return plain_fields(self, *said)


def admit(
    case: Case,
    regime: str,
    on: datetime.date,
    stage: str | None = None,
    switches: Mapping[str, str] | None = None,
    stages: Mapping[str, str] | None = None,
) -> Admission:
    """Return what a court of a regime does with this suit on a day.

    1. weigh every ground at the stage of the criminal cases
    2. refuse if one that the regime treats as a bar holds, of each defendant; else register
    3. stay if the suit must rest on the result of a criminal case and nothing can be decided
       first; what can be is decided at once (民事诉讼法156), and the part under 民法典1169 of those
       it must wait for is left

    A regime decides which grounds count; the others are shown all the same. Restitution of the
    whole loss ordered against the same defendant bars the same claim under every regime: that is
    practice, not text, and contested; the switch `restitution_bars` turns it off.

    Parameters
    ----------
    on
        the day of the court's answer: article 150 or 153 of the procedure law by that day
    stage
        one of `simlib.procedure.tracks.STAGES`, that of every criminal case in step; read off the
        days of the file if not given
    switches
        values of `SWITCHES`; the defaults otherwise
    stages
        that of each party's own criminal case, where they differ

    Raises
    ------
    UnknownName
        for a regime, stage, switch or value that does not exist

    References
    ----------
    civil-procedure-law:122, civil-procedure-law:126, civil-procedure-interpretation:208,
    civil-procedure-interpretation:212, jiumin-minutes:128, jiumin-minutes:129, jiumin-minutes:130

    Examples
    --------
    >>> from simlib import load_case
    >>> case = load_case("2024-lu-0302-5690")
    >>> day = datetime.date(2023, 3, 1)
    >>> admit(case, "criminal_first", day, "investigation").document
    'not_accepted'
    >>> admit(case, "stay_if_prejudicial", day, "investigation").stays
    True
    """
    regime_named(regime)  # an unknown one raises
    values = chosen(switches)
    if stage is None:
        stage, stages = stages_on(case, on)
    if stage not in STAGES:
        raise UnknownName.among("stage", stage, STAGES)
    asked = Asked(case, regime, on, stage, _own(case, stage, stages), values)
    by = {ground.key: ground for ground in grounds(asked)}
    bars, gone = _bars(asked, by)
    order = tuple(sorted(by.values(), key=lambda ground: ground.key not in (*bars, "prejudicial")))
    if bars and (regime == RIGID or len(gone) == len(defendants(case))):
        return _refused(bars, asked, order)
    stays, waits = _stays(asked, gone)
    return Admission("registered", stays, False, order, None, gone, waits)


def _bars(asked: Asked, by: Mapping[str, Ground]) -> tuple[list[str], tuple[str, ...]]:
    """Return which grounds bar the suit, or a part of it, and against whom."""
    keys = BARS[asked.regime]
    if asked.regime == RIGID:
        return [key for key in keys if by[key].holds], ()
    bars = [key for key in keys if by[key].against]
    gone = {party for key in bars for party in by[key].against}
    return bars, tuple(p.id for p in defendants(asked.case) if p.id in gone)


def _stays(asked: Asked, gone: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """Return whether the whole suit is stayed, and whose part waits.

    What a court does not stay, as it tries at once, it leaves only beside something it decides.
    """
    heard = [p for p in defendants(asked.case) if p.id not in gone]
    waits = tuple(party for party in asked.wait() if party not in gone)
    ripe = [p.id for p in heard if asked.proved(p) != NONE]
    if asked.regime in STAYING:
        return bool(waits) and not ripe, waits
    return False, tuple(party for party in waits if party in ripe)


def against(said: Admission) -> tuple[str, ...]:
    """Return against whom restitution of the whole loss bars the suit."""
    return next(ground.against for ground in said.grounds if ground.key == "restitution_whole")


def review(
    case: Case, on: datetime.date, stage: str, switches: Mapping[str, str] | None = None,
    stages: Mapping[str, str] | None = None,
) -> Admission:  # fmt: skip
    """Return what the higher court makes of an appeal against a ruling that sent her away.

    1. it reads the law as written: that a criminal case runs, or that part of the loss is ordered
       restored, bars no suit, so such a ruling is wrong and the first court is directed to accept
       or to try the suit; that court stays it where the law as written does
    2. what bars a suit under the law as written, by the readings that were chosen, bars it still
    3. article 176 read broadly is a reading that courts of appeal take too: with it chosen, the
       ruling stands

    Not a question of chance; that the higher court does not share the practice is a teaching
    assumption.

    References
    ----------
    civil-procedure-law:171(2), civil-procedure-law:183(2), civil-procedure-interpretation:330

    Examples
    --------
    >>> from simlib import load_case
    >>> case, day = load_case("2024-lu-0302-5690"), datetime.date(2023, 3, 1)
    >>> review(case, day, "investigation").document
    'registered'
    >>> review(case, day, "investigation", {"reading_176": "broad"}).document
    'not_accepted'
    """
    said = admit(case, LAW, on, stage, switches, stages)
    broad = any(ground.key == "owner_176" and ground.holds for ground in said.grounds)
    if said.document != "registered" or not broad:
        return said
    order = tuple(sorted(said.grounds, key=lambda ground: ground.key != "owner_176"))
    asked = Asked(case, LAW, on, stage, _own(case, stage, stages), chosen(switches) | NO_LETTER)
    return _refused(["owner_176"], asked, order)


def refile_after(document: str) -> str | None:
    """Return whether the same claim may be brought again after a document.

    `new` after a ruling (民诉法解释212) or a withdrawal the court allows (民事诉讼法127(5)),
    `pending` while the first suit stands: nothing can be made good by a second one beside it (247);
    `barred` after a judgment (247); None after a document outside the suit. New facts after a
    judgment (248), a retrial and a third party's suit are left open.

    Examples
    --------
    >>> refile_after("suit_dismissed"), refile_after("stay"), refile_after("claim_dismissed")
    ('new', 'pending', 'barred')
    """
    if document in ("not_accepted", "suit_dismissed", "refusal_upheld", "transfer", "withdrawn"):
        return "new"
    if document in ("registered", "accept_order", "stay"):
        return "pending"
    judged = ("claim_dismissed", "judgment", "final_judgment", "partial_judgment")
    return "barred" if document in judged else None


def stages_on(case: Case, on: datetime.date) -> tuple[str, dict[str, str]]:
    """Return the stage of the criminal case drawn on a day, and of each party's own.

    As far as the file's own days tell; where they are silent, as on the ordinary time line.
    """
    lines = criminal_lines(case, "ordinary")
    own = {who: line.stage(on) for who, line in lines.items()}
    return criminal_line(case, "ordinary").stage(on), own


def _own(case: Case, stage: str, stages: Mapping[str, str] | None) -> Mapping[str, str]:
    return in_step(case, stage) if stages is None else stages


def _refused(bars: list[str], asked: Asked, order: tuple[Ground, ...]) -> Admission:
    """Return the refusal on the first of these grounds.

    She waits while anybody's criminal case is open, if its end can lift what bars the suit.
    """
    key, stage, letter = bars[0], asked.stage, asked.switches["letter"] == "sent"
    before = stage in ("none", "reported")  # no criminal case yet: the court hands the matter over
    passed = (key == "criminal_case" and before) or key == "mass_crime"
    registered = key == "criminal_case" and before
    document = ("transfer" if letter else "suit_dismissed") if registered else "not_accepted"
    waits = {stage, *asked.stages.values()} & {*OPEN, "none", "reported"}
    refile = "after_change" if waits and not set(bars) & set(READ) else "reading"
    return Admission(document, False, passed, order, refile)
