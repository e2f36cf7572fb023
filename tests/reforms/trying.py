"""What tries out each row of the table of rights in docs/curating.md."""

TRIES = {}


def tries(row):
    """What tries out this row of the table: a function of (who tries, a public record of each kind) to the cell."""

    def keep(attempt):
        assert row not in TRIES
        TRIES[row] = attempt
        return attempt

    return keep
