"""Broken case files: each says exactly what it must, in both languages, and nothing more."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from simlib.case import check_case, load_case
from simlib.case.toml_guard import MOST_BYTES
from simlib.errors import CaseError, problem_line
from simlib.resources import table

FOLDER = Path(__file__).parent / "broken_cases"
FILES = sorted(path.name for path in FOLDER.glob("[0-9]*.toml"))
with (FOLDER / "messages.toml").open("rb") as index:
    MESSAGES = tomllib.load(index)

HEAD = """
id = "big"
basis = "hypothetical"
title = { zh = "假设", en = "Hypothetical" }
acted_on = 2023-01-15
loss_fen = 1_000_000
"""
CAST = """
[[parties]]
id = "li"
role = "victim"
name = { zh = "李某", en = "Li" }

[[parties]]
id = "wang"
role = "principal"
name = { zh = "王某", en = "Wang" }
"""


def lines(path: Path, lang: str = "en") -> list[str]:
    """What a check says about a file, after the file's name."""
    words = table("texts", lang, "problems.toml")
    return [problem_line("", problem, words)[1:] for problem in check_case(path)[1]]


def codes(path: Path) -> list[tuple[str, str]]:
    """Where and what is wrong with a file."""
    return [(problem.path, problem.code) for problem in check_case(path)[1]]


def written(folder: Path, text: str | bytes) -> Path:
    """A case file with this text."""
    path = folder / "case.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("name", FILES)
def test_broken_file_says_what_it_must(name: str) -> None:
    """Every problem is reported, in the order of the file, in the words agreed."""
    assert lines(FOLDER / name) == MESSAGES[name]


@pytest.mark.parametrize("name", FILES)
def test_broken_file_says_it_in_chinese(name: str) -> None:
    """The Chinese lines have the same places and codes, and Chinese words."""
    for zh, en in zip(lines(FOLDER / name, "zh"), MESSAGES[name], strict=True):
        assert zh.split(": ")[:2] == en.split(": ")[:2]
        assert any("一" <= char <= "鿿" for char in zh.split(": ", 2)[2])


def test_every_broken_file_has_its_message() -> None:
    """The index and the folder name the same files, and there are many."""
    assert sorted(MESSAGES) == FILES
    assert len(FILES) >= 45


def test_a_broken_file_is_not_loaded() -> None:
    """Nothing is half loaded: the error holds every problem, and its words are the lines."""
    path = FOLDER / FILES[-1]
    with pytest.raises(CaseError) as caught:
        load_case(path)
    assert str(caught.value).splitlines() == [f"{path}:{line}" for line in MESSAGES[FILES[-1]]]


def test_every_problem_has_words_in_both_languages() -> None:
    """The two tables have the same codes, each with a reason and a remedy."""
    zh, en = (table("texts", lang, "problems.toml") for lang in ("zh", "en"))
    assert list(zh) == list(en)
    assert all(set(entry) == {"reason", "remedy"} for entry in [*zh.values(), *en.values()])


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """Windows Notepad's mark at the start of a file is passed over."""
    assert codes(written(tmp_path, b"\xef\xbb\xbf" + (HEAD + CAST).encode())) == []


def test_windows_line_ends_are_no_problem(tmp_path: Path) -> None:
    """CR LF reads as LF."""
    assert codes(written(tmp_path, (HEAD + CAST).replace("\n", "\r\n"))) == []


def test_a_file_of_more_than_16_mb_is_refused(tmp_path: Path) -> None:
    """One byte too many is refused unread; the last byte allowed is not."""
    text = (HEAD + CAST).encode()
    comment = b"# " + b"x" * 997 + b"\n"
    full = text + comment * ((MOST_BYTES - len(text)) // len(comment))
    assert codes(written(tmp_path, full)) == []
    assert codes(written(tmp_path, full + comment)) == [("-", "too-big")]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("[" * 100_000, "too-deep"),
        ("[" * 100_000 + "]" * 100_000, "too-deep"),
        ("[1," * 100_000, "too-deep"),
        ("{a=" * 100_000, "too-deep"),
        ("9" * 5_000, "long-word"),
        ("1_" * 5_000 + "1", "long-word"),
        ("0x" + "f" * 5_000, "long-word"),
        ("1." + "0" * 5_000, "long-word"),
    ],
)
def test_absurd_values_are_refused_unparsed(tmp_path: Path, value: str, code: str) -> None:
    """Nesting and numbers that would cost the parser minutes, or crash it, never reach it."""
    assert codes(written(tmp_path, f"{HEAD}extra = {value}\n")) == [("-", code)]


@pytest.mark.parametrize(
    "key",
    [
        ".".join("a" * 100_000),
        ".".join(['"a"'] * 100_000),
        " . ".join(["'a'"] * 100_000),
    ],
)
@pytest.mark.parametrize("form", ["{} = 1", "[{}]", "[[{}]]", "x = {{ {} = 1 }}"])
def test_absurd_keys_are_refused_unparsed(tmp_path: Path, key: str, form: str) -> None:
    """A dotted key of 100,000 parts takes the parser gigabytes."""
    assert codes(written(tmp_path, HEAD + form.format(key) + "\n")) == [("-", "too-many-parts")]


