"""The people of the demo: invented, of many places, some diligent and some not."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Staff:
    """Somebody who helps learners."""

    key: str
    name: str
    role: str
    time_zone: str = "Europe/Madrid"


@dataclass(frozen=True)
class Simulation:
    """A scenario that somebody plays: to its end, or as far as some decisions; what they wrote of it goes to their mentor."""

    scenario: str
    decisions: int | None = None
    wrote: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Learner:
    """Somebody who studies, and how."""

    key: str
    name: str
    mentor: str
    weeks: int  # since they began
    evenings: tuple[int, ...]  # weekdays on which they study, Monday is 0
    skill: float  # chance of a right answer
    lessons: int  # how many they have reached
    time_zone: str = "Europe/Madrid"
    last_days_missed: int = 0  # how long they have not been seen


STAFF = (
    Staff("admin", "Ada Quist", "administrator"),
    Staff("instructor", "Ivo Novak", "instructor"),
    Staff("instructor2", "Noor de Wit", "instructor", "Europe/Amsterdam"),
    Staff("mentor", "Mara Lind", "mentor", "Europe/Stockholm"),
    Staff("mentor2", "Joaquim Teixeira", "mentor", "America/Sao_Paulo"),
)
LEARNERS = (
    Learner("learner", "Ana Ruiz", "mentor", 7, (0, 1, 3, 6), 0.72, 4),
    Learner("ben", "Ben Osei", "mentor", 6, (1, 3), 0.81, 6, "Africa/Accra"),
    Learner("chloe", "Chloé Martin", "mentor", 9, (0, 2, 4, 5), 0.93, 9, "Europe/Paris"),
    Learner("dmitri", "Dmitri Volkov", "mentor", 5, (5, 6), 0.58, 3, "Europe/Riga", 12),
    Learner("eri", "Eri Tanaka", "mentor", 8, (0, 1, 2, 3), 0.85, 7, "Asia/Tokyo"),
    Learner("farid", "Farid Haddad", "mentor", 2, (2, 5), 0.66, 2, "Asia/Beirut"),
    Learner("gudrun", "Guðrún Þorvaldsdóttir", "mentor2", 6, (1, 4), 0.77, 5, "Atlantic/Reykjavik", 3),
    Learner("hai", "Nguyễn Thị Hải", "mentor2", 4, (0, 3, 6), 0.7, 4, "Asia/Ho_Chi_Minh"),
    Learner("imani", "Imani Wanjiru-Achieng Oduya", "mentor2", 7, (2, 4), 0.88, 6, "Africa/Nairobi"),
    Learner("jo", "Jo Li", "mentor2", 1, (0, 2), 0.5, 1, "America/Toronto"),
    Learner("kamal", "Kamal Chandrasekhar Venkataraghavan", "mentor2", 8, (5,), 0.63, 4, "Asia/Kolkata", 20),
    Learner("lena", "Lena Fuchs", "mentor2", 0, (), 0.6, 0, "Europe/Vienna"),
)
STORM = (
    "Freezing was for the service, thawing early was for the train. They disagreed on day 9, and I let the louder one win.",
    "I knew how many tickets were open and nothing about why. Somebody had to be free to look for causes.",
    "A colleague who stopped answering the phone and read the logs for a day.",
)
LAUNCH = (
    "I kept the date and paid for it every week after. The date was in my report, the weeks were in somebody else's.",
    "The rehearsals. I would pay for them again before anything that one can see at the launch.",
    "I would ask the people of the service in week 2, not at the gate.",
)
WARDS = (
    "The shadow run. Nobody on the wards will ever know of it; the list of what it found would show it.",
    "Knowing who to call. We hand over a list of names, and half of it is wrong after a year.",
    "Wrong doses, at the pharmacy where I worked. They were counted, in a book that no project had ever opened.",
)
SIMULATIONS: Mapping[str, Mapping[int, Simulation]] = {  # by learner, and by the number of their evening, from 1
    "learner": {8: Simulation("incident-storm", wrote=STORM), 18: Simulation("every-second-friday", decisions=5)},
    "ben": {8: Simulation("incident-storm")},
    "chloe": {14: Simulation("pickup-launch", wrote=LAUNCH), 22: Simulation("ward-by-ward")},
    "eri": {12: Simulation("ward-by-ward", wrote=WARDS), 20: Simulation("pickup-launch", decisions=6)},
    "hai": {6: Simulation("every-second-friday")},
}
