"""The reasons for a solution, as a trace: each amount from the facts and articles it rests on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from simlib.interval import FenRange, Interval, Quantity, added, at_ends, high_end, hull, low_end
from simlib.law.authority import authority
from simlib.liability.after_payment import After
from simlib.liability.assets import answering_with, purses_of
from simlib.liability.grounds import form_step
from simlib.liability.restitution_orders import open_to_others_traces
from simlib.liability.unknown_facts import fineness
from simlib.money import WEIGHT_UNITS, reach_cap
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.case.model import Case, Party
    from simlib.law.modes import ModeLaw
    from simlib.liability.forms.base import Form
    from simlib.liability.records import Purse, Setting, Solution
    from simlib.money import Fen


T = TypeVar("T")


class Reasons:
    """Writes the nodes of one solution; what several nodes rest on is made once.

    Attributes
    ----------
    ids
        who each debtor is
    own, weights
        each one's weight, and all of them with their sum
    damages, claim, owed
        the damages, what of them is open, and what of that is owed
    parts, dues, shares, forms, exposures
        the steps of these, one a debtor; a due is what own fault leaves of a part against him; an
        exposure is None until its round is written
    """

    def __init__(self, setting: Setting, solution: Solution, law: ModeLaw) -> None:
        self.setting, self.solution = setting, solution
        self.ids = [d.id for d in setting.debtors]
        everybody = range(len(self.ids))
        self._kept: dict[object, object] = {}
        self._released: dict[int, Trace] = {}
        self.damages: Trace = setting.claim.damages.step
        self.claim = _claim(setting)
        self.own, self.own_values = self._weights()
        self.weights: Trace = grouped("weights", self.own)
        self.parts = [setting.leading.part_step(self, i) for i in everybody]
        self.dues = [
            setting.facts.due_step(d, p) for d, p in zip(setting.debtors, self.parts, strict=True)
        ]
        self.shares = [self._share(i) for i in everybody]
        self.owed = self._owed()
        self.forms = [form_step(setting, i, law) for i in everybody]
        self.exposures: list[Trace | None] = [None for _ in everybody]
        self.payments = self.paying()
        # what earlier rounds pay is what later exposures rest on
        for group in setting.rounds.values():
            for i in group:
                self.exposures[i] = self._exposure(i)
            self.payments.write(group)

    def paying(self) -> Payments:
        """Return the writer of payments."""
        return Payments(self)

    def once(self, make: Callable[[Reasons], T]) -> T:
        """Return what several steps of one form share, made when first asked for."""
        if make not in self._kept:
            self._kept[make] = make(self)
        return cast(T, self._kept[make])  # each entry was made by what it is kept under

    def amount(
        self, key: str, value: FenRange, rule: str, rests: Sequence[Trace], i: int
    ) -> Trace[FenRange]:
        """Write a step that reaches an amount of one debtor."""
        return Trace(key, value, "fen", rule, tuple(rests), party=self.ids[i])

    def paid(self, i: int) -> Trace:
        """Return what a debtor pays, once his round is written."""
        return self.payments.node(i)

    def trace(self) -> Trace:
        """The whole outcome: claim, receipt, then share, exposure, payment, burden of each."""
        paid = [self.payments.node(i) for i in range(len(self.ids))]
        received = Trace("received", self.solution.received, "fen", "received.sum", tuple(paid))
        steps: list[Trace] = [received, self.claim]
        after = After(self)
        for i in range(len(self.ids)):
            steps += [self.shares[i], self.exposure(i), paid[i], *after.steps(i)]
        return Trace("outcome", self.solution.received, "fen", "outcome", tuple(steps))

    def _weights(self) -> tuple[tuple[Trace[Quantity], ...], list[Quantity]]:
        """Return the weights that shares are split by; the model's shares after its group step."""
        setting = self.setting
        if any(form.fixes_share for form in setting.forms):
            return self._weights_by_court()
        if not setting.assessed:
            weights = setting.weights
            return tuple(w.step for w in weights), [w.value for w in weights]
        minimum = Trace("p_min", setting.regime.value("p_min"), "share", source="parameter:p_min")
        scores = tuple(assessment.trace for assessment in setting.assessed.values())
        rests = (grouped("model_shares", scores), minimum)
        values = self._scaled()
        nodes: tuple[Trace[Quantity], ...] = tuple(
            Trace(
                "weight",
                value,
                "share",
                "weight.rest" if d.principal else "weight.group",
                rests,
                party=d.id,
            )
            for d, value in zip(setting.debtors, values, strict=True)
        )
        return nodes, values

    def _weights_by_court(self) -> tuple[tuple[Trace[Quantity], ...], list[Quantity]]:
        """Return helpers' weights as a court set them, and what these leave to the principals."""
        setting, values = self.setting, self._scaled()
        measures = tuple(m.step for m in setting.measures if m is not None)
        nodes: list[Trace[Quantity]] = []
        for i, (d, value, measure) in enumerate(
            zip(setting.debtors, values, setting.measures, strict=True)
        ):
            if setting.forms[i].outside:
                nodes.append(setting.weights[i].step)
                continue
            rule = "weight.rest-of-court" if measure is None else "weight.court"
            rests = (
                *(measures if measure is None else (measure.step,)),
                setting.facts.fault_step(d),
            )
            nodes.append(Trace("weight", value, "share", rule, rests, party=d.id))
        return tuple(nodes), values

    def _scaled(self) -> list[Quantity]:
        """Return everybody's weight as a part of 1."""
        one = WEIGHT_UNITS * fineness(self.setting.forms, len(self.setting.heads))
        return [hull([low_end(u) / one, high_end(u) / one]) for u in self.solution.units]

    def _share(self, i: int) -> Trace:
        value, party = self.solution.share[i], self.ids[i]
        return Trace("share", value, "share", "share.of-weights", (self.weights,), party=party)

    def due_damages(self, i: int) -> Trace:
        """Return what own fault leaves of the damages against a debtor."""
        return self.setting.facts.due_step(self.setting.debtors[i], self.damages)

    def before(self, i: int) -> tuple[Trace, ...]:
        """Return what he paid before, if anything."""
        amount, rests = self.solution.before[i], (self.setting.claim.recovered.step,)
        if not high_end(amount):
            return ()
        return (Trace("before", amount, "fen", "before.recovered", rests, party=self.ids[i]),)

    def exposure(self, i: int) -> Trace:
        """Return what the claimant can ask of a debtor, once his round is written."""
        step = self.exposures[i]
        if step is None:
            raise ValueError("this round is not written yet")
        return step

    def released(self, i: int) -> Trace:
        """Write that the claimant released him."""
        debtor = self.setting.debtors[i]
        of = debtor.party if debtor.party.released else debtor.payer
        source = f"case:parties.{of.id}.released"
        return Trace("released", True, "flag", source=source, party=debtor.id)

    def assets(self, i: int) -> Trace:
        """Return what is left of his assets once other victims' restitution is served."""
        return assets_step(self.setting, i)

    def to_carry(self, i: int) -> Trace:
        """Return what of his assets he can carry burdens from."""
        return self.assets(i)

    def means_to_carry(self, i: int, owed: FenRange, step: Trace) -> Trace:
        """Return what of an amount he owes here can be met from what he can carry burdens from."""
        return self.means(i, owed, step)

    def able_to(self, i: int, before: FenRange, outer: FenRange, owed: FenRange) -> FenRange:
        """Return what he has and paid before, up to the most he could be held to."""
        debtor = self.setting.debtors[i]
        ends = (low_end, high_end)
        return hull([debtor.able_to(end(before), end(outer), end(owed)) for end in ends])

    def means(self, i: int, owed: FenRange, step: Trace) -> Trace:
        """Return what can be collected from him of what he owes here.

        In proportion to it and to others' restitution, where the judgment ranks with that; `step`
        is the step of what he owes.
        """
        debtor = self.setting.debtors[i]
        if not debtor.purses:
            return self.assets(i)
        payers = answering_with(debtor.party, debtor.payer)
        parts = [
            self._part(p, own, owed, step) for p, own in zip(payers, debtor.purses, strict=True)
        ]
        if len(parts) == 1:
            return parts[0]
        value = at_ends(debtor.collectable, owed)
        return Trace("available", value, "fen", "available.with-ward", (step, *parts))

    def _part(self, payer: Party, own: Purse[Fen], owed: FenRange, step: Trace) -> Trace:
        """Return what of one person's assets falls to this judgment beside others' restitution."""
        others = open_to_others_traces(self.setting.case, [payer.id], "others_restitution")
        value, rule = at_ends(own.part_of, owed), "available.in-proportion"
        rests = (_assets(payer), step, *others)
        cites = authority("assets", self.setting.case, "restitution")
        return Trace("available", value, "fen", rule, rests, party=payer.id, cites=cites)

    def _owed(self) -> Trace:
        """Return the claim, less what the claimant gave up with a debtor she released."""
        claim = self.claim
        given = tuple(
            Trace(
                "given_up",
                hull([max(0, end(self.solution.due[i]) - other(self.solution.before[i]))
                      for end, other in ((low_end, high_end), (high_end, low_end))]),
                "fen",
                "given_up.part",
                (self.dues[i], *self.before(i)),
                party=self.ids[i],
                cites=authority("release", self.setting.case),
            )
            for i in self.setting.given_up
        )  # fmt: skip
        if not given:
            return claim
        value, cites = self.solution.owed, authority("release", self.setting.case)
        return Trace("owed", value, "fen", "owed.less-released", (claim, *given), cites=cites)

    def _exposure(self, i: int) -> Trace:
        form, debtor = self.setting.forms[i], self.setting.debtors[i]
        if debtor.released:
            self._released[i] = self.released(i)
            return self.amount(
                "exposure", 0, "exposure.released", (self.forms[i], self._released[i]), i
            )
        rests = [self.forms[i], *form.rests(self, i), *self.before(i), self.owed]
        if form.leftover:
            rests.append(self.payments.earlier(form))
        if debtor.own_part is not None:
            rests.append(self.own_part(i, debtor.own_part))
        value, rule = self.solution.exposure[i], f"exposure.{form.measure}"
        return self.amount("exposure", value, rule, rests, i)

    def release_of(self, i: int) -> Trace:
        """Return the release that a debtor's exposure rests on."""
        return self._released[i]

    def own_part(self, i: int, cap: Fen) -> Trace:
        """Write what a debtor answers for, where that caps what he owes of a loss left whole."""
        return Trace("answers_for", cap, "fen", source="case:transfers", party=self.ids[i])


