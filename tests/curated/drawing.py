"""What random bases are made of: odd texts, dates, and the choices between them."""

from random import Random

from hypothesis import strategies as st

# Everything that both databases can store; then what YAML, JSON and files stumble over.
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
NASTY = [
    " ", " a ", "a\tb", "a\rb", "a\r\nb\n", "\n\n", "a\x85b", "a\u2028b\u2029", "\ufeffa\ufeff", "\x7f\x1b", "\ufffe",
    "\uffff", "\U0010ffff", "😀 🇰🇿", "😀: 🇰🇿", "e\u0301", "# no remark", "a # b", "a: b", "- a", "? a", "--- a",
    "... a", "'", '"a"', "\\n\\", "[a]", "{a: b}", "&a *b !c", "%a", "@a", "`a`", "|", "> a", "yes", "No", "null", "~",
    "y", "20,000", "007", "1e3", "0x1f", "0o17", ".5", "1_0", "2020-05-25", "12:30:00", "<<", "=", "\xa0a\u3000",
    "long " * 200, "Қазақстан «Ak Zhol«",
]  # fmt: skip
LINES = [
    "The law. The law. The law",
    "- a",
    "“A",
    "12) b c",
    " \u2003x\t ",
    "a\rb",
    "\ufeffb",
    "aaaa",
    "😀 the 😀 the 😀",
]
DATES = [
    "",
    "2020-05-25",
    "2021-06~",
    "2022",
    "2020-11-10/2020-12-04",
    "[2020-02-06,2020-06-02]",
    "[2023-03..]",
    "2020?",
]
FILE_NAMES = ["x.txt", "a b.txt", "ä#.txt", "'q' & \"r\".txt", "-", "😀.txt"]


class Drawn:
    """Chooses as Hypothesis draws."""

    def __init__(self, draw):
        self.draw = draw

    def text(self, longest=1000):
        some = st.one_of(st.text(ANY, min_size=1, max_size=12), st.sampled_from(NASTY))
        return self.draw(some.filter(lambda text: len(text) <= longest))

    def yes(self):
        return self.draw(st.booleans())

    def number(self, least, most):
        return self.draw(st.integers(least, most))

    def one(self, values):
        return self.draw(st.sampled_from(list(values)))

    def some(self, values, least=0):
        values = list(values)
        drawn = st.lists(st.sampled_from(values), min_size=least, max_size=3, unique=True)
        return self.draw(drawn) if values else []

    def shuffled(self, values):
        return self.draw(st.permutations(list(values)))


class Full:
    """Chooses much of everything, always the same for the same seed."""

    def __init__(self, seed):
        self.random = Random(seed)  # noqa: S311 no secret
        self.one = self.random.choice

    def text(self, longest=1000):
        return self.one([text for text in NASTY if len(text) <= longest])

    def yes(self):
        return self.random.random() < 0.7

    def number(self, least, most):
        return max(self.random.randint(least, most) for _ in range(2))

    def some(self, values, least=0):
        values = list(values)
        return self.random.sample(values, min(len(values), self.number(max(1, least), 3)))

    def shuffled(self, values):
        values = list(values)
        return self.random.sample(values, len(values))
