"""What lesson 04 asks of its engine: of each debtor what he owes, bears and pays; what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from simlib.errors import SimlibError
from simlib.explain import face, form_key, form_name, minority
from simlib.figures.answered_part import part_note, pieces_said, share_said, within
from simlib.figures.board import PRACTICE, Large, figures, rounded, spoken
from simlib.figures.carried_amounts import carried, out_of_reach
from simlib.figures.joint_ground import THRESHOLD
from simlib.figures.names_of_people import debtors_of, short_names
from simlib.figures.row_premises import knew, outside, premise, unreached, what_if
from simlib.interval import Interval, added, high_end
from simlib.law.modes import mode_keys
from simlib.law.regime import checked_rules, regime_for, rule_keys
from simlib.lessons.liability.parting import parting
from simlib.lessons.outcome import Line, Value
from simlib.liability import MODES as ENGINE
from simlib.liability import Prepared, decide
from simlib.liability.facts import payments
from simlib.liability.forms import form_of
from simlib.liability.numbers import OneCase
from simlib.text import amount, words

if TYPE_CHECKING:
    from simlib.case.model import Case
    from simlib.figures.board import Row
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.liability.outcome import PartyOutcome
    from simlib.money import Fen

MODES = tuple(mode for mode in mode_keys() if mode in ENGINE)
JOINT, SEVERAL = "joint", "several"  # the question of the lesson
PICTURES = ("parting", "recourse", "every")
DOCTRINE = "doctrine"
PRO_RATA = {"partial_payment": "pro_rata"}
NEAR = 50  # so small a part of the loss is near enough
GOAL = 2_000_000  # what the hand of a task is to let her receive [fen]
EXACT = 1e-9  # nearer than that is binary arithmetic


class Found(Mapping[str, "Outcome"]):
    """Mode → outcome of one case, each decided when it is first asked for and never twice.

    A mode that the engine refuses here is not in it.

    Attributes
    ----------
    case, mode, rules
        what is decided, the form that is chosen, the rules that the reader turned
    refused
        mode → the error, for those refused so far
    """

    def __init__(self, case: Case, mode: str, rules: dict[str, Any]) -> None:
        self.case, self.mode, self.rules = case, mode, rules
        self.refused: dict[str, SimlibError] = {}
        self._found: dict[str, Outcome] = {}
        self._prepared = Prepared(case)

    @property
    def now(self) -> Outcome:
        """The outcome of the form that is chosen."""
        return self[self.mode]

    def under(self, mode: str) -> Found:
        """The same case under another form."""
        other = copy(self)
        other.mode = mode
        return other

    def __getitem__(self, mode: str) -> Outcome:
        """The outcome; raises KeyError for a mode that is not ours or is refused."""
        if mode not in self._found:
            if mode not in MODES or mode in self.refused:
                raise KeyError(mode)
            try:
                self._found[mode] = decide(self.case, mode, self.rules, prepared=self._prepared)
            except SimlibError as error:
                self.refused[mode] = error
                raise KeyError(mode) from error
        return self._found[mode]

    def __iter__(self) -> Iterator[str]:
        """The modes that give an answer, in order; decides them all."""
        return (mode for mode in MODES if mode in self)

    def __len__(self) -> int:
        """How many modes give an answer."""
        return sum(1 for _ in self)


# ---------------------------------------------------------------- what is chosen and decided


def liable_ids(case: Case) -> list[str]:
    """Everybody but victims and people without a part, in file order."""
    return [p.id for p in case.parties if p.role != "victim" and not p.unstated]


def chosen(case: Case, held: Mapping[str, Any]) -> dict[str, Any]:
    """All that can be chosen, with what stands where the reader chose nothing.

    Raises
    ------
    ValueError
        for a value that no control of ours gives
    """
    mode, people = held.get("mode", JOINT), liable_ids(case)
    versus = SEVERAL if mode != SEVERAL else JOINT
    start = {"mode": mode, "versus": versus, "picture": PICTURES[0], "means": people[-1]}
    found = {name: held.get(name, value) for name, value in start.items()}
    known = {"mode": MODES, "versus": MODES, "picture": PICTURES, "means": people}
    wrong = [name for name, values in known.items() if found[name] not in values]
    if wrong or not set(held) <= {*found, *rule_keys()}:
        raise ValueError(f"no control gives this: {wrong or sorted(held)}")
    return found | checked_rules(rules_in(held), regime_for(case))


def rules_in(held: Mapping[str, Any]) -> dict[str, Any]:
    """Only the rules the reader turned: the others are the regime's of each mode."""
    return {key: held[key] for key in rule_keys() if held.get(key) is not None}


