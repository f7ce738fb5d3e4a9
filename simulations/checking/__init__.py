"""Whether a scenario is worth deciding in: bounded, reachable, balanced, and ruled by choices more than by luck."""
