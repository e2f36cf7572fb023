"""What a browser test sees beside the page: what it said in the console, whom it asked, whether it fits."""

from urllib.parse import urlsplit


class Watch:
    """What a page said and asked since it was opened."""

    def __init__(self, page):
        self.said, self.asked = [], set()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda asking: self.asked.add(urlsplit(asking.url).netloc))

    def check(self, address, *, expected=()):
        """The console said nothing but what holds a text of `expected`, and nobody but `address` was asked."""
        assert [text for text in self.said if not any(known in text for known in expected)] == []
        assert self.asked == {urlsplit(address).netloc}


def fits(page):
    """Whether the page is no wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