def solve(case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = "") -> Found:
    """The form chosen now, and every other when it is asked for; raises what refuses the form."""
    found = Found(case, chosen.get("mode", JOINT), rules_in(chosen))
    if found.mode not in found:
        raise found.refused[found.mode]
    return found


# ---------------------------------------------------------------- rows and their values


def rows(found: Found, say: Say) -> dict[str, str]:
    """Each debtor in file order, then the victim with what he bears himself."""
    called = short_names(found.case, say.lang)
    victim = found.case.claimant
    key = "victim_open" if may_be_sued(found) else "victim"
    debtors = {id: called[id] for id in debtors_of(found.now)}
    return debtors | {victim: say(f"board.{key}", who=called[victim])}


def value(found: Found, row: str, column: str, say: Say) -> Value | None:
    """What may be claimed of a debtor, what he bears, what he pays now; what the victim bears."""
    if row == found.case.claimant:
        return _of_victim(found, column, say)
    mine = found.now.parties.get(row)
    if mine is None:
        return None
    beside = ""
    over = column == "burden" and carried(found.now, row, found.case) in (
        "carried",
        "carried_alike",
    )
    if over and not no_way_back(found, row):
        beside = say("board.carried", amount=figures(mine.carried_fen, say.lang))
    named = short_names(found.case, say.lang)[row]
    name = say("board.bar_name", row=named, column=say(f"board.note.{column}"))
    return Value(of(mine, column), name=name, asks=f"{found.mode}|{column}|{row}", beside=beside)


def of(mine: PartyOutcome, column: str) -> FenRange:
    """Return an amount of a debtor by its name [fen]."""
    found: FenRange = getattr(mine, f"{column}_fen")
    return found


def _of_victim(found: Found, column: str, say: Say) -> Value | None:
    """By his own fault, or because nobody pays it; nothing may be claimed of him."""
    if column == "exposure":
        return None
    key, fen = "own_part", own_part(found)
    beside = ""
    if column == "paid":
        key, fen = "unrecovered", found.now.unrecovered_fen
        beside = _unpaid(found, say) if high_end(fen) else ""
    row, what = rows(found, say)[found.case.claimant], say(f"board.of_victim.{column}")
    # what stands below the amount is what is asked: it is not said twice
    name = row if beside else say("board.bar_name", row=row, column=what)
    return Value(fen, name=name, asks=f"{found.mode}|{key}|", beside=beside, what=what)


def _unpaid(found: Found, say: Say) -> str:
    """That nobody pays it, or how much of it he gave up himself."""
    gave = given_up(found)
    if not gave:
        return say("board.unpaid")
    key = "given" if gave == found.now.unrecovered_fen else "given_part"
    return say(f"board.{key}", amount=figures(gave, say.lang))


def own_part(found: Found) -> FenRange:
    """Return what the claimant bears by his own fault (1173), of what somebody is charged with."""
    case, whole = found.case, borne_by_others(found)
    if not case.party(case.claimant).fault or isinstance(whole, Interval):
        return 0
    return case.loss_fen - back_first(found) - whole if whole else 0


def borne_by_others(found: Found) -> FenRange:
    """Return what those bear who answer for the loss, not for another damage."""
    outcome = found.now
    ids = [id for id in debtors_of(outcome) if not outside(outcome, id)]
    return added(outcome.parties[id].burden_fen for id in ids)


def back_first(found: Found) -> Fen:
    """Return what came back and is taken off the loss before own fault; 0 where it comes after."""
    case, said = found.case, found.now.assumptions
    if not any(a["key"] == "rule.deduction" and a["value"] == "restitution_first" for a in said):
        return 0
    paid = sum(fen for _, fen, _ in payments(OneCase(case)))
    return min(case.loss_fen, case.recovered_fen + paid)


