"""What goes wrong in `hw3_gradients`: each function is a quantity as a known mistake makes it.

`grad_oa__label_off_by_one` is grad_oa under the misconception label-off-by-one; a number behind it (`__2`) counts other
ways to the same mistake. Parameters are quantities, as in the reference; the quantity's own name stands for its right
value. The text is what the student reads; where there is none, that of the first function about the same quantity and
mistake is taken, else the mistake's first. Of two mistakes that give the same numbers, the one further up is named.
"""

import numpy as np


def _onehot(os, y):
    return np.eye(len(os))[y - 1]


def _softmax(oa):
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e)


# ---------------------------------------------------------------- labels and the error at the output


def grad_oa__label_off_by_one(os, y):
    """The true class's row of the gradient is row y-1, because rows are counted from 0."""
    g = os.copy()
    g[y] -= 1
    return g


def grad_oa__label_off_by_one__2(os, y):
    g = os.copy()
    g[-y] -= 1
    return g


def grad_oa__label_off_by_one__3(os, y):
    g = os.copy()
    g[y - 2] -= 1
    return g


def grad_oa__label_off_by_one__4(os, y):
    return os - (np.arange(len(os)) == y)


def grad_oa__label_off_by_one__5(os, y):
    return os - np.roll(_onehot(os, y), 1)


def grad_oa__label_off_by_one__6(os, y):
    return os - np.roll(_onehot(os, y), -1)


def grad_oa__label_off_by_one__7(os, y):
    return os - np.eye(len(os))[min(y, len(os) - 1)]


def grad_hs__label_off_by_one(W2, os, y):
    """The row to subtract is the one of the true class, W2[y-1]."""
    return W2.T @ os - W2[y]


def grad_oa__missing_one_hot(os):
    """The error signal at the output is os minus the one-hot label; the label is missing here."""
    return os.copy()


def grad_hs__missing_one_hot(W2, os):
    """W2.T times os is the first half; the row of W2 that belongs to the true class still has to be subtracted."""
    return W2.T @ os


def grad_oa__plus_instead_of_minus(os, y):
    """The one-hot label should be subtracted from the probabilities, not added to them."""
    return os + _onehot(os, y)


def grad_oa__gradient_sign(os, y):
    """The sign is the wrong way round: the gradient is probabilities minus label. It points uphill."""
    return _onehot(os, y) - os


def grad_oa__subtracts_from_every_class(os):
    """Only the entry of the true class loses 1; the other probabilities stay as they are."""
    return os - 1


def grad_oa__subtracts_from_every_class__2(os, y):
    """Only the entry of the true class loses 1; the other probabilities stay as they are."""
    return os - np.sum(_onehot(os, y)) / len(os)


def grad_oa__subtracts_from_every_class__3(os, y):
    return os - os[y - 1]


def grad_oa__subtracts_from_every_class__4(os, y):
    return os - (1 - _onehot(os, y))


def grad_oa__label_number_subtracted(os, y):
    """y is the name of a class, not a quantity: subtract its one-hot vector rather than the number itself."""
    return os - y


def grad_oa__label_number_subtracted__2(os, y):
    return os - (y - 1)


def grad_oa__label_number_subtracted__3(os, y):
    return os - y * _onehot(os, y)


def grad_oa__label_number_subtracted__4(os, y):
    return os - (y - 1) * _onehot(os, y)


def grad_oa__one_hot_sized_by_label(os, y):
    """The one-hot vector needs one entry per class (m), not as many entries as the value of the label."""
    return os - np.eye(y)[y - 1]


def grad_oa__one_hot_sized_by_label__2(os, y):
    return (os[:y] - np.eye(y)[y - 1]) if len(os) >= y else os


def grad_oa__one_hot_sized_by_label__3(os, y):
    return os - np.eye(y + 1)[y]


def grad_oa__one_hot_sized_by_label__4(os, y):
    t = np.zeros(y)
    t[-1] = 1
    return np.concatenate([os[:y] - t])


def grad_oa__logits_instead_of_probabilities(oa, y):
    """The formula needs the probabilities os (after the softmax), not the scores oa (before it)."""
    return oa - np.eye(len(oa))[y - 1]


def grad_oa__class_order_lost(os, y):
    """Sorting the probabilities separates them from their classes; keep os in its original order."""
    return np.sort(os) - _onehot(os, y)


def grad_oa__class_order_lost__2(os, y):
    return np.sort(os)[::-1] - _onehot(os, y)


def grad_oa__class_order_lost__3(os, y):
    return np.sort(os - _onehot(os, y))


def grad_oa__class_order_lost__4(os, y):
    return os[::-1] - _onehot(os, y)


def grad_oa__class_order_lost__5(os, y):
    return np.argsort(os) - _onehot(os, y)


def grad_oa__prediction_instead_of_label(os):
    """The target must come from the label y, not from the class your network currently prefers."""
    return os - np.eye(len(os))[np.argmax(os)]


def grad_oa__prediction_instead_of_label__2(os):
    return os - (os == np.max(os))


def grad_oa__prediction_instead_of_label__3(os):
    return os - np.round(os)


def grad_oa__only_true_class_filled(os, y):
    """The other classes receive a gradient too: their entry is their own probability."""
    return (os - 1) * _onehot(os, y)


def grad_oa__only_true_class_filled__2(os, y):
    return -_onehot(os, y)


def grad_oa__only_true_class_filled__3(os, y):
    return -_onehot(os, y) * os


def grad_oa__only_true_class_filled__4(os, y):
    return os[y - 1] - 1


def grad_oa__only_true_class_filled__5(os, y):
    return os * _onehot(os, y)


def grad_oa__only_true_class_filled__6(os, y):
    return (1 - os) * _onehot(os, y)


def grad_hs__only_true_class_row(W2, y):
    """The probabilities' share is missing: all rows of W2 take part, not only the one of the true class."""
    return -W2[y - 1]


def grad_hs__only_true_class_row__2(W2, y):
    return W2[y - 1]


def grad_hs__only_true_class_row__3(W2, os, y):
    return W2[y - 1] * (os[y - 1] - 1)


def grad_hs__only_true_class_row__4(W2, grad_oa, y):
    return W2[y - 1] * grad_oa[y - 1]


def grad_oa__softmax_jacobian_diagonal_only(os, y):
    """Every softmax output depends on every logit, so the off-diagonal terms of its Jacobian cannot be dropped."""
    return -_onehot(os, y) / os * os * (1 - os)


