"""`manage.py check_templates`: a template that cannot be read is named."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def test_all_templates_can_be_read(capsys):
    call_command("check_templates")
    assert "templates can be read." in capsys.readouterr().out


def test_a_template_that_cannot_be_read_is_named(settings, tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "broken.html").write_text("{% if %}")
    settings.BASE_DIR = tmp_path
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path / "templates"]}]
    with pytest.raises(CommandError, match=r"^templates/broken\.html: Unexpected end of expression"):
        call_command("check_templates")


def test_nothing_to_read_is_no_success(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="No template was found"):
        call_command("check_templates")