def given_up(found: Found) -> Fen:
    """Return what the victim gave up with a debtor he released [fen]; 0 where that is open.

    All burdens add up to what is owed, less just that.
    """
    outcome = found.now
    debtors = [outcome.parties[id] for id in debtors_of(outcome)]
    borne = [mine.burden_fen for mine in debtors if not isinstance(mine.burden_fen, Interval)]
    answers = any(high_end(mine.exposure_fen) for mine in debtors)
    released = any(p.released for p in found.case.parties)
    if not released or not answers or len(borne) < len(debtors):
        return 0
    return max(0, outcome.claim_fen - sum(borne))


def may_be_sued(found: Found) -> bool:
    """Tell whether something is not paid though one who was not sued answers and has means."""
    outcome = found.now
    unsued = [
        p
        for p in found.case.parties
        if p.id in outcome.parties and not (p.sued or p.released or p.unstated)
    ]
    able = [p for p in unsued if p.assets_fen != 0 and high_end(outcome.parties[p.id].exposure_fen)]
    return bool(able and high_end(outcome.unrecovered_fen))


def large(found: Found, scene: Scene, column: str, say: Say) -> Large:
    """Return what the victim really receives under this form."""
    called, fen = short_names(found.case, say.lang), found.now.received_fen
    mode = mode_name(found.mode, say.lang)
    label = say("board.large", who=called[found.case.claimant], mode=mode)
    if said := face(found.now, found.case, say.lang, called):
        label = say("board.large_face", label=label, face=said)
    name = words("board", "name.bar", say.lang, name=label, amount=spoken(fen, say.lang))
    return Large(label, amount(rounded(fen), say.lang), f"{found.mode}|received|", name)


def mode_name(mode: str, lang: str) -> str:
    """Return what a form of liability is called."""
    return words("modes", f"{mode}.name", lang)


# ---------------------------------------------------------------- what stands beside a row


def line(found: Found, row: str, scene: Scene, say: Say) -> Line:
    """How one answers, whence his amounts come, and why the form is only supposed for him."""
    if row == found.case.claimant:
        got, gave = amount(rounded(found.now.received_fen), say.lang), given_up(found)
        note = say("board.victim_note", received=got)
        if gave:
            note = say("board.victim_gave", received=got, given=amount(gave, say.lang))
        return Line(note, _authority(found, ""), blank=say("board.blank"), own=True)
    said = why_supposed(found, row, say.lang)
    return Line(_note(found, row, say), _authority(found, row), _stamp(found, row, say), ghost=said)


def why_supposed(found: Found, id: str, lang: str) -> str:
    """Why a debtor's row is only supposed; no form's premise fails of the fraudster's."""
    if is_head(found, id):
        return what_if(found.now, id, lang)
    return premise(found.now, found, id, lang)


def marks(row: Row) -> tuple[str, ...]:
    """What tells that a row moved besides its amounts: its form may rest on another basis now."""
    return row.ghost, row.stamp, row.blank, row.authority


def is_head(found: Found, id: str) -> bool:
    """Tell whether somebody is a fraudster."""
    return bool(id) and found.case.party(id).role == "principal"


def _authority(found: Found, id: str) -> str:
    """Whence a row has its amounts: that the fraudster owes all is a view of scholars.

    So is that gross negligence makes joint, by analogy.
    """
    outcome = found.now
    if outcome.law.practice:
        return PRACTICE
    view = found.mode == SEVERAL and (minority(outcome) or _owes_whole(found, id))
    alike = id and (by_analogy(outcome, id) or _beside_careless(found, id))
    return DOCTRINE if view or alike else outcome.basis


def _owes_whole(found: Found, id: str) -> bool:
    mine = found.now.parties.get(id)
    return is_head(found, id) and mine is not None and mine.exposure_fen != mine.burden_fen


