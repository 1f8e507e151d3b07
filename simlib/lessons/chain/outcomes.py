"""What lesson 06 asks of its engine: where money went, what goes back, of whom one may claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from simlib import enrichment, fault
from simlib.chain import METHODS, direct_receipts, method_law, trace_case
from simlib.explain import form_name
from simlib.figures.board import Column, Large, rounded, spoken
from simlib.figures.joint_ground import joint_ground
from simlib.figures.names_of_people import helpers_of, short_names
from simlib.figures.row_premises import ASSUMED, authority, by_scale, stamp, unreached
from simlib.figures.row_premises import note as ground
from simlib.interval import Interval, high_end
from simlib.law.regime import regime_for, rule
from simlib.law.rule import word
from simlib.lessons.board import MOST, OWN, Table
from simlib.lessons.chain.accounts import Names, engine, frozen_fen, phrase, victims_of
from simlib.lessons.chain.tables import AFTER, EXTENDED, KIND, ORDER
from simlib.lessons.outcome import Line, Value
from simlib.liability import decide
from simlib.money import half_up
from simlib.restitution import FOREIGN, RULES, as_claimant, decide_all, give_back
from simlib.restitution.frozen_money import INFLOWS, PROPORTION, SHARE, open_of, unfound
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simlib.case.model import Case
    from simlib.chain import Tracing
    from simlib.figures.board import Answer, Row
    from simlib.interval import FenRange
    from simlib.lessons.declaration import Scene
    from simlib.lessons.outcome import Say
    from simlib.liability import Outcome
    from simlib.money import Fen
    from simlib.restitution import Return, Together

LAW, GAIN = "auto", "benefit_cap"
RANK, CAP = "after_restitution", "flow_cap"
BY_LOSS = "by_loss"  # a way to give frozen money back that follows none
GIVEN = ("timestamp", "pro_rata", BY_LOSS, *ORDER[2:])  # every way the stage compares
UNTRACED = {BY_LOSS: "timestamp"}  # what follows no money → by which rule it is shown all the same
OF_RETURN = EXTENDED | {BY_LOSS: "interpretation"}
BACK, REST = "back:", "rest"  # rows: what goes back to a victim, what to nobody
AMOUNT = "amount"  # the one column
EXTREME = ("fifo", "lifo")  # foreign rules by which most and least goes back in the first case
MOST_GAPS = 2  # accounts of which it is said that transfers are missing
# way that can be argued from a document → its rule, and by what art. 8(3) divides
WAYS = {
    "losses": ("timestamp", "losses"),
    INFLOWS: ("timestamp", INFLOWS),
    BY_LOSS: (BY_LOSS, None),
}


class Traced(Mapping[str, "Tracing"]):
    """Rule → tracing of a case, seen from one victim; nothing is worked out twice.

    Attributes
    ----------
    case, held
        the case, and all that is chosen beside its facts
    """

    def __init__(self, case: Case, held: Mapping[str, Any]) -> None:
        self.case, self.held = case, held
        self.outcome, self.returned = cache(self._outcome), cache(self._returned)

    @property
    def method(self) -> str:
        """The rule chosen; some of them follow no money."""
        return str(self.held["method"])

    @property
    def victim(self) -> str:
        """Whose money is asked about."""
        return str(self.held["who"])

    @property
    def followed(self) -> str:
        """By which rule money is followed while this one is chosen."""
        return UNTRACED.get(self.method, self.method)

    @property
    def tracing(self) -> Tracing:
        """Under the rule by which money is followed."""
        return self[self.followed]

    @property
    def limiting(self) -> str:
        """By which rule a later card is limited: poison tells no amount."""
        known = rule("tracing").values
        return self.followed if self.followed in known else str(known[0])

    @cached_property
    def claim(self) -> Case:
        """The case as this victim's own."""
        return as_claimant(self.case, self.victim)

    @property
    def share(self) -> str:
        """By what art. 8(3) divides."""
        return word(regime_for(self.case).rules, SHARE)

    def enriched(self, party: str) -> dict[str, FenRange]:
        """Reading of 取得 → what a party has to return to her as unjustly enriched [fen]."""
        readings = enrichment.assess(self.claim, party, self.limiting).readings
        return {key: readings[key].owed.value for key in enrichment.READINGS}

    @property
    def law(self) -> Outcome:
        """Her claim under the law in force."""
        return self.outcome(LAW)

    def _outcome(self, mode: str) -> Outcome:
        """What her claim comes to, later cards by the tracing rule chosen."""
        asked = {CAP: self.held["cap"], "tracing": self.limiting}
        return decide(self.claim, mode, {k: v for k, v in asked.items() if v != rule(k).values[0]})

    def _returned(self, by: str) -> Return:
        """What of the frozen money goes back by a rule, and to whom."""
        return give_back(self.case, by)

    @property
    def given(self) -> Return | None:
        """What goes back by the rule chosen; None: it gives no amount."""
        return self.returned(self.method) if self.method in (*RULES, *FOREIGN) else None

    def returns(self) -> dict[str, Return]:
        """What goes back by every rule that a document here provides."""
        return {way: self.returned(way) for way in RULES}

    @cached_property
    def together(self) -> Together:
        """All victims' claims at once, after the return."""
        rules = {RANK: self.held["rank"]}
        return decide_all(self.case, LAW, rules, returns=self.returned(self.held["give"]))

    @cached_property
    def amounts(self) -> dict[str, FenRange]:
        """Row → amount [fen]; rows without one are left out."""
        found: dict[str, FenRange] = {}
        if self.given and frozen_fen(self.case):
            found = {BACK + id: fen for id, fen in self.given.returned.items()}
            found[REST] = sum(pot.left_fen for pot in self.given.accounts)
        return found | {id: self.law.parties[id].exposure_fen for id in helpers_of(self.case)}

    def came(self, party: str) -> Fen | None:
        """What she paid straight into a party's accounts [fen]; None: nothing."""
        return direct_receipts(self.claim, party)

    @property
    def first(self) -> str:
        """Who lent the card she paid, else the first of several people; empty: nobody."""
        people = helpers_of(self.case)
        return next((id for id in people if self.came(id)), (*people, "")[0])

    def grade(self, party: str) -> str:
        """The key of a party's grade of fault."""
        return str(fault.grade(self.claim.party(party), regime_for(self.claim)).value)

    def is_late(self, party: str) -> bool:
        """Whether all that a party did came after the loss."""
        return any(a["key"] in AFTER and a.get("party") == party for a in self.law.assumptions)

    def is_capped(self, party: str) -> bool:
        """Whether one who knew owes less than all because of a reading that is disputed."""
        told = ((a["key"], a.get("party")) for a in self.law.assumptions)
        less = high_end(self.law.parties[party].exposure_fen) < self.law.claim_fen
        return ("flow_cap.contested", party) in told and less

    def is_whole(self, party: str) -> bool:
        """Whether one who knew owes all although a part came in, by the other reading."""
        came, mine = self.came(party), self.law.parties[party]
        if came is None or self.grade(party) != "knowing":
            return False
        return mine.mode == "joint" and came < high_end(mine.exposure_fen)

    def __getitem__(self, method: str) -> Tracing:
        if method not in METHODS:
            raise KeyError(method)
        return trace_case(self.case, method)

    def __iter__(self) -> Iterator[str]:
        return iter(METHODS if self.case.transfers else ())

    def __len__(self) -> int:
        return len(METHODS) if self.case.transfers else 0


