"""Public names of records, as findings give them: `C0001.1`, `a-source#20`, `reforms.milestone M0001`."""


def name(record):
    """Return the public name of a record that has no shorter one: its kind and natural key."""
    return named(type(record), *record.natural_key())


def named(model, *key):
    """Return the public name of the record of `model` with this natural key."""
    return f"{model._meta.label_lower} {'/'.join(str(part) for part in key)}"
