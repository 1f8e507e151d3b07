"""A case read once: what absence means, who is liable, which rule gives the shares."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import prod

from reference import flows
from reference.amounts import half_up, number, root

DEFAULTS = {
    "partial_payment": "outer", "caps": "stack", "share": "auto", "deduction": "liability_first",
    "victim_fault": "negligent", "after_loss": "outside", "pieces": "on",
    "gross": "several", "risk_benefit_as": "several",
    "aggregator": "geometric", "benefit": "own", "threshold": 0.5, "operator": "several",
    "rb_base": "on", "rb_cap": "on", "rb_exemption": "on", "tracing": "timestamp",
    "principals": "whole", "principal_recourse": "none", "unknown_shares": "open",
    "flow_cap": "below_concert",
    "after_restitution": "other_debts",
}  # fmt: skip
BANDS = {
    "none": (0, 0),
    "slight": (0, 0.4),
    "gross": (0.4, 0.7),
    "knowing": (0.7, 1),
    "concert": (1, 1),
}
STANDARD = 0.75  # teaching assumption: the standard of proof as a number
ELEMENTS = ("act", "damage", "fault", "causation")
CARD = ("payment", "account")  # the acts of help that money passes through
ON_PURPOSE = ("knowing", "concert")
FOREIGN = ("reallocation", "threshold", "hybrid")  # foreign law: her fault counts for all there


class Unknown(ValueError):
    """A fact that the answer needs is not known."""


class Refused(ValueError):
    """The law in force has no rule for this."""


@dataclass(frozen=True)
class Who:
    """One party who is not a victim, with his facts as fractions; None is unknown."""

    id: str
    role: str
    act: str | None
    sued: bool
    grade: str
    fault: Fraction | None
    cause: Fraction | None
    cause_most: Fraction  # what an unknown cause may reach: √ of the one half of the pair known
    gain: Fraction | None
    indirect: Fraction
    foresight: Fraction | None
    control: Fraction | None
    limit: Fraction | None
    assets: int | None  # what is left once others' restitution is served; None is without limit
    purses: tuple  # (what there is, others' open restitution), his and a ward's
    share: Fraction | None
    professional: bool
    direct: bool
    proved: bool
    flow: int | None  # the claimant's money into his accounts; None without an account
    listed: bool  # whether the file says which of her money that was
    factor: Fraction  # the part of his gains that counts
    before: int  # what he himself already paid
    released: bool
    enlarged: Fraction | None  # the part of the loss added after a notice, in fen
    known: Fraction | None  # the part of the loss after he knew, in fen; None is all of it
    court_share: Fraction | None  # the part of the loss a court left to him at its discretion
    late: bool  # all he did came after the loss, and her money did not come straight to him
    minor: bool
    answered_by: str | None
    open: tuple  # which of his weights the file does not say
    exempt: bool  # a technical helper for whom all five conditions are shown
    parts: frozenset  # his parts in crime and the charges, as the criminal courts had them
    answers: bool = False  # stands in another's place
    guards: bool = False  # a minor's
    chance: Fraction | None = None  # how likely her money would have been got back
    names: tuple = ()  # whose payments are his; the first is whose accounts are his

    @property
    def principal(self) -> bool:
        """Whether he is one of the principals."""
        return self.role == "principal"

    @property
    def gains(self) -> Fraction:
        """Direct and indirect gains in full, apportioned to the claimant."""
        return (need(self.gain, self.id, "gain_direct_fen") + self.indirect) * self.factor

    @property
    def outside(self) -> bool:
        """Whether he answers for another damage: late, and not in concert."""
        return self.late and self.grade != "concert" and not self.principal

    @property
    def negligent(self) -> bool:
        """Whether he did not act on purpose, so that her own fault lets him off in part."""
        return not self.principal and self.grade not in ON_PURPOSE


@dataclass(frozen=True)
class Facts:
    """A case read once: the liable, the rules, and the amounts nobody disputes."""

    liable: tuple[Who, ...]
    others: tuple[Who, ...]
    rules: dict
    loss: int
    noneconomic: int
    v: Fraction  # her own fault as far as D, and so what everybody owes, is less by it
    careless: Fraction  # the same as far as it lets off the negligent alone
    recovered: int
    no_payer: int
    undeterminable: bool
    money: tuple  # her money as the file lists it, in segments; what it does not list comes first
    back: tuple  # what came back with a known payer, in file order: (payer, fen)
    whole: int  # the loss that scores are made of, where this is a piece of it
    damages: int | None = None  # D, where this is a piece of it
    held: int | None = None  # all stated shares of who is held, in billionths
    sizes: dict = field(default_factory=dict)  # the sizes of his pieces, and which of them this is
    most: dict = field(default_factory=dict)  # what his part is, where nothing is cut

    def let_off(self, who: Who, amount: Fraction) -> int:
        """What of an amount measured on D he owes: (1 − v) of it if he was negligent."""
        return half_up((1 - self.careless) * amount) if who.negligent else half_up(amount)

    def remains(self, who: Who) -> Fraction:
        """1 − v as far as it counts for him in a cap or in what he answers for alone."""
        return (1 - self.v) * (1 - self.careless if who.negligent else 1)


def need(value: Fraction | None, who: str, name: str) -> Fraction:
    """The value, or a refusal if it is unknown."""
    if value is None:
        raise Unknown(f"{who}.{name}")
    return value


def grade_of(fault: Fraction) -> str:
    """The grade read off the bands."""
    if fault in (0, 1):
        return "concert" if fault else "none"
    return "slight" if fault < number(0.4) else "gross" if fault < number(0.7) else "knowing"


def given(table: dict, key: str, absent: object = None) -> object:
    """A fact, or what its absence means."""
    value = table.get(key)
    return absent if value is None else value


def rows(case: dict, name: str) -> list[dict]:
    """A list of tables, perhaps absent."""
    return list(given(case, name, []))


def read(case: dict, rules: dict | None, rho: Fraction | None = None) -> Facts:
    """The facts of a case; who is liable is settled here, once.

    `rho` is the chance that money on its way would have been got back, where it is one number.
    """
    rules = DEFAULTS | (rules or {})
    victims = [p for p in case["parties"] if p["role"] == "victim"]
    claimant = given(case, "claimant", victims[0]["id"])
    others = [p for p in case["parties"] if p["role"] != "victim"]
    money = flows.follow(case, claimant, rules["tracing"])
    everyone = [whoever(case, p, claimant, money, rho) for p in others]
    liable = tuple(w for w in everyone if w.fault != 0 and w.cause != 0)
    v = number(given(next(p for p in victims if p["id"] == claimant), "fault", 0))
    back = returned(case, claimant)
    no_payer = given(case, "recovered_fen", 0) + sum(fen for who, fen in back if who == "pool")
    facts = Facts(
        liable, tuple(w for w in everyone if w not in liable), rules, case["loss_fen"],
        given(case, "loss_noneconomic_fen", 0), v, Fraction(0),
        given(case, "recovered_fen", 0) + sum(fen for _, fen in back), no_payer,
        given(case, "undeterminable", False), tuple(money),
        tuple(row for row in back if row[0] != "pool"), case["loss_fen"],
    )  # fmt: skip
    return own_fault(facts, "")


def own_fault(facts: Facts, mode: str) -> Facts:
    """Whom her own fault lets off: nobody, the negligent alone, or everybody (foreign law)."""
    v, rule = max(facts.v, facts.careless), facts.rules["victim_fault"]
    if rule == "negligent" and mode not in FOREIGN:
        return replace(facts, v=Fraction(0), careless=v)
    return replace(facts, v=Fraction(0) if rule == "off" else v, careless=Fraction(0))


def returned(case: dict, claimant: str) -> list[tuple[str, int]]:
    """What came back and from whom: recoveries, then restitution, then what was ordered for her."""
    rows_of = [(r["payer"], r["amount_fen"]) for r in rows(case, "recoveries")]
    rows_of += [(c["party"], given(c, "restitution_paid_fen", 0)) for c in rows(case, "criminal")]
    return rows_of + [(r["party"], given(r, "paid_fen", 0)) for r in rows(case, "reparations")
                      if r["victim"] == claimant]  # fmt: skip


def whoever(case: dict, p: dict, claimant: str, money: list, rho: Fraction | None) -> Who:
    """One party's facts, with what absence means."""
    principal = p["role"] == "principal"
    fault, grade = number(given(p, "fault")), given(p, "grade")
    if fault is None and (principal or grade in ("none", "concert")):
        fault = Fraction(0 if grade == "none" else 1)
    cause, most = cause_of(p)
    proof = given(p, "proof", {})
    flow, factor = money_through(case, p, claimant, money)
    names = ("foresight", "control", "limit", "share", "court_share")
    facts = {k: number(given(p, k)) for k in names}
    crimes = [c for c in rows(case, "criminal") if c["party"] == p["id"]]
    ordered = [r for r in rows(case, "reparations")
               if r["party"] == p["id"] and r["victim"] != claimant]  # fmt: skip
    parts = {given(c, key) for c in crimes for key in ("part", "charge")}
    weights = {"fault": fault, "cause": cause, "gain": given(p, "gain_direct_fen")}
    return Who(
        id=p["id"], role=p["role"], act=given(p, "act"), sued=given(p, "sued", True),
        grade=grade or grade_of(fault), fault=fault, cause=cause, cause_most=most,
        gain=number(given(p, "gain_direct_fen")), indirect=number(given(p, "gain_indirect_fen", 0)),
        assets=left(p, crimes, ordered), purses=((given(p, "assets_fen"), owing(crimes, ordered)),),
        professional=given(p, "professional", False),
        direct=given(p, "direct", False), flow=flow, factor=factor,
        listed=flow is not None,
        proved=all(number(given(proof, e, 1)) >= number(STANDARD)
                   for e in ELEMENTS),
        before=sum(fen for who, fen in returned(case, claimant) if who == p["id"]),
        released=given(p, "released", False), names=(p["id"],),
        enlarged=number(given(p, "enlarged_fen")), known=number(given(p, "after_knowledge_fen")),
        late=came_late(case, p["id"], claimant), chance=rho, minor=given(p, "minor", False),
        answered_by=given(p, "answered_by"), parts=frozenset(parts),
        open=tuple(name for name, value in weights.items() if value is None),
        exempt=list(given(p, "exemption", {}).values()) == [True] * 5, **facts,
    )  # fmt: skip


