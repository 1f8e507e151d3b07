"""Which control each field of a case has, made from the case's own schema, with its words."""

from __future__ import annotations

import datetime
import typing
from collections.abc import Sequence
from functools import cache

from pydantic import AwareDatetime, BaseModel

from simlib.case.changed_case import TABLES
from simlib.case.fields import Groups, Label, Words
from simlib.case.model import Case
from simlib.case.references import POINTERS, SEVERAL
from simlib.case.validation_problems import record_in
from simlib.law.checklist import rebutted, shown
from simlib.resources import Table
from simlib.text import topic_words, words

NOTES = ("kinds", "sources", "fact_sources")
BY_GRADE = "grade_open"  # what the grade's own control says
NO_FIELD = (*NOTES, BY_GRADE, "transfers_file", "schema")
ORDER = (
    "parties", "acts", "accounts", "transfers", "evidence", "events", "recoveries", "criminal",
    "reparations", "interruptions", "rulings", "positions", "sources",
)  # fmt: skip
# The page writes a case in steps; each shows these tables, and the rarer ones folded.
STEPS = {
    "case": (),
    "parties": ("parties", "acts"),
    "money": ("transfers", "accounts", "recoveries"),
    "proof": (
        "evidence", "rulings", "criminal", "reparations", "events", "interruptions", "sources",
    ),
    "settings": ("positions",),
    "statement": (),
}  # fmt: skip
RARE = ("acts", "recoveries", "criminal", "reparations", "events", "interruptions", "sources")
# What most people need of a row, in the order in which they say it; the rest is folded.
FIRST = {
    "parties": (
        "name", "role", "act", "sued", "grade", "gain_direct_fen", "assets_fen", "loss_fen",
    ),
    "acts": ("title", "party", "stage"),
    "accounts": ("holder", "inflow_fen"),
    "transfers": ("payer", "payee", "amount_fen", "at"),
    "evidence": ("name", "kind", "against", "shows", "rebuts", "strength"),
    "events": ("words", "at", "party", "kind"),
    "criminal": ("party", "status", "charge", "part", "restitution", "restitution_paid_fen"),
    "rulings": ("court", "on", "against", "form", "amount_fen", "words"),
    "positions": ("title", "set"),
    "sources": ("text", "href"),
}  # fmt: skip
HEAD_FIRST = ("title", "summary", "acted_on", "loss_fen", "claimant")
# Of a party; the schema does not ask for them, for what else a file says may stand for them.
WANTED = ("act", "grade")
TECHNICAL = ("id", "sha256", "cites")
# Whom a field is about; for others it is neither asked nor shown, unless it is filled in.
OF_ROLE = {
    "act": ("helper",),
    "sued": ("principal", "helper", "platform", "operator"),
    "grade": ("helper", "platform", "operator"),
    "gain_direct_fen": ("principal", "helper", "platform", "operator"),
    "assets_fen": ("principal", "helper", "platform", "operator"),
    "loss_fen": ("victim",),
    "recovered_fen": ("victim",),
    "enlarged_fen": ("platform", "operator"),
    "after_knowledge_fen": ("platform", "operator"),
    "exemption": ("helper",),
}
# Where the words of a closed list stand, if not in own_lab.toml under the field's own name.
CHOICES = {
    "basis": ("terms", "case_bases"),
    "role": ("terms", "roles"),
    "act": ("terms", "acts"),
    "grade": ("terms", "grades"),
    "instance": ("terms", "instances"),
    "form": ("terms", "forms"),
    "status": ("terms", "criminal_status"),
    "charge": ("terms", "charges"),
    "part": ("terms", "parts"),
    "restitution": ("terms", "restitutions"),
    "stage": ("causation", "stages"),
    "strength": ("fault", "strength"),
    "events.kind": ("fault_lesson", "log.kind"),
    "interruptions.kind": ("own_lab", "interrupting"),
    "positions.kind": ("terms", "kinds"),
}
FREE = {"evidence.kind": ("own_lab", "evidence_kinds")}  # a list to choose from, though not closed
ALSO = {
    "evidence.holder": ("court", "police", "bank", "operator", "platform", "notary"),
    "events.other": ("bank", "police", "operator", "platform", "regulator"),
}


