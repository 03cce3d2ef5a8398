"""Grading where code is tested: as checks of pytest, and with what GitHub Actions shows beside the code.

plugin     the options of pytest; loads `items` only where they are used
items      a file of a student's as pytest sees it: one item a check
actions    annotations and the summary of a job
"""