def grad_oa__softmax_jacobian_diagonal_only__2(os, y):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify together."""
    return (os - _onehot(os, y)) * os * (1 - os)


def grad_oa__softmax_jacobian_diagonal_only__3(os, y):
    return -_onehot(os, y) * (1 - os)


def grad_oa__softmax_jacobian_diagonal_only__4(os):
    return os * (1 - os)


def grad_oa__softmax_jacobian_diagonal_only__5(os, y):
    return -_onehot(os, y) / np.maximum(os, 1e-300) * os * (1 - os)


def grad_oa__squared_error_derivative(os, y):
    """This looks like the derivative of a squared error; for softmax with cross-entropy it simplifies to os minus the
    one-hot label."""
    return 2 * (os - _onehot(os, y)) * os * (1 - os)


def grad_oa__squared_error_derivative__2(os, y):
    return 2 * (os - _onehot(os, y))


def grad_oa__squared_error_derivative__3(os, y):
    e = os - _onehot(os, y)
    return os * (e - np.sum(e * os))


def grad_oa__squared_error_derivative__4(os, y):
    e = 2 * (os - _onehot(os, y))
    return os * (e - np.sum(e * os))


def grad_oa__squared_error_derivative__5(os, y):
    return (os - _onehot(os, y)) ** 2


def grad_oa__squared_error_derivative__6(os, y):
    return 2 * (os - _onehot(os, y)) / len(os)


def grad_oa__squared_error_derivative__7(os, y):
    return (os - _onehot(os, y)) * (1 - os)


def grad_oa__stops_at_softmax(os, y):
    """This is the derivative with respect to the probabilities os; there is still the softmax to go through before
    reaching oa."""
    return -_onehot(os, y) / os


def grad_oa__stops_at_softmax__2(os, y):
    return -_onehot(os, y) / np.maximum(os, 1e-300)


def grad_oa__stops_at_softmax__3(os, y):
    return np.where(_onehot(os, y) > 0, -1 / os, 0)


def grad_oa__stops_at_softmax__4(os):
    return -1 / os


def grad_oa__returns_loss_not_gradient(os, y):
    """This returns the loss itself; we are after its derivative with respect to the scores."""
    return -np.log(os[y - 1])


def grad_oa__returns_loss_not_gradient__2(os, y):
    return -_onehot(os, y) * np.log(os)


def grad_oa__returns_loss_not_gradient__3(os):
    return -np.log(os)


def grad_oa__zero_over_zero(os, y):
    """Mathematically right, but dividing by os breaks down when a probability is exactly 0; simplify to os minus
    one-hot first."""
    return (np.diag(os) - np.outer(os, os)) @ (-_onehot(os, y) / os)


def grad_oa__zero_over_zero__2(os, y):
    return os * (1 - _onehot(os, y) / os)


def grad_oa__zero_over_zero__3(os, y):
    d = -_onehot(os, y) / os
    return os * (d - np.sum(d * os))


def grad_oa__zero_over_zero__4(os, y):
    return os - _onehot(os, y) * os / os


def grad_oa__unstable_softmax(oa, y):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the same
    but safe."""
    e = np.exp(oa)
    return e / np.sum(e) - np.eye(len(oa))[y - 1]


def grad_oa__unstable_softmax__2(oa, y):
    e = np.exp(oa)
    return np.exp(oa - np.log(np.sum(e))) - np.eye(len(oa))[y - 1]


def grad_oa__unstable_softmax__3(oa, y):
    e = np.exp(oa - np.min(oa))
    return e / np.sum(e) - np.eye(len(oa))[y - 1]


def grad_oa__unstable_softmax__4(oa, y):
    e = np.exp(oa - np.mean(oa))
    return e / np.sum(e) - np.eye(len(oa))[y - 1]


def grad_oa__softmax_applied_twice(os, y):
    """os are probabilities already: the softmax must not be applied to them again."""
    return _softmax(os) - _onehot(os, y)


def grad_oa__averages_over_classes(grad_oa, m):
    """There is a single example here, so nothing needs to be divided by the number of classes."""
    return grad_oa / m


def grad_W2__averages_over_classes(grad_W2, m):
    return grad_W2 / m


def grad_b2__averages_over_classes(grad_b2, m):
    return grad_b2 / m


def grad_hs__averages_over_classes(grad_hs, m):
    return grad_hs / m


def grad_oa__averages_parts_only(os, y, m):
    """Only one of the two terms is divided; put parentheses around the difference."""
    return os / m - _onehot(os, y)


def grad_oa__averages_parts_only__2(os, y, m):
    return os - _onehot(os, y) / m


def grad_oa__wrong_log_base(os, y):
    """The loss uses the natural logarithm, so no factor log(2) or log(10) should appear."""
    return (os - _onehot(os, y)) / np.log(2)


def grad_oa__wrong_log_base__2(os, y):
    return (os - _onehot(os, y)) / np.log(10)


def grad_oa__wrong_log_base__3(os, y):
    return (os - _onehot(os, y)) * np.log(2)


def grad_oa__integer_division(grad_oa):
    """// throws away the decimals; use / for a real division."""
    return grad_oa // 1


def grad_oa__integer_division__2(os):
    return np.zeros(len(os))


def grad_oa__expects_one_hot_labels(os, y):
    """y holds a class number here, so it has to be turned into a one-hot vector before subtracting."""
    return os - np.eye(len(os))[np.argmax(y)]


def grad_oa__label_broadcast_shape(os, y):
    """This comparison has one axis too many, so the result is a matrix; keep one entry per class."""
    return os - (np.arange(len(os))[:, None] == y - 1)


def grad_oa__column_row_broadcast(os, y):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return os[:, None] - _onehot(os, y)


def grad_oa__column_row_broadcast__2(os, y):
    return os - _onehot(os, y)[:, None]


# ---------------------------------------------------------------- biases


def grad_b2__missing_upstream_gradient(m):
    """1 is the local derivative of '+ b2'; multiply it by the incoming gradient grad_oa."""
    return np.ones(m)


def grad_b1__missing_upstream_gradient(dh):
    """1 is the local derivative of '+ b1'; multiply it by the incoming gradient grad_ha."""
    return np.ones(dh)


def grad_b1__missing_upstream_gradient__2(ha):
    """This is the slope of the ReLU; multiply it by the gradient arriving from the layer above."""
    return (ha > 0) * 1.0


def grad_b2__value_instead_of_gradient(os):
    """The bias gradient is the gradient at the output, grad_oa, not the output probabilities themselves."""
    return os.copy()


def grad_b2__value_instead_of_gradient__2(oa):
    return oa.copy()


def grad_b1__value_instead_of_gradient(hs):
    """The bias gradient is the gradient at the hidden layer, grad_ha, not the layer's value."""
    return hs.copy()


def grad_b1__value_instead_of_gradient__2(ha):
    return ha.copy()


