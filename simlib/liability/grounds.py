"""Why a party answers in the form he does: the step of reasoning with its articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.causation.facts import after_loss
from simlib.law.citation import article_day, in_force
from simlib.liability.forms import AFTER, GUARDIAN, UNPROVED
from simlib.liability.route import criminal_entries, goes_by_crime
from simlib.trace import Trace

if TYPE_CHECKING:
    from simlib.liability.model import Debtor, Setting

IN_FORCE = "law in force"
SEVERAL_CITES = ("civil-code:1165(1)", "civil-code:1172")
JOINT_CITES = {
    "knowing": ("civil-code:1169(1)", "civil-code:178(1)"),
    "concert": ("civil-code:1168", "civil-code:178(1)"),
}
# gross negligence jointly liable: an analogy, for 1169(1) asks for intent
GROSS_JOINT_CITES = ("civil-code:1165(1)", "environment-tort-interpretation:11(2)")
PRINCIPAL_CITES = ("civil-code:1165(1)",)
GUARDIAN_CITES = ("civil-code:1169(2)", "tort-interpretation-1:12(1)")
PLATFORM_CITES = {
    "after_knowledge": ("civil-code:1197",),
    "enlarged": ("civil-code:1195(2)",),
    "claim": ("civil-code:1168", "civil-code:178(1)"),
}
OPERATOR_CITES = ("anti-fraud-law:46(2)",)
CHANCE_CITES = ("civil-code:1165(1)",)
UNPROVED_CITES = (
    "civil-procedure-interpretation:90(2)",
    "civil-procedure-interpretation:108(1)",
)
SUPPLEMENTARY_CITES = ("civil-code:1165(1)", "civil-code:1198(2)")
OWN_CITES = ("auto", "joint", "several")  # modes in which each party's articles are his own
# of a school's articles of the Civil Code, those of the way it takes: by form, joint by grade
WAY_CITES = ("civil-code:1168", "civil-code:1169(1)", "civil-code:1172")
# 周光权's rule for each form
CRIME_CITES = {
    "joint": "zhou-2024:1",
    "partial_joint": "zhou-2024:2",
    "benefit_cap": "zhou-2024:3",
    "joint_after_exhaustion": "zhou-2024:4",
}


def form_step(setting: Setting, i: int, mode_cites: tuple[str, ...]) -> Trace:
    """Return the form a debtor answers in, from his role, his grade or his crime."""
    debtor, form = setting.debtors[i], setting.forms[i]
    rule, below = _rule(setting, debtor, i)
    return Trace(
        "form",
        form.key,
        "mode",
        rule,
        (*below, *_answering(debtor)),
        party=debtor.id,
        cites=_cites(setting, i, mode_cites),
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


def _answering(debtor: Debtor) -> tuple[Trace, ...]:
    """That somebody answers for another, as guardian (1188) or as employer (1191)."""
    if debtor.payer is debtor.party:
        return ()
    article = "civil-code:1188(1)" if debtor.party.minor else "civil-code:1191(1)"
    source = f"case:parties.{debtor.party.id}.answered_by"
    return (Trace("answered_by", debtor.id, "party", source=source, cites=(article,)),)


def _cites(setting: Setting, i: int, mode_cites: tuple[str, ...]) -> tuple[str, ...]:
    debtor, form = setting.debtors[i], setting.forms[i]
    own = tuple(c for n in _answering(debtor) for c in n.cites)
    if form is GUARDIAN:
        return _standing(setting, GUARDIAN_CITES)
    if form is UNPROVED:
        return (*UNPROVED_CITES, *own)
    if form is AFTER:
        return (*CHANCE_CITES, *own)
    if debtor.principal and not form.dismisses and not form.by_share(setting.rules):
        return (*_of_principal(setting, mode_cites), *own)
    if goes_by_crime(debtor, setting.mode, setting.regime):
        return (CRIME_CITES[form.key], *own)
    if setting.mode not in OWN_CITES:
        return mode_cites
    if setting.mode == "auto" and setting.regime.basis != IN_FORCE:
        return (*_of_school(setting, i), *own)
    return (*_by_role(setting, i), *own)


def _of_principal(setting: Setting, mode_cites: tuple[str, ...]) -> tuple[str, ...]:
    """Return on what a principal answers: his own tort, and together with joint helpers."""
    if any(form.measure == "proof" for form in setting.forms) and setting.mode != "auto":
        return (*PRINCIPAL_CITES, *mode_cites)
    pairs = zip(setting.debtors, setting.forms, strict=True)
    joint = any(form.joint and form.owes_all for debtor, form in pairs if not debtor.principal)
    return (*PRINCIPAL_CITES, "civil-code:178(1)") if joint else PRINCIPAL_CITES


def _of_school(setting: Setting, i: int) -> tuple[str, ...]:
    """Return a school's views, and its article of the Civil Code for the way it takes here."""
    form, grade = setting.forms[i], setting.debtors[i].grade.value
    mine = JOINT_CITES.get(grade, JOINT_CITES["knowing"]) if form.key == "joint" else SEVERAL_CITES
    views = (c for c in setting.regime.cites if not c.startswith("zhou-2024"))
    return tuple(c for c in views if c not in WAY_CITES or c in mine)


def _by_role(setting: Setting, i: int) -> tuple[str, ...]:
    debtor, form = setting.debtors[i], setting.forms[i]
    grade, role = debtor.grade.value, debtor.party.role
    if setting.mode == "auto" and role == "platform":
        return PLATFORM_CITES[form.measure]
    if _gross_joint(setting, i):
        return GROSS_JOINT_CITES
    if _helps_minor(setting, i):
        return _standing(setting, GUARDIAN_CITES)
    joint = JOINT_CITES.get(grade, JOINT_CITES["knowing"])
    cites: tuple[str, ...] = SEVERAL_CITES if form.key == "several" else joint
    if form.key == "supplementary":
        cites = SUPPLEMENTARY_CITES
    if setting.mode == "auto" and role == "operator" and not debtor.knowing:
        cites = (*_standing(setting, OPERATOR_CITES), *cites)
    return cites


def _standing(setting: Setting, cites: tuple[str, ...]) -> tuple[str, ...]:
    """Return those in force on their day of the case: some came after the acts, or the judgment."""
    return tuple(c for c in cites if in_force(c, article_day(c, setting.case)))
