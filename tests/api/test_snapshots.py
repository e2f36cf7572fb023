"""An answer is of one moment, also one that is sent while it is read, and lets go of the base when it ends."""

from contextlib import closing

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse

from api.keeping import KEPT, kept
from reforms.models import Reform
from tests.api.keeping import asked
from tests.factories import make_reform


@pytest.mark.django_db(transaction=True)
def test_the_view_answers_inside_one_snapshot_that_ends_with_it(calls):
    @kept
    def look(request):
        calls.append(connection.in_atomic_block)
        return HttpResponse("x" * 300)

    look(asked())
    assert (calls, connection.in_atomic_block) == ([True], False)


@pytest.fixture
def stream(calls):
    """A kept view that streams three lines, and says when it was read and closed."""

    def lines():
        try:
            for number in range(3):
                calls.append(connection.in_atomic_block)
                yield f"{number} {Reform.objects.get().title}\n" * 100
        finally:
            calls.append("closed")

    return kept(lambda request: StreamingHttpResponse(lines(), content_type="text/csv"))


@pytest.mark.django_db(transaction=True)
def test_a_stream_holds_its_snapshot_until_it_is_closed_and_is_not_kept(stream, calls):
    make_reform(title="First")
    answer = stream(asked())
    assert b"".join(answer.streaming_content).startswith(b"0 First\n")
    assert connection.in_atomic_block
    answer.close()
    assert (calls, connection.in_atomic_block, len(KEPT.bodies)) == ([True] * 3 + ["closed"], False, 0)
    same = stream(asked(if_none_match=answer.headers["ETag"]))
    assert (same.status_code, same.headers["Vary"], len(calls)) == (304, "Accept, Accept-Encoding", 4)
    assert stream(asked(if_none_match="*")).status_code == 304
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("read", [0, 1])
def test_a_stream_that_nobody_reads_to_its_end_lets_go_of_its_snapshot(stream, calls, read):
    make_reform()
    with closing(stream(asked())) as answer:
        parts = iter(answer.streaming_content)
        for _ in range(read):
            next(parts)
        assert connection.in_atomic_block
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_head_of_a_stream_reads_nothing_and_holds_nothing(stream, calls):
    make_reform()
    head = stream(asked("head"))
    assert (list(head.streaming_content), calls, connection.in_atomic_block) == ([], [], False)
    assert head.headers["ETag"].startswith('"')


@pytest.mark.django_db(transaction=True)
def test_an_exception_in_a_view_ends_the_snapshot():
    @kept
    def broken(request):
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        broken(asked())
    assert not connection.in_atomic_block