def grad_b1__unmasked_gradient_used(grad_hs):
    """The bias b1 sits before the ReLU, so its gradient is grad_ha (masked), not grad_hs."""
    return grad_hs.copy()


def grad_W1__unmasked_gradient_used(grad_hs, x):
    """This uses the gradient before the ReLU mask (grad_hs); the first layer sees the masked one (grad_ha)."""
    return np.outer(grad_hs, x)


def grad_x__unmasked_gradient_used(grad_hs, W1):
    """This uses the gradient before the ReLU mask (grad_hs); the first layer sees the masked one (grad_ha)."""
    return W1.T @ grad_hs


def grad_b2__sums_over_units(grad_oa):
    """Summing over axis 0 is meant for batches; with one example it adds up the units, which should stay separate."""
    return np.sum(grad_oa)


def grad_b1__sums_over_units(grad_ha):
    """Each unit has its own bias and therefore its own entry; do not add them up."""
    return np.sum(grad_ha)


def grad_b2__sums_over_units__2(grad_oa):
    return np.sum(grad_oa) * np.ones(len(grad_oa))


def grad_b1__sums_over_units__2(grad_ha):
    return np.sum(grad_ha) * np.ones(len(grad_ha))


def grad_b1__mean_instead_of_sum(grad_ha):
    """There is nothing to average: one example, one gradient per hidden unit."""
    return grad_ha / len(grad_ha)


def grad_b1__mean_instead_of_sum__2(grad_ha):
    return np.mean(grad_ha)


def grad_b2__mean_instead_of_sum__2(grad_oa):
    """There is nothing to average: one example, one gradient per class."""
    return np.mean(grad_oa)


def grad_b2__max_instead_of_sum(grad_oa):
    """The contributions are added up, not replaced by the largest one."""
    return np.max(grad_oa)


def grad_b1__max_instead_of_sum(grad_ha):
    return np.max(grad_ha)


def grad_b2__bias_times_bias(grad_oa, b2):
    """The bias enters as '+ b', so its derivative is 1: the value of b itself does not appear."""
    return grad_oa * b2


def grad_b1__bias_times_bias(grad_ha, b1):
    return grad_ha * b1


def grad_b2__bias_times_input(grad_oa, hs):
    """The bias is not multiplied by any input, so its gradient is just the incoming gradient."""
    return grad_oa * np.sum(hs)


def grad_b2__bias_times_input__2(grad_oa, hs):
    return grad_oa * np.mean(hs)


def grad_b2__bias_times_input__3(grad_oa, hs):
    return np.outer(grad_oa, hs)


def grad_b2__bias_times_input__4(grad_oa, hs):
    return grad_oa * hs


def grad_b2__bias_times_input__5(grad_oa, hs):
    return grad_oa * np.max(hs)


def grad_b2__bias_times_input__6(grad_oa, hs):
    return grad_oa * hs[0]


def grad_b1__bias_times_input(grad_ha, x):
    return grad_ha * np.sum(x)


def grad_b1__bias_times_input__2(grad_ha, x):
    return grad_ha * np.mean(x)


def grad_b1__bias_times_input__3(grad_ha, x):
    return np.outer(grad_ha, x)


def grad_b1__bias_times_input__4(grad_ha, x):
    return grad_ha * x


def grad_b1__bias_times_input__5(grad_ha, x):
    return grad_ha * x[0]


def grad_b1__bias_times_input__6(grad_ha, hs):
    return grad_ha * hs


def grad_b2__misses_last_element(grad_oa):
    """The slice stops one element too early."""
    return grad_oa[:-1]


def grad_b1__misses_last_element(grad_ha):
    return grad_ha[:-1]


def grad_b2__column_row_broadcast(grad_oa):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return grad_oa[:, None] * np.ones(len(grad_oa))


def grad_b2__column_row_broadcast__2(grad_oa):
    return grad_oa * np.ones((len(grad_oa), 1))


def grad_b1__column_row_broadcast(grad_ha):
    return grad_ha[:, None] * np.ones(len(grad_ha))


def grad_b1__column_row_broadcast__2(grad_ha):
    return grad_ha * np.ones((len(grad_ha), 1))


def grad_b1__column_row_broadcast__3(grad_hs, ha):
    return grad_hs[:, None] * (ha > 0)


def grad_b1__column_row_broadcast__4(grad_hs, ha):
    return grad_hs * (ha > 0)[:, None]


def grad_b2__wrong_input_variable(grad_ha):
    """b2 is added in the output layer, so its gradient is grad_oa."""
    return grad_ha.copy()


def grad_b1__wrong_input_variable(grad_oa):
    """b1 is added in the hidden layer, so its gradient is grad_ha."""
    return grad_oa.copy()


# ---------------------------------------------------------------- weights


def grad_W2__missing_input_factor(grad_oa, dh):
    """The gradient of a weight is (gradient of its output) times (its input); the input factor is missing."""
    return grad_oa[:, None] * np.ones(dh)


def grad_W2__missing_input_factor__2(grad_oa):
    """Both factors are grad_oa; the second one should be the layer's input hs."""
    return np.outer(grad_oa, grad_oa)


def grad_W2__missing_input_factor__3(grad_oa):
    return grad_oa.copy()


def grad_W1__missing_input_factor(grad_ha, d):
    return grad_ha[:, None] * np.ones(d)


def grad_W1__missing_input_factor__2(grad_ha):
    """Both factors are grad_ha; the second one should be the layer's input x."""
    return np.outer(grad_ha, grad_ha)


def grad_W1__missing_input_factor__3(grad_ha):
    return grad_ha.copy()


def grad_W2__missing_upstream_gradient(hs, m):
    """This is the layer's input alone; multiply it by the gradient arriving from the layer above."""
    return np.ones((m, 1)) * hs


def grad_W2__missing_upstream_gradient__2(hs):
    return hs.copy()


def grad_W1__missing_upstream_gradient(x, dh):
    return np.ones((dh, 1)) * x


def grad_W1__missing_upstream_gradient__2(x):
    return x.copy()


def grad_W1__missing_upstream_gradient__3(ha, x):
    """This is the slope of the ReLU times the input; multiply it by the gradient arriving from the layer above."""
    return np.outer(ha > 0, x)


def grad_W2__preactivation_instead_of_activation(grad_oa, ha):
    """The second layer receives hs (after the ReLU), so hs and not ha multiplies the gradient of W2."""
    return np.outer(grad_oa, ha)


def grad_W2__mask_instead_of_activation(grad_oa, ha):
    """Here the activation values hs themselves are needed, not just whether the units are on."""
    return np.outer(grad_oa, ha > 0)


