"""Why a party answers in the form he does: the step of reasoning with its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.causation.legal import after_loss
from simlib.law.authority import ANY, answers, authority
from simlib.law.modes import mode_law_for
from simlib.liability.assigned_forms import by_crime_law, criminal_entries, goes_by_crime
from simlib.liability.forms import AFTER, BY_CRIME, GUARDIAN, UNPROVED
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.law.modes import ModeLaw
    from simlib.liability.records import Debtor, Setting

IN_FORCE = "law in force"


def form_step(setting: Setting, i: int, mode_law: ModeLaw) -> Trace:
    """Return the form a debtor answers in, from his role, his grade or his crime."""
    debtor, form = setting.debtors[i], setting.forms[i]
    rule, below = _rule(setting, debtor, i)
    return Trace(
        "form",
        form.key,
        "mode",
        rule,
        (*below, *_answering(setting, debtor)),
        party=debtor.id,
        cites=_cites(setting, i, mode_law),
    )


def _rule(setting: Setting, debtor: Debtor, i: int) -> tuple[str, tuple[Trace, ...]]:
    if setting.forms[i] is UNPROVED:
        return "form.unproved", _proof_step(setting, i)
    if setting.forms[i] is GUARDIAN:
        return "form.guardian", (_fact(debtor, "minor", True, "flag"),)
    if debtor.principal and not setting.forms[i].dismisses:
        alike = setting.forms[i].by_share(setting.rules)
        role = Trace("kind", "principal", "kind", source=f"case:parties.{debtor.party.id}.role")
        return "form.principal-by-share" if alike else "form.principal", (role,)
    if setting.forms[i] is AFTER:
        return "form.after-loss", (debtor.grade.step, *after_loss(setting.case, debtor.party))
    if goes_by_crime(debtor, setting.mode, setting.regime):
        return "form.by-crime", _crime(setting, debtor)
    if setting.mode != "auto":
        return "form.chosen", (debtor.grade.step,)
    if debtor.party.role == "platform":
        return f"form.platform-{setting.forms[i].measure}", (debtor.grade.step,)
    if debtor.party.role == "operator" and not debtor.knowing:
        return "form.operator", (debtor.grade.step,)
    if setting.regime.basis != IN_FORCE:
        return "form.by-school", (
            debtor.grade.step,
            _fact(debtor, "direct", debtor.party.direct, "flag"),
        )
    if _gross_joint(setting, i):
        return "form.gross-joint", (debtor.grade.step,)
    if _helps_minor(setting, i):
        return "form.helps-minor", (debtor.grade.step,)
    return "form.by-grade", (debtor.grade.step,)


def _gross_joint(setting: Setting, i: int) -> bool:
    """Tell whether gross negligence makes him jointly liable, by analogy (rule `gross`)."""
    in_force = setting.mode == "auto" and setting.regime.basis == IN_FORCE
    grade, form = setting.debtors[i].grade.value, setting.forms[i]
    return in_force and grade == "gross" and form.key == "joint" and form.owes_all


def _helps_minor(setting: Setting, i: int) -> bool:
    """Tell whether a helper who knew helped a minor, whose guardian answers beside him."""
    knew = setting.debtors[i].grade.value == "knowing" and setting.forms[i].owes_all
    return setting.mode == "auto" and knew and GUARDIAN in setting.forms


def _proof_step(setting: Setting, i: int) -> tuple[Trace, ...]:
    measure = setting.measures[i]
    return () if measure is None else (measure.step,)


def _fact(debtor: Debtor, field: str, value: bool, unit: str) -> Trace:
    return Trace(field, value, unit, source=f"case:parties.{debtor.party.id}.{field}")


def _crime(setting: Setting, debtor: Debtor) -> tuple[Trace, ...]:
    """Return what the criminal cases say of him; his grade where the file has none."""
    entries = criminal_entries(setting.case, debtor.party.id)
    stated = [
        Trace(key, value, unit, source=f"case:criminal[{n}].{unit}")
        for n, c in entries
        for key, value, unit in (("charge", c.charge, "charge"), ("part_in_crime", c.part, "part"))
        if value is not None
    ]
    return tuple(stated) or (debtor.grade.step,)


def _answering(setting: Setting, debtor: Debtor) -> tuple[Trace, ...]:
    """That somebody answers for another, as guardian (1188) or as employer (1191)."""
    if debtor.payer is debtor.party:
        return ()
    cites = authority("answered_by", setting.case, "minor" if debtor.party.minor else "worker")
    source = f"case:parties.{debtor.party.id}.answered_by"
    return (Trace("answered_by", debtor.id, "party", source=source, cites=cites),)


def _cites(setting: Setting, i: int, mode_law: ModeLaw) -> tuple[str, ...]:
    debtor, form, case = setting.debtors[i], setting.forms[i], setting.case
    own = tuple(c for n in _answering(setting, debtor) for c in n.cites)
    if form is GUARDIAN:
        return authority("guardian", case)
    if form is UNPROVED:
        return (*authority("unproved", case), *own)
    if form is AFTER:
        return (*authority("after_loss", case), *own)
    if debtor.principal and not form.dismisses and not form.by_share(setting.rules):
        return (*_of_principal(setting, mode_law), *own)
    if goes_by_crime(debtor, setting.mode, setting.regime):
        return (*by_crime_law(case, debtor).cites, *own)
    if mode_law.article != "own":
        return mode_law.cites
    if setting.mode == "auto" and setting.regime.basis != IN_FORCE:
        return (*_of_school(setting, i), *own)
    return (*_by_role(setting, i), *own)


def _of_principal(setting: Setting, mode_law: ModeLaw) -> tuple[str, ...]:
    """Return on what a principal answers: his own tort, and together with joint helpers."""
    if any(form.measure == "proof" for form in setting.forms) and setting.mode != "auto":
        return (*authority("principal", setting.case), *mode_law.cites)
    pairs = zip(setting.debtors, setting.forms, strict=True)
    joint = any(form.joint and form.owes_all for debtor, form in pairs if not debtor.principal)
    return authority("principal", setting.case, "with_joint_helpers" if joint else ANY)


def _of_school(setting: Setting, i: int) -> tuple[str, ...]:
    """Return a school's views, and its article of the Civil Code for the way it takes here."""
    case, by_crime = setting.case, mode_law_for(BY_CRIME, setting.case).by_crime
    mine = _of_form(setting, i)
    joint = (*authority("joint", case), *authority("joint", case, "concert"))
    others = {*joint, *authority("several", case), *(c for law in by_crime for c in law.cites)}
    return tuple(c for c in setting.regime.cites if c in mine or c not in others)


def _of_form(setting: Setting, i: int) -> tuple[str, ...]:
    """Return on what the form he answers in rests, for his grade."""
    form, case = setting.forms[i], setting.case
    if not answers(form.key):
        return mode_law_for(form.key, case).cites
    return authority(form.key, case, setting.debtors[i].grade.value)


def _by_role(setting: Setting, i: int) -> tuple[str, ...]:
    debtor, case = setting.debtors[i], setting.case
    grade, role = debtor.grade.value, debtor.party.role
    if setting.mode == "auto" and role == "platform":
        return authority("platform", case, grade)
    if _gross_joint(setting, i):
        return authority("joint_by_analogy", case, grade)
    if _helps_minor(setting, i):
        return authority("guardian", case)
    if setting.mode == "auto" and role == "operator" and not debtor.knowing:
        return (*authority("operator", case), *_of_form(setting, i))
    return _of_form(setting, i)