def left(p: dict, crimes: list[dict], ordered: list[dict]) -> int | None:
    """His assets after restitution to other victims; the fine ranks last."""
    assets = given(p, "assets_fen")
    return None if assets is None else max(0, assets - owing(crimes, ordered))


def owing(crimes: list[dict], ordered: list[dict]) -> int:
    """Restitution to other victims that is still open."""
    first = sum(given(c, "restitution_others_fen", 0) for c in crimes)
    return first + sum(r["ordered_fen"] - given(r, "paid_fen", 0) for r in ordered)


def collectable(rules: dict, who: Who, owed: int, spent: tuple = (0, 0)) -> int:
    """What he can pay of an amount he owes here: after others' restitution, or in proportion.

    `spent` is what he was asked for and gave in the pieces before: the proportion is reckoned on
    all he owes her so far, so that a debt cut in two does not raise her part beside the others'.
    """
    if who.assets is None:
        return owed
    asked, gave = spent
    asked += owed
    if rules["after_restitution"] == "other_debts":
        return min(owed, max(0, min(asked, who.assets) - gave))
    parts = [half_up(Fraction(has * asked, asked + others))
             for has, others in who.purses if asked + others]  # fmt: skip
    return min(owed, max(0, min(asked, sum(parts)) - gave))


def cause_of(p: dict) -> tuple[Fraction | None, Fraction]:
    """Causal force, or √ of the pair, and the most it may be if unknown; a principal's is 1."""
    pair = [number(given(p, key)) for key in ("indispensability", "push")]
    most = root(prod(x for x in pair if x is not None))
    cause = number(given(p, "causal_force"))
    if cause is None and (None not in pair or most == 0):
        cause = most
    if cause is None and p["role"] == "principal" and pair == [None, None]:
        cause = Fraction(1)
    return cause, most


