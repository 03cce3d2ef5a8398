"""What goes wrong in `hw3_network`: each function is a quantity as a known mistake makes it.

As in `hw3_gradients_misconceptions`: `grad_oa__label_off_by_one` is grad_oa under the misconception label-off-by-one,
its parameters are quantities, its own name stands for its right value, its text is what the student reads. What a class
computes on the way (ha, hs, oa, grad_oa, ...) is seen in what follows from it.
"""

import numpy as np


def _row(*parts):
    return np.concatenate([np.ravel(part) for part in parts])


def _softmax(oa):
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


# ---------------------------------------------------------------- forward


def ha__missing_bias(X, W1):
    """The bias is missing; it is added to the product."""
    return X @ W1


def ha__bias_subtracted(X, W1, b1):
    """The bias is added, not subtracted."""
    return X @ W1 - b1


def hs__missing_relu(ha):
    """The relu is missing: what is below 0 becomes 0."""
    return ha


def hs__absolute_value_instead(ha):
    """This is the absolute value; the relu is 0 below 0."""
    return np.abs(ha)


def hs__other_activation(ha):
    """This is the sigmoid; the activation of this network is the relu."""
    return 1 / (1 + np.exp(-ha))


def hs__other_activation__2(ha):
    """This is the tanh; the activation of this network is the relu."""
    return np.tanh(ha)


def oa__missing_bias(hs, W2):
    """The bias is missing; it is added to the product."""
    return hs @ W2


def oa__preactivation_instead_of_activation(ha, W2, b2):
    """The second layer receives hs, after the relu, and not ha."""
    return ha @ W2 + b2


def oa__activation_too_early(oa):
    """There is no relu at the output: oa are the scores as they are."""
    return np.maximum(oa, 0)


def os__unstable_softmax(oa):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the same
    but safe."""
    e = np.exp(oa)
    return e / np.sum(e, axis=1, keepdims=True)


def os__unstable_softmax__2(oa):
    """Subtracting the maximum of the whole batch can push a complete row to 0/0; subtract each row's own maximum."""
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e, axis=1, keepdims=True)


def os__unstable_softmax__3(oa):
    """Subtracting the maximum of each class over the batch does not protect the rows; subtract each row's own
    maximum."""
    e = np.exp(oa - np.max(oa, axis=0))
    return e / np.sum(e, axis=1, keepdims=True)


def os__softmax_wrong_axis(oa):
    """np.sum(e) adds up the whole batch; normalise each example by its own sum."""
    e = np.exp(oa - np.max(oa, axis=1, keepdims=True))
    return e / np.sum(e)


def os__softmax_wrong_axis__2(oa):
    """Each row is one example, so the softmax must be normalised along the classes (axis=1) and keep that axis."""
    e = np.exp(oa - np.max(oa, axis=0))
    return e / np.sum(e, axis=0)


def os__softmax_wrong_axis__3(oa):
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e)


def os__not_normalised(oa):
    """The sum is missing: probabilities are divided by the sum of the exponentials, so that they add up to 1."""
    return np.exp(oa - np.max(oa, axis=1, keepdims=True))


def os__logarithm_too_much(os):
    """These are the logarithms of the probabilities."""
    return np.log(os)


def os__softmax_applied_twice(os):
    """The softmax is applied twice."""
    return _softmax(os)


def os__missing_exponential(oa):
    """The exponential is missing: scores can be negative, and their shares are no probabilities."""
    return oa / np.sum(oa, axis=1, keepdims=True)


# ---------------------------------------------------------------- the error at the output


def grad_oa__label_off_by_one(os, y, n):
    """The true class's column is column y itself: classes are counted from 0 here."""
    return (os - np.eye(os.shape[1])[y - 1]) / n


def grad_oa__label_off_by_one__2(os, y, n):
    return (os - np.eye(os.shape[1])[(y + 1) % os.shape[1]]) / n


