"""What a browser test sees beside the page: what it said in the console, whom it asked, whether it fits."""

from urllib.parse import urlsplit

REPORTS = """addEventListener("securitypolicyviolation",
    ({effectiveDirective, blockedURI}) => console.error(`The policy stopped ${blockedURI} as ${effectiveDirective}`))"""

LEFT = "net::ERR_ABORTED"


class Watch:
    """What a page said and asked since it was opened; what its security policy stopped is said in the console."""

    def __init__(self, page):
        self.said, self.asked = [], set()
        page.add_init_script(REPORTS)
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda asking: self.asked.add(urlsplit(asking.url).netloc))
        page.on("requestfailed", self.note_failure)

    def note_failure(self, asking):
        """A request that the browser gave up because the page was left meanwhile is no failure."""
        if asking.failure != LEFT:
            self.said.append(f"{asking.url}: {asking.failure}")

    def check(self, address, *, expected=()):
        """The console said nothing but what holds a text of `expected`, and nobody but `address` was asked."""
        assert (said := self.unexpected(expected)) == [], said
        assert self.asked == {urlsplit(address).netloc}

    def unexpected(self, expected=()):
        """Return what was said that holds no text of `expected`."""
        return [text for text in self.said if not any(known in text for known in expected)]


def fits(page):
    """Whether the page is no wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
