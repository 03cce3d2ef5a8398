# attack: J12 looks for marks, a third time
# same as: j22_finds_marks
