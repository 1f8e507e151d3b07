"""The other tables of a case file, as frozen records. Absent facts are None: unknown."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simlib.case.fields import (
    NO_FACTS,
    Address,
    Charge,
    Citation,
    Day,
    Days,
    Digest,
    EventKind,
    Fen,
    Finds,
    Form,
    Fraction,
    Groups,
    Id,
    Ids,
    Instance,
    Instant,
    Interrupting,
    Kind,
    Label,
    Leaving,
    Part,
    Record,
    Restitution,
    Settings,
    Stage,
    Status,
    Strength,
    Words,
)
from simlib.case.party import Table


class Ruling(Table):
    """What a court really ordered."""

    court: Label
    """name of the court"""
    docket: Label | None = None
    """number of the file"""
    instance: Instance | None = None
    """first | appeal | retrial"""
    on: Day | None = None
    """day of the ruling"""
    against: Ids = ()
    """ids of those ordered to pay"""
    form: Form
    """a mode, or full: one defendant alone for the whole (单独全额)"""
    amount_fen: Fen | None = None
    """amount ordered [fen]"""
    share: Fraction | None = None
    """fraction of the loss ordered"""
    words: Label | None = None
    """what the court held, in short"""
    note: Label | None = None
    """what was ordered, in a few words for a table; otherwise full, or the share"""
    cites: Annotated[tuple[Citation, ...], Field(strict=False)] = ()
    """the articles the court cited, e.g. civil-code:1165"""
    source: Id | None = None
    """id of a source"""


class Criminal(Table):
    """What the criminal case against a party came to."""

    party: Id
    """id of the party"""
    status: Status | None = None
    """none | pending | effective | not-prosecuted"""
    charge: Charge | None = None
    """fraud | assisting (帮信) | concealing (掩隐) | other"""
    part: Part | None = None
    """principal | accessory | hired"""
    court: Label | None = None
    """name of the court"""
    docket: Label | None = None
    """number of the file"""
    opened_on: Day | None = None
    """day the police opened the case (立案); absent = unknown, as are all days below"""
    arrested_on: Day | None = None
    """day he was arrested (逮捕)"""
    charged_on: Day | None = None
    """day of the indictment (提起公诉)"""
    on: Day | None = None
    """day of the judgment"""
    effective_on: Day | None = None
    """day the judgment took effect (生效)"""
    sentence: Label | None = None
    """the prison term, in words"""
    fine_fen: Fen | None = None
    """fine [fen]; never part of the damages, nor deducted from them"""
    restitution: Restitution | None = None
    """what was ordered: none | confiscation | own-gain | full"""
    restitution_paid_fen: Fen = 0
    """what he really paid of it to the claimant [fen]"""
    restitution_others_fen: Fen = 0
    """restitution ordered for other victims and still open: ranks before this claim [fen]"""
    finds: Annotated[tuple[Finds, ...], Field(strict=False)] | None = None
    """what the document finds: knowing | act | victim | amount | causation; absent = not stated"""
    finds_fen: Fen | None = None
    """the part of the claimant's loss it finds; absent with amount = all of it [fen]"""
    plea: bool = False
    """he pleaded guilty and accepted punishment (认罪认罚)"""
    source: Id | None = None
    """id of a source"""


class Recovery(Table):
    """Money that came back to the claimant."""

    payer: Id
    """id of a party, or pool: returned by the police without a known payer"""
    amount_fen: Fen
    """amount [fen]"""
    on: Day | None = None
    """day it came back"""
    source: Id | None = None
    """id of a source"""


class Reparation(Table):
    """Restitution a criminal court ordered for one victim (责令退赔)."""

    party: Id
    """id of the party who is to pay"""
    victim: Id
    """id of the victim it is for"""
    ordered_fen: Fen
    """what was ordered [fen]; no income until it is paid"""
    paid_fen: Fen = 0
    """what of it was paid [fen]"""
    on: Day | None = None
    """day of the judgment"""
    source: Id | None = None
    """id of a source"""


class Interruption(Table):
    """What interrupted the time limit of the claim against a party."""

    party: Id
    """id of the party"""
    on: Day
    """day it happened"""
    kind: Interrupting
    """demand | suit | acknowledgement | performance"""
    source: Id | None = None
    """id of a source"""