def test_what_stands_in_strings_and_comments_is_no_structure(tmp_path: Path) -> None:
    """Brackets, dots and digits in words do not count, in any of TOML's ways to quote them."""
    odd = "[{" * 50 + ".".join("a" * 50) + "9" * 500
    quoted = [f'"{odd}"', f"'{odd}'", f'"""{odd}\n"\n{odd}"""', f"'''{odd}\n'\n{odd}'''"]
    summaries = "".join(
        f'[[sources]]\nid = "s{n}"\ntext = {text} # {odd}\n' for n, text in enumerate(quoted)
    )
    assert codes(written(tmp_path, f"# {odd}\n{HEAD}{CAST}{summaries}")) == []


def test_the_line_of_what_is_absurd_is_named(tmp_path: Path) -> None:
    """The line counts as an editor counts, strings of several lines included."""
    text = 'a = """\n\n"""\nb = ' + "[" * 50
    assert check_case(written(tmp_path, text))[1][0].values == {"line": 4, "most": 32}


def test_missing_file_folder_and_loop(tmp_path: Path) -> None:
    """What is not a file says which way it is not."""
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    assert codes(loop) == [("-", "link-loop")]
    assert codes(tmp_path) == [("-", "no-case-in-folder")]
    assert codes(tmp_path / "none.toml") == [("-", "missing-file")]
    assert codes(tmp_path / "none.toml" / "below") == [("-", "missing-file")]
    assert codes(Path("/dev/null")) == [("-", "not-a-file")]
    (tmp_path / "case.toml").mkdir()
    assert codes(tmp_path) == [("-", "not-a-file")]
    assert [problem.code for problem in check_case("a\0b")[1]] == ["missing-file"]


def test_64_parties_and_no_more(tmp_path: Path) -> None:
    """The limit itself is allowed."""
    more = '\n[[parties]]\nid = "p{0}"\nrole = "principal"\nname = {{ zh = "甲", en = "A" }}\n'
    full = HEAD + CAST + "".join(more.format(n) for n in range(62))
    assert codes(written(tmp_path, full)) == []
    assert codes(written(tmp_path, full + more.format(62))) == [("parties", "too-many-parties")]


def csv_case(folder: Path, rows: str) -> Path:
    """A case whose transfers lie in a CSV file."""
    (folder / "flows.csv").write_text(rows, encoding="utf-8")
    return written(folder, HEAD + 'transfers_file = "flows.csv"\n' + CAST)


def test_transfers_file_adds_its_rows(tmp_path: Path) -> None:
    """The rows stand behind those of the case, in any order of columns, with or without times."""
    rows = (
        "amount_fen,id,payer,payee,at\n"
        "600000,t1,li,wang,2023-01-15T10:00:00+08:00\n"
        "400000,t2,li,wang,\n"
    )
    case = load_case(csv_case(tmp_path, rows))
    assert [(t.id, t.amount_fen, t.at is None) for t in case.transfers] == [
        ("t1", 600_000, False),
        ("t2", 400_000, True),
    ]


def test_transfers_file_is_checked_as_the_case_is(tmp_path: Path) -> None:
    """A problem in a row names its line; sums and ids are checked over both files."""
    rows = (
        "id,payer,payee,amount_fen,at\n"
        "t1,li,wang,500000,2023-01-15T10:00:00\n"
        "t1,li,wnag,5e5,2023-01-15T10:00:00+08:00\n"
        "t3,li,wang,-1,yesterday\n"
        "t4,li\n"
    )
    assert codes(csv_case(tmp_path, rows)) == [
        ("transfers_file", "csv-cells"),
        ("transfers_file.line2.at", "no-zone"),
        ("transfers_file.line3.id", "duplicate-id"),
        ("transfers_file.line3.payee", "dangling-id-near"),
        ("transfers_file.line3.amount_fen", "not-whole"),
        ("transfers_file.line4.amount_fen", "negative"),
        ("transfers_file.line4.at", "not-instant"),
    ]
    sums = "id,payer,payee,amount_fen\nt1,li,wang,999999\n"
    assert codes(csv_case(tmp_path, sums)) == [("loss_fen", "transfers-sum")]


def test_transfers_file_with_a_wrong_head(tmp_path: Path) -> None:
    """Columns that are missing, unknown or doubled are named, and the rows left alone."""
    assert codes(csv_case(tmp_path, "id,payer,payee,amount,amount,memo\n")) == [
        ("transfers_file", "csv-column-twice"),
        ("transfers_file", "csv-no-column"),
        ("transfers_file", "csv-unknown-column"),
        ("transfers_file", "csv-unknown-column-near"),
    ]
    assert {code for _, code in codes(csv_case(tmp_path, ""))} == {"csv-no-column"}
    assert codes(csv_case(tmp_path, 'id,"')) == [("transfers_file", "not-csv")]
