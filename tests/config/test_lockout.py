"""Who fails to log in too often waits: that name, from that address, for a quarter of an hour."""

import io
import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import F
from django.test import RequestFactory
from django.urls import reverse

from config import lockout, rows

pytestmark = pytest.mark.django_db

PASSWORD = "the right password"
COOL_OFF = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def strict_templates():
    """The admin's own templates, in whose look the page is, ask for optional names."""


@pytest.fixture(autouse=True)
def staff():
    """Two people who may enter the admin, with the same password."""
    for name in ("ann", "ben"):
        User.objects.create_user(name, password=PASSWORD, is_staff=True)


@pytest.fixture
def log_in(client):
    """Try to log in, from an address, as a browser with some headers."""

    def attempt(name="ann", password="wrong", address="192.0.2.1", **headers):  # noqa: S107 no password of anything
        form = {"username": name, "password": password}
        return client.post(reverse("admin:login"), form, headers=headers, REMOTE_ADDR=address)

    return attempt


@pytest.fixture
def locked(log_in):
    """Ann has failed five times; what the fifth answered."""
    return [log_in() for _ in range(5)][-1]


def pass_time(time):
    """Let `time` pass, by moving what is stored into the past."""
    assert AccessAttempt.objects.update(attempt_time=F("attempt_time") - time)


def text(response):
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", response.content.decode()))


def test_five_failures_lock(log_in):
    assert [log_in().status_code for _ in range(6)] == [200, 200, 200, 200, 429, 429]


def test_then_the_right_password_is_refused_too(log_in, locked, client):
    assert log_in(password=PASSWORD).status_code == 429
    assert client.get(reverse("admin:index")).status_code == 302


def test_before_that_the_right_password_lets_in(log_in, client):
    for _ in range(4):
        log_in()
    assert log_in(password=PASSWORD).status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200


def test_another_browser_or_another_spelling_of_the_name_is_no_way_around(log_in):
    for number, name in enumerate(["ann", " ann", "ann ", "ａnn", "ａｎｎ"]):  # the form reads all of them as ann
        last = log_in(name, user_agent=f"Browser {number}")
    assert last.status_code == 429
    assert log_in(password=PASSWORD).status_code == 429


def test_somebody_else_at_the_same_address_still_gets_in(log_in, locked):
    assert log_in("ben", PASSWORD).status_code == 302


def test_the_same_person_still_gets_in_from_elsewhere(log_in, locked):
    assert log_in(password=PASSWORD, address="192.0.2.2").status_code == 302


def test_after_the_wait_one_gets_in_again(log_in, locked):
    pass_time(COOL_OFF - timedelta(seconds=30))
    assert log_in(password=PASSWORD).status_code == 429
    pass_time(timedelta(seconds=30))
    assert log_in(password=PASSWORD).status_code == 302


def test_trying_while_locked_makes_it_no_longer(log_in, locked):
    pass_time(COOL_OFF - timedelta(minutes=1))
    before = AccessAttempt.objects.values().get()
    assert log_in().status_code == 429
    assert AccessAttempt.objects.values().get() == before


def test_a_success_resets_the_count(log_in, client):
    for _ in range(2):
        assert [log_in().status_code for _ in range(4)] == [200] * 4
        assert log_in(password=PASSWORD).status_code == 302
        client.logout()
    assert not AccessAttempt.objects.exists()


def test_the_page_looks_like_the_login_and_says_how_long_to_wait(log_in, locked):
    assert "admin/locked_out.html" in [template.name for template in locked.templates]
    assert '<body class=" login"' in locked.content.decode()
    assert "Too many failed logins | Reform Ledger" in text(locked)
    assert "Please wait 15 minutes, then try again." in text(locked)
    assert locked["Retry-After"] == "900"
    pass_time(COOL_OFF - timedelta(seconds=59))
    later = log_in()
    assert "Please wait 1 minute, then try again." in text(later)
    assert 0 < int(later["Retry-After"]) <= 59