def is_return(row: str) -> bool:
    """Whether a row says what goes back, not what may be claimed."""
    return row == REST or row.startswith(BACK)


def solve(case: Case, chosen: Mapping[str, Any], lang: str = "zh", party: str = "") -> Traced:
    """Work out the return and the claim; everything else when it is looked at."""
    found = Traced(case, chosen)
    found.outcome(LAW)
    return found


def rule_name(way: str, lang: str) -> str:
    """Return what one of `GIVEN` is called."""
    return phrase(f"pool.rule.{way}", lang) if way in RULES else engine(f"methods.{way}.name", lang)


def rule_title(way: str, lang: str) -> str:
    """Return the same with its kind of authority, and what of it is assumed."""
    basis = phrase(f"rules.kind.{OF_RETURN.get(way) or KIND[_basis(way)]}", lang)
    return phrase("rules.titled", lang, name=rule_name(way, lang), basis=basis)


def rule_line(way: str, lang: str) -> str:
    """Return what one of `GIVEN` does, in one line, after its name and kind of authority."""
    does = phrase(f"rules.does.{way}", lang)
    return phrase("rules.line", lang, title=rule_title(way, lang), does=does)


def _basis(way: str) -> str:
    return method_law(UNTRACED.get(way, way)).basis


# ---------------------------------------------------------------- the board


