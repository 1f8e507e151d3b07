"""Turn what pydantic reports into findings with our own codes."""

from __future__ import annotations

import math
import typing
from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simlib.case.fields import ADDRESS, CITATION, DIGEST, FILE_NAME, HIDDEN, ID
from simlib.case.model import Case
from simlib.case.problem_places import Finding, Spot, shown, shown_key
from simlib.errors import nearest

WRONG_TYPE = {
    "int": "not-whole",
    "float": "not-number",
    "bool": "not-flag",
    "string": "not-text",
    "date": "not-day",
    "datetime": "not-instant",
    "timezone": "no-zone",
    "model": "not-table",
    "dict": "not-table",
    "tuple": "not-list",
}
PATTERNS = {
    ADDRESS: "bad-address",
    CITATION: "bad-citation",
    DIGEST: "bad-digest",
    FILE_NAME: "bad-file-name",
    ID: "bad-id",
}
MOST_NEAR = 200  # suggestions a report; to look for the nearest name takes a while
LIMITS = {"finite_number", "greater_than", "greater_than_equal", "less_than_equal"}


def findings_of(error: ValidationError, root: Spot = ()) -> list[Finding]:
    """Return the findings of a failed validation of the data that lies at `root`."""
    entries = error.errors(include_url=False)
    findings = [_finding(entry, root, n < MOST_NEAR) for n, entry in enumerate(entries)]
    # the kinds of value a position may set are tried one by one: one finding a place is enough
    return list({(f.spot, f.code): f for f in findings}.values())


def _finding(entry: ErrorDetails, root: Spot, suggest: bool) -> Finding:
    spot, kind = root + entry["loc"], entry["type"]
    value, limits = entry["input"], entry.get("ctx", {})
    if "set" in spot[2:3]:
        return Finding(spot[:4], "bad-setting", {"value": shown(value)})
    if kind == "extra_forbidden":
        return unknown_key(spot, None if suggest else [])
    if kind == "missing":
        return Finding(spot, "missing-key", {"key": spot[-1]})
    if kind == "literal_error":
        return _choice(spot, value, limits["expected"], suggest)
    if kind == HIDDEN:
        return Finding(spot, "hidden-character", {"character": limits["character"]})
    if kind == "too_long":
        return Finding(spot, f"too-many-{spot[-1]}", {"most": limits["max_length"]})
    if kind in LIMITS:
        return _number(spot, value, limits)
    if kind == "string_pattern_mismatch":
        return Finding(spot, PATTERNS.get(limits["pattern"], "bad-text"), {"value": shown(value)})
    code = "bad-text" if kind.startswith("string_too") else WRONG_TYPE.get(kind.split("_")[0])
    return Finding(spot, code or "wrong-value", {"value": shown(value)})


def _number(spot: Spot, value: float, limits: Mapping[str, object]) -> Finding:
    values = {"value": shown(value)}
    if not isinstance(value, int) and not math.isfinite(value):
        return Finding(spot, "not-finite", values)
    if "gt" in limits:
        return Finding(spot, "not-positive", values)
    if value < 0:
        return Finding(spot, "negative", values)
    if limits["le"] == 1:
        return Finding(spot, "above-one", values)
    return Finding(spot, "too-large", {**values, "most": limits["le"]})


def _choice(spot: Spot, value: object, expected: str, suggest: bool) -> Finding:
    choices = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
    values = {"value": shown(value), "choices": ", ".join(choices)}
    near = nearest(value, choices) if suggest and isinstance(value, str) else None
    if near:
        return Finding(spot, "bad-choice-near", {**values, "near": near})
    return Finding(spot, "bad-choice", values)


def unknown_key(spot: Spot, keys: list[str] | None = None) -> Finding:
    """Return the finding for a key that is not the schema's, with the nearest one that is."""
    key = str(spot[-1])
    near = nearest(key, keys if keys is not None else fields_at(spot[:-1]))
    if near:
        return Finding(spot, "unknown-key-near", {"key": shown_key(key), "near": near})
    return Finding(spot, "unknown-key", {"key": shown_key(key)})


def fields_at(spot: Spot) -> list[str]:
    """Return the keys allowed at a place, e.g. `("parties", 0, "proof")`; none in a mapping."""
    record = record_at(spot)
    return list(record.model_fields) if record else []


def record_at(spot: Spot) -> type[BaseModel] | None:
    """Return the type of record that lies at a place of a case, or None if no record lies there."""
    record: type[BaseModel] | None = Case
    for part in spot:
        if isinstance(part, str) and record is not None:
            field = record.model_fields.get(part)
            record = record_in(field.annotation) if field else None
    return record


def record_in(annotation: object) -> type[BaseModel] | None:
    """Return the record type inside an annotation such as `tuple[Party, ...]` or `Proof | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (record_in(part) for part in typing.get_args(annotation))
    return next((record for record in inner if record), None)
