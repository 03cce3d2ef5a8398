# attack: J12 looks for marks, once more
# same as: j22_finds_marks
