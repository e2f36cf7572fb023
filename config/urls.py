"""Where everything is."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from api.problems import handler400, handler404, handler500  # noqa: F401 Django looks for them here
from reforms.sitemaps import SITEMAPS
from reforms.views.feeds import changes
from reforms.views.plain import robots


def favicon(request):
    """Where browsers look for an icon when a page names none, as the admin's do."""
    return redirect(static("favicon.svg"))


urlpatterns = [
    path("api/v1/", include("api.urls")),  # first: it is asked by programs, in great numbers
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}),
    path("feeds/changes/", changes, name="feed"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/", admin.site.urls),
    path("", include("reforms.urls")),
]
