"""The JSON schema of a `lesson.toml`, for editors and for people who write lessons.

`python -m simlib.lessons.schema` writes it beside this module; a test keeps it current.
"""

from __future__ import annotations

import json

from simlib.case.schema import TomlSchema
from simlib.lessons.declaration import Lesson
from simlib.resources import PACKAGE

FILE = PACKAGE / "lessons" / "schema.json"


def schema_text() -> str:
    """Return the schema as it stands in the file, draft 2020-12.

    It describes one field at a time. `python -m simlib.lessons.reader` reports what must hold
    between fields, and which words are missing.
    """
    described = Lesson.model_json_schema(schema_generator=TomlSchema)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
