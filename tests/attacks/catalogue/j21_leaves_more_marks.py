# attack: J12 the same marks once more, as two students are graded at a time
# same as: j20_leaves_marks
