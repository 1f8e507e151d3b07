"""`python tests/mutants.py [--count 300] [--seed 29] [room …]`: the small faults tests notice.

cosmic-ray changes one operator, number, condition or loop of simlib at a time, in a copy of the
checkout, and the room's own tests run until one fails: first the files that name the changed
module. Rooms take turns, so that a run which is stopped has a figure for each; what was found
stands in `build/mutants/`, where the next run of the same seed goes on. `tests/mutants.toml` lists
changes that alter nothing a reader or a caller could see: others are drawn instead.

A mutant is drawn by the seed, its file and the words of its line: a change elsewhere in the file
draws no other ones.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import rooms

ROOT = rooms.TESTS.parent
STATE = ROOT / "build" / "mutants"
FOUND = STATE / "found.jsonl"
LEAST = 85  # killed of a hundred
SAMPLED = {  # figure → rooms whose modules are changed and whose tests are run
    **{room: [room] for room in (
        "chain", "causation", "fault", "riskbenefit", "liability", "restitution", "enrichment",
        "procedure", "evidence", "statement", "server",
    )},
    "widgets": ["widgets", "lessons"],
}  # fmt: skip
PYTEST = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "--tb=no"]
FIRST = ("test_recorded.py",)  # quick, and asks an engine everything
# Nodes in which nothing is ever changed: most of a module, and most of the time to look for places.
IDLE = {"name", "string", "newline", "endmarker", "trailer", "arglist", "atom", "atom_expr",
        "simple_stmt", "suite", "parameters", "param", "funcdef", "dotted_name"}  # fmt: skip
MARKS = set("()[]{},.:=;") | {"->", "def", "return", "import", "from", "None", "in", "for", "yield"}
# Which object an equal number or word is, is Python's own affair, of which its compiler warns.
NOT_DRAWN = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq", "_Eq_IsNot", "_NotEq_Is")
SPEED_ALONE = ("@cache", "@lru_cache", "@cached_property")


Place = tuple[Path, int, list[tuple[str, int]]]  # file, line, operators with their occurrence


@dataclass(frozen=True)
class Mutant:
    """One change: where it is, who makes it, and what the line was and becomes."""

    room: str
    path: str
    line: int
    operator: str
    occurrence: int
    was: str
    becomes: str
    source: str  # digest of the file


def main() -> int:
    """Draw, run what is not yet known, print the figures; 1 if too few were noticed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=300, help="mutants in all rooms together")
    parser.add_argument("--seed", type=int, default=29)
    parser.add_argument("rooms", nargs="*", default=list(SAMPLED), help="all, where none is named")
    options = parser.parse_args()
    STATE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder, chdir(folder):
        tree = copied()
        os.environ["PYTHONPATH"] = folder
        subprocess.run([sys.executable, "-m", "compileall", "-q", "."], check=True)
        share = -(-options.count // len(options.rooms))
        sample = {room: drawn(room, options.seed, share) for room in options.rooms}
        for turn in range(share):
            for mutant in (each for of in sample.values() for each in of[turn : turn + 1]):
                judge(mutant, tree)
    print(f"{time.strftime('%F')}, seed {options.seed}:")
    return report(sample, tree)


def copied() -> str:
    """Copy to here what git knows and would add; return a digest of what the outcomes hang on."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split("\0")
    there = [name for name in sorted(filter(None, names)) if (ROOT / name).is_file()]
    for name in there:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, name)
    tested = (name for name in there if name.startswith(("simlib/", "tests/", "cases/")))
    return digest(*(Path(name).read_bytes() for name in tested if "mutants" not in name))


def digest(*parts: object) -> str:
    """Return a short SHA-256 of bytes, or of anything as it is written."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part if isinstance(part, bytes) else f"{part}|".encode())
    return whole.hexdigest()[:16]


def drawn(room: str, seed: int, share: int) -> list[Mutant]:
    """Return the room's first mutants in the order of the seed, at most one a place."""
    alike = tomllib.loads((rooms.TESTS / "mutants.toml").read_text("utf-8"))["equivalent"]
    known = {(each["file"], each["was"], each["becomes"]) for each in alike}
    paths = (path for name in SAMPLED[room] for path in sorted(Path("simlib", name).rglob("*.py")))
    places = {rank: place for path in paths for rank, place in placed(path, seed).items()}

    def made() -> Iterator[Mutant]:
        for rank, (path, row, ways) in sorted(places.items()):
            shuffled = sorted(ways, key=lambda way: digest(rank, way[0]))
            possible = (mutant for way in shuffled if (mutant := mutated(room, path, row, *way)))
            yield from islice((m for m in possible if (m.path, m.was, m.becomes) not in known), 1)

    return list(islice(made(), share))


def placed(path: Path, seed: int) -> dict[str, Place]:
    """Return a module's places by their rank, and in how many ways each can be changed.

    The rank hangs on the words of the line, the how-manieth such line it is, and where in it.
    """
    from cosmic_ray.ast import ast_nodes, get_ast_from_path  # of the night's environment alone
    from cosmic_ray.plugins import get_operator, operator_names

    lines = path.read_text("utf-8").splitlines()
    bare = [line.strip() for line in lines]
    every = ast_nodes(get_ast_from_path(path))
    nodes = [n for n in every if n.type not in IDLE and getattr(n, "value", "") not in MARKS]
    found: dict[str, Place] = {}
    for name in operator_names():
        if (operator := get_operator(name)).arguments() or name.endswith(NOT_DRAWN):
            continue
        starts = (start for node in nodes for start, _ in operator().mutation_positions(node))
        for occurrence, (row, column) in enumerate(starts):
            line, before = bare[row - 1], bare[: row - 1].count(bare[row - 1])
            rank = digest(seed, path, line, before, column - lines[row - 1].index(line))
            found.setdefault(rank, (path, row, []))[2].append((name, occurrence))
    return found


def mutated(room: str, path: Path, row: int, operator: str, occurrence: int) -> Mutant | None:
    """Return the change, unless Python refuses it or runs the same as before."""
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    source = path.read_text("utf-8")
    changed = mutate_code(source, get_operator(operator)(), occurrence)
    if changed is None or run_as(changed) in (None, run_as(source)):
        return None
    short = operator.partition("/")[2]
    was, becomes = (text.splitlines()[row - 1].strip() for text in (source, changed))
    if short == "RemoveDecorator":
        becomes = ""
        if was.startswith(SPEED_ALONE):
            return None
    return Mutant(room, str(path), row, short, occurrence, was, becomes, digest(source.encode()))


def run_as(code: str) -> str | None:
    """Return what Python makes of a module, without annotations, which no room evaluates."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        for name in {"annotation", "returns"} & set(node._fields):
            setattr(node, name, None)
    return ast.dump(tree)


def judge(mutant: Mutant, tree: str) -> None:
    """Run the room's tests on a mutant whose outcome is not known, and write it down."""
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_item import MutationSpec

    if outcome(mutant, tree):
        return
    seconds = unchanged(mutant.room, tree)
    spec = MutationSpec(mutant.path, f"core/{mutant.operator}", mutant.occurrence,
                        (mutant.line, 0), (mutant.line, 1))  # fmt: skip
    command = shlex.join(pytest_of(mutant.room, mutant.path))
    result = mutate_and_test([spec], command, 60 + 4 * seconds)
    how = "timed out" if result.output == "timeout" else str(result.test_outcome.value)
    by = re.findall(r"(?m)^(?:FAILED|ERROR).*", str(result.output))
    print(f"{mutant.room:12} {how:10} {told(mutant)}", flush=True)
    note({"tree": tree, "outcome": how, "by": by[:1], **asdict(mutant)})


def unchanged(room: str, tree: str) -> float:
    """Run the room's tests on simlib as it is, once for each state of it; return the seconds."""
    for row in rows():
        if row.get("unchanged") == room and row["tree"] == tree:
            return row["seconds"]
    begun = time.monotonic()
    done = subprocess.run(pytest_of(room), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{room}: its tests fail on simlib as it is\n{done.stdout[-2000:]}{done.stderr}")
    note({"unchanged": room, "tree": tree, "seconds": time.monotonic() - begun})
    return time.monotonic() - begun


def pytest_of(room: str, path: str = "") -> list[str]:
    """Return the command of the room's tests; who names the module or its folders comes first.

    What starts a server of its own is asked of the server alone, for which it is the test.
    """
    parts = Path(path).with_suffix("").parts[1:]
    files = {file for each in SAMPLED[room] for file in rooms.quick(each)}

    def named(file: Path) -> tuple[bool, int, str]:
        text = file.name + file.read_text("utf-8")
        return file.name not in FIRST, -sum(part in text for part in parts), file.name

    ordered = [str(file.relative_to(ROOT)) for file in sorted(files, key=named)]
    marks = "not night and not node" + (" and not slow" if room != "server" else "")
    return [*PYTEST, "-m", marks, "-k", f"not what_a_room_says or {room}", *ordered]


def rows() -> list[dict]:
    """Read what earlier runs wrote; a line that was cut off by a kill is dropped."""
    lines = FOUND.read_text("utf-8").split("\n") if FOUND.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]


def note(row: dict) -> None:
    with FOUND.open("a", encoding="utf-8") as file:
        file.write(f"\n{json.dumps(row, ensure_ascii=False)}")


def outcome(mutant: Mutant, tree: str) -> str:
    """Return what is known: who survived is asked again when a test or a module has changed."""
    same = asdict(mutant)
    for row in reversed(rows()):
        if all(row.get(key) == value for key, value in same.items()):
            return row["outcome"] if row["outcome"] == "killed" or row["tree"] == tree else ""
    return ""


def told(mutant: Mutant) -> str:
    place = f"{mutant.path}:{mutant.line} {mutant.operator}"
    return f"{place}\n    {mutant.was}\n    {mutant.becomes}"


def report(sample: dict[str, list[Mutant]], tree: str) -> int:
    """Print the figures by room and who survived; 1 if fewer than `LEAST` in a hundred died."""
    every = [mutant for mutants in sample.values() for mutant in mutants]
    ended = {mutant: outcome(mutant, tree) for mutant in every}
    for room in [*sample, "all"]:
        how = Counter(ended[each] for each in sample.get(room, every))
        run = max(sum(how.values()), 1)
        figures = f"{how['killed']:5} killed {how['survived']:4} survived"
        share = 100 * (run - how["survived"]) // run
        print(f"{room:12}{run:5} mutants {figures} {how['timed out']:3} timed out {share:4} %")
    alive = [mutant for mutant in every if ended[mutant] == "survived"]
    print(*map(told, alive), sep="\n")
    return int(100 * len(alive) > (100 - LEAST) * len(every))


if __name__ == "__main__":
    sys.exit(main())
