"""What goes wrong in `two_layer_net`: each function is a quantity as a known mistake makes it.

As in `hw3_gradients_misconceptions`: `grad_z3__label_off_by_one` is grad_z3 under the misconception label-off-by-one,
its parameters are quantities, its own name stands for its right value, its text is what the student reads. Many
mistakes of the loss stand here twice: for who computes it from the scores, and for who takes the logarithm of
probabilities, which is infinite where one is 0.
"""

import numpy as np


def _softmax(z3):
    e = np.exp(z3 - np.max(z3, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)


def _log_sum_exp(z3):
    top = np.max(z3, axis=1)
    return top + np.log(np.sum(np.exp(z3 - top[:, np.newaxis]), axis=1))


def _cross_entropy(z3, y):
    return np.mean(_log_sum_exp(z3) - z3[np.arange(len(y)), y])


def _log_loss(p3, y):
    return -np.mean(np.log(p3[np.arange(len(y)), y]))


# ---------------------------------------------------------------- forward


def z2__missing_bias(X, W1):
    """The bias is missing: it is added to every row."""
    return X @ W1


def z2__bias_subtracted(X, W1, b1):
    """The bias is added, not subtracted."""
    return X @ W1 - b1


def z2__bias_added_to_weights(X, W1, b1):
    """The bias is added after the product, not to the weights."""
    return X @ (W1 + b1)


def z2__column_row_broadcast(X, W1, b1):
    """The bias has one entry per unit and is added to each row; as a column it does not fit the units."""
    return X @ W1 + b1[:, np.newaxis]


def z2__superfluous_transpose(X, W1, b1):
    """The weights are stored as (inputs, outputs) here: going forward needs no transpose."""
    return X @ W1.T + b1


def z2__activation_instead_of_preactivation(X, W1, b1):
    """This is a2 already: z2 is what comes before the ReLU."""
    return np.maximum(0, X @ W1 + b1)


def a2__missing_relu(z2):
    """The ReLU is missing: negative entries become 0."""
    return 1.0 * z2


def a2__derivative_instead_of_value(z2):
    """This is the derivative of the ReLU; its value is z2 where z2 is positive."""
    return 1.0 * (z2 > 0)


def a2__np_max_instead_of_maximum(z2):
    """np.max(z2, 0) is the maximum over the batch; the element-by-element comparison with 0 is np.maximum."""
    return np.max(z2, 0)


def a2__np_max_instead_of_maximum__2(z2):
    """np.max gives the single largest entry; the element-by-element comparison is np.maximum."""
    return np.max(z2)


def a2__inverted_mask(z2):
    """The ReLU keeps the positive entries, not the negative ones."""
    return np.minimum(0, z2)


def a2__wrong_activation(z2):
    """The absolute value is not the ReLU: negative entries become 0."""
    return np.abs(z2)


def a2__wrong_activation__2(z2):
    """The hidden layer here is a ReLU, not a tanh."""
    return np.tanh(z2)


def a2__wrong_activation__3(z2):
    """The hidden layer here is a ReLU, not a sigmoid."""
    return 1 / (1 + np.exp(-z2))


def a2__wrong_activation__4(z2, number):
    """That is a leaky ReLU; the plain ReLU gives 0 for every negative entry."""
    return np.where(z2 > 0, z2, number * z2)


def a2__wrong_activation__5(z2):
    """The hidden layer here is a ReLU, not a softplus."""
    return np.log1p(np.exp(z2))


def z3__missing_bias(a2, W2):
    return a2 @ W2


def z3__bias_subtracted(a2, W2, b2):
    return a2 @ W2 - b2


def z3__bias_added_to_weights(a2, W2, b2):
    return a2 @ (W2 + b2)


def z3__column_row_broadcast(a2, W2, b2):
    return a2 @ W2 + b2[:, np.newaxis]


def z3__superfluous_transpose(a2, W2, b2):
    return a2 @ W2.T + b2


def z3__preactivation_instead_of_activation(z2, W2, b2):
    """The second layer receives a2 (after the ReLU), not z2."""
    return z2 @ W2 + b2


def z3__relu_on_scores(z3):
    """There is no ReLU on the scores: z3 may be negative."""
    return np.maximum(0, z3)


def z3__probabilities_instead_of_scores(p3):
    """These are the probabilities; z3 are the scores, before the softmax."""
    return 1.0 * p3


# ---------------------------------------------------------------- the loss


def J__missing_penalty(z3, y):
    """The penalty lam (||W1||^2 + ||W2||^2) is missing."""
    return _cross_entropy(z3, y)


def J__missing_penalty__2(p3, y):
    return _log_loss(p3, y)


def J__halved_penalty(z3, y, W1, W2, lam):
    """The penalty here has no half: it is lam times the squared entries, not lam/2."""
    return _cross_entropy(z3, y) + lam / 2 * (np.sum(W1**2) + np.sum(W2**2))


def J__halved_penalty__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam / 2 * (np.sum(W1**2) + np.sum(W2**2))


def J__doubled_penalty(z3, y, W1, W2, lam):
    """The factor 2 belongs to the gradient of the penalty, not to the penalty."""
    return _cross_entropy(z3, y) + 2 * lam * (np.sum(W1**2) + np.sum(W2**2))


def J__doubled_penalty__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + 2 * lam * (np.sum(W1**2) + np.sum(W2**2))


def J__averaged_penalty(z3, y, W1, W2, lam, N):
    """Only the losses of the examples are averaged; the penalty is not divided by N."""
    return _cross_entropy(z3, y) + lam * (np.sum(W1**2) + np.sum(W2**2)) / N


def J__averaged_penalty__2(p3, y, W1, W2, lam, N):
    return _log_loss(p3, y) + lam * (np.sum(W1**2) + np.sum(W2**2)) / N


def J__penalty_per_example(z3, y, W1, W2, lam, N):
    """The penalty is added once, not once per example."""
    return _cross_entropy(z3, y) + N * lam * (np.sum(W1**2) + np.sum(W2**2))


def J__penalty_per_example__2(p3, y, W1, W2, lam, N):
    return _log_loss(p3, y) + N * lam * (np.sum(W1**2) + np.sum(W2**2))


def J__penalty_without_lam(z3, y, W1, W2):
    """The penalty has to be multiplied by lam."""
    return _cross_entropy(z3, y) + np.sum(W1**2) + np.sum(W2**2)


def J__penalty_without_lam__2(p3, y, W1, W2):
    return _log_loss(p3, y) + np.sum(W1**2) + np.sum(W2**2)


def J__penalty_sign(z3, y, W1, W2, lam):
    """The penalty is added: large weights make the loss larger."""
    return _cross_entropy(z3, y) - lam * (np.sum(W1**2) + np.sum(W2**2))


def J__penalty_sign__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) - lam * (np.sum(W1**2) + np.sum(W2**2))


def J__penalty_of_one_layer(z3, y, W1, lam):
    """Only one of the two weight matrices is penalised; both W1 and W2 are."""
    return _cross_entropy(z3, y) + lam * np.sum(W1**2)


def J__penalty_of_one_layer__2(p3, y, W1, lam):
    return _log_loss(p3, y) + lam * np.sum(W1**2)


def J__penalty_of_one_layer__3(z3, y, W2, lam):
    return _cross_entropy(z3, y) + lam * np.sum(W2**2)


def J__penalty_of_one_layer__4(p3, y, W2, lam):
    return _log_loss(p3, y) + lam * np.sum(W2**2)


def J__penalty_of_one_layer__5(z3, y, W1, lam):
    return _cross_entropy(z3, y) + 2 * lam * np.sum(W1**2)


def J__penalty_of_one_layer__6(p3, y, W1, lam):
    return _log_loss(p3, y) + 2 * lam * np.sum(W1**2)


def J__penalty_of_one_layer__7(z3, y, W2, lam):
    return _cross_entropy(z3, y) + 2 * lam * np.sum(W2**2)


def J__penalty_of_one_layer__8(p3, y, W2, lam):
    return _log_loss(p3, y) + 2 * lam * np.sum(W2**2)


def J__penalty_of_one_layer__9(z3, y, W1, W2, lam):
    """lam multiplies one of the two norms only; put parentheses around their sum."""
    return _cross_entropy(z3, y) + lam * np.sum(W1**2) + np.sum(W2**2)


