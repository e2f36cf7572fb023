"""The sources app: documents and their paragraphs."""

from functools import cache

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SourcesConfig(AppConfig):
    """Documents and paragraphs. Knows nothing of reforms."""

    name = "sources"
    unseen = frozenset({"changeset"})  # the models of which readers of the API see nothing

    def ready(self):
        from simple_history.manager import HistoryManager

        from sources.revision import install_revision
        from sources.triggers import install_sources_triggers

        post_migrate.connect(install_sources_triggers, sender=self)
        post_migrate.connect(install_revision, sender=self)
        # It makes a new class, which takes half a millisecond, each time that a record is saved or its history asked.
        HistoryManager.from_queryset = cache(HistoryManager.from_queryset)
