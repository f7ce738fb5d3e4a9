"""The mentor's page of simulations: what learners played, and the reflections that they sent."""

from dataclasses import replace

from catalogue.live import memory
from core import clock
from core.database import writing
from tests.quizzes.test_sitting_pages import post, text
from tests.simulations.conftest import begin, play_on, predict

PAGE = "/mentoring/runs"
WORDS = "I would look at the flaws first."


def debriefed(client):
    """Play a run to its end, and open its debrief."""
    run = play_on(client, begin(client))
    predict(client, run)
    assert client.get(f"{run}/debrief").status_code == 200
    return run


def reflect(client, run, **more):
    return post(client, f"{run}/reflection", **{"answer-1": WORDS, "answer-2": "", "answer-3": "", **more})


def test_a_mentor_sees_what_is_played_and_how_far_it_came(sign_in):
    mara, ana = sign_in("mara"), sign_in("ana")
    assert "Nobody has played yet" in text(mara.get(PAGE))
    assert "Simulations of your learners" in text(mara.get("/mentoring"))
    run = begin(ana)
    assert "0 decisions so far" in text(mara.get(PAGE))
    play_on(ana, run)
    assert "the end, debrief not opened" in text(mara.get(PAGE))
    predict(ana, run)
    ana.get(f"{run}/debrief")
    page = text(mara.get(PAGE))
    assert "Ana Ruiz" in page and "The harbour gate" in page and f'href="{run}"' in page
    assert "debrief not opened" not in page and "No reflection was sent yet" in page


def test_a_reflection_is_the_mentors_to_read_once_it_is_sent(sign_in):
    mara, ana = sign_in("mara"), sign_in("ana")
    run = debriefed(ana)
    assert reflect(ana, run).status_code in (302, 303)
    assert WORDS not in text(mara.get(f"{run}/debrief"))
    reflect(ana, run, send="1")
    assert "1 reflection was sent to you" in text(mara.get(PAGE))
    assert WORDS in text(mara.get(f"{run}/debrief"))


def test_what_was_sent_stands_before_what_was_not(sign_in):
    ana, ben = sign_in("ana"), sign_in("ben")
    reflect(ana, debriefed(ana), send="1")
    begin(ben)
    page = text(sign_in("mara").get(PAGE))
    assert 0 < page.index("Ana Ruiz") < page.index("Ben ")


def test_nobody_but_the_learners_mentor_sees_a_run(app, cast, sign_in):
    begin(sign_in("ana"))
    for key in ("ana", "otto", "ivo", "ada"):
        assert sign_in(key).get(PAGE).status_code == 403, key
    with app.app_context():
        from accounts.mentorships import end_all_mentorships
        from accounts.models import Person, Role

        with writing() as session:
            end_all_mentorships(session.get(Person, cast["mara"].id), Role.MENTOR, now=clock.now())
    assert "Nobody has played yet" in text(sign_in("mara").get(PAGE))


def test_a_scenario_that_is_taught_no_longer_is_called_by_its_id(app, sign_in):
    begin(sign_in("ana"))
    with app.app_context():
        course = memory.catalogue.courses["rehearsal"]
        memory.catalogue.courses["rehearsal"] = replace(course, scenarios={})
        try:
            assert "harbour" in text(sign_in("mara").get(PAGE))
        finally:
            memory.catalogue.courses["rehearsal"] = course
