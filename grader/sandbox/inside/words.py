"""What a child says in sentences: each with what is filled into it, so that the grader can say it in another language.

All that can be said is listed here. A child sends a template and its values, and the grader fills only a template that
stands in its own copy of this list.
"""

from __future__ import annotations

import string

KNOWN: dict[str, tuple[str, ...]] = {}
"""template -> the names of its values"""


def N_(template: str) -> str:
    """The template itself, marked for the catalogue, and known from now on."""
    names = (name for _, name, _, _ in string.Formatter().parse(template) if name)
    KNOWN[template] = tuple(dict.fromkeys(names))
    return template


class Words(str):
    """A sentence of this list, filled in English; it knows what it was made of. A value may be Words itself."""

    parts: tuple[str, ...]
    """the template, then its values"""

    def __new__(cls, template: str, **values: object) -> Words:
        texts = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        words = super().__new__(cls, template.format(**texts))
        words.parts = (template, *(texts[name] for name in KNOWN[template]))
        return words


def flat(text: str) -> list[str]:
    """The texts by which a sentence is sent: a template and its values; or "" and a text that is nobody's to translate.

    Each value is sent in the same way.
    """
    if not isinstance(text, Words):
        return ["", text]
    template, *values = text.parts
    return [template, *(sent for value in values for sent in flat(value))]


# ---------------------------------------------------------------- the file

UNREADABLE = N_("Python can not read the file: {error}")
UNREADABLE_AT = N_("Python can not read the file: line {line}, column {column}: {error}")
LOOKS_OLD = N_("{sentence} The file looks like Python 2; write print(...) with parentheses.")
NESTED_TOO_DEEPLY = N_("Python can not read the file: its expressions are nested too deeply.")
TOO_DEEP = N_("Python can not read the file: the statement in line {line} is too deep.")
NOT_UTF_8 = N_(
    "Python can not read the file: it is not UTF-8 (byte {byte} in line {line}, column {column}). Save it as UTF-8."
)

# ---------------------------------------------------------------- a function that is not there

NO_FUNCTION = N_("There is no function {name} in the file.")
NO_FUNCTION_BUT = N_("There is no function {name} in the file. There is a function {near}: is it meant?")
NOT_A_FUNCTION = N_("{name} is {kind}, not a function.")
NOT_DEFINED = N_("{name} (line {line}) could not be defined: {error}.")
IN_A_CLASS = N_(
    "{name} (line {line}) is inside the class {inside}. Only functions at the top level of the file are graded: "
    "move it out, or add a line such as {name} = {inside}().{name} at the end."
)
GONE = N_("{name} (line {line}) is defined, but at the end of the file it is gone.")
IN_A_FUNCTION = N_("{name} (line {line}) is inside the function {inside}: move it to the top level of the file.")
NEVER_DEFINED = N_("{name} (line {line}) was never defined, because the block around it did not run: move it out.")
CAN_NOT_BE_READ = N_("{name} can not be read: {error}.")

# ---------------------------------------------------------------- a class, and what its objects lack

NO_CLASS = N_("There is no class {name} in the file.")
NO_CLASS_BUT = N_(
    "There is no class {name} in the file. There are the classes {others}: call the one that is meant {name}."
)
NOT_A_CLASS = N_("{name} is {kind}, not a class.")
CONSTRUCTOR_ASKS = N_(
    "The constructor of {inside} asks for {names}, which can not be supplied. It may ask for: {offered}."
)
METHOD_ASKS = N_("The method {name} asks for {names}, which can not be supplied. It may ask for: {offered}.")
NO_METHOD = N_("{inside} has no method {name}. These names were looked for: {names}.")
NO_CHOICE = N_(
    "There is no method {name}, and neither the constructor nor {method} has a parameter to choose it by. It may be "
    "called: {names}."
)
NOT_HANDED_OVER = N_(
    "{names} can not be handed over: no parameter of the constructor or of {methods}, and no attribute of the object, "
    "has one of these names: {known}."
)
NO_PARAMETER = N_(
    "An object of {inside} has no {name} when it has been made. These names were looked for, as attributes and as keys "
    "of a dict: {names}."
)
NO_QUANTITY = N_(
    "{name} was not found after {method}: neither in what it returned nor in the object. These names were looked for, "
    "as attributes and as keys of a dict: {names}."
)
UNCLEAR_QUANTITY = N_(
    "{method} returned {count} values, and which of them is {name} can not be told. Keep it as an attribute {name}, or "
    "return a dict with that key."
)
NO_BATCHES = N_(
    "{method} gave {what}, where one batch after the other is expected: pairs (X, y), or the numbers of the rows."
)

# ---------------------------------------------------------------- an exception

EXIT = N_("SystemExit: the code asked Python to exit")
EXIT_SAYING = N_("SystemExit: the code asked Python to exit ({text})")
CAN_NOT_BE_PRINTED = N_("{error}: (its message can not be printed)")

# ---------------------------------------------------------------- what came back

A_TYPE = N_("a {type}")
AN_TYPE = N_("an {type}")
TRUTH_VALUE = N_("the truth value {value}")
STRING = N_("the string {value}")
NUMBER = N_("a number")
LIST = N_("a list")
TUPLE = N_("a tuple")
ARRAY = N_("an array")
ONE_MASKED = N_("a masked array with {count} masked entry")
MANY_MASKED = N_("a masked array with {count} masked entries")
OF_MASKED_ARRAYS = N_("{container} of masked arrays")
OF_DIFFERENT_SHAPES = N_("{container} of {count} whose parts have different shapes")
OF = N_("{container} of {content}")
OF_WITH_DTYPE = N_("{container} of {content} (dtype {dtype})")
COMPLEX_NUMBER = N_("a complex number")
VALUE_OF = N_("a value of {content}")
TRUTH_VALUES = N_("truth values")
COMPLEX_NUMBERS = N_("complex numbers")
OBJECTS = N_("objects")
STRINGS = N_("strings")
THE_TYPE = N_("the type {dtype}")
TOO_MANY_AXES = N_("an array of {axes} axes")
TOO_LARGE = N_("an array of shape {shape}, far larger than what was asked for")
MANY_TOO_LARGE = N_("one of many arrays of shape {shape}, far larger than what was asked for")
