"""What every public answer tells the browser: nothing from elsewhere, nothing inline, no frame, no device."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.pages.test_answers import PAGES

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
OTHERS = ["/api/v1/", "/nothing/", "/?as_of=x", "/admin/login/"]
ASK = "import json; from django.conf import settings; print(json.dumps(settings.CONTENT_SECURITY_POLICY))"


@pytest.mark.parametrize("url", [*PAGES.values(), *OTHERS])
def test_an_answer_says_what_its_page_may_do(world, client, url):
    response = client.get(url)
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";") if part.strip())
    assert policy == POLICY
    assert {name: response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize(("https", "upgraded"), [("true", True), ("", False)])
def test_only_behind_https_are_requests_upgraded(tmp_path, https, upgraded):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    said = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR,
        env=environment | {"HTTPS": https or "false"},
        capture_output=True,
        text=True,
        check=True,
    )
    directives = json.loads(said.stdout)["DIRECTIVES"]
    assert ("upgrade-insecure-requests" in directives) is upgraded
    assert not any("unsafe" in str(value) for value in directives.values())
