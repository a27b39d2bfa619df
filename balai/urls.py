"""Every address of the site. A room's addresses stand in its own ``urls.py``."""

from django.urls import include, path

urlpatterns = [
    # First what is asked most: addresses are tried in this order, one by one.
    path("", include("balai.assessments.urls")),
    path("", include("balai.web.urls")),
    path("", include("balai.regions.urls")),
    path("", include("balai.people.accounts.urls")),
    path("", include("balai.people.joining.urls")),
    path("", include("balai.people.persons.urls")),
    path("", include("balai.people.pairs.urls")),
    path("", include("balai.people.imports.urls")),
    path("", include("balai.people.delegation.urls")),
    path("", include("balai.people.privacy.urls")),
    path("", include("balai.courses.urls")),
    path("", include("balai.programmes.urls")),
    path("", include("balai.credentials.urls")),
    path("", include("balai.monitoring.urls")),
]

handler400 = "balai.web.refusals.bad_request"
handler403 = "balai.web.refusals.not_allowed"
handler404 = "balai.web.refusals.not_found"
handler500 = "balai.web.refusals.broken"