def _claim(setting: Setting) -> Trace:
    """Write the claim; that a payment frees the other debtors is the article of joint ones."""
    step = setting.claim.open.step
    return step if any(form.joint for form in setting.forms) else replace(step, cites=())


def _cleared(case: Case, party: Party) -> Trace:
    """Return what is left of one person's assets once other victims' restitution is served."""
    own = purses_of(case, (party,))
    ahead = open_to_others_traces(case, (party.id,), "others_restitution")
    if not ahead or not own:
        return _assets(party)
    rests, rule = (_assets(party), *ahead), "available.less-restitution"
    cites = authority("assets", case, "restitution")
    return Trace("available", own[0].cleared, "fen", rule, rests, cites=cites)


def _assets(party: Party) -> Trace:
    return Trace("assets", party.assets_fen, "fen", source=f"case:parties.{party.id}.assets_fen")


def assets_step(setting: Setting, i: int) -> Trace:
    """Return what is left of a debtor's assets once other victims' restitution is served."""
    debtor = setting.debtors[i]
    payers = answering_with(debtor.party, debtor.payer)
    parts = tuple(_cleared(setting.case, p) for p in payers)
    if len(parts) == 1:
        return parts[0]
    return Trace("available", debtor.cleared, "fen", "available.added", parts)