def _beside_careless(found: Found, id: str) -> bool:
    """Tell whether he owes the whole though the law in force has all others owe parts."""
    others = [mine for other, mine in found.now.parties.items() if other != id]
    parts = any(mine.mode == SEVERAL for mine in others)
    joint = any(mine.joint is not False for mine in others)
    return found.mode == "auto" and is_head(found, id) and parts and not joint


def by_analogy(outcome: Outcome, party: str) -> bool:
    """Tell whether gross negligence makes him joint by analogy, which no article here does."""
    try:
        return outcome.reason("form", party).rule == "form.gross-joint"
    except KeyError:
        return False


def _stamp(found: Found, id: str, say: Say) -> str:
    """Return the word over an empty bar: how a suit ends that brings nothing from him."""
    key = "ruling" if found.now.document == "ruling" else ""
    if not key and found.now.parties[id].mode == "dismiss_claim":
        key = "dismissed"
    return say(f"case_lesson:board.stamp.{key}") if key else ""


def _note(found: Found, id: str, say: Say) -> str:
    """Say how one answers, with which share, what he carries for others, recovers and still owes.

    A person who is not sued is said to be so: nothing is collected from him. Of one who was
    released it is said what left the debt.
    """
    outcome, party = found.now, found.case.party(id)
    if party.released:
        key = "released_share" if given_up(found) else "released"
        return say(f"board.beside.{key}", share=share_said(outcome, id, say.lang))
    parts = _part_of_loss(found, id, say)
    if not party.sued:
        parts.append(say("board.beside.unsued"))
        if is_head(found, id) and party.assets_fen is None:
            parts.append(say("board.beside.unknown_means"))
    parts += _amounts(found, id, say)
    return say("board.beside.between").join(parts)


def _part_of_loss(found: Found, id: str, say: Say) -> list[str]:
    """Say how one answers, for what part of the loss, and with which share of that; or why not."""
    outcome, form = found.now, form_of(found.now.parties[id].mode)
    if outside(outcome, id):
        done = [say("board.beside.outside_paid")] if paid_in_full(found, id) else []
        return [say("board.beside.outside"), *done]
    parts = [_answers(outcome, id, say)]
    if unreached(outcome, found.case, id):
        who = short_names(found.case, say.lang)[id]
        return [*parts, say("board.beside.unreached", who=who)]
    note = part_note(outcome, id, say.lang)
    parts += [note] if note else []
    if form and not (form.second_line or form.dismisses or form.outside):
        key = "share_of" if note else "share"
        key += "_assumed" if _is_assumed(found, id) else ""
        parts.append(say(f"board.beside.{key}", share=share_said(outcome, id, say.lang)))
    return parts


def paid_in_full(found: Found, id: str) -> bool:
    """Tell whether the claimant receives all that is owed, and nothing of this one."""
    outcome = found.now
    full = bool(outcome.claim_fen) and not high_end(outcome.unrecovered_fen)
    return full and not high_end(outcome.parties[id].paid_fen)


def no_way_back(found: Found, id: str) -> bool:
    """Tell whether one carries more than his own without recourse: a fraudster, of helpers."""
    recovers = found.rules.get("principal_recourse", "none") != "none"
    return is_head(found, id) and not recovers and not _other_heads_lack(found, id)


def _other_heads_lack(found: Found, id: str) -> bool:
    heads = [p.id for p in found.case.parties if p.role == "principal" and p.id != id]
    others = [found.now.parties[head] for head in heads if head in found.now.parties]
    return any(high_end(m.burden_fen) > high_end(m.carried_fen) for m in others)


def _answers(outcome: Outcome, id: str, say: Say) -> str:
    """Say how one answers; of the fraudster who owes the whole beside the parts of others, why."""
    others = (mine for other, mine in outcome.parties.items() if other != id)
    if form_key(outcome, id) == "whole" and any(high_end(mine.exposure_fen) for mine in others):
        return say("board.beside.whole")
    if outcome.mode == THRESHOLD and outcome.parties[id].joint:  # for the parts that reach it
        return say("terms:forms.threshold")
    return form_name(outcome, id, say.lang)


