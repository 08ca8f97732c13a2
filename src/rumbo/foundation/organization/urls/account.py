"""Addresses of each person's own account, outside every institution."""

from django.urls import path

from rumbo.foundation.organization.views import account

app_name = "account"
urlpatterns = [
    path("entrar/", account.sign_in, name="sign_in"),
    path("salir/", account.sign_out, name="sign_out"),
    path("cuenta/", account.own, name="own"),
    path("primera-contrasena/<uuid:who>/<str:token>/", account.first_password, name="first_password"),
]
