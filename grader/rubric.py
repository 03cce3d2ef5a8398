"""YAML -> Rubric, or a RubricError that names file, line, key, what was found and what was expected.

Nothing of the reference is looked at here: whether a criterion's quantity exists is asked where the two meet.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import yaml
from pydantic import BaseModel, ValidationError

from grader.errors import RubricError
from grader.models import (
    LEAVES_INPUTS_ALONE,
    Activation,
    ClassAsked,
    Criterion,
    Gradient,
    Input,
    Late,
    Limits,
    Method,
    ObjectAsked,
    Override,
    Rubric,
    Tolerance,
)

Place = tuple[str | int, ...]
"""Where in a rubric: keys and indices, from the top."""

_Model = TypeVar("_Model", bound=BaseModel)

_FEWEST_SHOWN = 5


@dataclass(frozen=True)
class RubricFile:
    """A rubric that was read, and where each of its keys stands."""

    path: Path
    rubric: Rubric
    lines: Mapping[Place, int]
    digest: str
    """of the rubric's bytes (but for `due`, `timezone` and `late`), the reference's and the misconceptions'"""
    reference_digest: str = ""
    """of the reference's bytes and the misconceptions' alone"""

    @property
    def reference(self) -> Path:
        """The reference's file, beside the rubric."""
        return self.path.parent / self.rubric.reference

    @property
    def trials(self) -> Path | None:
        """The file of frozen trials, if there is one in place of a reference."""
        return self.path.parent / self.rubric.trials if self.rubric.trials else None

    @property
    def misconceptions(self) -> Path:
        """The file of known mistakes, beside the reference; it need not be there."""
        return self.reference.with_name(f"{self.reference.stem}_misconceptions.py")

    @property
    def accepted(self) -> Path:
        """The folder of files that must get full marks; it need not be there."""
        usual = Path("..") / "tests" / "submissions" / self.rubric.homework / "accepted"
        return self.path.parent / (self.rubric.accepted or usual)

    def with_rubric(self, rubric: Rubric) -> RubricFile:
        """The same file, as if another rubric stood in it."""
        return replace(self, rubric=rubric)

    def error(self, place: Place, message: str) -> RubricError:
        """A RubricError about one key."""
        return RubricError(located(self.path, self.lines, place, message))


def read_rubric(path: Path) -> RubricFile:
    """The rubric in a YAML file. Raises RubricError for whatever is wrong with it, the first few faults at once."""
    rubric, lines, source = read_yaml(path, Rubric, "rubric")
    file = RubricFile(path, rubric, lines, "")
    _check(file)
    digest, reference = hashlib.sha256(_judged_by(source, lines)), hashlib.sha256()
    for beside in (file.trials,) if file.trials else (file.reference, file.misconceptions):
        content = beside.read_bytes() if beside.is_file() else b""
        digest.update(content)
        reference.update(content)
    return replace(file, digest=f"sha256:{digest.hexdigest()}", reference_digest=f"sha256:{reference.hexdigest()}")


def read_yaml(path: Path, model: type[_Model], noun: str) -> tuple[_Model, Mapping[Place, int], bytes]:
    """What stands in a YAML file, the line of each key, and its bytes. RubricError for whatever is wrong with it."""
    try:
        source = path.read_bytes()
        text = source.decode("utf-8-sig")
    except OSError as error:
        raise RubricError(f"{path}: the {noun} can not be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RubricError(f"{path}: the {noun} is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    lines: dict[Place, int] = {}
    content = _content(path, text, lines, model, noun)
    try:
        return model.model_validate(content), lines, source
    except ValidationError as error:
        raise RubricError(_faults(path, lines, error, model)) from None


_OF_NO_TRIAL = ("due", "timezone", "late")
"""Keys that are applied to a result and judge nothing: a change of them leaves every result standing."""


def _judged_by(source: bytes, lines: Mapping[Place, int]) -> bytes:
    """The bytes of a rubric without the lines of the keys that judge nothing."""
    rows = source.splitlines(keepends=True)
    tops = sorted(line for place, line in lines.items() if len(place) == 1)
    if len(set(tops)) < len(tops):
        return source  # several keys in one line: a rubric in braces
    for key in _OF_NO_TRIAL:
        if (key,) in lines:
            first = lines[key,]
            after = next((line for line in tops if line > first), len(rows) + 1)
            # What is indented belongs to the key; a comment or a blank line below it does not.
            last = first
            while last + 1 < after and rows[last][:1].isspace() and rows[last].strip():
                last += 1
            if any(b"&" in row for row in rows[first - 1 : last]) or not rows[first - 1].startswith(key.encode()):
                continue  # an anchor may be meant elsewhere; a line may have ended where only YAML sees it
            rows[first - 1 : last] = [b""] * (last - first + 1)
    return b"".join(rows)


def rubric_schema() -> dict[str, Any]:
    """The JSON Schema of a rubric, for editors."""
    return schema_of(Rubric)


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}


