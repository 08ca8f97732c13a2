"""Mutation testing of the engine: its code is broken on purpose, a little at a time, and the tests have to notice.

`mutation.py` tries a sample (the first mutant of every function, and others drawn with a seed), `--full` all of them,
`--module lights` only those of one module (`formula.reading`, `foresight.walk` too); `--again` tries once more the
survivors of the last run, against the tests as they are now. It works on a copy, in `.mutation/`, with the tests of
`tests/core/engine`; what survived is told in docs/mutation.md (unless `--module` is given), by the groups of
`tools/mutation_survivors.toml`.

The mutants are those of mutmut: functions and methods that are not decorated. What runs while a module is imported
(constants, tables, defaults of a dataclass) is not mutated.
"""

import argparse
import fnmatch
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / ".mutation"
PAGE = ROOT / "docs" / "mutation.md"
RUN = COPY / "run.json"
EXPLAINED = ROOT / "tools" / "mutation_survivors.toml"
ENGINE = "src/rumbo/core/engine"
SAMPLE, SEED = 1000, 20261203
SURVIVED = (0, 33)  # 33: no test calls the function
# Each costs minutes, and neither is a rule of evaluation; `--module` names them.
ASIDE = ("formula", "foresight")
UNTESTED = (*ASIDE, "published", "test_formulas.py")
COPIED = (
    "src/rumbo/__init__.py",
    "src/rumbo/core",
    "tests/core/engine",
    "tests/reference",
    "tests/plugins",
    "tests/data",
)
SETTINGS = """
[tool.pytest.ini_options]
addopts = "-p no:django -p no:cacheprovider -p no:xdist -p tests.plugins.quick_properties --import-mode=importlib"
pythonpath = ["."]
filterwarnings = ["error"]
markers = ["requirement(*ids): not looked at here", "slow: not looked at here"]

[tool.mutmut]
source_paths = ["src"]
also_copy = ["src", "tests", "pyproject.toml"]
only_mutate = {only}
do_not_mutate = {never}
pytest_add_cli_args = {without}
pytest_add_cli_args_test_selection = ["tests/core/engine"]
timeout_multiplier = 10.0
"""


@dataclass(frozen=True, order=True)
class Mutant:
    """`change` is the diff, without its unchanged lines; `code` mutmut's exit code, None where it was not tried."""

    module: str
    function: str
    change: str
    name: str
    code: int | None

    @property
    def survived(self) -> bool:
        return self.code in SURVIVED

    @property
    def tried(self) -> bool:
        return self.code is not None


def main() -> None:
    asked = _arguments()
    start = monotonic()
    if asked.again:
        _copy([name for name in COPIED if name.startswith("tests")])
        run = json.loads(RUN.read_text(encoding="utf-8"))
        _mutmut([name for name, code in sorted(codes().items()) if code in SURVIVED])
    else:
        prepare(asked.module)
        _mutmut(["*__mutmut_1"])  # makes all of them, and finds which tests call which function
        run = {"told": _draw(asked), "modules": asked.module, "seconds": 0}
    run["seconds"] += monotonic() - start
    RUN.write_text(json.dumps(run), encoding="utf-8")
    mutants = found()
    text = page(mutants, run["told"], run["seconds"])
    if run["modules"]:
        print(text)
        return
    PAGE.write_text(text, encoding="utf-8")
    print(_table(mutants))
    print(f"{PAGE.relative_to(ROOT)}: {sum(mutant.survived for mutant in mutants)} sobrevivientes, por grupos")


def _draw(asked: argparse.Namespace) -> str:
    """Tries the rest: all, or as many as are asked for."""
    all_ = codes()
    left = [name for name, code in sorted(all_.items()) if code is None]
    room = len(left) if asked.full else min(max(asked.sample - (len(all_) - len(left)), 0), len(left))
    drawn = left if asked.full else random.Random(asked.seed).sample(left, room)  # noqa: S311 a draw, not a secret
    if drawn:
        _mutmut(drawn)
    if room == len(left):
        return f"todos, {len(all_):,}"
    return f"{asked.sample:,} de {len(all_):,}, al azar con la semilla {asked.seed}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--module", action="append", default=[], help="lights, formula.reading… (may be repeated)")
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"how many mutants (default {SAMPLE})")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--full", action="store_true", help="all of them")
    parser.add_argument("--again", action="store_true", help="only the survivors of the last run")
    return parser.parse_args()


def prepare(modules: list[str]) -> None:
    """A copy of what the engine and its tests need, with settings of its own. Raises SystemExit for no such module."""
    only = [f"{ENGINE}/{module.replace('.', '/')}.py" for module in modules]
    for path in only:
        if not (ROOT / path).is_file():
            raise SystemExit(f"no such module: {path}")
    wanted = [folder for folder in ASIDE if any(module.startswith(folder) for module in modules)]
    shutil.rmtree(COPY, ignore_errors=True)
    _copy(COPIED)
    text = SETTINGS.format(
        only=json.dumps(only or [f"{ENGINE}/*"]),
        never=json.dumps([] if modules else [f"{ENGINE}/{folder}/*" for folder in ASIDE]),
        without=json.dumps([f"--ignore=tests/core/engine/{name}" for name in (["published"] if wanted else UNTESTED)]),
    )
    (COPY / "pyproject.toml").write_text(text, encoding="utf-8")


