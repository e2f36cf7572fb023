"""Tests of reading received documents."""