def grad_W2__mask_instead_of_activation__2(grad_oa, hs):
    return np.outer(grad_oa, hs > 0)


def grad_W2__value_instead_of_gradient(os, hs):
    """The first factor must be the gradient grad_oa, not the probabilities os."""
    return np.outer(os, hs)


def grad_W2__value_instead_of_gradient__2(oa, hs):
    """The first factor must be the gradient grad_oa, not the scores oa."""
    return np.outer(oa, hs)


def grad_W1__value_instead_of_gradient(hs, x):
    """The first factor must be the gradient grad_ha, not the layer's value."""
    return np.outer(hs, x)


def grad_W1__value_instead_of_gradient__2(ha, x):
    return np.outer(ha, x)


def grad_hs__value_instead_of_gradient(W2, os):
    """The factor must be the gradient grad_oa, not the probabilities os."""
    return W2.T @ os


def grad_hs__value_instead_of_gradient__2(W2, oa):
    """The factor must be the gradient grad_oa, not the scores oa."""
    return W2.T @ oa


def grad_x__value_instead_of_gradient(W1, ha):
    """The factor must be the gradient grad_ha, not the layer's value."""
    return W1.T @ ha


def grad_x__value_instead_of_gradient__2(W1, hs):
    return W1.T @ hs


def grad_W1__wrong_input_variable(grad_ha, hs):
    """W1 multiplies the input x, so x (not hs) is the second factor."""
    return np.outer(grad_ha, hs)


def grad_W1__wrong_input_variable__2(grad_ha, ha):
    return np.outer(grad_ha, ha)


def grad_W1__wrong_input_variable__3(grad_ha, W1):
    """The derivative of W1 x with respect to W1 is x; the weights themselves do not appear."""
    return grad_ha[:, None] * W1


def grad_W1__wrong_input_variable__4(grad_oa, x):
    """W1 belongs to the hidden layer: its gradient is made of grad_ha and x."""
    return np.outer(grad_oa, x)


def grad_W2__wrong_input_variable(grad_oa, x):
    """W2 multiplies the hidden layer hs, so hs (not x) is the second factor."""
    return np.outer(grad_oa, x)


def grad_W2__wrong_input_variable__2(grad_oa, W2):
    """The derivative of W2 hs with respect to W2 is hs; the weights themselves do not appear."""
    return grad_oa[:, None] * W2


def grad_W2__wrong_input_variable__3(grad_oa, grad_hs):
    """The second factor is the value hs that the layer receives, not its gradient."""
    return np.outer(grad_oa, grad_hs)


def grad_W2__wrong_input_variable__4(grad_oa, b1):
    """W2 multiplies the hidden layer hs; the bias b1 does not appear."""
    return np.outer(grad_oa, b1)


def grad_W2__adds_instead_of_multiplies(grad_oa, hs):
    """The chain rule multiplies the two factors; here they are added."""
    return grad_oa[:, None] + hs


def grad_W1__adds_instead_of_multiplies(grad_ha, x):
    return grad_ha[:, None] + x


def grad_W2__dot_instead_of_outer(grad_oa, hs):
    """A dot product of two vectors gives one number; the gradient of a matrix is the outer product of the vectors."""
    return np.dot(grad_oa, hs)


def grad_W1__dot_instead_of_outer(grad_ha, x):
    return np.dot(grad_ha, x)


def grad_W2__dot_instead_of_outer__2(grad_oa, hs):
    return sum(a * b for a, b in zip(grad_oa, hs, strict=False))


def grad_W1__dot_instead_of_outer__2(grad_ha, x):
    return sum(a * b for a, b in zip(grad_ha, x, strict=False))


def grad_W2__elementwise_instead_of_matmul(grad_oa, hs):
    """This multiplies entry by entry; the gradient of a matrix is the outer product of the two vectors."""
    return grad_oa * hs


def grad_W1__elementwise_instead_of_matmul(grad_ha, x):
    return grad_ha * x


def grad_W2__one_d_transpose_noop(grad_oa, hs):
    """.T does nothing on a 1-D array, so this is not an outer product; use np.outer or reshape to a column first."""
    return grad_oa.T * hs


def grad_W1__one_d_transpose_noop(grad_ha, x):
    return grad_ha.T * x


def grad_W2__one_d_transpose_noop__2(grad_oa, hs):
    return grad_oa @ hs.T


def grad_W1__one_d_transpose_noop__2(grad_ha, x):
    return grad_ha @ x.T


def grad_W2__swapped_arguments(grad_oa, hs):
    """The two vectors are swapped: the rows of the gradient follow the outputs of the layer, the columns its inputs."""
    return np.outer(hs, grad_oa)


def grad_W1__swapped_arguments(grad_ha, x):
    return np.outer(x, grad_ha)


def grad_W2__transposed_result(grad_W2):
    """Your numbers are right but laid out sideways: the gradient must have exactly the shape of the matrix it belongs
    to."""
    return grad_W2.T


def grad_W1__transposed_result(grad_W1):
    return grad_W1.T


def grad_W2__reshape_instead_of_transpose(grad_oa, hs):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a transpose."""
    return np.outer(hs, grad_oa).reshape(len(grad_oa), len(hs))


def grad_W1__reshape_instead_of_transpose(grad_ha, x):
    return np.outer(x, grad_ha).reshape(len(grad_ha), len(x))


def grad_W1__bias_trick_left_in(grad_ha, x):
    """The biases are separate parameters here, so W1 has no extra column for a constant 1."""
    return np.outer(grad_ha, np.append(x, 1))


def grad_W1__bias_trick_left_in__2(grad_ha, x):
    return np.outer(grad_ha, np.insert(x, 0, 1))


def grad_W2__bias_trick_left_in(grad_oa, hs):
    """The biases are separate parameters here, so W2 has no extra column for a constant 1."""
    return np.outer(grad_oa, np.append(hs, 1))


def grad_W2__bias_trick_left_in__2(grad_oa, hs):
    return np.outer(grad_oa, np.insert(hs, 0, 1))


def grad_W1__extra_factor(grad_ha, x):
    """x appears once in W1 x, so it appears once (not squared) in the gradient."""
    return np.outer(grad_ha, x**2)


def grad_W1__extra_factor__2(grad_W1, W1):
    """The derivative of W1 x with respect to W1 is x; the weights themselves do not appear."""
    return grad_W1 * W1


def grad_W2__extra_factor(grad_oa, hs):
    """hs appears once in W2 hs, so it appears once (not squared) in the gradient."""
    return np.outer(grad_oa, hs**2)


def grad_W2__extra_factor__2(grad_W2, W2):
    """The derivative of W2 hs with respect to W2 is hs; the weights themselves do not appear."""
    return grad_W2 * W2


def grad_W2__extra_factor__3(grad_oa, hs):
    """The gradient appears once (not squared)."""
    return np.outer(grad_oa**2, hs)


def grad_W1__extra_factor__3(grad_ha, x):
    """The gradient appears once (not squared)."""
    return np.outer(grad_ha**2, x)


def grad_W2__extra_factor__4(grad_oa, os, hs):
    """The factor os is already contained in grad_oa; it must not be multiplied in again."""
    return np.outer(grad_oa * os, hs)


def grad_W2__softmax_jacobian_diagonal_only(grad_oa, os, hs):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify together."""
    return np.outer(grad_oa * os * (1 - os), hs)


