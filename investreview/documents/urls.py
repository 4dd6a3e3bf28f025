"""Addresses of the documents room."""

from django.urls import path

from investreview.documents import views

app_name = "documents"

urlpatterns = [path("verify/", views.verify, name="verify")]
