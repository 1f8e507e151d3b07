"""What lesson 01 asks of its engine: a case under nine forms of liability, beside its decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from simlib.explain import minority
from simlib.figures.board import PRACTICE, Bar, Large, figures, is_court, rounded, spoken
from simlib.figures.carried_amounts import (
    alike,
    carried,
    carries_more,
    out_of_reach,
    supposed,
)
from simlib.figures.names_of_people import short_names
from simlib.figures.number_steps import form_fact
from simlib.figures.row_premises import (
    authority,
    by_scale,
    contested,
    dismissed,
    failed,
    knew,
    lacking,
    mark,
    note,
    premise,
    scaled,
    stamp,
    unproved,
)
from simlib.figures.rulings import ordered, ruling_of
from simlib.interval import Interval, high_end
from simlib.law.regime import regime_for
from simlib.lessons.outcome import Line, Value
from simlib.liability import compare
from simlib.liability.forms import form_of
from simlib.text import amount, percent, words

if TYPE_CHECKING:
    from simlib.case.model import Case, Ruling
    from simlib.figures.board import Row
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.money import Fen

LAW, SEVERAL = "auto", "several"
FORMS = (LAW, SEVERAL, "risk_benefit", "all_or_nothing", "joint", "partial_joint",
         "supplementary", "benefit_cap", "discretionary")  # fmt: skip
EXPOSURE, RECEIVED, BURDEN = COLUMNS = ("exposure", "received", "burden")
ENDED = ("dismissed", "dismissed_one", "nothing")  # headlines that say how the claim ends
GOAL = 2_000_000  # what she is to receive by shares in the task by hand [fen]
BETWEEN = "-"  # of the rows or people in an option's name


@dataclass(frozen=True, slots=True, eq=False)
class Decided(Mapping[str, "Outcome"]):
    """A case under every form, seen from one helper; form → outcome."""

    case: Case
    outcomes: Mapping[str, Outcome]
    party: str

    def __getitem__(self, form: str) -> Outcome:
        """What a form gives."""
        return self.outcomes[form]

    def __iter__(self) -> Iterator[str]:
        """The forms in order."""
        return iter(self.outcomes)

    def __len__(self) -> int:
        """How many forms there are."""
        return len(self.outcomes)

    @property
    def law(self) -> Outcome:
        """What the law in force gives."""
        return self.outcomes[LAW]

    def fen(self, form: str, column: str) -> FenRange:
        """The amount of a form in a column [fen]."""
        outcome = self.outcomes[form]
        mine = outcome.parties[self.party]
        return {EXPOSURE: mine.exposure_fen, BURDEN: mine.burden_fen}.get(
            column, outcome.received_fen
        )

    def row(self, form: str) -> list[FenRange]:
        """All amounts of a form."""
        return [self.fen(form, column) for column in COLUMNS]

    def names(self, lang: str) -> dict[str, str]:
        """What the helper and the victim are called."""
        called = short_names(self.case, lang)
        return {"who": called[self.party], "victim": called[self.case.claimant]}


def solve(case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = "") -> Decided:
    """Decide a case in every form; what is chosen below the stage moves none."""
    return Decided(case, compare(case, FORMS), party)


# ---------------------------------------------------------------- rows and cells


def name_of(found: Decided, row: str, say: Say) -> str:
    """Return what a row is called: a decision by its instance where there are several."""
    if not is_court(row):
        name = say(f"modes:{row}.name")
        return name[0].upper() + name[1:]
    ruling = ruling_of(found.case, row)
    instance = say(f"case:instance.{ruling.instance or 'court'}") if ruling else ""
    key = "court" if len(ordered(found.case)) == 1 else "court_instance"
    return say(f"board.{key}", instance=instance)


def value(found: Decided, row: str, column: str, say: Say) -> Value | None:
    """What a court ordered, or what a form gives."""
    asks = f"{row}|{column}|{'' if column == RECEIVED else found.party}"
    label = say(f"board.column.{column}_name")
    name = say("board.bar_name", row=name_of(found, row, say), column=label)
    if is_court(row):
        ruling = ruling_of(found.case, row) if column == EXPOSURE else None
        return Value(ruling.amount_fen, name=name, asks=asks) if ruling else None
    beside = ""
    if column == BURDEN and carried(found[row], found.party, found.case) in (
        "carried",
        "carried_alike",
    ):
        fen = found[row].parties[found.party].carried_fen
        beside = say("board.carried", amount=figures(fen, say.lang))
    return Value(found.fen(row, column), name=name, asks=asks, beside=beside)


def line(found: Decided, row: str, scene: Scene, say: Say) -> Line | None:
    """On what a row rests, and what fails of its premises."""
    ruling = ruling_of(found.case, row) if is_court(row) else None
    if row not in found and ruling is None:
        return None
    name = name_of(found, row, say)
    if ruling:
        return Line(_decided(ruling, found.case, say), name=name, blank=say("board.blank"))
    outcome, at = found[row], (found.case, found[row], found.party, say.lang)
    fails = premise(outcome, found, found.party, say.lang)
    same = _same(found, outcome, say)
    return Line(
        _note(found, outcome, same, say),
        _authority(found, outcome),
        name=name,
        stamp=stamp(*at),
        mark=mark(*at) or ("" if fails or same else _scale(found, outcome, say)),
        ghost=fails,
        form=_form(found, say) if row == LAW else "",
        same=same,
    )


def marks(row: Row) -> tuple[str, ...]:
    """What tells, besides its amounts, that a row moved: what stands below a bar as well."""
    beside = (cell.beside for cell in row.cells.values() if isinstance(cell, Bar))
    return row.stamp, row.ghost, *beside


def _decided(ruling: Ruling, case: Case, say: Say) -> str:
    """The docket of a decision, and what part of the loss it orders."""
    docket = getattr(ruling.docket, say.lang) if ruling.docket else ""
    fen = ruling.amount_fen or 0
    share = ruling.share if ruling.share is not None else fen / case.loss_fen
    part = say("board.full") if ruling.form == "full" else percent(share, say.lang)
    said = str(getattr(ruling.note, say.lang)) if ruling.note else part
    return say("board.notes_between").join(each for each in (docket, said) if each)


def _scale(found: Decided, outcome: Outcome, say: Say) -> str:
    """That an amount is a teaching scale."""
    if say.lang == "en":  # its rows grow by a line then: the scene's answer says it instead
        return ""
    owes = high_end(found.fen(outcome.mode, EXPOSURE))
    return say("board.mark.scale") if by_scale(outcome, found.party) and owes else ""


def _note(found: Decided, outcome: Outcome, same: str, say: Say) -> str:
    """On what a row rests; first, whether the law in force takes its form just now."""
    said = note(found.case, outcome, found.party, say.lang)
    if same or not _is_in_force(found, outcome):
        return said
    key = "in_force" if _alike_for_all(found, outcome) else "in_force_one"
    first = say(f"board.note.{key}", **found.names(say.lang))
    return say("board.note.between").join((first, said))


def _alike_for_all(found: Decided, outcome: Outcome) -> bool:
    """Tell whether the law in force takes the form of a row for each who helped, not for one."""
    law, case = found.law.parties, found.case
    others = [id for id in outcome.parties if case.party(id).role != "principal"]
    return all(law[id].mode == outcome.parties[id].mode for id in others)


def _routes(found: Decided) -> set[str]:
    """The forms that the law in force chooses between on the days of the case."""
    return set(regime_for(found.case).auto.values())


def _is_in_force(found: Decided, outcome: Outcome) -> bool:
    law = found.law.parties[found.party].mode
    return outcome.mode == law and law in _routes(found)


def _same(found: Decided, outcome: Outcome, say: Say) -> str:
    """Say of the form the law in force takes that it gives the same; empty: it does not."""
    alike = found.row(outcome.mode) == found.row(LAW)
    return say("board.note.same") if alike and _is_in_force(found, outcome) else ""


def _form(found: Decided, say: Say) -> str:
    """Which form the law in force takes, in a word; empty where it gives nothing."""
    mode = found.law.parties[found.party].mode
    if mode not in _routes(found):
        return ""
    key = f"board.form.{mode}"
    return say(key) if say.has(key) else say(f"terms:forms.{mode}")


def _authority(found: Decided, outcome: Outcome) -> str:
    """Whence a row has its amount: shares for one who knew are a view of scholars."""
    if outcome.law.practice:
        return PRACTICE
    if outcome.mode == SEVERAL and minority(outcome):
        return "doctrine"
    return authority(outcome, found.party)


# ---------------------------------------------------------------- columns, large number, sentence


def asked(found: Decided, column: str, say: Say) -> str:
    """What a column asks, and what it supposes of who pays or how shares are reckoned."""
    said = say(f"board.column.{column}", **found.names(say.lang))
    if column == BURDEN and any(scaled(each, found.party) for each in found.values()):
        said += say("board.column.scale")
    rich = [p.id for p in found.case.parties
            if p.role != "victim" and p.sued and p.assets_fen is None]  # fmt: skip
    if column == RECEIVED:
        said += _from_whom(found, say)
    if column == RECEIVED and rich:
        called = short_names(found.case, say.lang)
        who = say("board.between").join(called[id] for id in rich)
        said += say("board.column.able", who=who)
    return said


def _from_whom(found: Decided, say: Say) -> str:
    """Say that what she receives is not what this helper pays, where others pay, or he does not."""
    paying = [p.id for p in found.case.parties if p.role != "victim" and p.sued]
    if paying == [found.party]:
        return ""
    called = short_names(found.case, say.lang)
    from_ = say("board.between").join(called[id] for id in paying)
    key = "from_all" if found.party in paying else "from_others"
    return say(f"board.column.{key}", sued=from_, **found.names(say.lang))


def large(found: Decided, scene: Scene, column: str, say: Say) -> Large:
    """What a column asks, under the law in force."""
    fen, named = found.fen(LAW, column), found.names(say.lang)
    key = _headline(found) if column == EXPOSURE else column
    label, text = say(f"board.large.{key}", **named), _yuan(fen, say)
    said = spoken(fen, say.lang)
    if key in ENDED:  # a result in words: nothing is claimed
        said = text = say(f"board.large.{key}_text", **named)
    asks = f"{LAW}|{column}|{'' if column == RECEIVED else found.party}"
    return Large(label, text, asks, words("board", "name.bar", say.lang, name=label, amount=said))


def _headline(found: Decided) -> str:
    """Which words stand over the large number: a teaching scale is not given out as law."""
    if unproved(found, found.party):
        return dismissed(found.case, found.party)
    if found.law.parties[found.party].mode == "not_liable":
        return "nothing"
    return "scale" if by_scale(found.law, found.party) else "label"


def sentence(found: Decided, scene: Scene, say: Say) -> str:
    """Say what the large number does not: what is not proved, or which rows give otherwise."""
    return _of_law(found, say) if scene.column == EXPOSURE else _of_rows(found, scene, say)


def _of_law(found: Decided, say: Say) -> str:
    case, party, named = found.case, found.party, found.names(say.lang)
    if unproved(found, party):
        short = failed(case, party)
        listed = say("board.between").join(say(f"terms:elements.{name}") for name in short)
        key = "unproved_fault" if "fault" in short else "unproved"
        return say(f"board.sentence.{key}", elements=listed, **named)
    fen = found.fen(LAW, EXPOSURE)
    if not high_end(fen):
        key = "nothing_cause" if lacking(case, party) == "cause" else "nothing_fault"
        return say(f"board.sentence.{key}", **named)
    said = ""
    if by_scale(found.law, party):
        said = say("board.sentence.law_scale", amount=_yuan(fen, say))
    return said + (say("board.sentence.pure_loss") if contested(case, found.law, party) else "")


def _of_rows(found: Decided, scene: Scene, say: Say) -> str:
    """Say which rows shown differ from the law in force, and who bears what is not collected."""
    forms = [row for row in scene.rows if row in found]
    values = {form: found.fen(form, scene.column) for form in forms}
    differ = {form: fen for form, fen in values.items() if fen != found.fen(LAW, scene.column)}
    parts = [
        say("board.sentence.part", mode=say(f"modes:{form}.name"), amount=_yuan(fen, say))
        for form, fen in differ.items()
    ]
    between = say("board.between")
    text = say("board.sentence.differ", parts=between.join(parts)) if parts else ""
    short: dict[str, list[str]] = {}
    for form in filter(lambda form: _carries(found, form), forms):
        short.setdefault(_by_519(found[form]), []).append(form)
    short["lost"] = [form for form in forms if high_end(found[form].unrecovered_fen)]
    for key, some in short.items():
        if some:
            listed = between.join(say(f"modes:{form}.name") for form in some)
            text += say(f"board.sentence.{key}", modes=listed, **found.names(say.lang))
    return text


def _carries(found: Decided, form: str) -> bool:
    """Tell whether he carries more than his burden under a form, and may be asked for it."""
    outcome, party = found[form], found.party
    return carries_more(outcome.parties[party]) and not out_of_reach(outcome, party, found.case)


def _by_519(outcome: Outcome) -> str:
    """Return which words tell that a helper carries more: by 519(3), its analogy, or supposed."""
    if supposed(outcome):
        return "carried_supposed"
    return "carried_alike" if alike(outcome) else "carried"


def _yuan(fen: FenRange, say: Say) -> str:
    return amount(rounded(fen), say.lang)


# ---------------------------------------------------------------- what scenes and tasks speak of


def numbers(before: Decided, now: Decided, say: Say) -> dict[str, str]:
    """Row → what may be claimed, received and borne, before and now."""
    said = {}
    for found, suffix in ((before, "_before"), (now, "")):
        for form in found:
            for column, name in ((EXPOSURE, ""), (RECEIVED, "_received"), (BURDEN, "_burden")):
                said[f"{form}{name}{suffix}"] = spoken(found.fen(form, column), say.lang)
    return said


def ordered_fen(case: Case) -> Fen | None:
    """What the last decision ordered [fen]."""
    found = ordered(case)
    return found[-1].amount_fen if found else None


def moved_rows(rows: Sequence[str], before: Decided, now: Decided) -> str:
    """Which rows move what may be claimed: `all`, `none`, or their names."""
    moved = [row for row in rows if before.fen(row, EXPOSURE) != now.fen(row, EXPOSURE)]
    return "all" if moved == list(rows) else BETWEEN.join(moved) or "none"


def reached(before: Decided, now: Decided) -> str:
    """Whether she receives by shares exactly the amount of the task, or less, or more."""
    del before
    gap = high_end(now.fen(SEVERAL, RECEIVED)) - GOAL
    return "exact" if not gap else "more" if gap > 0 else "less"


READS = {"what the court ordered": ordered_fen}
ASKS = {
    "which rows a grade moves": partial(moved_rows, (LAW, SEVERAL, "risk_benefit", "joint")),
    "which rows a gain moves": partial(moved_rows, (LAW, SEVERAL, "risk_benefit", "benefit_cap")),
    "whether shares give her 20000": reached,
}


# ---------------------------------------------------------------- why a row stands still

# knob → what of a person it moves; its own name where it is left out
GROUPS = {
    "grade": "fault", "weight": "fault", "undeterminable": "equal", "victim_fault": "victim",
    "principal_sued": "sued", "principal_assets": "assets", "proof_act": "proof",
    "proof_damage": "proof", "proof_fault": "proof", "proof_causation": "proof",
}  # fmt: skip
ONE_FACT = ("limit", "court_share")  # knobs of facts that few forms measure
FIXED = {"sued": "sued-not-needed", "victim": "victim-nothing"}
UNHELD = {"not_liable": "not-liable", "dismiss_claim": "not-proved"}
WITHOUT_FINDING = {"score": "shares-model", "court_share": "shares-court"}  # by measure
BY_FACT = {  # of what a court weighs when it sets the one fact that a form measures
    ("fault", "court_share"): "fault-in-share", ("cause", "court_share"): "cause-in-share",
    ("fault", "limit"): "limit-fixed", ("cause", "limit"): "cause-limit",
}  # fmt: skip


def still(knob: str, row: str, states: tuple[Decided, Decided], scene: Scene, say: Say) -> str:
    """Why a form does not move with a knob; empty: it moved, or it is a decision."""
    before, now = states
    if row not in now or row not in before or _seen(before, row) != _seen(now, row):
        return ""
    called, party = short_names(now.case, say.lang), now.party
    principal = next((p.id for p in now.case.parties if p.role == "principal"), party)
    owners = {"principal": principal, "victim": now.case.claimant}
    whose = owners.get(knob.partition("_")[0], party)
    group, held = GROUPS.get(knob, knob), now[row].parties[party].mode not in UNHELD
    if group == "assets" and held:
        key = means_key(now.case, now[row], party, whose)
    elif group == "victim" and held and knew(now.case, party):
        key = "victim-intent"
    else:
        key = still_key(group, now[row], party)
    return say(f"case:still.{key}", whose=called[whose], **now.names(say.lang))


def _seen(found: Decided, row: str) -> tuple[object, ...]:
    return found[row].received_fen, found[row].parties


def still_key(group: str, outcome: Outcome, party: str) -> str:
    """Return which words under `still` in `texts/*/case.toml` say why `group` moved nothing."""
    mode, measure, fact = outcome.mode, outcome.law.measure, form_fact(outcome.mode)
    held = outcome.parties[party].mode
    if held in UNHELD:
        return UNHELD[held]
    if group in FIXED:
        return FIXED[group]
    if group in ONE_FACT:
        return f"{group}-reached" if fact == group else f"{group}-unused"
    if group == "proof":  # an element that is not proved ends the claim
        proved = "proof-reached" if high_end(outcome.parties[party].exposure_fen) else "proof-short"
        return proved if mode == LAW or measure == "proof" else "proof-given"
    if group == "equal":
        return WITHOUT_FINDING.get(measure, "shares-stated")
    if (group, fact) in BY_FACT:
        return BY_FACT[group, fact]
    if measure == "score":
        return "grade-no-term" if group == "fault" else _bound(outcome, party)
    if group == "gain":
        form = form_of(mode)
        return "gain-over-damages" if form and form.follows_money else "gain-no-element"
    if mode == SEVERAL or (mode == LAW and held == SEVERAL):
        return _weighed(outcome, party)
    return "same-route" if mode == LAW and group == "fault" else f"{group}-gate"


def means_key(case: Case, outcome: Outcome, party: str, whose: str) -> str:
    """Return which words say why the means of `whose` changed nothing: who pays without them."""
    owes = {id: high_end(each.exposure_fen) for id, each in outcome.parties.items()}
    if not case.party(whose).sued:
        return "assets-unsued"
    if not owes.get(whose):
        return "assets-nothing"
    if outcome.parties[party].mode == "joint" and _can_pay(case, party, owes[party]):
        return "assets-whole"
    if _can_pay(case, whose, owes[whose]):
        return "assets-enough"
    return "assets-others" if outcome.received_fen == outcome.claim_fen else "assets-same"


def _can_pay(case: Case, party: str, fen: Fen) -> bool:
    assets = case.party(party).assets_fen
    return assets is None or assets >= fen


def _bound(outcome: Outcome, party: str) -> str:
    """What holds the model's share where it is: its cap, its floor, or that a fact is open."""
    steps = outcome.reason("share", party).walk()
    model = next((n for n in steps if n.key == "model_share" and n.party == party), None)
    rule = (model.rule or "") if model else ""
    if rule in ("share.gate", "share.exempt"):
        return "not-liable" if rule == "share.gate" else "exempt"
    if rule.startswith("share.direct"):
        return "floor-binds"
    return "cap-binds" if model and model.value == model.children[-1].value else "open-range"


def _weighed(outcome: Outcome, party: str) -> str:
    steps = outcome.reason("share", party).walk()
    own = next(n for n in steps if n.key == "weight" and n.party == party)
    if own.rule == "weight.equal":
        return "shares-equal"
    return "open-range" if isinstance(own.value, Interval) else "shares-stated"
