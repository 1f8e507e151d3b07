"""Drawn facts for the trials of the model: helpers with every fact known, and cases of one each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from simlib.case.model import Account, Case, Party, Transfer
from simlib.interval import ShareRange, low_end
from simlib.riskbenefit.acts import ACTS
from simlib.riskbenefit.model import assess
from simlib.riskbenefit.reforms import REFORMS

if TYPE_CHECKING:
    from simlib.law.regime import Regime
    from simlib.riskbenefit.model import Assessment


@dataclass(frozen=True, slots=True)
class Draw:
    """One helper's facts, all known. Amounts in fen, the rest in [0, 1]."""

    act: str
    gain: int
    loss: int
    foresight: float
    control: float
    cause: float
    fault: float = 0.8

    def party(self, id: str = "helper") -> Party:
        """Return the helper as a party of a case."""
        return Party.model_construct(
            id=id,
            role="helper",
            act=self.act,
            fault=self.fault,
            causal_force=self.cause,
            gain_direct_fen=self.gain,
            foresight=self.foresight,
            control=self.control,
        )

    def facts(self, **more: object) -> dict[str, object]:
        """Return the facts as plain data, with what came of them."""
        names = ("act", "gain", "loss", "foresight", "control", "cause", "fault")
        return {name: getattr(self, name) for name in names} | more


def known(value: ShareRange) -> float:
    """Return a number the model makes of a draw, whose facts are all known."""
    return float(low_end(value))


@dataclass(frozen=True, slots=True)
class World:
    """What a demand is tried in: the form, the parameters, and the drawn facts."""

    aggregator: str
    regime: Regime
    draws: tuple[Draw, ...]
    seed: int

    def share(self, draw: Draw, id: str = "helper", regime: Regime | None = None) -> float:
        """Return a helper's share, before the group step."""
        return known(self.scored(draw, id, regime).share)

    def scored(self, draw: Draw, id: str = "helper", regime: Regime | None = None) -> Assessment:
        """Return what the model makes of a helper whose money ran through no listed account."""
        party = draw.party(id)
        return self.on_case(party, case_of(draw.loss, party), regime)

    def on_case(self, party: Party, case: Case, regime: Regime | None = None) -> Assessment:
        """Return what the model makes of a party of a case."""
        return assess(party, case, self.aggregator, regime or self.regime, REFORMS)

    def groups(self) -> Iterator[tuple[Draw, ...]]:
        """Yield the draws, four at a time, as helpers of one case."""
        for n in range(0, len(self.draws) - 3, 4):
            group = self.draws[n : n + 4]
            yield tuple(replace(d, loss=group[0].loss) for d in group)


def helper(random: Random) -> Draw:
    """Return one helper's facts."""
    loss = random.randrange(10_000, 100_000_001, 100)
    gain = random.randrange(100, max(200, loss // 5), 100)
    scores = [round(random.uniform(0.05, 1), 2) for _ in range(3)]
    return Draw(random.choice(ACTS), gain, loss, *scores)


def case_of(loss: int, party: Party, cards: tuple[tuple[int, int], ...] = ()) -> Case:
    """A case of one helper; `cards` are (what the claimant paid in, all that came in) [fen]."""
    accounts = tuple(
        Account.model_construct(id=f"card-{n}", holder=party.id, inflow_fen=inflow)
        for n, (_, inflow) in enumerate(cards)
    )
    transfers = tuple(
        Transfer.model_construct(id=f"t{n}", payer="victim", payee=f"card-{n}", amount_fen=paid)
        for n, (paid, _) in enumerate(cards)
    )
    return Case.model_construct(
        id="drawn",
        claimant="victim",
        loss_fen=loss,
        parties=(party,),
        accounts=accounts,
        transfers=transfers,
    )