def grad_oa__missing_one_hot(os, n):
    """The error signal at the output is os minus the one-hot labels; the labels are missing here."""
    return os / n


def grad_oa__one_hot_from_present_classes(os, y, n):
    """A batch does not have to contain every class: take the number of classes from os, not from the labels you happen
    to see."""
    classes, places = np.unique(y, return_inverse=True)
    return (os - np.eye(len(classes))[places.reshape(-1)]) / n


def grad_oa__one_hot_from_present_classes__2(os, y, n):
    """np.max(y)+1 is too small when the last class does not appear in the batch; use os.shape[1]."""
    return (os - np.eye(np.max(y) + 1)[y]) / n


def grad_oa__gradient_sign(grad_oa):
    """This is the negative of the gradient: it is the probabilities minus the labels."""
    return -grad_oa


def grad_oa__sum_instead_of_mean(os, y, m):
    """The loss is a mean over the batch, so its gradient is divided by the number of examples."""
    return os - np.eye(m)[y]


def grad_oa__divides_twice(grad_oa, n):
    """The gradient is divided by the number of examples twice; once is enough."""
    return grad_oa / n


def grad_oa__hard_coded_batch_size(grad_oa, n, number):
    """The gradient is divided by a fixed number; the last batch can be smaller, so divide by the number of rows that
    there are."""
    return grad_oa * n / number


def grad_oa__softmax_jacobian_diagonal_only(grad_oa, os):
    """The factor os*(1-os) is already contained in os minus one-hot: softmax and cross-entropy simplify together."""
    return grad_oa * os * (1 - os)


# ---------------------------------------------------------------- backward


def grad_ha__missing_relu_mask(grad_hs):
    """The gradient only passes through hidden units that were active; multiply by the derivative of the ReLU."""
    return grad_hs


def grad_ha__relu_derivative_at_zero(grad_hs, ha):
    """The convention here is that the ReLU's derivative at exactly 0 is 0, so the comparison must be strict
    (ha > 0)."""
    return grad_hs * (ha >= 0)


def grad_ha__relu_derivative_at_zero__2(grad_hs, hs):
    """hs is never negative, so hs >= 0 is always true and nothing is masked; use hs > 0."""
    return grad_hs * (hs >= 0)


def grad_ha__inverted_mask(grad_hs, ha):
    """The mask is upside down: the gradient passes where ha is positive and is blocked elsewhere."""
    return grad_hs * (ha <= 0)


def grad_ha__relu_applied_to_gradient(grad_hs):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(grad_hs, 0)


def grad_ha__relu_value_instead_of_derivative(grad_hs, hs):
    """The derivative of the ReLU is 0 or 1; here the gradient is multiplied by the ReLU's value instead."""
    return grad_hs * hs


def grad_ha__zero_over_zero(grad_hs, hs, ha):
    """Where ha is 0 this divides 0 by 0, which is not a number; compare instead: ha > 0."""
    return grad_hs * (hs / ha)


def grad_b2__bias_sum_all(grad_oa):
    """np.sum without an axis gives one number for the whole layer (for the output layer it is even always 0); use
    axis=0."""
    return np.sum(grad_oa)


def grad_b1__bias_sum_all(grad_ha):
    """Each unit has its own bias; sum over the examples only (axis=0), not over everything."""
    return np.sum(grad_ha)


def grad_b1__unmasked_gradient_used(grad_hs):
    """The bias b1 sits before the ReLU, so its gradient is grad_ha (masked), not grad_hs."""
    return np.sum(grad_hs, axis=0)


def grad_b2__bias_not_summed(grad_oa):
    """One bias serves the whole batch, so its gradient is combined over the examples and has one entry per unit."""
    return grad_oa


def grad_b1__bias_not_summed(grad_ha):
    """One bias serves the whole batch, so its gradient is combined over the examples and has one entry per unit."""
    return grad_ha


def grad_W2__preactivation_instead_of_activation(ha, grad_oa):
    """The gradient of W2 is made with hs, after the relu, and not with ha."""
    return ha.T @ grad_oa


