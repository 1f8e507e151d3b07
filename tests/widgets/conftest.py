"""Labs of many tests open the same cases: what the engine said of one is remembered for all."""

import pytest

from simlib.widgets import remembered, step

remembered.VIEWS.most = 2000


@pytest.fixture(autouse=True)
def of_its_own(request):
    """A test that puts something else in the engine's place has a memory of its own."""
    if "monkeypatch" in request.fixturenames:
        held = remembered.Remembered(32)
        request.getfixturevalue("monkeypatch").setattr(step, "VIEWS", held)