class Control(typing.TypedDict):
    """How a field is shown: the kind of its control, its choices, in which tables its ids are.

    What follows `fields` stands only where a field of the page has this control.
    """

    kind: str
    homes: typing.NotRequired[list[str]]
    also: typing.NotRequired[list[list[str]]]
    options: typing.NotRequired[Sequence[Sequence[str]]]
    single: typing.NotRequired[bool]
    fields: typing.NotRequired[list[Control]]
    id: typing.NotRequired[str]
    label: typing.NotRequired[str]
    must: typing.NotRequired[bool]
    technical: typing.NotRequired[bool]
    more: typing.NotRequired[bool]
    roles: typing.NotRequired[list[str]]
    wanted: typing.NotRequired[bool]
    acts: typing.NotRequired[list[str]]
    default: typing.NotRequired[bool]
    blank: typing.NotRequired[str]
    help: typing.NotRequired[str]
    gloss: typing.NotRequired[dict[str, str]]


@cache
def spec(lang: str) -> dict[str, object]:
    """Steps, head and tables in the order of the page; each field as the page's controls want."""
    head = [_field("", Case, name, lang) for name in _named(Case) if name not in TABLES]
    head.sort(key=lambda f: _rank(HEAD_FIRST, f["id"]))
    said = topic_words("own_lab", lang)
    steps = [{"id": id, **said["steps"][id], "tables": list(of)} for id, of in STEPS.items()]
    return {
        "steps": steps,
        "head": {"fields": head, "noted": True},
        "tables": [_table(table, said, lang) for table in ORDER],
        "kinds": list(topic_words("terms", lang)["kinds"].items()),
    }


def _table(table: str, said: Table, lang: str) -> dict[str, object]:
    record = record_of(table)
    fields = [_field(table, record, name, lang) for name in _named(record)]
    return {
        "id": table,
        "label": said["tables"][table],
        "one": said["one"][table],
        "rare": table in RARE,
        "noted": "kinds" in record.model_fields,
        "fields": sorted(fields, key=lambda f: _rank(FIRST.get(table, ()), f["id"])),
    }


def record_of(table: str) -> type[BaseModel]:
    """The type of a table's rows."""
    record = record_in(Case.model_fields[table].annotation)
    if record is None:
        raise TypeError(f"{table} is no table of records")
    return record


def _named(record: type[BaseModel]) -> list[str]:
    return [name for name in record.model_fields if name not in NO_FIELD]


def _rank(first: tuple[str, ...], name: str) -> int:
    return first.index(name) if name in first else len(first)


def _field(table: str, record: type[BaseModel], name: str, lang: str) -> Control:
    """One field: its label, its kind of control, and what that control needs."""
    info = record.model_fields[name]
    found: Control = {
        "id": name,
        "label": label(table, name, lang),
        "must": info.is_required(),
        **control(table, record, name, lang),
    }
    first = FIRST.get(table) if table else HEAD_FIRST
    if name in TECHNICAL:
        found["technical"] = True
    elif first and name not in first:
        found["more"] = True
    if table == "parties" and name in OF_ROLE:
        found["roles"] = list(OF_ROLE[name])
    if table == "parties" and name in WANTED:
        found["wanted"] = True
    if name == "exemption":
        found["acts"] = ["tech"]
    if isinstance(info.default, bool):
        found["default"] = info.default
    elif info.default == 0:
        found["blank"] = "0"
    elif said := _blank(table, name, lang):
        found["blank"] = said
    if said := topic_words("own_lab", lang)["help"].get(table or "head", {}).get(name, ""):
        found["help"] = said
    if table == "parties" and name == "grade":
        open_ = topic_words("own_lab", lang)["grade_open"]
        found["gloss"] = {**topic_words("terms", lang)["grades_long"], "unknown": open_["gloss"]}
        found["options"] = [*found["options"], ["unknown", open_["option"]]]
    return found


def _blank(table: str, name: str, lang: str) -> str:
    """What an empty field says: an example, or what it means to leave it empty."""
    said: str = topic_words("own_lab", lang)["blank"].get(table or "head", {}).get(name, "")
    return said