def test_the_page_leads_back_to_where_one_wanted_to_go(client, locked):
    address = f"{reverse('admin:login')}?next=/admin/reforms/claim/"
    response = client.post(address, {"username": "ann", "password": "wrong"}, REMOTE_ADDR="192.0.2.1")
    assert f'<a href="{address}">Back to the login</a>' in response.content.decode()


def test_the_page_says_the_same_for_a_name_that_nobody_has(log_in):
    known, unknown = ([log_in(name) for _ in range(6)] for name in ("ann", "nobody"))
    assert [page.status_code for page in known] == [page.status_code for page in unknown]
    assert known[-2].content == known[-1].content == unknown[-2].content == unknown[-1].content


def test_an_operator_lets_somebody_in_again(log_in, capsys):
    for name in ("ann", "ben"):
        for _ in range(5):
            log_in(name)
    call_command("axes_reset_username", "ann")
    assert capsys.readouterr().out == "1 attempts removed.\n"
    assert log_in("ben", PASSWORD).status_code == 429
    assert log_in("ann", PASSWORD).status_code == 302


def test_no_password_is_kept_and_only_a_lock_is_a_line_in_the_log(log_in, client, caplog):
    for password in ("a secret", "b secret", "c secret", "d secret", "e secret"):
        log_in(password=password)
    assert "secret" not in str(AccessAttempt.objects.values())
    assert [record.getMessage() for record in caplog.records] == ["Too Many Requests: /admin/login/"]
    log_in("ben", PASSWORD)
    assert not AccessLog.objects.exists()


def test_a_failed_login_is_in_no_backup_and_a_restore_leaves_the_lock_as_it_is(log_in, locked):
    stream = io.StringIO()
    counts = rows.write(stream)
    assert not [label for label in counts if label.startswith("axes.")]
    assert "192.0.2.1" not in stream.getvalue()
    rows.replace(io.StringIO())
    assert rows.is_empty()
    rows.replace(io.StringIO(stream.getvalue()))
    assert log_in(password=PASSWORD).status_code == 429


@pytest.mark.parametrize(
    ("https", "seen", "forwarded", "found"),
    [
        pytest.param(False, "192.0.2.1", None, "192.0.2.1", id="direct"),
        pytest.param(False, "192.0.2.1", "198.51.100.7", "192.0.2.1", id="without-a-proxy-the-header-is-not-read"),
        pytest.param(True, "127.0.0.1", "198.51.100.7", "198.51.100.7", id="behind-a-proxy"),
        pytest.param(True, "127.0.0.1", "10.0.0.1, 198.51.100.7", "198.51.100.7", id="what-the-client-sent-is-before"),
        pytest.param(True, "127.0.0.1", None, "127.0.0.1", id="a-proxy-that-does-not-say"),
        pytest.param(True, "127.0.0.1", "198.51.100.7, unknown", None, id="a-proxy-that-does-not-know"),
        pytest.param(False, "", None, None, id="a-socket-has-no-address"),
        pytest.param(False, "2001:db8:1:2:3:4:5:6", None, "2001:db8:1:2::", id="a-home-is-one-network"),
        pytest.param(True, "", "2001:db8:1:2:9::1", "2001:db8:1:2::", id="a-home-behind-a-proxy"),
        pytest.param(False, "fe80::1%eth0", None, "fe80::", id="a-cable"),
        pytest.param(False, "::ffff:192.0.2.1", None, "192.0.2.1", id="the-old-address-in-the-new-form"),
    ],
)
def test_failures_are_counted_for_the_address_that_is_known_for_sure(settings, https, seen, forwarded, found):
    settings.HTTPS = https
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert lockout.address(RequestFactory().post("/", headers=headers, REMOTE_ADDR=seen)) == found


def test_behind_a_proxy_one_does_not_lock_a_name_for_all(settings, log_in):
    settings.HTTPS = True
    for _ in range(5):
        last = log_in(address="127.0.0.1", x_forwarded_for="198.51.100.7")
    assert last.status_code == 429
    assert log_in(password=PASSWORD, address="127.0.0.1", x_forwarded_for="198.51.100.8").status_code == 302


def test_a_socket_without_an_address_locks_as_well(log_in):
    assert [log_in(address="").status_code for _ in range(5)][-1] == 429