class Amounts(Table):
    """The one column of lesson 06: the returns, then the claims, a scene's rows first in each."""

    def rows(self) -> list[Row]:
        """The rows in two groups: first what goes back."""
        return sorted(super().rows(), key=lambda row: not is_return(row.id))

    def in_sight(self, rows: Sequence[Row]) -> Sequence[str]:
        """The scene's rows; of another case its first, but for what is nobody's."""
        known = [row.id for row in rows]
        found = [id for id in self.scene.rows if id in known]
        return found if len(found) >= OWN else [id for id in known if id != REST][:MOST]

    def columns(self) -> tuple[Column, ...]:
        """The one column: without frozen money nothing goes back."""
        note = "column_note" if frozen_fen(self.case) else "column_note_claim"
        return (Column(AMOUNT, self.label(AMOUNT), self.say(f"board.{note}")),)

    def top(self, rows: Sequence[Row], answer: Answer | None = None) -> Fen:
        """The right end of the scale: her claim, or the longest bar in sight."""
        found: Traced = self.found  # type: ignore[assignment]
        return max(found.law.claim_fen, *(row.end for row in rows if not row.more), 100)


def rows(found: Traced, say: Say) -> dict[str, str]:
    """Row → name: what goes back to whom, if anything is frozen, then of whom she may claim."""
    names = short_names(found.case, say.lang)
    back = {BACK + id: say("board.back", who=names[id]) for id in victims_of(found.case)}
    owed = {id: say("board.of", who=names[id]) for id in helpers_of(found.case)}
    return (back | {REST: say("board.rest")} if frozen_fen(found.case) else {}) | owed


def value(found: Traced, row: str, column: str, say: Say) -> Value | None:
    """The amount; a share by the teaching scale in whole yuan."""
    fen = found.amounts.get(row)
    if fen is None:
        return None
    if is_return(row):
        return Value(fen, asks=f"{row.removeprefix(BACK)}|returned|{found.method}")
    return Value(shown(found, row), asks=f"{LAW}|exposure|{row}")


def shown(found: Traced, party: str) -> FenRange:
    """Return what may be claimed of a party under the law in force, as the board shows it [fen]."""
    fen = found.law.parties[party].exposure_fen
    if not by_scale(found.law, party):
        return fen
    return rounded(fen) if isinstance(fen, Interval) else whole_yuan(fen)


def whole_yuan(fen: Fen) -> Fen:
    """Round to whole yuan [fen]."""
    return 100 * half_up(Fraction(fen, 100))


def line(found: Traced, row: str, scene: Scene, say: Say) -> Line | None:
    """What goes back by what rule, or on what a claim rests."""
    if row not in found.amounts and not frozen_fen(found.case):
        return None  # a row of another case
    if is_return(row):
        ghost = "board.ghost.foreign" if found.method in FOREIGN else ""
        money = amount(frozen_fen(found.case), say.lang)
        return Line(
            note=say("board.rest_note") if row == REST else "",
            authority=_basis(found.method),
            stamp="" if row in found.amounts else say("board.stamp.none"),
            ghost=say("board.ghost.none") if found.given is None else ghost and say(ghost),
            group=say("board.group.back", amount=money),
        )
    law, read = found.law, found.is_capped(row) or found.is_whole(row)
    is_open = found.is_late(row) and high_end(found.amounts[row])
    who = short_names(found.case, say.lang)[found.victim]
    return Line(
        note=_note(found, row, say),
        authority=ASSUMED if is_open or read else authority(law, row),  # a reading is assumed too
        stamp=stamp(found.claim, law, row, say.lang),
        mark=_mark(found, row, read, say),
        group=say("board.group.liable", who=who),
    )


def _note(found: Traced, party: str, say: Say) -> str:
    """On what a claim rests, and what she paid straight into his card."""
    law, claim = found.law, found.claim
    if found.is_late(party):
        return say("board.late_note", **_enriched(found, party, say.lang))
    if unreached(law, claim, party):
        return say("board.unreached_note", who=short_names(found.case, say.lang)[found.victim])
    joint = law.parties[party].mode == "joint"
    on = joint_ground(law, claim, party)
    said = ground(claim, law, party, say.lang)
    if on == "knowing":
        said = say("board.joint_note", grade=_grade(found, party, say))
    elif on and say.has(f"board.{on}"):
        said = say(f"board.{on}")
    if (came := found.came(party)) is not None:
        back = claim.loss_fen - open_of(claim, claim.claimant).value if joint else 0
        key = "came_less_note" if back else "came_note"
        money = {"amount": amount(came, say.lang), "back": amount(back, say.lang)}
        said = say(f"board.{key}", said=said, **money)
    if found.is_whole(party):
        return say("board.whole_note", said=said)
    return say("board.capped_note", said=said) if found.is_capped(party) else said