def grad_W2__mask_instead_of_activation(ha, grad_oa):
    """The gradient of W2 is made with zeros and ones, the derivative of the relu, in the place of hs. Was that written
    into the array that is hs, on the way? Write it into a copy."""
    return (ha > 0).T @ grad_oa


def grad_W2__transposed_result(grad_W2):
    """Your numbers are right but laid out sideways: the gradient must have exactly the shape of the matrix it belongs
    to."""
    return grad_W2.T


def grad_W1__transposed_result(grad_W1):
    """Your numbers are right but laid out sideways: the gradient must have exactly the shape of the matrix it belongs
    to."""
    return grad_W1.T


def grad_W1__unmasked_gradient_used(grad_hs, X):
    """This uses the gradient before the ReLU mask (grad_hs); the first layer sees the masked one (grad_ha)."""
    return X.T @ grad_hs


# ---------------------------------------------------------------- the elastic net


def penalized__missing_penalty(gradients):
    """The penalty is missing from the gradients: the elastic net adds l1 sign(W) + 2 l2 W to those of W1 and W2."""
    return gradients


def penalty_W1__missing_factor_two(W1, l11, l12):
    """The derivative of the square of w is 2w: the factor 2 is missing."""
    return l11 * np.sign(W1) + l12 * W1


def _with_penalties(gradients, W1, b1, W2, b2, of_W1, of_W2):
    return gradients + _row(of_W1, 0 * b1, of_W2, 0 * b2)


def _net(W, l1, l2):
    return l1 * np.sign(W) + 2 * l2 * W


def penalized__missing_factor_two(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """The derivative of the square of w is 2w: the factor 2 is missing."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, l12 / 2), _net(W2, l21, l22 / 2))


def penalized__missing_factor_two__2(gradients, W1, b1, W2, b2, l1, l2):
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l1, l2 / 2), _net(W2, l1, l2 / 2))


def penalized__missing_sign(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """The derivative of |w| is the sign of w: here l1 stands without it."""
    return _with_penalties(gradients, W1, b1, W2, b2, l11 + 2 * l12 * W1, l21 + 2 * l22 * W2)


def penalized__missing_sign__2(gradients, W1, b1, W2, b2, l1, l2):
    return _with_penalties(gradients, W1, b1, W2, b2, l1 + 2 * l2 * W1, l1 + 2 * l2 * W2)


def penalized__one_norm_only(gradients, W1, b1, W2, b2, l12, l22):
    """Both norms count, the absolute values and the squares."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, 0, l12), _net(W2, 0, l22))


def penalized__one_norm_only__2(gradients, W1, b1, W2, b2, l11, l21):
    """Both norms count, the absolute values and the squares."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, 0), _net(W2, l21, 0))


def penalized__one_norm_only__3(gradients, W1, b1, W2, b2, l2):
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, 0, l2), _net(W2, 0, l2))


def penalized__one_norm_only__4(gradients, W1, b1, W2, b2, l1):
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l1, 0), _net(W2, l1, 0))


def penalized__penalty_of_the_other_layer(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """The weights of the penalty are exchanged between the layers: l11 and l12 are for W1, l21 and l22 for W2."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l21, l22), _net(W2, l11, l12))


def penalized__penalty_of_the_other_layer__2(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """l11 and l21 are exchanged: l11 is for the absolute values of W1, l21 for those of W2."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l21, l12), _net(W2, l11, l22))


def penalized__penalty_of_the_other_layer__3(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """l12 and l22 are exchanged: l12 is for the squares of W1, l22 for those of W2."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, l22), _net(W2, l21, l12))


def penalized__penalty_of_the_other_layer__4(gradients, W1, b1, W2, b2, l11, l12):
    """W2 has the weights l11 and l12, which are for W1; its own are l21 and l22."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, l12), _net(W2, l11, l12))


def penalized__penalty_of_the_other_layer__5(gradients, W1, b1, W2, b2, l11, l12, l21):
    """The squares of W2 have the weight l12, which is for W1; theirs is l22."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, l12), _net(W2, l21, l12))


def penalized__penalty_of_the_other_layer__6(gradients, W1, b1, W2, b2, l11, l12, l22):
    """The absolute values of W2 have the weight l11, which is for W1; theirs is l21."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, l12), _net(W2, l11, l22))


def penalized__penalty_of_the_other_norm(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """The weights of the two norms are exchanged: the first is for the absolute values, the second for the squares."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l12, l11), _net(W2, l22, l21))


def penalized__penalty_of_the_other_norm__2(gradients, W1, b1, W2, b2, l1, l2):
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l2, l1), _net(W2, l2, l1))


