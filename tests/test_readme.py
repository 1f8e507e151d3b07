"""The README: two commands first, its paths exist, its Python runs, its packages are ours."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")


def test_the_two_commands_come_first():
    """The first code block is `make course` and `make test`."""
    first = TEXT.split("```")[1]
    assert re.findall(r"^make (\w+)", first, re.M) == ["course", "test"]


def test_every_path_named_exists():
    """Paths in backticks and links lead somewhere."""
    named = re.findall(r"`((?:simlib|cases|course|tests|binder)/[\w./-]*)`", TEXT)
    named += re.findall(r"\]\(([\w./-]+)\)", TEXT)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_python_example_gives_what_it_says():
    """Each line's comment starts with the value of its expression."""
    block = re.search(r"```python\n(.*?)```", TEXT, re.S)[1]
    names: dict = {}
    for line in block.splitlines():
        code, _, said = line.partition("  #")
        if said:
            assert repr(eval(code, names)) == said.strip().split("：")[0]
        else:
            exec(code, names)


def test_every_dependency_earns_its_line():
    """Each package of the project is in the table of dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needs = project["dependencies"] + project["optional-dependencies"]["test"]
    names = [re.match(r"[\w-]+", need)[0] for need in needs]
    table = TEXT.split("## 依赖")[1].split("## ")[0]
    assert [name for name in names if name not in table] == []
