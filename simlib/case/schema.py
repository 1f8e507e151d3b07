"""The JSON schema of a case file, for editors and for people who write cases.

`python -m simlib.case.schema` writes it to `cases/schema.json`; a test keeps it current.
"""

from __future__ import annotations

import json

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import NullableSchema, WithDefaultSchema

from simlib.case.model import Case
from simlib.resources import shelf

FILE = "schema.json"


class TomlSchema(GenerateJsonSchema):
    """TOML has no null: an unknown fact is a key that is not there."""

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") in (None, (), {}):
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def schema() -> JsonSchemaValue:
    """Return the schema as JSON data, draft 2020-12; days and instants count as their ISO text.

    It describes one field at a time. `simlib check` reports what must hold between fields.
    """
    described = Case.model_json_schema(schema_generator=TomlSchema)
    described["description"] = "A case file of simlib; see README.md beside this file."
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def schema_text() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    (shelf("cases") / FILE).write_text(schema_text(), encoding="utf-8")
