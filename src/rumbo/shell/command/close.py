"""`rumbo close`: seals a month."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.calendars.queries import month_and_year, sentence_month
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.shell.command.parsing import period
from rumbo.systems.evaluation import actions

NAME = "close"
SUMMARY = N_("cierra un mes: lo evalúa, lo sella y ya no se edita")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--institution", required=True, metavar="SLUG", help=_("clave de la institución"))
    parser.add_argument("--period", required=True, type=period, metavar=_("AAAA-MM"), help=_("mes, como 2026-11"))
    parser.add_argument(
        "--accept-missing", default="", metavar=_("MOTIVO"),
        help=_("acepta con este motivo las áreas que no reportaron"),
    )  # fmt: skip
    parser.add_argument(
        "--historical", action="store_true", help=_("carga histórica: el mes se cierra sin plazos y con su marca")
    )


def run(asked: Namespace, console: Console) -> None:
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    with console.working(_("Cerrando %(month)s") % {"month": month_and_year(asked.period)}):
        closing = actions.close(
            institution=institution,
            period=asked.period,
            by=by,
            at=clock.now(),
            on=clock.today(),
            accept_missing=asked.accept_missing,
            kind="historical" if asked.historical else "ordinary",
        )
    with console.working(_("Estimando las alertas tempranas")):
        actions.foresee_after(institution=institution, period=asked.period, by=by, on=clock.today(), at=clock.now())
    console.result(
        {
            "institution": institution.slug,
            "period": str(asked.period),
            "number": closing.number,
            "digest": closing.digest,
            "goals_due": closing.goals_due,
            "goals_reported": closing.goals_reported,
        },
        _("%(month)s quedó cerrado: cierre núm. %(number)s, %(reported)s de %(due)s metas con dato. Huella %(digest)s.")
        % {
            "month": sentence_month(asked.period),
            "number": closing.number,
            "reported": closing.goals_reported,
            "due": closing.goals_due,
            "digest": closing.digest[:16],
        },
    )
