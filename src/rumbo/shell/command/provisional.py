"""The provisional results of an open month, again."""

from argparse import Namespace

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.calendars.queries import month_and_year, sentence_month
from rumbo.shell import clock
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console
from rumbo.systems.evaluation import actions


def evaluate_month(asked: Namespace, console: Console) -> None:
    by = standing.actor(asked)
    institution = standing.institution(asked, by)
    standing.require(by, Permission.VALIDATE, institution)
    with console.working(_("Evaluando %(month)s") % {"month": month_and_year(asked.period)}):
        count = actions.evaluate_month(institution=institution, period=asked.period, by=by, at=clock.now())
    console.result(
        {"institution": institution.slug, "period": str(asked.period), "results": count},
        _("%(month)s: %(count)s resultados provisionales.") % {"month": sentence_month(asked.period), "count": count},
    )
