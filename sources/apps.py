"""The sources app: documents and their paragraphs."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SourcesConfig(AppConfig):
    """Documents and paragraphs. Knows nothing of reforms."""

    name = "sources"

    def ready(self):
        from sources.triggers import install_sources_triggers

        post_migrate.connect(install_sources_triggers, sender=self)
