"""Addresses of the publication records, under «transparencia/» of the institution."""

from django.urls import path

from rumbo.systems.transparency import views

app_name = "transparency"
urlpatterns = [
    path("", views.records, name="records"),
    path("<int:year>/<int:number>/", views.record_page, name="record"),
    path("<int:year>/<int:number>/tabla/", views.table, name="table"),
    path("<int:year>/<int:number>/descargar/<str:extension>/", views.download, name="download"),
    path("<int:year>/<int:number>/preparar/", views.prepare, name="prepare"),
    path("<int:year>/<int:number>/trabajo/", views.work, name="work"),
    path("<int:year>/<int:number>/recomponer/", views.recompose, name="recompose"),
    path("<int:year>/<int:number>/validar/", views.validate, name="validate"),
    path("<int:year>/<int:number>/reabrir/", views.reopen, name="reopen"),
    path("<int:year>/<int:number>/corregir/", views.correct, name="correct"),
    path("<int:year>/<int:number>/descartar/", views.discard, name="discard"),
    path("<int:year>/<int:number>/publicar/", views.publish, name="publish"),
]
