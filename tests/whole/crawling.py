"""Following the links that a page offers, as somebody curious would: one of each kind of address."""

import html
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.whole.serving import Browser

OFFERED = re.compile(r'\s(?:href|src|hx-get)="([^"]+)"')
DOWNLOAD = re.compile(r"\.(pdf|xlsx|docx|zip|csv|json|html)$|/(excel|descargar)/")
BEGINS = {"pdf": "%PDF-", "xlsx": "PK", "docx": "PK", "zip": "PK"}

type Kind = tuple[str, str, str]


def kind_of(address: str) -> Kind:
    """In which institution it is (a document is the same in all), what answers it, and the file that it names."""
    place = urlsplit(address)
    found = re.match(r"/i/([^/]+)/", place.path)
    try:
        route = resolve(place.path).route
    except Resolver404:  # a file of the style, or nothing: each is its own
        route = place.path
    institution = "" if found is None or DOWNLOAD.search(place.path) else found[1]
    return (institution, route, place.path.rpartition("/")[2])


def offered(page: str, here: str) -> list[str]:
    """Addresses of the same site, whole."""
    links = (urlsplit(urljoin(here, html.unescape(link))) for link in OFFERED.findall(page))
    return [f"{link.path}?{link.query}" if link.query else link.path for link in links if not link.scheme]


def follow(browser: Browser, start: str, downloaded: set[Kind]) -> list[str]:
    """What went wrong, as «status address ← where it was offered»: one address of each kind, and of each kind of
    download one in all. `downloaded` remembers them from one person to the next.
    """
    waiting, seen, wrong = deque([(start, "")]), {kind_of(start)}, list[str]()
    while waiting:
        address, source = waiting.popleft()
        page = browser.get(address)
        status = browser.statuses[-1]
        expected = BEGINS.get(urlsplit(address).path.rpartition(".")[2], "")
        if status not in (200, 302) or (status == 200 and not page.startswith(expected)):
            wrong.append(f"{status} {address} ← {source}")
        if status != 200 or "<html" not in page[:200] or DOWNLOAD.search(urlsplit(address).path):
            continue
        for link in offered(page, address):
            kind = kind_of(link)
            if kind in seen or kind in downloaded or link.endswith(".zip"):  # its documents are opened one by one
                continue
            seen.add(kind)
            if DOWNLOAD.search(urlsplit(link).path):
                downloaded.add(kind)
            waiting.append((link, address))
    return wrong
