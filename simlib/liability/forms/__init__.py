"""The forms of liability: one module a measure, put together into modes by `law/modes.toml`.

A module defines one or more classes derived from `base.Form`; the one whose `measure` is the
module's name is the form that data call by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from simlib.law.modes import mode_keys, mode_law
from simlib.liability.forms.base import Form
from simlib.liability.forms.limit import Guardian

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simlib.law.modes import FormLaw, ModeForms

__all__ = ["AFTER", "AFTER_KNOWLEDGE", "ALL_MODES", "BY_CRIME", "ENLARGED", "GUARDIAN", "MODES",
           "UNPROVED", "Form", "Mode", "form_of", "mode_of"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of liability: the form of helpers and of principals.

    `where` (rule, value) another mode stands in for it.
    """

    helpers: Form
    principals: Form
    where: tuple[tuple[str, str, Mode], ...] = ()


def form_class(measure: str) -> type[Form]:
    """Return the form of a measure: the class of that name in the module of that name."""
    module = import_module(f"{__name__}.{measure}")
    classes = (each for each in vars(module).values() if isinstance(each, type))
    own = (c for c in classes if issubclass(c, Form) and c.__module__ == module.__name__)
    return next(c for c in own if c.measure == measure)


def _form(key: str, law: FormLaw) -> Form:
    return form_class(law.measure)(key, law.joint, law.rank, law.capped, law.fact)


def _mode(key: str, forms: ModeForms) -> Mode:
    where = tuple((rule, value, _mode(key, other)) for rule, value, other in forms.where)
    return Mode(_form(key, forms.helpers), _form(key, forms.principals), where)


ALL_MODES = mode_keys()
MODES = {key: _mode(key, forms) for key in ALL_MODES if (forms := mode_law(key).forms)}
# no form of its own: each party's by what his criminal case came to
BY_CRIME = next(key for key in ALL_MODES if mode_law(key).by_crime)

# Forms that the law in force gives and no mode names.
UNPROVED = form_class("proof")("dismiss_claim")  # an element is not proved against him
AFTER_KNOWLEDGE = form_class("after_knowledge")("joint", joint=True)
ENLARGED = form_class("enlarged")("joint", joint=True)
# help after the loss: for the chance of recovery it cost, once those who caused the loss have paid
AFTER = form_class("chance")("several", rank=3)
_LIMITED = MODES["partial_joint"].helpers
GUARDIAN = Guardian(_LIMITED.key, _LIMITED.joint, _LIMITED.rank, _LIMITED.capped)


def form_of(key: str) -> Form | None:
    """Return the helpers' form of a mode; None where each has his own, or for no mode."""
    return MODES[key].helpers if key in MODES else None


def mode_of(mode: str, rules: Mapping[str, object]) -> Mode:
    """Return a mode as the rules shape it."""
    plain = MODES[mode]
    ways = (other for rule, value, other in plain.where if rules[rule] == value)
    return next(ways, plain)
