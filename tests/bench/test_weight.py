"""What a browser fetches for a page: at once, and when it is read to its end."""

from bench.compared import Page, cut
from bench.weight import Visit, kept_for_ever, weight

PAGE = """<html><head><link rel="stylesheet" href="/s/a.css"><link rel="canonical" href="/elsewhere">
<link rel="icon" href="data:,"><script type="module" src="/s/js/app.js"></script></head>
<body><article data-controller="reading"><img src="/m/top.png"><img src="/m/low.png" loading="lazy">
<section data-controller="check"></section><a href="/other">Other</a></article></body></html>"""
FILES = {
    "/page": PAGE,
    "/other": PAGE.replace("/m/top.png", "/m/new.png"),
    "/s/js/app.js": "const module = await import(`./${name}.js`);",
    "/s/js/check.js": 'import { send } from "./saving.js";',
}


def fetch(path):
    headers = {} if path in ("/page", "/other") else {"cache-control": "max-age=31536000, immutable"}
    return Page(200, "", headers, FILES.get(path, "x" * 1024).encode())


def test_at_once_a_browser_fetches_what_is_linked_and_what_is_in_view():
    assert list(Visit(fetch).open("/page")) == ["/page", "/s/a.css", "/s/js/app.js", "/m/top.png", "/s/js/reading.js"]


def test_whoever_reads_to_the_end_fetches_the_lazy_pictures_and_the_other_modules():
    fetched = Visit(fetch).open("/page", to_the_end=True)
    assert {"/m/low.png", "/s/js/check.js", "/s/js/saving.js"} <= set(fetched) and "/other" not in fetched


def test_a_second_page_fetches_only_what_is_new():
    visit = Visit(fetch)
    visit.open("/page")
    assert list(visit.open("/other")) == ["/other", "/m/new.png"]


def test_weight_is_what_goes_over_the_wire():
    assert weight({"/m/top.png": fetch("/m/top.png")}) == 1


def test_a_file_that_may_change_under_its_name_is_told():
    fetched = Visit(fetch).open("/page")
    assert kept_for_ever(fetched, "/page").verdict == "met"
    fetched["/m/top.png"] = Page(200, "", {"cache-control": "no-store"}, b"")
    assert kept_for_ever(fetched, "/page").verdict == "**missed**"


def test_the_reference_is_made_as_long_as_the_page():
    assert cut("abcdef", 2) == "abcd" and cut("abc", -2) == "abc  "
