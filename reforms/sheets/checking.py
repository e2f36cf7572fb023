"""Whether the rules allow what a sheet would change, asked for all rows at once. Storing asks each one again."""

from collections import defaultdict

from django.core.exceptions import ValidationError

from reforms.models import Claim, ClaimActor, Milestone
from reforms.models.resting import RestsOnClaim
from reforms.publishing import NOBODY_SAYS_IT
from reforms.renaming import RetiredSlug, slug_in_use
from reforms.sheets.columns import SEVERAL
from reforms.touching import chunks
from sources.dates import EDTFField


def check(sheet, outcomes, entries):
    """Add to each of `outcomes` what the rules say against it; names that were retired are those that they lead to."""
    _check_names(outcomes)
    for one in outcomes:
        one.errors += _of_values(sheet, one.values)
    if sheet.model is Claim:
        _check_claims([one for one in outcomes if not one.errors])
    if sheet.inner:
        _check_rows(sheet, outcomes, entries)


def _of_values(sheet, values):
    """Errors of texts that their fields do not take."""
    for name, text in values.items():
        if name in SEVERAL:
            continue
        field = sheet.fields_of._meta.get_field(name)
        if field.choices and text not in (known := [value for value, _ in field.choices]):
            yield f"{name}: “{text[:60]}” is none of {', '.join(known)}."
            continue
        try:
            field.clean(text, None)
        except ValidationError as error:
            hint = " A spreadsheet may have rewritten it: make the column text." if isinstance(field, EDTFField) else ""
            yield f"{name}: {' '.join(error.messages)}{hint}"


def _check_names(outcomes):
    """Look up all names in one query for each kind and some hundreds of names."""
    asked = defaultdict(set)
    for one in outcomes:
        for column in SEVERAL.keys() & one.values.keys():
            asked[column].update(one.values[column])
    known = {column: _known(SEVERAL[column], names) for column, names in asked.items()}
    for one in outcomes:
        for column in SEVERAL.keys() & one.values.keys():
            missing = [name for name in one.values[column] if name not in known[column]]
            label = SEVERAL[column]._meta.verbose_name
            one.errors += [f"{column}: no {label} is called “{name[:60]}”." for name in missing]
            if not missing:
                one.values[column] = sorted({known[column][name] for name in one.values[column]})


def _known(model, names):
    """Name to the name in use, of those of `names` that are there."""
    kind = model._meta.model_name
    found = {}
    for chunk in chunks(names):
        slugs = model._default_manager.filter(slug__in=chunk).values_list("slug", flat=True)
        found |= {slug: slug for slug in slugs}
        retired = RetiredSlug.objects.filter(kind=kind, slug__in=chunk).values_list("slug", flat=True)
        found |= {slug: slug_in_use(kind, slug) for slug in retired if slug not in found}
    return found


def _check_claims(outcomes):
    """What rests on a claim must still be named by it, and a public allegation has somebody who says it."""
    by_key = {one.record.pk: one for one in outcomes if {"kind", "reforms", "laws"} & one.values.keys()}
    for chunk in chunks(by_key):
        for record in _resting(chunk):
            one = by_key[record.claim_id]
            one.errors += [error for error in _against(record, one) if error not in one.errors]
        said = ClaimActor.objects.filter(claim__in=chunk, part=ClaimActor.Part.SAYS).values_list("claim_id", flat=True)
        for key in set(chunk) - set(said):
            one = by_key[key]
            if one.values.get("kind") == Claim.Kind.ALLEGATION and one.record.state == Claim.State.PUBLISHED:
                one.errors.append(NOBODY_SAYS_IT)


def _resting(keys):
    for model in RestsOnClaim.__subclasses__():
        related = [field.name for field in model._meta.fields if field.many_to_one and field.name != "claim"]
        related += ["parameter__reform"] if "parameter" in related else []
        yield from model._default_manager.filter(claim__in=keys).select_related(*related)


def _against(record, one):
    """What a record that rests on the claim of a row says against it."""
    for subject, key in record.subjects().items():
        names = one.values.get(f"{subject}s")
        about = record if hasattr(record, subject) else record.parameter
        slug = getattr(about, subject).slug if key else ""
        if slug and names is not None and slug not in names:
            label = record._meta.verbose_name
            yield f"{subject}s: {label} {record} rests on this claim, which has to name “{slug}”."
    if isinstance(record, Milestone) and "kind" in one.values:
        try:
            record.check_kind(one.values["kind"])
        except ValidationError as error:
            yield f"kind: {' '.join(error.messages)} {record} rests on this claim."


def _check_rows(sheet, outcomes, entries):
    """Each record of a list is there once, and says something."""
    by_name = defaultdict(list)
    for one in outcomes:
        by_name[one.key[0]].append(one)
    words = {rule.name: rule.violation_error_message for rule in sheet.row_model._meta.constraints}
    for name, rows in by_name.items():
        good = [one for one in rows if not one.errors]
        after = sheet.rows(sheet.edit(entries[name][1], {one.key: one.values for one in good}))
        met = defaultdict(list)
        for key, row in after.items():
            met[row["claim"], row.get("after", ""), row.get("scope", "")].append(key)
        for one in good:
            row = after[one.key]
            if not row.get("before") and not row.get("after"):
                one.errors.append(words["parameter_change_has_a_value"])
            if len(met[row["claim"], row.get("after", ""), row.get("scope", "")]) > 1:
                one.errors.append(words["parameter_change_once"])
