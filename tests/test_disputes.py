"""What is in dispute and how a suit can end: data with an authority behind every cell."""

import pytest

from simlib.law.citation import BASES, BINDING, article
from simlib.law.disputes import CLAIM, COLUMNS, agenda
from simlib.law.suit import ATTRIBUTES, ending, endings

BOXES = [(m.id, c, b) for m in agenda() for c, b in m.boxes.items()]
NAMES = [f"{matter}.{column}" for matter, column, _ in BOXES]


def test_eight_matters_in_the_papers_order():
    """Filing, coordination, fault, causation, risk and gain, the case, evidence, liability."""
    assert [m.id for m in agenda()] == [
        "filing", "coordination", "fault", "causation", "riskbenefit", "case", "evidence",
        "liability",
    ]  # fmt: skip


@pytest.mark.parametrize(("matter", "column", "box"), BOXES, ids=NAMES)
def test_basis_of_a_box_fits_its_articles(matter, column, box):
    """Problem: the paper's word; law: norms; proposal: the paper; lab: assumption; all cited."""
    assert column in COLUMNS
    kinds = {article(id).basis for id in box.cites}
    if column == "problem":
        assert box.basis == CLAIM
        assert kinds <= {CLAIM, "reform proposal"}
    elif column == "law":
        assert box.basis in BINDING
        assert kinds <= set(BINDING)
    elif column == "view":
        assert box.basis in ("doctrine", "conference minutes")
        assert box.basis in kinds
    elif column == "proposal":
        assert box.basis == "reform proposal"
        assert kinds == {"reform proposal"}
    else:
        assert box.basis == "teaching assumption"
        assert not box.cites
    assert box.basis in (*BASES, CLAIM)


@pytest.mark.parametrize("each", endings(), ids=lambda e: e.id)
def test_every_consequence_has_an_article(each):
    """Each attribute is one of what it can be, and rests on law in force."""
    assert set(each.values) == set(each.cites) == set(ATTRIBUTES)
    for name, value in each.values.items():
        assert value in ATTRIBUTES[name]
        assert all(article(id).basis in BINDING for id in each.cites[name])


def test_a_ruling_is_no_judgment():
    """The document decides the rest: two rulings alike, two judgments alike, nothing shared.

    10 days against 15 (Civil Procedure Law art. 171), no fee (Fee Measures art. 8), she may sue
    again (Civil Procedure Interpretation art. 212) or not (art. 247).
    """
    refused, rejected, lost, won = endings()
    assert refused.values == rejected.values
    assert lost.values == won.values
    assert not set(refused.values.items()) & set(lost.values.items())
    assert ending("dismiss_suit").values["appeal"] == "10"
    assert ending("dismiss_claim").values["appeal"] == "15"


def test_rulings_that_can_be_appealed():
    """Non-acceptance and rejection of the suit are items 1 and 3 of art. 157, which may be."""
    text = article("civil-procedure-law:157").zh
    assert "（一）不予受理；" in text
    assert "（三）驳回起诉；" in text
    assert "对前款第一项至第三项裁定，可以上诉。" in text


def test_filing_is_registered():
    """What meets art. 122 is registered; what is found later not to is rejected by ruling."""
    first, _, last = article("civil-procedure-interpretation:208").zh.split("\n")
    assert "应当登记立案" in first
    assert last.endswith("裁定驳回起诉。")
