"""The reasons for a solution, as a trace: each amount from the facts and articles it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.chain import came_steps
from simlib.interval import Interval, high_end, hull, low_end
from simlib.liability.grounds import form_step
from simlib.liability.reasons_after import After
from simlib.liability.reasons_paid import Payments
from simlib.liability.reasons_two import SpreadAgain, TwoLosses
from simlib.liability.titles import served_first_traces
from simlib.money import WEIGHT_UNITS
from simlib.trace import Trace, grouped

if TYPE_CHECKING:
    from simlib.liability.facts import Debtor
    from simlib.liability.setting import Setting
    from simlib.liability.solve import Solution


class Reasons:
    """Writes the nodes of one solution; what several nodes rest on is made once."""

    paying = Payments  # who writes the payments

    def __init__(self, setting: Setting, solution: Solution, cites: tuple[str, ...]) -> None:
        self.setting, self.solution, self.cites = setting, solution, cites
        self.ids = [d.id for d in setting.debtors]
        self.own = self._weights()
        self.weights = grouped("weights", self.own)
        self.spread_again, self.two_losses = SpreadAgain(self), TwoLosses(self)
        self.parts = [self._part(i) for i in range(len(self.ids))]
        self.shares = [self._share(i) for i in range(len(self.ids))]
        self.owed = self._owed()
        self.exposures: list[Trace | None] = [None] * len(self.ids)
        self.payments = self.paying(self)
        for rank in setting.ranks:  # what earlier rounds pay is what later exposures rest on
            group = [i for i, form in enumerate(setting.forms) if form.rank == rank]
            for i in group:
                self.exposures[i] = self._exposure(i)
            self.payments.write(group)

    def trace(self) -> Trace:
        """The whole outcome: claim, receipt, then share, exposure, payment, burden of each."""
        paid = self.payments.nodes
        received = Trace("received", self.solution.received, "fen", "received.sum", tuple(paid))
        steps, after = [received, self.setting.claim.open], After(self)
        for i in range(len(self.ids)):
            steps += [self.shares[i], self.exposures[i], paid[i], *after.steps(i)]
        return Trace("outcome", self.solution.received, "fen", "outcome", tuple(steps))

    def _weights(self) -> tuple[Trace, ...]:
        """The weights that shares are split by; the model's shares after its group step."""
        scored = [m for m in self.setting.measures if m is not None and m.key == "model_share"]
        if not scored:
            return tuple(self.setting.weights)
        minimum = Trace(
            "p_min", self.setting.regime.value("p_min"), "share", source="parameter:p_min"
        )
        rests = (grouped("model_shares", tuple(scored)), minimum)
        return tuple(
            Trace(
                "weight",
                _scaled(self.solution.units[i]),
                "share",
                "weight.rest" if d.principal else "weight.group",
                rests,
                party=d.id,
            )
            for i, d in enumerate(self.setting.debtors)
        )

    def _share(self, i: int) -> Trace:
        value, party = self.solution.share[i], self.ids[i]
        return Trace("share", value, "share", "share.of-weights", (self.weights,), party=party)

    def _part(self, i: int) -> Trace:
        damages, party = self.setting.claim.damages, self.ids[i]
        value, rests = self.solution.part[i], (damages, self.weights)
        if not self.setting.has("hybrid"):
            return Trace("part", value, "fen", "split", rests, party=party)
        kinds = (self.two_losses.economic, self.two_losses.other)
        return Trace("part", value, "fen", "part.two-losses", (*kinds, self.weights), party=party)

    def before(self, i: int) -> tuple[Trace, ...]:
        """What he paid before, if anything."""
        amount, rests = self.solution.before[i], (self.setting.claim.recovered,)
        if not high_end(amount):
            return ()
        return (Trace("before", amount, "fen", "before.recovered", rests, party=self.ids[i]),)

    def released(self, i: int) -> Trace:
        """That the claimant released him."""
        debtor = self.setting.debtors[i]
        of = debtor.party if debtor.party.released else debtor.payer
        source = f"case:parties.{of.id}.released"
        return Trace("released", True, "flag", source=source, party=debtor.id)

    def assets(self, i: int) -> Trace:
        """What can be collected from him, once other victims' restitution is served."""
        debtor, case = self.setting.debtors[i], self.setting.case
        ward = debtor.payer is not debtor.party and debtor.party.minor
        payers = [debtor.payer, debtor.party] if ward else [debtor.payer]
        own = [
            Trace("assets", p.assets_fen, "fen", source=f"case:parties.{p.id}.assets_fen")
            for p in payers
        ]
        ahead = served_first_traces(case, [p.id for p in payers], "others_restitution")
        if len(own) == 1 and (not ahead or debtor.assets is None):
            return own[0]
        return Trace(
            "available",
            debtor.assets,
            "fen",
            "available.less-restitution",
            (*own, *ahead),
            cites=("property-enforcement-rules:13",),
        )

    def _owed(self) -> Trace:
        """The claim, less what the claimant gave up with a debtor she released."""
        claim = self.setting.claim.open
        given = tuple(
            Trace(
                "given_up",
                hull([max(0, end(self.solution.part[i]) - other(self.solution.before[i]))
                      for end, other in ((low_end, high_end), (high_end, low_end))]),
                "fen",
                "given_up.part",
                (self.parts[i], *self.before(i)),
                party=d.id,
                cites=("civil-code:520(2)",),
            )
            for i, d in enumerate(self.setting.debtors)
            if d.released
        )  # fmt: skip
        if not given:
            return claim
        value, cites = self.solution.owed, ("civil-code:520(2)",)
        return Trace("owed", value, "fen", "owed.less-released", (claim, *given), cites=cites)

    def _exposure(self, i: int) -> Trace:
        setting, form, debtor = self.setting, self.setting.forms[i], self.setting.debtors[i]
        value, party = self.solution.exposure[i], self.ids[i]
        step = form_step(setting, i, self.cites)
        if debtor.released:
            rests = (step, self.released(i))
            return Trace("exposure", 0, "fen", "exposure.released", rests, party=party)
        children = [step, *self._rests(i), *self.before(i), self.owed]
        if form.measure in ("rest", "limited_rest"):
            children.append(self.payments.earlier(form.rank))
        if debtor.flow_cap is not None:
            children.append(self._flow_cap(debtor))
        rule = f"exposure.{form.measure}"
        return Trace("exposure", value, "fen", rule, tuple(children), party=party)

    def _flow_cap(self, debtor: Debtor) -> Trace:
        """What of her money came into his accounts: as listed, or as a tracing rule has it."""
        setting, cap, party = self.setting, debtor.flow_cap, debtor.id
        steps = came_steps(setting.case, debtor.party.id, setting.rules["tracing"])
        if not steps:
            return Trace("flow_cap", cap, "fen", source="case:transfers", party=party)
        below = (*steps, setting.claim.damages.children[-1])
        return Trace("flow_cap", cap, "fen", "flow_cap.traced", below, party=party)

    def _rests(self, i: int) -> tuple[Trace, ...]:
        """What the form measures for this debtor."""
        form, measure = self.setting.forms[i], self.setting.measures[i]
        if form.measure in ("share", "score"):
            return (self.parts[i],)
        if form.measure == "threshold":
            theta = self.setting.rules["threshold"]
            leaf = Trace("theta", theta, "share", source="parameter:rules.threshold")
            return self.shares[i], leaf, self.parts[i]
        if form.measure == "realloc":
            return self.spread_again.rests(i)
        if form.measure == "hybrid":
            return self.two_losses.rests(i)
        return () if measure is None else (measure,)


def _scaled(units: object) -> object:
    low, high = low_end(units) / WEIGHT_UNITS, high_end(units) / WEIGHT_UNITS
    return low if low == high else Interval(low, high)