def _enriched(found: Traced, party: str, lang: str) -> dict[str, str]:
    """What a later holder has to return by either reading, in words."""
    return {key: amount(fen, lang) for key, fen in found.enriched(party).items()}


def _mark(found: Traced, party: str, read: bool, say: Say) -> str:
    """What a party did, how far it is to blame, what is assumed: a few words for a class."""
    grade, act = _grade(found, party, say), found.case.party(party).act
    scaled = by_scale(found.law, party) and high_end(found.amounts[party]) > 0
    said = grade
    if found.is_late(party):
        said = say("board.mark.late")
    elif scaled:
        return say("board.mark.scale", grade=grade)
    elif found.came(party) is not None:
        said = say("board.mark.part", done=say("board.mark.came"), grade=grade)
    elif act:
        said = say("board.mark.part", done=say(f"terms:acts.{act}"), grade=grade)
    return say("board.mark.reading", said=said) if read and not scaled else said


def _grade(found: Traced, party: str, say: Say) -> str:
    return say(f"terms:grades.{found.grade(party)}")


def large(found: Traced, scene: Scene, column: str, say: Say) -> Large:
    """What goes back to her; where nothing is frozen, what may be claimed first."""
    names, victim, first = short_names(found.case, say.lang), found.victim, found.first
    does = ""
    if frozen_fen(found.case):
        label, asks = _back_by(found, names[victim], say), f"{victim}|returned|{found.method}"
        does = rule_line(found.method, say.lang)
        if found.given is None:
            return Large(label, say("board.large.none"), asks, label, does)
        fen: FenRange = found.given.returned[victim]
    elif first:
        label = say("board.large.of", who=names[first], victim=names[victim])
        fen, asks = shown(found, first), f"{LAW}|exposure|{first}"
    else:
        return Large(say("board.large.nobody"), "—", "", say("board.large.nobody"))
    name = words("board", "name.bar", say.lang, name=label, amount=spoken(fen, say.lang))
    return Large(label, amount(rounded(fen), say.lang), asks, name, does)


def _back_by(found: Traced, who: str, say: Say) -> str:
    """By which rule it goes back, and what of that rule is assumed."""
    method, pots = found.method, found.given.accounts if found.given else ()
    assumed = {
        "timestamp": any(pot.way == PROPORTION for pot in pots),
        "pro_rata": True,
        BY_LOSS: any(pot.honest_fen for pot in pots),
    }
    said = {"who": who, "rule": rule_name(method, say.lang)}
    if not assumed.get(method):
        return say("board.large.back", **said)
    told = say(f"board.large.assumed.{found.share if method == 'timestamp' else method}")
    return say("board.large.back_assumed", assumed=told, **said)


# ---------------------------------------------------------------- the sentence


def sentence(found: Traced, scene: Scene, say: Say) -> str:
    """Say what goes back by the rule, and what of it moves no claim."""
    parts = [_back(found, say)] if frozen_fen(found.case) else []
    if not found.case.transfers:
        parts.append(phrase("none", say.lang))
    return ("" if say.lang == "zh" else " ").join([*parts, _claim(found, say)])


def _back(found: Traced, say: Say) -> str:
    names, lang = short_names(found.case, say.lang), say.lang
    if found.given is None:
        return say("board.sentence.none", rule=rule_name(found.method, lang))
    parts = [
        say("board.sentence.part", who=names[id], amount=amount(fen, lang))
        for id, fen in found.given.returned.items()
    ]
    left = sum(pot.left_fen for pot in found.given.accounts)
    gap = sum(unfound(found.case).values())
    key = "back_unfound" if gap else "back" if left else "back_all"
    money = {"left": left, "gap": gap, "frozen": frozen_fen(found.case)}
    said = {name: amount(fen, lang) for name, fen in money.items()}
    return say(f"board.sentence.{key}", parts=say("board.between").join(parts), **said)


def _claim(found: Traced, say: Say) -> str:
    """What may be claimed of who lent the card she paid, and that no rule moves it."""
    names, first = short_names(found.case, say.lang), found.first
    if not first:
        return say("board.sentence.nobody")
    fixed = frozen_fen(found.case) and not found.is_late(first)
    fen = rounded(found.law.parties[first].exposure_fen)
    return say(f"board.sentence.{'law' if fixed else 'law_alone'}", who=names[first],
               form=form_name(found.law, first, say.lang), victim=names[found.victim],
               amount=amount(fen, say.lang))  # fmt: skip


