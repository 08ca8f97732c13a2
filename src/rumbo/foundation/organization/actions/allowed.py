"""The question of permission, asked first by every action of this app."""

from django.utils.translation import gettext_noop as _

from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden
from rumbo.foundation.organization import queries
from rumbo.foundation.organization.models import Institution


def must_manage_people(by: Actor, institution: Institution) -> None:
    if not by.may(Permission.MANAGE_PEOPLE, institution.pk):
        raise Forbidden(
            _(
                "Las personas y sus papeles los administra la Administración del sistema de «%(institution)s». "
                "No se cambió nada."
            ),
            institution=institution.short_name,
        )


def must_configure(by: Actor, institution: Institution) -> None:
    if not by.may(Permission.CONFIGURE, institution.pk):
        raise Forbidden(
            _(
                "Las áreas y la configuración las cambian la Dirección de Planeación y la Administración del sistema "
                "de «%(institution)s». No se cambió nada."
            ),
            institution=institution.short_name,
        )


def must_run_installation(by: Actor) -> None:
    if not queries.runs_installation(by):
        raise Forbidden(
            _(
                "Las instituciones las abre quien administra la instalación, en su página o con «rumbo init». "
                "No se cambió nada."
            )
        )
