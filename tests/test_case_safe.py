"""Case folders made to lead elsewhere, to hang, or to fill a report without end."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from simlib.case import check_case, load_case
from simlib.case.load import check_data, check_text
from simlib.case.problem_places import MOST
from simlib.case.toml_guard import Refused, read_bytes
from simlib.errors import CaseError
from simlib.resources import shelf

FIX = (shelf("cases") / "fix-1" / "case.toml").read_text("utf-8")
T = TypeVar("T")
FLOWS = "id,payer,payee,amount_fen\n"


def folder(where: Path, name: str = "flows.csv") -> Path:
    """A case of two rows in a file beside it."""
    where.mkdir(parents=True, exist_ok=True)
    (where / "case.toml").write_text(f'transfers_file = "{name}"\n{FIX}', encoding="utf-8")
    return where


def codes(where: Path) -> list[tuple[str, str]]:
    """Where and what is wrong."""
    return [(problem.path, problem.code) for problem in check_case(where)[1]]


def test_linked_transfers_stay_in_the_folder(tmp_path):
    """A link to another place is refused; one beside it, and a folder that is a link, are read."""
    (tmp_path / "secret.csv").write_text(FLOWS)
    inside = folder(tmp_path / "inside")
    (inside / "flows.csv").symlink_to(tmp_path / "secret.csv")
    assert codes(inside) == [("transfers_file", "leads-out")]
    (inside / "flows.csv").unlink()
    (inside / "flows.csv").symlink_to("../secret.csv")
    assert codes(inside) == [("transfers_file", "leads-out")]
    (inside / "deep").mkdir()
    (inside / "deep" / "flows.csv").write_text(FLOWS)
    (inside / "flows.csv").unlink()
    (inside / "flows.csv").symlink_to("deep/flows.csv")
    assert codes(inside) == [("transfers_file", "leads-out")]
    (inside / "flows.csv").unlink()
    (inside / "real.csv").write_text(FLOWS)
    (inside / "flows.csv").symlink_to("real.csv")
    assert codes(inside) == []
    (tmp_path / "link").symlink_to(inside)
    assert codes(tmp_path / "link") == []


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd", "a/b.csv", "..", "."])
def test_other_places_are_no_file_names(tmp_path, name):
    """A path is refused for what it is, whether or not anything lies there."""
    (tmp_path / "secret.csv").write_text(FLOWS)
    assert codes(folder(tmp_path / "inside", name)) == [("transfers_file", "bad-file-name")]


def test_pipes_and_devices_are_no_files(tmp_path):
    """Neither as the case nor beside it: reading would wait for ever, or never end."""
    where = folder(tmp_path / "pipe")
    os.mkfifo(where / "flows.csv")
    os.mkfifo(tmp_path / "case.fifo")
    assert codes(where) == [("transfers_file", "not-a-file")]
    for path in (tmp_path / "case.fifo", Path("/dev/zero")):
        assert codes(path) == [("-", "not-a-file")]
        with pytest.raises(Refused):
            read_bytes(path, 100)
    (where / "flows.csv").unlink()
    (where / "flows.csv").symlink_to("/dev/zero")
    assert codes(where) == [("transfers_file", "leads-out")]


def test_account_that_pays_itself_in_a_file(tmp_path):
    """Told with its line, in a file as in the case itself; a party may pay itself."""
    where = folder(tmp_path)
    text = (where / "case.toml").read_text("utf-8")
    account = '\n[[accounts]]\nid = "c1"\nholder = "A"\n'
    (where / "case.toml").write_text(text + account, encoding="utf-8")
    (where / "flows.csv").write_text(f"{FLOWS}t1,c1,A,5\nt2,c1,c1,5\nt3,A,A,5\n")
    assert codes(where) == [("transfers_file.line3.payee", "pays-itself")]


def test_text_set_in_memory_is_checked_as_text_of_a_file():
    """A change made in memory is checked as the file is."""
    with pytest.raises(CaseError) as refused:
        load_case("fix-1").set({"A.name.zh": "x\u202ey"})
    assert [problem.code for problem in refused.value.problems] == ["hidden-character"]


MANY = {
    "keys": "".join(f"k{n} = 1\n" for n in range(20_000)) + FIX,
    "tables": FIX + "".join(f"\n[t{n}]" for n in range(20_000)),
    "keys of a row": f"{FIX}\n[[accounts]]\n" + "".join(f"k{n} = 1\n" for n in range(20_000)),
    "rows": f"{FIX}\n" + "[[evidence]]\nid = 'e'\nkind = 'log'\n" * 10_000,
}


@pytest.mark.parametrize("kind", MANY)
def test_length_of_a_report_is_bounded(kind):
    """The first thousand problems are listed, and how many more there are is told."""
    case, problems = check_text(MANY[kind])
    assert case is None
    assert len(problems) == MOST + 1
    assert (problems[-1].path, problems[-1].code) == ("-", "more-problems")
    assert problems[-1].values["count"] >= 8_999


def test_lines_of_another_width_are_not_counted_for_ever(tmp_path):
    """A file that is no list of transfers is given up."""
    where = folder(tmp_path)
    (where / "flows.csv").write_text(FLOWS + "x\n" * 300_000)
    problems = check_case(where)[1]
    assert problems[-1].values == {"count": 9_000}
    (where / "flows.csv").write_text(",".join(f"c{n}" for n in range(20_000)) + "\n")
    assert check_case(where)[1][-1].code == "more-problems"


DIGITS = "9" * 4_000
CROWDED = {
    "empty parties": (FIX + "\n[[parties]]" * 150_000, "too-many-empty"),
    "empty parties in a list": ("parties = [" + "{}," * 150_000 + "]\n", "too-many-empty"),
    "empty transfers": (FIX + "\n[[transfers]]" * 150_000, "too-many-empty"),
    "parties that are numbers": ("parties = [" + "1," * 400_000 + "]\n", "too-many-values"),
    "parties with a key": (FIX + "\n[[parties]]\nid='p'" * 60_000, "too-many-parties"),
    "number of 4,000 digits": (f"loss_fen = {DIGITS}\n", "long-word"),
    "3,000 numbers of 4,000 digits": (f"x = [{f'{DIGITS},' * 3_000}]\n", "long-word"),
    "3,000 numbers of 400 digits": (f"x = [{f'{DIGITS[:400]},' * 3_000}]\n", "unknown-key"),
}


def within_a_second(act: Callable[[], T]) -> T:
    """What an act gives, if it takes less than a second of this processor's time."""
    begun = time.process_time()
    found = act()
    assert time.process_time() - begun < 1
    return found


@pytest.mark.parametrize("kind", CROWDED)
def test_crowded_case_is_refused_within_a_second(kind):
    """150,000 empty parties took 9 s, and 30,000 numbers of 400 digits 24 s."""
    text, code = CROWDED[kind]
    case, problems = within_a_second(lambda: check_text(text))
    assert case is None
    assert code in [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"parties": [{} for _ in range(150_000)]}, "too-many-parties"),
        ({"accounts": [{} for _ in range(150_000)]}, "too-many-empty"),
        ({"transfers": [1] * 150_000}, "too-many-empty"),
        ({"loss_fen": int(DIGITS)}, "too-large"),
    ],
)
def test_crowded_data_are_refused_within_a_second(facts, code):
    """A page sends data, which no reader of text has seen."""
    case, problems = within_a_second(lambda: check_data(tomllib.loads(FIX) | facts))
    assert case is None
    assert code in [problem.code for problem in problems]