class Payments:
    """The payment nodes of one solution, written round by round."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons = reasons
        self.nodes: list[Trace | None] = [None] * len(reasons.ids)

    def write(self, group: list[int]) -> None:
        """One round: capped payments first, since what they leave is what the others split."""
        by_rounding = self._lifted(group)
        for i in group:
            self.nodes[i] = None if i in by_rounding else self._capped(i)
        splitting = [i for i in group if self.nodes[i] is None]
        if not splitting:
            return
        shared, weights = self._to_share(splitting), self._among(splitting)
        for i in splitting:
            self.nodes[i] = self._split(i, splitting, shared, weights)

    def node(self, i: int) -> Trace:
        """Return what a debtor pays, once his round is written."""
        node = self.nodes[i]
        if node is None:
            raise ValueError("this round is not written yet")
        return node

    def earlier(self, later: Form) -> Trace:
        """Return what those pay behind whom a later form stands: in second line, principals."""
        setting = self.reasons.setting
        places = [i for i, form in enumerate(setting.forms) if form.rank < later.rank]
        if later.second_line:
            places = [i for i in places if setting.debtors[i].principal]
        value = added(self.reasons.solution.paid[i] for i in places)
        nodes = tuple(self.node(i) for i in places)
        return Trace("principals_paid", value, "fen", "principals_paid", nodes)

    def _lifted(self, group: list[int]) -> set[int]:
        """Those whose part the largest remainder lifts to their cap: they split with the others."""
        solution, setting = self.reasons.solution, self.reasons.setting
        sued = [i for i in group if setting.debtors[i].sued]
        sides = (
            [solution.paid[i] for i in sued],
            [self._pays_by(i) for i in sued],
            [self._cap(i) for i in sued],
        )
        if any(isinstance(x, Interval) for side in sides for x in side):
            return set()
        paid, units, caps = ([low_end(x) for x in side] for side in sides)
        full = reach_cap(sum(paid), caps, units)
        return {
            i
            for k, (i, amount, cap) in enumerate(zip(sued, paid, caps, strict=True))
            if amount == cap and cap and k not in full
        }

    def _pays_by(self, i: int) -> FenRange:
        """Return what he pays in proportion to: his share, or, outside the loss, what he owes."""
        solution = self.reasons.solution
        return (solution.exposure if self.reasons.setting.forms[i].outside else solution.units)[i]

    def _cap(self, i: int) -> FenRange:
        owes = self.reasons.solution.exposure[i]
        debtor = self.reasons.setting.debtors[i]
        return owes if isinstance(owes, Interval) else debtor.collectable(owes)

    def _capped(self, i: int) -> Trace | None:
        reasons = self.reasons
        debtor, amount = reasons.setting.debtors[i], reasons.solution.paid[i]
        if not debtor.sued:
            source = f"case:parties.{debtor.id}.sued"
            leaf = Trace("sued", False, "flag", source=source)
            return Trace("paid", 0, "fen", "paid.not-sued", (leaf,), party=debtor.id)
        cap = self._cap(i)
        open_ = isinstance(amount, Interval) or isinstance(cap, Interval)
        if not open_ and low_end(amount) < low_end(cap):
            return None
        rule = "paid.open" if open_ else "paid.up-to-cap"
        exposure = reasons.exposure(i)
        rests = (exposure, reasons.means(i, reasons.solution.exposure[i], exposure))
        return Trace("paid", amount, "fen", rule, rests, party=debtor.id)

    def _to_share(self, splitting: list[int]) -> Trace:
        others = (n for k, n in enumerate(self.nodes) if n and k not in splitting)
        amount = sum(low_end(self.reasons.solution.paid[k]) for k in splitting)  # none is open
        return Trace("to_share", amount, "fen", "to_share", (self.reasons.owed, *others))

    def _among(self, splitting: list[int]) -> Trace:
        return grouped("weights", tuple(self.reasons.own[k] for k in splitting))

    def _split(self, i: int, splitting: list[int], shared: Trace, weights: Trace) -> Trace:
        reasons = self.reasons
        amount, party = reasons.solution.paid[i], reasons.ids[i]
        if self._by_rule(i) or not all(low_end(reasons.own_values[k]) for k in splitting):
            rests = (reasons.exposure(i), reasons.owed)
            return Trace("paid", amount, "fen", "paid.by-rule", rests, party=party)
        return Trace("paid", amount, "fen", "paid.split", (shared, weights), party=party)

    def _by_rule(self, i: int) -> bool:
        """Whether a rule on part payments or several limits, or one of the form's, shapes it."""
        setting = self.reasons.setting
        form, rules = setting.forms[i], setting.rules
        turned = rules["partial_payment"] != "outer" or rules["caps"] != "stack"
        return form.by_rule or form.outside or (form.capped and turned)
