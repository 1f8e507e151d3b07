"""Labs of many tests open the same cases: what the engine said of one is remembered for all."""

import pytest

from simlib.widgets import outcome_memory, state_change

outcome_memory.VIEWS.most = 2000


@pytest.fixture(autouse=True)
def of_its_own(request):
    """A test that puts something else in the engine's place has a memory of its own."""
    if "monkeypatch" in request.fixturenames:
        held = outcome_memory.Remembered(32)
        request.getfixturevalue("monkeypatch").setattr(state_change, "VIEWS", held)
