from django.urls import path

from bench.baseline import views

urlpatterns = [
    path("livez", views.livez),
    path("prepared/", views.prepared),
    path("idiomatic/<str:key>/", views.idiomatic, name="idiomatic"),
    path("lean/<str:key>/", views.lean),
    path("upsert/<str:key>/", views.upsert),
]