class Account(Table):
    """A card or account."""

    id: Id
    """its id"""
    holder: Id
    """id of the party it belongs to"""
    inflow_fen: Fen | None = None
    """all it received, other victims' money included [fen]"""
    opening_fen: Fen = 0
    """what was in it before the first transfer listed: nobody's in the case [fen]"""
    frozen_fen: Fen | None = None
    """what of it the police froze [fen]; absent = nothing was frozen"""
    frozen_at: Instant | None = None
    """when it was frozen, with its zone"""
    held_fen: Fen | None = None
    """what of the claimant's money still lay in it when she sued, frozen or not [fen]; absent =
    what the transfers listed leave there, and unknown where none of them leaves it"""
    leaves: Leaving | None = None
    """what comes here has left the accounts: as cash, or as crypto (wallet)"""


class Transfer(Table):
    """A movement of money."""

    id: Id
    """its id"""
    payer: Id
    """id of an account or a party"""
    payee: Id
    """id of an account or a party"""
    amount_fen: Fen
    """amount [fen]"""
    fee_fen: Fen = 0
    """what the bank took from the payer's account besides [fen]"""
    at: Instant | None = None
    """instant, with its zone; absent where it was never published"""


class Evidence(Table):
    """A piece of evidence."""

    id: Id
    """its id"""
    kind: Id
    """what it is, e.g. criminal-judgment, bank-records, chat, log"""
    holder: Id | None = None
    """who keeps it: a party's id, or court, police, bank, operator, platform, notary …"""
    name: Label | None = None
    """what readers call it"""
    created_on: Day | None = None
    """day it came into being"""
    retention_days: Days | None = None
    """how long its holder keeps it [days]"""
    seized_on: Day | None = None
    """day the police or the court secured it"""
    deposited_on: Day | None = None
    """day its digest was deposited"""
    sha256: Digest | None = None
    """its SHA-256 digest, in lower-case hexadecimal"""
    against: Id | None = None
    """id of the party whose act or fault it is about"""
    shows: Ids = ()
    """items of the checklist, account-stolen, prompt-report, act, damage, fraud, causation,
    knowledge, concert"""
    rebuts: Ids = ()
    """the same, or fault: what it speaks against"""
    strength: Strength | None = None
    """how strongly it rebuts: doubt (使真伪不明) | rebut (证明相反的事实) | overturn (足以推翻)"""
    original: bool = True
    """an original, or what counts as one (民事证据规定15); false for a copy nobody could compare"""
    doubtful: bool = False
    """audiovisual material or electronic data of which there is doubt (民事证据规定90)"""
    corroborated_by: Ids = ()
    """ids of the pieces of evidence that bear it out"""
    source: Id | None = None
    """id of a source"""


class Event(Table):
    """Something that happened, as a log has it: for the check of evidence (证据核查)."""

    id: Id
    """its id"""
    at: Instant | None = None
    """instant, with its zone; or else `on`"""
    on: Day | None = None
    """day, where no time is known"""
    party: Id
    """id of the party who did it, or to whom it was done"""
    kind: EventKind
    """transfer | chat | login | warning | restriction | withdrawal | report | device | payment"""
    other: Id | None = None
    """who was on the other side: a party's id, or bank, police, regulator, platform …"""
    words: Label | None = None
    """what happened, in short"""
    evidence: Ids = ()
    """ids of the evidence it is read from"""


class Deed(Table):
    """What somebody did on the way to the loss, or after it."""

    id: Id
    """its id"""
    party: Id
    """id of the party who did it"""
    stage: Stage
    """promotion | contact | tool | payment | cash_out | after"""
    title: Words
    """what readers call it"""
    needs: Groups = ()
    """groups of acts, each an id or a list of ids: of every group at least one must happen"""
    after_loss: bool = False
    """done when the loss had already happened"""
    intervening: bool = False
    """a later act of its own that may break the chain (介入行为); for a court to judge"""
    source: Id | None = None
    """id of a source"""


class Position(Record):
    """A named setting a reader can choose."""

    id: Id
    """its id"""
    title: Words
    """what readers call it"""
    note: Label | None = None
    """one sentence on what it assumes"""
    kind: Kind | None = None
    """the kind of what it sets"""
    set: Settings = NO_FACTS
    """path → value, e.g. "zhang.fault" = 0.9; "unknown" unsets"""


class Source(Record):
    """Where facts come from."""

    id: Id
    """its id"""
    text: Label
    """what it is, and what of it was read"""
    href: Address | None = None
    """its address"""
