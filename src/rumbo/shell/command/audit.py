"""`rumbo audit verify`: nobody touched the trail nor what it tells of."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission
from rumbo.foundation.audit import queries
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.actor import SystemActor
from rumbo.shell.command import standing
from rumbo.shell.command.console import Console

NAME = "audit"
SUMMARY = N_("revisa la bitácora")
FOUND = 1


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=["verify"], metavar="verify",
        help=_("comprueba que nadie alteró un renglón, un evento ni cortó el final"),
    )  # fmt: skip


def run(asked: Namespace, console: Console) -> int:
    by = standing.actor(asked)
    for institution in organization.institutions_of(SystemActor()):
        # what is verified is the whole installation: a person needs to see the trail of all of it
        standing.require(by, Permission.VIEW_TRAIL, institution)
    with console.working(_("Revisando la bitácora")):
        problems = queries.verify()
    found = [{"chain": item.chain, "place": item.place, "message": item.message} for item in problems]
    if not problems:
        console.result({"ok": True, "problems": []}, _("La bitácora está completa y coincide con los datos."))
        return 0
    console.result({"ok": False, "problems": found}, *(str(item) for item in problems))
    count = len(problems)
    console.complain(_("Se encontraron %(count)s problemas en la bitácora.") % {"count": count})
    return FOUND
