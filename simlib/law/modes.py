"""The forms of liability as `modes.toml` has them: one record says all that is said of a form.

A `[[<mode>.later]]` table of `modes.toml` is the mode's next version: `since`, and what changes
of its authority or of what is said of it. How parties answer stays: another way is another mode.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from simlib.errors import Conflict, UnknownName
from simlib.law.dated import DatedCase, Row, begun, frozen, law_day, today, versions
from simlib.resources import table

# the same in every version of a mode: another form is another mode
FIXED = {
    "helpers", "principals", "where", "by_crime", "whole", "everybody", "document", "dated_by",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormLaw:
    """How a party answers under a mode, as `modes.toml` has it.

    Attributes
    ----------
    measure
        what he owes: a module of `simlib/liability/forms/`
    joint
        whether he is jointly liable
    rank
        the round he pays in, 0 first
    capped
        whether he is jointly liable up to a limit only
    fact
        the fact of a party that is the limit as it stands: `limit`, `court_share`, `gain`
    """

    measure: str
    joint: bool = False
    rank: int = 0
    capped: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class ModeForms:
    """How helpers and principals answer under a mode; `where` (rule, value) another way holds."""

    helpers: FormLaw
    principals: FormLaw
    where: tuple[tuple[str, str, ModeForms], ...] = ()


@dataclass(frozen=True, slots=True)
class CrimeLaw:
    """The form for a part in a crime or a charge (None: any), and its authority."""

    form: str
    cites: tuple[str, ...]
    part: str | None = None
    charge: str | None = None


@dataclass(frozen=True, slots=True)
class ModeLaw:
    """A form of liability in one version: what it is, on what it rests, what is said of it.

    Attributes
    ----------
    key
        the mode's key, e.g. `partial_joint`
    basis
        one of `simlib.law.citation.BASES`
    cites, objection_cites
        ids of the articles and views for it, and of the strongest objection
    regime
        the regime it is at home in
    dated_by
        the day of a case on which it is looked up: `acted_on` or `decided_on`
    whole
        who owes the whole: `everybody`, `principals`, `nobody`; `by_form` where each has his form
    article
        which article on several tortfeasors carries it: `own` (each party's own), `none`,
        `none_though_joint`
    inside
        what shares and recourse rest on: `law`, `analogy`, or `supposed` where no rule says
    since, until
        first and last day of the authority; None where it has no dates of force
    forms
        how the parties answer; None where each has a form of another mode
    by_crime
        the form for a part in a crime or a charge, the first that fits
    remarks
        when → what then does not fit the law in force, a key of `texts/*/assumptions.toml`
        without `misfit-`: `always`, `knowing`, `below_knowing`, `proved`
    reach
        `after_loss` where it is law only for those who helped after the loss
    everybody
        whether a regime that routes one grade here routes everybody here
    practice
        whether it is what some courts do, without a rule
    document
        `ruling` (裁定) or `judgment` (判决)
    compared
        its place in a comparison that names no modes; None if it has none
    """

    key: str
    basis: str
    cites: tuple[str, ...]
    objection_cites: tuple[str, ...]
    regime: str
    dated_by: str
    whole: str
    article: str
    inside: str
    since: datetime.date | None = None
    until: datetime.date | None = None
    forms: ModeForms | None = None
    by_crime: tuple[CrimeLaw, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict, hash=False)
    reach: str = ""
    everybody: bool = False
    practice: bool = False
    document: str = "judgment"
    compared: int | None = None

    @property
    def measure(self) -> str:
        """What helpers owe by: a module of `simlib/liability/forms/`; empty if by another mode."""
        return self.forms.helpers.measure if self.forms else ""

    @property
    def joint(self) -> bool:
        """Whether helpers are jointly liable, be it up to a limit."""
        return bool(self.forms and self.forms.helpers.joint)


def mode_keys() -> tuple[str, ...]:
    """List the keys of the modes that work now, in the order a reader meets them."""
    return tuple(table("law", "modes.toml"))


def compared_modes() -> tuple[str, ...]:
    """List the modes of a comparison that names none, in their order there."""
    places = {mode: mode_law(mode).compared for mode in mode_keys()}
    return tuple(sorted((m for m in places if places[m] is not None), key=lambda m: places[m] or 0))


def mode_law(mode: str, on: datetime.date | None = None) -> ModeLaw:
    """Return the authority of a mode as it stands on a day, today if none is given.

    Before the mode's first day its first version is given.

    Raises
    ------
    UnknownName
        if there is no such mode

    Examples
    --------
    >>> mode_law("joint").cites
    ('civil-code:1169(1)', 'civil-code:178(1)')
    """
    return begun(_versions(mode), on or today())


def mode_law_for(mode: str, case: DatedCase) -> ModeLaw:
    """Return the authority of a mode on the day of a case by which the mode is dated.

    Raises
    ------
    UnknownName
        if there is no such mode
    """
    history = _versions(mode)
    return begun(history, law_day(history[0].dated_by, case))


@cache
def _versions(mode: str) -> tuple[ModeLaw, ...]:
    """List the versions of a mode, oldest first.

    Raises
    ------
    UnknownName
        if there is no such mode
    Conflict
        if a later version changes how the parties answer, or which day counts
    """
    entries = table("law", "modes.toml")
    if mode not in entries:
        raise UnknownName.among("mode", mode, entries)
    for later in entries[mode].get("later", ()):
        if fixed := FIXED & later.keys():
            raise Conflict("form-of-a-later-version", key=mode, field=min(fixed))
    return tuple(_read(mode, row) for row in versions(entries[mode], mode))


def _read(mode: str, row: Row) -> ModeLaw:
    shape = ("helpers", "principals", "where", "by_crime")
    said = {name: value for name, value in frozen(row).items() if name not in shape}
    return ModeLaw(
        key=mode,
        forms=_forms(row) if "helpers" in row else None,
        by_crime=tuple(CrimeLaw(**frozen(rule)) for rule in row.get("by_crime", ())),
        **said,
    )


def _forms(row: Row) -> ModeForms:
    helpers = FormLaw(**row["helpers"])
    principals = FormLaw(**row["principals"]) if "principals" in row else helpers
    where = tuple(
        (rule, value, _forms(other))
        for rule, ways in row.get("where", {}).items()
        for value, other in ways.items()
    )
    return ModeForms(helpers, principals, where)
