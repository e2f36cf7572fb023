"""The settings of the ledger as shipped, with what only measuring needs."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]  # noqa: F405
ROOT_URLCONF = "benchmarks.urls"
API_REQUESTS_PER_MINUTE = API_EXPORTS_PER_MINUTE = 0  # one address asks for everything here
