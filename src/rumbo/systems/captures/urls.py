"""Addresses of capture and review, under /i/<slug>/captura/. Words in Spanish."""

from django.urls import path

from rumbo.systems.captures.views import corrections, evidence, excel, form, history, review, sheet

app_name = "captures"
urlpatterns = [
    path("", sheet.home, name="home"),
    path("guardar/", sheet.save, name="save_sheet"),
    path("enviar/", sheet.send, name="send_sheet"),
    path("excel/", excel.download, name="download"),
    path("subir/", excel.upload, name="upload"),
    path("historia/", history.upload, name="history"),
    path("historia/plantilla.xlsx", history.blank, name="history_template"),
    path("revision/", review.queue, name="review"),
    path("revision/decidir/", review.decide_many, name="decide_many"),
    path("revision/validadas/", review.validated, name="validated"),
    path("revision/<uuid:ref>/", review.one, name="review_one"),
    path("revision/<uuid:ref>/devolver/", review.give_back, name="return"),
    path("correcciones/", corrections.requested, name="corrections"),
    path("correcciones/<uuid:ref>/", corrections.decide, name="correction"),
    path("evidencia/<uuid:ref>/", evidence.serve, name="evidence"),
    path("evidencia/<uuid:ref>/retirar/", evidence.retire, name="retire_evidence"),
    path("<str:code>/<str:period>/", form.page, name="form"),
    path("<str:code>/<str:period>/sin-dato/", form.unavailable, name="unavailable"),
    path("<str:code>/<str:period>/evidencia/", evidence.attach, name="attach"),
    path("<str:code>/<str:period>/correccion/", corrections.ask, name="ask_correction"),
]
