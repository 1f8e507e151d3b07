"""Files out of shape, fed to the editor's page and to the command line: cases, CSV, workbooks."""

from __future__ import annotations

import contextlib
import io
import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from hostile import mutate, odd, splice

from simlib.cli import main
from simlib.resources import shelf
from simlib.widgets.own.editor import OwnEditor

HERE = Path(__file__).parents[1]
CSV = """交易日期,交易时间,摘要,借方发生额,贷方发生额,余额,对方户名,对方账号,流水号
2022-10-01,09:00:00,工资,,"10,000.00","12,000.00",某公司,1001,S1
20221005,100000,转账,8000.00,,4000.00,王五,6217000000002222,S2
2022/10/5,10:05,转账,1.2,,3998.80,赵六,6228480000003333,S3
"""
CELLS = (
    "=1+1", '"', '""', "\0", "\u202e", "1e308", "-", "９，９９９．９９", "9" * 400, "2022-13-45",
    "0000-00-00", "99999999999999", "\r", "a" * 40_000, ",", "," * 5000, "\n", "￥-0.001", "+8",
)  # fmt: skip
LINES = (
    "a" + ".a" * 5000 + " = 1\n", "[[parties]]\n" * 300, "x = " + "[" * 5000 + "]" * 5000 + "\n",
    "loss_fen = " + "9" * 5000 + "\n", "loss_fen = -1\n", "loss_fen = nan\n", "id = '\\u202e'\n",
    "'\0' = 1\n", '"""', "[parties]\n", "acted_on = 9999-12-31\n", "acted_on = 0001-01-01\n",
    "transfers_file = '../../../etc/passwd'\n", "transfers_file = '/dev/zero'\n", "\ufeff", "=",
    "[[accounts]]\nid = 'a'\nholder = 'a'\n", "kinds = { '' = '' }\n",
)  # fmt: skip
BOMB = 40_000_000  # bytes a small member of a workbook unpacks to


@cache
def _cases() -> tuple[bytes, ...]:
    shipped = sorted(shelf("cases").glob("*/case.toml"))
    broken = sorted((HERE / "broken_cases").glob("*.toml"))
    return tuple(path.read_bytes() for path in (*shipped, *broken))


@cache
def _book() -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    for line in CSV.splitlines():
        made.active.append(line.split(","))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def case(rng: random.Random) -> bytes:
    """A case file, some of it not as it should be."""
    data = rng.choice(_cases())
    if rng.random() < 0.4:
        return mutate(rng, data)
    text = data.decode("utf-8", "replace")
    for _ in range(rng.choice((1, 1, 3))):
        text = splice(rng, text, LINES)
    return text.encode(rng.choice(("utf-8",) * 4 + ("utf-16", "gb18030")), "replace")


def sheet(rng: random.Random) -> bytes:
    """A bank's CSV, some of it not as it should be."""
    text = CSV
    for _ in range(rng.choice((1, 2, 8))):
        text = splice(rng, text, CELLS)
    if rng.random() < 0.1:
        text += text * rng.choice((100, 2000))
    data = text.encode(rng.choice(("utf-8", "gb18030", "utf-16", "utf-8-sig")), "replace")
    return mutate(rng, data) if rng.random() < 0.4 else data


def book(rng: random.Random) -> bytes:
    """A workbook whose members, or whose bytes, are not as they should be."""
    if rng.random() < 0.3:
        return mutate(rng, _book())
    parts = _parts()
    name = rng.choice([*parts, "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "../../x"])
    xml = parts.get(name, b"")
    parts[name] = rng.choice((
        lambda: mutate(rng, xml),
        lambda: b"",
        lambda: b"<a>" * 100_000,
        lambda: xml[: len(xml) // 2] + b" " * BOMB + xml[len(xml) // 2 :],
        lambda: xml.replace(b'r="A1"', b'r="XFD1048576"').replace(b'r="2"', b'r="999999999"'),
        lambda: b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 1000 + b'">]><a>' + b"&b;" * 10_000 + b"</a>",
        lambda: xml.replace(b"<v>", b"<v>" + str(odd(rng)).encode("utf-8", "replace")[:2000]),
    ))()  # fmt: skip
    return _packed(parts, rng)


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_book())) as found:
        return {name: found.read(name) for name in found.namelist()}


def _packed(parts: dict[str, bytes], rng: random.Random) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
        for number in range(rng.choice((0, 0, 0, 3000))):
            made.writestr(f"xl/more{number}.xml", b"")
    return kept.getvalue()


KINDS = {"toml": case, "csv": sheet, "xlsx": book}


def file(rng: random.Random) -> tuple[str, bytes]:
    """A name and what the file of that name holds; sometimes the name of another kind."""
    kind = rng.choice(list(KINDS))
    called = kind if rng.random() < 0.9 else rng.choice(list(KINDS))
    return f"a.{called}", KINDS[kind](rng)


def feed(name: str, data: bytes) -> None:
    """Open a file on the page and on the command line: both say what is wrong, and nothing else."""
    page = OwnEditor("zh")
    asked = {"file": name} if name.endswith(".toml") else {"statement": name}
    page.hear(asked, [data])
    page.hear({"map": {"table": 0, "shape": "flow", "unit": "yuan", "columns": {}}}, [])
    page.hear({"turn": True}, [])
    page.hear({"people": True}, [])
    for mode in ("replace", "add"):
        page.hear({"insert": {"mode": mode, "used": ["a"], "roles": [[0, "victim"]]}}, [])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        words = ["check", str(path)] if name.endswith(".toml") else ["import", str(path)]
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main(words)
    assert code in (0, 1), f"exit {code}"
    assert "Traceback" not in said.getvalue()