def penalized__penalty_of_the_other_norm__3(gradients, W1, b1, W2, b2, l11, l12, l21, l22):
    """l12 and l21 are exchanged: the first digit is the layer's, the second that of the norm."""
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l11, l21), _net(W2, l12, l22))


def penalized__biases_penalised(penalized, W1, b1, W2, b2, l11, l12, l21, l22):
    """The biases are penalised too; the elastic net is about the weights alone."""
    return penalized + _row(0 * W1, _net(b1, l11, l12), 0 * W2, _net(b2, l21, l22))


def penalized__biases_penalised__2(gradients, W1, b1, W2, b2, l1, l2):
    return gradients + _row(*(_net(each, l1, l2) for each in (W1, b1, W2, b2)))


def penalized__penalty_divided_by_n(gradients, penalized, n):
    """The penalty is divided by the number of examples; it is added to the mean as it stands."""
    return gradients + (penalized - gradients) / n


def penalized__penalty_divided_by_n__2(gradients, W1, b1, W2, b2, l1, l2, n):
    return _with_penalties(gradients, W1, b1, W2, b2, _net(W1, l1 / n, l2 / n), _net(W2, l1 / n, l2 / n))


def penalized__penalty_subtracted(gradients, penalized):
    """The penalty's gradient is added, not subtracted."""
    return 2 * gradients - penalized


def penalized__penalty_subtracted__2(gradients, W1, b1, W2, b2, l1, l2):
    return _with_penalties(gradients, W1, b1, W2, b2, -_net(W1, l1, l2), -_net(W2, l1, l2))


# ---------------------------------------------------------------- gradient descent


def _gradients(X, y, W1, b1, W2, b2, scale):
    ha = X @ W1 + b1
    hs = np.maximum(ha, 0)
    grad_oa = (_softmax(hs @ W2 + b2) - np.eye(len(b2))[y]) * scale
    grad_ha = (grad_oa @ W2.T) * (ha > 0)
    return X.T @ grad_ha, grad_ha.sum(axis=0), hs.T @ grad_oa, grad_oa.sum(axis=0)


def _steps(count, X, y, parameters, rate, scale):
    for _ in range(count):
        parameters = [p - rate * g for p, g in zip(parameters, _gradients(X, y, *parameters, scale), strict=True)]
    return _row(*parameters)


def stepped__ascends(W1, b1, W2, b2, gradients, learning_rate):
    """The step goes up the gradient; the loss falls where it is subtracted."""
    return _row(W1, b1, W2, b2) + learning_rate * gradients


def stepped_often__ascends(X, y, W1, b1, W2, b2, small_rate):
    """The step goes up the gradient; the loss falls where it is subtracted."""
    return _steps(20, X, y, (W1, b1, W2, b2), -small_rate, 1 / len(X))


def stepped_unevenly__ascends(same_X, same_y, W1, b1, W2, b2, small_rate):
    """The step goes up the gradient; the loss falls where it is subtracted."""
    return _steps(3, same_X[:1], same_y[:1], (W1, b1, W2, b2), -small_rate, 1)


def stepped__never_trained(W1, b1, W2, b2):
    """train leaves the parameters as they were."""
    return _row(W1, b1, W2, b2)


