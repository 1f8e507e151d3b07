"""Faults found by trying to break tracing, transfers, restitution and import."""

from __future__ import annotations

import pytest

from simlib.chain.ledger import ledger
from simlib.chain.plans import plan
from simlib.chain.scalar import Walk


@pytest.mark.parametrize("arrays", [False, True])
def test_a_fee_that_is_not_there_counts_for_the_time_stamp(arrays, monkeypatch):
    """50 other fen lie there, V's 100 come in, 100 leave with a fee of 60.

    100 + 60 is not the 100 that came, so that no stamp tells: 100 are taken pro rata of 150,
    67 of V's (66⅔) and 33; the fee takes what is left, 33 and 17, and 10 that came in unlisted.
    """
    monkeypatch.setattr("simlib.chain.waves.FEWEST", 0)
    rows = [
        {"payer": "V", "payee": "A", "amount_fen": 100},
        {"payer": "A", "payee": "B", "amount_fen": 100, "fee_fen": 60},
    ]
    book = ledger(rows, {"V": ("V",)}, {"A": 50})
    found = plan(book, "timestamp") if arrays else Walk(book, "timestamp", "outside").run()
    assert (found.of(1), found.fee_of(1)) == ({0: 67, 1: 33}, {0: 33, 1: 27})
    assert list(found.unlisted.values()) == [10]