def _is_assumed(found: Found, id: str) -> bool:
    """Tell whether his share is what case or reader assume, not what a form makes of it."""
    party, share = found.case.party(id), within(found.now, id)
    if isinstance(share, Interval) or party.share is None:
        return False
    return party.kinds.get("share") == "assumed" and abs(float(share) - party.share) < EXACT


def _amounts(state: Found, id: str, say: Say) -> list[str]:
    """What he carries for those who cannot pay (519(3)), may recover, and has not paid yet."""
    mine, key = state.now.parties[id], carried(state.now, id, state.case)
    found: dict[str, FenRange] = {}
    if out_of_reach(state.now, id, state.case):
        return [say("board.beside.carried_none")]
    now, own = mine.carried_fen, mine.burden_fen
    if key and not isinstance(now, Interval) and not isinstance(own, Interval) and now > own:
        late = "" if high_end(mine.paid_fen) else "_due"
        found["carried_head" if no_way_back(state, id) else key + late] = now - own
    if mine.recourse:
        behind = any(claim.subordinate for claim in mine.recourse)
        claims = added([claim.fen for claim in mine.recourse])
        found["recourse_behind" if behind else "recourse"] = claims
    if high_end(mine.short_fen) > 1 and high_end(rounded(mine.short_fen)):  # a fen is a rounding
        found["short"] = mine.short_fen
    return [say(f"board.beside.{key}", amount=money(fen, say)) for key, fen in found.items()]


def money(fen: FenRange, say: Say) -> str:
    """Write an amount, a range in whole yuan."""
    return amount(rounded(fen), say.lang)


# ---------------------------------------------------------------- sentences


def sentence(found: Found, scene: Scene, say: Say) -> str:
    """Say what the column in sight adds up to, and what it must not be taken for."""
    outcome, column = found.now, scene.column
    some = [id for id in debtors_of(outcome) if high_end(of(outcome.parties[id], column))]
    who = short_names(found.case, say.lang)[found.case.claimant]
    parts = _parts(found, some, column, say)
    if column == "paid":
        said = say("board.sentence.paid", who=who, parts=parts or say("board.sentence.nobody"),
                   rest=money(outcome.unrecovered_fen, say),
                   received=money(outcome.received_fen, say))  # fmt: skip
    else:
        said = say(f"board.sentence.{column if some else 'nothing'}", who=who, parts=parts)
    pieces = pieces_said(outcome, found.case, say.lang)
    return say("board.sentence.with_pieces", pieces=pieces, said=said) if pieces else said


def _parts(found: Found, ids: Sequence[str], column: str, say: Say) -> str:
    """List people with their amounts, or with what may be asked of each."""
    called, between = short_names(found.case, say.lang), say("board.sentence.between")
    amounts = {id: of(found.now.parties[id], column) for id in ids}
    stem = "board.sentence." + ("asked_" if column == "exposure" else "")
    if len(ids) > 1 and len(set(amounts.values())) == 1:
        listed = between.join(called[id] for id in ids)
        return say(f"{stem}each", who=listed, amount=money(amounts[ids[0]], say))
    return between.join(
        say(f"{stem}part", who=called[id], amount=money(fen, say)) for id, fen in amounts.items()
    )


def still(knob: str, row: str, states: tuple[Found, Found], scene: Scene, say: Say) -> str:
    """Why a debtor stood still, or that only the last layer of his moved."""
    then, mine = (state.now.parties.get(row) for state in states)
    if mine is None or then is None:
        return ""
    if mine != then:
        return say("still.carried") if _seen(mine) == _seen(then) else ""
    case = states[1].case
    if knob == f"fault:{case.claimant}" and high_end(mine.exposure_fen) and knew(case, row):
        return say("case:still.victim-intent", who=short_names(case, say.lang)[row])
    if mine.mode == SEVERAL and mine.paid_fen == mine.burden_fen != 0:
        return say("still.several", amount=spoken(mine.burden_fen, say.lang))
    return say("still.none")


def _seen(mine: PartyOutcome) -> tuple[object, ...]:
    """What a party's row shows: all but what he carries for others and may recover."""
    return mine.mode, mine.share, mine.exposure_fen, mine.burden_fen, mine.paid_fen


