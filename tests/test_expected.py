"""Every case gives what its `expected.toml` says, to the fen."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from simlib import decide, load_case
from simlib.case import shipped_cases
from simlib.money import exact
from simlib.resources import shelf
from simlib.trace import plain

PARTY_KEYS = {
    "mode", "share", "exposure_fen", "paid_fen", "burden_fen", "carried_fen", "short_fen",
    "recourse",
}  # fmt: skip
KEYS = {"claim_fen", "received_fen", "unrecovered_fen"}
SETTING = {"position", "set", "mode", "rules", "authority", "parties"}
FOLDERS = [*shipped_cases(), "_template"]


def expectations(name: str) -> list[dict]:
    """The expectations of one case."""
    with (shelf("cases") / name / "expected.toml").open("rb") as file:
        return tomllib.load(file)["expected"]


def entries() -> list:
    """Every expectation as a test parameter, named by case, position and mode."""
    return [
        pytest.param(name, entry, id=f"{name}-{entry.get('position', '')}-{entry['mode']}-{n}")
        for name in FOLDERS
        for n, entry in enumerate(expectations(name))
    ]


def differences(outcome: object, entry: dict) -> dict:
    """What an outcome gives where it differs from what is expected."""
    wanted = {key: entry[key] for key in KEYS & entry.keys()}
    got = {key: plain(getattr(outcome, key)) for key in wanted}
    record = outcome.to_json()["parties"]
    for party, values in entry.get("parties", {}).items():
        wanted |= {f"{party}.{key}": value for key, value in values.items()}
        got |= {f"{party}.{key}": record[party][key] for key in values}
    return {key: (got[key], value) for key, value in wanted.items() if not same(got[key], value)}


def same(got: object, wanted: object) -> bool:
    """Equal: money to the fen, shares to a billionth, which is how they are compared."""
    if isinstance(wanted, float) and isinstance(got, int | float):
        return abs(exact(got) - exact(wanted)) <= exact(1e-9)
    return got == wanted


@pytest.mark.parametrize(("name", "entry"), entries())
def test_case_gives_what_is_expected(name: str, entry: dict) -> None:
    """The engine gives each number of the file, no more and no less."""
    case = load_case(Path(shelf("cases")) / name)
    if "position" in entry:
        case = case.at(entry["position"])
    case = case.set(entry.get("set", {}))
    outcome = decide(case, entry["mode"], rules=entry.get("rules"))
    assert differences(outcome, entry) == {}


@pytest.mark.parametrize("name", FOLDERS)
def test_expectations_say_on_whose_authority(name: str) -> None:
    """Each expectation expects something, has no stray key, and carries its calculation."""
    for entry in expectations(name):
        assert entry.keys() <= SETTING | KEYS
        assert entry.keys() & (KEYS | {"parties"})
        assert all(values.keys() <= PARTY_KEYS for values in entry.get("parties", {}).values())
        assert len(entry["authority"]) > 10


def test_a_wrong_number_is_seen() -> None:
    """One fen more, or one party's share wrong, is a difference."""
    outcome = decide(load_case("fix-1"), "joint")
    assert differences(outcome, {"received_fen": 2_300_001})
    assert differences(outcome, {"parties": {"A": {"share": 0.26}}})
    assert not differences(outcome, {"received_fen": 2_300_000})