def _copy(names: Iterable[str]) -> None:
    for name in names:
        source, target = ROOT / name, COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
        else:
            shutil.copy(source, target)


def _mutmut(names: Iterable[str]) -> None:
    """Runs mutmut in the copy. Its spinner is for a terminal: only what fails is shown."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("RUMBO_")}
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", "run", *names], cwd=COPY, env=surroundings, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(re.sub(r"[^\n]*\r", "", done.stdout + done.stderr)[-4000:])


def codes() -> dict[str, int | None]:
    """Mutant → exit code."""
    found_: dict[str, int | None] = {}
    for path in sorted((COPY / "mutants" / ENGINE).rglob("*.meta")):
        found_ |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found_


def found() -> list[Mutant]:
    """Every mutant; the change of those that survived."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    here = Path.cwd()
    os.chdir(COPY)
    try:
        return sorted(_mutant(name, code, get_diff_for_mutant) for name, code in codes().items())
    finally:
        os.chdir(here)


def _mutant(name: str, code: int | None, diff: object) -> Mutant:
    module, mangled = name.removeprefix("rumbo.core.engine.").rsplit(".", 1)
    function = re.sub(r"__mutmut_\d+$", "", mangled).removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    change = ""
    if code in SURVIVED:
        lines = diff(name).splitlines()  # type: ignore[operator]
        change = "\n".join(line for line in lines if re.match(r"[-+](?![-+]{2} )", line))
        change = re.sub(r"^([-+])\s+", r"\1 ", change, flags=re.MULTILINE)
    return Mutant(module, function, change, name, code)


# -- the page


@dataclass(frozen=True)
class Group:
    """Why some survivors may live. `rules` are (module pattern, function pattern, regular expression of the change)."""

    title: str
    reason: str
    rules: tuple[tuple[str, str, str], ...]

    def holds(self, mutant: Mutant) -> bool:
        return any(
            fnmatch.fnmatchcase(mutant.module, module)
            and fnmatch.fnmatchcase(mutant.function, function)
            and re.search(change, mutant.change) is not None
            for module, function, change in self.rules
        )


def groups() -> list[Group]:
    stored = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))
    return [
        Group(group["title"], group["reason"], tuple((rule[0], rule[1], rule[2]) for rule in group["rules"]))
        for group in stored["group"]
    ]


def page(mutants: list[Mutant], told: str, seconds: float) -> str:
    alive = [mutant for mutant in mutants if mutant.survived]
    tried = sum(mutant.tried for mutant in mutants)
    lines = [
        "<!-- Generado por tools/mutation.py (make mutation). No se edita a mano. -->\n",
        "# Pruebas de mutación del motor\n",
        "Se descompone el código del motor a propósito, un cambio a la vez, y las pruebas deben notarlo. Lo que",
        "sobrevive es código que nadie prueba, o un cambio que no cambia nada; abajo se explica por grupos.",
        '`make mutation` lo repite (`ARGS="--full"`: todos; `ARGS="--module lights"`: los de un módulo;',
        '`ARGS="--again"`: los que quedaron vivos, contra las pruebas de ahora).\n',
        f"Mutantes: {told}, y siempre el primero de cada función; {seconds / 60:.0f} min en 2 núcleos ocupados.",
        "`formula/` y `foresight/` se piden con `--module`. Las propiedades corren con 25 ejemplos fijos, menos que en",
        "`make test`. No se muta lo que corre al importar (constantes, valores de una clase) ni lo decorado.\n",
        _table(mutants),
        f"\n## Los {len(alive)} que sobrevivieron de {tried}\n",
    ]
    left = alive
    for group in groups():
        held = [mutant for mutant in left if group.holds(mutant)]
        left = [mutant for mutant in left if not group.holds(mutant)]
        if held:
            lines += [f"### {group.title} ({len(held)})\n", f"{group.reason}\n", *_listed(held)]
    if left:
        lines += [f"### Sin explicar ({len(left)})\n", *_listed(left)]
    return "\n".join(lines).rstrip() + "\n"


def _listed(mutants: list[Mutant]) -> list[str]:
    lines = []
    for mutant in mutants:
        nobody = " · ninguna prueba la llama" if mutant.code == 33 else ""
        lines += [f"`{mutant.module}` · `{mutant.function}`{nobody}", "```diff", mutant.change, "```", ""]
    return lines


def _table(mutants: list[Mutant]) -> str:
    tried, alive = Counter[str](), Counter[str]()
    for mutant in mutants:
        tried[mutant.module] += mutant.tried
        alive[mutant.module] += mutant.survived
    rows = [(module, tried[module], alive[module]) for module in sorted(tried) if tried[module]]
    rows.append(("**todo**", sum(tried.values()), sum(alive.values())))
    lines = ["| módulo | mutantes | muertos | vivos | puntuación |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {name} | {all_} | {all_ - left} | {left} | {100 * (all_ - left) / all_:.1f} % |"
              for name, all_, left in rows if all_]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    main()
