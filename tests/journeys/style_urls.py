"""The site with its style page, as ``BALAI_DEBUG`` shows it, and the welcome page without its courses."""

from django.urls import path
from django.views.generic import TemplateView

from balai.urls import handler400, handler403, handler404, handler500
from balai.urls import urlpatterns as real
from balai.web import style

urlpatterns = [
    *real,
    path("sambutan", TemplateView.as_view(template_name="web/welcome.html")),
    path("gaya", style.page),
    path("gaya/beranda", style.home),
    path("gaya/fokus", style.focus),
]
handlers = (handler400, handler403, handler404, handler500)
