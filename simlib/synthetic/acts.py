"""Who did what in a generated chain: what led to the loss, and what came after it.

Without acts a later card would count as help with the fraud, which a card that only passes on
money already lost is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

LAYER = re.compile(r"k(\d)-")
BEFORE = {"tech": "tool", "promotion": "promotion"}  # the stage of services to the fraud


def acts(
    parties: Sequence[Mapping[str, object]], titles: Mapping[str, object]
) -> tuple[list[dict[str, object]], list[list[str]]]:
    """Return the acts of a chain's people, and the groups of acts that its loss needs.

    The fraud needs one technical service and one promotion, if there are any; the loss needs the
    fraud and a card of the first layer. A later card serves after the loss, once one of the layer
    before has received money.

    Parameters
    ----------
    parties
        the parties of the case; the cards' holders are called `k<layer>-…`
    titles
        stage → what readers call an act of it; `fraud` for the fraud
    """
    layers: dict[int, list[str]] = {}
    services: dict[str, list[str]] = {}
    for party in parties:
        id, act = str(party["id"]), str(party.get("act"))
        if layer := LAYER.match(id):
            layers.setdefault(int(layer[1]), []).append(id)
        elif act in BEFORE:
            services.setdefault(act, []).append(id)
    rows = [_row(id, BEFORE[act], titles, [], False) for act, ids in services.items() for id in ids]
    fraud = _row("principal", "contact", titles, [_ids(ids) for ids in services.values()], False)
    rows.append(fraud)
    last = max(layers)
    for depth, ids in layers.items():
        stage = "payment" if depth == 1 else "cash_out" if depth == last else "after"
        needs = [] if depth == 1 else [_ids(layers[depth - 1])]
        rows += [_row(id, stage, titles, needs, depth > 1) for id in ids]
    return rows, [[_act("principal")], _ids(layers[1])]


def _row(
    party: str, stage: str, titles: Mapping[str, object], needs: list[list[str]], late: bool
) -> dict[str, object]:
    row: dict[str, object] = {"id": _act(party), "party": party, "stage": stage}
    row["title"] = titles[stage]
    row |= {"needs": needs} if needs else {}
    return row | ({"after_loss": True} if late else {})


def _ids(parties: list[str]) -> list[str]:
    return [_act(party) for party in parties]


def _act(party: str) -> str:
    return f"act-{party}"
