"""Slides of a case that no scene of a lesson speaks of."""

import pytest
import staged
from telling import opens, tell

from simlib.resources import shelf

TEXT = (shelf("cases") / "hypo-pieces" / "case.toml").read_text("utf-8")


@pytest.mark.parametrize("topic", [topic for topic in staged.lessons() if topic != "start"])
def test_slides_of_an_own_case_show_what_its_board_has(topic):
    """One to three, each of rows and columns of the board; its bars are of an amount."""
    lab = opens(staged.make(topic))
    assert lab.view.scene["slides"] == []  # the lesson's own scenes speak of its case
    tell(lab.view, {"own": "text", "text": TEXT})
    board, slides = lab.view.board, lab.view.scene["slides"]
    rows, kinds = (
        {row["id"] for row in board["rows"]},
        {column["id"]: column["kind"] for column in board["columns"]},
    )
    assert 1 <= len(slides) <= 3
    for slide in slides:
        assert slide["rows"]
        assert set(slide["rows"]) <= rows
        assert slide["column"] in slide["columns"]
        assert set(slide["columns"]) <= set(kinds)
        assert kinds[slide["column"]] == "bar"
    assert len({str(slide) for slide in slides}) == len(slides)