def J__penalty_of_one_layer__10(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * np.sum(W1**2) + np.sum(W2**2)


def J__regularised_bias(z3, y, W1, W2, b1, b2, lam):
    """The biases are not penalised here."""
    return _cross_entropy(z3, y) + lam * (np.sum(W1**2) + np.sum(W2**2) + np.sum(b1**2) + np.sum(b2**2))


def J__regularised_bias__2(p3, y, W1, W2, b1, b2, lam):
    return _log_loss(p3, y) + lam * (np.sum(W1**2) + np.sum(W2**2) + np.sum(b1**2) + np.sum(b2**2))


def J__l1_instead_of_l2(z3, y, W1, W2, lam):
    """The penalty here is made of squares (L2), not of absolute values (L1)."""
    return _cross_entropy(z3, y) + lam * (np.sum(np.abs(W1)) + np.sum(np.abs(W2)))


def J__l1_instead_of_l2__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * (np.sum(np.abs(W1)) + np.sum(np.abs(W2)))


def J__norm_not_squared(z3, y, W1, W2, lam):
    """The norms in the penalty are squared: np.linalg.norm takes a root that has to be undone."""
    return _cross_entropy(z3, y) + lam * (np.sqrt(np.sum(W1**2)) + np.sqrt(np.sum(W2**2)))


def J__norm_not_squared__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * (np.sqrt(np.sum(W1**2)) + np.sqrt(np.sum(W2**2)))


def J__norm_not_squared__3(z3, y, W1, W2, lam):
    return _cross_entropy(z3, y) + lam * np.sqrt(np.sum(W1**2) + np.sum(W2**2))


def J__norm_not_squared__4(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * np.sqrt(np.sum(W1**2) + np.sum(W2**2))


def J__matrix_norm(z3, y, W1, W2, lam):
    """np.linalg.norm(W, 2) of a matrix is its largest singular value; the sum of the squared entries is
    np.sum(W**2)."""
    return _cross_entropy(z3, y) + lam * (np.linalg.norm(W1, 2) ** 2 + np.linalg.norm(W2, 2) ** 2)


def J__matrix_norm__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * (np.linalg.norm(W1, 2) ** 2 + np.linalg.norm(W2, 2) ** 2)


def J__square_of_sum(z3, y, W1, W2, lam):
    """The entries are squared first and then added up; here the sum is squared."""
    return _cross_entropy(z3, y) + lam * (np.sum(W1) ** 2 + np.sum(W2) ** 2)


def J__square_of_sum__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * (np.sum(W1) ** 2 + np.sum(W2) ** 2)


def J__mean_instead_of_sum(z3, y, W1, W2, lam):
    """The penalty adds up the squared entries; it does not average them."""
    return _cross_entropy(z3, y) + lam * (np.mean(W1**2) + np.mean(W2**2))


def J__mean_instead_of_sum__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) + lam * (np.mean(W1**2) + np.mean(W2**2))


def J__hard_coded_penalty(z3, y, W1, W2, number):
    """The weight of the penalty is fixed in the code; use the argument lam."""
    return _cross_entropy(z3, y) + number * (np.sum(W1**2) + np.sum(W2**2))


def J__hard_coded_penalty__2(p3, y, W1, W2, number):
    return _log_loss(p3, y) + number * (np.sum(W1**2) + np.sum(W2**2))


def J__hard_coded_penalty__3(z3, y, W1, W2, number):
    return _cross_entropy(z3, y) + number / 2 * (np.sum(W1**2) + np.sum(W2**2))


def J__hard_coded_penalty__4(p3, y, W1, W2, number):
    return _log_loss(p3, y) + number / 2 * (np.sum(W1**2) + np.sum(W2**2))


def J__missing_average(z3, y, W1, W2, lam, N):
    """The loss is a mean: divide the sum over the examples by N."""
    return N * _cross_entropy(z3, y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__missing_average__2(p3, y, W1, W2, lam, N):
    return N * _log_loss(p3, y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__missing_average__3(z3, y, W1, W2, lam, N):
    return N * (_cross_entropy(z3, y) + lam * (np.sum(W1**2) + np.sum(W2**2)))


def J__missing_average__4(p3, y, W1, W2, lam, N):
    return N * (_log_loss(p3, y) + lam * (np.sum(W1**2) + np.sum(W2**2)))


def J__double_average(z3, y, W1, W2, lam, N):
    """The 1/N is applied twice: np.mean divides already."""
    return _cross_entropy(z3, y) / N + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__double_average__2(p3, y, W1, W2, lam, N):
    return _log_loss(p3, y) / N + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__double_average__3(z3, y, W1, W2, lam, N):
    return (_cross_entropy(z3, y) + lam * (np.sum(W1**2) + np.sum(W2**2))) / N


def J__double_average__4(p3, y, W1, W2, lam, N):
    return (_log_loss(p3, y) + lam * (np.sum(W1**2) + np.sum(W2**2))) / N


def J__divides_by_wrong_count(z3, y, W1, W2, lam, C):
    """The mean runs over the N examples only; np.mean over an (N, C) array divides by C as well."""
    return _cross_entropy(z3, y) / C + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__divides_by_wrong_count__2(p3, y, W1, W2, lam, C):
    return _log_loss(p3, y) / C + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__divides_by_wrong_count__3(z3, y, W1, W2, lam, N, C):
    return _cross_entropy(z3, y) * N / C + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__divides_by_wrong_count__4(p3, y, W1, W2, lam, N, C):
    return _log_loss(p3, y) * N / C + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__missing_minus(z3, y, W1, W2, lam):
    """The minus in front of the logarithm is missing: log of a probability is negative, the loss is not."""
    return lam * (np.sum(W1**2) + np.sum(W2**2)) - _cross_entropy(z3, y)


def J__missing_minus__2(p3, y, W1, W2, lam):
    return lam * (np.sum(W1**2) + np.sum(W2**2)) - _log_loss(p3, y)


def J__wrong_log_base(z3, y, W1, W2, lam):
    """The loss uses the natural logarithm: np.log, not np.log2 or np.log10."""
    return _cross_entropy(z3, y) / np.log(2) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__wrong_log_base__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y) / np.log(2) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__wrong_log_base__3(z3, y, W1, W2, lam):
    return _cross_entropy(z3, y) / np.log(10) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__wrong_log_base__4(p3, y, W1, W2, lam):
    return _log_loss(p3, y) / np.log(10) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one(z3, y, W1, W2, lam):
    """The true class's column is column y itself: classes are counted from 0 here."""
    return _cross_entropy(z3, y - 1) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__2(p3, y, W1, W2, lam):
    return _log_loss(p3, y - 1) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__3(z3, y, W1, W2, lam):
    return _cross_entropy(z3, y + 1) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__4(p3, y, W1, W2, lam):
    return _log_loss(p3, y + 1) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__5(z3, y, W1, W2, lam):
    return _cross_entropy(z3, (y + 1) % z3.shape[1]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__6(p3, y, W1, W2, lam):
    return _log_loss(p3, (y + 1) % p3.shape[1]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__7(z3, y, W1, W2, lam):
    return _cross_entropy(z3, np.maximum(y - 1, 0)) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__label_off_by_one__8(p3, y, W1, W2, lam):
    return _log_loss(p3, np.maximum(y - 1, 0)) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__sums_all_classes(p3, W1, W2, lam):
    """Only the probability of the label counts; the logarithms of the other classes do not belong here."""
    return -np.mean(np.log(p3)) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__sums_all_classes__2(p3, W1, W2, lam, N):
    return -np.sum(np.log(p3)) / N + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__indexes_whole_columns(p3, y, W1, W2, lam):
    """p3[:, y] selects whole columns for every example; pair each row with its own label using np.arange(N)."""
    return -np.mean(np.log(p3[:, y])) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__indexes_whole_columns__2(p3, y, W1, W2, lam, N):
    return -np.sum(np.log(p3[:, y])) / N + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__missing_logarithm(p3, y, W1, W2, lam, N):
    """The logarithm is missing: the loss is minus the log of the label's probability."""
    return -np.mean(p3[np.arange(N), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__missing_logarithm__2(p3, y, W1, W2, lam, N):
    return np.mean(1 - p3[np.arange(N), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__logits_instead_of_probabilities(z3, y, W1, W2, lam, N):
    """A score is no log-probability: subtract the logarithm of the sum of the exponentials first."""
    return -np.mean(z3[np.arange(N), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__squared_error(p3, y, W1, W2, lam, N, C):
    """This is a squared error; the loss here is minus the log of the label's probability."""
    return np.sum((p3 - np.eye(C)[y]) ** 2) / N + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__per_example_not_combined(z3, y, W1, W2, lam, N):
    """J is one number for the whole batch: take the mean of the losses of the examples."""
    return _log_sum_exp(z3) - z3[np.arange(N), y] + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__per_example_not_combined__2(p3, y, W1, W2, lam, N):
    return -np.log(p3[np.arange(N), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__log_of_zero(p3, y, W1, W2, lam):
    """A probability can be so small that the computer makes it 0, and its logarithm is infinite then; compute
    the loss from the scores, as the log of the sum of the exponentials minus the label's score."""
    return _log_loss(p3, y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__log_of_zero__2(p3, y, W1, W2, lam, C):
    return np.mean(np.sum(-np.log(p3) * np.eye(C)[y], axis=1)) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__log_of_zero__3(p3, y, W1, W2, lam):
    """nan_to_num hides an infinite logarithm; compute the loss from the scores, as the log of the sum of the
    exponentials minus the label's score."""
    return np.nan_to_num(_log_loss(p3, y)) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__over_clipping(p3, y, W1, W2, lam, number):
    """A number added to the probabilities, or a bound for them, changes the loss where a probability is small;
    compute it from the scores, and nothing needs protection."""
    return _log_loss(p3 + number, y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__over_clipping__2(p3, y, W1, W2, lam, number):
    return _log_loss(np.maximum(p3, number), y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__over_clipping__3(p3, y, W1, W2, lam, number):
    return _log_loss(np.clip(p3, number, 1 - number), y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__unstable_softmax(z3, y, W1, W2, lam, N):
    """exp overflows for large scores; subtract the largest score of each row first and add it again after the
    logarithm."""
    return np.mean(np.log(np.sum(np.exp(z3), axis=1)) - z3[np.arange(N), y]) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__maximum_of_the_batch(z3, y, W1, W2, lam, N):
    """With the maximum of the whole batch, all exponentials of a row far below it are 0; subtract each row's own
    maximum."""
    top = np.max(z3)
    return np.mean(top + np.log(np.sum(np.exp(z3 - top), axis=1)) - z3[np.arange(N), y]) + lam * (
        np.sum(W1**2) + np.sum(W2**2)
    )


def J__unstable_softmax__2(z3, y, W1, W2, lam):
    e = np.exp(z3)
    return _log_loss(e / np.sum(e, axis=1, keepdims=True), y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__maximum_of_the_batch__2(z3, y, W1, W2, lam):
    e = np.exp(z3 - np.max(z3))
    return _log_loss(e / np.sum(e, axis=1, keepdims=True), y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__softmax_wrong_axis(z3, y, W1, W2, lam):
    """np.sum(e) adds up the whole batch; normalise each example by its own sum."""
    e = np.exp(z3 - np.max(z3))
    return _log_loss(e / np.sum(e), y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__softmax_wrong_axis__2(z3, y, W1, W2, lam):
    """Each row is one example, so the softmax must be normalised along the classes (axis=1) and keep that axis."""
    e = np.exp(z3 - np.max(z3, axis=0))
    return _log_loss(e / np.sum(e, axis=0), y) + lam * (np.sum(W1**2) + np.sum(W2**2))


def J__first_example_only(z3, y, W1, W2, lam):
    """Only one example of the batch is used; all of them contribute to the loss."""
    return _cross_entropy(z3[:1], y[:1]) + lam * (np.sum(W1**2) + np.sum(W2**2))


# ---------------------------------------------------------------- labels, and the error at the output


def grad_z3__missing_average(p3, y, C):
    """The loss is a mean over the batch, so grad_z3 is divided by N once, and the rest follows."""
    return p3 - np.eye(C)[y]


def grad_z3__double_average(p3, y, N, C):
    """The 1/N is applied twice; once is enough."""
    return (p3 - np.eye(C)[y]) / N**2


def grad_z3__divides_by_wrong_count(p3, y, C):
    """The mean runs over the N examples, so N (the number of rows) is what to divide by."""
    return (p3 - np.eye(C)[y]) / C


def grad_z3__divides_by_wrong_count__2(p3, y, N, C):
    return (p3 - np.eye(C)[y]) / (N * C)


def grad_z3__label_off_by_one(p3, y, N):
    """The true class's column is column y itself: classes are counted from 0 here."""
    return (p3 - np.eye(p3.shape[1])[y - 1]) / N


def grad_z3__label_off_by_one__2(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[y + 1]) / N


def grad_z3__label_off_by_one__3(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[(y + 1) % p3.shape[1]]) / N


def grad_z3__label_off_by_one__4(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[-y]) / N


def grad_z3__label_off_by_one__5(p3, y, N):
    return (p3 - (np.arange(1, p3.shape[1] + 1) == y[:, np.newaxis])) / N


def grad_z3__label_off_by_one__6(p3, y, N):
    return (p3 - np.eye(p3.shape[1] + 1)[y + 1][:, :-1]) / N


def grad_z3__label_off_by_one__7(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[np.minimum(y + 1, p3.shape[1] - 1)]) / N


def grad_z3__label_off_by_one__8(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[np.maximum(y - 1, 0)]) / N


def grad_z3__missing_one_hot(p3, N):
    """The error signal at the output is p3 minus the one-hot labels; the labels are missing here."""
    return p3 / N


def grad_z3__plus_instead_of_minus(p3, y, N):
    """The one-hot labels should be subtracted from the probabilities, not added to them."""
    return (p3 + np.eye(p3.shape[1])[y]) / N


def grad_z3__gradient_sign(p3, y, N):
    """The sign is the wrong way round: the gradient is probabilities minus labels. It points uphill."""
    return (np.eye(p3.shape[1])[y] - p3) / N


def grad_z3__subtracts_from_every_class(p3, N):
    """Only the entry of the true class loses 1; the other probabilities stay as they are."""
    return (p3 - 1) / N


def grad_z3__subtracts_from_every_class__2(p3, y, N):
    return (p3 - (1 - np.eye(p3.shape[1])[y])) / N


def grad_z3__indexes_whole_columns(p3, y, N):
    """p3[:, y] selects whole columns for every example; pair each row with its own label using np.arange(N)."""
    g = p3.copy()
    g[:, y] -= 1
    return g / N


def grad_z3__indexes_whole_columns__2(p3, y, N):
    g = p3.copy()
    for label in y:
        g[:, label] -= 1
    return g / N


def grad_z3__indexes_rows_with_labels(p3, y, N):
    """The two indices are swapped: row i belongs to example i and column y[i] to its class."""
    g = p3.copy()
    for i in range(len(y)):
        g[y[i], i] -= 1
    return g / N


def grad_z3__indexes_rows_with_labels__2(p3, y, N):
    g = p3.copy()
    g[y, np.arange(len(y))] -= 1
    return g / N


def grad_z3__label_number_subtracted(p3, y, N):
    """y contains names of classes, not quantities: subtract the one-hot vectors rather than the numbers
    themselves."""
    return (p3 - y.reshape(-1, 1)) / N


def grad_z3__label_number_subtracted__2(p3, y, N):
    g = p3.copy()
    g[np.arange(len(y)), y] -= y
    return g / N


def grad_z3__expects_one_hot_labels(p3, y, N):
    """y holds class numbers here, so it has to be turned into one-hot rows before subtracting."""
    return (p3 - y) / N


def grad_z3__expects_one_hot_labels__2(p3, y, N):
    return (p3 - np.equal(np.argmax(y, axis=-1), np.arange(p3.shape[1]))) / N


def grad_z3__expects_one_hot_labels__3(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[np.argmax(y)]) / N


def grad_z3__logits_instead_of_probabilities(z3, y, N):
    """The formula needs the probabilities p3 (after the softmax), not the scores z3 (before it)."""
    return (z3 - np.eye(z3.shape[1])[y]) / N


def grad_z3__class_order_lost(p3, y, N):
    """Sorting the probabilities separates them from their classes; keep p3 in its original order."""
    return (np.sort(p3, axis=1) - np.eye(p3.shape[1])[y]) / N


def grad_z3__class_order_lost__2(p3, y, N):
    return (np.sort(p3, axis=1)[:, ::-1] - np.eye(p3.shape[1])[y]) / N


def grad_z3__prediction_instead_of_label(p3, N):
    """The target must come from the labels y, not from the class your network currently prefers."""
    return (p3 - np.eye(p3.shape[1])[np.argmax(p3, axis=1)]) / N


def grad_z3__prediction_instead_of_label__2(p3, N):
    return (p3 - (p3 == np.max(p3, axis=1, keepdims=True))) / N


def grad_z3__one_hot_from_present_classes(p3, y, N):
    """A batch does not have to contain every class: take the number of classes from p3, not from the labels you
    happen to see."""
    return (p3 - np.eye(np.max(y) + 1)[y]) / N


def grad_z3__one_hot_from_present_classes__2(p3, y, N):
    return (p3 - (y[:, np.newaxis] == np.unique(y))) / N


def grad_z3__one_hot_from_present_classes__3(p3, y, N):
    return (p3 - np.eye(len(np.unique(y)))[y]) / N


def grad_z3__one_hot_from_present_classes__4(p3, y, N):
    return (p3 - np.eye(len(np.unique(y)))[np.unique(y, return_inverse=True)[1]]) / N


def grad_z3__one_hot_from_present_classes__5(p3, y, N):
    """np.max(y)+1 is too small when the last class does not appear in the batch; use p3.shape[1]."""
    g = p3[:, : np.max(y) + 1] - np.eye(np.max(y) + 1)[y]
    return g / N


def grad_z3__batch_size_as_class_count(p3, y, N):
    """The one-hot rows need C columns (classes), not N (examples)."""
    return (p3 - np.eye(len(y))[y]) / N


def grad_z3__batch_size_as_class_count__2(p3, y, N):
    return (p3 - np.eye(len(y))[:, y]) / N


def grad_z3__only_true_class_filled(p3, y, N):
    """The other classes receive a gradient too: their entry is their own probability."""
    return (p3 - 1) * np.eye(p3.shape[1])[y] / N


def grad_z3__only_true_class_filled__2(p3, y, N):
    return -np.eye(p3.shape[1])[y] / N


def grad_z3__only_true_class_filled__3(p3, y, N):
    return -np.eye(p3.shape[1])[y] * p3 / N


def grad_z3__only_true_class_filled__4(p3, y, N):
    return np.eye(p3.shape[1])[y] * p3 / N


def grad_z3__softmax_jacobian_diagonal_only(p3, y, N):
    """Every softmax output depends on every logit, so the off-diagonal terms of its Jacobian cannot be dropped."""
    return -np.eye(p3.shape[1])[y] / np.maximum(p3, 1e-300) * p3 * (1 - p3) / N


def grad_z3__softmax_jacobian_diagonal_only__2(p3, y, N):
    return -np.eye(p3.shape[1])[y] / p3 * p3 * (1 - p3) / N


def grad_z3__squared_error_derivative(p3, y, N):
    """This looks like the derivative of a squared error; for softmax with cross-entropy it simplifies to p3
    minus the one-hot labels."""
    return 2 * (p3 - np.eye(p3.shape[1])[y]) * p3 * (1 - p3) / N


def grad_z3__squared_error_derivative__2(p3, y, N):
    return 2 * (p3 - np.eye(p3.shape[1])[y]) / N


def grad_z3__stops_at_softmax(p3, y, N):
    """This is the derivative with respect to the probabilities p3; there is still the softmax to go through
    before reaching z3."""
    return -np.eye(p3.shape[1])[y] / np.maximum(p3, 1e-300) / N


def grad_z3__stops_at_softmax__2(p3, y, N):
    return -np.eye(p3.shape[1])[y] / p3 / N


def grad_z3__returns_loss_not_gradient(p3, y):
    """This returns the loss itself; we are after its derivative with respect to the scores."""
    return -np.mean(np.log(p3[np.arange(len(y)), y]))


def grad_z3__returns_loss_not_gradient__2(p3, y):
    return -np.log(p3[np.arange(len(y)), y])


def grad_z3__zero_over_zero(p3, y, N):
    """Mathematically right, but dividing by p3 breaks down when a probability is exactly 0; simplify to p3 minus
    one-hot first."""
    d = -np.eye(p3.shape[1])[y] / p3
    return p3 * (d - np.sum(d * p3, axis=1, keepdims=True)) / N


def grad_z3__zero_over_zero__2(p3, y, N):
    return p3 * (1 - np.eye(p3.shape[1])[y] / p3) / N


def grad_z3__unstable_softmax(z3, y, N):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the
    same but safe."""
    e = np.exp(z3)
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(z3.shape[1])[y]) / N


def grad_z3__unstable_softmax__2(z3, y, N):
    """Subtracting the maximum of the whole batch can push a complete row to 0/0; subtract each row's own maximum."""
    e = np.exp(z3 - np.max(z3))
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(z3.shape[1])[y]) / N


def grad_z3__unstable_softmax__3(z3, y, N):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the
    same but safe."""
    return (np.exp(z3 - np.log(np.sum(np.exp(z3), axis=1, keepdims=True))) - np.eye(z3.shape[1])[y]) / N


def grad_z3__unstable_softmax__4(z3, y, N):
    """Subtracting the maximum of each class over the batch does not protect the rows; subtract each row's own
    maximum."""
    e = np.exp(z3 - np.max(z3, axis=0))
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(z3.shape[1])[y]) / N


def grad_z3__unstable_softmax__5(z3, y, N):
    """Subtracting the mean does not keep exp from overflowing; subtract each row's own maximum."""
    e = np.exp(z3 - np.mean(z3))
    return (e / np.sum(e, axis=1, keepdims=True) - np.eye(z3.shape[1])[y]) / N


def grad_z3__softmax_wrong_axis(z3, y, N):
    """np.sum(e) adds up the whole batch; normalise each example by its own sum."""
    e = np.exp(z3 - np.max(z3, axis=1, keepdims=True))
    return (e / np.sum(e) - np.eye(z3.shape[1])[y]) / N


def grad_z3__softmax_wrong_axis__2(z3, y, N):
    """np.sum(e) adds up the whole batch; normalise each example by its own sum."""
    e = np.exp(z3 - np.max(z3))
    return (e / np.sum(e) - np.eye(z3.shape[1])[y]) / N


def grad_z3__softmax_wrong_axis__3(z3, y, N):
    """Each row is one example, so the softmax must be normalised along the classes (axis=1) and keep that axis."""
    e = np.exp(z3 - np.max(z3))
    return (e / np.sum(e, axis=0) - np.eye(z3.shape[1])[y]) / N


def grad_z3__softmax_wrong_axis__4(z3, y, N):
    e = np.exp(z3 - np.max(z3, axis=0))
    return (e / np.sum(e) - np.eye(z3.shape[1])[y]) / N


def grad_z3__softmax_applied_twice(p3, y, N):
    """p3 are probabilities already: the softmax must not be applied to them again."""
    return (_softmax(p3) - np.eye(p3.shape[1])[y]) / N


def grad_z3__averages_parts_only(p3, y, N):
    """The probabilities are divided by N but the 1 of the label is not; divide after subtracting."""
    return p3 / N - np.eye(p3.shape[1])[y]


def grad_z3__averages_parts_only__2(p3, y, N):
    """Only one of the two terms is divided by N; put parentheses around the difference."""
    return p3 - np.eye(p3.shape[1])[y] / N


def grad_z3__wrong_log_base(p3, y, N):
    """The loss uses the natural logarithm, so no factor log(2) or log(10) should appear."""
    return (p3 - np.eye(p3.shape[1])[y]) / np.log(2) / N


def grad_z3__wrong_log_base__2(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[y]) / np.log(10) / N


def grad_z3__wrong_log_base__3(p3, y, N):
    return (p3 - np.eye(p3.shape[1])[y]) * np.log(2) / N


def grad_z3__integer_division(p3, y, N):
    """// throws away the decimals; use / for a real division."""
    return (p3 - np.eye(p3.shape[1])[y]) // N


def grad_z3__integer_division__2(p3, y, N):
    """1 // N is 0 as soon as N is larger than 1; write 1 / N."""
    return (p3 - np.eye(p3.shape[1])[y]) * (1 // N)


def grad_z3__first_example_only(p3, y, N):
    """y[0] is the label of the first example only; every row needs its own label."""
    g = p3.copy()
    g[:, y[0]] -= 1
    return g / N


def grad_z3__first_example_only__2(p3, y, N):
    """Only the first example is corrected by its label; every row needs its own label."""
    g = p3.copy()
    g[0, y[0]] -= 1
    return g / N


def grad_z3__return_inside_loop(p3, y, N):
    """The return is indented inside the loop, so the function leaves after the first step."""
    g = p3.copy()
    g[0, y[0]] -= 1
    return g / N


def grad_z3__last_example_only(p3, y, N):
    """Only the last example is corrected by its label; every row needs its own."""
    g = p3.copy()
    g[-1, y[-1]] -= 1
    return g / N


def grad_z3__last_example_only__2(p3, y, N):
    return (p3[-1] - np.eye(p3.shape[1])[y[-1]]) / N


def grad_z3__loop_bounds(p3, y, N):
    """The loop stops before the last example; range already excludes its end."""
    g = p3.copy()
    for i in range(len(y) - 1):
        g[i, y[i]] -= 1
    return g / N


def grad_z3__loop_bounds__2(p3, y, N):
    """Your loop starts at 1, so the first example never gets its label."""
    g = p3.copy()
    for i in range(1, len(y)):
        g[i, y[i]] -= 1
    return g / N


def grad_z3__reduces_too_early(p3, y):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return (p3 - np.eye(p3.shape[1])[y]).mean(axis=0)


def grad_z3__reduces_too_early__2(p3, y):
    return (p3 - np.eye(p3.shape[1])[y]).sum(axis=0)


def grad_z3__label_broadcast_shape(p3, y, N):
    """Compare each label with all classes by giving y a second axis: y[:, None] == np.arange(C)."""
    return (p3 - (y == np.arange(p3.shape[1]))) / N


def grad_z3__label_broadcast_shape__2(p3, y, N):
    """This comparison gives one column per example; transpose it so that each example is a row."""
    return (p3 - (y == np.arange(p3.shape[1])[:, np.newaxis])) / N


def grad_z3__sum_over_wrong_axis(p3, y, N):
    """Each class keeps its own entry; do not add them up."""
    return np.sum(p3 - np.eye(p3.shape[1])[y], axis=1) / N


def grad_z3__shape_lost(grad_z3):
    """With a batch of one, squeeze drops the axis of the examples; keep the shape (N, C)."""
    return np.squeeze(grad_z3)


def grad_z3__column_row_broadcast(p3, y, N):
    """An (N,) vector combined with an (N, C) matrix is taken as a row; keep its axis (keepdims=True)."""
    return (p3 - np.max(p3, axis=1) * 0 - np.eye(p3.shape[1])[y]) / N


def grad_z3__over_clipping(p3, y, number, N):
    """Clipping the probabilities this hard changes the gradient; a clip is only meant to protect the logarithm."""
    p = np.clip(p3, min(number, 1 - number), max(number, 1 - number))
    return (p - np.eye(p3.shape[1])[y]) / N


def grad_z3__over_clipping__2(p3, y, number, N):
    return (np.maximum(p3, number) - np.eye(p3.shape[1])[y]) / N


def grad_z3__hard_coded_class_count(p3, y, number, N):
    """The number of classes is fixed in the code; read it from the shape of p3 so it works for any C."""
    return (p3 - np.eye(int(number))[y]) / N


def grad_z3__hard_coded_batch_size(p3, y, number):
    """The batch size is fixed in the code; read N from the data, because the last batch may be smaller."""
    return (p3 - np.eye(p3.shape[1])[y]) / number


def grad_z3__hard_coded_batch_size__2(p3, y, number):
    g = p3.copy()
    g[np.arange(int(number)), y] -= 1
    return g / number


def grad_z3__label_off_by_one__9(p3, y, N):
    """The true class's column is column y itself: classes are counted from 0 here."""
    return (p3 - np.roll(np.eye(p3.shape[1])[y], 1, axis=1)) / N


def grad_z3__integer_truncation(p3, y, N):
    """Your array has an integer type, so the decimals are silently thrown away; make it a float array."""
    return (np.trunc(p3) - np.eye(p3.shape[1])[y]) / N


def grad_z3__rounds_result(p3, y, number, N):
    """Please return the full precision: rounding the numbers makes the gradient wrong."""
    return (np.round(p3, int(number)) - np.eye(p3.shape[1])[y]) / N


# ---------------------------------------------------------------- the penalty, and averages


def grad_W2__missing_penalty(a2, grad_z3):
    """The penalty is part of the loss: its gradient 2 lam W2 has to be added."""
    return a2.T @ grad_z3


def grad_W2__missing_factor_two(a2, grad_z3, W2, lam):
    """The derivative of lam ||W2||^2 is 2 lam W2; the 2 would only cancel against a half in the loss."""
    return a2.T @ grad_z3 + lam * W2


def grad_W2__doubled_penalty(a2, grad_z3, W2, lam):
    """The derivative of lam ||W2||^2 is 2 lam W2; here the 2 stands twice."""
    return a2.T @ grad_z3 + 4 * lam * W2


def grad_W2__averaged_penalty(a2, grad_z3, W2, lam, N):
    """The penalty is not divided by N, so its gradient is 2 lam W2."""
    return a2.T @ grad_z3 + 2 * lam * W2 / N


def grad_W2__averaged_penalty__2(a2, grad_z3, W2, lam, N):
    """The penalty is not divided by N and has no half, so its gradient is 2 lam W2."""
    return a2.T @ grad_z3 + lam * W2 / N


def grad_W2__penalty_per_example(a2, grad_z3, W2, lam, N):
    """The penalty is added once, not once per example."""
    return a2.T @ grad_z3 + 2 * lam * W2 * N


def grad_W2__double_average(a2, grad_z3, W2, lam, N):
    """grad_z3 carries the 1/N already; nothing below it is divided by N again."""
    return a2.T @ grad_z3 / N + 2 * lam * W2


def grad_W2__double_average__2(a2, grad_z3, W2, lam, N):
    return (a2.T @ grad_z3 + 2 * lam * W2) / N


def grad_W2__double_average__3(a2, grad_z3, W2, lam, N):
    """grad_z3 carries the 1/N already; nothing below it is divided by N again. Besides, the derivative of the
    penalty is 2 lam W2."""
    return a2.T @ grad_z3 / N + lam * W2


def grad_W2__double_average__4(a2, grad_z3, N):
    """grad_z3 carries the 1/N already; nothing below it is divided by N again. Besides, the penalty is missing."""
    return (a2.T @ grad_z3) / N


def grad_W2__missing_average(a2, grad_z3, W2, lam, N):
    """grad_z3 carries the 1/N, and it must stay there: do not multiply by N."""
    return (a2.T @ grad_z3) * N + 2 * lam * W2


def grad_W2__wrong_weight_matrix(a2, grad_z3, W1, lam):
    """The penalty's gradient with respect to W2 is 2 lam W2, with W2 itself."""
    return a2.T @ grad_z3 + 2 * lam * W1


def grad_W2__l1_instead_of_l2(a2, grad_z3, W2, lam):
    """The sign is the derivative of an absolute value (L1); the penalty here is made of squares."""
    return a2.T @ grad_z3 + lam * np.sign(W2)


def grad_W2__l1_instead_of_l2__2(a2, grad_z3, W2, lam):
    return a2.T @ grad_z3 + 2 * lam * np.sign(W2)


def grad_W2__norm_not_squared(a2, grad_z3, W2, lam):
    """That is the derivative of the norm; the penalty is its square, with the derivative 2 lam W2."""
    return a2.T @ grad_z3 + lam * W2 / np.sqrt(np.sum(W2**2))


def grad_W2__penalty_sign(a2, grad_z3, W2, lam):
    """The penalty is added to the loss, so its gradient is added too."""
    return a2.T @ grad_z3 - 2 * lam * W2


def grad_W2__penalty_sign__2(a2, grad_z3, W2, lam):
    """The penalty is added to the loss, so its gradient is added too; it is 2 lam W2."""
    return a2.T @ grad_z3 - lam * W2


def grad_W2__gradient_sign(a2, grad_z3, W2, lam):
    """The first term has the wrong sign; only the penalty's has the right one."""
    return 2 * lam * W2 - a2.T @ grad_z3


def grad_W2__penalty_without_lam(a2, grad_z3, W2):
    """The gradient of the penalty has to be multiplied by lam."""
    return a2.T @ grad_z3 + 2 * W2


def grad_W2__penalty_without_lam__2(a2, grad_z3, W2):
    return a2.T @ grad_z3 + W2


def grad_W2__penalty_not_differentiated(a2, grad_z3, W2, lam):
    """This adds the penalty itself; its derivative is 2 lam W2."""
    return a2.T @ grad_z3 + lam * np.sum(W2**2)


def grad_W2__penalty_not_differentiated__2(a2, grad_z3, W2, lam):
    return a2.T @ grad_z3 + lam * W2**2


def grad_W2__penalty_summed(a2, grad_z3, W2, lam):
    """Each weight has its own entry in the gradient of the penalty; do not add them up."""
    return a2.T @ grad_z3 + 2 * lam * np.sum(W2)


def grad_W2__penalty_only(a2, grad_z3, W2, lam):
    """This is the gradient of the penalty alone; that of the losses of the examples is missing."""
    return 2 * lam * W2 + 0 * (a2.T @ grad_z3)


def grad_W2__hard_coded_penalty(a2, grad_z3, W2, number):
    """The weight of the penalty is fixed in the code; use the argument lam."""
    return a2.T @ grad_z3 + 2 * number * W2


def grad_W2__hard_coded_penalty__2(a2, grad_z3, W2, number):
    return a2.T @ grad_z3 + number * W2


def grad_W1__missing_penalty(X, grad_z2):
    """The penalty is part of the loss: its gradient 2 lam W1 has to be added."""
    return X.T @ grad_z2


def grad_W1__missing_factor_two(X, grad_z2, W1, lam):
    """The derivative of lam ||W1||^2 is 2 lam W1; the 2 would only cancel against a half in the loss."""
    return X.T @ grad_z2 + lam * W1


def grad_W1__doubled_penalty(X, grad_z2, W1, lam):
    """The derivative of lam ||W1||^2 is 2 lam W1; here the 2 stands twice."""
    return X.T @ grad_z2 + 4 * lam * W1


def grad_W1__averaged_penalty(X, grad_z2, W1, lam, N):
    """The penalty is not divided by N, so its gradient is 2 lam W1."""
    return X.T @ grad_z2 + 2 * lam * W1 / N


def grad_W1__averaged_penalty__2(X, grad_z2, W1, lam, N):
    """The penalty is not divided by N and has no half, so its gradient is 2 lam W1."""
    return X.T @ grad_z2 + lam * W1 / N


def grad_W1__penalty_per_example(X, grad_z2, W1, lam, N):
    """The penalty is added once, not once per example."""
    return X.T @ grad_z2 + 2 * lam * W1 * N


def grad_W1__double_average(X, grad_z2, W1, lam, N):
    """grad_z2 carries the 1/N already; nothing below it is divided by N again."""
    return X.T @ grad_z2 / N + 2 * lam * W1


def grad_W1__double_average__2(X, grad_z2, W1, lam, N):
    return (X.T @ grad_z2 + 2 * lam * W1) / N


def grad_W1__double_average__3(X, grad_z2, W1, lam, N):
    """grad_z2 carries the 1/N already; nothing below it is divided by N again. Besides, the derivative of the
    penalty is 2 lam W1."""
    return X.T @ grad_z2 / N + lam * W1


def grad_W1__double_average__4(X, grad_z2, N):
    """grad_z2 carries the 1/N already; nothing below it is divided by N again. Besides, the penalty is missing."""
    return (X.T @ grad_z2) / N


def grad_W1__missing_average(X, grad_z2, W1, lam, N):
    """grad_z2 carries the 1/N, and it must stay there: do not multiply by N."""
    return (X.T @ grad_z2) * N + 2 * lam * W1


def grad_W1__wrong_weight_matrix(X, grad_z2, W2, lam):
    """The penalty's gradient with respect to W1 is 2 lam W1, with W1 itself."""
    return X.T @ grad_z2 + 2 * lam * W2


def grad_W1__l1_instead_of_l2(X, grad_z2, W1, lam):
    """The sign is the derivative of an absolute value (L1); the penalty here is made of squares."""
    return X.T @ grad_z2 + lam * np.sign(W1)


def grad_W1__l1_instead_of_l2__2(X, grad_z2, W1, lam):
    return X.T @ grad_z2 + 2 * lam * np.sign(W1)


def grad_W1__norm_not_squared(X, grad_z2, W1, lam):
    """That is the derivative of the norm; the penalty is its square, with the derivative 2 lam W1."""
    return X.T @ grad_z2 + lam * W1 / np.sqrt(np.sum(W1**2))


def grad_W1__penalty_sign(X, grad_z2, W1, lam):
    """The penalty is added to the loss, so its gradient is added too."""
    return X.T @ grad_z2 - 2 * lam * W1


def grad_W1__penalty_sign__2(X, grad_z2, W1, lam):
    """The penalty is added to the loss, so its gradient is added too; it is 2 lam W1."""
    return X.T @ grad_z2 - lam * W1


def grad_W1__gradient_sign(X, grad_z2, W1, lam):
    """The first term has the wrong sign; only the penalty's has the right one."""
    return 2 * lam * W1 - X.T @ grad_z2


def grad_W1__penalty_without_lam(X, grad_z2, W1):
    """The gradient of the penalty has to be multiplied by lam."""
    return X.T @ grad_z2 + 2 * W1


def grad_W1__penalty_without_lam__2(X, grad_z2, W1):
    return X.T @ grad_z2 + W1


def grad_W1__penalty_not_differentiated(X, grad_z2, W1, lam):
    """This adds the penalty itself; its derivative is 2 lam W1."""
    return X.T @ grad_z2 + lam * np.sum(W1**2)


def grad_W1__penalty_not_differentiated__2(X, grad_z2, W1, lam):
    return X.T @ grad_z2 + lam * W1**2


def grad_W1__penalty_summed(X, grad_z2, W1, lam):
    """Each weight has its own entry in the gradient of the penalty; do not add them up."""
    return X.T @ grad_z2 + 2 * lam * np.sum(W1)


def grad_W1__penalty_only(X, grad_z2, W1, lam):
    """This is the gradient of the penalty alone; that of the losses of the examples is missing."""
    return 2 * lam * W1 + 0 * (X.T @ grad_z2)


def grad_W1__hard_coded_penalty(X, grad_z2, W1, number):
    """The weight of the penalty is fixed in the code; use the argument lam."""
    return X.T @ grad_z2 + 2 * number * W1


def grad_W1__hard_coded_penalty__2(X, grad_z2, W1, number):
    return X.T @ grad_z2 + number * W1


def grad_b2__regularised_bias(grad_z3, b2, lam):
    """There is no penalty on the biases here, so nothing involving b belongs in their gradient."""
    return np.sum(grad_z3, axis=0) + 2 * lam * b2


def grad_b2__regularised_bias__2(grad_z3, b2, lam):
    return np.sum(grad_z3, axis=0) + lam * b2


def grad_b2__regularised_bias__3(grad_z3, b2, number):
    return np.sum(grad_z3, axis=0) + number * b2


def grad_b2__regularised_bias__4(grad_z3, b2, number):
    return np.sum(grad_z3, axis=0) + 2 * number * b2


def grad_b2__double_average(grad_z3):
    """grad_z3 carries the 1/N already, so its rows are added up; a mean divides once more."""
    return np.mean(grad_z3, axis=0)


def grad_b2__missing_average(grad_z3, N):
    """grad_z3 carries the 1/N, and it must stay there: do not multiply by N."""
    return np.sum(grad_z3, axis=0) * N


def grad_b1__regularised_bias(grad_z2, b1, lam):
    """There is no penalty on the biases here, so nothing involving b belongs in their gradient."""
    return np.sum(grad_z2, axis=0) + 2 * lam * b1


def grad_b1__regularised_bias__2(grad_z2, b1, lam):
    return np.sum(grad_z2, axis=0) + lam * b1


def grad_b1__regularised_bias__3(grad_z2, b1, number):
    return np.sum(grad_z2, axis=0) + number * b1


def grad_b1__regularised_bias__4(grad_z2, b1, number):
    return np.sum(grad_z2, axis=0) + 2 * number * b1


def grad_b1__double_average(grad_z2):
    """grad_z2 carries the 1/N already, so its rows are added up; a mean divides once more."""
    return np.mean(grad_z2, axis=0)


def grad_b1__missing_average(grad_z2, N):
    """grad_z2 carries the 1/N, and it must stay there: do not multiply by N."""
    return np.sum(grad_z2, axis=0) * N


def grad_a2__double_average(grad_z3, W2, N):
    """grad_z3 carries the 1/N already; nothing below it is divided by N again."""
    return grad_z3 @ W2.T / N


def grad_z2__double_average(grad_a2, z2, N):
    """grad_a2 carries the 1/N already; nothing below it is divided by N again."""
    return grad_a2 * (z2 > 0) / N


# ---------------------------------------------------------------- biases


def grad_b2__bias_not_summed(grad_z3):
    """One bias serves the whole batch, so its gradient is combined over the examples and has one entry per unit."""
    return grad_z3.copy()


def grad_b2__bias_not_summed__2(grad_z3, N):
    """With a batch there is one row per example; add them up (axis=0) to get one number per bias."""
    return grad_z3 / N


def grad_b2__bias_sum_all(grad_z3):
    """np.sum without an axis gives one number for the whole layer (for the output layer it is even always 0);
    use axis=0."""
    return np.sum(grad_z3)


def grad_b2__bias_sum_all__2(grad_z3, N):
    return np.sum(grad_z3) / N


def grad_b2__bias_sum_all__3(grad_z3):
    return np.mean(grad_z3)


def grad_b2__bias_sum_wrong_axis(grad_z3):
    """The bias is shared by the examples, so the sum runs over the examples (axis=0) and leaves one entry per
    unit."""
    return np.sum(grad_z3, axis=1)


def grad_b2__bias_sum_wrong_axis__2(grad_z3, N):
    return np.sum(grad_z3, axis=1) / N


def grad_b2__bias_sum_wrong_axis__3(grad_z3):
    return np.mean(grad_z3, axis=1)


def grad_b2__bias_times_bias(grad_z3, b2):
    """The bias enters as '+ b', so its derivative is 1: the value of b itself does not appear."""
    return np.sum(grad_z3 * b2, axis=0)


def grad_b2__bias_times_bias__2(grad_z3, b2):
    return grad_z3 * b2


def grad_b2__bias_times_input(grad_z3, a2):
    """The bias is not multiplied by any input, so its gradient is just the combined incoming gradient."""
    return np.sum(a2.T @ grad_z3, axis=0)


def grad_b2__bias_times_input__2(grad_z3, a2):
    return np.sum(a2, axis=1) @ grad_z3


def grad_b2__max_instead_of_sum(grad_z3):
    """The contributions of the examples are added up, not replaced by the largest one."""
    return np.max(grad_z3, axis=0)


def grad_b2__max_instead_of_sum__2(grad_z3):
    return np.max(grad_z3)


def grad_b2__missing_upstream_gradient(grad_z3):
    """1 is the local derivative of '+ b2'; multiply it by the incoming gradient grad_z3."""
    return np.ones(grad_z3.shape[1])


def grad_b2__missing_upstream_gradient__2(grad_z3, N):
    return N * np.ones(grad_z3.shape[1])


def grad_b2__first_example_only(grad_z3):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_z3[0]


def grad_b2__last_example_only(grad_z3):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return grad_z3[-1]


def grad_b2__loop_bounds(grad_z3):
    """The loop stops before the last example; range already excludes its end."""
    return np.sum(grad_z3[:-1], axis=0)


def grad_b2__loop_bounds__2(grad_z3):
    """Your loop starts at 1, so the first example never counts."""
    return np.sum(grad_z3[1:], axis=0)


def grad_b2__extra_factor(grad_z3):
    """Why the absolute value? The sign of the gradient tells us which way to move the bias."""
    return np.sum(np.abs(grad_z3), axis=0)


def grad_b2__extra_factor__2(grad_z3):
    return np.abs(np.sum(grad_z3, axis=0))


def grad_b2__misses_last_element(grad_b2):
    """The slice stops one element too early."""
    return grad_b2[:-1]


def grad_b2__value_instead_of_gradient(p3):
    """The bias gradient is made of the gradient grad_z3, not of the layer's values."""
    return np.sum(p3, axis=0)


def grad_b2__value_instead_of_gradient__2(z3):
    return np.sum(z3, axis=0)


def grad_b2__column_row_broadcast(grad_z3):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return np.sum(grad_z3, axis=0) * np.ones((grad_z3.shape[1], 1))


def grad_b2__column_row_broadcast__2(grad_z3):
    return np.sum(grad_z3, axis=0)[:, np.newaxis] * np.ones(grad_z3.shape[1])


def grad_b2__rescales_gradient(grad_z3):
    """Gradient clipping is useful in training, but here the exact gradient is expected."""
    return np.sum(grad_z3 / np.linalg.norm(grad_z3, axis=1, keepdims=True), axis=0)


def grad_b2__relu_applied_to_gradient(grad_z3):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(np.sum(grad_z3, axis=0), 0)


def grad_b2__relu_applied_to_gradient__2(grad_z3):
    return np.sum(np.maximum(grad_z3, 0), axis=0)


def grad_b1__bias_not_summed(grad_z2):
    """One bias serves the whole batch, so its gradient is combined over the examples and has one entry per unit."""
    return grad_z2.copy()


def grad_b1__bias_not_summed__2(grad_z2, N):
    """With a batch there is one row per example; add them up (axis=0) to get one number per bias."""
    return grad_z2 / N


def grad_b1__bias_sum_all(grad_z2):
    """Each unit has its own bias; sum over the examples only (axis=0), not over everything."""
    return np.sum(grad_z2)


def grad_b1__bias_sum_all__2(grad_z2, N):
    return np.sum(grad_z2) / N


def grad_b1__bias_sum_all__3(grad_z2):
    return np.mean(grad_z2)


def grad_b1__bias_sum_wrong_axis(grad_z2):
    """The bias is shared by the examples, so the sum runs over the examples (axis=0) and leaves one entry per
    unit."""
    return np.sum(grad_z2, axis=1)


def grad_b1__bias_sum_wrong_axis__2(grad_z2, N):
    return np.sum(grad_z2, axis=1) / N


def grad_b1__bias_sum_wrong_axis__3(grad_z2):
    return np.mean(grad_z2, axis=1)


def grad_b1__bias_times_bias(grad_z2, b1):
    """The bias enters as '+ b', so its derivative is 1: the value of b itself does not appear."""
    return np.sum(grad_z2 * b1, axis=0)


def grad_b1__bias_times_bias__2(grad_z2, b1):
    return grad_z2 * b1


def grad_b1__bias_times_input(grad_z2, X):
    """The bias is not multiplied by any input, so its gradient is just the combined incoming gradient."""
    return np.sum(X.T @ grad_z2, axis=0)


def grad_b1__bias_times_input__2(grad_z2, X):
    return np.sum(X, axis=1) @ grad_z2


def grad_b1__max_instead_of_sum(grad_z2):
    """The contributions of the examples are added up, not replaced by the largest one."""
    return np.max(grad_z2, axis=0)


def grad_b1__max_instead_of_sum__2(grad_z2):
    return np.max(grad_z2)


def grad_b1__missing_upstream_gradient(grad_z2):
    """1 is the local derivative of '+ b1'; multiply it by the incoming gradient grad_z2."""
    return np.ones(grad_z2.shape[1])


def grad_b1__missing_upstream_gradient__2(grad_z2, N):
    return N * np.ones(grad_z2.shape[1])


def grad_b1__first_example_only(grad_z2):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_z2[0]


def grad_b1__last_example_only(grad_z2):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return grad_z2[-1]


def grad_b1__loop_bounds(grad_z2):
    """The loop stops before the last example; range already excludes its end."""
    return np.sum(grad_z2[:-1], axis=0)


def grad_b1__loop_bounds__2(grad_z2):
    """Your loop starts at 1, so the first example never counts."""
    return np.sum(grad_z2[1:], axis=0)


def grad_b1__extra_factor(grad_z2):
    """Why the absolute value? The sign of the gradient tells us which way to move the bias."""
    return np.sum(np.abs(grad_z2), axis=0)


def grad_b1__extra_factor__2(grad_z2):
    return np.abs(np.sum(grad_z2, axis=0))


def grad_b1__misses_last_element(grad_b1):
    """The slice stops one element too early."""
    return grad_b1[:-1]


def grad_b1__value_instead_of_gradient(a2):
    """The bias gradient is made of the gradient grad_z2, not of the layer's values."""
    return np.sum(a2, axis=0)


def grad_b1__value_instead_of_gradient__2(z2):
    return np.sum(z2, axis=0)


def grad_b1__column_row_broadcast(grad_z2):
    """A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."""
    return np.sum(grad_z2, axis=0) * np.ones((grad_z2.shape[1], 1))


def grad_b1__column_row_broadcast__2(grad_z2):
    return np.sum(grad_z2, axis=0)[:, np.newaxis] * np.ones(grad_z2.shape[1])


def grad_b1__rescales_gradient(grad_z2):
    """Gradient clipping is useful in training, but here the exact gradient is expected."""
    return np.sum(grad_z2 / np.linalg.norm(grad_z2, axis=1, keepdims=True), axis=0)


def grad_b1__relu_applied_to_gradient(grad_z2):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(np.sum(grad_z2, axis=0), 0)


def grad_b1__relu_applied_to_gradient__2(grad_z2):
    return np.sum(np.maximum(grad_z2, 0), axis=0)


def grad_b1__unmasked_gradient_used(grad_a2):
    """The bias b1 sits before the ReLU, so its gradient is grad_z2 (masked), not grad_a2."""
    return np.sum(grad_a2, axis=0)


def grad_b1__wrong_input_variable(grad_z3):
    """b1 is added in the hidden layer, so its gradient comes from grad_z2."""
    return np.sum(grad_z3, axis=0)


def grad_b2__wrong_input_variable(grad_z2):
    """b2 is added in the output layer, so its gradient comes from grad_z3."""
    return np.sum(grad_z2, axis=0)


def grad_b2__wrong_input_variable__2(grad_a2):
    return np.sum(grad_a2, axis=0)


def grad_b2__softmax_jacobian_diagonal_only(grad_z3, p3):
    """The factor p3*(1-p3) is already contained in p3 minus one-hot: softmax and cross-entropy simplify together."""
    return np.sum(grad_z3 * p3 * (1 - p3), axis=0)


def grad_b1__relu_value_instead_of_derivative(grad_a2, a2):
    """The derivative of the ReLU is 0 or 1; here the gradient is multiplied by the ReLU's value instead."""
    return np.sum(grad_a2 * a2, axis=0)


def grad_b1__mask_from_gradient(grad_a2):
    """The mask depends on the sign of the pre-activation z2, not on the sign of the gradient."""
    return np.sum(grad_a2 * (grad_a2 > 0), axis=0)


def grad_b2__return_inside_loop(grad_z3):
    return grad_z3[0]


def grad_b1__return_inside_loop(grad_z2):
    return grad_z2[0]


def grad_b2__integer_truncation(grad_z3):
    return np.sum(np.trunc(grad_z3), axis=0)


def grad_b1__integer_truncation(grad_z2):
    return np.sum(np.trunc(grad_z2), axis=0)


# ---------------------------------------------------------------- weights


def grad_W2__missing_input_factor(grad_z3, H, W2, lam):
    """The gradient of a weight is (gradient of its output) times (its input); the input factor is missing."""
    return np.ones((H, len(grad_z3))) @ grad_z3 + 2 * lam * W2


def grad_W2__missing_input_factor__2(grad_z3, W2, lam):
    """Both factors are grad_z3; the second one should be the layer's input a2."""
    return grad_z3.T @ grad_z3 + 2 * lam * W2


def grad_W2__missing_upstream_gradient(a2, C, W2, lam):
    """This is the layer's input alone; multiply it by the gradient arriving from the layer above."""
    return a2.T @ np.ones((len(a2), C)) + 2 * lam * W2


def grad_W2__missing_upstream_gradient__2(a2, W2, lam):
    return np.sum(a2, axis=0) + 2 * lam * W2


def grad_W2__adds_instead_of_multiplies(grad_z3, a2, W2, lam):
    """The chain rule multiplies the two factors; here they are added."""
    return np.sum(a2[:, :, np.newaxis] + grad_z3[:, np.newaxis, :], axis=0) + 2 * lam * W2


def grad_W2__adds_instead_of_multiplies__2(grad_z3, a2, W2, lam):
    return np.sum(a2, axis=0)[:, np.newaxis] + np.sum(grad_z3, axis=0) + 2 * lam * W2


def grad_W2__per_example_not_combined(grad_z3, a2, W2, lam):
    """You have one gradient per example; combine them over the batch so the result has the shape of the weights."""
    return a2[:, :, np.newaxis] * grad_z3[:, np.newaxis, :] + 2 * lam * W2


def grad_W2__per_example_not_combined__2(grad_z3, a2, W2, lam):
    return grad_z3[:, :, np.newaxis] * a2[:, np.newaxis, :] + 2 * lam * W2


def grad_W2__outer_of_whole_batch(grad_z3, a2, W2, lam):
    """np.outer flattens both matrices; for a batch use a matrix product, which adds up the outer products of the
    examples."""
    return np.outer(a2, grad_z3) + 2 * lam * W2


def grad_W2__outer_of_whole_batch__2(grad_z3, a2, W2, lam):
    return np.outer(a2.T, grad_z3) + 2 * lam * W2


def grad_W2__product_of_means(grad_z3, a2, W2, lam):
    """The mean of the products is not the product of the means: multiply example by example before averaging."""
    return np.outer(np.mean(a2, axis=0), np.sum(grad_z3, axis=0)) + 2 * lam * W2


def grad_W2__product_of_means__2(grad_z3, a2, W2, lam):
    return np.outer(np.mean(a2, axis=0), np.mean(grad_z3, axis=0)) + 2 * lam * W2


def grad_W2__first_example_only(grad_z3, a2, W2, lam):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return np.outer(a2[0], grad_z3[0]) + 2 * lam * W2


def grad_W2__first_example_only__2(grad_z3, a2, W2, lam):
    return a2.T @ (np.zeros(grad_z3.shape) + grad_z3[0]) + 2 * lam * W2


def grad_W2__last_example_only(grad_z3, a2, W2, lam):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return np.outer(a2[-1], grad_z3[-1]) + 2 * lam * W2


def grad_W2__loop_bounds(grad_z3, a2, W2, lam):
    """The loop stops before the last example; range already excludes its end."""
    return a2[:-1].T @ grad_z3[:-1] + 2 * lam * W2


def grad_W2__loop_bounds__2(grad_z3, a2, W2, lam):
    """Your loop starts at 1, so the first example never counts."""
    return a2[1:].T @ grad_z3[1:] + 2 * lam * W2


def grad_W2__wrong_product_order(grad_z3, a2, W2, lam):
    """The shapes tell you: the examples must disappear from the product, so the transposed inputs come first
    (a2.T @ grad_z3)."""
    return a2 @ grad_z3.T + 2 * lam * W2


def grad_W2__wrong_product_order__2(grad_z3, a2, W2, lam):
    return grad_z3 @ a2.T + 2 * lam * W2


def grad_W2__elementwise_instead_of_matmul(grad_z3, a2, W2, lam):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return a2.T * grad_z3 + 2 * lam * W2


def grad_W2__elementwise_instead_of_matmul__2(grad_z3, a2, W2, lam):
    return a2 * grad_z3 + 2 * lam * W2


def grad_W2__swapped_arguments(a2, grad_z3, W2, lam):
    """The two factors are swapped: the rows of the gradient follow the inputs of the layer, the columns its
    outputs."""
    return (a2.T @ grad_z3).T + 2 * lam * W2


def grad_W2__transposed_result(a2, grad_z3, W2, lam):
    """The first term is laid out sideways: it must have exactly the shape of the matrix it belongs to."""
    return (a2.T @ grad_z3).T + 2 * lam * W2


def grad_W2__reshape_instead_of_transpose(grad_z3, a2, W2, lam):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a transpose."""
    return a2.reshape(a2.shape[1], a2.shape[0]) @ grad_z3 + 2 * lam * W2


def grad_W2__reshape_instead_of_transpose__2(grad_z3, a2, W2, lam):
    return (grad_z3.T @ a2).reshape(a2.shape[1], grad_z3.shape[1]) + 2 * lam * W2


def grad_W2__sum_over_wrong_axis(grad_z3, a2, W2, lam):
    """The sum runs over the wrong axis: it must run over the examples and keep inputs and units."""
    return np.sum(a2[:, :, np.newaxis] * grad_z3[:, np.newaxis, :], axis=1) + 2 * lam * W2


def grad_W2__sum_over_wrong_axis__2(grad_z3, a2, W2, lam):
    return np.mean(a2[:, :, np.newaxis] * grad_z3[:, np.newaxis, :], axis=1) + 2 * lam * W2


def grad_W2__bias_trick_left_in(grad_z3, a2, W2, lam):
    """The biases are separate parameters here, so W2 has no extra row for a constant 1."""
    return np.hstack([a2, np.ones((len(a2), 1))]).T @ grad_z3 + 2 * lam * W2


def grad_W2__bias_trick_left_in__2(grad_z3, a2, W2, lam):
    return np.hstack([np.ones((len(a2), 1)), a2]).T @ grad_z3 + 2 * lam * W2


def grad_W2__extra_factor(grad_z3, a2, W2, lam):
    """a2 appears once in the product, so it appears once (not squared) in the gradient."""
    return (a2**2).T @ grad_z3 + 2 * lam * W2


def grad_W2__extra_factor__2(grad_z3, a2, W2, lam):
    return a2.T @ grad_z3**2 + 2 * lam * W2


def grad_W2__rescales_gradient(grad_z3, a2, W2, lam):
    """The input is used as it is in the forward pass; do not normalise it in the backward pass."""
    return (a2 / np.linalg.norm(a2, axis=1, keepdims=True)).T @ grad_z3 + 2 * lam * W2


def grad_W2__rescales_gradient__2(grad_z3, a2, W2, lam):
    return ((a2 - np.mean(a2, axis=0)) / (np.std(a2, axis=0) + 1e-08)).T @ grad_z3 + 2 * lam * W2


def grad_W2__class_order_lost(grad_z3, a2, W2, lam):
    """Turning the rows round separates the inputs from their gradients."""
    return a2[::-1].T @ grad_z3 + 2 * lam * W2


def grad_W2__dot_instead_of_outer(grad_z3, a2, W2, lam):
    """This gives one number; the gradient of a matrix is made of outer products."""
    return np.sum(a2 * grad_z3) + 2 * lam * W2


def grad_W2__wrong_input_variable(grad_z3, W2, lam):
    """The derivative of a product with respect to the weights is the input; the weights belong in the penalty only."""
    return np.sum(grad_z3, axis=0) * W2 + 2 * lam * W2


def grad_W1__missing_input_factor(grad_z2, D, W1, lam):
    """The gradient of a weight is (gradient of its output) times (its input); the input factor is missing."""
    return np.ones((D, len(grad_z2))) @ grad_z2 + 2 * lam * W1


def grad_W1__missing_input_factor__2(grad_z2, W1, lam):
    """Both factors are grad_z2; the second one should be the layer's input X."""
    return grad_z2.T @ grad_z2 + 2 * lam * W1


def grad_W1__missing_upstream_gradient(X, H, W1, lam):
    """This is the layer's input alone; multiply it by the gradient arriving from the layer above."""
    return X.T @ np.ones((len(X), H)) + 2 * lam * W1


def grad_W1__missing_upstream_gradient__2(X, W1, lam):
    return np.sum(X, axis=0) + 2 * lam * W1


def grad_W1__adds_instead_of_multiplies(grad_z2, X, W1, lam):
    """The chain rule multiplies the two factors; here they are added."""
    return np.sum(X[:, :, np.newaxis] + grad_z2[:, np.newaxis, :], axis=0) + 2 * lam * W1


def grad_W1__adds_instead_of_multiplies__2(grad_z2, X, W1, lam):
    return np.sum(X, axis=0)[:, np.newaxis] + np.sum(grad_z2, axis=0) + 2 * lam * W1


def grad_W1__per_example_not_combined(grad_z2, X, W1, lam):
    """You have one gradient per example; combine them over the batch so the result has the shape of the weights."""
    return X[:, :, np.newaxis] * grad_z2[:, np.newaxis, :] + 2 * lam * W1


def grad_W1__per_example_not_combined__2(grad_z2, X, W1, lam):
    return grad_z2[:, :, np.newaxis] * X[:, np.newaxis, :] + 2 * lam * W1


def grad_W1__outer_of_whole_batch(grad_z2, X, W1, lam):
    """np.outer flattens both matrices; for a batch use a matrix product, which adds up the outer products of the
    examples."""
    return np.outer(X, grad_z2) + 2 * lam * W1


def grad_W1__outer_of_whole_batch__2(grad_z2, X, W1, lam):
    return np.outer(X.T, grad_z2) + 2 * lam * W1


def grad_W1__product_of_means(grad_z2, X, W1, lam):
    """The mean of the products is not the product of the means: multiply example by example before averaging."""
    return np.outer(np.mean(X, axis=0), np.sum(grad_z2, axis=0)) + 2 * lam * W1


def grad_W1__product_of_means__2(grad_z2, X, W1, lam):
    return np.outer(np.mean(X, axis=0), np.mean(grad_z2, axis=0)) + 2 * lam * W1


def grad_W1__first_example_only(grad_z2, X, W1, lam):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return np.outer(X[0], grad_z2[0]) + 2 * lam * W1


def grad_W1__first_example_only__2(grad_z2, X, W1, lam):
    return X.T @ (np.zeros(grad_z2.shape) + grad_z2[0]) + 2 * lam * W1


def grad_W1__last_example_only(grad_z2, X, W1, lam):
    """Only the last example counts here; all of them contribute (in a loop: += instead of =)."""
    return np.outer(X[-1], grad_z2[-1]) + 2 * lam * W1


def grad_W1__loop_bounds(grad_z2, X, W1, lam):
    """The loop stops before the last example; range already excludes its end."""
    return X[:-1].T @ grad_z2[:-1] + 2 * lam * W1


def grad_W1__loop_bounds__2(grad_z2, X, W1, lam):
    """Your loop starts at 1, so the first example never counts."""
    return X[1:].T @ grad_z2[1:] + 2 * lam * W1


def grad_W1__wrong_product_order(grad_z2, X, W1, lam):
    """The shapes tell you: the examples must disappear from the product, so the transposed inputs come first
    (X.T @ grad_z2)."""
    return X @ grad_z2.T + 2 * lam * W1


def grad_W1__wrong_product_order__2(grad_z2, X, W1, lam):
    return grad_z2 @ X.T + 2 * lam * W1


def grad_W1__elementwise_instead_of_matmul(grad_z2, X, W1, lam):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return X.T * grad_z2 + 2 * lam * W1


def grad_W1__elementwise_instead_of_matmul__2(grad_z2, X, W1, lam):
    return X * grad_z2 + 2 * lam * W1


def grad_W1__swapped_arguments(X, grad_z2, W1, lam):
    """The two factors are swapped: the rows of the gradient follow the inputs of the layer, the columns its
    outputs."""
    return (X.T @ grad_z2).T + 2 * lam * W1


def grad_W1__transposed_result(X, grad_z2, W1, lam):
    """The first term is laid out sideways: it must have exactly the shape of the matrix it belongs to."""
    return (X.T @ grad_z2).T + 2 * lam * W1


def grad_W1__reshape_instead_of_transpose(grad_z2, X, W1, lam):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a transpose."""
    return X.reshape(X.shape[1], X.shape[0]) @ grad_z2 + 2 * lam * W1


def grad_W1__reshape_instead_of_transpose__2(grad_z2, X, W1, lam):
    return (grad_z2.T @ X).reshape(X.shape[1], grad_z2.shape[1]) + 2 * lam * W1


def grad_W1__sum_over_wrong_axis(grad_z2, X, W1, lam):
    """The sum runs over the wrong axis: it must run over the examples and keep inputs and units."""
    return np.sum(X[:, :, np.newaxis] * grad_z2[:, np.newaxis, :], axis=1) + 2 * lam * W1


def grad_W1__sum_over_wrong_axis__2(grad_z2, X, W1, lam):
    return np.mean(X[:, :, np.newaxis] * grad_z2[:, np.newaxis, :], axis=1) + 2 * lam * W1


def grad_W1__bias_trick_left_in(grad_z2, X, W1, lam):
    """The biases are separate parameters here, so W1 has no extra row for a constant 1."""
    return np.hstack([X, np.ones((len(X), 1))]).T @ grad_z2 + 2 * lam * W1


def grad_W1__bias_trick_left_in__2(grad_z2, X, W1, lam):
    return np.hstack([np.ones((len(X), 1)), X]).T @ grad_z2 + 2 * lam * W1


def grad_W1__extra_factor(grad_z2, X, W1, lam):
    """X appears once in the product, so it appears once (not squared) in the gradient."""
    return (X**2).T @ grad_z2 + 2 * lam * W1


def grad_W1__extra_factor__2(grad_z2, X, W1, lam):
    return X.T @ grad_z2**2 + 2 * lam * W1


def grad_W1__rescales_gradient(grad_z2, X, W1, lam):
    """The input is used as it is in the forward pass; do not normalise it in the backward pass."""
    return (X / np.linalg.norm(X, axis=1, keepdims=True)).T @ grad_z2 + 2 * lam * W1


def grad_W1__rescales_gradient__2(grad_z2, X, W1, lam):
    return ((X - np.mean(X, axis=0)) / (np.std(X, axis=0) + 1e-08)).T @ grad_z2 + 2 * lam * W1


def grad_W1__class_order_lost(grad_z2, X, W1, lam):
    """Turning the rows round separates the inputs from their gradients."""
    return X[::-1].T @ grad_z2 + 2 * lam * W1


def grad_W1__dot_instead_of_outer(grad_z2, X, W1, lam):
    """This gives one number; the gradient of a matrix is made of outer products."""
    return np.sum(X * grad_z2) + 2 * lam * W1


def grad_W1__wrong_input_variable(grad_z2, W1, lam):
    """The derivative of a product with respect to the weights is the input; the weights belong in the penalty only."""
    return np.sum(grad_z2, axis=0) * W1 + 2 * lam * W1


def grad_W2__preactivation_instead_of_activation(grad_z3, z2, W2, lam):
    """The second layer receives a2 (after the ReLU), so a2 and not z2 multiplies the gradient of W2."""
    return z2.T @ grad_z3 + 2 * lam * W2


def grad_W2__mask_instead_of_activation(grad_z3, z2, W2, lam):
    """Here the activation values a2 themselves are needed, not just whether the units are on."""
    return (z2 > 0).T @ grad_z3 + 2 * lam * W2


def grad_W2__mask_instead_of_activation__2(grad_z3, a2, W2, lam):
    return (a2 > 0).T @ grad_z3 + 2 * lam * W2


def grad_W2__value_instead_of_gradient(p3, a2, W2, lam):
    """The first factor must be the gradient grad_z3, not the probabilities p3."""
    return a2.T @ p3 + 2 * lam * W2


def grad_W2__value_instead_of_gradient__2(z3, a2, W2, lam):
    """The first factor must be the gradient grad_z3, not the scores z3."""
    return a2.T @ z3 + 2 * lam * W2


def grad_W1__value_instead_of_gradient(a2, X, W1, lam):
    """The first factor must be the gradient grad_z2, not the layer's value."""
    return X.T @ a2 + 2 * lam * W1


def grad_W1__value_instead_of_gradient__2(z2, X, W1, lam):
    return X.T @ z2 + 2 * lam * W1


def grad_W1__unmasked_gradient_used(grad_a2, X, W1, lam):
    """This uses the gradient before the ReLU mask (grad_a2); the first layer sees the masked one (grad_z2)."""
    return X.T @ grad_a2 + 2 * lam * W1


def grad_W1__wrong_input_variable__2(grad_z2, a2, W1, lam):
    """W1 multiplies the input X, so X (not a2) is the second factor."""
    return a2.T @ grad_z2 + 2 * lam * W1


def grad_W2__wrong_input_variable__2(grad_z3, X, W2, lam):
    """W2 multiplies the hidden layer a2, so a2 (not X) is the second factor."""
    return X.T @ grad_z3 + 2 * lam * W2


def grad_W2__softmax_jacobian_diagonal_only(grad_z3, p3, a2, W2, lam):
    """The factor p3*(1-p3) is already contained in p3 minus one-hot: softmax and cross-entropy simplify together."""
    return a2.T @ (grad_z3 * p3 * (1 - p3)) + 2 * lam * W2


def grad_W1__mask_from_gradient(grad_a2, X, W1, lam):
    """The mask depends on the sign of the pre-activation z2, not on the sign of the gradient."""
    return X.T @ (grad_a2 * (grad_a2 > 0)) + 2 * lam * W1


def grad_W1__mask_from_gradient__2(grad_z2, X, W1, lam):
    """grad_z2 is already masked; throwing away its negative entries loses part of the gradient."""
    return X.T @ (grad_z2 * (grad_z2 > 0)) + 2 * lam * W1


def grad_W2__return_inside_loop(grad_z3, a2, W2, lam):
    return np.outer(a2[0], grad_z3[0]) + 2 * lam * W2


def grad_W1__return_inside_loop(grad_z2, X, W1, lam):
    return np.outer(X[0], grad_z2[0]) + 2 * lam * W1


def grad_W2__integer_truncation(grad_z3, a2, W2, lam):
    return a2.T @ np.trunc(grad_z3) + 2 * lam * W2


def grad_W1__integer_truncation(grad_z2, X, W1, lam):
    return X.T @ np.trunc(grad_z2) + 2 * lam * W1


# ---------------------------------------------------------------- the hidden layer


def grad_a2__missing_transpose(grad_z3, W2):
    """Going backwards through a layer uses the transpose of its weight matrix."""
    return grad_z3 @ W2


def grad_a2__missing_transpose__2(grad_z3, W2):
    return W2 @ grad_z3


def grad_a2__transposed_result(grad_a2):
    """Your numbers are right but laid out sideways: each example is a row."""
    return grad_a2.T


def grad_a2__reshape_instead_of_transpose(grad_z3, W2):
    """reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a transpose."""
    return grad_z3 @ W2.reshape(W2.shape[1], W2.shape[0])


def grad_a2__inverse_instead_of_transpose(grad_z3, W2):
    """Going backwards multiplies by the transpose of the weights, not by their (pseudo-)inverse."""
    return grad_z3 @ np.linalg.pinv(W2)


def grad_a2__inverse_instead_of_transpose__2(grad_z3, W2):
    return grad_z3 @ np.linalg.inv(W2)


def grad_a2__mask_applied_too_early(grad_z3, W2, z2):
    """The ReLU mask belongs to the next step (grad_z2); at this point the gradient with respect to a2 is not
    masked yet."""
    return grad_z3 @ W2.T * (z2 > 0)


def grad_a2__missing_sum_over_outputs(grad_z3, W2):
    """Each pass of the loop replaces the previous contribution; use += so the outputs add up."""
    return grad_z3[:, -1:] * W2[:, -1]


def grad_a2__missing_sum_over_outputs__2(grad_z3, W2):
    """Each of the outputs sends a contribution back; they are added up."""
    return grad_z3[:, :1] * W2[:, 0]


def grad_a2__loop_bounds(grad_z3, W2):
    """The loop stops one step too early; range already excludes its end."""
    return grad_z3[:, :-1] @ W2[:, :-1].T


def grad_a2__loop_bounds__2(grad_z3, W2):
    """Your loop starts at 1, so the first one never counts."""
    return grad_z3[:, 1:] @ W2[:, 1:].T


def grad_a2__elementwise_instead_of_matmul(grad_z3, W2):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return grad_z3 * W2


def grad_a2__elementwise_instead_of_matmul__2(grad_z3, W2):
    return grad_z3 * W2.T


def grad_a2__mean_instead_of_sum(grad_z3, W2):
    """The chain rule adds the contributions of the different paths; it does not average them."""
    return grad_z3 @ W2.T / W2.shape[1]


def grad_a2__max_instead_of_sum(grad_z3, W2):
    """The contributions of the outputs are added up, not replaced by the largest one."""
    return np.max(grad_z3[:, np.newaxis, :] * W2, axis=2)


def grad_a2__reduces_too_early(grad_z3, W2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_z3, axis=0) @ W2.T


def grad_a2__reduces_too_early__2(grad_z3, W2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.sum(grad_z3, axis=0) @ W2.T


def grad_a2__sum_over_wrong_axis(grad_z3, W2):
    """The sum runs over the wrong index: keep the index of the unit you differentiate with respect to and sum
    over the other one."""
    return np.sum(grad_z3[:, np.newaxis, :] * W2, axis=1)


def grad_a2__sum_over_wrong_axis__2(grad_z3, W2):
    return np.sum(grad_z3 @ W2.T, axis=1)


def grad_a2__first_example_only(grad_z3, W2):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_z3[0] @ W2.T


def grad_a2__first_example_only__2(grad_z3, W2):
    return grad_z3[:1] @ W2.T


def grad_a2__last_example_only(grad_z3, W2):
    """Only the last example counts here; each of them keeps its own gradient."""
    return grad_z3[-1] @ W2.T


def grad_a2__last_example_only__2(grad_z3, W2):
    return np.zeros((len(grad_z3), 1)) + grad_z3[-1] @ W2.T


def grad_a2__extra_factor(grad_z3, W2):
    """The weights appear once (not squared) in the gradient."""
    return grad_z3 @ (W2**2).T


def grad_a2__missing_upstream_gradient(W2, N):
    """This is the sum of the weights alone; multiply each by the gradient arriving from the layer above."""
    return np.zeros((N, 1)) + np.sum(W2, axis=1)


def grad_a2__class_order_lost(grad_z3, W2):
    """Turning the rows round separates the gradients from their examples."""
    return (grad_z3 @ W2.T)[::-1]


def grad_a2__relu_applied_to_gradient(grad_a2):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(grad_a2, 0)


def grad_a2__adds_instead_of_multiplies(grad_z3, W2):
    """The chain rule multiplies the two factors; here they are added."""
    return np.sum(grad_z3[:, np.newaxis, :] + W2, axis=2)


def grad_a2__extra_factor__2(grad_a2, a2):
    """a2 itself does not appear in its own gradient."""
    return grad_a2 * a2


def grad_a2__softmax_jacobian_diagonal_only(grad_z3, p3, W2):
    """The factor p3*(1-p3) is already contained in p3 minus one-hot: softmax and cross-entropy simplify together."""
    return grad_z3 * p3 * (1 - p3) @ W2.T


def grad_a2__value_instead_of_gradient(p3, W2):
    """The factor must be the gradient grad_z3, not the probabilities p3."""
    return p3 @ W2.T


def grad_a2__value_instead_of_gradient__2(z3, W2):
    """The factor must be the gradient grad_z3, not the scores z3."""
    return z3 @ W2.T


def grad_a2__missing_one_hot(p3, W2, N):
    """p3 times W2.T is the first half; the column of W2 that belongs to the true class still has to be subtracted."""
    return p3 @ W2.T / N


def grad_a2__only_true_class_row(W2, y, N):
    """The contribution of the predicted probabilities is missing: all columns of W2 take part, not only the one
    of the true class."""
    return -W2[:, y].T / N


def grad_a2__only_true_class_row__2(W2, y, N):
    return W2[:, y].T / N


def grad_a2__indexes_rows_with_labels(p3, W2, y, N):
    """The labels select columns of W2 (one per class): W2[:, y].T."""
    return (p3 @ W2.T - W2[y]) / N


def grad_a2__indexes_rows_with_labels__2(p3, W2, y, N):
    """The labels select columns of W2, one per example; transpose them so that each example is a row: W2[:, y].T."""
    return (p3 @ W2.T - W2[:, y]) / N


def grad_a2__label_off_by_one(p3, W2, y, N):
    """The column to subtract is the one of the true class, W2[:, y].T: classes are counted from 0 here."""
    return (p3 @ W2.T - W2[:, y - 1].T) / N


def grad_a2__wrong_weight_matrix(grad_z2, W1):
    """grad_a2 comes back through the output layer, so W2 (transposed) is the matrix to use."""
    return grad_z2 @ W1.T


def grad_a2__wrong_weight_matrix__2(grad_z3, W1):
    return grad_z3 @ W1.T


def grad_z2__relu_derivative_at_zero(grad_a2, z2):
    """The convention here is that the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (z2
    > 0)."""
    return grad_a2 * (z2 >= 0)


def grad_z2__relu_derivative_at_zero__2(grad_a2, z2):
    return grad_a2 * np.heaviside(z2, 0.5)


def grad_z2__relu_derivative_at_zero__3(grad_a2, a2):
    """a2 is never negative, so a2 >= 0 is always true and nothing is masked; use a2 > 0."""
    return grad_a2 * (a2 >= 0)


def grad_z2__mask_rewritten_in_wrong_order(grad_a2, z2):
    """The second assignment catches the entries the first one just changed; compute the mask once with a
    comparison."""
    return grad_a2 * np.ones(z2.shape)


def grad_z2__mask_rewritten_in_wrong_order__2(grad_a2):
    return grad_a2 * 0.0


def grad_z2__mask_rewritten_in_wrong_order__3(z2):
    return np.zeros(z2.shape)


def grad_z2__mask_rewritten_in_wrong_order__4(z2):
    return np.ones(z2.shape)


def grad_z2__chained_indexing(grad_a2):
    """Indexing with a mask makes a copy, so the assignment never reaches your array."""
    return grad_a2.copy()


def grad_z2__missing_relu_mask(grad_a2):
    """The gradient only passes through hidden units that were active; multiply by the derivative of the ReLU."""
    return grad_a2.copy()


def grad_z2__inverted_mask(grad_a2, z2):
    """The mask is upside down: the gradient passes where z2 is positive and is blocked elsewhere."""
    return grad_a2 * (z2 <= 0)


def grad_z2__inverted_mask__2(grad_a2, z2):
    return grad_a2 * (z2 < 0)


def grad_z2__relu_applied_to_gradient(grad_a2):
    """Gradients are allowed to be negative: the ReLU decides where the gradient passes, it is not applied to the
    gradient itself."""
    return np.maximum(grad_a2, 0)


def grad_z2__relu_applied_to_gradient__2(grad_a2, z2):
    return np.maximum(grad_a2 * (z2 > 0), 0)


def grad_z2__mask_from_gradient(grad_a2):
    """The mask depends on the sign of the pre-activation z2, not on the sign of the gradient."""
    return grad_a2 * (grad_a2 > 0)


def grad_z2__mask_from_gradient__2(grad_a2, z2):
    return grad_a2 * (z2 > 0) * (grad_a2 > 0)


def grad_z2__relu_value_instead_of_derivative(grad_a2, z2):
    """The derivative of the ReLU is 0 or 1; here the gradient is multiplied by the ReLU's value instead."""
    return grad_a2 * np.maximum(z2, 0)


def grad_z2__relu_value_instead_of_derivative__2(grad_a2, a2):
    return grad_a2 * a2


def grad_z2__wrong_input_variable(grad_a2, z2):
    """The derivative of the ReLU depends on the sign of z2 only; z2 itself does not multiply the gradient."""
    return grad_a2 * z2


def grad_z2__wrong_activation_derivative(grad_a2, z2):
    """np.sign gives -1 for inactive units (that is the derivative of |z2|); the ReLU gives 0 there."""
    return grad_a2 * np.sign(z2)


def grad_z2__wrong_activation_derivative__2(grad_a2, a2):
    """That is the derivative of tanh; the hidden layer here is a ReLU."""
    return grad_a2 * (1 - a2**2)


def grad_z2__wrong_activation_derivative__3(grad_a2, z2):
    """That is the derivative of tanh; the hidden layer here is a ReLU."""
    return grad_a2 * (1 - np.tanh(z2) ** 2)


def grad_z2__wrong_activation_derivative__4(grad_a2, a2):
    """That is the derivative of the sigmoid; the hidden layer here is a ReLU."""
    return grad_a2 * a2 * (1 - a2)


def grad_z2__extra_factor(grad_a2, z2):
    """The sign of the gradient tells which way to go; keep it."""
    return np.abs(grad_a2) * (z2 > 0)


def grad_z2__extra_factor__2(grad_a2, z2):
    """The gradient appears once (not squared)."""
    return grad_a2**2 * (z2 > 0)


def grad_z2__missing_upstream_gradient(z2):
    """This is the slope of the ReLU; multiply it by the gradient arriving from the layer above."""
    return (z2 > 0) * 1.0


def grad_z2__missing_upstream_gradient__2(z2):
    return np.maximum(z2, 0)


def grad_z2__np_max_instead_of_maximum(grad_a2, z2):
    """np.max(z2, 0) is the maximum over the batch; the element-by-element comparison with 0 is np.maximum."""
    return grad_a2 * (np.max(z2, 0) > 0)


def grad_z2__np_max_instead_of_maximum__2(grad_a2, z2):
    return grad_a2 * np.max(z2, 0)


def grad_z2__mask_shared_across_batch(grad_a2, z2):
    """any(axis=1) lets a whole example pass as soon as one of its units is active; decide unit by unit."""
    return grad_a2 * (z2 > 0).any(axis=1, keepdims=True)


def grad_z2__mask_shared_across_batch__2(grad_a2, z2):
    return grad_a2 * (z2 > 0).all(axis=1, keepdims=True)


def grad_z2__scalar_truth_of_array(grad_a2, z2):
    """The decision has to be taken unit by unit, not once for the whole array."""
    return grad_a2 if np.all(z2 > 0) else np.zeros(z2.shape)


def grad_z2__scalar_truth_of_array__2(grad_a2, z2):
    return grad_a2 if np.any(z2 > 0) else np.zeros(z2.shape)


def grad_z2__matmul_instead_of_elementwise(grad_a2, z2):
    """The mask acts entry by entry, so this product must be element-wise."""
    return grad_a2 @ (z2 > 0).T


def grad_z2__matmul_instead_of_elementwise__2(grad_a2, z2):
    return grad_a2.T @ (z2 > 0)


def grad_z2__dot_instead_of_elementwise(grad_a2, z2):
    """The mask acts unit by unit, so this product must be element-wise."""
    return np.sum(grad_a2 * (z2 > 0), axis=1)


def grad_z2__dot_instead_of_elementwise__2(grad_a2, z2):
    return np.sum(grad_a2 * (z2 > 0))


def grad_z2__column_row_broadcast(grad_a2, z2):
    """Two arrays with different axes broadcast to something larger; give both the same shape first."""
    return grad_a2[:, np.newaxis] * (z2 > 0)


def grad_z2__column_row_broadcast__2(grad_a2, z2):
    return grad_a2[:, :, np.newaxis] * (z2 > 0)


def grad_z2__shape_lost(grad_a2, z2):
    """Boolean indexing keeps only the active entries; the blocked ones should stay in place as zeros."""
    return grad_a2[z2 > 0]


def grad_z2__shape_lost__2(grad_z2):
    """The values are right, but the flat array has to be reshaped back to (N, H)."""
    return grad_z2.reshape(-1)


def grad_z2__zero_over_zero(grad_a2, z2, a2):
    """At z2 = 0 this divides 0 by 0 and gives nan; compare z2 with 0 instead."""
    return grad_a2 * a2 / z2


def grad_z2__zero_over_zero__2(grad_a2, z2):
    return grad_a2 * (z2 / np.abs(z2) + 1) / 2


def grad_z2__wrong_threshold(grad_a2, z2):
    """Nothing happens to a ReLU at 1: the gradient passes for every positive z2."""
    return grad_a2 * (z2 > 1)


def grad_z2__operator_precedence(grad_a2, z2):
    """Comparison binds less tightly than multiplication, so this compares the product with 0; add parentheses
    around the comparison."""
    return (grad_a2 * z2 > 0) * 1.0


def grad_z2__operator_precedence__2(grad_a2, a2):
    return (grad_a2 * a2 > 0) * 1.0


def grad_z2__zeroes_whole_rows(grad_a2, z2):
    """np.where(...)[0] gives row numbers only, so complete examples are set to zero; use the boolean mask itself
    as index."""
    g = grad_a2.copy()
    g[np.where(z2 <= 0)[0]] = 0
    return g


def grad_z2__zeroes_whole_rows__2(grad_a2, z2):
    """g[:, cols] switches a unit off for the whole batch; use g[rows, cols] or the boolean mask."""
    g = grad_a2.copy()
    g[:, np.where(z2 <= 0)[1]] = 0
    return g


def grad_z2__adds_instead_of_multiplies(grad_a2, z2):
    """The chain rule multiplies the two factors; here they are added."""
    return grad_a2 + (z2 > 0)


def grad_z2__transposed_result(grad_z2):
    """Your numbers are right but laid out sideways: each example is a row."""
    return grad_z2.T


def grad_z2__reduces_too_early(grad_z2):
    """Keep one row per example here; the sum over the batch only comes with the parameter gradients."""
    return np.mean(grad_z2, axis=0)


def grad_z2__reduces_too_early__2(grad_z2):
    return np.sum(grad_z2, axis=0)


def grad_z2__first_example_only(grad_z2):
    """Only one example of the batch is used; all of them contribute to the gradient."""
    return grad_z2[0]


def grad_z2__first_example_only__2(grad_z2):
    return grad_z2[:1]


def grad_z2__class_order_lost(grad_z2):
    """Turning the rows round separates the gradients from their examples."""
    return grad_z2[::-1]


def grad_z2__list_arithmetic(grad_a2, z2):
    """With Python lists, + joins and * repeats; convert to arrays to do arithmetic."""
    return [list(g) * int(np.sum(a > 0)) for g, a in zip(grad_a2, z2, strict=False)]


def grad_z2__wrong_weight_matrix(W2, grad_a2):
    """The gradient has come through W2 already; only the ReLU lies between grad_a2 and grad_z2."""
    return grad_a2 @ W2.T


def grad_z2__wrong_threshold__2(grad_a2, z2, number):
    """The ReLU switches at 0, so that is the value to compare z2 with."""
    return grad_a2 * (z2 > number)


def grad_z2__relu_derivative_at_zero__4(grad_a2, z2, number):
    """The convention here: the ReLU's derivative at exactly 0 is 0, so the comparison must be strict (z2 > 0)."""
    return grad_a2 * np.heaviside(z2, number)


def grad_a2__uses_updated_weights(grad_z3, W2, a2, number):
    """Use the weights of the forward pass: the update happens only after all gradients have been computed."""
    return grad_z3 @ (W2 - number * a2.T @ grad_z3).T


def grad_a2__uses_updated_weights__2(grad_z3, W2, a2):
    return grad_z3 @ (W2 - a2.T @ grad_z3).T


def grad_z2__loop_bounds(grad_a2, z2):
    """The loop stops before the last one; range already excludes its end."""
    g = grad_a2 * (z2 > 0)
    g[-1] = grad_a2[-1]
    return g


def grad_z2__loop_bounds__2(grad_a2, z2):
    """The loop starts at 1, so the first one is never looked at."""
    g = grad_a2 * (z2 > 0)
    g[0] = grad_a2[0]
    return g


def grad_z2__loop_bounds__3(grad_a2, z2):
    g = grad_a2 * (z2 > 0)
    g[:, -1] = grad_a2[:, -1]
    return g


def grad_z2__loop_bounds__4(grad_a2, z2):
    g = grad_a2 * (z2 > 0)
    g[:, 0] = grad_a2[:, 0]
    return g


def grad_z2__list_arithmetic__2(grad_a2, z2):
    """With Python lists, + joins and * repeats; convert to arrays to do arithmetic."""
    return np.concatenate([np.append(g, a > 0) for g, a in zip(grad_a2, z2, strict=False)])


def grad_a2__list_arithmetic(grad_z3, W2):
    return (grad_z3[:, np.newaxis, :] * W2).reshape(len(grad_z3), -1)


def grad_a2__return_inside_loop(grad_a2):
    """The return is indented inside the loop, so the function leaves after the first step."""
    g = np.zeros(grad_a2.shape)
    g[0] = grad_a2[0]
    return g


def grad_z2__return_inside_loop(grad_a2, z2):
    g = grad_a2.copy()
    g[0] = grad_a2[0] * (z2[0] > 0)
    return g
