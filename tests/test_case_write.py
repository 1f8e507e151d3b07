"""A case written and read again is the same case; so are data that are no case."""

import datetime
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from reference.strategy import draws

from simlib.case import check_text, load_case, shipped_cases
from simlib.case.write import raw, write
from simlib.resources import shelf

NAMES = [*shipped_cases(), str(shelf("cases") / "_template")]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_case_comes_back_as_it_was(name):
    """Load, write, read: the same value, and the same text once more."""
    case = load_case(name)
    text = write(case)
    again, problems = check_text(text)
    assert problems == []
    assert again == case
    assert write(again) == text
    assert again.at(again.positions[-1].id) == case.at(case.positions[-1].id)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_file_comes_back_as_data(name):
    """What the file said is what is written, key by key and in its order, comments apart."""
    folder = shelf("cases") / name
    data = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    assert tomllib.loads(write(data)) == data
    head = [key for key in data if f"[[{key}]]" not in write(data)]
    assert [key for key in tomllib.loads(write(data)) if key in head] == head


def test_who_is_not_identified_is_written_in_one_word():
    """The facts that stand in for him are no facts of the file; with a fact of his own he is the
    helper that older files have."""
    nobody = {"id": "w", "role": "unknown", "name": {"zh": "某人", "en": "W"}}
    noted = nobody | {"kinds": {"name": "found"}, "sources": {"name": "s"}}
    sources = [{"id": "s", "text": "a list"}]
    data = raw(load_case("fix-1"))
    for row in (nobody, noted):
        file = data | {"parties": [*data["parties"], row], "sources": sources}
        case, problems = check_text(write(file))
        assert problems == []
        written = tomllib.loads(write(case))["parties"][-1]
        assert written == row
        assert check_text(write(case))[0] == case
    old = nobody | {"role": "helper", "act": "payment", "grade": "none", "sued": False,
                    "kinds": {"act": "assumed", "grade": "assumed"}, "assets_fen": 5}  # fmt: skip
    case, _ = check_text(write(data | {"parties": [*data["parties"], old]}))
    assert tomllib.loads(write(case))["parties"][-1] == old


def test_what_is_written_looks_like_a_shipped_file():
    """Words of both languages on one line, nothing that is the default."""
    text = write(load_case("fix-1"))
    assert 'name = { zh = "甲（出借银行卡）", en = "A (lent a card)" }' in text
    assert "acted_on = 2023-05-10\n" in text
    assert "\nsued" not in text
    assert "[[parties]]" in text
    assert '"A.foresight" = 0.8' in text


def test_an_unfinished_case_is_written_as_it_stands():
    """A wrong value stays what the reader typed, and is reported when the file is read."""
    data = raw(load_case("fix-1"))
    data["loss_fen"] = "twenty"
    data["parties"][1]["share"] = None
    data["decided_on"] = ""
    _, problems = check_text(write(data))
    assert ("loss_fen", "not-whole") in [(p.path, p.code) for p in problems]
    assert ("decided_on", "not-day") in [(p.path, p.code) for p in problems]
    assert ("parties.P", "shares-some") in [
        (p.path.removesuffix(".share"), p.code) for p in problems
    ]


ZONE = datetime.timezone(datetime.timedelta(hours=8))
SCALARS = (
    some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
    | some.booleans()
    | some.integers(-(2**63), 2**63 - 1)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.dates(datetime.date(1, 1, 1))
    | some.datetimes(timezones=some.just(ZONE))
)
WORDS = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
DATA = some.dictionaries(
    WORDS,
    some.recursive(
        SCALARS,
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=5,
)


@settings(max_examples=draws(150), deadline=None)
@given(DATA)
def test_any_data_come_back(data):
    """Whatever TOML can hold: strange keys, control characters, nested lists, early dates."""
    assert tomllib.loads(write(data)) == data
