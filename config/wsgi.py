"""The WSGI entry point that the production server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from api.keeping import build  # noqa: E402 there are no models before

build()  # of the code as it is now, not as it may be when the first answer is asked for
