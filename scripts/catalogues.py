"""The catalogues of sentences: extracted from the code and the templates, merged into each translation, compiled."""

from __future__ import annotations

import ast
import sys
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

GRADER = Path(__file__).parent.parent / "grader"
REFERENCE = GRADER.parent / "reference"
RUBRICS = GRADER.parent / "rubrics"
LOCALE = GRADER / "locale"
TEMPLATE = LOCALE / "grader.pot"

_METHODS = [("**.py", "python"), ("report/templates/**.html", "jinja2")]
_OPTIONS = {"**.py": {}, "report/templates/**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}
_KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
_WIDTH = 100


def extracted() -> Catalog:
    """Every sentence of the code and the templates, untranslated."""
    catalog = Catalog(project="grader", version=" ", charset="utf-8", fuzzy=False)
    for name, line, message, comments, context in extract_from_dir(GRADER, _METHODS, _OPTIONS, _KEYWORDS):
        catalog.add(message, None, [(f"grader/{name}", line)], auto_comments=comments, context=context)
    for path in sorted(REFERENCE.glob("*_misconceptions.py")):
        for function in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef) and "__" in function.name:
                text = ast.get_docstring(function)
                if text:
                    catalog.add(" ".join(text.split()), None, [(f"reference/{path.name}", 0)])
    for path in sorted(RUBRICS.glob("*.yaml")):
        for criterion in yaml.safe_load(path.read_text(encoding="utf-8"))["criteria"]:
            for text in criterion.get("says", ()):
                catalog.add(text, None, [(f"rubrics/{path.name}", 0)])
    return catalog


def written(catalog: Catalog, *, header: bool = True) -> bytes:
    """A catalogue as it stands in its file: with the files that a sentence is from, without lines, which move."""
    file = BytesIO()
    write_po(file, catalog, width=_WIDTH, omit_header=not header, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def translations() -> list[Path]:
    """The file of each language."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/grader.po"))


def read(path: Path) -> Catalog:
    """The catalogue of one language."""
    with open(path, "rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compiled(catalog: Catalog) -> bytes:
    """What the grader reads when it runs."""
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The sentences that have no translation yet."""
    lacking = [message for message in catalog if message.id and (message.fuzzy or not _whole(message.string))]
    return [message.id if isinstance(message.id, str) else message.id[0] for message in lacking]


def _whole(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def main() -> int:
    """Write all files anew, say what has to be translated, and return the exit code."""
    template, lacking = extracted(), 0
    TEMPLATE.write_bytes(written(template, header=False))
    for path in translations():
        catalog = read(path)
        template.creation_date = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        for sentence in untranslated(catalog):
            print(f"{path.relative_to(GRADER.parent)}: not translated: {sentence}")
            lacking += 1
    print(f"{len(template)} sentences, {lacking} of them not translated")
    return int(lacking > 0)


if __name__ == "__main__":
    sys.exit(main())
