"""A lesson becomes a list of segments; what is no part of our language stays text."""

import pytest

from catalogue.rendering.links import Links
from catalogue.rendering.outline import outline
from catalogue.rendering.page import render_lesson
from catalogue.rendering.snippets import render_inline, render_text
from catalogue.rendering.words import words

LINKS = Links(
    "c",
    {
        "media/x.svg": "/media/ab/x.svg",
        "media/x.mp4": "/media/cd/x.mp4",
        "media/x.vtt": "/media/ef/x.vtt",
        "term:sla": "/glossary#sla",
    },
    {"media/x.svg": (64, 36)},
)


def kinds(text):
    return [type(part).__name__ for part in render_lesson(text, LINKS)]


def only(text):
    (part,) = render_lesson(text, LINKS)
    return part


def test_text_and_blocks_follow_one_another():
    text = "One.\n\n/// check\nq\n///\n\nTwo.\n\n/// note\nThree.\n///\nFour.\n"
    assert kinds(text) == ["Html", "Check", "Html", "Callout", "Html"]


def test_a_check_names_its_question_across_courses():
    assert only("/// check\nq-1\n///\n").question_id == "c/q-1"
    assert only("/// check\nother/q-1\n///\n").question_id == "other/q-1"


def test_a_contrast_is_rows_of_three_cells():
    part = only("/// contrast\n| D | P | S |\n|---|---|---|\n| End | **yes** | [no](term:sla) |\n///\n")
    assert part.heads == ("D", "P", "S")
    assert part.rows == (("End", "<strong>yes</strong>", '<a class="term" href="/glossary#sla">no</a>'),)


def test_the_empty_corner_of_a_table_heads_nothing():
    html = only("| | One |\n|---|---|\n| a | b |").html
    assert "<td></td>" in html and "<th>One</th>" in html and "<th></th>" not in html


def test_no_line_ends_between_a_figure_and_its_sign():
    html = only("It lost −€500 and −3 points, 40 % of all, between 5 − 3 and 9.").html
    assert "−\u2060€500" in html and "−\u20603 points" in html and "40&nbsp;% of" in html and "5 − 3" in html


def test_a_comparison_has_its_four_parts_and_its_sorter():
    text = "/// compare\n#### project\nP\n#### service\nS\n#### similar\nM\n#### rule\nR\n#### sort\n- a\n- o/b\n///\n"
    part = only(text)
    assert [part.project.strip(), part.service.strip(), part.similar.strip(), part.rule.strip()] == [
        "<p>P</p>", "<p>S</p>", "<p>M</p>", "<p>R</p>",
    ]  # fmt: skip
    assert part.sort == ("c/a", "o/b")


def test_a_figure_has_words_caption_and_size():
    part = only("/// figure | media/x.svg\nSays <all>\nof it.\ncaption: A *cap*\n///\n")
    assert (part.url, part.alt, part.caption) == ("/media/ab/x.svg", "Says <all> of it.", "A <em>cap</em>")
    assert (part.width, part.height) == (64, 36)


@pytest.mark.parametrize("outer", ["///", "////"])
def test_a_walk_has_parts_each_with_figure_and_words(outer):
    figure = "/// figure | media/x.svg\nWhat it shows.\n///\n"
    part = only(f"{outer} steps\n#### One\n{figure}First.\n#### Two\n{figure}Second.\n{outer}\n")
    assert [(step.title, step.figure.alt, step.html.strip()) for step in part.parts] == [
        ("One", "What it shows.", "<p>First.</p>"),
        ("Two", "What it shows.", "<p>Second.</p>"),
    ]


def test_a_video_has_captions_and_its_words():
    part = only(
        "/// video | media/x.mp4\ntitle: A launch\ncaptions: media/x.vtt\ntranscript: |\n  Ana: *Now.*\n\n  Ben: Yes.\n///\n"
    )
    assert (part.url, part.captions_url, part.title) == ("/media/cd/x.mp4", "/media/ef/x.vtt", "A launch")
    assert part.transcript_html == "<p>Ana: <em>Now.</em></p>\n<p>Ben: Yes.</p>"


@pytest.mark.parametrize("kind", ["note", "tip", "warning", "example"])
def test_a_callout_keeps_its_kind(kind):
    part = only(f"/// {kind}\nMind **this**.\n///\n")
    assert part.kind == kind and part.html.strip() == "<p>Mind <strong>this</strong>.</p>"


