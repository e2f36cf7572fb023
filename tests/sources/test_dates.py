"""EDTF dates, their bounds, and how they are spelt."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from sources.dates import bounds, in_words, validate_edtf
from tests.factories import make_source

CASES = [
    ("", None, None, ""),
    ("2020-05-25", date(2020, 5, 25), date(2020, 5, 25), "25 May 2020"),
    ("2021-06~", date(2021, 6, 1), date(2021, 6, 30), "about June 2021"),
    ("2022", date(2022, 1, 1), date(2022, 12, 31), "2022"),
    ("2022?", date(2022, 1, 1), date(2022, 12, 31), "2022 (uncertain)"),
    ("2020-11-10/2020-12-04", date(2020, 11, 10), date(2020, 12, 4), "10 November 2020 to 4 December 2020"),
    ("2021-41", date(2021, 7, 1), date(2021, 12, 31), "second half of 2021"),
    ("[2020-02-06,2020-06-02]", date(2020, 2, 6), date(2020, 6, 2), "6 February 2020 or 2 June 2020"),
    ("[2019-12-30..2021-01-20]", date(2019, 12, 30), date(2021, 1, 20), "between 30 December 2019 and 20 January 2021"),
    ("[2023-03..]", date(2023, 3, 1), None, "March 2023 or later"),
    ("2020/", date(2020, 1, 1), None, "from 2020 on"),
    ("2020/..", date(2020, 1, 1), None, "from 2020 on"),
    ("../2020", None, date(2020, 12, 31), "until 2020"),
    ("[1667,1668..1670]", date(1667, 1, 1), date(1670, 12, 31), "1667 or between 1668 and 1670"),
    ("[..2023-03]", None, date(2023, 3, 31), "March 2023 or earlier"),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest", "words"), CASES, ids=[case[0] or "empty" for case in CASES])
def test_a_date_has_strict_bounds_and_words(edtf, earliest, latest, words):
    validate_edtf(edtf)
    assert bounds(edtf) == (earliest, latest)
    assert in_words(edtf) == words


@pytest.mark.parametrize("edtf", ["8.03.20201", "25 May 2020", "2020-13", "2020-02-30", "2021-06-05/2021-06-01"])
def test_what_is_no_date_is_refused_by_name(edtf):
    with pytest.raises(ValidationError, match=f"“{edtf}”"):
        validate_edtf(edtf)


@pytest.mark.django_db
def test_saving_a_date_sets_the_days_beside_it():
    source = make_source(published="2021-06~")
    assert (source.published_earliest, source.published_latest) == (date(2021, 6, 1), date(2021, 6, 30))
    source.published = ""
    source.save()
    source.refresh_from_db()
    assert (source.published_earliest, source.published_latest) == (None, None)
