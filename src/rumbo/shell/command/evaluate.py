"""`rumbo evaluate`: the provisional results of an open month, again; or many installations from Parquet files."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import BadInput, period

NAME = "evaluate"
SUMMARY = N_("recalcula los resultados de un mes abierto, o evalúa archivos Parquet de muchas instituciones")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--institution", metavar="SLUG", help=_("clave de la institución"))
    parser.add_argument("--period", type=period, metavar=_("AAAA-MM"), help=_("mes, como 2026-11"))
    parser.add_argument(
        "--columnar", type=Path, metavar=_("CARPETA"),
        help=_("evalúa los archivos Parquet de esta carpeta en vez de una institución; continúa lo que se interrumpió"),
    )  # fmt: skip
    parser.add_argument("--out", type=Path, metavar=_("CARPETA"), help=_("carpeta de los resultados de --columnar"))


def run(asked: Namespace, console: Console) -> None:
    wanted, other = (("columnar", "out"), ("institution", "period"))
    if asked.columnar is None and asked.out is None:
        wanted, other = other, wanted
    missing = [f"--{name}" for name in wanted if getattr(asked, name) is None]
    if missing:
        raise BadInput(_("faltan estos argumentos: %s") % ", ".join(missing))
    beside = [f"--{name}" for name in other if getattr(asked, name) is not None]
    if beside:
        raise BadInput(_("no se admite junto con %s") % ", ".join(beside))
    if asked.columnar is not None:
        evaluate_files(asked, console)
    else:
        # Here and not above: files are evaluated without the tables (see `prepare`).
        from rumbo.shell.command.provisional import evaluate_month

        evaluate_month(asked, console)


def evaluate_files(asked: Namespace, console: Console) -> None:
    """Of files and not of an institution: whoever can read and write them may."""
    # Here and not above: the server reads this file too, and must never load Polars before it forks.
    from rumbo.systems.evaluation.exchange.columnar.memory import keep_memory

    keep_memory()
    from rumbo.systems.evaluation.exchange.columnar.evaluating import evaluate_columnar

    with console.working(_("Evaluando %(folder)s") % {"folder": asked.columnar}) as bar:
        outcome = evaluate_columnar(asked.columnar, asked.out, bar.at)
    words = {
        "rows": f"{outcome.rows:,}", "indicators": f"{outcome.indicators:,}", "months": outcome.months,
        "out": asked.out, "kept": outcome.kept, "files": outcome.files,
    }  # fmt: skip
    lines = [_("%(rows)s renglones (%(indicators)s indicadores por %(months)s meses) en «%(out)s».") % words]
    if outcome.kept:
        lines.append(_("Ya estaban completos %(kept)s de %(files)s archivos; se conservaron.") % words)
    console.result(
        {
            "out": str(asked.out),
            "indicators": outcome.indicators,
            "months": outcome.months,
            "rows": outcome.rows,
            "files": outcome.files,
            "kept": outcome.kept,
        },
        *lines,
    )
