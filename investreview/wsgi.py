"""The door for web servers that speak WSGI (waitress)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "investreview.settings.demo")

application = get_wsgi_application()
