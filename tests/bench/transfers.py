"""Reading, checking and deciding a case of many transfers; prints times, ratios and peak memory.

PYTHONPATH=.:tests python -m tests.bench.transfers

Beside the columns the slow way they replace, a record a row (`tests/reference/records.py`), at 10⁵
rows, both found equal before the clock starts; medians of processor time. Then 10⁶ rows as
CSV and as Parquet, each in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import datetime
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reference.records import check_slowly

from simlib.case import check_case

ROUNDS = 5
ACCOUNTS, HELPERS = 2_000, 8
HEAD = """
id = "bench"
basis = "hypothetical"
title = {{ zh = "假设", en = "Hypothetical" }}
acted_on = 2023-01-15
loss_fen = {loss}
transfers_file = "{file}"
"""
PARTY = '[[parties]]\nid = "{id}"\nrole = "{role}"\nname = {{ zh = "甲", en = "A" }}\n{more}'
HELP = 'act = "payment"\nfault = 0.8\ncausal_force = 0.5\n'
ALONE = """
import json, sys, time
from simlib import decide, load_case
def peak():  # Linux; what `resource` tells would hold the parent's
    status = open("/proc/self/status").read()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
load_case("fix-1")
spent, start = {}, time.process_time()
case = load_case(sys.argv[1])
spent["load"] = time.process_time() - start
spent["MB after loading"] = peak()
for name, work in {
    "decide": lambda: decide(case, "auto"),
    "decide again": lambda: decide(case, "several"),
    "set one row": lambda: case.set({"t0000001.fee_fen": 7}),
}.items():
    start = time.process_time()
    work()
    spent[name] = time.process_time() - start
spent["MB in all"] = peak()
print(json.dumps(spent))
"""


def main() -> None:
    """Both ways at 10⁵ rows, then 10⁶."""
    with tempfile.TemporaryDirectory() as where:
        few, many = Path(where, "few"), Path(where, "many")
        write(few, 100_000)
        columns, records = check_case(few)[0], check_slowly(few)[0]
        assert tuple(columns.transfers) == records.transfers
        quick = median(lambda: check_case(few))
        slow = median(lambda: check_slowly(few))
        print(f"100,000 rows   columns {quick:.2f} s   records {slow:.2f} s   {slow / quick:.1f} ×")
        write(many, 1_000_000)
        for kind in ("csv", "parquet"):
            told = alone(many, kind)
            print(f"1,000,000 rows, {kind}: " + ", ".join(f"{k} {v:.2f}" for k, v in told.items()))


def median(work: Callable[[], object]) -> float:
    """Processor seconds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def alone(folder: Path, kind: str) -> dict[str, float]:
    """What one process needs for the case [s, MB]."""
    case = folder / "case.toml"
    text = case.read_text("utf-8")
    if kind == "parquet":
        as_parquet(folder)
        case.write_text(text.replace("flows.csv", "flows.parquet"), encoding="utf-8")
    command = [sys.executable, "-c", ALONE, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    case.write_text(text, encoding="utf-8")
    return json.loads(done.stdout)


def write(folder: Path, count: int) -> None:
    """Every thousandth transfer is the claimant's; the others go from any card to any other."""
    folder.mkdir()
    rng, start = random.Random(7), datetime.datetime(2023, 1, 15, tzinfo=datetime.UTC)
    cards, loss = [f"card-{n:04d}" for n in range(ACCOUNTS)], 0
    with (folder / "flows.csv").open("w", encoding="utf-8") as file:
        file.write("id,payer,payee,amount_fen,fee_fen,at\n")
        for n in range(count):
            amount, hers = rng.randrange(100, 10**7), n % 1000 == 0
            loss += amount * hers
            payer = "li" if hers else rng.choice(cards)
            at = start + datetime.timedelta(seconds=n)
            file.write(f"t{n:07d},{payer},{rng.choice(cards)},{amount},0,{at.isoformat()}\n")
    people = [PARTY.format(id="li", role="victim", more="")]
    people.append(PARTY.format(id="wang", role="principal", more=""))
    people += [PARTY.format(id=f"h{n}", role="helper", more=HELP) for n in range(HELPERS)]
    held = (f'[[accounts]]\nid = "{c}"\nholder = "h{n % HELPERS}"\n' for n, c in enumerate(cards))
    text = HEAD.format(loss=loss, file="flows.csv") + "".join([*people, *held])
    (folder / "case.toml").write_text(text, encoding="utf-8")


def as_parquet(folder: Path) -> None:
    """The same rows as Parquet, instants with their zone."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    rows = csv.read_csv(folder / "flows.csv")
    at = rows["at"].cast(pa.timestamp("us", "Asia/Shanghai"))
    parquet.write_table(rows.set_column(5, "at", at), folder / "flows.parquet")


if __name__ == "__main__":
    main()
