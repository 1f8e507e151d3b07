"""A reader's own case, made ready for a lab that asks it the same at every step of a knob."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simlib.case import check_text
from simlib.errors import CaseError

if TYPE_CHECKING:
    from simlib.case.model import Case

MANY = 300  # transfers from which on columns are faster than rows


def read_own(text: str) -> Case:
    """The case of a text; transfers, if they are many, as columns that remember sums.

    Raises
    ------
    CaseError
        if the text is no case
    """
    case, problems = check_text(text)
    if case is None:
        raise CaseError("own", problems)
    if len(case.transfers) < MANY:
        return case
    from simlib.case.transfers import Transfers  # numpy, which few cases need

    return case.model_copy(update={"transfers": Transfers.of(case.transfers)})
