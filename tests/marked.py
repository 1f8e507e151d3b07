"""Shipped cases in which every word that a reader can write freely is markup."""

import tomllib

from simlib.case.write import write
from simlib.resources import shelf
from simlib.widgets.own.fields import ORDER, control, record_of

EVIL = '<a href="https://x.example">x</a><b>y</b>&lt;i&gt;'


def marked(name):
    """A shipped case in which every word that a reader can write freely begins with markup."""
    data = tomllib.loads((shelf("cases") / name / "case.toml").read_text("utf-8"))
    data["title"] = {lang: EVIL + words for lang, words in data["title"].items()}
    data["summary"] = {"zh": EVIL, "en": EVIL}
    for table in ORDER:
        for row in data.get(table, ()):
            for field in row.keys() & record_of(table).model_fields.keys():
                row[field] = evil(table, field, row[field])
    return write(data)


def evil(table, field, value):
    """A value with markup before it, if it is words."""
    if field in ("kinds", "sources", "set", "cites", "kind"):  # ids all of them
        return value
    kind = control(table, record_of(table), field)["kind"]
    if kind == "words":
        return EVIL + value if isinstance(value, str) else {k: EVIL + v for k, v in value.items()}
    return EVIL + value if kind == "line" and isinstance(value, str) else value