def grad_W1__rescales_gradient(grad_ha, x):
    """x is used as it is in the forward pass; do not normalise it in the backward pass."""
    return np.outer(grad_ha, x / np.linalg.norm(x))


def grad_W1__rescales_gradient__2(grad_ha, x):
    return np.outer(grad_ha, (x - np.mean(x)) / (np.std(x) + 1e-8))


def grad_W2__product_of_means(grad_oa, hs):
    """The mean of the products is not the product of the means: use the outer product of the two vectors."""
    return np.mean(grad_oa) * np.mean(hs) * np.ones((len(grad_oa), len(hs)))


# ---------------------------------------------------------------- going down: hs and x


def grad_hs__missing_transpose(W2, grad_oa):
    """Going backwards through a layer uses the transpose of its weight matrix."""
    return W2 @ grad_oa


def grad_x__missing_transpose(W1, grad_ha):
    return W1 @ grad_ha


def grad_hs__reshape_instead_of_transpose(W2, grad_oa):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a transpose."""
    return W2.reshape(W2.shape[1], W2.shape[0]) @ grad_oa


def grad_x__reshape_instead_of_transpose(W1, grad_ha):
    return W1.reshape(W1.shape[1], W1.shape[0]) @ grad_ha


def grad_hs__inverse_instead_of_transpose(W2, grad_oa):
    """Going backwards multiplies by the transpose of the weights, not by their (pseudo-)inverse."""
    return np.linalg.pinv(W2) @ grad_oa


def grad_x__inverse_instead_of_transpose(W1, grad_ha):
    return np.linalg.pinv(W1) @ grad_ha


def grad_hs__inverse_instead_of_transpose__2(W2, grad_oa):
    return np.linalg.inv(W2) @ grad_oa


def grad_x__inverse_instead_of_transpose__2(W1, grad_ha):
    return np.linalg.inv(W1) @ grad_ha


def grad_hs__inverse_instead_of_transpose__3(W2, grad_oa):
    return np.linalg.lstsq(W2, grad_oa, rcond=None)[0]


def grad_x__inverse_instead_of_transpose__3(W1, grad_ha):
    return np.linalg.lstsq(W1, grad_ha, rcond=None)[0]


def grad_hs__mask_applied_too_early(W2, grad_oa, ha):
    """The ReLU mask belongs to the next step (grad_ha); at this point the gradient with respect to hs is not masked
    yet."""
    return W2.T @ grad_oa * (ha > 0)


def grad_hs__mask_applied_too_early__2(W2, grad_oa, hs):
    return W2.T @ grad_oa * (hs > 0)


def grad_hs__missing_sum_over_outputs(W2, grad_oa):
    """A hidden unit feeds every output, so its gradient is the sum of all those contributions."""
    return W2.T * grad_oa


def grad_hs__missing_sum_over_outputs__2(W2, grad_oa):
    return W2 * grad_oa[:, None]


def grad_hs__missing_sum_over_outputs__3(W2, grad_oa):
    """Each pass of the loop replaces the previous contribution; use += so the outputs add up."""
    return W2[-1] * grad_oa[-1]


def grad_hs__missing_sum_over_outputs__4(W2, grad_oa):
    return W2[0] * grad_oa[0]


def grad_x__missing_sum_over_outputs(W1, grad_ha):
    """An input feeds every hidden unit, so its gradient is the sum of all those contributions."""
    return W1.T * grad_ha


def grad_x__missing_sum_over_outputs__2(W1, grad_ha):
    return W1 * grad_ha[:, None]


def grad_x__missing_sum_over_outputs__3(W1, grad_ha):
    """Each pass of the loop replaces the previous contribution; use += so the hidden units add up."""
    return W1[-1] * grad_ha[-1]


def grad_x__missing_sum_over_outputs__4(W1, grad_ha):
    return W1[0] * grad_ha[0]


def grad_hs__elementwise_instead_of_matmul(W2, grad_oa):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return W2.T * grad_oa


def grad_hs__elementwise_instead_of_matmul__2(W2, grad_oa):
    return W2 * grad_oa


def grad_x__elementwise_instead_of_matmul(W1, grad_ha):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return W1.T * grad_ha


def grad_x__elementwise_instead_of_matmul__2(W1, grad_ha):
    return W1 * grad_ha


def grad_hs__mean_instead_of_sum(W2, grad_oa):
    """The chain rule adds the contributions of the different paths; it does not average them."""
    return W2.T @ grad_oa / len(grad_oa)


def grad_x__mean_instead_of_sum(W1, grad_ha):
    return W1.T @ grad_ha / len(grad_ha)


def grad_hs__max_instead_of_sum(W2, grad_oa):
    """The contributions of the outputs are added up, not replaced by the largest one."""
    return np.max(W2.T * grad_oa, axis=1)


def grad_x__max_instead_of_sum(W1, grad_ha):
    """The contributions of the hidden units are added up, not replaced by the largest one."""
    return np.max(W1.T * grad_ha, axis=1)


def grad_hs__sum_over_wrong_axis(W2, grad_oa):
    """The extra np.sum mixes all hidden units together; W2 transposed times grad_oa is already the answer."""
    return np.sum(W2.T @ grad_oa)


def grad_hs__sum_over_wrong_axis__2(W2, grad_oa):
    """The sum runs over the wrong index: keep the index of the unit you differentiate with respect to and sum over the
    other one."""
    return np.sum(W2.T * grad_oa, axis=0)


def grad_hs__sum_over_wrong_axis__3(W2, grad_oa):
    return np.sum(W2.T @ grad_oa) * np.ones(W2.shape[1])


def grad_hs__sum_over_wrong_axis__4(W2, grad_oa):
    return np.sum(W2 * np.sum(grad_oa), axis=0)


def grad_x__sum_over_wrong_axis(W1, grad_ha):
    """The extra np.sum mixes all inputs together; W1 transposed times grad_ha is already the answer."""
    return np.sum(W1.T @ grad_ha)


def grad_x__sum_over_wrong_axis__2(W1, grad_ha):
    """The sum runs over the wrong index: keep the index of the input you differentiate with respect to and sum over
    the other one."""
    return np.sum(W1.T * grad_ha, axis=0)


def grad_x__sum_over_wrong_axis__3(W1, grad_ha):
    return np.sum(W1.T @ grad_ha) * np.ones(W1.shape[1])


def grad_x__sum_over_wrong_axis__4(W1, grad_ha):
    return np.sum(W1, axis=0) * np.sum(grad_ha)


def grad_hs__wrong_weight_matrix(W1, grad_ha):
    """grad_hs comes back through the output layer, so W2 (transposed) is the matrix to use."""
    return W1.T @ grad_ha


def grad_hs__wrong_weight_matrix__2(W1, grad_oa):
    return W1.T @ grad_oa


def grad_hs__wrong_weight_matrix__3(W1, grad_oa):
    return W1 @ grad_oa


def grad_x__wrong_weight_matrix(W2, grad_oa):
    """This is the gradient with respect to hs; to reach x you must go on through the ReLU and W1."""
    return W2.T @ grad_oa


def grad_x__wrong_weight_matrix__2(W2, grad_ha):
    """x enters through the first layer, so W1 (transposed) is the matrix to use."""
    return W2.T @ grad_ha


def grad_x__wrong_weight_matrix__3(W2, grad_ha):
    return W2 @ grad_ha


def grad_x__wrong_weight_matrix__4(W1, grad_oa):
    return W1.T @ grad_oa


def grad_hs__label_number_subtracted(W2, os, y):
    """y is the name of a class, not a quantity: subtract its one-hot vector rather than the number itself."""
    return W2.T @ (os - y)


def grad_x__extra_factor(W1, grad_ha, x):
    """x itself does not appear in its own gradient: the derivative of W1 x with respect to x is W1."""
    return (W1.T @ grad_ha) * x


def grad_x__extra_factor__2(W1, grad_ha, ha):
    """grad_ha is masked already; the value of the layer does not appear once more."""
    return W1.T @ (grad_ha * ha)


def grad_x__extra_factor__3(W1, grad_ha):
    """The weights appear once (not squared) in the gradient."""
    return (W1**2).T @ grad_ha


def grad_hs__extra_factor(W2, grad_oa, hs):
    """hs itself does not appear in its own gradient: the derivative of W2 hs with respect to hs is W2."""
    return (W2.T @ grad_oa) * hs


def grad_hs__extra_factor__2(W2, grad_oa):
    """The weights appear once (not squared) in the gradient."""
    return (W2**2).T @ grad_oa


def grad_hs__extra_factor__3(W2, grad_oa, os):
    """The factor os is already contained in grad_oa; it must not be multiplied in again."""
    return W2.T @ (grad_oa * os)


def grad_hs__softmax_jacobian_diagonal_only(W2, grad_oa, os):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify together."""
    return W2.T @ (grad_oa * os * (1 - os))


