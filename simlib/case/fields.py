"""The kinds of value a case file may hold: ids, money, fractions, days, words, closed lists."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Literal, Never, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    create_model,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from simlib.law.modes import mode_keys
from simlib.law.rule import rules

ID = r"^[A-Za-z0-9_-]{1,64}$"
CITATION = r"^[a-z0-9]+(-[a-z0-9]+)*:[0-9]+(-[0-9]+)*(\([0-9]+\))*$"
# not the names of folders, `.` and `..`
FILE_NAME = r"^([^./\\\x00]|\.[^./\\\x00]|\.\.[^/\\\x00])[^/\\\x00]{0,254}$"
DIGEST = r"^[0-9a-f]{64}$"
ADDRESS = r"^https?://\S{1,2000}$"
MOST_FEN = 10**15  # ten trillion yuan: a longer number is a slip of the pen, and sums stay in int64
MOST_TEXT = 4000
HIDDEN = "hidden_character"  # pydantic's kind of error
# control characters beside tabs and line breaks, and marks that turn the order of letters round
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

V_co = TypeVar("V_co", covariant=True)
Raw: TypeAlias = Mapping[str, object]  # a table of TOML as it stands, right or wrong

Basis = Literal["reported", "adapted", "hypothetical"]
Role = Literal["victim", "principal", "helper", "platform", "operator", "unknown"]
Act = Literal["payment", "tech", "account", "promotion"]
Grade = Literal["none", "slight", "gross", "knowing", "concert"]
Kind = Literal["fixed", "found", "discretionary", "assumed"]
Instance = Literal["first", "appeal", "retrial"]
if TYPE_CHECKING:  # the modes are data: no checker can read them
    Form: TypeAlias = str
else:
    Form = Literal[("full", *(mode for mode in mode_keys() if mode != "auto"))]
Status = Literal["none", "pending", "effective", "not-prosecuted"]
Charge = Literal["fraud", "assisting", "concealing", "other"]
Part = Literal["principal", "accessory", "hired"]
Interrupting = Literal["demand", "suit", "acknowledgement", "performance"]
Leaving = Literal["cash", "wallet"]
Stage = Literal["promotion", "contact", "tool", "payment", "cash_out", "after"]
Strength = Literal["doubt", "rebut", "overturn"]
EventKind = Literal[
    "transfer", "chat", "login", "warning", "restriction", "withdrawal", "report", "device",
    "payment",
]  # fmt: skip
Finds = Literal["knowing", "act", "victim", "amount", "causation"]
Restitution = Literal["none", "confiscation", "own-gain", "full"]


def _visible(text: str) -> str:
    """Return the text, if a reader sees all that is in it."""
    if hidden := _HIDDEN.search(text):
        raise PydanticCustomError(HIDDEN, "hidden", {"character": f"U+{ord(hidden[0]):04X}"})
    return text


Id = Annotated[str, StringConstraints(pattern=ID)]
Citation = Annotated[str, StringConstraints(pattern=CITATION)]
FileName = Annotated[str, StringConstraints(pattern=FILE_NAME), AfterValidator(_visible)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS), AfterValidator(_visible)]
Digest = Annotated[str, StringConstraints(pattern=DIGEST)]
Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MOST_TEXT, pattern=r"\S"),
    AfterValidator(_visible),
]
Fen = Annotated[int, Field(ge=0, le=MOST_FEN)]
Loss = Annotated[int, Field(gt=0, le=MOST_FEN)]
Days = Annotated[int, Field(ge=0, le=100_000)]
Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Day = datetime.date
Instant = AwareDatetime


class Record(BaseModel):
    """A table of a case file: strict types, no other keys, never changed."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True
    )


class Words(Record):
    """The same words in both languages."""

    zh: Text
    """Chinese"""
    en: Text
    """English"""


if TYPE_CHECKING:  # the rules are data, too

    class ChosenRules(Record):
        """Rules that are to be read otherwise than by default."""

else:
    _CHOICES = {
        key: (Annotated[float, Field(ge=rule.ends[0], le=rule.ends[1])] | None, None)
        if rule.ends
        else (Literal[rule.values] | None, None)
        for key, rule in rules().items()
    }
    ChosenRules = create_model(
        "ChosenRules", __base__=Record, **_CHOICES,
        __doc__="Rules that are to be read otherwise than by default: rule = value.",
    )  # fmt: skip


class Facts(Mapping[str, V_co]):
    """A mapping that cannot change, and so can be hashed: a fact's name to its kind or source."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, V_co] | None = None) -> None:
        self._items = dict(items or {})

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Read `Facts[kind]` as a table of TOML, and write it as one."""
        named = core_schema.dict_schema(*map(handler.generate_schema, (str, *get_args(source))))
        written = core_schema.plain_serializer_function_ser_schema(dict)
        kept = core_schema.no_info_after_validator_function(cls, named, serialization=written)
        return core_schema.no_info_before_validator_function(_thaw, kept)

    def __getitem__(self, name: str) -> V_co:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"Facts({self._items!r})"


NO_FACTS: Facts[Never] = Facts()


def _thaw(value: object) -> object:
    return dict(value) if isinstance(value, Facts) else value


def _both(value: object) -> object:
    return {"zh": value, "en": value} if isinstance(value, str) else value


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Scalar = StrictBool | StrictInt | StrictFloat | StrictStr | datetime.datetime | datetime.date
Kinds = Facts[Kind]
SourceIds = Facts[Id]
Settings = Facts[Scalar]
Label = Annotated[Words, BeforeValidator(_both, json_schema_input_type=Words | str)]
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(_several, json_schema_input_type=Id | tuple[Id, ...]),
    Field(strict=False),
]
Groups = Annotated[tuple[Ids, ...], Field(strict=False)]
