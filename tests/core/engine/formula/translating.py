"""Other people's formulas, told in this language: DHIS2's (WHO) and those of «Territoires en transitions» (French).

What stays outside of a formula here is said in `notes`: over which units or periods it is summed, and whether a blank
counts as zero, are facts of the variable. What cannot be told raises `Untold` with the reason.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ELEMENT = re.compile(r"#\{([A-Za-z0-9_.]+)\}|OUG\{([A-Za-z0-9]+)\}")
_CALL = re.compile(r"(opt_val|val|identite|referentiel|reponse)\(\s*([\w.]+)\s*(?:,\s*([\w.]+)\s*)?\)")
_COMPARE = {"less_than_or_equal_to": "<=", "greater_than_or_equal_to": ">=", "equal_to": "=", "less_than": "<"}


class Untold(Exception):
    """It says something that this language leaves out on purpose."""


@dataclass
class Source:
    """A formula as published. `kind` is the grammar in which it is written."""

    kind: str
    ref: str
    text: str


@dataclass
class Told:
    """`formula` in our language; what of the original lives elsewhere, in `notes`."""

    formula: str
    notes: list[str] = field(default_factory=list)


def sources(folder: Path) -> Iterator[Source]:
    """Every formula of the three files of the folder."""
    with (folder / "dhis2_who_formulas.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Source("who", row["id"], _quotient(row))
    said = json.loads((folder / "who_hiv_validation_predictors.json").read_text(encoding="utf-8"))
    for rule in said["validationRules"]:
        yield Source("rule", rule["id"], f"if({rule['left']} {_COMPARE[rule['operator']]} {rule['right']}, 1, 0)")
    for predictor in said["predictors"]:
        yield Source("predictor", predictor["id"], predictor["expr"])
    with (folder / "tet_indicateur_definitions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for column in ("valeurCalcule", "exprCible", "exprSeuil"):
                if row[column].strip():
                    yield Source(column, row["identifiantReferentiel"], row[column])


def told_of(folder: Path) -> dict[str, tuple[str, str]]:
    """Name and unit of the indicator of each formula."""
    with (folder / "dhis2_who_formulas.csv").open(encoding="utf-8", newline="") as file:
        found = {row["id"]: (row["name"], "") for row in csv.DictReader(file)}
    with (folder / "tet_indicateur_definitions.csv").open(encoding="utf-8", newline="") as file:
        return found | {row["identifiantReferentiel"]: (row["titre"], row["unite"]) for row in csv.DictReader(file)}


def _quotient(row: dict[str, str]) -> str:
    """Factor, numerator and denominator in one, as a sheet writes it."""
    above, below = row["numerator"].strip(), row["denominator"].strip()
    text = f"({above})" if below == "1" else f"({above}) / ({below})"
    return text if row["factor"] == "1" else f"{row['factor']} * {text}"


def tell(source: Source) -> Told:
    """Raises Untold."""
    if source.kind in ("who", "rule", "predictor"):
        return _dhis2(source.text)
    return _french(source.text)


def _dhis2(text: str) -> Told:
    told = Told(_ELEMENT.sub(lambda found: f"v{found[1] or found[2]}".replace(".", "_"), text))
    if re.search(r"\bsum\(", told.formula):
        raise Untold("sums over past periods")
    if "subExpression(" in told.formula:
        told.formula = told.formula.replace("subExpression(", "(")
        told.notes.append("evaluated in each unit and added up")
    told.formula = told.formula.replace(",", "; ")  # «1,0» could be a decimal comma: here it is refused
    return told


def _french(text: str) -> Told:
    notes: list[str] = []

    def variable(found: re.Match[str]) -> str:
        if found[1] == "opt_val":
            notes.append("a blank counts as zero")
        symbol = "_".join(part for part in (found[2], found[3]) if part).replace(".", "_")
        return symbol if found[1] in ("val", "opt_val") else f"{symbol} = 1"

    formula = _CALL.sub(variable, text)
    return Told(_branches(" ".join(formula.split())), notes)


def _branches(text: str) -> str:
    """«si A et B alors x sinon y» as si(A, si(B, x, y), y)."""
    if not text.startswith("si "):
        return text
    condition, _, rest = text.removeprefix("si ").partition(" alors ")
    then, _, otherwise = rest.partition(" sinon ")
    if not otherwise:
        raise Untold("has no value when its condition does not hold")
    after = _branches(otherwise.strip())
    for one in reversed(condition.split(" et ")):
        then = f"si({one.strip()}, {then.strip()}, {after})"
    return then