def places_of(case: dict, who: str) -> list[str]:
    """His accounts, and himself."""
    return [a["id"] for a in rows(case, "accounts") if a["holder"] == who] + [who]


def came_late(case: dict, who: str, claimant: str) -> bool:
    """Whether all he did came after the loss; to whom she paid straight, he took part in it."""
    did = [given(a, "after_loss", False) for a in rows(case, "acts") if a["party"] == who]
    hers, his = places_of(case, claimant), places_of(case, who)
    first = any(t["payer"] in hers and t["payee"] in his for t in rows(case, "transfers"))
    return bool(did) and all(did) and not first


def money_through(case: dict, p: dict, claimant: str, money: list) -> tuple[int | None, Fraction]:
    """The claimant's money that came into his accounts, and the part it is of all.

    A file that lists no transfer of hers does not say either.
    """
    if not money:
        return None, Fraction(1)
    accounts = [a for a in rows(case, "accounts") if a["holder"] == p["id"]]
    own = sum(s.fen for s in money if p["id"] in s.reached)
    if not accounts and not own and not flows.may_be_hers(case, p["id"], claimant):
        return None, Fraction(1)  # neither an account nor a transfer of hers: taken for all hers
    listed = {a["id"]: given(a, "inflow_fen", 0) for a in accounts}
    came = dict.fromkeys(places_of(case, p["id"]), 0)
    for t in rows(case, "transfers"):
        if t["payee"] in came:
            came[t["payee"]] += t["amount_fen"]
    total = sum(max(listed.get(place, 0), fen) for place, fen in came.items())
    return own if accounts or own else None, flows.part(own, total)