def stepped_often__never_trained(W1, b1, W2, b2):
    """train leaves the parameters as they were."""
    return _row(W1, b1, W2, b2)


def stepped_unevenly__never_trained(W1, b1, W2, b2):
    """train leaves the parameters as they were."""
    return _row(W1, b1, W2, b2)


def stepped__biases_not_trained(W1, b1, W2, b2, grad_W1, grad_W2, learning_rate):
    """The biases are parameters too: they take a step like the weights."""
    return _row(W1 - learning_rate * grad_W1, b1, W2 - learning_rate * grad_W2, b2)


def stepped__learning_rate_missing(W1, b1, W2, b2, gradients):
    """The gradient is subtracted whole; it is multiplied by the learning rate first."""
    return _row(W1, b1, W2, b2) - gradients


def stepped__updated_weights_used(X, y, W1, b1, W2, b2, grad_oa, grad_W2, grad_b2, ha, learning_rate):
    """W2 takes its step before the gradients below it are computed; compute all of them first, then take the step."""
    new_W2 = W2 - learning_rate * grad_W2
    grad_ha = (grad_oa @ new_W2.T) * (ha > 0)
    return _row(
        W1 - learning_rate * (X.T @ grad_ha),
        b1 - learning_rate * grad_ha.sum(axis=0),
        new_W2,
        b2 - learning_rate * grad_b2,
    )


def stepped_often__sum_instead_of_mean(X, y, W1, b1, W2, b2, small_rate):
    """The loss is a mean over the batch, so its gradient is divided by the number of examples."""
    return _steps(20, X, y, (W1, b1, W2, b2), small_rate, 1)


def stepped_often__one_step_only(X, y, W1, b1, W2, b2, small_rate):
    """However many epochs are asked for, one is done."""
    return _steps(1, X, y, (W1, b1, W2, b2), small_rate, 1 / len(X))


def stepped_often__one_step_too_few(X, y, W1, b1, W2, b2, small_rate):
    """One epoch is missing: the loop ends too early."""
    return _steps(19, X, y, (W1, b1, W2, b2), small_rate, 1 / len(X))


def stepped_often__one_step_too_many(X, y, W1, b1, W2, b2, small_rate):
    """One epoch too many is done."""
    return _steps(21, X, y, (W1, b1, W2, b2), small_rate, 1 / len(X))


def stepped_unevenly__one_batch_too_few(same_X, same_y, W1, b1, W2, b2, small_rate):
    """There is a step too few: the last batch, smaller than the others, is left out or joined to the one before it; it
    is a batch of its own."""
    return _steps(2, same_X[:1], same_y[:1], (W1, b1, W2, b2), small_rate, 1)


def stepped_unevenly__whole_batch_instead(same_X, same_y, W1, b1, W2, b2, small_rate):
    """train takes one step with all the examples; it takes one for each minibatch."""
    return _steps(1, same_X[:1], same_y[:1], (W1, b1, W2, b2), small_rate, 1)


def stepped_unevenly__one_example_at_a_time(same_X, same_y, W1, b1, W2, b2, small_rate):
    """train takes one step for each example; it takes one for each minibatch."""
    return _steps(7, same_X[:1], same_y[:1], (W1, b1, W2, b2), small_rate, 1)


def stepped_unevenly__hard_coded_batch_size(same_X, same_y, W1, b1, W2, b2, small_rate):
    """The gradient is divided by a fixed number; the last batch can be smaller, so divide by the number of rows that
    there are."""
    X, y = same_X[:1], same_y[:1]
    parameters = (W1, b1, W2, b2)
    for scale in (1, 1, 1 / 3):
        parameters = [p - small_rate * g for p, g in zip(parameters, _gradients(X, y, *parameters, scale), strict=True)]
    return _row(*parameters)


