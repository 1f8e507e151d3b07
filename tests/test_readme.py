"""README and CONTRIBUTING: two commands first, paths exist, Python runs, packages are ours."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
ENDS = ("", ".py")


def test_the_two_commands_come_first():
    """The first code block is `make course` and `make test`."""
    first = TEXT.split("```")[1]
    assert re.findall(r"^make (\w+)", first, re.M) == ["course", "test"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_path_named_exists(name):
    """Paths in backticks and links lead somewhere, and so does every module that is run."""
    text = (ROOT / name).read_text("utf-8")
    named = re.findall(r"`((?:simlib|cases|course|tests|binder)/[\w./-]*)`", text)
    named += re.findall(r"\]\(([\w./-]+)\)", text)
    named += [
        m.replace(".", "/") for m in re.findall(r"python -m ((?:tests|simlib)\.[\w.]+)", text)
    ]
    assert len(named) > 30
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