# ---------------------------------------------------------------- YAML, with the line of every key


def _content(path: Path, text: str, lines: dict[Place, int], model: type[BaseModel], noun: str) -> Any:
    try:
        loader = yaml.SafeLoader(text)
    except yaml.YAMLError as error:
        raise RubricError(f"{path}: this is not YAML: it holds a character that is not allowed ({error})") from error
    try:
        node = loader.get_single_node()
        if node is None:
            raise RubricError(f"{path}: the {noun} is empty; it needs at least: {', '.join(_required(model))}")
        content = _built(path, loader, node, (), lines, ())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RubricError(f"{path}, line {line}: this is not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise RubricError(f"{path}: this is not YAML: {error}") from error
    except RecursionError:
        raise RubricError(f"{path}: the {noun} is nested too deeply") from None
    finally:
        loader.dispose()
    if not isinstance(content, dict):
        raise RubricError(f"{path}, line 1: found {_found(content)}, expected keys such as {_EXAMPLES[noun]!r}")
    return content


_EXAMPLES = {"rubric": "homework: hw3", "file of overrides": "overrides: []"}


def _built(
    path: Path,
    loader: yaml.SafeLoader,
    node: yaml.Node,
    place: Place,
    lines: dict[Place, int],
    around: tuple[yaml.Node, ...],
) -> Any:
    """The plain content of a node; notes the line of every place below it. `around` are the nodes it stands in."""
    lines.setdefault(place, node.start_mark.line + 1)
    if any(node is outer for outer in around):
        raise RubricError(f"{path}, line {node.start_mark.line + 1}: the anchor refers to itself")
    around = (*around, node)
    if isinstance(node, yaml.SequenceNode):
        return [_built(path, loader, child, (*place, i), lines, around) for i, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(loader, node)
    loader.flatten_mapping(node)
    content: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = str(_scalar(loader, key_node))
        line = key_node.start_mark.line + 1
        if key in content:
            first = lines[*place, key]
            raise RubricError(f"{path}, line {line}: the key {key!r} stands here a second time (first in line {first})")
        lines[*place, key] = line
        content[key] = _built(path, loader, value_node, (*place, key), lines, around)
    return content


def _scalar(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    try:
        return loader.construct_object(node)
    except ValueError:  # it looks like a date, and there is no such day
        return node.value


# ---------------------------------------------------------------- sentences


def located(path: Path, lines: Mapping[Place, int], place: Place, message: str) -> str:
    """A message about one key, with the file, the line and the key before it."""
    known = place
    while known and known not in lines:
        known = known[:-1]
    name = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")
    return f"{path}, line {lines.get(known, 1)}: {name + ': ' if name else ''}{message}"


def _faults(path: Path, lines: Mapping[Place, int], error: ValidationError, root: type[BaseModel]) -> str:
    details = error.errors(include_url=False)
    sentences = [located(path, lines, _place(e["loc"]), _fault(e, root)) for e in details[:_FEWEST_SHOWN]]
    if len(details) > _FEWEST_SHOWN:
        sentences.append(f"{path}: and {len(details) - _FEWEST_SHOWN} more faults")
    return "\n".join(sentences)


def _place(location: tuple[str | int, ...]) -> Place:
    """pydantic's location without the marks that it adds for keys of a mapping."""
    return tuple(part for part in location if part != "[key]")


def _fault(detail: Any, root: type[BaseModel]) -> str:
    kind, key = detail["type"], str(detail["loc"][-1])
    if kind == "extra_forbidden":
        model = _model_at(detail["loc"][:-1], root)
        known = [field.alias or name for name, field in model.model_fields.items()]
        near = get_close_matches(key, known, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        return f"unknown key {key!r}{hint} Known keys: {', '.join(known)}"
    if kind == "missing":
        return f"the key {key!r} is missing"
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    found = _found(detail["input"])
    if kind in ("too_long", "too_short"):
        context = detail["ctx"]
        bound = f"at most {context['max_length']}" if kind == "too_long" else f"at least {context['min_length']}"
        return f"found {context['actual_length']} items, expected {bound}"
    if kind in _EXPECTED:
        return f"found {found}, expected {_EXPECTED[kind]}"
    wanted = detail["msg"].removeprefix("Input should be ")
    return f"found {found}, expected {wanted if wanted[:1] in _ARTICLES else f'a value {wanted}'}"


_ARTICLES = ("a", "'")
_EXPECTED = {
    "tuple_type": "a list such as [a, b]",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "string_type": "a text",
    "string_pattern_mismatch": "a name: a letter first, then letters, digits and underscores",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "datetime_parsing": "a date with a time, as in 2026-12-01T23:59:00",
    "datetime_from_date_parsing": "a date with a time, as in 2026-12-01T23:59:00",
}
"""What pydantic's types are called in a rubric."""


def _found(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "nothing" if value is None else repr(value)


def _model_at(location: tuple[str | int, ...], root: type[BaseModel]) -> type[BaseModel]:
    """The model whose keys stand at this place of a file."""
    models: dict[str, type[BaseModel]] = {
        "inputs": Input,
        "activations": Activation,
        "criteria": Criterion,
        "tolerance": Tolerance,
        "gradient": Gradient,
        "limits": Limits,
        "class": ClassAsked,
        "methods": Method,
        "object": ObjectAsked,
        "late": Late,
        "overrides": Override,
    }
    names = [part for part in location if part in models]
    return models[str(names[-1])] if names else root


def _required(model: type[BaseModel]) -> list[str]:
    return [name for name, field in model.model_fields.items() if field.is_required() or name == "reference"]


# ---------------------------------------------------------------- what the types can not say


def _check(file: RubricFile) -> None:
    rubric = file.rubric
    if not rubric.reference and not rubric.trials:
        raise file.error(("reference",), "the key 'reference' is missing")
    if rubric.reference and rubric.trials:
        raise file.error(("trials",), "found 'reference' and 'trials', expected one of them")
    for name, (low, high) in rubric.dimensions.items():
        if low > high:
            raise file.error(("dimensions", name), f"found [{low}, {high}], expected the smallest size first")
    _check_inputs(file)
    for index, criterion in enumerate(rubric.criteria):
        _check_criterion(file, index, criterion)
    counts = Counter(criterion.function for criterion in rubric.criteria)
    for index, criterion in enumerate(rubric.criteria):
        if counts[criterion.function] > 1:
            raise file.error(("criteria", index, "function"), f"{criterion.function!r} has more than one criterion")
    if rubric.points is not None and abs(rubric.points - rubric.max_score) > 1e-9:
        raise file.error(
            ("points",), f"found {rubric.points:g}, but the points of all criteria add up to {rubric.max_score:g}"
        )
    _check_aliases(file, ("aliases",), rubric.aliases)
    _check_times(file)
    _check_visibility(file)


def _check_times(file: RubricFile) -> None:
    rubric = file.rubric
    if rubric.timezone is not None:
        try:
            ZoneInfo(rubric.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise file.error(("timezone",), _no_time_zone(rubric.timezone)) from None
    if rubric.due is not None and not rubric.timezone:
        raise file.error(("due",), "a due date needs the key 'timezone' beside it, as in Europe/Zurich")
    if rubric.late is not None and rubric.due is None:
        raise file.error(("late",), "nothing can be late without the key 'due', as in 2026-12-01T23:59:00")


def _no_time_zone(name: str) -> str:
    """What is said of a name that is no time zone on this machine."""
    known = available_timezones()
    if not known:
        return f"found {name!r}, and this machine knows no time zones (pip install tzdata mends it)"
    near = get_close_matches(name, sorted(known), n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"found {name!r}, expected a time zone such as Europe/Zurich{hint}"


def _check_visibility(file: RubricFile) -> None:
    rubric, checks = file.rubric, [*file.rubric.checks, LEAVES_INPUTS_ALONE]
    for name, seen in rubric.visibility.items():
        if name not in checks:
            raise _unknown(file, ("visibility", name), "check", name, checks)
        if seen == "after_due" and rubric.due is None:
            raise file.error(("visibility", name), "found 'after_due', but the rubric says no 'due'")


def _check_inputs(file: RubricFile) -> None:
    rubric = file.rubric
    for name, leaf in rubric.inputs.items():
        if leaf.any_shape and leaf.kind == "label":
            raise file.error(("inputs", name, "shape"), "found 'any', expected the dimensions of a label, as in [n]")
        if leaf.any_shape and not rubric.dimensions:
            message = (
                "found 'any', but there is no dimension: its axes have the sizes of the dimensions, in their order"
            )
            raise file.error(("inputs", name, "shape"), message)
        for letter in () if leaf.any_shape else leaf.shape:
            if letter not in rubric.dimensions:
                raise _unknown(file, ("inputs", name, "shape"), "dimension", letter, rubric.dimensions)
        if name in rubric.dimensions:
            raise file.error(("inputs", name), f"{name!r} is a dimension too; give one of them another name")
        if leaf.kind == "label":
            if leaf.classes is None:
                raise file.error(("inputs", name), "a label needs the key 'classes': the dimension that counts them")
            if leaf.classes not in rubric.dimensions:
                raise _unknown(file, ("inputs", name, "classes"), "dimension", leaf.classes, rubric.dimensions)
    for index, activation in enumerate(rubric.activations):
        if activation.moved_by not in rubric.inputs:
            raise _unknown(file, ("activations", index, "moved_by"), "input", activation.moved_by, rubric.inputs)


def _check_criterion(file: RubricFile, index: int, criterion: Criterion) -> None:
    checks = [*file.rubric.checks, LEAVES_INPUTS_ALONE]
    for name in criterion.points:
        if name not in checks:
            raise _unknown(file, ("criteria", index, "points", name), "check", name, checks)
    if not any(name in file.rubric.checks and points > 0 for name, points in criterion.points.items()):
        raise file.error(("criteria", index, "points"), f"no check with trials gives {criterion.function!r} any points")
    _check_aliases(file, ("criteria", index, "aliases"), criterion.aliases)
    for convention, name in criterion.gradient.times.items() if criterion.gradient else ():
        place = ("criteria", index, "gradient", "times", convention)
        if convention not in file.rubric.conventions:
            raise _unknown(file, place, "convention", convention, file.rubric.conventions)
        if name not in file.rubric.dimensions:
            raise _unknown(file, place, "dimension", name, file.rubric.dimensions)


def _check_aliases(file: RubricFile, place: Place, aliases: Mapping[str, tuple[str, ...]]) -> None:
    meanings: dict[str, str] = {}
    for quantity, names in aliases.items():
        for name in names:
            if name in meanings and meanings[name] != quantity:
                message = f"{name!r} is an alias of {meanings[name]!r} already; a name may stand for one quantity only"
                raise file.error((*place, quantity), message)
            meanings[name] = quantity


def _unknown(file: RubricFile, place: Place, noun: str, name: str, known: Iterable[str]) -> RubricError:
    names = list(known)
    near = get_close_matches(name, names, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return file.error(place, f"there is no {noun} {name!r}{hint} Known are: {', '.join(names)}")
