"""Where learners live: start page, courses, lessons, notes, search, glossary."""
