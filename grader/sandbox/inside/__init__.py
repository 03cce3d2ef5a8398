"""The files that exist in the box: the only place where student code runs. They import nothing of the grader."""