def grad_x__missing_input_factor(grad_ha):
    """The gradient still has to go back through the weights W1."""
    return grad_ha.copy()


def grad_x__missing_input_factor__2(W1):
    return np.sum(W1, axis=0)


def grad_hs__missing_upstream_gradient(W2):
    """This is the sum of the weights alone; multiply each by the gradient arriving from the layer above."""
    return np.sum(W2, axis=0)


def grad_hs__missing_upstream_gradient__2(W2):
    return W2.copy()


def grad_x__missing_upstream_gradient(W1):
    """This is the sum of the weights alone; multiply each by the gradient arriving from the layer above."""
    return np.sum(W1, axis=0)


def grad_x__missing_upstream_gradient__2(W1, ha):
    return W1.T @ (ha > 0)


# ---------------------------------------------------------------- the relu


def grad_ha__relu_derivative_at_zero(grad_hs, ha):
    """The convention here: the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (ha > 0)."""
    return grad_hs * (ha >= 0)


def grad_ha__relu_derivative_at_zero__2(grad_hs, ha):
    return grad_hs * np.heaviside(ha, 0.5)


def grad_ha__relu_derivative_at_zero__3(grad_hs, hs):
    """hs is never negative, so hs >= 0 is always true and nothing is masked; use hs > 0."""
    return grad_hs * (hs >= 0)


def grad_ha__mask_rewritten_in_wrong_order(grad_hs, ha):
    """The second assignment catches the entries the first one just changed; compute the mask once with a comparison."""
    return grad_hs * np.ones(len(ha))


def grad_ha__mask_rewritten_in_wrong_order__2(grad_hs):
    return grad_hs * 0.0


def grad_ha__mask_rewritten_in_wrong_order__3(ha):
    return np.zeros(len(ha))


def grad_ha__mask_rewritten_in_wrong_order__4(ha):
    return np.ones(len(ha))


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


def grad_hs__relu_applied_to_gradient(grad_hs):
    return np.maximum(grad_hs, 0)


def grad_x__relu_applied_to_gradient(grad_x):
    return np.maximum(grad_x, 0)


def grad_b1__relu_applied_to_gradient(grad_ha):
    return np.maximum(grad_ha, 0)


def grad_ha__mask_from_gradient(grad_hs):
    """The mask depends on the sign of the pre-activation ha, not on the sign of the gradient."""
    return grad_hs * (grad_hs > 0)


def grad_ha__mask_from_gradient__2(grad_hs, ha):
    return grad_hs * (ha > 0) * (grad_hs > 0)


def grad_x__mask_from_gradient(W1, grad_ha):
    """grad_ha is already masked; throwing away its negative entries loses part of the gradient."""
    return W1.T @ (grad_ha * (grad_ha > 0))


def grad_W1__mask_from_gradient(grad_ha, x):
    """grad_ha is already masked; throwing away its negative entries loses part of the gradient."""
    return np.outer(grad_ha * (grad_ha > 0), x)


def grad_b1__mask_from_gradient(grad_hs):
    return grad_hs * (grad_hs > 0)


def grad_b1__mask_from_gradient__2(grad_ha):
    return grad_ha * (grad_ha > 0)


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
    return grad_hs * (1 - ha**2)


def grad_ha__wrong_activation_derivative__8(grad_hs, ha):
    return grad_hs * ha * (1 - ha)


def grad_ha__wrong_activation_derivative__9(grad_hs, ha):
    """That is an ELU; the plain ReLU blocks the gradient completely for inactive units."""
    return grad_hs * np.where(ha > 0, 1, np.exp(ha))


def grad_ha__extra_factor(grad_hs, ha):
    """The slope of the ReLU is 1 for active units; there is no other factor."""
    return 2 * grad_hs * (ha > 0)