def numbers(before: Found, now: Found, say: Say) -> dict[str, str]:
    """What the victim receives and lacks; of each debtor his share, what he carries, recourse."""
    fens: dict[str, FenRange] = {"less": lost(before, now)}
    for state, suffix in ((before, "_before"), (now, "")):
        fens[f"received{suffix}"] = state.now.received_fen
        fens[f"unrecovered{suffix}"] = state.now.unrecovered_fen
        for id, mine in state.now.parties.items():
            fens[f"{id}_carried{suffix}"] = mine.carried_fen
            fens |= {f"{id}_of_{claim.against}{suffix}": claim.fen for claim in mine.recourse}
    fens["pro_rata"] = decide(now.case, now.mode, PRO_RATA).received_fen
    shares = {f"{id}_share": share_said(now.now, id, say.lang) for id in now.now.parties}
    return {key: spoken(fen, say.lang) for key, fen in fens.items()} | shares


# ---------------------------------------------------------------- what tasks ask


def lost(before: Found, now: Found) -> Fen:
    """How much less the victim receives [fen]."""
    return high_end(before.now.received_fen) - high_end(now.now.received_fen)


def reached(before: Found, now: Found) -> str:
    """Whether she receives exactly the amount of the task, or less, or more."""
    del before
    gap = high_end(now.now.received_fen) - GOAL
    return "exact" if not gap else "high" if gap > 0 else "low"


def smaller(before: Found, now: Found) -> str:
    """Which of C's two amounts gets smaller: what may be claimed of him, what he bears."""
    then, mine = (state.now.parties["C"] for state in (before, now))
    outer = high_end(mine.exposure_fen) < high_end(then.exposure_fen)
    inner = high_end(mine.burden_fen) < high_end(then.burden_fen)
    return {(True, True): "both", (True, False): "outer", (False, True): "inner"}.get(
        (outer, inner), "none"
    )


def borne(before: Found, now: Found) -> str:
    """Which of C's two amounts gets smaller: what he pays now, what he bears after recourse."""
    then, mine = (state.now.parties["C"] for state in (before, now))
    pays = high_end(mine.paid_fen) < high_end(then.paid_fen)
    bears = high_end(mine.carried_fen) < high_end(then.carried_fen)
    return {(True, True): "both", (True, False): "now", (False, True): "last"}.get(
        (pays, bears), "none"
    )


# ---------------------------------------------------------------- bet and reveal


def parted(case: Case) -> Fen:
    """Return the means of the last debtor above which joint and several differ [fen]."""
    found = parting(case, liable_ids(case)[-1], (JOINT, SEVERAL), {}).at_fen
    if found is None:
        raise LookupError("the two forms of the bet part nowhere on the lesson's own case")
    return found


def near(case: Case) -> FenRange:
    """Return the amounts that are near enough to it [fen]."""
    at, off = parted(case), case.loss_fen // NEAR
    return Interval(at - off, at + off)


def votes(case: Case) -> tuple[Fen, ...]:
    """Return what a class votes on: nothing, each helper's part, the means of the last [fen]."""
    parties, ids = decide(case, JOINT).parties, liable_ids(case)
    helpers = [id for id in ids if case.party(id).role != "principal"]
    parts = [high_end(parties[id].burden_fen) for id in helpers]
    return tuple(sorted({0, *parts, case.party(ids[-1]).assets_fen or case.loss_fen}))


def revealed(found: Found, say: Say) -> dict[str, str]:
    """Where the two forms part, who pays most, how much, on which share."""
    parties, ids = found.now.parties, liable_ids(found.case)
    most = max(ids, key=lambda id: high_end(parties[id].paid_fen))
    called = short_names(found.case, say.lang)
    return {
        "amount": amount(parted(found.case), say.lang),
        "last": called[ids[-1]],
        "most": called[most],
        "paid": amount(parties[most].paid_fen, say.lang),
        "share": share_said(found.now, most, say.lang),
    }


READS = {"where the forms part": near, "parts and means": votes}
ASKS = {
    "whether she receives 20000": reached,
    "which is smaller": smaller,
    "who bears it in the end": borne,
}
