"""README and CONTRIBUTING: two commands first, paths exist, Python runs, packages are ours."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from simlib.statement.read.sandbox import MODULES

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
ENDS = ("", ".py")


def test_the_two_commands_come_first():
    """The first code block is `make course` and `make test`."""
    first = TEXT.split("```")[1]
    assert re.findall(r"^make (\w+)", first, re.M) == ["course", "test"]


@pytest.mark.parametrize(
    ("name", "least"), [("README.md", 30), ("CONTRIBUTING.md", 30), ("DESIGN.md", 5)]
)
def test_every_path_named_exists(name, least):
    """Paths in backticks and links lead somewhere, and so does every module that is run."""
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"`((?:simlib|cases|course|tests|binder)/[\w./-]*)`", text)
    named += re.findall(r"\]\(([\w./-]+)\)", text)
    named += [
        m.replace(".", "/") for m in re.findall(r"python -m ((?:tests|simlib)\.[\w.]+)", text)
    ]
    assert len(named) > least
    assert [path for path in named if not any((ROOT / (path + end)).exists() for end in ENDS)] == []


@pytest.mark.parametrize("wish", [
    "add a mode of liability", "make a slider logarithmic", "find out why a page is slow",
    "see how a rounding tie is broken", "add a lesson",
])  # fmt: skip
def test_where_is_answers_in_one_step(wish):
    """What a maintainer looks for most often has a row of its own, which names a file."""
    row = re.search(rf"(?m)^\|[^|]* {wish} \|(.+)\|$", TEXT)
    assert row
    assert re.search(r"`(simlib/|python -m )|\[CONTRIBUTING", row[1])


def test_the_python_example_gives_what_it_says():
    """Each line's comment starts with the value of its expression."""
    block = re.search(r"```python\n(.*?)```", TEXT, re.S)[1]
    names: dict = {}
    for line in block.splitlines():
        code, _, comment = line.partition("  #")
        if comment:
            assert repr(eval(code, names)) == comment.strip().split("：")[0]
        else:
            exec(code, names)


def test_every_dependency_has_a_line_in_the_table():
    """Each package of the project is in the table of dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = project["dependencies"] + project["optional-dependencies"]["test"]
    names = [re.match(r"[\w-]+", need)[0] for need in needs]
    table = TEXT.split("## 依赖")[1].split("## ")[0]
    assert [name for name in names if name not in table] == []


def told(line):
    """What a line says is to be installed with pip: no options, versions, quotes or remarks."""
    for after in re.findall(r"pip install +(.+)", line):
        words = iter(after.split())
        for word in words:
            if word in ("-r", "-e"):
                next(words)
            elif not word.startswith("-"):
                name, rest = re.match(r"""["']?([\w.{}\[\]-]*)(.*)""", word).groups()
                yield name
                if not name or rest.strip("\"'"):
                    break


@pytest.mark.parametrize(("line", "expected"), [
    ('先 `pip install "simlib[parquet]"`。', ["simlib[parquet]"]),
    ("python -m pip install --quiet -r a.txt --no-deps . # ours", [".", ""]),
    ("pip install 'a>=1' b；c d", ["a"]),
    ("请运行：pip install {package}", ["{package}"]),
])  # fmt: skip
def test_what_a_line_tells_to_install(line, expected):
    """Names as a reader would copy them."""
    assert list(told(line)) == expected


def test_no_remedy_installs_a_strangers_package():
    """pip is told packages this project asks for, by their names, or the checkout; never simlib,
    which on the public index is another project. The changelog tells what once was."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needs = [need for group in (project["dependencies"], *extras.values()) for need in group]
    meant = {re.match(r"[\w-]+", need)[0] for need in needs} | {f".[{extra}]" for extra in extras}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = set(listed.stdout.split("\0")) - {"CHANGELOG.md", "tests/test_readme.py"}
    found = {(name, word) for name in names if (ROOT / name).is_file()
             for line in (ROOT / name).read_text("utf-8", "replace").splitlines()
             for word in told(line) if word.strip("\\")}  # fmt: skip
    assert ("simlib/texts/zh/problems.toml", "pyarrow") in found
    assert {each for each in found if each[1] not in meant | {".", "{package}"}} == set()
    code = "".join(path.read_text("utf-8") for path in (ROOT / "simlib").rglob("*.py"))
    packages = re.findall(r'"missing-package", package="([\w-]+)"', code)
    assert {"plotly", *MODULES.values()} <= {*packages, *MODULES.values()} <= meant
