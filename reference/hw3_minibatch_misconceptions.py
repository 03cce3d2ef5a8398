"""What goes wrong in `hw3_minibatch`: each function is a quantity as a known mistake makes it.

As in `hw3_gradients_misconceptions`: `grad_oa__label_off_by_one` is grad_oa under the misconception label-off-by-one,
its parameters are quantities, its own name stands for its right value, its text is what the student reads. The mistakes
are written under both conventions; a factor n too much or too little is looked for beside each of them.
"""

import numpy as np


def _early(average_at, n):
    """What grad_oa is divided by."""
    return n if average_at == "output" else 1


def _late(average_at, n):
    """What the gradients of the parameters are divided by."""
    return n if average_at == "parameters" else 1


def _softmax(oa):
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


# ---------------------------------------------------------------- labels and the error at the output


def grad_oa__label_off_by_one(os, y, n, average_at):
    """The true class's column is column y itself: classes are counted from 0 here."""
    return (os - np.eye(os.shape[1])[y - 1]) / _early(average_at, n)


def grad_oa__label_off_by_one__2(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[y + 1]) / _early(average_at, n)


def grad_oa__label_off_by_one__3(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[(y + 1) % os.shape[1]]) / _early(average_at, n)


def grad_oa__label_off_by_one__4(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[-y]) / _early(average_at, n)


def grad_oa__label_off_by_one__5(os, y, n, average_at):
    return (os - (np.arange(1, os.shape[1] + 1) == y[:, np.newaxis])) / _early(average_at, n)


def grad_oa__label_off_by_one__6(os, y, n, average_at):
    return (os - np.eye(os.shape[1] + 1)[y + 1][:, :-1]) / _early(average_at, n)


def grad_oa__label_off_by_one__7(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[np.minimum(y + 1, os.shape[1] - 1)]) / _early(average_at, n)


def grad_oa__label_off_by_one__8(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[np.maximum(y - 1, 0)]) / _early(average_at, n)


def grad_oa__missing_one_hot(os, n, average_at):
    """The error signal at the output is os minus the one-hot labels; the labels are missing here."""
    return (os) / _early(average_at, n)


