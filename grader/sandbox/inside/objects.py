"""A class that students hand in, as functions: each call makes a fresh object; nothing is kept from call to call.

A recipe says how: what the object is made with, which parameters it is given, which methods are called, what is read.
The constructor and the methods ask for what they need by the names of their parameters, as functions do (`binding`). A
parameter is an attribute, or stands in a dict or list that is one; what a method computes is found there too, or in
what it returns. How an object lays out its parameters (W1 transposed, a bias as a column) is seen on one that is made
with sizes that all differ.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from numbers import Number
from typing import Any

import numpy as np

from . import words
from .batches import rows_of
from .binding import POSITION, fold
from .parcels import DATA, DICT, LIST, WORD, Asked, ask
from .places import (
    Path,
    arrays_in,
    at,
    attributes_among,
    besides,
    find_place,
    has_shape,
    holds,
    layout_of,
    places_of,
    put,
    roots_of,
    shape_of,
)
from .program import Program, kind_of
from .returned import as_array
from .words import Words

SEED = "seed"
"""what is offered under this name is another number for each attempt"""

CACHE = "cache"
"""under this name a method gets what the one before it returned"""

_TELLING = (2, 3, 4, 5, 6, 7)


RNG = "rng"
"""what is offered under this name draws numbers, others for each attempt"""

PUBLIC, FREE, INSTEAD, PRIVATE = "public", "free", "instead", "private"
WAYS = (PUBLIC, FREE, INSTEAD, PRIVATE)
"""A method of that name, a function of the file, another method that does it too, a method that is private."""

STACKED, PAIR, ALONE = "stacked", "pair", "alone"


class NotThereError(Exception):
    """The class has no such method, parameter or quantity, as far as anybody can tell; the words say which."""

    def __init__(self, text: Words) -> None:
        super().__init__(text)
        self.words = text


class Objects:
    """A student's class, and one recipe: `value` makes a fresh object and gives what is asked of it."""

    def __init__(
        self, program: Program, name: str, recipe: Mapping[str, Any], tell: Callable[[int], None] = lambda stage: None
    ) -> None:
        """`tell` is told what runs next: 0 where an object is made, else the number of a method of `calls`, from 1."""
        self.recipe = recipe
        self._tell = tell
        self._program = program
        self.kind = find_class(program, recipe["names"], recipe["methods"])
        self.readings: list[tuple[str, str, str]] = []
        self._asked: dict[str, Asked] = {}
        self._ways: dict[str, str] = {}
        """how each method is done"""
        self._form = STACKED
        """in which X and y are given, if one parameter asks for both"""
        self._sure_form = False
        self._words = self._words_of_choices()
        self._layouts: dict[str, str] = {}
        self._looked = False
        self._seats: dict[str, Path] = {}
        """where each parameter is, seen where all sizes differ"""
        self._kept: dict[str, Path] = {}
        """where a quantity was the only one of its shape, in what is returned or in the object"""
        own = [name for name in recipe["own"] if name not in recipe["dimensions"]]
        self._own = {attribute: name for name in own for attribute in self._names_of(name)}
        """of what the criterion gives, each name under which an object may have it"""
        groups = [(group, each) for group, each in recipe["together"].items() if {*each["of"]} <= {*recipe["own"]}]
        self._own_together = [(name, each["of"]) for group, each in groups for name in (group, *each["names"])]
        """the same of several that may stand together"""
        self._sizes: Mapping[str, int] = {}
        """in place of the trial's own, while the layout is looked at"""
        self._choose_constructor()
        method = next((m for m in reversed(recipe["calls"])), "")
        ways = (self._along(self.kind, method, way) for way in WAYS) if method else ()
        found = next((each for each in ways if each is not None), getattr(self.kind, "__init__", None))
        self.lines = program.lines_of(found) if found is not None else None

    def _choose_constructor(self) -> None:
        """Ask for what the constructor asks for; of a class that can not be made, take the one that it is made from."""
        methods, known = self.recipe["methods"], self._program.able
        able = _abilities(self.kind, methods, known)
        made_from = [kind for kind in self.kind.__mro__[1:] if _abilities(kind, methods, known) == able > 0]
        try:
            self._asks_for(self.kind, "", self.recipe["constructor"])
        except NotThereError:
            if not made_from:
                raise
            self.kind = made_from[0]
            self._choose_constructor()

    # ------------------------------------------------------------ one value

    def value(self, known: Mapping[str, Any]) -> Any:
        """What comes of the recipe, with the values of the quantities that it names."""
        if not self._looked:
            self._look_at_layouts(known)
        attempts, rounds = self.recipe["attempts"], self.recipe["rounds"]
        tried = [self._in_some_form(known, attempt) for attempt in range(attempts or 1)]
        tried = [_stacked(values) if rounds else values[0] for values in tried]
        return _stacked(tried) if attempts else tried[0]

    def _in_some_form(self, known: Mapping[str, Any], attempt: int) -> list[Any]:
        """The values of one object. One parameter for X and y is a pair, or one array with y as its last column."""
        if self._sure_form:
            return self._tried(known, attempt)
        problem: Exception | None = None
        sets = [each["of"][0] for each in self.recipe["together"].values() if each["examples"]]
        two = any(len(self._offer(name, known)) == 2 for name in sets)  # two rows can be taken for X and y
        for form in (PAIR, STACKED, ALONE) if two else (STACKED, PAIR, ALONE):
            self._form = form
            try:
                values = self._tried(known, attempt)
            except Exception as error:
                parcels = [parcel for asked in self._asked.values() for parcel in asked.parcels.values()]
                forms = [parcel for parcel in parcels if parcel.form == DATA]
                if not forms:
                    raise
                problem = error if form == PAIR or problem is None else problem
                if form == (STACKED if two else PAIR) and not any(parcel.alone for parcel in forms):
                    break
                continue
            self._sure_form = not two
            return values
        raise problem or AssertionError

    def _tried(self, known: Mapping[str, Any], attempt: int) -> list[Any]:
        made = self._made(known, attempt)
        lacking = self._hand_over(made, known)
        for name in self.recipe["sets"]:
            self._set(made, name, known[name])
        values = []
        for _ in range(self.recipe["rounds"] or 1):
            returned: list[tuple[str, Any]] = []
            seen: dict[str, Any] = {}
            for method in self.recipe["calls"]:
                returned.append((method, self._called(made, method, known, returned)))
                seen |= self._seen_after(made, method, returned, known)
            if self.recipe["reads"]:
                values.append(self._read(made, returned, seen, known))
            else:
                values.append(self._batches(*returned[-1], known))
        if lacking:  # not before: what stops with an error is told that error
            raise NotThereError(lacking)
        return values

    def _seen_after(
        self, made: Any, method: str, returned: Sequence[tuple[str, Any]], known: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is to be read and was computed by this method, as it is now: the next one may use the same places."""
        seen = {}
        for name in self.recipe["reads"]:
            if name in self.recipe["methods"][method]["returns"]:
                with contextlib.suppress(NotThereError):
                    value = self._quantity(made, returned, name, known)
                    seen[name] = value.copy() if isinstance(value, np.ndarray) else value
        return seen

    def _made(self, known: Mapping[str, Any], attempt: int = 0) -> Any:
        self._tell(0)
        made = self._call(self.kind, self._asked[""], lambda name: self._offer(name, known, attempt))
        if any(self._place(made, name) is None for name in self.recipe["parameters"]):
            start = next((name for name in self.recipe["start"] if callable(getattr(made, name, None))), "")
            if start:
                function = getattr(made, start)
                asked = self._asks_for(function, start, ())
                self._call(function, asked, lambda name: self._offer(name, known, attempt))
        return made

    def _call(self, function: Callable[..., Any], asked: Asked, argument: Callable[[str], Any]) -> Any:
        """Call a function with what it asks for; and with what is needed, by keyword, if it takes any."""
        given = [self._packed(asked, name, argument) for name in asked.binding.quantities]
        more = [name for name in self.recipe["needs"] if name not in asked.names] if asked.takes_keywords else []
        if more:
            with contextlib.suppress(TypeError):  # what takes any keyword may hand it on to what does not
                return asked.binding.caller(partial(function, **{name: argument(name) for name in more}))(given)
        return asked.binding.caller(function)(given)

    def _packed(self, asked: Asked, name: str, argument: Callable[[str], Any]) -> Any:
        """One argument: an offer, or several in one."""
        if name not in asked.parcels:
            return argument(name)
        parcel = asked.parcels[name]
        if parcel.form == WORD:
            return parcel.word
        if parcel.form == DICT:
            values = {name: argument(name) for name in parcel.of}
            aliases = self.recipe["aliases"]
            known = {key: values[aliases.get(key, key)] for key in parcel.default if aliases.get(key, key) in values}
            return {**parcel.default, **(known or values)}
        parts = [argument(each) for each in parcel.of]
        if parcel.form != DATA:
            return parts if parcel.form == LIST else tuple(parts)
        if self._form == ALONE:
            return parts[0]
        return np.column_stack(parts) if self._form == STACKED else tuple(parts)

    def _hand_over(self, made: Any, known: Mapping[str, Any]) -> Words | None:
        """Set attributes of the names of what the criterion gives and no parameter asks for.

        Returns what there is to say if nothing of what is needed can be given.
        """
        recipe = self.recipe
        asked = [self._asked[""], *(self._asks_of(made, method) for method in recipe["calls"])]
        asked_for = set[str]().union(*(each.names for each in asked))
        names = {*asked_for}
        there = attributes_among(made, self._own.keys())
        for attribute, name in self._own.items():  # in the rubric's order: a property may set what is under other names
            if attribute not in there or name in asked_for:
                continue
            value = self._offer(name, known)
            if isinstance(value, Number) and isinstance(getattr(made, attribute, None), Number):
                setattr(made, attribute, value)
                names.add(name)
                there = attributes_among(made, self._own.keys())
        for attribute, of in self._own_together:
            parts = getattr(made, attribute, None)
            if isinstance(parts, tuple | list) and len(parts) == len(of) and names.isdisjoint(of):
                setattr(made, attribute, type(parts)(self._offer(each, known) for each in of))
                names |= {*of}
        needs = recipe["needs"]
        if needs and names.isdisjoint(needs) and not any(each.takes_keywords for each in asked):
            methods = ", ".join(recipe["calls"])
            listed = ", ".join(each for name in needs for each in self._names_of(name))
            return Words(words.NOT_HANDED_OVER, names=", ".join(needs), methods=methods, known=listed)
        return None

    def _offer(self, name: str, known: Mapping[str, Any], attempt: int = 0) -> Any:
        if name in self._sizes:
            return self._sizes[name]
        given = self.recipe["given"][name]
        if isinstance(given, str):
            return known[given]
        if name == RNG:
            return _numbers(given + attempt)
        return given + attempt if name == SEED else given

    # ------------------------------------------------------------ methods

    def _called(self, made: Any, method: str, known: Mapping[str, Any], returned: Sequence[tuple[str, Any]]) -> Any:
        function, asked = self._resolved(made, method)
        self._tell(1 + self.recipe["calls"].index(method))
        return self._call(function, asked, lambda name: self._argument(made, name, known, returned))

    def _resolved(self, made: Any, method: str) -> tuple[Callable[..., Any], Asked]:
        """What does what a method has to do, and how it is called: the first way of doing it that can be called."""
        if method in self._ways:
            return self._along(made, method, self._ways[method]), self._asked[method]
        problem: NotThereError | None = None
        other = self.recipe["methods"][method]["instead"]
        for way in WAYS:
            function = self._along(made, method, way)
            if function is None:
                continue
            try:
                asked = self._asks_for(function, method, self.recipe["methods"][method]["parameters"])
            except NotThereError as error:
                problem = problem or error
                continue
            if way == INSTEAD and not self._chosen(made, asked):
                del self._asked[method]
                names = ", ".join(name for offer in self.recipe["chosen"] for name in self._names_of(offer))
                problem = problem or NotThereError(Words(words.NO_CHOICE, name=method, method=other, names=names))
                continue
            self._ways[method] = way
            return function, asked
        raise problem or NotThereError(self._no_method(method))

    def _asks_of(self, made: Any, method: str) -> Asked:
        """How what does what a method has to do is called."""
        return self._asked[method] if method in self._ways else self._resolved(made, method)[1]

    def _along(self, made: Any, method: str, way: str) -> Any:
        """The function by which something can be done in one way; None if there is none."""
        spec = self.recipe["methods"][method]
        names = (method, *spec["names"])
        if way == INSTEAD:
            return self._resolved_instead(made, spec["instead"]) if spec["instead"] else None
        if way == FREE:
            return _free_function(self._program.namespace, names)
        return _named_function(made, names) if way == PUBLIC else _near_function(made, method, private=True)

    def _resolved_instead(self, made: Any, method: str) -> Any:
        return next((found for way in WAYS[:2] if (found := self._along(made, method, way)) is not None), None)

    def _argument(self, made: Any, name: str, known: Mapping[str, Any], returned: Sequence[tuple[str, Any]]) -> Any:
        """What a method gets: what is on offer, or what the methods before it computed."""
        if name == CACHE:
            value = returned[-1][1] if returned else None
            kept = value[-1] if isinstance(value, tuple) and len(value) == 2 else None
            return kept if isinstance(kept, tuple | list | dict) else value
        if name in self.recipe["quantities"] and returned:
            return self._quantity(made, returned, name, known)
        otherwise = self.recipe["last"].get(name) if len(returned) == len(self.recipe["calls"]) - 1 else None
        if otherwise is not None:
            return known[otherwise] if isinstance(otherwise, str) else otherwise
        return self._offer(name, known)

    def _chosen(self, made: Any, asked: Asked) -> bool:
        """Whether the constructor, a parameter or an attribute tells a method to do it in the other way."""
        chosen = self.recipe["chosen"]
        if asked.word or self._asked[""].word or not (asked.names | self._asked[""].names).isdisjoint(chosen):
            return True
        names = (attribute for name in chosen for attribute in self._names_of(name))
        return any(isinstance(getattr(made, name, None), bool | np.bool_) for name in names)

    def _no_method(self, method: str) -> Words:
        names = ", ".join([method, *self.recipe["methods"][method]["names"]])
        return Words(words.NO_METHOD, inside=self.kind.__name__, name=method, names=names)

    def _asks_for(self, function: Callable[..., Any], method: str, declared: Sequence[str]) -> Asked:
        """How the constructor ("") or a method is called: the same for every object."""
        if method not in self._asked:
            recipe = self.recipe
            offered = [*recipe["offers"], *(self._computed_before(method) if method else ())]
            asked = ask(function, method, declared, offered, recipe, self._words)
            binding = asked.binding
            if binding.unknown:
                texts = {"names": ", ".join(binding.unknown), "offered": ", ".join(offered)}
                if method:
                    raise NotThereError(Words(words.METHOD_ASKS, name=method, **texts))
                raise NotThereError(Words(words.CONSTRUCTOR_ASKS, inside=self.kind.__name__, **texts))
            self.readings += [
                (parameter, name, how)
                for parameter, name, how in binding.readings
                if how == POSITION and recipe["aliases"].get(parameter) != name
            ]
            self._asked[method] = asked
        return self._asked[method]

    def _words_of_choices(self) -> dict[str, str]:
        """For each text that may be a default for a choice, the one that the class knows for what is wanted here."""
        recipe = self.recipe
        wanted = [name for name in recipe["chosen"] if recipe["given"][name]]
        known = {text for kind in self.kind.__mro__ for each in vars(kind).values() for text in _texts(each)}
        words_of = [word for name in wanted for word in self._names_of(name) if word in known]
        names = [word for name in recipe["choices"] for word in self._names_of(name)]
        return {fold(name): words_of[0] for name in names} if words_of else {}

    def _computed_before(self, method: str) -> list[str]:
        """What the methods that are called before this one compute, and what the last of them returned."""
        calls, methods = self.recipe["calls"], self.recipe["methods"]
        before = calls[: calls.index(method)] if method in calls else []
        return [*dict.fromkeys(name for each in before for name in methods[each]["returns"]), CACHE] if before else []

    def _names_of(self, offer: str) -> list[str]:
        return [offer, *(alias for alias, name in self.recipe["aliases"].items() if name == offer)]

    # ------------------------------------------------------------ parameters

    def _look_at_layouts(self, known: Mapping[str, Any]) -> None:
        """How an object lays out each parameter, seen where all sizes differ, if it is made by sizes alone."""
        recipe = self.recipe
        asked = [recipe["given"][name] for name in self._asked[""].names]
        numbers_alone = all(not isinstance(known.get(name), np.ndarray) for name in asked if isinstance(name, str))
        letters = dict.fromkeys(letter for name in recipe["parameters"] for letter in recipe["shapes"][name])
        if numbers_alone:
            self._sizes = dict(zip(letters, _TELLING, strict=False))
        try:
            made = self._made(known)
            for name in recipe["parameters"]:
                place = self._place_seen(made, name, self._shape(name, known), set(self._seats.values()))
                if place is not None:
                    self._seats[name] = place
                    self._layouts[name] = layout_of(at(made, place), self._shape(name, known))
        finally:
            self._looked, self._sizes = True, {}

    def _place_seen(self, made: Any, name: str, shape: tuple[int, ...], taken: set[Path]) -> Path | None:
        """Where a parameter is: at the first of its places that has its shape; else at the only one of its shape.

        It is looked for in the lists and dicts where parameters may be, then in the whole object.
        """
        listed = (name, *self.recipe["parameters"][name])
        named = list(places_of(made, listed))
        fitting = [place for place in named if layout_of(at(made, place), shape) and place not in taken]
        if fitting:
            return fitting[0]
        roots = roots_of(place for places in self.recipe["parameters"].values() for place in places)
        own = [(path, value) for path, value in arrays_in(made) if layout_of(value, shape) and path not in taken]
        for among in ([path for path, _ in own if len(path) > 1 and path[0] in roots], [path for path, _ in own]):
            if len(among) == 1 and not any(_by_name(place) for place in named):
                return among[0]
        return next((place for place in named if shape_of(at(made, place)) is not None), None)

    def _shape(self, name: str, known: Mapping[str, Any]) -> tuple[int, ...]:
        like = self.recipe["like"].get(name, name)
        last = self.recipe["last"]
        return tuple(int(last.get(each) or self._offer(each, known)) for each in self.recipe["shapes"][like])

    def _place(self, made: Any, name: str) -> Path | None:
        seat = self._seats.get(name)
        if seat is not None and holds(made, seat):
            return seat
        return find_place(made, (name, *self.recipe["parameters"][name]))

    def _set(self, made: Any, name: str, value: Any) -> None:
        place = self._place(made, name)
        if place is None:
            names = ", ".join([name, *self.recipe["parameters"][name]])
            raise NotThereError(Words(words.NO_PARAMETER, inside=self.kind.__name__, name=name, names=names))
        before = at(made, place)
        layout = self._layouts.get(name, "")
        new = np.array(value.T if layout == "transposed" else value)
        if layout in ("column", "row"):
            new = new.reshape((-1, 1) if layout == "column" else (1, -1))
        if isinstance(before, np.matrix):
            new = np.matrix(new)
        put(made, place, new.tolist() if isinstance(before, list) else new)

    # ------------------------------------------------------------ what is read

    def _read(
        self, made: Any, returned: Sequence[tuple[str, Any]], seen: dict[str, Any], known: Mapping[str, Any]
    ) -> Any:
        reads = self.recipe["reads"]
        for name in reads:
            if name not in seen:
                seen[name] = self._quantity(made, returned, name, known)
        if len(reads) == 1:
            return self._oriented(reads[0], seen[reads[0]])
        parts = []
        for name in reads:
            value = as_array(self._oriented(name, seen[name]))
            if isinstance(value, str):
                return seen[name]
            shape = self._shape(name, known)
            fits = value.shape == shape or (len(shape) == 1 and value.shape in ((*shape, 1), (1, *shape)))
            parts.append(value.reshape(-1) if fits else np.full(int(np.prod(shape)), np.nan))
        return np.concatenate(parts)

    def _oriented(self, name: str, value: Any) -> Any:
        """As the homework lays it out, whatever the object does."""
        layout = self._layouts.get(self.recipe["like"].get(name, name), "")
        return value.T if layout == "transposed" and isinstance(value, np.ndarray) and value.ndim == 2 else value

    def _quantity(self, made: Any, returned: Sequence[tuple[str, Any]], name: str, known: Mapping[str, Any]) -> Any:
        names = (name, *(self.recipe["parameters"].get(name) or self.recipe["quantities"].get(name) or ()))
        if name in self.recipe["parameters"]:
            place = self._place(made, name)
            if place is not None:
                return at(made, place)
            raise NotThereError(Words(words.NO_PARAMETER, inside=self.kind.__name__, name=name, names=", ".join(names)))
        found = list(self._candidates(made, returned, name, names))
        mine = [(m, value) for m, value in reversed(returned) if name in self.recipe["methods"][m]["returns"]]
        unclear: NotThereError | None = None
        for method, value in mine:  # even where the first one fits: what is learned here, a later trial may need
            if value is not None:
                try:
                    found.append(self._among(method, value, name, known))
                except NotThereError as error:
                    unclear = error
        shape = self._shape(name, known)
        if not found and name in self.recipe["distributions"]:
            path = self._only_one(name, arrays_in(made), shape, by_shape=False)
            found += [] if path is None else [at(made, path)]
        if found:
            value = next((value for value in found if self._fits(name, value, shape)), found[0])
            if name not in self._layouts and len(shape) == 2 and shape[0] != shape[1]:
                self._layouts[name] = layout_of(value, shape)
            return value
        last = returned[-1][0] if returned else "__init__"
        raise unclear or NotThereError(Words(words.NO_QUANTITY, name=name, method=last, names=", ".join(names)))

    def _fits(self, name: str, value: Any, shape: tuple[int, ...]) -> bool:
        """Whether a value has the shape of a quantity, in the object's own layout; in either, if that is not known."""
        layout = self._layouts.get(self.recipe["like"].get(name, name))
        if layout == "transposed":
            return has_shape(value, shape[::-1])
        return has_shape(value, shape) or (not layout and has_shape(value, shape[::-1]))

    def _only_one(
        self, name: str, parts: Iterable[tuple[Path, Any]], shape: tuple[int, ...], *, by_shape: bool
    ) -> Path | None:
        """Where the only array is that can be this quantity; from then on it is there.

        With `by_shape`, a shape of its own tells enough of what must be a distribution.
        """
        if name in self._kept:
            return next((path for path, _ in parts if path == self._kept[name]), None)
        fitting = [(path, part) for path, part in parts if self._fits(name, part, shape)]
        if name in self.recipe["distributions"] and (len(fitting) != 1 or not by_shape):
            fitting = [
                (path, part) for path, part in fitting if _distributes(part if has_shape(part, shape) else part.T)
            ]
        if not fitting or not all(np.array_equal(part, fitting[0][1]) for _, part in fitting):
            return None
        self._kept[name] = fitting[0][0]
        return fitting[0][0]

    def _candidates(
        self, made: Any, returned: Sequence[tuple[str, Any]], name: str, names: Sequence[str]
    ) -> Iterator[Any]:
        """What bears the name of a quantity: a part of what was returned, then an attribute."""
        keys = (*names, *self.recipe["keys"].get(name, ()))
        for method, value in reversed(returned):
            if name in self.recipe["methods"][method]["returns"]:
                named = _fields(value)
                alike = {fold(each) for each in keys} if named else set()
                found = [key for key in named if key in keys] or [key for key in named if fold(key) in alike]
                if found:
                    yield named[found[0]]
        seat = self._seats.get(self.recipe["like"].get(name, ""))
        beside = [place for place in besides(seat, roots_of(names)) if holds(made, place)] if seat else []
        named_places = list(places_of(made, names))
        for place in sorted([*named_places[:1], *beside], key=lambda place: not _by_name(place)):
            yield at(made, place)
        yield from (at(made, place) for place in named_places[1:])

    def _among(self, method: str, value: Any, name: str, known: Mapping[str, Any]) -> Any:
        """A quantity in what a method returned: the value itself, or the part that has its shape, or its place."""
        order = self.recipe["methods"][method]["returns"]
        names = ", ".join((name, *self.recipe["quantities"].get(name, ())))
        missing = NotThereError(Words(words.NO_QUANTITY, name=name, method=method, names=names))
        shape = self._shape(name, known)
        named = bool(_fields(value))
        leaves = list(_leaves(value)) if isinstance(value, tuple | list | dict) else []
        arrays = [(path, part) for path, part in leaves if shape_of(part) != () and part is not None]
        if not named and (not arrays or (len(arrays) != len(order) and layout_of(value, shape))):
            if name == order[-1] or len(order) == 1:
                return value
            raise missing
        path = self._only_one(name, arrays, shape, by_shape=not named)
        if path is None and not named:
            parts = leaves if len(leaves) == len(order) else arrays
            if len(parts) == len(order):
                return parts[order.index(name)][1]
        if path is None:
            unclear = Words(words.UNCLEAR_QUANTITY, method=method, count=len(leaves), name=name)
            raise missing if named else NotThereError(unclear)
        return at(value, path)

    def _batches(self, method: str, value: Any, known: Mapping[str, Any]) -> Any:
        rows = rows_of(value, self._offer("X", known), self._offer("y", known))
        if isinstance(rows, str):
            raise NotThereError(Words(words.NO_BATCHES, method=method, what=rows))
        return rows


# ---------------------------------------------------------------- finding


def find_class(program: Program, names: Sequence[str], methods: Mapping[str, Mapping[str, Any]]) -> type:
    """The class with most of the methods; of several the most derived one, then the first of these names.

    Without methods it is the first class of these names, else the only one of the file.
    """
    space, name = program.namespace, names[0]
    own = {k: v for k, v in space.items() if isinstance(v, type) and v.__module__ == "submission"}
    folded = [key for wanted in names for key in own if fold(key) == fold(wanted)]
    named = [*(wanted for wanted in names if wanted in own), *folded]
    able = {key: _abilities(kind, methods, program.able) for key, kind in own.items()}
    chosen = [key for key in own if key in named or able[key] > len(methods) // 3]
    most = [key for key in chosen if able[key] == max(able[each] for each in chosen) > 0]
    most = [key for key in most if not any(own[key] in own[each].__mro__[1:] for each in most)]
    if most:
        return own[min(most, key=lambda key: named.index(key) if key in named else len(named))]
    if named:
        return own[named[0]]
    if name in space:
        raise NotThereError(Words(words.NOT_A_CLASS, name=name, kind=kind_of(space[name])))
    if len(own) == 1:
        return next(iter(own.values()))
    why = program.why_no_class(names)
    if why is not None:
        raise NotThereError(why)
    if own:
        raise NotThereError(Words(words.NO_CLASS_BUT, name=name, others=", ".join(own)))
    raise NotThereError(Words(words.NO_CLASS, name=name))


def _abilities(kind: type, methods: Mapping[str, Mapping[str, Any]], known: dict[int, tuple[type, int]]) -> int:
    """How many of the methods a class has, its own or inherited; the same for all recipes of a homework."""
    if id(kind) not in known:  # a class may answer anything when it is asked for its hash
        found = (_named_function(kind, (name, *spec["names"])) for name, spec in methods.items())
        known[id(kind)] = kind, sum(each is not None for each in found)
    return known[id(kind)][1]


def _named_function(made: Any, names: Sequence[str]) -> Callable[..., Any] | None:
    for name in names:
        found = getattr(made, name, None)
        if callable(found):
            return found  # type: ignore[no-any-return]
    return _near_function(made, names[0], private=False)


def _near_function(made: Any, name: str, *, private: bool) -> Callable[..., Any] | None:
    """The only method of nearly this name: another case, other underscores."""
    near = [key for key in dir(made) if fold(key) == fold(name) and not key.startswith("__")]
    near = [key for key in near if key.startswith("_") == private]
    found = getattr(made, near[0], None) if len(near) == 1 else None
    return found if callable(found) else None


def _texts(member: Any) -> list[str]:
    """The texts in the code of a method."""
    code = getattr(getattr(member, "__func__", member), "__code__", None)
    return [text for text in getattr(code, "co_consts", ()) if isinstance(text, str)]


def _free_function(space: Mapping[str, Any], names: Sequence[str]) -> Callable[..., Any] | None:
    return next((space[name] for name in names if inspect.isfunction(space.get(name))), None)


# ---------------------------------------------------------------- values


def _fields(value: Any) -> dict[str, Any]:
    """What is returned under names: a dict, or a tuple with names."""
    if isinstance(value, dict):
        return {key: part for key, part in value.items() if isinstance(key, str)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return dict(zip(value._fields, value, strict=False))
    return {}


def _by_name(place: Path) -> bool:
    """Whether names alone lead to a place, and no number in a list."""
    return not any(isinstance(step, int) for step in place)


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The parts of a tuple, list or dict; of those that hold arrays, as in ((dW1, db1), (dW2, db2)), their parts."""
    steps = [((key,), part) for key, part in value.items()] if isinstance(value, dict) else enumerate(value)
    for step, part in steps:
        if isinstance(part, tuple | list | dict) and next(arrays_in(part, objects=False), None):
            yield from _leaves(part, (*path, step))
        else:
            yield (*path, step), part


def _distributes(rows: Any) -> bool:
    """Whether each row is one of probabilities, and they are more than zeros and ones."""
    rows = np.asarray(rows, float)
    return bool(np.all(rows >= 0) and np.allclose(rows.sum(axis=1), 1) and np.any((rows > 0) & (rows < 1)))


def _numbers(seed: int) -> Any:
    """A generator that also has the older names of what it does. Only here, numpy.random is imported: it is slow."""
    random = np.random

    class Numbers(random.Generator):
        def rand(self, *shape: int) -> Any:
            return self.random(shape or None)

        def randn(self, *shape: int) -> Any:
            return self.standard_normal(shape or None)

        randint = random.Generator.integers
        random_sample = random.Generator.random

    return Numbers(random.PCG64(seed))


def _stacked(values: Sequence[Any]) -> Any:
    """Equal arrays on top of each other; where one is none, that one, to be told what it is."""
    arrays = [as_array(value) for value in values]
    wrong = next((place for place, array in enumerate(arrays) if isinstance(array, str)), None)
    if wrong is not None:
        return values[wrong]
    unlike = next((place for place, array in enumerate(arrays) if array.shape != arrays[0].shape), None)  # type: ignore[union-attr]
    return values[unlike] if unlike is not None else np.stack(arrays)