def grad_ha__extra_factor__2(grad_hs, ha):
    return np.abs(grad_hs) * (ha > 0)


def grad_ha__extra_factor__3(grad_hs, ha):
    return grad_hs**2 * (ha > 0)


def grad_b1__extra_factor(grad_ha):
    """Why the absolute value? The sign of the gradient tells us which way to move the bias."""
    return np.abs(grad_ha)


def grad_b2__extra_factor(grad_oa):
    """Why the absolute value? The sign of the gradient tells us which way to move the bias."""
    return np.abs(grad_oa)


def grad_b2__extra_factor__2(grad_oa):
    """The gradient appears once (not squared): the bias enters as '+ b'."""
    return grad_oa**2


def grad_b2__extra_factor__3(grad_oa, os):
    """The factor os is already contained in grad_oa; it must not be multiplied in again."""
    return grad_oa * os


def grad_b2__softmax_jacobian_diagonal_only(grad_oa, os):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify together."""
    return grad_oa * os * (1 - os)


def grad_b1__extra_factor__2(grad_ha, ha):
    """The slope of the ReLU is in grad_ha already; the value of the layer does not appear once more."""
    return grad_ha * ha


def grad_b1__relu_value_instead_of_derivative(grad_hs, hs):
    """The derivative of the ReLU is 0 or 1; here the gradient is multiplied by the ReLU's value instead."""
    return grad_hs * hs


def grad_ha__missing_upstream_gradient(ha):
    """This is the slope of the ReLU; multiply it by the gradient arriving from the layer above."""
    return (ha > 0) * 1.0


def grad_ha__missing_upstream_gradient__2(ha):
    return np.maximum(ha, 0)


def grad_ha__np_max_instead_of_maximum(grad_hs, ha):
    """np.max gives the single largest entry; the element-by-element comparison is np.maximum."""
    return grad_hs * (np.max(ha, 0) > 0)


def grad_ha__np_max_instead_of_maximum__2(grad_hs, ha):
    return grad_hs * np.max(ha, 0)


def grad_ha__scalar_truth_of_array(grad_hs, ha):
    """The decision has to be taken unit by unit, not once for the whole vector."""
    return grad_hs if np.all(ha > 0) else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__2(grad_hs, ha):
    return grad_hs if np.any(ha > 0) else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__3(grad_hs, ha):
    return grad_hs if np.all(ha) else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__4(grad_hs, ha):
    return grad_hs if np.any(ha) else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__5(grad_hs, ha):
    return grad_hs if np.sum(ha) > 0 else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__6(grad_hs, ha):
    return grad_hs if np.mean(ha) > 0 else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__7(grad_hs, ha):
    """An array is not simply true or false; compare element by element, for example with np.where."""
    return grad_hs if ha > 0 else np.zeros(len(ha))


def grad_ha__scalar_truth_of_array__8(grad_hs, ha):
    return grad_hs if ha[0] > 0 else np.zeros(len(ha))


def grad_ha__dot_instead_of_elementwise(grad_hs, ha):
    """The mask acts unit by unit, so this product must be element-wise."""
    return np.dot(grad_hs, ha > 0)


def grad_ha__dot_instead_of_elementwise__2(grad_hs, hs):
    return np.dot(grad_hs, hs)


def grad_ha__matmul_instead_of_elementwise(grad_hs, ha):
    """The mask acts entry by entry, so this product must be element-wise."""
    return np.outer(grad_hs, ha > 0)


def grad_ha__matmul_instead_of_elementwise__2(grad_hs, ha):
    return np.outer(ha > 0, grad_hs)


def grad_hs__column_row_broadcast(W2, os, y):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return W2.T @ os - W2[y - 1][:, None]


def grad_hs__column_row_broadcast__2(W2, os, y):
    return (W2.T @ os)[:, None] - W2[y - 1]


def grad_ha__column_row_broadcast(grad_hs, ha):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return grad_hs[:, None] * (ha > 0)


def grad_ha__column_row_broadcast__2(grad_hs, ha):
    return grad_hs * (ha > 0)[:, None]


def grad_ha__shape_lost(grad_hs, ha):
    """Boolean indexing keeps only the active entries; the blocked ones should stay in place as zeros."""
    return grad_hs[ha > 0]


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


def grad_ha__wrong_threshold__2(grad_hs, hs):
    return grad_hs * (hs > 1)


def grad_ha__operator_precedence(grad_hs, ha):
    """Comparison binds less tightly than multiplication, so this compares the product with 0; add parentheses around
    the comparison."""
    return (grad_hs * ha > 0) * 1.0


def grad_ha__operator_precedence__2(grad_hs, hs):
    return (grad_hs * hs > 0) * 1.0


def grad_ha__adds_instead_of_multiplies(grad_hs, ha):
    """The chain rule multiplies the two factors; here they are added."""
    return grad_hs + (ha > 0)


def grad_ha__wrong_weight_matrix(W2, grad_hs):
    """The gradient has come through W2 already; only the ReLU lies between grad_hs and grad_ha."""
    return W2.T @ grad_hs


def grad_W1__relu_derivative_at_zero(grad_hs, ha, x):
    """The convention here: the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (ha > 0)."""
    return np.outer(grad_hs * (ha >= 0), x)


# ---------------------------------------------------------------- with a number that stands in the student's code


def grad_ha__wrong_threshold__3(grad_hs, ha, number):
    """The ReLU switches at 0, so that is the value to compare ha with."""
    return grad_hs * (ha > number)


def grad_ha__wrong_threshold__4(grad_hs, ha, number):
    """The ReLU switches at 0, so that is the value to compare ha with."""
    return grad_hs * (ha >= number)


def grad_ha__wrong_threshold__5(grad_hs, hs, number):
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


def grad_oa__over_clipping(os, y, number):
    """Clipping the probabilities this hard changes the gradient; a clip is only meant to protect the logarithm."""
    return np.clip(os, min(number, 1 - number), max(number, 1 - number)) - _onehot(os, y)


def grad_oa__over_clipping__2(os, y, number):
    return np.maximum(os, number) - _onehot(os, y)


def grad_oa__over_clipping__3(os, y, number):
    return np.minimum(os, number) - _onehot(os, y)


def grad_oa__over_clipping__4(grad_oa, number):
    return np.clip(grad_oa, -abs(number), abs(number))


def grad_oa__averages_parts_only__3(os, y, number):
    """Only one of the two terms is scaled; put parentheses around the difference."""
    return os - number * _onehot(os, y)


def grad_oa__hard_coded_class_count(os, y, number):
    """The number of classes is fixed in the code; read it from the shape of os so it works for any m."""
    return os - np.eye(int(number))[y - 1]