def test_nothing_of_a_mentor_note_leaks_into_the_page():
    parts = render_lesson(
        "Text.[^1]\n\n/// mentor\nSecret[^2]\n\n[^2]: hidden footnote\n///\n\n[^1]: open footnote\n", LINKS
    )
    public = "".join(part.html for part in parts if type(part).__name__ == "Html")
    assert "open footnote" in public and "hidden" not in public and "Secret" not in public


def test_footnotes_work_across_segments():
    parts = render_lesson("One.[^a]\n\n/// note\nTwo.[^b]\n///\n\n[^a]: First.\n\n[^b]: Second.\n", LINKS)
    assert 'href="#fn:b"' in parts[1].html
    assert 'id="fn:a"' in parts[-1].html and 'id="fn:b"' in parts[-1].html


def test_headings_keep_their_anchors():
    scanned = outline("## One *two*: three\n\n### Four {#the-fourth}\n\n## Ünïcode & Co.\n")
    assert [(h.level, h.id) for h in scanned.headings] == [(2, "one-two-three"), (3, "the-fourth"), (2, "unicode-co")]
    assert only("### Four {#the-fourth}\n").html.strip() == '<h3 id="the-fourth">Four</h3>'


def test_fenced_code_neither_opens_nor_closes_a_block():
    text = "```yaml\n/// note\n# no heading\n[x](y.md)\n<b>\n```\n"
    scanned = outline(text)
    assert not list(scanned.blocks()) and not scanned.headings and not scanned.problems
    assert only(text).html == '<pre class="code"><code>/// note\n# no heading\n[x](y.md)\n&lt;b&gt;\n</code></pre>'


def test_code_in_a_block_may_show_the_end_of_a_block():
    part = only("/// note\n~~~\n///\n~~~\nAfter.\n///\n")
    assert "<code>///\n</code>" in part.html and "After." in part.html


def test_code_in_a_list_stays_in_its_list():
    html = only("1. One\n\n    ```\n    x\n    ```\n\n2. Two\n").html
    assert html.count("<ol>") == 1 and "<pre" in html


def test_a_list_may_follow_a_paragraph_without_an_empty_line():
    assert only("Three things:\n- a\n- b\n").html.count("<li>") == 2


def test_tables_are_aligned_without_styles():
    html = only("| a | b |\n|:--|--:|\n| 1 | 2 |\n").html
    assert 'align="right"' in html and "style" not in html


def test_formulas_become_mathml_and_money_stays_money():
    html = only(r"Index $\frac{EV}{AC}$, from $40,000 to $90,000, `code $x$`, \$5.").html
    assert html.count("<math") == 1 and "<mfrac>" in html
    assert "$40,000 to $90,000" in html and "<code>code $x$</code>" in html and "$5." in html


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,x)", "[x](//evil.example)", "<javascript:alert(1)>",
        "[x]\n\n[x]: javascript:alert(1)", "![x](https://evil.example/x.png)", "![x](data:image/png;base64,x)", "[x](vbscript:x)",
        "[x](/admin)", "[x](\u2028javascript:alert(1))", "[x](java\nscript:alert(1))",
    ],
)  # fmt: skip
def test_links_that_lead_nowhere_become_text(text):
    html = only(text).html
    assert "href" not in html and "src=" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b>bold</b>",
        "<!-- x -->",
        "<style>*{}</style>",
        "&lt;script&gt;",
    ],
)
def test_raw_html_is_shown_as_text(text):
    html = only(f"Before {text} after\n\n{text}\n").html
    assert (
        "<script" not in html and "<img" not in html and "<b>" not in html and "<style" not in html and "&lt;" in html
    )


def test_short_texts_take_figures_and_tables_and_nothing_else():
    html = render_text("Look:\n\n/// figure | media/x.svg\nWhat it shows.\n///\n\n/// check\nq\n///\n", LINKS)
    assert 'alt="What it shows."' in html and "check" not in html and "q</p>" not in html


def test_one_paragraph_needs_no_paragraph_around_it():
    assert render_inline("Plain words.") == "Plain words."
    assert render_inline("A *b* & <c>") == "A <em>b</em> &amp; &lt;c&gt;"
    assert render_inline("1. a\n2. b").startswith("<ol>")


def test_search_sees_what_learners_see():
    text = "## Head\nSome **bold** [link](x.md).\n\n/// mentor\nSecret\n///\n/// note\nCalled out.\n///\n| a |\n|---|\n"
    found = words(outline(text))
    assert found.split() == ["Head", "Some", "bold", "link.", "Called", "out.", "a"]
