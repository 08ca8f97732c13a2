"""Addresses of boards, closing and reports, under /i/<slug>/. Words in Spanish."""

from django.urls import path

from rumbo.systems.evaluation.views import boards, closing, deliveries, goals, reports, schemes, support, warnings

app_name = "evaluation"
urlpatterns = [
    path("tableros/", boards.institution, name="board"),
    path("tableros/lista.<str:kind>", boards.download, name="download"),
    path("tableros/calculo/", goals.rolled, name="rolled"),
    path("tableros/area/<str:code>/", boards.area, name="area"),
    path("tableros/eje/<str:code>/", boards.element, name="element"),
    path("tableros/meta/<str:code>/", goals.goal, name="goal"),
    path("tableros/meta/<str:code>/calculo/", goals.calculation, name="calculation"),
    path("alertas/", warnings.warnings, name="warnings"),
    path("alertas/alertas.xlsx", warnings.download, name="warnings_download"),
    path("alertas/vistas/", warnings.seen, name="warnings_seen"),
    path("alertas/<uuid:ref>/", warnings.warning, name="warning"),
    path("alertas/<uuid:ref>/vista/", warnings.see, name="warning_see"),
    path("alertas/<uuid:ref>/decidir/", warnings.decide, name="warning_decide"),
    path("alertas/<uuid:ref>/cumplir/", warnings.do, name="warning_do"),
    path("alertas/<uuid:ref>/cerrar/", warnings.close, name="warning_close"),
    path("cierre/", closing.closing, name="closing"),
    path("cierre/<str:month>/complementario/", closing.supersede, name="supersede"),
    path("cierre/<str:month>/<int:number>/", closing.closed, name="closed"),
    path("cierre/<str:month>/<int:number>/comparar/", closing.comparison, name="comparison"),
    path("escalas/", schemes.schemes, name="schemes"),
    path("escalas/asignar/", schemes.assign, name="scheme_assign"),
    path("escalas/<slug:code>/", schemes.scheme, name="scheme"),
    path("informes/", reports.reports, name="reports"),
    path("informes/<str:month>/entrega.zip", reports.report_delivery, name="report_delivery"),
    path("informes/<str:month>/entrega/", deliveries.delivery, name="delivery"),
    path("informes/<str:month>/entrega/entregar/", deliveries.deliver, name="deliver"),
    path("informes/<str:month>/entrega/aceptar/", deliveries.accept, name="accept_delivery"),
    path("informes/<str:month>/entrega/observar/", deliveries.observe, name="observe_delivery"),
    path("informes/<str:month>/entrega/<int:number>/<str:name>", deliveries.delivered_file, name="delivered_file"),
    path("informes/<str:month>/<str:name>", reports.report_file, name="report_file"),
    path("acompanamiento/", support.log, name="support"),
    path("acompanamiento/bitacora.xlsx", support.download, name="support_download"),
    path("acompanamiento/registrar/", support.add, name="support_add"),
    path("acompanamiento/<uuid:ref>/", support.edit, name="support_entry"),
    path("acompanamiento/<uuid:ref>/retirar/", support.retire, name="support_retire"),
    path("acompanamiento/<uuid:ref>/evidencia/", support.evidence, name="support_evidence"),
]