@cache
def control(table: str, record: type[BaseModel], name: str, lang: str = "zh") -> Control:
    """The kind of a field's control, and its choices or where its ids lead."""
    where = f"{table}.{name}"
    for pointers, kind in ((POINTERS, "pointer"), (SEVERAL, "pointers")):
        for held, key, homes in pointers:
            if (held, key) == (table, name):
                found: Control = {"kind": kind, "homes": list(homes)}
                if "pool" in homes:
                    found["also"] = [["pool", words("own_lab", "places.pool", lang)]]
                return found
    if where == ".claimant":
        return {"kind": "pointer", "homes": ["parties"]}
    if where in ALSO:
        some = [[key, words("own_lab", f"places.{key}", lang)] for key in ALSO[where]]
        return {"kind": "place", "homes": ["parties"], "also": some}
    if where in FREE:
        return {"kind": "choice", "options": list(words_at(*FREE[where], lang).items())}
    if name in ("shows", "rebuts"):
        known = shown() if name == "shows" else rebutted()
        return {"kind": "several", "options": [[key, _item(key, lang)] for key in known]}
    if name not in NOTES and (listed := _literals(record, name)):
        if table == "rules":
            said = words_at("parameters", f"rules.{name}.values", lang)
            return {"kind": "choice", "options": [[v, said[v]] for v in listed]}
        said = words_at(*CHOICES.get(where, CHOICES.get(name, ("own_lab", name))), lang)
        kind = "several" if name == "finds" else "choice"
        return {"kind": kind, "options": [[v, said[v]] for v in listed]}
    return _plain(record, name, lang)


def _plain(record: type[BaseModel], name: str, lang: str) -> Control:
    hint: object = typing.get_type_hints(record, include_extras=True)[name]
    inner = record_in(record.model_fields[name].annotation)
    if inner is Words:  # where the schema takes one text for both languages
        return {"kind": "words", "single": Label in (hint, *typing.get_args(hint))}
    if inner is not None:
        usual: Control = {"kind": ""}
        if name == "rules":  # what is not chosen is no fact that nobody found
            usual["blank"] = words("own_lab", "ui.by_default", lang)
        fields: list[Control] = [
            {**usual, "id": key, "label": label(name, key, lang), **control(name, inner, key, lang)}
            for key in inner.model_fields
        ]
        return {"kind": "nested", "fields": fields}
    types = set(_types(hint))
    if name.endswith("_fen"):
        return {"kind": "money"}
    for kind, of in (
        ("instant", AwareDatetime), ("day", datetime.date), ("flag", bool),
        ("fraction", float), ("whole", int),
    ):  # fmt: skip
        if of in types and name != "set":
            return {"kind": kind}
    if hint == Groups:
        return {"kind": "groups", "homes": ["acts"]}
    return {"kind": {"id": "id", "cites": "list", "set": "settings"}.get(name, "line")}


def _types(hint: object) -> typing.Iterator[object]:
    """Every plain type inside an annotation."""
    inner = typing.get_args(hint)
    if not inner:
        yield hint
    for part in inner:
        yield from _types(part)


def _literals(record: type[BaseModel], name: str) -> list[str]:
    """The closed list of a field's values, or nothing."""
    hint = typing.get_type_hints(record, include_extras=True)[name]
    todo: list[object] = [hint]
    found: list[str] = []
    while todo:
        part = todo.pop()
        if typing.get_origin(part) is typing.Literal:
            found += typing.get_args(part)
        else:
            todo += [p for p in typing.get_args(part) if not isinstance(p, str)]
    return found


def _item(key: str, lang: str) -> str:
    """What a piece of evidence shows: an item of the checklist, or an element."""
    fault = topic_words("fault", lang)
    items, elements = fault["item"], fault["element"]
    said: str = items[key]["name"] if key in items else elements[key]
    return said


def words_at(topic: str, path: str, lang: str) -> dict[str, str]:
    """A table of words below a dotted path."""
    found = topic_words(topic, lang)
    for part in path.split("."):
        found = found[part]
    return found


def label(table: str, name: str, lang: str) -> str:
    if table == "rules":
        return words("parameters", f"rules.{name}.name", lang)
    own = topic_words("own_lab", lang)
    of_table = own["fields"].get(table, {}) if table else own["head"]
    said: str = of_table[name] if name in of_table else own["fields"][name]
    return said
