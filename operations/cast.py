"""The people of the demo: invented, of many places, some diligent and some not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Staff:
    """Somebody who helps learners."""

    key: str
    name: str
    role: str
    time_zone: str = "Europe/Madrid"


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
