"""Addresses inside an institution; those of each person's own account are in `account`."""

from django.urls import path

from rumbo.foundation.organization.views import areas, people

app_name = "organization"
urlpatterns = [
    path("personas/", people.index, name="people"),
    path("personas/agregar/", people.add, name="add_person"),
    path("personas/subir/", people.upload, name="upload_people"),
    path("personas/plantilla.xlsx", people.template, name="people_template"),
    path("personas/<uuid:person>/enlace/", people.link, name="person_link"),
    path("personas/<uuid:person>/entregar/", people.hand_over, name="hand_over"),
    path("personas/papeles/<uuid:membership>/terminar/", people.end, name="end_membership"),
    path("areas/", areas.index, name="areas"),
    path("areas/agregar/", areas.add, name="add_area"),
    path("areas/subir/", areas.upload, name="upload_areas"),
    path("areas/plantilla.xlsx", areas.template, name="areas_template"),
    path("areas/<uuid:unit>/", areas.edit, name="edit_area"),
    path("areas/<uuid:unit>/baja/", areas.retire, name="retire_area"),
]
