"""The reforms app: what is said about reforms, and on which words."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReformsConfig(AppConfig):
    """Packages, reforms, laws, events, actors, claims, citations and all that rests on them."""

    name = "reforms"
    # The models of which readers of the API see nothing: what is proposed, checked, counted and loaded.
    unseen = frozenset({"proposal", "auditrun", "finding", "answeredfinding", "counter", "load"})

    def ready(self):
        from reforms.search.index import install_search
        from reforms.triggers import install_reforms_triggers
        from sources.revision import install_revision

        post_migrate.connect(install_reforms_triggers, sender=self)
        post_migrate.connect(install_revision, sender=self)
        post_migrate.connect(install_search, sender=self)
