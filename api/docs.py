"""The page on which a person reads what can be asked, and tries it."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView


@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class Docs(TemplateView):
    """Swagger UI from our own files. Context: `index` and `schema`, the addresses of both.

    What draws the requests styles them in place; its scripts are held to the policy of all pages.
    """

    template_name = "api/docs.html"

    def get_context_data(self, **kwargs):
        schema = f"{reverse('api-schema')}?format=json"
        return super().get_context_data(index=reverse("api-index"), schema=schema, **kwargs)
