"""The reasons for a solution, as a trace: each amount from the facts and articles it rests on."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from simlib.interval import Interval, high_end, low_end
from simlib.liability.collection import respread
from simlib.liability.forms import CAPPED_JOINT
from simlib.money import WEIGHT_UNITS
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Solution

SEVERAL_CITES = ("civil-code:1165", "civil-code:1172")
JOINT_CITES = {
    "knowing": ("civil-code:1169", "civil-code:178"),
    "concert": ("civil-code:1168", "civil-code:178"),
}


class Reasons:
    """Writes the nodes of one solution; nodes that several others rest on are made once."""

    def __init__(self, setting: Setting, solution: Solution, cites: tuple[str, ...]) -> None:
        self.setting, self.solution, self.cites = setting, solution, cites
        self.ids = [d.id for d in setting.debtors]
        self.weights = self._weights()
        self.exposures: list[Trace | None] = [None] * len(self.ids)
        # principals first: what they pay is what some helpers' exposures rest on
        for i in sorted(range(len(self.ids)), key=lambda i: not setting.debtors[i].principal):
            self.exposures[i] = self._exposure(i)
        self.paid = self._paid()

    def trace(self) -> Trace:
        """The whole outcome: claim, receipt, then share, exposure, payment, burden of each."""
        received = Trace(
            "received", self.solution.received, "fen", "received.sum", tuple(self.paid)
        )
        steps = [received, self.setting.claim.open]
        for i, party in enumerate(self.ids):
            steps += [self._share(i), self.exposures[i], self.paid[i]]
            steps += self._afterwards(i, party)
        return Trace("outcome", self.solution.received, "fen", "outcome", tuple(steps))

    def _weights(self) -> tuple[Trace, ...]:
        """The weights that shares are split by; the model's shares after its group step."""
        scored = [m for m in self.setting.measures if m is not None and m.key == "model_share"]
        if not scored:
            return tuple(self.setting.weights)
        minimum = Trace(
            "p_min", self.setting.regime.value("p_min"), "share", source="parameter:p_min"
        )
        return tuple(
            Trace(
                "weight",
                _scaled(self.solution.units[i]),
                "share",
                "weight.rest" if d.principal else "weight.group",
                (*scored, minimum),
                party=d.id,
            )
            for i, d in enumerate(self.setting.debtors)
        )

    def _share(self, i: int) -> Trace:
        return Trace(
            "share",
            self.solution.share[i],
            "share",
            "share.of-weights",
            self.weights,
            party=self.ids[i],
        )

    def _part(self, i: int) -> Trace:
        return Trace(
            "part",
            self.solution.part[i],
            "fen",
            "split",
            (self.setting.claim.damages, *self.weights),
            party=self.ids[i],
        )

    def _before(self, i: int) -> tuple[Trace, ...]:
        amount = self.setting.before[i]
        if not amount:
            return ()
        return (
            Trace(
                "before",
                amount,
                "fen",
                "before.recovered",
                (self.setting.claim.recovered,),
                party=self.ids[i],
            ),
        )

    def _form(self, i: int) -> Trace:
        debtor, form = self.setting.debtors[i], self.setting.forms[i]
        rule = (
            "form.principal"
            if debtor.principal
            else ("form.by-grade" if self.setting.mode == "auto" else "form.chosen")
        )
        return Trace(
            "form",
            form.key,
            "mode",
            rule,
            (debtor.grade,),
            party=debtor.id,
            cites=self._form_cites(i),
        )

    def _form_cites(self, i: int) -> tuple[str, ...]:
        debtor, form = self.setting.debtors[i], self.setting.forms[i]
        if self.setting.mode not in ("auto", "joint", "several"):
            return self.cites
        if form.key == "several":
            return SEVERAL_CITES
        if debtor.principal:
            return ("civil-code:1165", "civil-code:178")
        return JOINT_CITES.get(debtor.grade.value, JOINT_CITES["knowing"])

    def _exposure(self, i: int) -> Trace:
        setting, form = self.setting, self.setting.forms[i]
        measure = setting.measures[i]
        if form.measure in ("share", "score"):
            rests = (self._part(i),)
        else:
            rests = () if measure is None else (measure,)
        children = [self._form(i), *rests, *self._before(i), setting.claim.open]
        if form.measure in ("rest", "limited_rest"):
            children.append(self._by_principals())
        cap = setting.debtors[i].flow_cap
        if cap is not None:
            children.append(
                Trace("flow_cap", cap, "fen", source="case:transfers", party=self.ids[i])
            )
        return Trace(
            "exposure",
            self.solution.exposure[i],
            "fen",
            f"exposure.{form.measure}",
            tuple(children),
            party=self.ids[i],
        )

    def _by_principals(self) -> Trace:
        """What principals pay first: each up to his exposure and his assets, together the claim."""
        payers = [i for i, d in enumerate(self.setting.debtors) if d.principal and d.sued]
        paid = [self.solution.paid[i] for i in payers]
        low, high = sum(map(low_end, paid)), sum(map(high_end, paid))
        rests = [node for i in payers for node in (self.exposures[i], self._assets(i))]
        return Trace(
            "principals_paid",
            low if low == high else Interval(low, high),
            "fen",
            "principals_paid",
            (self.setting.claim.open, *rests),
        )

    def _assets(self, i: int) -> Trace:
        debtor = self.setting.debtors[i]
        source = f"case:parties.{debtor.id}.assets_fen"
        return Trace("assets", debtor.assets, "fen", source=source)

    def _paid(self) -> list[Trace]:
        """Payments: capped ones first, since what they leave is what the others split."""
        nodes: list[Trace | None] = [None] * len(self.ids)
        for i in range(len(self.ids)):
            nodes[i] = self._capped_payment(i)
        for i, node in enumerate(nodes):
            if node is None:
                nodes[i] = self._split_payment(i, nodes)
        return nodes

    def _capped_payment(self, i: int) -> Trace | None:
        debtor, amount, exposure = self.setting.debtors[i], self.solution.paid[i], self.exposures[i]
        if not debtor.sued:
            sued = Trace("sued", False, "flag", source=f"case:parties.{debtor.id}.sued")
            return Trace("paid", 0, "fen", "paid.not-sued", (sued,), party=debtor.id)
        open_ = isinstance(amount, Interval) or isinstance(exposure.value, Interval)
        cap = (
            exposure.value if debtor.assets is None or open_ else min(exposure.value, debtor.assets)
        )
        if not open_ and amount < cap:
            return None
        rule = "paid.open" if open_ else "paid.up-to-cap"
        return Trace("paid", amount, "fen", rule, (exposure, self._assets(i)), party=debtor.id)

    def _split_payment(self, i: int, nodes: list) -> Trace:
        debtor, mode = self.setting.debtors[i], self.setting.mode
        limited = self.setting.principals_first and mode in CAPPED_JOINT and not debtor.principal
        rules = [("partial_payment", "outer"), ("caps", "stack")]
        turned = limited and any(self.setting.rules[name] != usual for name, usual in rules)
        among = [
            k
            for k in self._with_me(i)
            if k == i or nodes[k] is None or nodes[k].rule == "paid.split"
        ]
        if turned or not all(self.solution.units[k] for k in among):
            return Trace(
                "paid",
                self.solution.paid[i],
                "fen",
                "paid.by-rule",
                (self.exposures[i], self.setting.claim.open),
                party=debtor.id,
            )
        shared = Trace(
            "to_share",
            sum(self.solution.paid[k] for k in among),
            "fen",
            "to_share",
            (self.setting.claim.open, *(n for k, n in enumerate(nodes) if n and k not in among)),
        )
        return Trace(
            "paid",
            self.solution.paid[i],
            "fen",
            "paid.split",
            (shared, *(self.weights[k] for k in among)),
            party=debtor.id,
        )

    def _with_me(self, i: int) -> list[int]:
        """The sued debtors who pay in the same round."""
        debtors, first = self.setting.debtors, self.setting.principals_first
        return [
            k
            for k, d in enumerate(debtors)
            if d.sued and (not first or d.principal == debtors[i].principal)
        ]

    def _afterwards(self, i: int, party: str) -> list[Trace]:
        solution = self.solution
        burden = self._burden(i)
        done = (burden, self.paid[i], *self._before(i))
        steps = [burden, Trace("short", solution.short[i], "fen", "short", done, party=party)]
        for j, amount in enumerate(solution.recourse[i]):
            if high_end(amount):
                steps.append(
                    Trace(
                        f"recourse_{self.ids[j]}",
                        amount,
                        "fen",
                        "recourse",
                        done,
                        party=party,
                        cites=("civil-code:178", "civil-code:519"),
                    )
                )
        return steps

    def _burden(self, i: int) -> Trace:
        setting = self.setting
        if any(form.measure == "nothing" for form in setting.forms):
            return Trace(
                "burden", 0, "fen", "burden.dismissed", (self._form(i),), party=self.ids[i]
            )
        joint = [form.joint for form in setting.forms]
        broke = [d.assets == 0 for d in setting.debtors]
        open_ = any(
            isinstance(u, Interval) for u in (*self.solution.units, self.solution.burden[i])
        )
        if open_ or not any(j and b for j, b in zip(joint, broke, strict=True)):
            return Trace(
                "burden",
                self.solution.burden[i],
                "fen",
                "split",
                (setting.claim.damages, *self.weights),
                party=self.ids[i],
            )
        after = respread(self.solution.units, joint, broke)
        weights = tuple(
            Trace(
                "weight_after",
                Fraction(w, sum(after)),
                "share",
                "weight.respread",
                self.weights,
                party=d,
                cites=("civil-code:519",),
            )
            for w, d in zip(after, self.ids, strict=True)
        )
        return Trace(
            "burden",
            self.solution.burden[i],
            "fen",
            "split.respread",
            (setting.claim.damages, *weights),
            party=self.ids[i],
            cites=("civil-code:519",),
        )


def _scaled(units: object) -> object:
    low, high = low_end(units) / WEIGHT_UNITS, high_end(units) / WEIGHT_UNITS
    return low if low == high else Interval(low, high)
