"""`make screenshots`: pictures of the shipped knowledge, served from a scratch folder.

Without an argument those of the documents; those of docs/curating.md come last, since taking them changes the base.
With a folder, every kind of page as a whole, on a desk and on a phone, in the light and in the dark, into that folder:
to be looked at.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.browser.palette import reduced
from tests.run import OWN, ROOT, find_browser

DESK, PHONE = {"width": 1320, "height": 900}, {"width": 375, "height": 812}
KEPT = ROOT / "docs" / "screenshots"
README = {
    "home": "/",
    "reform": "/reforms/direct-election-of-rural-akims/",
    "reader": "/sources/kazinform-three-packages/?claim=C0142#p58",
    "before-and-after": "/parameters/people-to-register-a-party/",
    "timeline": "/timeline/",
    "search": "/search/?q=akims",
}
ON_THE_PHONE = {"phone": "/reforms/notification-of-assemblies/"}
LONGEST = 8000  # pixels; Chromium draws no longer picture than twice this
FROM_HERE = {"DATABASE_URL": "", "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}  # Playwright runs an event loop in this thread
PATIENCE = 180  # seconds; the knowledge is loaded first


@contextmanager
def served(scratch):
    """Serve the shipped knowledge from a folder that lives as long as the pictures take. Give its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    clean = {name: value for name, value in os.environ.items() if name not in OWN}
    command = [sys.executable, "manage.py", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=clean | {"VAR_DIR": scratch, "PORT": port})
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(PATIENCE):
            if process.poll() is not None:
                sys.exit("The server stopped, for the reason above.")
            time.sleep(1)
            if answers(f"{address}/healthz"):
                break
        yield address
    finally:
        process.terminate()
        process.wait()


def answers(url):
    """Whether somebody answers at this address of ours."""
    try:
        return urllib.request.urlopen(url, timeout=5).status == 200
    except OSError:
        return False


def screenshot(browser, url, size, scheme, *, whole=False):
    """Return a picture of a page: always the same one, with its fonts, and nothing moving."""
    page = browser.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce", locale="en-GB")
    answer = page.goto(url, wait_until="networkidle")
    if answer.status >= 500 or (answer.status >= 400 and not whole):
        sys.exit(f"{url} answered {answer.status}.")
    page.evaluate("document.fonts.ready")
    height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
    picture = page.screenshot(animations="disabled", **({"full_page": True, "clip": clip} if whole else {}))
    page.close()
    return picture


def for_the_readme(browser, address):
    empty = browser.new_page()
    for pages, size, scheme in ((README, DESK, "light"), (ON_THE_PHONE, PHONE, "dark")):
        for name, path in pages.items():
            picture = reduced(empty, screenshot(browser, address + path, size, scheme))
            (KEPT / f"{name}.png").write_bytes(picture)
            print(f"docs/screenshots/{name}.png: {len(picture) // 1000} kB", flush=True)


def for_curating(browser, address, scratch):
    from tests.browser.desk_pictures import Pictures, take_all

    empty = browser.new_page()
    take_all(browser, address, Pictures(KEPT, lambda picture: reduced(empty, picture)), scratch)


def for_looking(browser, address, folder):
    from tests.browser.addresses import LONG, PAGES

    folder.mkdir(parents=True, exist_ok=True)
    for path in PAGES + LONG:
        name = re.sub(r"\W+", "-", path).strip("-") or "home"
        for size in (DESK, PHONE):
            for scheme in ("light", "dark"):
                picture = screenshot(browser, address + path, size, scheme, whole=True)
                (folder / f"{name}-{size['width']}-{scheme}.png").write_bytes(picture)
        print(f"{path}: {folder}/{name}-*.png", flush=True)


def main(folder=None):
    with tempfile.TemporaryDirectory(prefix="ledger-screenshots-") as scratch, sync_playwright() as playwright:
        os.environ |= {"VAR_DIR": scratch, "DJANGO_SETTINGS_MODULE": "config.settings"} | FROM_HERE
        django.setup()
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        with served(scratch) as address:
            if folder:
                for_looking(browser, address, Path(folder))
            else:
                for_the_readme(browser, address)
                for_curating(browser, address, scratch)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
