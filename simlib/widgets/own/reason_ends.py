"""The first lines of a number's reasons: its least and its most, each with why, from the trace."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from simlib import fault
from simlib.explain import explain, fact_kind
from simlib.figures.answered_part import part_reason
from simlib.figures.board import rounded
from simlib.figures.names_of_people import short_names
from simlib.figures.number_steps import number
from simlib.figures.row_premises import lacking
from simlib.interval import Interval, high_end, low_end
from simlib.law.regime import regime_for
from simlib.liability.outcome import PIECES_SUM
from simlib.text import amount, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from simlib.interval import Number, Quantity
    from simlib.trace import Trace
    from simlib.widgets.own.grade_branches import Branch, Branches

NEAR = 100  # fen: nearer than that is the rounding of shares and of what is split
NOBODY = ("not_liable", "dismiss_claim", "answered_for")
TOGETHER = ("paid.open", "paid.up-to-cap", "paid.split")
OPEN_FACTS = ("causal_force", "indispensability", "push", "limit", "gain_direct", "court_share")


def first_lines(branches: Branches, key: str, party: str, lang: str) -> list[str]:
    """Return one sentence for a number, two for its ends, and one of what is still open."""
    value = branches.fen(key, party)
    if low_end(value) == high_end(value):
        return [_End(branches, branches.most(key, party), key, party, lang, None).line("one")]
    found = branches.ends(key, party)
    least, most = (
        _End(branches, branch, key, party, lang, end)
        for branch, end in zip(found, (low_end, high_end), strict=True)
    )
    said = [least.line("least"), most.line("most")]
    if (why := most.why()) == least.why():  # a rule of its own, and not what makes an end
        said = [most.say("one", amount=amount(rounded(value), lang), why=why)]
    return [*said, *_still_open(lang, least, most)]


def _still_open(lang: str, *ends: _End) -> list[str]:
    """Name the facts that nobody found and on which the number hangs."""
    facts = list(dict.fromkeys(fact for end in ends for fact in end.open_facts()))
    if not facts:
        return []
    one = ends[0]
    whose: dict[str, list[str]] = {}
    for who, what in facts:
        whose.setdefault(what, []).append(one.called.get(who, who))
    said = [
        one.say("fact", who=one.say("and").join(names), what=one.say(f"facts.{what}"))
        for what, names in whose.items()
    ]
    return [one.say("open", facts=one.say("also").join(said))]


class _End:
    """One end of a number: in which branch it is reached, and why."""

    def __init__(
        self,
        branches: Branches,
        branch: Branch,
        key: str,
        party: str,
        lang: str,
        end: Callable[[Quantity], Number] | None,
    ) -> None:
        self.branches, self.branch, self.key, self.party = branches, branch, key, party
        self.lang = lang
        self.end: Callable[[Quantity], Number] = end or low_end
        self.case, self.outcome = branch.case, branch.outcome
        self.called = short_names(self.case, lang)
        self.fen = int(self._fen(branch))

    def say(self, key: str, **values: object) -> str:
        who = {"who": self.called[self.party]} if self.party else {}
        victim = self.called[self.case.claimant]
        return words("own_lab", f"ends.{key}", self.lang, **{"victim": victim, **who, **values})

    def money(self, fen: int) -> str:
        whole = rounded(fen) if fen % 100 == 0 else 100 * round(fen / 100)
        return amount(int(high_end(whole)), self.lang)

    def line(self, which: str) -> str:
        return self.say(which, amount=self.money(self.fen), why=self.why())

    def why(self) -> str:
        """Say which grade is supposed, and what makes the number."""
        return self._given() + self._why()

    # ------------------------------------------------------------ which grade is supposed

    def _given(self) -> str:
        """Whose grade is supposed here, where another would give another end."""
        if all(map(self._reaches, self.branches.all)):
            return ""
        grades = {id: [grade] for id, grade in self.branch.grades.items()}
        alone = [id for id in (self.party, *grades) if self.branch.grades.get(id) in self._by(id)]
        if alone:
            grades = {alone[0]: self._by(alone[0])}
        said = [
            self.say("given_one", who=self.called[id], grade=self._graded(some))
            for id, some in grades.items()
        ]
        return self.say("given", grades=self.say("and").join(said))

    def _reaches(self, branch: Branch) -> bool:
        return -NEAR < self._fen(branch) - self.fen < NEAR

    def _fen(self, branch: Branch) -> Number:
        return self.end(branch.fen(self.key, self.party))

    def _by(self, id: str) -> list[str]:
        """List the grades of one party, of those with this form, that alone give this end."""
        if id not in self.branch.grades:
            return []
        form = self.outcome.parties[id].mode
        found: dict[str, bool] = {}
        for branch in self.branches.all:
            grade, same = branch.grades[id], branch.outcome.parties[id].mode == form
            found[grade] = found.get(grade, True) and same and self._reaches(branch)
        return [grade for grade, reached in found.items() if reached]

    def _graded(self, grades: list[str]) -> str:
        said = [self.say("graded", grade=words("terms", f"grades.{g}", self.lang)) for g in grades]
        return self.say("or").join(said)

    # ------------------------------------------------------------ why

    def _why(self) -> str:
        if not self.party:
            return self._received()
        node = self._node(self.key)
        if self.outcome.parties[self.party].mode in NOBODY or node is None:
            return self._nobody()
        found = {"exposure": self._exposure, "paid": self._paid, "burden": self._burden}
        return found[self.key](node) or self._by_rule(node)

    def _node(self, key: str) -> Trace | None:
        try:
            return self.outcome.reason(key, self.party or None)
        except KeyError:
            return None

    def _nobody(self) -> str:
        lacks = lacking(self.case, self.party)
        if self.outcome.parties[self.party].mode == "not_liable" and lacks:
            return words("case_lesson", f"board.note.no_{lacks}", self.lang)
        payer = self.case.party(self.party).answered_by or self.party
        return self.say(self.outcome.parties[self.party].mode, payer=self.called.get(payer, payer))

    def _by_rule(self, node: Trace) -> str:
        return explain(node, self.case, self.lang).rule.rstrip("。. ")

    def _exposure(self, node: Trace) -> str:
        if node.rule == PIECES_SUM:
            return self._of_pieces(node)
        if node.rule == "exposure.claim":
            return self._whole()
        part = _child(node, "part")
        return self._share(part) if node.rule == "exposure.share" and part else ""

    def _burden(self, node: Trace) -> str:
        if node.rule == PIECES_SUM:
            return self._of_pieces(node)
        own = _child(node, "own_burden") or node
        part = _child(own, "part")
        return self._share(part) if part else ""

    def _of_pieces(self, node: Trace) -> str:
        """That he answers for a part of the loss, and what of it or of each of its pieces."""
        part = part_reason(self.outcome, self.case, self.party, self.lang).rstrip("。. ")
        joint = all(child.rule == "exposure.claim" for child in node.children)
        if joint and not part:
            return self._whole()
        fens = [int(self.end(_quantity(child))) for child in node.children]
        inner = ""
        if joint:
            inner = self.say("joint_part")
        elif len(fens) > 1 and sum(fens) == self.fen:
            parts = self.say("plus").join(self.money(fen) for fen in fens)
            inner = self.say("pieces", parts=parts)
        elif len(fens) == 1:
            (child,) = node.children
            own = _child(_child(child, "own_burden") or child, "part")
            inner = self._share(own) if own else ""
        return self.say("between").join(filter(None, (part, inner)))

    def _whole(self) -> str:
        role = "principal" if self.case.party(self.party).role == "principal" else "joint"
        return self.say(role, claim=self.money(self.outcome.claim_fen))

    def _share(self, part: Trace) -> str:
        """A share of the loss by weights: the formula, if it gives the number."""
        weights, damages = _child(part, "weights"), _child(part, "damages")
        own = (
            next((n for n in weights.children if n.party == self.party), None) if weights else None
        )
        if weights is None or damages is None or own is None or own.rule != "weight.product":
            return ""
        whole = int(high_end(_quantity(damages)))
        others = [n for n in weights.children if n is not own]
        mine, rest = self.end(_quantity(own)), [self._other(_quantity(n)) for n in others]
        if not mine:
            return self._nothing({n.key: _quantity(n) for n in own.children})
        fen = whole * Fraction(mine) / (Fraction(mine) + sum(Fraction(weight) for weight in rest))
        return self._formula(own, others, whole) if abs(fen - self.fen) < NEAR else ""

    def _nothing(self, factors: dict[str, Quantity]) -> str:
        """Which of his two factors may be near 0."""
        near = [key for key in ("causal_force", "fault") if not low_end(factors[key])]
        return self.say("nothing_" + "_".join(near), grade=self._own_grade())

    def _own_grade(self) -> str:
        law = regime_for(self.case)
        grade = fault.grade(self.case.party(self.party), law).value
        return words("terms", f"grades.{grade}", self.lang)

    def _other(self, value: Quantity) -> Number:
        """The other end: what the others weigh where this one weighs most, or least."""
        return low_end(value) if self.end is high_end else high_end(value)

    def _formula(self, own: Trace, others: list[Trace], whole: int) -> str:
        parts = {n.key: _quantity(n) for n in own.children}
        heavy = [n for n in others if self._other(_quantity(n))]
        if not heavy:
            return self.say("alone")
        weights = [self.end(_quantity(own)), *(self._other(_quantity(n)) for n in heavy)]
        numbers = [number(weight) for weight in weights]
        between = self.say("between")
        named = [self._named(n) for n in heavy]
        open_ = [n for n in others if isinstance(n.value, Interval)]
        idle = [self.called[str(n.party)] for n in open_ if n not in heavy]
        if idle:
            named.append(self.say("idle", names=self.say("and").join(idle)))
        return self.say(
            "formula",
            whole=self.money(whole),
            own=numbers[0],
            total=self.say("plus").join(numbers),
            mine=self.say(
                "mine",
                value=numbers[0],
                cause=self._factor("cause", parts["causal_force"]),
                fault=self._factor("fault", parts["fault"]),
            ),
            others=between.join(named),
        )

    def _factor(self, key: str, value: Quantity) -> str:
        """One of his two factors: as it is, or the end of it that is taken."""
        written = number(self.end(value))
        if not isinstance(value, Interval):
            return written
        key = f"{key}_most" if self.end is high_end else f"{key}_least"
        return self.say(key, value=written, grade=self._own_grade())

    def _named(self, other: Trace) -> str:
        """What another one weighs here: his number, or the end of it that is taken."""
        key = "other"
        if isinstance(other.value, Interval):
            key = "other_least" if self.end is high_end else "other_most"
        name = self.called[str(other.party)]
        return self.say(key, name=name, value=number(self._other(_quantity(other))))

    def _paid(self, node: Trace) -> str:
        if node.rule == "paid.not-sued":
            return self.say("not_sued")
        owes = self.outcome.parties[self.party].exposure_fen
        if not self.fen and not low_end(owes):
            return self.say("owes_none")
        has = self.case.party(self.party).assets_fen
        if has is not None and has == self.fen and has < high_end(owes):
            return self.say("assets", owes=amount(rounded(owes), self.lang))
        if abs(self.fen - high_end(owes)) < NEAR:
            key = "able_open" if has is None else "able"
            return self.say(key, owes=self.money(int(high_end(owes))))
        if node.rule not in TOGETHER:
            return ""
        return self.say("together", claim=self.money(self.outcome.claim_fen))

    def _received(self) -> str:
        claim = self.outcome.claim_fen
        if claim - self.fen < NEAR:
            return self.say("received_all", claim=self.money(claim))
        sued = [id for id in self.outcome.parties if self.case.party(id).sued]
        paid = {id: self.outcome.parties[id].paid_fen for id in sued}
        idle = [self.called[id] for id, fen in paid.items() if not low_end(fen) and high_end(fen)]
        if self.end is low_end and idle:
            return self.say("received_least", names=self.say("and").join(idle))
        return self.say("received", claim=self.money(claim))

    def open_facts(self) -> list[tuple[str, str]]:
        """List whose which fact the file does not say and this number hangs on."""
        grades = [(id, "grade") for id in self.branch.grades if self._matters()]
        node = self._node(self.key if self.party else "received")
        leaves = [
            (str(n.party or _owner(n)), n.key)
            for n in (node.walk() if node else ())
            if n.key in OPEN_FACTS and fact_kind(n, self.case) == "unknown"
        ]
        return list(dict.fromkeys([*grades, *leaves]))

    def _matters(self) -> bool:
        return len({b.fen(self.key, self.party) for b in self.branches.all}) > 1


def _quantity(node: Trace) -> Quantity:
    """Return the number that a step reached; weights, factors and amounts are never words."""
    value = node.value
    if value is None or isinstance(value, str | datetime.date):
        raise TypeError(f"{node.key} is no quantity")
    return value


def _child(node: Trace, key: str) -> Trace | None:
    return next((child for child in node.children if child.key == key), None)


def _owner(node: Trace) -> str:
    return (node.source or "").removeprefix("case:parties.").partition(".")[0]
