"""A person in the case, as a frozen record. Absent facts are None: unknown."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import model_validator

from simlib.case.fields import (
    NO_FACTS,
    Act,
    Fen,
    Fraction,
    Grade,
    Id,
    Kinds,
    Loss,
    Record,
    Role,
    SourceIds,
    Words,
)

# No engine knows a party without a part: these facts owe nothing, `unstated` tells them apart.
UNIDENTIFIED = {"role": "helper", "act": "payment", "grade": "none", "sued": False}


class Table(Record):
    """A table whose facts may say of what kind they are and where they come from."""

    kinds: Kinds = NO_FACTS
    """field → fixed | found | discretionary | assumed"""
    sources: SourceIds = NO_FACTS
    """field → id of a source"""


class Proof(Record):
    """How well each element of liability is proved, in [0, 1]; absent = fully."""

    act: Fraction = 1.0
    """the act of help"""
    damage: Fraction = 1.0
    """the loss"""
    fault: Fraction = 1.0
    """the fault"""
    causation: Fraction = 1.0
    """that the act made the loss possible or furthered it"""


class Exempting(Record):
    """What would exempt a technical helper under the 2025 paper's proposal; absent = not shown."""

    general_purpose: bool | None = None
    """the tool serves many ends and was not made for this one"""
    verified: bool | None = None
    """he checked who the customer is and what he wants it for"""
    market_price: bool | None = None
    """he was paid a market price"""
    no_flags: bool | None = None
    """none of the signs of knowledge in 法释〔2019〕15号 art. 11"""
    acted_on_notice: bool | None = None
    """he acted in time once he was told; true also if nobody told him"""


class Party(Table):
    """One person in the case. Amounts in fen, fractions in [0, 1]; None is unknown.

    Attributes not given take no default here: what an absent fact means is said by the engine
    that needs it (a victim's fault 0, a principal's fault and causal force 1, assets unlimited,
    any other unknown fact an interval).
    """

    id: Id
    """one id for parties, accounts, transfers and evidence together"""
    role: Role
    """victim | principal | helper | platform | operator; unknown: not found out who he is"""
    name: Words
    """name shown to readers"""
    act: Act | None = None
    """the act of help: payment | tech | account | promotion; required for a helper"""
    sued: bool = True
    """who is not sued pays nothing here and keeps his internal share"""
    fault: Fraction | None = None
    """weight of fault; the grade is read off the bands"""
    grade: Grade | None = None
    """none | slight | gross | knowing | concert; alone it leaves the weight unknown"""
    grade_open: bool = False
    """the grade was not found out: what `grade` says only stands in until another is supposed"""
    proof: Proof | None = None
    """how well each element is proved; absent = fully"""
    causal_force: Fraction | None = None
    """share in bringing the loss about (原因力); or the pair below, never both"""
    indispensability: Fraction | None = None
    """how little the fraud could do without him"""
    push: Fraction | None = None
    """how far he drove it forward"""
    gain_direct_fen: Fen | None = None
    """what he was paid [fen]"""
    gain_indirect_fen: Fen = 0
    """other advantages [fen]"""
    foresight: Fraction | None = None
    """how well he could foresee the harm"""
    control: Fraction | None = None
    """how well he could have prevented it"""
    professional: bool = False
    """a professional institution"""
    direct: bool = False
    """direct causation in the sense of the 2025 paper (直接因果)"""
    exemption: Exempting | None = None
    """a technical helper: what would exempt him under the 2025 paper's proposal"""
    assets_fen: Fen | None = None
    """what can be collected from him [fen]; absent = enough"""
    share: Fraction | None = None
    """internal share as found; for every liable party, summing to 1, or for none"""
    limit: Fraction | None = None
    """limit of partial joint or supplementary liability, as a fraction of the loss"""
    released: bool = False
    """the claimant gave up her claim against him (民法典520(2))"""
    enlarged_fen: Fen | None = None
    """platform, operator: what a notice it did not act on added to the loss (扩大部分) [fen]"""
    after_knowledge_fen: Fen | None = None
    """platform, operator: the loss after it knew or should have known; absent = all [fen]"""
    court_share: Fraction | None = None
    """the part of the loss a court left to him at its discretion (酌定), own fault included"""
    minor: bool = False
    """a person without full capacity for civil acts"""
    answered_by: Id | None = None
    """id of the party who answers for him: a minor's guardian, else his employer"""
    loss_fen: Loss | None = None
    """a victim other than the claimant: his own loss [fen]"""
    recovered_fen: Fen = 0
    """a victim other than the claimant: what came back to him [fen]"""

    @model_validator(mode="before")
    @classmethod
    def _unidentified(cls, row: object) -> object:
        """Let facts stand in for somebody of whom nobody found out who he is."""
        if not isinstance(row, Mapping) or row.get("role") != "unknown":
            return row
        noted = row.get("kinds")
        assumed = {"act": "assumed", "grade": "assumed"}
        kinds = {**noted, **assumed} if isinstance(noted, Mapping) else noted or assumed
        return {**row, **UNIDENTIFIED, "kinds": kinds}

    @property
    def unstated(self) -> bool:
        """Money passed by him and nobody says that he did anything: no picture gives him an act.

        `role = "unknown"` in a file; a helper's act and fault only stand in, and he is not sued.
        """
        assumed = all(self.kinds.get(fact) == "assumed" for fact in ("act", "grade"))
        return assumed and self.role == "helper" and self.grade == "none" and not self.sued
