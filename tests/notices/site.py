from django.urls import include, path

from tests.accounts.site import urlpatterns as accounts

urlpatterns = [*accounts, path("", include("investreview.notices.urls"))]
