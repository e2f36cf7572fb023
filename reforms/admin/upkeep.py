"""The rest: links seen on their own, counters, loads and retired names."""

from django.apps import apps
from django.contrib import admin
from django.db import models

from reforms.admin.records import OwnedAdmin, ReadOnlyAdmin
from reforms.models import Counter, Load


@admin.register(Counter)
class CounterAdmin(ReadOnlyAdmin):
    list_display = ["name", "last"]
    search_fields = ["name"]


@admin.register(Load)
class LoadAdmin(ReadOnlyAdmin):
    list_display = ["at", "sha256"]
    fields = ["at", "sha256"]


class LinkAdmin(OwnedAdmin):
    """A link is edited under the record that it belongs to; here it can be found. The index does not name it."""

    def has_module_permission(self, request):
        return super().has_module_permission(request) and not self._links()

    def get_list_display(self, request):
        return ["__str__", *(field.name for field in self._links())]

    def get_search_fields(self, request):
        return [
            f"{field.name}__{'ref' if hasattr(field.related_model, 'PREFIX') else 'slug'}" for field in self._links()
        ]

    def get_list_select_related(self, request):
        return [field.name for field in self._links()]

    def _links(self):
        return [field for field in self.model._meta.fields if isinstance(field, models.ForeignKey)]


for model in apps.get_app_config("reforms").get_models():
    history_of_another = hasattr(model, "history_type")
    if not history_of_another and not admin.site.is_registered(model):
        admin.site.register(model, LinkAdmin)
