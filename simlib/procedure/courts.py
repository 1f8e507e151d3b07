"""Where she may sue: each ground of jurisdiction, and the one that is contested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simlib.procedure.grounds import defendants

if TYPE_CHECKING:
    from simlib.case.model import Case

BY_NETWORK = ("tech", "promotion")  # acts done through the network itself


@dataclass(frozen=True, slots=True)
class Court:
    """One place whose court may have jurisdiction.

    Attributes
    ----------
    key
        `defendant`, `act`, `result` or `prisoner`; named in `texts/*/procedure.toml`
    holds
        whether it has jurisdiction; None where the file or the law leaves it open
    cites, basis, contested
        on what authority, and whether that is contested
    """

    key: str
    holds: bool | None
    cites: tuple[str, ...]
    basis: str
    contested: bool = False


def courts(case: Case) -> tuple[Court, ...]:
    """Return the places whose courts may hear this suit.

    Her own home is the place of the result if the tort was one by network: plain for who gave
    technical help or promoted, contested for who lent a card or an account. It is the place for a
    suit against a prisoner too; whether a convict is in prison on the day of the suit no file says.

    References
    ----------
    civil-procedure-law:22, civil-procedure-law:23, civil-procedure-law:29,
    civil-procedure-interpretation:24, civil-procedure-interpretation:25

    Examples
    --------
    >>> from simlib import load_case
    >>> [(c.key, c.holds) for c in courts(load_case("2024-lu-0302-5690"))]
    [('defendant', True), ('act', True), ('result', None), ('prisoner', None)]
    """
    sued = defendants(case)
    network = bool(sued) and all(p.role != "helper" or p.act in BY_NETWORK for p in sued)
    convicts = {e.party for e in case.criminal if e.status == "effective" and e.sentence}
    jailed = None if any(p.id in convicts for p in sued) else False
    tort = "civil-procedure-law:29"
    interpretation = "judicial interpretation"
    return (
        Court("defendant", True, ("civil-procedure-law:22", tort), "law in force"),
        Court("act", True, (tort, "civil-procedure-interpretation:24"), "law in force"),
        Court("result", network or None,
              (tort, "civil-procedure-interpretation:24", "civil-procedure-interpretation:25"),
              interpretation, not network),
        Court("prisoner", jailed, ("civil-procedure-law:23",), "law in force"),
    )  # fmt: skip
