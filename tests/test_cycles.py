"""Fifty lessons opened and left: the server holds no more at the end, and no kernel stays."""

from __future__ import annotations

import cycles
import pytest


@pytest.mark.night
def test_fifty_visits_leave_nothing_behind(tmp_path):
    """Kernels ended by their page, by culling, or because nobody came; memory is flat."""
    sizes, objects, left, code, said = cycles.run(50, tmp_path)
    assert (left, code) == ([], 0)
    assert max(objects) <= cycles.MOST_KEPT, dict(zip(cycles.KEPT, objects, strict=True))
    assert sizes[-1] - sizes[1] < cycles.MOST_GROWTH, sizes
    assert "Traceback" not in said
