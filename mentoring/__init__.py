"""The mentors' desk."""