def stepped_unevenly__sum_instead_of_mean(same_X, same_y, W1, b1, W2, b2, small_rate):
    """The loss is a mean over the batch, so its gradient is divided by the number of examples."""
    X, y = same_X[:1], same_y[:1]
    parameters = (W1, b1, W2, b2)
    for scale in (3, 3, 1):
        parameters = [p - small_rate * g for p, g in zip(parameters, _gradients(X, y, *parameters, scale), strict=True)]
    return _row(*parameters)


# ---------------------------------------------------------------- what a new object has, and batches


def drawn_W1__drawn_beyond_the_bound(d, dh):
    """The weights are drawn beyond the bound; draw them uniformly between -1/sqrt(n_in) and 1/sqrt(n_in), where n_in is
    the number of inputs of their layer."""
    return np.random.default_rng(0).normal(size=(d, dh)) * 3


def drawn_W2__drawn_beyond_the_bound(dh, m):
    """The weights are drawn beyond the bound; draw them uniformly between -1/sqrt(n_in) and 1/sqrt(n_in), where n_in is
    the number of inputs of their layer."""
    return np.random.default_rng(0).normal(size=(dh, m)) * 3


def drawn_W1__positive_only(d, dh):
    """The weights are all of one sign; draw them uniformly between -1/sqrt(n_in) and 1/sqrt(n_in)."""
    return np.random.default_rng(0).uniform(0, 1 / np.sqrt(d), size=(d, dh))


def drawn_W2__positive_only(dh, m):
    """The weights are all of one sign; draw them uniformly between -1/sqrt(n_in) and 1/sqrt(n_in)."""
    return np.random.default_rng(0).uniform(0, 1 / np.sqrt(dh), size=(dh, m))


def drawn_W1__starts_at_zero(d, dh):
    """The weights start at 0, so that all hidden units stay the same; draw them at random."""
    return np.zeros((d, dh))


def drawn_W2__starts_at_zero(dh, m):
    """The weights start at 0, so that all hidden units stay the same; draw them at random."""
    return np.zeros((dh, m))


def drawn_W1__starts_too_small(d, dh):
    """The weights start too close to 0; draw them uniformly between -1/sqrt(n_in) and 1/sqrt(n_in)."""
    return np.random.default_rng(0).normal(size=(d, dh)) * 0.01


def drawn_W2__starts_too_small(dh, m):
    """The weights start too close to 0; draw them uniformly between -1/sqrt(n_in) and 1/sqrt(n_in)."""
    return np.random.default_rng(0).normal(size=(dh, m)) * 0.01


def drawn_W1__units_start_alike(d, dh):
    """Weights are copied, and units that start alike stay alike; draw each weight on its own."""
    return np.tile(np.random.default_rng(0).uniform(-1, 1, size=(d, 1)) / np.sqrt(d), dh)


def drawn_W2__units_start_alike(dh, m):
    """Weights are copied, and units that start alike stay alike; draw each weight on its own."""
    return np.tile(np.random.default_rng(0).uniform(-1, 1, size=(dh, 1)) / np.sqrt(dh), m)


def batches__drops_the_last_batch(batches, batch_size):
    """The last batch, smaller than the others, is left out; its examples count too."""
    full = len(batches) // batch_size
    return batches[: full * batch_size]


def batches__whole_batch_instead(batches):
    """All examples are in one batch; a batch has K of them, and the last one what is left."""
    return np.column_stack([np.zeros(len(batches)), batches[:, 1:]])


def batches__equal_sizes(batches, batch_size):
    """The examples are shared out evenly; every batch but the last has K of them."""
    count = -(-len(batches) // batch_size)
    numbers = np.concatenate(
        [np.full(len(part), place) for place, part in enumerate(np.array_split(np.arange(len(batches)), count))]
    )
    return np.column_stack([numbers, batches[:, 1:]])


def batches__one_example_at_a_time(batches):
    """Every batch holds one example; K of them belong in each."""
    return np.column_stack([np.arange(len(batches)), batches[:, 1:]])
