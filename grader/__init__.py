"""An automated grader for machine-learning homework: fair scores, and the reason for every lost point."""

__version__ = "0.4.0"