def grad_oa__hard_coded_class_count__2(os, y, number):
    return (np.arange(int(number)) == y - 1) * -1.0 + os


def grad_hs__uses_updated_weights(W2, grad_oa, hs, number):
    """Use the weights of the forward pass: the update happens only after all gradients have been computed."""
    return (W2 - number * np.outer(grad_oa, hs)).T @ grad_oa


def grad_hs__uses_updated_weights__2(W2, grad_oa, hs):
    return (W2 - np.outer(grad_oa, hs)).T @ grad_oa


def grad_x__uses_updated_weights(W1, grad_ha, x, number):
    return (W1 - number * np.outer(grad_ha, x)).T @ grad_ha


def grad_x__uses_updated_weights__2(W1, grad_ha, x):
    return (W1 - np.outer(grad_ha, x)).T @ grad_ha


def grad_b2__hard_coded_class_count(grad_oa, number):
    """The number of classes is fixed in the code; read it from the shape so it works for any m."""
    return grad_oa[: int(number)]


def grad_ha__wrong_activation_derivative__13(grad_hs, ha, number):
    """That is a leaky ReLU; the plain ReLU blocks the gradient completely for inactive units."""
    return grad_hs * np.where(ha > 0, 1, np.where(ha < 0, number, 0))


def grad_oa__stops_at_softmax__5(os, y, number):
    """This is the derivative with respect to the probabilities os; there is still the softmax to go through before
    reaching oa."""
    return -_onehot(os, y) / np.maximum(os, number)


def grad_oa__stops_at_softmax__6(os, y, number):
    return -_onehot(os, y) / (os + number)


def grad_oa__softmax_jacobian_diagonal_only__6(os, y, number):
    """Every softmax output depends on every logit, so the off-diagonal terms of its Jacobian cannot be dropped."""
    return -_onehot(os, y) / np.maximum(os, number) * os * (1 - os)


def grad_oa__softmax_jacobian_diagonal_only__7(os, y, number):
    return -_onehot(os, y) / (os + number) * os * (1 - os)


def grad_oa__zero_over_zero__5(os, y, number):
    """Mathematically right, but dividing by os breaks down when a probability is very small; simplify to os minus
    one-hot first."""
    d = -_onehot(os, y) / (os + number)
    return os * (d - np.sum(d * os))


def grad_oa__zero_over_zero__6(os, y, number):
    d = -_onehot(os, y) / np.maximum(os, number)
    return os * (d - np.sum(d * os))


def grad_oa__returns_loss_not_gradient__4(os, y, number):
    """This returns the loss itself; we are after its derivative with respect to the scores."""
    return -np.log(os[y - 1] + number)


def grad_oa__returns_loss_not_gradient__5(os, y, number):
    return -np.log(max(os[y - 1], number))


def grad_hs__loop_bounds(W2, grad_oa):
    """Your loop starts at 1, so the first class never gets its share."""
    return W2[1:].T @ grad_oa[1:]


def grad_hs__loop_bounds__2(W2, grad_oa):
    """The loop stops before the last class; range already excludes its end."""
    return W2[:-1].T @ grad_oa[:-1]


def grad_x__loop_bounds(W1, grad_ha):
    """Your loop starts at 1, so the first hidden unit never gets its share."""
    return W1[1:].T @ grad_ha[1:]


def grad_x__loop_bounds__2(W1, grad_ha):
    """The loop stops before the last hidden unit; range already excludes its end."""
    return W1[:-1].T @ grad_ha[:-1]


def grad_oa__loop_bounds(os, y):
    """The loop leaves out the first or the last class."""
    g = os - _onehot(os, y)
    g[-1] = os[-1]
    return g


def grad_oa__loop_bounds__2(os, y):
    g = os - _onehot(os, y)
    g[0] = os[0]
    return g


def grad_ha__loop_bounds(grad_hs, ha):
    """range(len(ha) - 1) stops before the last hidden unit; range already excludes its end."""
    g = grad_hs * (ha > 0)
    g[-1] = grad_hs[-1]
    return g


def grad_ha__loop_bounds__2(grad_hs, ha):
    """Your loop starts at 1, so the first hidden unit is never looked at."""
    g = grad_hs * (ha > 0)
    g[0] = grad_hs[0]
    return g


def grad_hs__list_arithmetic(W2, grad_oa):
    """With Python lists, + joins and * repeats; convert to arrays to do arithmetic."""
    return (W2 * grad_oa[:, None]).ravel()


def grad_x__list_arithmetic(W1, grad_ha):
    return (W1 * grad_ha[:, None]).ravel()


def grad_ha__list_arithmetic(grad_hs, ha):
    return np.concatenate([grad_hs, ha > 0])


def grad_ha__list_arithmetic__2(grad_hs, ha):
    return np.tile(grad_hs, int(np.sum(ha > 0)))


def grad_W1__list_arithmetic(grad_ha, x):
    """You collect the pairs but never multiply them, and the result loses its matrix shape."""
    return np.array([(g, v) for g in grad_ha for v in x])


def grad_W2__list_arithmetic(grad_oa, hs):
    """You collect the pairs but never multiply them, and the result loses its matrix shape."""
    return np.array([(g, v) for g in grad_oa for v in hs])


def grad_W1__list_arithmetic__2(grad_ha, x):
    return np.array([[(g, v) for v in x] for g in grad_ha])


def grad_W2__list_arithmetic__2(grad_oa, hs):
    return np.array([[(g, v) for v in hs] for g in grad_oa])


def grad_hs__return_inside_loop(W2, grad_oa):
    """The return is indented inside the loop, so the function leaves after the first step."""
    return W2[0] * grad_oa[0]


def grad_x__return_inside_loop(W1, grad_ha):
    return W1[0] * grad_ha[0]


def grad_ha__return_inside_loop(grad_hs, ha):
    g = grad_hs.copy()
    g[0] = grad_hs[0] * (ha[0] > 0)
    return g


def grad_oa__integer_truncation(os, y):
    """Your array has an integer type, so the decimals are silently thrown away; make it a float array."""
    return np.trunc(os) - _onehot(os, y)


def grad_W2__integer_truncation(grad_oa, hs):
    return np.outer(np.trunc(grad_oa), hs)


def grad_W1__integer_truncation(grad_ha, x):
    return np.outer(np.trunc(grad_ha), x)


def grad_ha__wrong_threshold__6(grad_hs, ha):
    """Nothing happens to a ReLU at 1: the gradient passes for every positive ha."""
    return grad_hs * (ha >= 1)


def grad_oa__rounds_result(os, y, number):
    """Please return the full precision: rounding the numbers makes the gradient wrong."""
    return np.round(os, int(number)) - _onehot(os, y)
