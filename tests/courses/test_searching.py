import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.searching import LONGEST_QUERY, Entry, Index

LESSON = Entry(
    "lesson", "Early life support", "The weeks in which builders and desk work side by side.", lesson="handover"
)
CAFE = Entry("lesson", "Naïve café", "Deliveries were delivered by <b>resourceful</b> people & others.", lesson="cafe")
TERM = Entry("term", "Handover", "The moment a service changes hands, with early life support.", anchor="handover")


@pytest.fixture
def index():
    return Index([LESSON, CAFE, TERM])


def found(index, query):
    return [hit.entry for hit in index.find(query)]


def test_a_title_counts_more_than_a_mention(index):
    assert found(index, "early life support") == [LESSON, TERM]


def test_a_word_is_found_without_its_accents_and_in_its_other_forms(index):
    assert found(index, "naive CAFE") == [CAFE]
    assert found(index, "delivering") == [CAFE]


def test_the_last_word_may_be_unfinished(index):
    assert found(index, "hando") == [TERM]


def test_where_not_all_words_fit_some_do(index):
    assert found(index, "handover spaceship") == [TERM]


def test_what_was_found_is_marked_and_nothing_else_becomes_markup(index):
    excerpt = index.find("resourceful")[0].excerpt
    assert "&lt;b&gt;<mark>resourceful</mark>&lt;/b&gt;" in excerpt
    assert "&amp;" in excerpt


def test_a_text_cannot_smuggle_in_a_mark():
    sly = Index([Entry("lesson", "Sly", "\x02hidden\x03 words")])
    assert str(sly.find("words")[0].excerpt).count("<mark>") == 1


HOSTILE = [
    "",
    "   ",
    '"',
    '"""',
    "'; DROP TABLE entry; --",
    "NEAR(a b, 3)",
    "AND",
    "a AND OR NOT",
    "title: handover",
    "^handover*",
    "{title body}: x",
    "-handover",
    "(((",
    "*",
    "_",
    "___",
    "\x00\x02\x03",
    "🙂 🏳️‍🌈",
    "ﬁnance ½ Ⅷ ²",
    "e\u0301\u0301\u0301",
    "\ud7ff\ufffe\uffff",
    "handover " * 1200,
    "a" * 10_240,
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_ever_fails(index, query):
    assert isinstance(index.find(query), list)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_no_text_at_all_ever_fails(query):
    assert isinstance(SHARED.find(query), list)


SHARED = Index([LESSON, CAFE, TERM])


def test_of_a_very_long_query_the_beginning_is_asked(index):
    assert found(index, "handover " + "x" * LONGEST_QUERY * 50) == [TERM]


def test_several_threads_ask_one_index(index):
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(found(index, "early life support"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[LESSON, TERM]] * 8
