"""A reader's own case, made ready for a lab that asks it the same at every step of a knob."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.case import check_text
from simlib.errors import CaseError
from simlib.widgets.supposed_grades import with_grades

if TYPE_CHECKING:
    from simlib.case.model import Case

MANY = 300  # transfers from which on columns are faster than rows


def read_own(text: str) -> Case:
    """The case of a text; transfers, if they are many, as columns that remember sums.

    Where a grade of fault was not found out, each grade is a setting of the case.

    Raises
    ------
    CaseError
        if the text is no case
    """
    case, problems = check_text(text)
    if case is None:
        raise CaseError("own", problems)
    case = with_grades(case)
    if len(case.transfers) < MANY:
        return case
    from simlib.case.transfers import Transfers  # numpy, which few cases need

    return case.model_copy(update={"transfers": Transfers.of(case.transfers)})