def grad_oa__plus_instead_of_minus(os, y, n, average_at):
    """The one-hot labels should be subtracted from the probabilities, not added to them."""
    return (os + np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__gradient_sign(os, y, n, average_at):
    """The sign is the wrong way round: the gradient is probabilities minus labels. It points uphill."""
    return (np.eye(os.shape[1])[y] - os) / _early(average_at, n)


def grad_oa__subtracts_from_every_class(os, n, average_at):
    """Only the entry of the true class loses 1; the other probabilities stay as they are."""
    return (os - 1) / _early(average_at, n)


def grad_oa__subtracts_from_every_class__2(os, y, n, average_at):
    return (os - (1 - np.eye(os.shape[1])[y])) / _early(average_at, n)


def grad_oa__subtracts_from_every_class__3(os, y, n, average_at):
    return (os - np.take_along_axis(os, y[:, np.newaxis], axis=1)) / _early(average_at, n)


def grad_oa__indexes_whole_columns(os, y, n, average_at):
    """os[:, y] selects whole columns for every example; pair each row with its own label using np.arange(n)."""
    g = os.copy()
    g[:, y] -= 1
    return (g) / _early(average_at, n)


def grad_oa__indexes_whole_columns__2(os, y, n, average_at):
    g = os.copy()
    for label in y:
        g[:, label] -= 1
    return (g) / _early(average_at, n)


def grad_oa__indexes_rows_with_labels(os, y, n, average_at):
    """The two indices are swapped: row i belongs to example i and column y[i] to its class."""
    g = os.copy()
    for i in range(len(y)):
        g[y[i], i] -= 1
    return (g) / _early(average_at, n)


def grad_oa__indexes_rows_with_labels__2(os, y, n, average_at):
    g = os.copy()
    g[y, np.arange(len(y))] -= 1
    return (g) / _early(average_at, n)


def grad_oa__indexes_rows_with_labels__3(os, y, n, average_at):
    """The labels select columns, one per class; here they select rows."""
    g = os.copy()
    g[y] -= 1
    return (g) / _early(average_at, n)


def grad_oa__indexes_rows_with_labels__4(os, y, n, average_at):
    return (os - np.eye(len(os))[:, y]) / _early(average_at, n)


def grad_oa__label_number_subtracted(os, y, n, average_at):
    """y contains names of classes, not quantities: subtract the one-hot vectors rather than the numbers
    themselves."""
    return (os - y.reshape(-1, 1)) / _early(average_at, n)


def grad_oa__label_number_subtracted__2(os, y, n, average_at):
    g = os.copy()
    g[np.arange(len(y)), y] -= y
    return (g) / _early(average_at, n)


def grad_oa__label_number_subtracted__3(os, y, n, average_at):
    return (os - (y.reshape(-1, 1) + 1)) / _early(average_at, n)


def grad_oa__expects_one_hot_labels(os, y, n, average_at):
    """y holds class numbers here, so it has to be turned into one-hot rows before subtracting."""
    return (os - y) / _early(average_at, n)


def grad_oa__expects_one_hot_labels__2(os, y, n, average_at):
    return (os - np.equal(np.argmax(y, axis=-1), np.arange(os.shape[1]))) / _early(average_at, n)


def grad_oa__expects_one_hot_labels__3(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[np.argmax(y)]) / _early(average_at, n)


def grad_oa__logits_instead_of_probabilities(oa, y, n, average_at):
    """The formula needs the probabilities os (after the softmax), not the scores oa (before it)."""
    return (oa - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__class_order_lost(os, y, n, average_at):
    """Sorting the probabilities separates them from their classes; keep os in its original order."""
    return (np.sort(os, axis=1) - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__class_order_lost__2(os, y, n, average_at):
    return (np.sort(os, axis=1)[:, ::-1] - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__class_order_lost__3(os, y, n, average_at):
    """Sorting the labels separates them from their examples."""
    return (os - np.eye(os.shape[1])[np.sort(y)]) / _early(average_at, n)


def grad_oa__class_order_lost__4(os, y, n, average_at):
    """Turning the labels round separates them from their examples."""
    return (os - np.eye(os.shape[1])[y[::-1]]) / _early(average_at, n)


def grad_oa__class_order_lost__5(os, y, n, average_at):
    return (np.sort(os, axis=0) - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__class_order_lost__6(os, y, n, average_at):
    return (os[:, ::-1] - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__class_order_lost__7(os, y, n, average_at):
    """Numbering the labels anew separates them from their classes."""
    return (os - np.eye(os.shape[1])[np.unique(y, return_inverse=True)[1]]) / _early(average_at, n)


def grad_oa__prediction_instead_of_label(os, n, average_at):
    """The target must come from the labels y, not from the class your network currently prefers."""
    return (os - np.eye(os.shape[1])[np.argmax(os, axis=1)]) / _early(average_at, n)


def grad_oa__prediction_instead_of_label__2(os, n, average_at):
    return (os - (os == np.max(os, axis=1, keepdims=True))) / _early(average_at, n)


def grad_oa__prediction_instead_of_label__3(os, n, average_at):
    return (os - np.round(os)) / _early(average_at, n)


def grad_oa__one_hot_from_present_classes(os, y, n, average_at):
    """A batch does not have to contain every class: take the number of classes from os, not from the labels you
    happen to see."""
    return (os - np.eye(np.max(y) + 1)[y]) / _early(average_at, n)


def grad_oa__one_hot_from_present_classes__2(os, y, n, average_at):
    return (os - (y[:, np.newaxis] == np.unique(y))) / _early(average_at, n)


def grad_oa__one_hot_from_present_classes__3(os, y, n, average_at):
    return (os - np.eye(len(np.unique(y)))[y]) / _early(average_at, n)


def grad_oa__one_hot_from_present_classes__4(os, y, n, average_at):
    return (os - np.eye(len(np.unique(y)))[np.unique(y, return_inverse=True)[1]]) / _early(average_at, n)


def grad_oa__one_hot_from_present_classes__5(os, y, n, average_at):
    """np.max(y)+1 is too small when the last class does not appear in the batch; use os.shape[1]."""
    g = os[:, : np.max(y) + 1] - np.eye(np.max(y) + 1)[y]
    return (g) / _early(average_at, n)


def grad_oa__batch_size_as_class_count(os, y, n, average_at):
    """The one-hot rows need m columns (classes), not n (examples)."""
    return (os - np.eye(len(y))[y]) / _early(average_at, n)


def grad_oa__batch_size_as_class_count__2(os, y, n, average_at):
    return (os - np.eye(len(y))[:, y]) / _early(average_at, n)


def grad_oa__only_true_class_filled(os, y, n, average_at):
    """The other classes receive a gradient too: their entry is their own probability."""
    return ((os - 1) * np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__only_true_class_filled__2(os, y, n, average_at):
    return (-np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__only_true_class_filled__3(os, y, n, average_at):
    return (-np.eye(os.shape[1])[y] * os) / _early(average_at, n)


def grad_oa__only_true_class_filled__4(os, y, n, average_at):
    return (np.eye(os.shape[1])[y] * os) / _early(average_at, n)


def grad_oa__only_true_class_filled__5(os, y, n, average_at):
    return ((1 - os) * np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__only_true_class_filled__6(os, y, n, average_at):
    return (os[np.arange(len(y)), y] - 1) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only(os, y, n, average_at):
    """Every softmax output depends on every logit, so the off-diagonal terms of its Jacobian cannot be dropped."""
    return (-np.eye(os.shape[1])[y] / np.maximum(os, 1e-300) * os * (1 - os)) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only__2(os, y, n, average_at):
    return (-np.eye(os.shape[1])[y] / os * os * (1 - os)) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only__3(os, y, n, average_at):
    return (-np.eye(os.shape[1])[y] * (1 - os)) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only__4(os, y, n, average_at):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify
    together."""
    return ((os - np.eye(os.shape[1])[y]) * os * (1 - os)) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only__5(os, n, average_at):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify
    together."""
    return (os * (1 - os)) / _early(average_at, n)


def grad_oa__squared_error_derivative(os, y, n, average_at):
    """This looks like the derivative of a squared error; for softmax with cross-entropy it simplifies to os minus
    the one-hot labels."""
    return (2 * (os - np.eye(os.shape[1])[y]) * os * (1 - os)) / _early(average_at, n)


def grad_oa__squared_error_derivative__2(os, y, n, average_at):
    return (2 * (os - np.eye(os.shape[1])[y])) / _early(average_at, n)


def grad_oa__squared_error_derivative__3(os, y, n, average_at):
    e = os - np.eye(os.shape[1])[y]
    return (os * (e - np.sum(e * os, axis=1, keepdims=True))) / _early(average_at, n)


def grad_oa__squared_error_derivative__4(os, y, n, average_at):
    e = 2 * (os - np.eye(os.shape[1])[y])
    return (os * (e - np.sum(e * os, axis=1, keepdims=True))) / _early(average_at, n)


def grad_oa__squared_error_derivative__5(os, y, n, average_at):
    return ((os - np.eye(os.shape[1])[y]) ** 2) / _early(average_at, n)


def grad_oa__squared_error_derivative__6(os, y, n, average_at):
    return (2 * (os - np.eye(os.shape[1])[y]) / os.shape[1]) / _early(average_at, n)


def grad_oa__squared_error_derivative__7(os, y, n, average_at):
    return ((os - np.eye(os.shape[1])[y]) * (1 - os)) / _early(average_at, n)


def grad_oa__stops_at_softmax(os, y, n, average_at):
    """This is the derivative with respect to the probabilities os; there is still the softmax to go through before
    reaching oa."""
    return (-np.eye(os.shape[1])[y] / np.maximum(os, 1e-300)) / _early(average_at, n)


def grad_oa__stops_at_softmax__2(os, y, n, average_at):
    return (-np.eye(os.shape[1])[y] / os) / _early(average_at, n)


def grad_oa__stops_at_softmax__3(os, y, n, average_at):
    return (np.where(np.eye(os.shape[1])[y] > 0, -1 / os, 0)) / _early(average_at, n)


def grad_oa__stops_at_softmax__4(os, n, average_at):
    return (-1 / os) / _early(average_at, n)


def grad_oa__returns_loss_not_gradient(os, y):
    """This returns the loss itself; we are after its derivative with respect to the scores."""
    return -np.mean(np.log(os[np.arange(len(y)), y]))


def grad_oa__returns_loss_not_gradient__2(os, y):
    return -np.log(os[np.arange(len(y)), y])


def grad_oa__returns_loss_not_gradient__3(os, y):
    return -np.sum(np.log(os[np.arange(len(y)), y]))


def grad_oa__returns_loss_not_gradient__4(os, y):
    return -np.eye(os.shape[1])[y] * np.log(os)


def grad_oa__returns_loss_not_gradient__5(os):
    return -np.log(os)


def grad_oa__zero_over_zero(os, y, n, average_at):
    """Mathematically right, but dividing by os breaks down when a probability is exactly 0; simplify to os minus
    one-hot first."""
    d = -np.eye(os.shape[1])[y] / os
    return (os * (d - np.sum(d * os, axis=1, keepdims=True))) / _early(average_at, n)


def grad_oa__zero_over_zero__2(os, y, n, average_at):
    return (os * (1 - np.eye(os.shape[1])[y] / os)) / _early(average_at, n)


def grad_oa__zero_over_zero__3(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[y] * os / os) / _early(average_at, n)


def grad_oa__unstable_softmax(oa, y, n, average_at):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the
    same but safe."""
    e = np.exp(oa)
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__unstable_softmax__2(oa, y, n, average_at):
    """Subtracting the maximum of the whole batch can push a complete row to 0/0; subtract each row's own
    maximum."""
    e = np.exp(oa - np.max(oa))
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__unstable_softmax__3(oa, y, n, average_at):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the
    same but safe."""
    return (np.exp(oa - np.log(np.sum(np.exp(oa), axis=1, keepdims=True))) - np.eye(oa.shape[1])[y]) / _early(
        average_at, n
    )


def grad_oa__unstable_softmax__4(oa, y, n, average_at):
    """Subtracting the maximum of each class over the batch does not protect the rows; subtract each row's own
    maximum."""
    e = np.exp(oa - np.max(oa, axis=0))
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__unstable_softmax__5(oa, y, n, average_at):
    """Subtracting the mean does not keep exp from overflowing; subtract each row's own maximum."""
    e = np.exp(oa - np.mean(oa))
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis(oa, y, n, average_at):
    """np.sum(e) adds up the whole batch; normalise each example by its own sum."""
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return (e / np.sum(e) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__2(oa, y, n, average_at):
    """np.sum(e) adds up the whole batch; normalise each example by its own sum."""
    e = np.exp(oa - np.max(oa))
    return (e / np.sum(e) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__3(oa, y, n, average_at):
    """Each row is one example, so the softmax must be normalised along the classes (axis=1) and keep that axis."""
    e = np.exp(oa - np.max(oa))
    return (e / np.sum(e, axis=0) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__4(oa, y, n, average_at):
    e = np.exp(oa - np.max(oa, axis=0))
    return (e / np.sum(e) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__5(oa, y, n, average_at):
    e = np.exp(oa - np.max(oa, axis=0))
    return (e / np.sum(e, axis=0) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__6(oa, y, n, average_at):
    e = np.exp(oa - 0)
    return (e / np.sum(e) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__7(oa, y, n, average_at):
    e = np.exp(oa - 0)
    return (e / np.sum(e, axis=0) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__8(oa, y, n, average_at):
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return (e / np.sum(e, axis=0) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__9(oa, y, n, average_at):
    """Each row is one example, so the softmax must be normalised along the classes (axis=1) and keep that axis."""
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return (e / np.sum(e, axis=1) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_wrong_axis__10(oa, y, n, average_at):
    e = np.exp(oa)
    return (e / np.sum(e, axis=1) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__softmax_applied_twice(os, y, n, average_at):
    """os are probabilities already: the softmax must not be applied to them again."""
    return (_softmax(os) - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__averages_parts_only(os, y, n):
    """The probabilities are divided by n but the 1 of the label is not; divide after subtracting."""
    return os / n - np.eye(os.shape[1])[y]


def grad_oa__averages_parts_only__2(os, y, n):
    """Only one of the two terms is divided by n; put parentheses around the difference."""
    return os - np.eye(os.shape[1])[y] / n


def grad_oa__wrong_log_base(os, y, n, average_at):
    """The loss uses the natural logarithm, so no factor log(2) or log(10) should appear."""
    return ((os - np.eye(os.shape[1])[y]) / np.log(2)) / _early(average_at, n)


def grad_oa__wrong_log_base__2(os, y, n, average_at):
    return ((os - np.eye(os.shape[1])[y]) / np.log(10)) / _early(average_at, n)


def grad_oa__wrong_log_base__3(os, y, n, average_at):
    return ((os - np.eye(os.shape[1])[y]) * np.log(2)) / _early(average_at, n)


def grad_oa__integer_division(os, y, n):
    """// throws away the decimals; use / for a real division."""
    return (os - np.eye(os.shape[1])[y]) // n


def grad_oa__integer_division__2(os, y, n):
    """1 // n is 0 as soon as n is larger than 1; write 1 / n."""
    return (os - np.eye(os.shape[1])[y]) * (1 // n)


def grad_oa__integer_division__3(os, y):
    """// throws away the decimals; use / for a real division."""
    return (os - np.eye(os.shape[1])[y]) // 1


def grad_oa__first_example_only(os, y, n, average_at):
    """y[0] is the label of the first example only; every row needs its own label."""
    g = os.copy()
    g[:, y[0]] -= 1
    return (g) / _early(average_at, n)


def grad_oa__first_example_only__2(os, y, n, average_at):
    """Only the first example is corrected by its label; every row needs its own label."""
    g = os.copy()
    g[0, y[0]] -= 1
    return (g) / _early(average_at, n)


def grad_oa__first_example_only__3(os, y, n, average_at):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return (os[0] - np.eye(os.shape[1])[y[0]]) / _early(average_at, n)


def grad_oa__first_example_only__4(os, y, n, average_at):
    return ((os - np.eye(os.shape[1])[y])[:1]) / _early(average_at, n)


def grad_oa__return_inside_loop(os, y, n, average_at):
    """The return is indented inside the loop, so the function leaves after the first step."""
    g = os.copy()
    g[0, y[0]] -= 1
    return (g) / _early(average_at, n)


def grad_oa__last_example_only(os, y, n, average_at):
    """Only the last example is corrected by its label; every row needs its own."""
    g = os.copy()
    g[-1, y[-1]] -= 1
    return (g) / _early(average_at, n)


def grad_oa__last_example_only__2(os, y, n, average_at):
    return (os[-1] - np.eye(os.shape[1])[y[-1]]) / _early(average_at, n)


def grad_oa__last_example_only__3(os, y, n, average_at):
    return (os - np.eye(os.shape[1])[y[-1]]) / _early(average_at, n)


def grad_oa__loop_bounds(os, y, n, average_at):
    """The loop stops before the last example; range already excludes its end."""
    g = os.copy()
    for i in range(len(y) - 1):
        g[i, y[i]] -= 1
    return (g) / _early(average_at, n)


def grad_oa__loop_bounds__2(os, y, n, average_at):
    """Your loop starts at 1, so the first example never gets its label."""
    g = os.copy()
    for i in range(1, len(y)):
        g[i, y[i]] -= 1
    return (g) / _early(average_at, n)


def grad_oa__reduces_too_early(os, y):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return (os - np.eye(os.shape[1])[y]).mean(axis=0)


def grad_oa__reduces_too_early__2(os, y):
    return (os - np.eye(os.shape[1])[y]).sum(axis=0)


def grad_oa__reduces_too_early__3(os, y):
    return (os - np.eye(os.shape[1])[y]).mean(axis=0, keepdims=True)


def grad_oa__reduces_too_early__4(os, y):
    return (os - np.eye(os.shape[1])[y]).sum(axis=0, keepdims=True)


def grad_oa__reduces_too_early__5(os, y):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return os - np.eye(os.shape[1])[y].mean(axis=0)


def grad_oa__reduces_too_early__6(os, y):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return os.mean(axis=0) - np.eye(os.shape[1])[y]


def grad_oa__reduces_too_early__7(os, y):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return (os - np.eye(os.shape[1])[y]) * 0 + (os - np.eye(os.shape[1])[y]).mean(axis=0)


def grad_oa__label_broadcast_shape(os, y, n, average_at):
    """Compare each label with all classes by giving y a second axis: y[:, None] == np.arange(m)."""
    return (os - (y == np.arange(os.shape[1]))) / _early(average_at, n)


def grad_oa__label_broadcast_shape__2(os, y, n, average_at):
    """This comparison gives one column per example; transpose it so that each example is a row."""
    return (os - (y == np.arange(os.shape[1])[:, np.newaxis])) / _early(average_at, n)


def grad_oa__label_broadcast_shape__3(os, y, n, average_at):
    """Compare each label with all classes by giving y a second axis: y[:, None] == np.arange(m)."""
    return (os - (np.arange(os.shape[1])[:, np.newaxis] == y).mean(axis=1)) / _early(average_at, n)


def grad_oa__label_broadcast_shape__4(os, y, n, average_at):
    """This one-hot matrix has one column per example; transpose it so that each example is a row."""
    return (os - np.eye(os.shape[1])[:, y]) / _early(average_at, n)


def grad_oa__label_broadcast_shape__5(os, y, n, average_at):
    """Compare each label with all classes by giving y a second axis: y[:, None] == np.arange(m)."""
    return (os - np.eye(os.shape[1])[y.reshape(-1, 1)]) / _early(average_at, n)


def grad_oa__label_broadcast_shape__6(os, y, n, average_at):
    return (os[:, :, np.newaxis] - (y == np.arange(os.shape[1])[:, np.newaxis])) / _early(average_at, n)


def grad_oa__sum_over_wrong_axis(os, y, n, average_at):
    """Each class keeps its own entry; do not add them up."""
    return (np.sum(os - np.eye(os.shape[1])[y], axis=1)) / _early(average_at, n)


def grad_oa__shape_lost(grad_oa):
    """With a batch of one, squeeze drops the axis of the examples; keep the shape (n, m)."""
    return np.squeeze(grad_oa)


def grad_oa__column_row_broadcast(os, y, n, average_at):
    """An (n,) vector combined with an (n, m) matrix is taken as a row; keep its axis (keepdims=True)."""
    return (os - np.max(os, axis=1) * 0 - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__only_true_class_filled__7(os, y, n, average_at):
    return (np.where(np.eye(os.shape[1])[y] > 0, os - 1, 0)) / _early(average_at, n)


# ---------------------------------------------------------------- biases


def grad_b2__bias_not_summed(grad_oa):
    """One bias serves the whole batch, so its gradient is combined over the examples and has one entry per unit."""
    return grad_oa.copy()


def grad_b2__bias_not_summed__2(grad_oa, n):
    """With a batch there is one row per example; add them up (axis=0) to get one number per bias."""
    return grad_oa / n


def grad_b2__bias_sum_all(grad_oa):
    """np.sum without an axis gives one number for the whole layer (for the output layer it is even always 0); use
    axis=0."""
    return np.sum(grad_oa)


def grad_b2__bias_sum_all__2(grad_oa, n):
    return np.sum(grad_oa) / n


def grad_b2__bias_sum_all__3(grad_oa):
    return np.mean(grad_oa)


def grad_b2__bias_sum_all__4(grad_oa, b2):
    return np.sum(grad_oa) * np.ones(len(b2))


def grad_b2__bias_sum_all__5(grad_oa):
    return np.mean(grad_oa) * np.ones(grad_oa.shape[1])


def grad_b2__bias_sum_all__6(grad_oa):
    return np.sum(grad_oa) * np.ones(grad_oa.shape[1])


def grad_b2__bias_sum_wrong_axis(grad_oa):
    """The bias is shared by the examples, so the sum runs over the examples (axis=0) and leaves one entry per
    unit."""
    return np.sum(grad_oa, axis=1)


def grad_b2__bias_sum_wrong_axis__2(grad_oa, n):
    return np.sum(grad_oa, axis=1) / n


def grad_b2__bias_sum_wrong_axis__3(grad_oa):
    return np.mean(grad_oa, axis=1)


def grad_b2__bias_times_bias(grad_oa, b2, n, average_at):
    """The bias enters as '+ b', so its derivative is 1: the value of b itself does not appear."""
    return (np.sum(grad_oa * b2, axis=0)) / _late(average_at, n)


def grad_b2__bias_times_bias__2(grad_oa, b2, n, average_at):
    return (grad_oa * b2) / _late(average_at, n)


def grad_b2__bias_times_input(grad_oa, hs, n, average_at):
    """The bias is not multiplied by any input, so its gradient is just the combined incoming gradient."""
    return (np.sum(hs.T @ grad_oa, axis=0)) / _late(average_at, n)


def grad_b2__bias_times_input__2(grad_oa, hs, n, average_at):
    return (np.sum(hs, axis=1) @ grad_oa) / _late(average_at, n)


def grad_b2__bias_times_input__3(grad_oa, hs, n, average_at):
    return (hs.T @ grad_oa) / _late(average_at, n)


def grad_b2__bias_times_input__4(grad_oa, hs, n, average_at):
    return (np.mean(hs, axis=1) @ grad_oa) / _late(average_at, n)


def grad_b2__bias_times_input__5(grad_oa, hs, n, average_at):
    return (np.mean(hs.T @ grad_oa, axis=0)) / _late(average_at, n)


def grad_b2__bias_times_input__6(grad_oa, hs, n, average_at):
    return (np.sum(grad_oa * hs, axis=0)) / _late(average_at, n)


def grad_b2__bias_times_input__7(grad_oa, hs, n, average_at):
    return (hs[:, 0] @ grad_oa) / _late(average_at, n)


def grad_b2__bias_times_input__8(grad_oa, hs, n, average_at):
    return (np.sum(grad_oa, axis=0) * np.sum(hs)) / _late(average_at, n)


def grad_b2__bias_times_input__9(grad_oa, hs, n, average_at):
    return (np.sum(grad_oa, axis=0) * np.mean(hs)) / _late(average_at, n)


def grad_b2__max_instead_of_sum(grad_oa):
    """The contributions of the examples are added up, not replaced by the largest one."""
    return np.max(grad_oa, axis=0)


def grad_b2__max_instead_of_sum__2(grad_oa):
    return np.max(grad_oa)


def grad_b2__missing_upstream_gradient(grad_oa):
    """1 is the local derivative of '+ b2'; multiply it by the incoming gradient grad_oa."""
    return np.ones(grad_oa.shape[1])


def grad_b2__missing_upstream_gradient__2(grad_oa, n):
    return n * np.ones(grad_oa.shape[1])


def grad_b2__first_example_only(grad_oa, n, average_at):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_oa[0] / _late(average_at, n)


def grad_b2__last_example_only(grad_oa, n, average_at):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return grad_oa[-1] / _late(average_at, n)


def grad_b2__loop_bounds(grad_oa, n, average_at):
    """The loop stops before the last example; range already excludes its end."""
    return (np.sum(grad_oa[:-1], axis=0)) / _late(average_at, n)


def grad_b2__loop_bounds__2(grad_oa, n, average_at):
    """Your loop starts at 1, so the first example never counts."""
    return (np.sum(grad_oa[1:], axis=0)) / _late(average_at, n)


def grad_b2__extra_factor(grad_oa, n, average_at):
    """Why the absolute value? The sign of the gradient tells us which way to move the bias."""
    return (np.sum(np.abs(grad_oa), axis=0)) / _late(average_at, n)


def grad_b2__extra_factor__2(grad_oa, n, average_at):
    return (np.abs(np.sum(grad_oa, axis=0))) / _late(average_at, n)


def grad_b2__extra_factor__3(grad_oa, n, average_at):
    """The gradient appears once (not squared): the bias enters as '+ b'."""
    return (np.sum(grad_oa**2, axis=0)) / _late(average_at, n)


def grad_b2__misses_last_element(grad_b2):
    """The slice stops one element too early."""
    return grad_b2[:-1]


def grad_b2__value_instead_of_gradient(os, n, average_at):
    """The bias gradient is made of the gradient grad_oa, not of the layer's values."""
    return (np.sum(os, axis=0)) / _late(average_at, n)


def grad_b2__value_instead_of_gradient__2(oa, n, average_at):
    return (np.sum(oa, axis=0)) / _late(average_at, n)


def grad_b2__column_row_broadcast(grad_oa, n, average_at):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return (np.sum(grad_oa, axis=0) * np.ones((grad_oa.shape[1], 1))) / _late(average_at, n)


def grad_b2__column_row_broadcast__2(grad_oa, n, average_at):
    return (np.sum(grad_oa, axis=0)[:, np.newaxis] * np.ones(grad_oa.shape[1])) / _late(average_at, n)


def grad_b2__rescales_gradient(grad_oa, n, average_at):
    """Gradient clipping is useful in training, but here the exact gradient is expected."""
    return (np.sum(grad_oa / np.linalg.norm(grad_oa, axis=1, keepdims=True), axis=0)) / _late(average_at, n)


def grad_b2__relu_applied_to_gradient(grad_oa, n, average_at):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return (np.maximum(np.sum(grad_oa, axis=0), 0)) / _late(average_at, n)


def grad_b2__relu_applied_to_gradient__2(grad_oa, n, average_at):
    return (np.sum(np.maximum(grad_oa, 0), axis=0)) / _late(average_at, n)


def grad_b1__bias_not_summed(grad_ha):
    """One bias serves the whole batch, so its gradient is combined over the examples and has one entry per unit."""
    return grad_ha.copy()


def grad_b1__bias_not_summed__2(grad_ha, n):
    """With a batch there is one row per example; add them up (axis=0) to get one number per bias."""
    return grad_ha / n


def grad_b1__bias_sum_all(grad_ha):
    """Each unit has its own bias; sum over the examples only (axis=0), not over everything."""
    return np.sum(grad_ha)


def grad_b1__bias_sum_all__2(grad_ha, n):
    return np.sum(grad_ha) / n


def grad_b1__bias_sum_all__3(grad_ha):
    return np.mean(grad_ha)


def grad_b1__bias_sum_all__4(grad_ha, b1):
    return np.sum(grad_ha) * np.ones(len(b1))


def grad_b1__bias_sum_all__5(grad_ha):
    return np.mean(grad_ha) * np.ones(grad_ha.shape[1])


def grad_b1__bias_sum_all__6(grad_ha):
    return np.sum(grad_ha) * np.ones(grad_ha.shape[1])


def grad_b1__bias_sum_wrong_axis(grad_ha):
    """The bias is shared by the examples, so the sum runs over the examples (axis=0) and leaves one entry per
    unit."""
    return np.sum(grad_ha, axis=1)


def grad_b1__bias_sum_wrong_axis__2(grad_ha, n):
    return np.sum(grad_ha, axis=1) / n


def grad_b1__bias_sum_wrong_axis__3(grad_ha):
    return np.mean(grad_ha, axis=1)


def grad_b1__bias_times_bias(grad_ha, b1, n, average_at):
    """The bias enters as '+ b', so its derivative is 1: the value of b itself does not appear."""
    return (np.sum(grad_ha * b1, axis=0)) / _late(average_at, n)


def grad_b1__bias_times_bias__2(grad_ha, b1, n, average_at):
    return (grad_ha * b1) / _late(average_at, n)


def grad_b1__bias_times_input(grad_ha, X, n, average_at):
    """The bias is not multiplied by any input, so its gradient is just the combined incoming gradient."""
    return (np.sum(X.T @ grad_ha, axis=0)) / _late(average_at, n)


def grad_b1__bias_times_input__2(grad_ha, X, n, average_at):
    return (np.sum(X, axis=1) @ grad_ha) / _late(average_at, n)


def grad_b1__bias_times_input__3(grad_ha, X, n, average_at):
    return (X.T @ grad_ha) / _late(average_at, n)


def grad_b1__bias_times_input__4(grad_ha, X, n, average_at):
    return (np.mean(X, axis=1) @ grad_ha) / _late(average_at, n)


def grad_b1__bias_times_input__5(grad_ha, X, n, average_at):
    return (np.mean(X.T @ grad_ha, axis=0)) / _late(average_at, n)


def grad_b1__bias_times_input__6(grad_ha, X, n, average_at):
    return (np.sum(grad_ha * X, axis=0)) / _late(average_at, n)


def grad_b1__bias_times_input__7(grad_ha, X, n, average_at):
    return (X[:, 0] @ grad_ha) / _late(average_at, n)


def grad_b1__bias_times_input__8(grad_ha, X, n, average_at):
    return (np.sum(grad_ha, axis=0) * np.sum(X)) / _late(average_at, n)


def grad_b1__bias_times_input__9(grad_ha, X, n, average_at):
    return (np.sum(grad_ha, axis=0) * np.mean(X)) / _late(average_at, n)


def grad_b1__max_instead_of_sum(grad_ha):
    """The contributions of the examples are added up, not replaced by the largest one."""
    return np.max(grad_ha, axis=0)


def grad_b1__max_instead_of_sum__2(grad_ha):
    return np.max(grad_ha)


def grad_b1__missing_upstream_gradient(grad_ha):
    """1 is the local derivative of '+ b1'; multiply it by the incoming gradient grad_ha."""
    return np.ones(grad_ha.shape[1])


def grad_b1__missing_upstream_gradient__2(grad_ha, n):
    return n * np.ones(grad_ha.shape[1])


def grad_b1__first_example_only(grad_ha, n, average_at):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_ha[0] / _late(average_at, n)


def grad_b1__last_example_only(grad_ha, n, average_at):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return grad_ha[-1] / _late(average_at, n)


def grad_b1__loop_bounds(grad_ha, n, average_at):
    """The loop stops before the last example; range already excludes its end."""
    return (np.sum(grad_ha[:-1], axis=0)) / _late(average_at, n)


def grad_b1__loop_bounds__2(grad_ha, n, average_at):
    """Your loop starts at 1, so the first example never counts."""
    return (np.sum(grad_ha[1:], axis=0)) / _late(average_at, n)


def grad_b1__extra_factor(grad_ha, n, average_at):
    """Why the absolute value? The sign of the gradient tells us which way to move the bias."""
    return (np.sum(np.abs(grad_ha), axis=0)) / _late(average_at, n)


def grad_b1__extra_factor__2(grad_ha, n, average_at):
    return (np.abs(np.sum(grad_ha, axis=0))) / _late(average_at, n)


def grad_b1__extra_factor__3(grad_ha, n, average_at):
    """The gradient appears once (not squared): the bias enters as '+ b'."""
    return (np.sum(grad_ha**2, axis=0)) / _late(average_at, n)


def grad_b1__misses_last_element(grad_b1):
    """The slice stops one element too early."""
    return grad_b1[:-1]


def grad_b1__value_instead_of_gradient(hs, n, average_at):
    """The bias gradient is made of the gradient grad_ha, not of the layer's values."""
    return (np.sum(hs, axis=0)) / _late(average_at, n)


def grad_b1__value_instead_of_gradient__2(ha, n, average_at):
    return (np.sum(ha, axis=0)) / _late(average_at, n)


def grad_b1__column_row_broadcast(grad_ha, n, average_at):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return (np.sum(grad_ha, axis=0) * np.ones((grad_ha.shape[1], 1))) / _late(average_at, n)


def grad_b1__column_row_broadcast__2(grad_ha, n, average_at):
    return (np.sum(grad_ha, axis=0)[:, np.newaxis] * np.ones(grad_ha.shape[1])) / _late(average_at, n)


def grad_b1__rescales_gradient(grad_ha, n, average_at):
    """Gradient clipping is useful in training, but here the exact gradient is expected."""
    return (np.sum(grad_ha / np.linalg.norm(grad_ha, axis=1, keepdims=True), axis=0)) / _late(average_at, n)


def grad_b1__relu_applied_to_gradient(grad_ha, n, average_at):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return (np.maximum(np.sum(grad_ha, axis=0), 0)) / _late(average_at, n)


def grad_b1__relu_applied_to_gradient__2(grad_ha, n, average_at):
    return (np.sum(np.maximum(grad_ha, 0), axis=0)) / _late(average_at, n)


def grad_b1__unmasked_gradient_used(grad_hs, n, average_at):
    """The bias b1 sits before the ReLU, so its gradient is grad_ha (masked), not grad_hs."""
    return (np.sum(grad_hs, axis=0)) / _late(average_at, n)


def grad_b1__wrong_input_variable(grad_oa, n, average_at):
    """b1 is added in the hidden layer, so its gradient comes from grad_ha."""
    return (np.sum(grad_oa, axis=0)) / _late(average_at, n)


def grad_b2__wrong_input_variable(grad_ha, n, average_at):
    """b2 is added in the output layer, so its gradient comes from grad_oa."""
    return (np.sum(grad_ha, axis=0)) / _late(average_at, n)


def grad_b2__wrong_input_variable__2(grad_hs, n, average_at):
    return (np.sum(grad_hs, axis=0)) / _late(average_at, n)


def grad_b1__divides_by_wrong_count(grad_ha, ha):
    """The mean runs over the n examples, so n (the number of rows) is what to divide by."""
    return np.sum(grad_ha, axis=0) / np.maximum(np.sum(ha > 0, axis=0), 1)


def grad_b1__divides_by_wrong_count__2(grad_ha, ha):
    return np.sum(grad_ha, axis=0) / np.sum(ha > 0, axis=0)


def grad_b1__divides_by_wrong_count__3(grad_ha, ha):
    return np.sum(grad_ha, axis=0) / np.maximum(np.sum(ha > 0), 1)


def grad_b1__divides_by_wrong_count__4(grad_ha):
    return np.sum(grad_ha, axis=0) / np.maximum(np.sum(grad_ha != 0, axis=0), 1)


def grad_b2__divides_by_wrong_count(grad_oa, y):
    return np.sum(grad_oa, axis=0) / len(np.unique(y))


def grad_b2__divides_by_wrong_count__2(grad_oa, y, m):
    return np.sum(grad_oa, axis=0) / np.maximum(np.bincount(y, minlength=m), 1)


def grad_b2__softmax_jacobian_diagonal_only(grad_oa, os, n, average_at):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify
    together."""
    return (np.sum(grad_oa * os * (1 - os), axis=0)) / _late(average_at, n)


def grad_b2__extra_factor__4(grad_oa, os, n, average_at):
    """The factor os is already contained in grad_oa; it must not be multiplied in again."""
    return (np.sum(grad_oa * os, axis=0)) / _late(average_at, n)


def grad_b1__relu_value_instead_of_derivative(grad_hs, hs, n, average_at):
    """The derivative of the ReLU is 0 or 1; here the gradient is multiplied by the ReLU's value instead."""
    return (np.sum(grad_hs * hs, axis=0)) / _late(average_at, n)


def grad_b1__extra_factor__4(grad_ha, ha, n, average_at):
    """The slope of the ReLU is in grad_ha already; the value of the layer does not appear once more."""
    return (np.sum(grad_ha * ha, axis=0)) / _late(average_at, n)


def grad_b1__mask_from_gradient(grad_hs, n, average_at):
    """The mask depends on the sign of the pre-activation ha, not on the sign of the gradient."""
    return (np.sum(grad_hs * (grad_hs > 0), axis=0)) / _late(average_at, n)


# ---------------------------------------------------------------- weights


def grad_W2__missing_input_factor(grad_oa, dh, n, average_at):
    """The gradient of a weight is (gradient of its output) times (its input); the input factor is missing."""
    return (np.ones((dh, len(grad_oa))) @ grad_oa) / _late(average_at, n)


def grad_W2__missing_input_factor__2(grad_oa, n, average_at):
    """Both factors are grad_oa; the second one should be the layer's input hs."""
    return (grad_oa.T @ grad_oa) / _late(average_at, n)


def grad_W2__missing_input_factor__3(grad_oa, n, average_at):
    return (np.sum(grad_oa, axis=0)) / _late(average_at, n)


def grad_W2__missing_input_factor__4(grad_oa, n, average_at):
    return (grad_oa) / _late(average_at, n)


def grad_W2__missing_upstream_gradient(hs, m, n, average_at):
    """This is the layer's input alone; multiply it by the gradient arriving from the layer above."""
    return (hs.T @ np.ones((len(hs), m))) / _late(average_at, n)


def grad_W2__missing_upstream_gradient__2(hs, n, average_at):
    return (np.sum(hs, axis=0)) / _late(average_at, n)


def grad_W2__missing_upstream_gradient__3(hs, n, average_at):
    return (hs.T @ hs) / _late(average_at, n)


def grad_W2__adds_instead_of_multiplies(grad_oa, hs, n, average_at):
    """The chain rule multiplies the two factors; here they are added."""
    return (np.sum(hs[:, :, np.newaxis] + grad_oa[:, np.newaxis, :], axis=0)) / _late(average_at, n)


def grad_W2__adds_instead_of_multiplies__2(grad_oa, hs, n, average_at):
    return (np.sum(hs, axis=0)[:, np.newaxis] + np.sum(grad_oa, axis=0)) / _late(average_at, n)


def grad_W2__adds_instead_of_multiplies__3(grad_oa, hs, n, average_at):
    return (np.mean(hs, axis=0)[:, np.newaxis] + np.mean(grad_oa, axis=0)) / _late(average_at, n)


def grad_W2__per_example_not_combined(grad_oa, hs, n, average_at):
    """You have one gradient per example; combine them over the batch so the result has the shape of the weights."""
    return (hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :]) / _late(average_at, n)


def grad_W2__per_example_not_combined__2(grad_oa, hs, n, average_at):
    return (grad_oa[:, :, np.newaxis] * hs[:, np.newaxis, :]) / _late(average_at, n)


def grad_W2__per_example_not_combined__3(grad_oa, hs):
    """np.mean without an axis averages the whole matrix into one number; divide by n instead."""
    return np.mean(hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :])


def grad_W2__per_example_not_combined__4(grad_oa, hs):
    return np.mean(hs.T @ grad_oa)


def grad_W2__per_example_not_combined__5(grad_oa, hs):
    return np.sum(hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :])


def grad_W2__outer_of_whole_batch(grad_oa, hs, n, average_at):
    """np.outer flattens both matrices; for a batch use a matrix product, which adds up the outer products of the
    examples."""
    return (np.outer(hs, grad_oa)) / _late(average_at, n)


def grad_W2__outer_of_whole_batch__2(grad_oa, hs, n, average_at):
    return (np.outer(hs.T, grad_oa)) / _late(average_at, n)


def grad_W2__outer_of_whole_batch__3(grad_oa, hs, n, average_at):
    return (np.outer(grad_oa, hs)) / _late(average_at, n)


def grad_W2__product_of_means(grad_oa, hs):
    """The mean of the products is not the product of the means: multiply example by example before averaging."""
    return np.outer(np.mean(hs, axis=0), np.sum(grad_oa, axis=0))


def grad_W2__product_of_means__2(grad_oa, hs):
    return np.outer(np.mean(hs, axis=0), np.mean(grad_oa, axis=0))


def grad_W2__product_of_means__3(grad_oa, hs):
    return np.outer(np.sum(hs, axis=0), np.sum(grad_oa, axis=0))


def grad_W2__product_of_means__4(grad_oa, hs):
    """Averaging first mixes the examples: pair each example's hs with its own gradient (hs.T @ grad_oa)."""
    return hs.T @ (np.zeros(grad_oa.shape) + np.mean(grad_oa, axis=0))


def grad_W2__first_example_only(grad_oa, hs, n, average_at):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return (np.outer(hs[0], grad_oa[0])) / _late(average_at, n)


def grad_W2__first_example_only__2(grad_oa, hs, n, average_at):
    return (hs.T @ (np.zeros(grad_oa.shape) + grad_oa[0])) / _late(average_at, n)


def grad_W2__first_example_only__3(grad_oa, hs, n, average_at):
    return ((np.zeros(hs.shape) + hs[0]).T @ grad_oa) / _late(average_at, n)


def grad_W2__last_example_only(grad_oa, hs, n, average_at):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return (np.outer(hs[-1], grad_oa[-1])) / _late(average_at, n)


def grad_W2__loop_bounds(grad_oa, hs, n, average_at):
    """The loop stops before the last example; range already excludes its end."""
    return (hs[:-1].T @ grad_oa[:-1]) / _late(average_at, n)


def grad_W2__loop_bounds__2(grad_oa, hs, n, average_at):
    """Your loop starts at 1, so the first example never counts."""
    return (hs[1:].T @ grad_oa[1:]) / _late(average_at, n)


def grad_W2__wrong_product_order(grad_oa, hs, n, average_at):
    """The shapes tell you: the examples must disappear from the product, so the transposed inputs come first (hs.T
    @ grad_oa)."""
    return (hs @ grad_oa.T) / _late(average_at, n)


def grad_W2__wrong_product_order__2(grad_oa, hs, n, average_at):
    return (grad_oa @ hs.T) / _late(average_at, n)


def grad_W2__wrong_product_order__3(grad_oa, hs, n, average_at):
    return (hs @ grad_oa) / _late(average_at, n)


def grad_W2__wrong_product_order__4(grad_oa, hs, n, average_at):
    return (grad_oa @ hs) / _late(average_at, n)


def grad_W2__wrong_product_order__5(grad_oa, hs, n, average_at):
    return (np.sum(hs, axis=1)[:, np.newaxis] * np.sum(grad_oa, axis=1)) / _late(average_at, n)


def grad_W2__elementwise_instead_of_matmul(grad_oa, hs, n, average_at):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return (hs.T * grad_oa) / _late(average_at, n)


def grad_W2__elementwise_instead_of_matmul__2(grad_oa, hs, n, average_at):
    return (hs * grad_oa) / _late(average_at, n)


def grad_W2__elementwise_instead_of_matmul__3(grad_oa, hs, n, average_at):
    return (np.sum(hs * grad_oa, axis=0)) / _late(average_at, n)


def grad_W2__elementwise_instead_of_matmul__4(grad_oa, hs, n, average_at):
    return (grad_oa * hs.T) / _late(average_at, n)


def grad_W2__elementwise_instead_of_matmul__5(grad_oa, hs, n, average_at):
    return (hs * grad_oa.T) / _late(average_at, n)


def grad_W2__swapped_arguments(grad_W2):
    """The two factors are swapped: the rows of the gradient follow the inputs of the layer, the columns its
    outputs."""
    return grad_W2.T


def grad_W2__transposed_result(grad_W2):
    """Your numbers are right but laid out sideways: the gradient must have exactly the shape of the matrix it
    belongs to."""
    return grad_W2.T


def grad_W2__reshape_instead_of_transpose(grad_oa, hs, n, average_at):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a
    transpose."""
    return (hs.reshape(hs.shape[1], hs.shape[0]) @ grad_oa) / _late(average_at, n)


def grad_W2__reshape_instead_of_transpose__2(grad_oa, hs, n, average_at):
    return ((grad_oa.T @ hs).reshape(hs.shape[1], grad_oa.shape[1])) / _late(average_at, n)


def grad_W2__sum_over_wrong_axis(grad_oa, hs):
    """The sum runs over the wrong axis: it must run over the examples and keep inputs and units."""
    return np.sum(hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :], axis=1)


def grad_W2__sum_over_wrong_axis__2(grad_oa, hs):
    return np.mean(hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :], axis=1)


def grad_W2__sum_over_wrong_axis__3(grad_oa, hs):
    return np.sum(hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :], axis=2)


def grad_W2__sum_over_wrong_axis__4(grad_oa, hs):
    return np.mean(hs[:, :, np.newaxis] * grad_oa[:, np.newaxis, :], axis=2)


def grad_W2__sum_over_wrong_axis__5(grad_oa, hs):
    return np.sum(hs.T @ grad_oa, axis=0)


def grad_W2__sum_over_wrong_axis__6(grad_oa, hs):
    return np.sum(hs.T @ grad_oa, axis=1)


def grad_W2__sum_over_wrong_axis__7(grad_oa, hs):
    return np.sum(hs.T @ grad_oa)


def grad_W2__sum_over_wrong_axis__8(grad_oa, hs):
    return np.sum(hs, axis=1) @ grad_oa


def grad_W2__sum_over_wrong_axis__9(grad_oa, hs):
    return hs.T @ np.sum(grad_oa, axis=1)


def grad_W2__sum_over_wrong_axis__10(grad_oa, hs):
    return hs.T @ np.sum(grad_oa, axis=1, keepdims=True) * np.ones((hs.shape[1], grad_oa.shape[1]))


def grad_W2__bias_trick_left_in(grad_oa, hs, n, average_at):
    """The biases are separate parameters here, so W2 has no extra row for a constant 1."""
    return (np.hstack([hs, np.ones((len(hs), 1))]).T @ grad_oa) / _late(average_at, n)


def grad_W2__bias_trick_left_in__2(grad_oa, hs, n, average_at):
    return (np.hstack([np.ones((len(hs), 1)), hs]).T @ grad_oa) / _late(average_at, n)


def grad_W2__extra_factor(grad_oa, hs, n, average_at):
    """hs appears once in the product, so it appears once (not squared) in the gradient."""
    return ((hs**2).T @ grad_oa) / _late(average_at, n)


def grad_W2__extra_factor__2(grad_oa, hs, n, average_at):
    """The gradient appears once (not squared)."""
    return (hs.T @ grad_oa**2) / _late(average_at, n)


def grad_W2__extra_factor__3(grad_W2, W2):
    """The derivative of a product with respect to the weights is the input; the weights themselves do not
    appear."""
    return grad_W2 * W2


def grad_W2__rescales_gradient(grad_oa, hs, n, average_at):
    """The input is used as it is in the forward pass; do not normalise it in the backward pass."""
    return ((hs / np.linalg.norm(hs, axis=1, keepdims=True)).T @ grad_oa) / _late(average_at, n)


def grad_W2__rescales_gradient__2(grad_oa, hs, n, average_at):
    return (((hs - np.mean(hs, axis=0)) / (np.std(hs, axis=0) + 1e-8)).T @ grad_oa) / _late(average_at, n)


def grad_W2__rescales_gradient__3(grad_oa, hs, n, average_at):
    return ((hs - np.mean(hs, axis=0)).T @ grad_oa) / _late(average_at, n)


def grad_W2__rescales_gradient__4(grad_oa, hs, n, average_at):
    """Gradient clipping is useful in training, but here the exact gradient is expected."""
    return (hs.T @ (grad_oa / np.linalg.norm(grad_oa, axis=1, keepdims=True))) / _late(average_at, n)


def grad_W2__class_order_lost(grad_oa, hs, n, average_at):
    """Turning the rows round separates the inputs from their gradients."""
    return (hs[::-1].T @ grad_oa) / _late(average_at, n)


def grad_W2__dot_instead_of_outer(grad_oa, hs, n, average_at):
    """This gives one number; the gradient of a matrix is made of outer products."""
    return (np.sum(hs * grad_oa)) / _late(average_at, n)


def grad_W2__wrong_input_variable(grad_oa, W2, n, average_at):
    """The derivative of a product with respect to the weights is the input; the weights themselves do not
    appear."""
    return (np.sum(grad_oa, axis=0) * W2) / _late(average_at, n)


def grad_W2__divides_by_wrong_count(grad_oa, ha, hs):
    """The mean runs over the n examples, so n (the number of rows) is what to divide by."""
    return hs.T @ grad_oa / np.maximum(np.sum(ha > 0), 1)


def grad_W1__missing_input_factor(grad_ha, d, n, average_at):
    """The gradient of a weight is (gradient of its output) times (its input); the input factor is missing."""
    return (np.ones((d, len(grad_ha))) @ grad_ha) / _late(average_at, n)


def grad_W1__missing_input_factor__2(grad_ha, n, average_at):
    """Both factors are grad_ha; the second one should be the layer's input X."""
    return (grad_ha.T @ grad_ha) / _late(average_at, n)


def grad_W1__missing_input_factor__3(grad_ha, n, average_at):
    return (np.sum(grad_ha, axis=0)) / _late(average_at, n)


def grad_W1__missing_input_factor__4(grad_ha, n, average_at):
    return (grad_ha) / _late(average_at, n)


def grad_W1__missing_upstream_gradient(X, dh, n, average_at):
    """This is the layer's input alone; multiply it by the gradient arriving from the layer above."""
    return (X.T @ np.ones((len(X), dh))) / _late(average_at, n)


def grad_W1__missing_upstream_gradient__2(X, n, average_at):
    return (np.sum(X, axis=0)) / _late(average_at, n)


def grad_W1__missing_upstream_gradient__3(X, n, average_at):
    return (X.T @ X) / _late(average_at, n)


def grad_W1__adds_instead_of_multiplies(grad_ha, X, n, average_at):
    """The chain rule multiplies the two factors; here they are added."""
    return (np.sum(X[:, :, np.newaxis] + grad_ha[:, np.newaxis, :], axis=0)) / _late(average_at, n)


def grad_W1__adds_instead_of_multiplies__2(grad_ha, X, n, average_at):
    return (np.sum(X, axis=0)[:, np.newaxis] + np.sum(grad_ha, axis=0)) / _late(average_at, n)


def grad_W1__adds_instead_of_multiplies__3(grad_ha, X, n, average_at):
    return (np.mean(X, axis=0)[:, np.newaxis] + np.mean(grad_ha, axis=0)) / _late(average_at, n)


def grad_W1__per_example_not_combined(grad_ha, X, n, average_at):
    """You have one gradient per example; combine them over the batch so the result has the shape of the weights."""
    return (X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :]) / _late(average_at, n)


def grad_W1__per_example_not_combined__2(grad_ha, X, n, average_at):
    return (grad_ha[:, :, np.newaxis] * X[:, np.newaxis, :]) / _late(average_at, n)


def grad_W1__per_example_not_combined__3(grad_ha, X):
    """np.mean without an axis averages the whole matrix into one number; divide by n instead."""
    return np.mean(X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :])


def grad_W1__per_example_not_combined__4(grad_ha, X):
    return np.mean(X.T @ grad_ha)


def grad_W1__per_example_not_combined__5(grad_ha, X):
    return np.sum(X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :])


def grad_W1__outer_of_whole_batch(grad_ha, X, n, average_at):
    """np.outer flattens both matrices; for a batch use a matrix product, which adds up the outer products of the
    examples."""
    return (np.outer(X, grad_ha)) / _late(average_at, n)


def grad_W1__outer_of_whole_batch__2(grad_ha, X, n, average_at):
    return (np.outer(X.T, grad_ha)) / _late(average_at, n)


def grad_W1__outer_of_whole_batch__3(grad_ha, X, n, average_at):
    return (np.outer(grad_ha, X)) / _late(average_at, n)


def grad_W1__product_of_means(grad_ha, X):
    """The mean of the products is not the product of the means: multiply example by example before averaging."""
    return np.outer(np.mean(X, axis=0), np.sum(grad_ha, axis=0))


def grad_W1__product_of_means__2(grad_ha, X):
    return np.outer(np.mean(X, axis=0), np.mean(grad_ha, axis=0))


def grad_W1__product_of_means__3(grad_ha, X):
    return np.outer(np.sum(X, axis=0), np.sum(grad_ha, axis=0))


def grad_W1__product_of_means__4(grad_ha, X):
    """Averaging first mixes the examples: pair each example's X with its own gradient (X.T @ grad_ha)."""
    return X.T @ (np.zeros(grad_ha.shape) + np.mean(grad_ha, axis=0))


def grad_W1__first_example_only(grad_ha, X, n, average_at):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return (np.outer(X[0], grad_ha[0])) / _late(average_at, n)


def grad_W1__first_example_only__2(grad_ha, X, n, average_at):
    return (X.T @ (np.zeros(grad_ha.shape) + grad_ha[0])) / _late(average_at, n)


def grad_W1__first_example_only__3(grad_ha, X, n, average_at):
    return ((np.zeros(X.shape) + X[0]).T @ grad_ha) / _late(average_at, n)


def grad_W1__last_example_only(grad_ha, X, n, average_at):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return (np.outer(X[-1], grad_ha[-1])) / _late(average_at, n)


def grad_W1__loop_bounds(grad_ha, X, n, average_at):
    """The loop stops before the last example; range already excludes its end."""
    return (X[:-1].T @ grad_ha[:-1]) / _late(average_at, n)


def grad_W1__loop_bounds__2(grad_ha, X, n, average_at):
    """Your loop starts at 1, so the first example never counts."""
    return (X[1:].T @ grad_ha[1:]) / _late(average_at, n)


def grad_W1__wrong_product_order(grad_ha, X, n, average_at):
    """The shapes tell you: the examples must disappear from the product, so the transposed inputs come first (X.T @
    grad_ha)."""
    return (X @ grad_ha.T) / _late(average_at, n)


def grad_W1__wrong_product_order__2(grad_ha, X, n, average_at):
    return (grad_ha @ X.T) / _late(average_at, n)


def grad_W1__wrong_product_order__3(grad_ha, X, n, average_at):
    return (X @ grad_ha) / _late(average_at, n)


def grad_W1__wrong_product_order__4(grad_ha, X, n, average_at):
    return (grad_ha @ X) / _late(average_at, n)


def grad_W1__wrong_product_order__5(grad_ha, X, n, average_at):
    return (np.sum(X, axis=1)[:, np.newaxis] * np.sum(grad_ha, axis=1)) / _late(average_at, n)


def grad_W1__elementwise_instead_of_matmul(grad_ha, X, n, average_at):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return (X.T * grad_ha) / _late(average_at, n)


def grad_W1__elementwise_instead_of_matmul__2(grad_ha, X, n, average_at):
    return (X * grad_ha) / _late(average_at, n)


def grad_W1__elementwise_instead_of_matmul__3(grad_ha, X, n, average_at):
    return (np.sum(X * grad_ha, axis=0)) / _late(average_at, n)


def grad_W1__elementwise_instead_of_matmul__4(grad_ha, X, n, average_at):
    return (grad_ha * X.T) / _late(average_at, n)


def grad_W1__elementwise_instead_of_matmul__5(grad_ha, X, n, average_at):
    return (X * grad_ha.T) / _late(average_at, n)


def grad_W1__swapped_arguments(grad_W1):
    """The two factors are swapped: the rows of the gradient follow the inputs of the layer, the columns its
    outputs."""
    return grad_W1.T


def grad_W1__transposed_result(grad_W1):
    """Your numbers are right but laid out sideways: the gradient must have exactly the shape of the matrix it
    belongs to."""
    return grad_W1.T


def grad_W1__reshape_instead_of_transpose(grad_ha, X, n, average_at):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a
    transpose."""
    return (X.reshape(X.shape[1], X.shape[0]) @ grad_ha) / _late(average_at, n)


def grad_W1__reshape_instead_of_transpose__2(grad_ha, X, n, average_at):
    return ((grad_ha.T @ X).reshape(X.shape[1], grad_ha.shape[1])) / _late(average_at, n)


def grad_W1__sum_over_wrong_axis(grad_ha, X):
    """The sum runs over the wrong axis: it must run over the examples and keep inputs and units."""
    return np.sum(X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :], axis=1)


def grad_W1__sum_over_wrong_axis__2(grad_ha, X):
    return np.mean(X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :], axis=1)


def grad_W1__sum_over_wrong_axis__3(grad_ha, X):
    return np.sum(X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :], axis=2)


def grad_W1__sum_over_wrong_axis__4(grad_ha, X):
    return np.mean(X[:, :, np.newaxis] * grad_ha[:, np.newaxis, :], axis=2)


def grad_W1__sum_over_wrong_axis__5(grad_ha, X):
    return np.sum(X.T @ grad_ha, axis=0)


def grad_W1__sum_over_wrong_axis__6(grad_ha, X):
    return np.sum(X.T @ grad_ha, axis=1)


def grad_W1__sum_over_wrong_axis__7(grad_ha, X):
    return np.sum(X.T @ grad_ha)


def grad_W1__sum_over_wrong_axis__8(grad_ha, X):
    return np.sum(X, axis=1) @ grad_ha


def grad_W1__sum_over_wrong_axis__9(grad_ha, X):
    return X.T @ np.sum(grad_ha, axis=1)


def grad_W1__sum_over_wrong_axis__10(grad_ha, X):
    return X.T @ np.sum(grad_ha, axis=1, keepdims=True) * np.ones((X.shape[1], grad_ha.shape[1]))


def grad_W1__bias_trick_left_in(grad_ha, X, n, average_at):
    """The biases are separate parameters here, so W1 has no extra row for a constant 1."""
    return (np.hstack([X, np.ones((len(X), 1))]).T @ grad_ha) / _late(average_at, n)


def grad_W1__bias_trick_left_in__2(grad_ha, X, n, average_at):
    return (np.hstack([np.ones((len(X), 1)), X]).T @ grad_ha) / _late(average_at, n)


def grad_W1__extra_factor(grad_ha, X, n, average_at):
    """X appears once in the product, so it appears once (not squared) in the gradient."""
    return ((X**2).T @ grad_ha) / _late(average_at, n)


def grad_W1__extra_factor__2(grad_ha, X, n, average_at):
    """The gradient appears once (not squared)."""
    return (X.T @ grad_ha**2) / _late(average_at, n)


def grad_W1__extra_factor__3(grad_W1, W1):
    """The derivative of a product with respect to the weights is the input; the weights themselves do not
    appear."""
    return grad_W1 * W1


def grad_W1__extra_factor__4(grad_ha, X, n, average_at):
    """Something is mixed in that does not belong here: a factor, a power or an absolute value."""
    return (np.abs(X).T @ grad_ha) / _late(average_at, n)


def grad_W1__rescales_gradient(grad_ha, X, n, average_at):
    """The input is used as it is in the forward pass; do not normalise it in the backward pass."""
    return ((X / np.linalg.norm(X, axis=1, keepdims=True)).T @ grad_ha) / _late(average_at, n)


def grad_W1__rescales_gradient__2(grad_ha, X, n, average_at):
    return (((X - np.mean(X, axis=0)) / (np.std(X, axis=0) + 1e-8)).T @ grad_ha) / _late(average_at, n)


def grad_W1__rescales_gradient__3(grad_ha, X, n, average_at):
    return ((X - np.mean(X, axis=0)).T @ grad_ha) / _late(average_at, n)


def grad_W1__rescales_gradient__4(grad_ha, X, n, average_at):
    """Gradient clipping is useful in training, but here the exact gradient is expected."""
    return (X.T @ (grad_ha / np.linalg.norm(grad_ha, axis=1, keepdims=True))) / _late(average_at, n)


def grad_W1__class_order_lost(grad_ha, X, n, average_at):
    """Turning the rows round separates the inputs from their gradients."""
    return (X[::-1].T @ grad_ha) / _late(average_at, n)


def grad_W1__dot_instead_of_outer(grad_ha, X, n, average_at):
    """This gives one number; the gradient of a matrix is made of outer products."""
    return (np.sum(X * grad_ha)) / _late(average_at, n)


def grad_W1__wrong_input_variable(grad_ha, W1, n, average_at):
    """The derivative of a product with respect to the weights is the input; the weights themselves do not
    appear."""
    return (np.sum(grad_ha, axis=0) * W1) / _late(average_at, n)


def grad_W1__divides_by_wrong_count(grad_ha, ha, X):
    """The mean runs over the n examples, so n (the number of rows) is what to divide by."""
    return X.T @ grad_ha / np.maximum(np.sum(ha > 0), 1)


def grad_W2__preactivation_instead_of_activation(grad_oa, ha, n, average_at):
    """The second layer receives hs (after the ReLU), so hs and not ha multiplies the gradient of W2."""
    return (ha.T @ grad_oa) / _late(average_at, n)


def grad_W2__mask_instead_of_activation(grad_oa, ha, n, average_at):
    """Here the activation values hs themselves are needed, not just whether the units are on."""
    return ((ha > 0).T @ grad_oa) / _late(average_at, n)


def grad_W2__mask_instead_of_activation__2(grad_oa, hs, n, average_at):
    return ((hs > 0).T @ grad_oa) / _late(average_at, n)


def grad_W2__value_instead_of_gradient(os, hs, n, average_at):
    """The first factor must be the gradient grad_oa, not the probabilities os."""
    return (hs.T @ os) / _late(average_at, n)


def grad_W2__value_instead_of_gradient__2(oa, hs, n, average_at):
    """The first factor must be the gradient grad_oa, not the scores oa."""
    return (hs.T @ oa) / _late(average_at, n)


def grad_W1__value_instead_of_gradient(hs, X, n, average_at):
    """The first factor must be the gradient grad_ha, not the layer's value."""
    return (X.T @ hs) / _late(average_at, n)


def grad_W1__value_instead_of_gradient__2(ha, X, n, average_at):
    return (X.T @ ha) / _late(average_at, n)


def grad_W1__unmasked_gradient_used(grad_hs, X, n, average_at):
    """This uses the gradient before the ReLU mask (grad_hs); the first layer sees the masked one (grad_ha)."""
    return (X.T @ grad_hs) / _late(average_at, n)


def grad_W1__wrong_input_variable__2(grad_ha, hs, n, average_at):
    """W1 multiplies the input X, so X (not hs) is the second factor."""
    return (hs.T @ grad_ha) / _late(average_at, n)


def grad_W1__wrong_input_variable__3(grad_ha, ha, n, average_at):
    """W1 belongs to the hidden layer: its gradient is made of grad_ha and X."""
    return (ha.T @ grad_ha) / _late(average_at, n)


def grad_W1__wrong_input_variable__4(grad_oa, X, n, average_at):
    """W1 belongs to the hidden layer: its gradient is made of grad_ha and X."""
    return (X.T @ grad_oa) / _late(average_at, n)


def grad_W2__wrong_input_variable__2(grad_oa, X, n, average_at):
    """W2 multiplies the hidden layer hs, so hs (not X) is the second factor."""
    return (X.T @ grad_oa) / _late(average_at, n)


def grad_W2__wrong_input_variable__3(grad_hs, hs, n, average_at):
    """W2 belongs to the output layer: its gradient is made of grad_oa and hs."""
    return (hs.T @ grad_hs) / _late(average_at, n)


def grad_W2__wrong_input_variable__4(grad_ha, hs, n, average_at):
    """W2 belongs to the output layer: its gradient is made of grad_oa and hs."""
    return (hs.T @ grad_ha) / _late(average_at, n)


def grad_W2__wrong_input_variable__5(grad_oa, grad_hs, n, average_at):
    """The second factor is the value hs that the layer receives, not its gradient."""
    return (grad_hs.T @ grad_oa) / _late(average_at, n)


def grad_W2__softmax_jacobian_diagonal_only(grad_oa, os, hs, n, average_at):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify
    together."""
    return (hs.T @ (grad_oa * os * (1 - os))) / _late(average_at, n)


def grad_W2__extra_factor__5(grad_oa, os, hs, n, average_at):
    """The factor os is already contained in grad_oa; it must not be multiplied in again."""
    return (hs.T @ (grad_oa * os)) / _late(average_at, n)


def grad_W1__mask_from_gradient(grad_hs, X, n, average_at):
    """The mask depends on the sign of the pre-activation ha, not on the sign of the gradient."""
    return (X.T @ (grad_hs * (grad_hs > 0))) / _late(average_at, n)


def grad_W1__mask_from_gradient__2(grad_ha, X, n, average_at):
    """grad_ha is already masked; throwing away its negative entries loses part of the gradient."""
    return (X.T @ (grad_ha * (grad_ha > 0))) / _late(average_at, n)


# ---------------------------------------------------------------- going down: hs and x


def grad_hs__missing_transpose(grad_oa, W2):
    """Going backwards through a layer uses the transpose of its weight matrix."""
    return grad_oa @ W2


def grad_hs__missing_transpose__2(grad_oa, W2):
    return W2 @ grad_oa


def grad_hs__transposed_result(grad_hs):
    """Your numbers are right but laid out sideways: each example is a row."""
    return grad_hs.T


def grad_hs__reshape_instead_of_transpose(grad_oa, W2):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a
    transpose."""
    return grad_oa @ W2.reshape(W2.shape[1], W2.shape[0])


def grad_hs__inverse_instead_of_transpose(grad_oa, W2):
    """Going backwards multiplies by the transpose of the weights, not by their (pseudo-)inverse."""
    return grad_oa @ np.linalg.pinv(W2)


def grad_hs__inverse_instead_of_transpose__2(grad_oa, W2):
    return grad_oa @ np.linalg.inv(W2)


def grad_hs__inverse_instead_of_transpose__3(grad_oa, W2):
    return np.linalg.lstsq(W2.T, grad_oa.T, rcond=None)[0].T


def grad_hs__mask_applied_too_early(grad_oa, W2, ha):
    """The ReLU mask belongs to the next step (grad_ha); at this point the gradient with respect to hs is not masked
    yet."""
    return grad_oa @ W2.T * (ha > 0)


def grad_hs__missing_sum_over_outputs(grad_oa, W2):
    """Each pass of the loop replaces the previous contribution; use += so the outputs add up."""
    return grad_oa[:, -1:] * W2[:, -1]


def grad_hs__missing_sum_over_outputs__2(grad_oa, W2):
    """Each of the outputs sends a contribution back; they are added up."""
    return grad_oa[:, :1] * W2[:, 0]


def grad_hs__missing_sum_over_outputs__3(grad_oa, W2):
    """Each of the outputs sends a contribution back; they are added up."""
    return grad_oa[:, np.newaxis, :] * W2


def grad_hs__missing_sum_over_outputs__4(grad_oa, W2):
    """Each of the outputs sends a contribution back; they are added up."""
    return grad_oa[:, :, np.newaxis] * W2.T


def grad_hs__loop_bounds(grad_oa, W2):
    """The loop stops one step too early; range already excludes its end."""
    return grad_oa[:, :-1] @ W2[:, :-1].T


def grad_hs__loop_bounds__2(grad_oa, W2):
    """Your loop starts at 1, so the first one never counts."""
    return grad_oa[:, 1:] @ W2[:, 1:].T


def grad_hs__elementwise_instead_of_matmul(grad_oa, W2):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return grad_oa * W2


def grad_hs__elementwise_instead_of_matmul__2(grad_oa, W2):
    return grad_oa * W2.T


def grad_hs__mean_instead_of_sum(grad_oa, W2):
    """The chain rule adds the contributions of the different paths; it does not average them."""
    return grad_oa @ W2.T / W2.shape[1]


def grad_hs__max_instead_of_sum(grad_oa, W2):
    """The contributions of the outputs are added up, not replaced by the largest one."""
    return np.max(grad_oa[:, np.newaxis, :] * W2, axis=2)


def grad_hs__reduces_too_early(grad_oa, W2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_oa, axis=0) @ W2.T


def grad_hs__reduces_too_early__2(grad_oa, W2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.sum(grad_oa, axis=0) @ W2.T


def grad_hs__reduces_too_early__3(grad_oa, W2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_oa @ W2.T, axis=0, keepdims=True)


def grad_hs__reduces_too_early__4(grad_oa, W2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.sum(grad_oa @ W2.T, axis=0, keepdims=True)


def grad_hs__reduces_too_early__5(grad_oa, W2):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return np.zeros((len(grad_oa), 1)) + np.mean(grad_oa, axis=0) @ W2.T


def grad_hs__reduces_too_early__6(grad_oa, W2):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return np.zeros((len(grad_oa), 1)) + np.sum(grad_oa, axis=0) @ W2.T


def grad_hs__sum_over_wrong_axis(grad_oa, W2):
    """The sum runs over the wrong index: keep the index of the unit you differentiate with respect to and sum over
    the other one."""
    return np.sum(grad_oa[:, np.newaxis, :] * W2, axis=1)


def grad_hs__sum_over_wrong_axis__2(grad_oa, W2):
    return np.sum(grad_oa @ W2.T, axis=1)


def grad_hs__sum_over_wrong_axis__3(grad_oa, W2):
    return np.sum(grad_oa @ W2.T, axis=1, keepdims=True) * np.ones((1, len(W2)))


def grad_hs__sum_over_wrong_axis__4(grad_oa, W2):
    return np.sum(grad_oa, axis=1, keepdims=True) * np.sum(W2, axis=1)


def grad_hs__sum_over_wrong_axis__5(grad_oa, W2):
    return np.sum(grad_oa[:, np.newaxis, :] * W2, axis=0)


def grad_hs__sum_over_wrong_axis__6(grad_oa, W2):
    return grad_oa * np.sum(W2, axis=0)


def grad_hs__sum_over_wrong_axis__7(grad_oa, W2):
    return np.sum(grad_oa @ W2.T)


def grad_hs__sum_over_wrong_axis__8(grad_oa, W2):
    return np.sum(grad_oa @ W2.T, axis=0)


def grad_hs__first_example_only(grad_oa, W2):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_oa[0] @ W2.T


def grad_hs__first_example_only__2(grad_oa, W2):
    return grad_oa[:1] @ W2.T


def grad_hs__first_example_only__3(grad_oa, W2):
    return np.zeros((len(grad_oa), 1)) + grad_oa[0] @ W2.T


def grad_hs__last_example_only(grad_oa, W2):
    """Only the last example counts here; each of them keeps its own gradient."""
    return grad_oa[-1] @ W2.T


def grad_hs__last_example_only__2(grad_oa, W2):
    return np.zeros((len(grad_oa), 1)) + grad_oa[-1] @ W2.T


def grad_hs__extra_factor(grad_oa, W2):
    """The weights appear once (not squared) in the gradient."""
    return grad_oa @ (W2**2).T


def grad_hs__missing_upstream_gradient(W2, n):
    """This is the sum of the weights alone; multiply each by the gradient arriving from the layer above."""
    return np.zeros((n, 1)) + np.sum(W2, axis=1)


def grad_hs__class_order_lost(grad_oa, W2):
    """Turning the rows round separates the gradients from their examples."""
    return (grad_oa @ W2.T)[::-1]


def grad_hs__relu_applied_to_gradient(grad_hs):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(grad_hs, 0)


def grad_hs__adds_instead_of_multiplies(grad_oa, W2):
    """The chain rule multiplies the two factors; here they are added."""
    return np.sum(grad_oa[:, np.newaxis, :] + W2, axis=2)


def grad_x__missing_transpose(grad_ha, W1):
    """Going backwards through a layer uses the transpose of its weight matrix."""
    return grad_ha @ W1


def grad_x__missing_transpose__2(grad_ha, W1):
    return W1 @ grad_ha


def grad_x__transposed_result(grad_x):
    """Your numbers are right but laid out sideways: each example is a row."""
    return grad_x.T


def grad_x__reshape_instead_of_transpose(grad_ha, W1):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a
    transpose."""
    return grad_ha @ W1.reshape(W1.shape[1], W1.shape[0])


def grad_x__inverse_instead_of_transpose(grad_ha, W1):
    """Going backwards multiplies by the transpose of the weights, not by their (pseudo-)inverse."""
    return grad_ha @ np.linalg.pinv(W1)


def grad_x__inverse_instead_of_transpose__2(grad_ha, W1):
    return grad_ha @ np.linalg.inv(W1)


def grad_x__inverse_instead_of_transpose__3(grad_ha, W1):
    return np.linalg.lstsq(W1.T, grad_ha.T, rcond=None)[0].T


def grad_x__missing_sum_over_outputs(grad_ha, W1):
    """Each pass of the loop replaces the previous contribution; use += so the hidden units add up."""
    return grad_ha[:, -1:] * W1[:, -1]


def grad_x__missing_sum_over_outputs__2(grad_ha, W1):
    """Each of the hidden units sends a contribution back; they are added up."""
    return grad_ha[:, :1] * W1[:, 0]


def grad_x__missing_sum_over_outputs__3(grad_ha, W1):
    """Each of the hidden units sends a contribution back; they are added up."""
    return grad_ha[:, np.newaxis, :] * W1


def grad_x__missing_sum_over_outputs__4(grad_ha, W1):
    """Each of the hidden units sends a contribution back; they are added up."""
    return grad_ha[:, :, np.newaxis] * W1.T


def grad_x__loop_bounds(grad_ha, W1):
    """The loop stops one step too early; range already excludes its end."""
    return grad_ha[:, :-1] @ W1[:, :-1].T


def grad_x__loop_bounds__2(grad_ha, W1):
    """Your loop starts at 1, so the first one never counts."""
    return grad_ha[:, 1:] @ W1[:, 1:].T


def grad_x__elementwise_instead_of_matmul(grad_ha, W1):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return grad_ha * W1


def grad_x__elementwise_instead_of_matmul__2(grad_ha, W1):
    return grad_ha * W1.T


def grad_x__mean_instead_of_sum(grad_ha, W1):
    """The chain rule adds the contributions of the different paths; it does not average them."""
    return grad_ha @ W1.T / W1.shape[1]


def grad_x__max_instead_of_sum(grad_ha, W1):
    """The contributions of the hidden units are added up, not replaced by the largest one."""
    return np.max(grad_ha[:, np.newaxis, :] * W1, axis=2)


def grad_x__reduces_too_early(grad_ha, W1):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_ha, axis=0) @ W1.T


def grad_x__reduces_too_early__2(grad_ha, W1):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.sum(grad_ha, axis=0) @ W1.T


def grad_x__reduces_too_early__3(grad_ha, W1):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_ha @ W1.T, axis=0, keepdims=True)


def grad_x__reduces_too_early__4(grad_ha, W1):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.sum(grad_ha @ W1.T, axis=0, keepdims=True)


def grad_x__reduces_too_early__5(grad_ha, W1):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return np.zeros((len(grad_ha), 1)) + np.mean(grad_ha, axis=0) @ W1.T


def grad_x__reduces_too_early__6(grad_ha, W1):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return np.zeros((len(grad_ha), 1)) + np.sum(grad_ha, axis=0) @ W1.T


def grad_x__sum_over_wrong_axis(grad_ha, W1):
    """The sum runs over the wrong index: keep the index of the unit you differentiate with respect to and sum over
    the other one."""
    return np.sum(grad_ha[:, np.newaxis, :] * W1, axis=1)


def grad_x__sum_over_wrong_axis__2(grad_ha, W1):
    return np.sum(grad_ha @ W1.T, axis=1)


def grad_x__sum_over_wrong_axis__3(grad_ha, W1):
    return np.sum(grad_ha @ W1.T, axis=1, keepdims=True) * np.ones((1, len(W1)))


def grad_x__sum_over_wrong_axis__4(grad_ha, W1):
    return np.sum(grad_ha, axis=1, keepdims=True) * np.sum(W1, axis=1)


def grad_x__sum_over_wrong_axis__5(grad_ha, W1):
    return np.sum(grad_ha[:, np.newaxis, :] * W1, axis=0)


def grad_x__sum_over_wrong_axis__6(grad_ha, W1):
    return grad_ha * np.sum(W1, axis=0)


def grad_x__sum_over_wrong_axis__7(grad_ha, W1):
    return np.sum(grad_ha @ W1.T)


def grad_x__sum_over_wrong_axis__8(grad_ha, W1):
    return np.sum(grad_ha @ W1.T, axis=0)


def grad_x__first_example_only(grad_ha, W1):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_ha[0] @ W1.T


def grad_x__first_example_only__2(grad_ha, W1):
    return grad_ha[:1] @ W1.T


def grad_x__first_example_only__3(grad_ha, W1):
    return np.zeros((len(grad_ha), 1)) + grad_ha[0] @ W1.T


def grad_x__last_example_only(grad_ha, W1):
    """Only the last example counts here; each of them keeps its own gradient."""
    return grad_ha[-1] @ W1.T


def grad_x__last_example_only__2(grad_ha, W1):
    return np.zeros((len(grad_ha), 1)) + grad_ha[-1] @ W1.T


def grad_x__extra_factor(grad_ha, W1):
    """The weights appear once (not squared) in the gradient."""
    return grad_ha @ (W1**2).T


def grad_x__missing_upstream_gradient(W1, n):
    """This is the sum of the weights alone; multiply each by the gradient arriving from the layer above."""
    return np.zeros((n, 1)) + np.sum(W1, axis=1)


def grad_x__class_order_lost(grad_ha, W1):
    """Turning the rows round separates the gradients from their examples."""
    return (grad_ha @ W1.T)[::-1]


def grad_x__relu_applied_to_gradient(grad_x):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(grad_x, 0)


def grad_x__adds_instead_of_multiplies(grad_ha, W1):
    """The chain rule multiplies the two factors; here they are added."""
    return np.sum(grad_ha[:, np.newaxis, :] + W1, axis=2)


def grad_hs__extra_factor__2(grad_hs, hs):
    """hs itself does not appear in its own gradient."""
    return grad_hs * hs


def grad_hs__extra_factor__3(grad_oa, W2, os):
    """The factor os is already contained in grad_oa; it must not be multiplied in again."""
    return (grad_oa * os) @ W2.T


def grad_x__extra_factor__2(grad_x, X):
    """The input itself does not appear in its own gradient: the derivative of X W1 with respect to X is W1."""
    return grad_x * X


def grad_x__extra_factor__3(grad_ha, ha, W1):
    """grad_ha is masked already; the value of the layer does not appear once more."""
    return (grad_ha * ha) @ W1.T


def grad_hs__softmax_jacobian_diagonal_only(grad_oa, os, W2):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify
    together."""
    return (grad_oa * os * (1 - os)) @ W2.T


def grad_x__mask_from_gradient(grad_ha, W1):
    """grad_ha is already masked; throwing away its negative entries loses part of the gradient."""
    return (grad_ha * (grad_ha > 0)) @ W1.T


def grad_x__mask_from_gradient__2(grad_hs, W1):
    """The mask depends on the sign of the pre-activation ha, not on the sign of the gradient."""
    return (grad_hs * (grad_hs > 0)) @ W1.T


def grad_x__unmasked_gradient_used(grad_hs, W1):
    """This uses the gradient before the ReLU mask (grad_hs); the first layer sees the masked one (grad_ha)."""
    return grad_hs @ W1.T


def grad_x__value_instead_of_gradient(ha, W1):
    """The factor must be the gradient grad_ha, not the layer's value."""
    return ha @ W1.T


def grad_x__value_instead_of_gradient__2(hs, W1):
    return hs @ W1.T


def grad_hs__value_instead_of_gradient(os, W2):
    """The factor must be the gradient grad_oa, not the probabilities os."""
    return os @ W2.T


def grad_hs__value_instead_of_gradient__2(oa, W2):
    """The factor must be the gradient grad_oa, not the scores oa."""
    return oa @ W2.T


def grad_hs__missing_one_hot(os, W2, n, average_at):
    """os times W2.T is the first half; the column of W2 that belongs to the true class still has to be
    subtracted."""
    return os @ W2.T / _early(average_at, n)


def grad_hs__only_true_class_row(W2, y, n, average_at):
    """The contribution of the predicted probabilities is missing: all columns of W2 take part, not only the one of
    the true class."""
    return -W2[:, y].T / _early(average_at, n)


def grad_hs__only_true_class_row__2(W2, y, n, average_at):
    return W2[:, y].T / _early(average_at, n)


def grad_hs__only_true_class_row__3(grad_oa, W2, y):
    return grad_oa[np.arange(len(y)), y][:, np.newaxis] * W2[:, y].T


def grad_hs__indexes_rows_with_labels(os, W2, y, n, average_at):
    """The labels select columns of W2 (one per class): W2[:, y].T."""
    return (os @ W2.T - W2[y]) / _early(average_at, n)


def grad_hs__indexes_rows_with_labels__2(os, W2, y, n, average_at):
    """The labels select columns of W2, one per example; transpose them so that each example is a row: W2[:,
    y].T."""
    return (os @ W2.T - W2[:, y]) / _early(average_at, n)


def grad_hs__label_off_by_one(os, W2, y, n, average_at):
    """The column to subtract is the one of the true class, W2[:, y].T: classes are counted from 0 here."""
    return (os @ W2.T - W2[:, y - 1].T) / _early(average_at, n)


def grad_hs__wrong_weight_matrix(grad_ha, W1):
    """grad_hs comes back through the output layer, so W2 (transposed) is the matrix to use."""
    return grad_ha @ W1.T


def grad_hs__wrong_weight_matrix__2(grad_oa, W1):
    return grad_oa @ W1.T


def grad_hs__wrong_weight_matrix__3(grad_oa, W1):
    return grad_oa @ W1


def grad_x__wrong_weight_matrix(grad_oa, W2):
    """This is the gradient with respect to hs; to reach x you must go on through the ReLU and W1."""
    return grad_oa @ W2.T


def grad_x__wrong_weight_matrix__2(grad_ha, W2):
    """The input enters through the first layer, so W1 (transposed) is the matrix to use."""
    return grad_ha @ W2.T


def grad_x__wrong_weight_matrix__3(grad_ha, W2):
    return grad_ha @ W2


def grad_x__wrong_weight_matrix__4(grad_oa, W1):
    return grad_oa @ W1.T


def grad_x__missing_input_factor(grad_ha):
    """The gradient still has to go back through the weights W1."""
    return grad_ha.copy()


# ---------------------------------------------------------------- the relu


def grad_ha__relu_derivative_at_zero(grad_hs, ha):
    """The convention here is that the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (ha >
    0)."""
    return grad_hs * (ha >= 0)


def grad_ha__relu_derivative_at_zero__2(grad_hs, ha):
    return grad_hs * np.heaviside(ha, 0.5)


def grad_ha__relu_derivative_at_zero__3(grad_hs, hs):
    """hs is never negative, so hs >= 0 is always true and nothing is masked; use hs > 0."""
    return grad_hs * (hs >= 0)


def grad_ha__mask_rewritten_in_wrong_order(grad_hs, ha):
    """The second assignment catches the entries the first one just changed; compute the mask once with a
    comparison."""
    return grad_hs * np.ones(ha.shape)


def grad_ha__mask_rewritten_in_wrong_order__2(grad_hs):
    return grad_hs * 0.0


def grad_ha__mask_rewritten_in_wrong_order__3(ha):
    return np.zeros(ha.shape)


def grad_ha__mask_rewritten_in_wrong_order__4(ha):
    return np.ones(ha.shape)


def grad_ha__chained_indexing(grad_hs):
    """Indexing with a mask makes a copy, so the assignment never reaches your array."""
    return grad_hs.copy()


def grad_ha__missing_relu_mask(grad_hs):
    """The gradient only passes through hidden units that were active; multiply by the derivative of the ReLU."""
    return grad_hs.copy()


def grad_ha__inverted_mask(grad_hs, ha):
    """The mask is upside down: the gradient passes where ha is positive and is blocked elsewhere."""
    return grad_hs * (ha <= 0)


def grad_ha__inverted_mask__2(grad_hs, ha):
    return grad_hs * (ha < 0)


def grad_ha__relu_applied_to_gradient(grad_hs):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(grad_hs, 0)


def grad_ha__relu_applied_to_gradient__2(grad_hs, ha):
    return np.maximum(grad_hs * (ha > 0), 0)


def grad_ha__relu_applied_to_gradient__3(grad_hs, hs):
    return np.maximum(grad_hs * hs, 0)


def grad_ha__mask_from_gradient(grad_hs):
    """The mask depends on the sign of the pre-activation ha, not on the sign of the gradient."""
    return grad_hs * (grad_hs > 0)


def grad_ha__mask_from_gradient__2(grad_hs, ha):
    return grad_hs * (ha > 0) * (grad_hs > 0)


def grad_ha__relu_value_instead_of_derivative(grad_hs, ha):
    """The derivative of the ReLU is 0 or 1; here the gradient is multiplied by the ReLU's value instead."""
    return grad_hs * np.maximum(ha, 0)


def grad_ha__relu_value_instead_of_derivative__2(grad_hs, hs):
    return grad_hs * hs


def grad_ha__wrong_input_variable(grad_hs, ha):
    """The derivative of the ReLU depends on the sign of ha only; ha itself does not multiply the gradient."""
    return grad_hs * ha


def grad_ha__wrong_activation_derivative(grad_hs, ha):
    """np.sign gives -1 for inactive units (that is the derivative of |ha|); the ReLU gives 0 there."""
    return grad_hs * np.sign(ha)


def grad_ha__wrong_activation_derivative__2(grad_hs, hs):
    """That is the derivative of tanh; the hidden layer here is a ReLU."""
    return grad_hs * (1 - hs**2)


def grad_ha__wrong_activation_derivative__3(grad_hs, ha):
    """That is the derivative of tanh; the hidden layer here is a ReLU."""
    return grad_hs * (1 - np.tanh(ha) ** 2)


def grad_ha__wrong_activation_derivative__4(grad_hs, hs):
    """That is the derivative of the sigmoid; the hidden layer here is a ReLU."""
    return grad_hs * hs * (1 - hs)


def grad_ha__wrong_activation_derivative__5(grad_hs, ha):
    """That is the derivative of the sigmoid; the hidden layer here is a ReLU."""
    s = 1 / (1 + np.exp(-ha))
    return grad_hs * s * (1 - s)


def grad_ha__wrong_activation_derivative__6(grad_hs, ha):
    """That is the derivative of softplus, a smooth relative of the ReLU; the hidden layer here is a plain ReLU."""
    return grad_hs / (1 + np.exp(-ha))


def grad_ha__wrong_activation_derivative__7(grad_hs, ha):
    """That is the derivative of tanh; the hidden layer here is a ReLU."""
    return grad_hs * (1 - ha**2)


def grad_ha__wrong_activation_derivative__8(grad_hs, ha):
    """That is the derivative of the sigmoid; the hidden layer here is a ReLU."""
    return grad_hs * ha * (1 - ha)


def grad_ha__wrong_activation_derivative__9(grad_hs, ha):
    """That is an ELU; the plain ReLU blocks the gradient completely for inactive units."""
    return grad_hs * np.where(ha > 0, 1, np.exp(ha))


def grad_ha__extra_factor(grad_hs, ha):
    """The sign of the gradient tells which way to go; keep it."""
    return np.abs(grad_hs) * (ha > 0)


def grad_ha__extra_factor__2(grad_hs, ha):
    """The gradient appears once (not squared)."""
    return grad_hs**2 * (ha > 0)


def grad_ha__missing_upstream_gradient(ha):
    """This is the slope of the ReLU; multiply it by the gradient arriving from the layer above."""
    return (ha > 0) * 1.0


def grad_ha__missing_upstream_gradient__2(ha):
    return np.maximum(ha, 0)


def grad_ha__missing_upstream_gradient__3(hs):
    return hs.copy()


def grad_ha__np_max_instead_of_maximum(grad_hs, ha):
    """np.max(ha, 0) is the maximum over the batch; the element-by-element comparison with 0 is np.maximum."""
    return grad_hs * (np.max(ha, 0) > 0)


def grad_ha__np_max_instead_of_maximum__2(grad_hs, ha):
    return grad_hs * np.max(ha, 0)


def grad_ha__np_max_instead_of_maximum__3(grad_hs, ha):
    """np.max gives the single largest entry; the element-by-element comparison is np.maximum."""
    return grad_hs * (np.max(ha) > 0)


def grad_ha__mask_shared_across_batch(grad_hs, ha):
    """any(axis=1) lets a whole example pass as soon as one of its units is active; decide unit by unit."""
    return grad_hs * (ha > 0).any(axis=1, keepdims=True)


def grad_ha__mask_shared_across_batch__2(grad_hs, ha):
    return grad_hs * (ha > 0).all(axis=1, keepdims=True)


def grad_ha__mask_shared_across_batch__3(grad_hs, ha):
    return grad_hs * (np.max(ha, axis=1, keepdims=True) > 0)


def grad_ha__mask_shared_across_batch__4(grad_hs, ha):
    return grad_hs * (np.sum(ha, axis=1, keepdims=True) > 0)


def grad_ha__mask_shared_across_batch__5(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * (ha > 0).any(axis=0)


def grad_ha__mask_shared_across_batch__6(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * (ha > 0).all(axis=0)


def grad_ha__mask_shared_across_batch__7(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * (np.mean(ha, axis=0) > 0)


def grad_ha__mask_shared_across_batch__8(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * (ha[0] > 0)


def grad_ha__mask_shared_across_batch__9(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * np.mean(ha > 0, axis=0)


def grad_ha__mask_shared_across_batch__10(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * (ha[-1] > 0)


def grad_ha__mask_shared_across_batch__11(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * np.mean(ha > 0, axis=1, keepdims=True)


def grad_ha__mask_shared_across_batch__12(grad_hs, ha):
    """Every example has its own active units, so the mask must be decided for each example separately."""
    return grad_hs * (np.sum(ha > 0, axis=0) > len(ha) / 2)


def grad_ha__scalar_truth_of_array(grad_hs, ha):
    """The decision has to be taken unit by unit, not once for the whole array."""
    return grad_hs if np.all(ha > 0) else np.zeros(ha.shape)


def grad_ha__scalar_truth_of_array__2(grad_hs, ha):
    return grad_hs if np.any(ha > 0) else np.zeros(ha.shape)


def grad_ha__scalar_truth_of_array__3(grad_hs, ha):
    return grad_hs if np.all(ha) else np.zeros(ha.shape)


def grad_ha__scalar_truth_of_array__4(grad_hs, ha):
    return grad_hs if np.any(ha) else np.zeros(ha.shape)


def grad_ha__scalar_truth_of_array__5(grad_hs, ha):
    return grad_hs if np.sum(ha) > 0 else np.zeros(ha.shape)


def grad_ha__scalar_truth_of_array__6(grad_hs, ha):
    return grad_hs if np.mean(ha) > 0 else np.zeros(ha.shape)


def grad_ha__scalar_truth_of_array__8(grad_hs, ha):
    return grad_hs if ha[0, 0] > 0 else np.zeros(ha.shape)


def grad_ha__matmul_instead_of_elementwise(grad_hs, ha):
    """The mask acts entry by entry, so this product must be element-wise."""
    return grad_hs @ (ha > 0).T


def grad_ha__matmul_instead_of_elementwise__2(grad_hs, ha):
    return grad_hs.T @ (ha > 0)


def grad_ha__matmul_instead_of_elementwise__3(grad_hs, ha):
    return grad_hs @ (ha > 0)


def grad_ha__matmul_instead_of_elementwise__4(grad_hs, ha):
    return (ha > 0) @ grad_hs


def grad_ha__matmul_instead_of_elementwise__5(grad_hs, ha):
    return (ha > 0).T @ grad_hs


def grad_ha__matmul_instead_of_elementwise__6(grad_hs, ha):
    return (ha > 0) @ grad_hs.T


def grad_ha__dot_instead_of_elementwise(grad_hs, ha):
    """The mask acts unit by unit, so this product must be element-wise."""
    return np.sum(grad_hs * (ha > 0), axis=1)


def grad_ha__dot_instead_of_elementwise__2(grad_hs, ha):
    return np.sum(grad_hs * (ha > 0))


def grad_ha__column_row_broadcast(grad_hs, ha):
    """Two arrays with different axes broadcast to something larger; give both the same shape first."""
    return grad_hs[:, np.newaxis] * (ha > 0)


def grad_ha__column_row_broadcast__2(grad_hs, ha):
    return grad_hs[:, :, np.newaxis] * (ha > 0)


def grad_ha__shape_lost(grad_hs, ha):
    """Boolean indexing keeps only the active entries; the blocked ones should stay in place as zeros."""
    return grad_hs[ha > 0]


def grad_ha__shape_lost__2(grad_ha):
    """The values are right, but the flat array has to be reshaped back to (n, dh)."""
    return grad_ha.reshape(-1)


def grad_ha__zero_over_zero(grad_hs, ha, hs):
    """At ha = 0 this divides 0 by 0 and gives nan; compare ha with 0 instead."""
    return grad_hs * hs / ha


def grad_ha__zero_over_zero__2(grad_hs, ha):
    return grad_hs * (ha / np.abs(ha) + 1) / 2


def grad_ha__zero_over_zero__3(grad_hs, hs):
    return grad_hs * hs / hs


def grad_ha__zero_over_zero__4(grad_hs, ha):
    return grad_hs * (np.abs(ha) + ha) / (2 * ha)


def grad_ha__wrong_threshold(grad_hs, ha):
    """Nothing happens to a ReLU at 1: the gradient passes for every positive ha."""
    return grad_hs * (ha > 1)


def grad_ha__operator_precedence(grad_hs, ha):
    """Comparison binds less tightly than multiplication, so this compares the product with 0; add parentheses
    around the comparison."""
    return (grad_hs * ha > 0) * 1.0


def grad_ha__operator_precedence__2(grad_hs, hs):
    return (grad_hs * hs > 0) * 1.0


def grad_ha__zeroes_whole_rows(grad_hs, ha):
    """np.where(...)[0] gives row numbers only, so complete examples are set to zero; use the boolean mask itself as
    index."""
    g = grad_hs.copy()
    g[np.where(ha <= 0)[0]] = 0
    return g


def grad_ha__zeroes_whole_rows__2(grad_hs, ha):
    """g[:, cols] switches a unit off for the whole batch; use g[rows, cols] or the boolean mask."""
    g = grad_hs.copy()
    g[:, np.where(ha <= 0)[1]] = 0
    return g


def grad_ha__adds_instead_of_multiplies(grad_hs, ha):
    """The chain rule multiplies the two factors; here they are added."""
    return grad_hs + (ha > 0)


def grad_ha__transposed_result(grad_ha):
    """Your numbers are right but laid out sideways: each example is a row."""
    return grad_ha.T


def grad_ha__reduces_too_early(grad_ha):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_ha, axis=0)


def grad_ha__reduces_too_early__2(grad_ha):
    return np.sum(grad_ha, axis=0)


def grad_ha__reduces_too_early__3(grad_ha):
    return np.mean(grad_ha, axis=0, keepdims=True)


def grad_ha__reduces_too_early__4(grad_ha):
    return np.sum(grad_ha, axis=0, keepdims=True)


def grad_ha__reduces_too_early__5(grad_ha):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return grad_ha * 0 + np.mean(grad_ha, axis=0)


def grad_ha__reduces_too_early__6(grad_ha):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return grad_ha * 0 + np.sum(grad_ha, axis=0)


def grad_ha__reduces_too_early__7(grad_hs, ha):
    """Each example keeps its own gradient at this stage; do not replace them by their mean."""
    return np.mean(grad_hs, axis=0) * (ha > 0)


def grad_ha__first_example_only(grad_ha):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_ha[0]


def grad_ha__first_example_only__2(grad_ha):
    return grad_ha[:1]


def grad_ha__class_order_lost(grad_ha):
    """Turning the rows round separates the gradients from their examples."""
    return grad_ha[::-1]


def grad_ha__list_arithmetic(grad_hs, ha):
    """With Python lists, + joins and * repeats; convert to arrays to do arithmetic."""
    return [list(g) * int(np.sum(a > 0)) for g, a in zip(grad_hs, ha, strict=False)]


def grad_ha__wrong_weight_matrix(W2, grad_hs):
    """The gradient has come through W2 already; only the ReLU lies between grad_hs and grad_ha."""
    return grad_hs @ W2.T


# ---------------------------------------------------------------- with a number that stands in the student's code


def grad_ha__wrong_threshold__2(grad_hs, ha, number):
    """The ReLU switches at 0, so that is the value to compare ha with."""
    return grad_hs * (ha > number)


def grad_ha__wrong_threshold__3(grad_hs, ha, number):
    """The ReLU switches at 0, so that is the value to compare ha with."""
    return grad_hs * (ha >= number)


def grad_ha__wrong_threshold__4(grad_hs, hs, number):
    """The ReLU switches at 0, so that is the value to compare with."""
    return grad_hs * (hs > number)


def grad_ha__relu_derivative_at_zero__4(grad_hs, ha, number):
    """The convention here: the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (ha > 0)."""
    return grad_hs * np.heaviside(ha, number)


def grad_ha__wrong_activation_derivative__10(grad_hs, ha, number):
    """That is a leaky ReLU; the plain ReLU blocks the gradient completely for inactive units."""
    return grad_hs * np.where(ha > 0, 1, number)


def grad_ha__wrong_activation_derivative__11(grad_hs, ha, number):
    """This replaces the step of the ReLU by a smooth curve; the ReLU's derivative is exactly 0 or 1."""
    return grad_hs / (1 + np.exp(-number * ha))


def grad_ha__wrong_activation_derivative__12(grad_hs, ha, number):
    """That is an ELU; the plain ReLU blocks the gradient completely for inactive units."""
    return grad_hs * np.where(ha > 0, 1, number * np.exp(ha))


def grad_oa__over_clipping(os, y, number, n, average_at):
    """Clipping the probabilities this hard changes the gradient; a clip is only meant to protect the logarithm."""
    p = np.clip(os, min(number, 1 - number), max(number, 1 - number))
    return (p - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__over_clipping__2(os, y, number, n, average_at):
    return (np.maximum(os, number) - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__over_clipping__3(os, y, number, n, average_at):
    return (np.minimum(os, number) - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_oa__over_clipping__4(grad_oa, number):
    return np.clip(grad_oa, -abs(number), abs(number))


def grad_oa__hard_coded_class_count(os, y, number, n, average_at):
    """The number of classes is fixed in the code; read it from the shape of os so it works for any m."""
    return (os - np.eye(int(number))[y]) / _early(average_at, n)


def grad_hs__uses_updated_weights(grad_oa, W2, hs, number):
    """Use the weights of the forward pass: the update happens only after all gradients have been computed."""
    return grad_oa @ (W2 - number * hs.T @ grad_oa).T


def grad_hs__uses_updated_weights__2(grad_oa, W2, hs):
    return grad_oa @ (W2 - hs.T @ grad_oa).T


def grad_hs__uses_updated_weights__3(grad_oa, W2, hs, number, n):
    return grad_oa @ (W2 - number * hs.T @ grad_oa / n).T


def grad_hs__uses_updated_weights__4(grad_oa, W2, hs, n):
    return grad_oa @ (W2 - hs.T @ grad_oa / n).T


def grad_x__uses_updated_weights(grad_ha, W1, X, number):
    return grad_ha @ (W1 - number * X.T @ grad_ha).T


def grad_x__uses_updated_weights__2(grad_ha, W1, X):
    return grad_ha @ (W1 - X.T @ grad_ha).T


def grad_x__uses_updated_weights__3(grad_ha, W1, X, number, n):
    return grad_ha @ (W1 - number * X.T @ grad_ha / n).T


def grad_x__uses_updated_weights__4(grad_ha, W1, X, n):
    return grad_ha @ (W1 - X.T @ grad_ha / n).T


def grad_b2__hard_coded_batch_size(grad_oa, number):
    """The batch size is fixed in the code; read n from the data, because the last batch may be smaller."""
    return np.sum(grad_oa, axis=0) / number


def grad_b1__hard_coded_batch_size(grad_ha, number):
    return np.sum(grad_ha, axis=0) / number


def grad_W2__hard_coded_batch_size(grad_oa, hs, number):
    return hs.T @ grad_oa / number


def grad_W1__hard_coded_batch_size(grad_ha, X, number):
    return X.T @ grad_ha / number


def grad_oa__hard_coded_batch_size(os, y, number):
    return (os - np.eye(os.shape[1])[y]) / number


def grad_b2__hard_coded_batch_size__2(grad_oa, number):
    return sum(grad_oa[i] for i in range(int(number))) / number


def grad_oa__hard_coded_batch_size__2(os, y, number):
    g = os.copy()
    g[np.arange(int(number)), y] -= 1
    return g / number


def grad_ha__wrong_activation_derivative__13(grad_hs, ha, number):
    """That is a leaky ReLU; the plain ReLU blocks the gradient completely for inactive units."""
    return grad_hs * np.where(ha > 0, 1, np.where(ha < 0, number, 0))


def grad_oa__stops_at_softmax__5(os, y, number, n, average_at):
    """This is the derivative with respect to the probabilities os; there is still the softmax to go through before
    reaching oa."""
    return -np.eye(os.shape[1])[y] / np.maximum(os, number) / _early(average_at, n)


def grad_oa__stops_at_softmax__6(os, y, number, n, average_at):
    return -np.eye(os.shape[1])[y] / (os + number) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only__6(os, y, number, n, average_at):
    """Every softmax output depends on every logit, so the off-diagonal terms of its Jacobian cannot be dropped."""
    return -np.eye(os.shape[1])[y] / np.maximum(os, number) * os * (1 - os) / _early(average_at, n)


def grad_oa__softmax_jacobian_diagonal_only__7(os, y, number, n, average_at):
    return -np.eye(os.shape[1])[y] / (os + number) * os * (1 - os) / _early(average_at, n)


def grad_oa__zero_over_zero__4(os, y, number, n, average_at):
    """Mathematically right, but dividing by os breaks down when a probability is very small; simplify to os minus
    one-hot first."""
    d = -np.eye(os.shape[1])[y] / (os + number)
    return os * (d - np.sum(d * os, axis=1, keepdims=True)) / _early(average_at, n)


def grad_oa__zero_over_zero__5(os, y, number, n, average_at):
    d = -np.eye(os.shape[1])[y] / np.maximum(os, number)
    return os * (d - np.sum(d * os, axis=1, keepdims=True)) / _early(average_at, n)


def grad_oa__returns_loss_not_gradient__6(os, y, number):
    """This returns the loss itself; we are after its derivative with respect to the scores."""
    return -np.mean(np.log(os[np.arange(len(y)), y] + number))


def grad_oa__returns_loss_not_gradient__7(os, y, number):
    return -np.mean(np.log(np.maximum(os[np.arange(len(y)), y], number)))


def grad_oa__softmax_wrong_axis__12(oa, y, number, n, average_at):
    """Each row is one example, so the softmax must be normalised along the classes (axis=1) and keep that axis."""
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return (e / (np.sum(e, axis=0) + number) - np.eye(oa.shape[1])[y]) / _early(average_at, n)


def grad_oa__label_off_by_one__9(os, y, n, average_at):
    """The true class's column is column y itself: classes are counted from 0 here."""
    return (os - np.roll(np.eye(os.shape[1])[y], 1, axis=1)) / _early(average_at, n)


def grad_b2__missing_upstream_gradient__3(m):
    """1 is the local derivative of '+ b2'; multiply it by the incoming gradient grad_oa."""
    return np.ones(m)


def grad_b1__missing_upstream_gradient__3(dh):
    """1 is the local derivative of '+ b1'; multiply it by the incoming gradient grad_ha."""
    return np.ones(dh)


def grad_b1__missing_upstream_gradient__4(ha, n, average_at):
    """This is the slope of the ReLU; multiply it by the gradient arriving from the layer above."""
    return np.sum(ha > 0, axis=0) / _late(average_at, n)


def grad_ha__matmul_instead_of_elementwise__7(grad_hs, ha):
    """The mask acts entry by entry, so this product must be element-wise."""
    return grad_hs @ (ha > 0).T @ (ha > 0)


def grad_ha__loop_bounds(grad_hs, ha):
    """The loop stops before the last one; range already excludes its end."""
    g = grad_hs * (ha > 0)
    g[-1] = grad_hs[-1]
    return g


def grad_ha__loop_bounds__2(grad_hs, ha):
    """The loop starts at 1, so the first one is never looked at."""
    g = grad_hs * (ha > 0)
    g[0] = grad_hs[0]
    return g


def grad_ha__loop_bounds__3(grad_hs, ha):
    g = grad_hs * (ha > 0)
    g[:, -1] = grad_hs[:, -1]
    return g


def grad_ha__loop_bounds__4(grad_hs, ha):
    g = grad_hs * (ha > 0)
    g[:, 0] = grad_hs[:, 0]
    return g


def grad_ha__list_arithmetic__2(grad_hs, ha):
    """With Python lists, + joins and * repeats; convert to arrays to do arithmetic."""
    return np.concatenate([np.append(g, a > 0) for g, a in zip(grad_hs, ha, strict=False)])


def grad_ha__list_arithmetic__3(grad_hs, ha):
    return np.concatenate([grad_hs, ha > 0])


def grad_ha__list_arithmetic__4(grad_hs, ha):
    return np.concatenate([grad_hs, ha > 0], axis=1)


def grad_hs__list_arithmetic(grad_oa, W2):
    return (grad_oa[:, np.newaxis, :] * W2).reshape(len(grad_oa), -1)


def grad_hs__return_inside_loop(grad_hs):
    """The return is indented inside the loop, so the function leaves after the first step."""
    g = np.zeros(grad_hs.shape)
    g[0] = grad_hs[0]
    return g


def grad_ha__return_inside_loop(grad_hs, ha):
    g = grad_hs.copy()
    g[0] = grad_hs[0] * (ha[0] > 0)
    return g


def grad_W2__return_inside_loop(grad_oa, hs, n, average_at):
    return np.outer(hs[0], grad_oa[0]) / _late(average_at, n)


def grad_W1__return_inside_loop(grad_ha, X, n, average_at):
    return np.outer(X[0], grad_ha[0]) / _late(average_at, n)


def grad_b2__return_inside_loop(grad_oa, n, average_at):
    return grad_oa[0] / _late(average_at, n)


def grad_b1__return_inside_loop(grad_ha, n, average_at):
    return grad_ha[0] / _late(average_at, n)


def grad_oa__integer_truncation(os, y, n, average_at):
    """Your array has an integer type, so the decimals are silently thrown away; make it a float array."""
    return (np.trunc(os) - np.eye(os.shape[1])[y]) / _early(average_at, n)


def grad_W2__integer_truncation(grad_oa, hs, n, average_at):
    return hs.T @ np.trunc(grad_oa) / _late(average_at, n)


def grad_W1__integer_truncation(grad_ha, X, n, average_at):
    return X.T @ np.trunc(grad_ha) / _late(average_at, n)


def grad_b2__integer_truncation(grad_oa, n, average_at):
    return np.sum(np.trunc(grad_oa), axis=0) / _late(average_at, n)


def grad_b1__integer_truncation(grad_ha, n, average_at):
    return np.sum(np.trunc(grad_ha), axis=0) / _late(average_at, n)


def grad_ha__wrong_threshold__5(grad_hs, ha):
    """Nothing happens to a ReLU at 1: the gradient passes for every positive ha."""
    return grad_hs * (ha >= 1)


def grad_oa__rounds_result(os, y, number, n, average_at):
    """Please return the full precision: rounding the numbers makes the gradient wrong."""
    return (np.round(os, int(number)) - np.eye(os.shape[1])[y]) / _early(average_at, n)