def gaps(case: Case, lang: str) -> list[str]:
    """Say where the transfers listed fall short: of what is frozen, of what an account paid."""
    names, tracing = Names(case, lang), trace_case(case)
    frozen, missing, said = unfound(case), tracing.unlisted, []
    for account in case.accounts:
        over, short = frozen.get(account.id, 0), missing.get(account.id, 0)
        if not over and not short:
            continue
        whole = account.frozen_fen or 0
        fens = {"gap": over or short, "frozen": whole, "found": whole - over,
                "need": account.opening_fen + over + short}  # fmt: skip
        key = f"board.sentence.{'unfound' if over else 'unlisted'}"
        money = {name: amount(fen, lang) for name, fen in fens.items()}
        said.append(words("chain_lesson", key, lang, card=names.of(account.id), **money))
    return said[:MOST_GAPS]


# ---------------------------------------------------------------- bet, scenes, tasks


def still(
    knob: str, row: str, states: tuple[Traced, Traced], scene: Scene, say: Say
) -> str:  # fmt: skip
    """Why a row did not move: the rule moves no claim, grades no return."""
    if row not in states[1].amounts:
        return ""
    group = knob.partition(":")[0]
    if is_return(row):
        return say("still.back_liable" if group in ("grade", "cap", "who") else "still.back")
    key = {"method": "rule", "grade": "own_grade"}.get(group, "claim")
    return say(f"still.{key}")


def numbers(before: Traced, now: Traced, say: Say) -> dict[str, str]:
    """Row → amount, before and now; what goes back by each other rule."""
    told: dict[str, str] = {}
    for found, suffix in ((before, "_before"), (now, "")):
        fens = {row.replace(BACK, "back_"): fen for row, fen in found.amounts.items()}
        for way in (*RULES, *FOREIGN):
            fens |= {f"{id}_{way}": fen for id, fen in found.returned(way).returned.items()}
        for id in filter(found.is_late, helpers_of(found.case)):
            fens |= {f"{id}_{key}": fen for key, fen in found.enriched(id).items()}
        told |= {name + suffix: spoken(fen, say.lang) for name, fen in fens.items()}
        told["rule" + suffix] = rule_name(found.method, say.lang)
    return told


def revealed(found: Traced, say: Say) -> dict[str, str]:
    """What goes back by each way and foreign rule, what is left out, what may be claimed first."""
    party, left = found.first, sum(pot.left_fen for pot in found.returned(BY_LOSS).accounts)
    fens: dict[str, FenRange] = {"left": left, "claim": found.amounts[party]}
    fens |= _to_her(found.case)
    fens |= {way: found.returned(way).returned[found.case.claimant] for way in EXTREME}
    said = {name: amount(fen, say.lang) for name, fen in fens.items()}
    return said | {"helper": short_names(found.case, say.lang)[party]}


def _to_her(case: Case) -> dict[str, Fen]:
    """Way that a document provides → what goes back to the claimant [fen]."""
    return {
        way: give_back(case, rule, share).returned[case.claimant]
        for way, (rule, share) in WAYS.items()
    }


def _by_a_second(before: Traced, now: Traced) -> str:
    """Under which of two rules Wu's part changes with his payment a second earlier."""
    wu = {way: [each.returned(way).returned["wu"] for each in (before, now)]
          for way in ("fifo", "pro_rata")}  # fmt: skip
    return "-".join(way for way, (then, after) in wu.items() if then != after) or "none"


def _moved_debtors(before: Traced, now: Traced) -> str:
    """Of whom something else may be claimed once money is followed by another rule."""
    first, late = (
        any(before.amounts[id] != now.amounts[id] for id in ids)
        for ids in (("he", "tang"), ("ma", "fang"))
    )
    return {(True, True): "all", (True, False): "first", (False, True): "late"}.get(
        (first, late), "none"
    )


def _more(before: Traced, now: Traced) -> str:
    """Whether more of the frozen money goes back to Li than to Chen by the rule now chosen."""
    if now.given is None:
        return "none"
    back = now.given.returned
    return "more" if back["li"] > back["chen"] else "less"


ASKS = {
    "by a second": _by_a_second, "moved debtors": _moved_debtors,
    "whether Li gets more than Chen": _more,
}  # fmt: skip
READS: dict[str, Any] = {}
