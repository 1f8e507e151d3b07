"""Who answers for another: the guardian for a minor (1188), the employer for his man (1191).

Only where the law itself assigns liability (`auto`). Whoever answers stands in the other's place,
with the other's act, fault, share and part payments, and is himself sued or not; a minor's own
property counts with the guardian's.
"""

from __future__ import annotations

from dataclasses import replace

from reference.facts import Facts, Refused, Who


def answered(facts: Facts) -> tuple[Facts, list[str]]:
    """The facts with everyone who answers in the place of whom he answers for; and the latter."""
    for who in facts.liable:
        if who.minor and who.answered_by is None:
            raise Refused(f"nobody answers for the minor {who.id}")
    everyone = {w.id: w for w in (*facts.liable, *facts.others)}
    wards = [w for w in facts.liable if w.answered_by is not None]
    names = [w.answered_by for w in wards]
    if len(set(names)) < len(names) or {w.id for w in facts.liable} & set(names):
        raise Refused("he answers twice")
    liable = tuple(
        w if w.answered_by is None else in_place(w, everyone[w.answered_by]) for w in facts.liable
    )
    return replace(facts, liable=liable), [w.id for w in wards]


def in_place(ward: Who, other: Who) -> Who:
    """The other, standing in the place of his ward or his man."""
    purse = together(ward.assets, other.assets) if ward.minor else other.assets
    purses = (*ward.purses, *other.purses) if ward.minor else other.purses
    limit = other.limit if ward.minor and ward.principal else ward.limit
    return replace(
        ward, id=other.id, assets=purse, purses=purses, sued=other.sued, limit=limit, answers=True,
        released=ward.released or other.released, before=ward.before + other.before,
        minor=False, answered_by=None, guards=ward.minor, names=(*ward.names, *other.names),
    )  # fmt: skip


def together(own: int | None, others: int | None) -> int | None:
    """Two purses as one; None is without limit."""
    return None if own is None or others is None else own + others
