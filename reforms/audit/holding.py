"""Which discrepancies answer a finding: those that hold the claims that it is about, as each rule asks for it.

Each function takes, for each claim of a finding in order, the set of discrepancies that hold it, and returns those
that answer. Its docstring says so in the words of the documents.
"""


def by_all(holding):
    """by a discrepancy that holds all the claims that it is about"""
    return set.intersection(*holding)


def by_any(holding):
    """by a discrepancy that holds any of the claims that it is about"""
    return set.union(*holding)


def by_first_and_another(holding):
    """by a discrepancy that holds the first of the claims that it is about, and any other of them"""
    first, *others = holding
    return first & set.union(*others) if others else first
