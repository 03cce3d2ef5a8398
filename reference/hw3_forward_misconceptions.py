"""What goes wrong in `hw3_forward`: each function is a quantity as a known mistake makes it.

`ha__missing_bias` is ha under the misconception missing-bias; a number behind it (`__2`) counts other ways to the same
mistake. Parameters are quantities, as in the reference, and sizes; the quantity's own name stands for its right value,
and `number` for a number in the student's code. The text is what the student reads; where there is none, that of the
first function about the same quantity and mistake is taken, else the mistake's first. Of two mistakes that give the
same numbers, the one further up is named.
"""

import numpy as np


def _onehot(os, y):
    return np.eye(len(os))[y - 1]


def _softmax(oa):
    e = np.exp(oa - np.max(oa))
    return e / np.sum(e)


# ---------------------------------------------------------------- the number of parameters


def n_theta__hidden_by_hidden(d, dh, m):
    """There is no matrix from the hidden layer to itself: W1 is dh by d, W2 is m by dh."""
    return dh * d + dh * dh + m


def n_theta__hidden_by_hidden__2(d, dh, m):
    return dh * d + dh * dh + m * dh + m


def n_theta__hidden_by_hidden__3(d, dh, m):
    return dh * d + dh * dh + m * dh


def n_theta__hidden_by_hidden__4(d, dh, m):
    return dh * d + dh + dh * dh + m


def n_theta__missing_bias(d, dh, m):
    """The biases are parameters too: dh of them in b1, m in b2."""
    return dh * d + m * dh


def n_theta__missing_bias__2(d, dh, m):
    return dh * d + m * dh + m


def n_theta__missing_bias__3(d, dh, m):
    return dh * d + dh + m * dh


def n_theta__one_bias_a_layer(d, dh, m):
    """A layer has one bias for each of its units, not one for all of them."""
    return dh * d + 1 + m * dh + 1


def n_theta__one_bias_a_layer__2(d, dh, m):
    return dh * d + dh + m * dh + 1


def n_theta__one_bias_a_layer__3(d, dh, m):
    return dh * d + 1 + m * dh + m


def n_theta__inputs_counted_as_biases(d, dh, m):
    """The inputs are no parameters: biases belong to the hidden units and to the outputs alone."""
    return dh * d + d + m * dh + dh


def n_theta__inputs_counted_as_biases__2(d, dh, m):
    return dh * d + d + dh + m * dh + m


def n_theta__inputs_counted_as_biases__3(d, dh, m):
    return dh * d + d + m * dh + m


def n_theta__adds_sizes(d, dh, m):
    """A matrix has as many entries as the product of its sizes, not their sum."""
    return d + dh + m


def n_theta__adds_sizes__2(d, dh, m):
    return (dh + d) + dh + (m + dh) + m


def n_theta__multiplies_layers(d, dh, m):
    """The numbers of the two layers are added, not multiplied."""
    return d * dh * m


def n_theta__multiplies_layers__2(d, dh, m):
    return (dh * d + dh) * (m * dh + m)


def n_theta__units_instead_of_parameters(d, dh, m):
    """These are the units of the network; W1, b1, W2 and b2 are what is counted."""
    return dh + m


def n_theta__one_layer_only(d, dh, m):
    """This counts one layer only; W1, b1, W2 and b2 all count."""
    return dh * d + dh


def n_theta__one_layer_only__2(d, dh, m):
    return m * dh + m


def n_theta__one_layer_only__3(d, dh, m):
    return m * d + m


def n_theta__wrong_sizes(d, dh, m):
    """W1 goes from d inputs to dh units, W2 from dh units to m outputs: dh times d, and m times dh."""
    return dh * d + dh + m * d + m


def n_theta__wrong_sizes__2(d, dh, m):
    return m * d + dh + m * dh + m


def n_theta__wrong_biases(d, dh, m):
    """Each bias belongs to the side to which a matrix leads: dh of them in b1, m in b2."""
    return dh * d + m + m * dh + m


def n_theta__wrong_biases__2(d, dh, m):
    return dh * d + dh + m * dh + dh


# ---------------------------------------------------------------- the layers


def ha__missing_bias(W1, x):
    """The bias is missing; it is added to the product."""
    return W1 @ x


def ha__bias_subtracted(W1, x, b1):
    """The bias is added, not subtracted."""
    return W1 @ x - b1


def ha__bias_multiplied(W1, x, b1):
    """The bias is added to the product, not multiplied with it."""
    return (W1 @ x) * b1


def ha__bias_multiplied__2(W1, x, b1):
    return W1 @ x * b1 + b1


def ha__bias_only(b1):
    """The product of the weights and the input is missing."""
    return b1.copy()


def ha__transposed_weights(W1, x, b1):
    """The weights are transposed here; W1 has one row for each hidden unit, so it is W1 times x as it stands."""
    return W1.T @ x + b1


def ha__elementwise_instead_of_matmul(W1, x, b1):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return W1 * x + b1


def ha__elementwise_instead_of_matmul__2(W1, x, b1):
    return W1 * x + b1[:, np.newaxis]


def ha__elementwise_instead_of_matmul__3(W1, x, b1):
    return np.sum(W1, axis=1) * np.sum(x) + b1


def ha__sums_everything(W1, x, b1):
    """Each hidden unit has a sum of its own, over the inputs; here all of them are added up."""
    return np.sum(W1 * x) + b1


def ha__sums_everything__2(W1, x, b1):
    return np.sum(W1 @ x + b1)


def ha__mean_instead_of_sum(W1, x, b1, d):
    """The products are added up, not averaged."""
    return W1 @ x / d + b1


def ha__column_row_broadcast(W1, x, b1):
    """A column (k, 1) and a vector (k,) broadcast to a square (k, k); give both the same shape first."""
    return (W1 @ x)[:, np.newaxis] + b1


def ha__column_row_broadcast__2(W1, x, b1):
    return W1 @ x + b1[:, np.newaxis]


def ha__activation_too_early(ha):
    """The relu comes in the next step, hs; ha is before it."""
    return np.maximum(0, ha)


def ha__activation_too_early__2(ha):
    """ha is before any activation."""
    return np.tanh(ha)


def ha__activation_too_early__3(ha):
    """ha is before any activation."""
    return 1 / (1 + np.exp(-ha))


def ha__missing_input(W1, b1):
    """The input x is missing: the weights are multiplied with it."""
    return np.sum(W1, axis=1) + b1


def ha__wrong_sign(ha):
    """The sign is the wrong way round."""
    return -ha


def ha__bias_added_twice(W1, x, b1):
    """The bias is added once to each unit, not once for each input."""
    return W1 @ x + len(x) * b1


def ha__bias_added_twice__2(W1, x, b1):
    return W1 @ x + b1 + b1


def hs__missing_relu(ha):
    """The relu is missing: what is below 0 becomes 0."""
    return ha.copy()


def hs__np_max_instead_of_maximum(ha):
    """np.max gives the single largest entry; the comparison entry by entry is np.maximum(0, ha)."""
    return np.max(ha, 0)


def hs__np_max_instead_of_maximum__2(ha):
    return max(0, np.max(ha))


def hs__absolute_value_instead(ha):
    """This is the absolute value; the relu is 0 below 0."""
    return np.abs(ha)


def hs__minimum_instead(ha):
    """This keeps the numbers below 0; the relu keeps those above it."""
    return np.minimum(0, ha)


def hs__minimum_instead__2(ha):
    return np.maximum(0, -ha)


def hs__mask_instead_of_activation(ha):
    """This says only whether a unit is on; the relu gives its value ha where it is."""
    return 1.0 * (ha > 0)


def hs__mask_instead_of_activation__2(ha):
    return 1.0 * (ha >= 0)


def hs__other_activation(ha):
    """This is the sigmoid; the activation of this network is the relu."""
    return 1 / (1 + np.exp(-ha))


def hs__other_activation__2(ha):
    """This is the tanh; the activation of this network is the relu."""
    return np.tanh(ha)


def hs__other_activation__3(ha):
    """This is softplus; the activation of this network is the relu."""
    return np.log(1 + np.exp(ha))


def hs__other_activation__4(ha):
    """This is a softmax; the activation of the hidden layer is the relu."""
    return np.exp(ha) / np.sum(np.exp(ha))


def hs__leaky(ha, number):
    """This is a leaky relu; the plain one is 0 below 0."""
    return np.where(ha > 0, ha, number * ha)


def hs__leaky__2(ha):
    """Below 0 this is no longer 0, as it is for the relu."""
    return np.where(ha > 0, ha, np.exp(np.minimum(ha, 0)) - 1)


def hs__wrong_threshold(ha, number):
    """The relu bends at 0, and nothing happens to it elsewhere."""
    return np.maximum(number, ha)


def hs__wrong_threshold__2(ha, number):
    return np.where(ha > number, ha, 0.0)


def hs__wrong_threshold__3(ha):
    return np.maximum(1, ha)


def hs__wrong_threshold__4(ha):
    return np.where(ha > 1, ha, 0.0)


def hs__cut_off_above(ha):
    """The relu is ha above 0, however large that is."""
    return np.clip(ha, 0, 1)


def hs__cut_off_above__2(ha, number):
    return np.clip(ha, 0, number)


def hs__zero_over_zero(ha):
    """At ha = 0 this divides 0 by 0, which is not a number; np.maximum(0, ha) divides by nothing."""
    return ha * (ha / np.abs(ha) + 1) / 2


def hs__missing_half(ha):
    """ha + |ha| is twice ha above 0; half of it is the relu."""
    return ha + np.abs(ha)


def hs__drops_entries(ha):
    """Indexing with a mask keeps only the entries above 0; the others should stay in place as zeros."""
    return ha[ha > 0]


def hs__one_decision_for_all(ha):
    """The decision is taken unit by unit, not once for the whole vector."""
    return ha * np.any(ha > 0)


def hs__one_decision_for_all__2(ha):
    return ha * np.all(ha > 0)


def hs__one_decision_for_all__3(ha):
    return ha * (np.sum(ha) > 0)


def hs__wrong_sign(hs):
    """The sign is the wrong way round."""
    return -hs


def oa__missing_bias(W2, hs):
    """The bias is missing; it is added to the product."""
    return W2 @ hs


def oa__bias_subtracted(W2, hs, b2):
    """The bias is added, not subtracted."""
    return W2 @ hs - b2


def oa__bias_multiplied(W2, hs, b2):
    """The bias is added to the product, not multiplied with it."""
    return (W2 @ hs) * b2


def oa__bias_multiplied__2(W2, hs, b2):
    return W2 @ hs * b2 + b2


def oa__bias_only(b2):
    """The product of the weights and the hidden layer is missing."""
    return b2.copy()


def oa__transposed_weights(W2, hs, b2):
    """The weights are transposed here; W2 has one row for each class, so it is W2 times hs as it stands."""
    return W2.T @ hs + b2


def oa__elementwise_instead_of_matmul(W2, hs, b2):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return W2 * hs + b2


def oa__elementwise_instead_of_matmul__2(W2, hs, b2):
    return W2 * hs + b2[:, np.newaxis]


def oa__elementwise_instead_of_matmul__3(W2, hs, b2):
    return np.sum(W2, axis=1) * np.sum(hs) + b2


def oa__sums_everything(W2, hs, b2):
    """Each class has a sum of its own, over the hidden units; here all of them are added up."""
    return np.sum(W2 * hs) + b2


def oa__sums_everything__2(W2, hs, b2):
    return np.sum(W2 @ hs + b2)


def oa__mean_instead_of_sum(W2, hs, b2, dh):
    """The products are added up, not averaged."""
    return W2 @ hs / dh + b2


def oa__column_row_broadcast(W2, hs, b2):
    """A column (k, 1) and a vector (k,) broadcast to a square (k, k); give both the same shape first."""
    return (W2 @ hs)[:, np.newaxis] + b2


def oa__column_row_broadcast__2(W2, hs, b2):
    return W2 @ hs + b2[:, np.newaxis]


def oa__preactivation_instead_of_activation(W2, ha, b2):
    """The second layer receives hs, after the relu, and not ha."""
    return W2 @ ha + b2


def oa__activation_too_early(oa):
    """There is no relu at the output: oa are the scores as they are."""
    return np.maximum(0, oa)


def oa__activation_too_early__2(oa):
    """The softmax comes in the next step, os; oa are the scores before it."""
    return _softmax(oa)


def oa__missing_input(W2, b2):
    """The hidden layer hs is missing: the weights are multiplied with it."""
    return np.sum(W2, axis=1) + b2


def oa__wrong_sign(oa):
    """The sign is the wrong way round."""
    return -oa


def oa__bias_added_twice(W2, hs, b2):
    """The bias is added once to each unit, not once for each input."""
    return W2 @ hs + len(hs) * b2


def oa__bias_added_twice__2(W2, hs, b2):
    return W2 @ hs + b2 + b2


# ---------------------------------------------------------------- softmax


def os__unstable_softmax(oa):
    """exp overflows for large scores; subtract the largest score before exponentiating and the softmax stays the same
    but safe."""
    return np.exp(oa) / np.sum(np.exp(oa))


def os__unstable_softmax__2(oa):
    return np.exp(oa - np.log(np.sum(np.exp(oa))))


def os__unstable_softmax__3(oa):
    """What has to be subtracted is the largest score: after the smallest, exp overflows all the sooner."""
    return np.exp(oa - np.min(oa)) / np.sum(np.exp(oa - np.min(oa)))


def os__unstable_softmax__4(oa):
    """What has to be subtracted is the largest score: after the mean, exp can still overflow."""
    return np.exp(oa - np.mean(oa)) / np.sum(np.exp(oa - np.mean(oa)))


def os__unstable_softmax__5(oa):
    """Cutting the scores off changes the probabilities; subtract the largest score instead, and they stay the same."""
    return np.exp(np.clip(oa, -500, 500)) / np.sum(np.exp(np.clip(oa, -500, 500)))


def os__unstable_softmax__6(oa, number):
    """Cutting the scores off changes the probabilities; subtract the largest score instead, and they stay the same."""
    return np.exp(np.clip(oa, -abs(number), abs(number))) / np.sum(np.exp(np.clip(oa, -abs(number), abs(number))))


def os__not_normalised(oa):
    """The sum is missing: probabilities are divided by the sum of the exponentials, so that they add up to 1."""
    return np.exp(oa)


def os__not_normalised__2(oa):
    return np.exp(oa - np.max(oa))


def os__divides_by_the_largest(oa):
    """The exponentials are divided by their sum, not by the largest of them."""
    return np.exp(oa) / np.max(np.exp(oa))


def os__mean_instead_of_sum(os, m):
    """The exponentials are divided by their sum, not by their mean."""
    return os * m


def os__averages_over_classes(os, m):
    """The probabilities add up to 1; nothing else is divided by the number of classes."""
    return os / m


def os__exponential_of_the_sum(oa):
    """The exponentials are added up; here it is the scores that are added up, before the exponential."""
    return np.exp(oa) / np.exp(np.sum(oa))


def os__sum_of_scores(oa):
    """The denominator is the sum of the exponentials, not of the scores."""
    return np.exp(oa) / np.sum(oa)


def os__missing_exponential(oa):
    """The exponential is missing: scores can be negative, and their shares are no probabilities."""
    return oa / np.sum(oa)


def os__missing_exponential__2(oa):
    return np.abs(oa) / np.sum(np.abs(oa))


def os__missing_exponential__3(oa):
    return (oa - np.min(oa)) / (np.max(oa) - np.min(oa))


def os__denominator_leaves_itself_out(oa):
    """The sum in the denominator runs over all classes, this one too."""
    return np.exp(oa) / (np.sum(np.exp(oa)) - np.exp(oa))


def os__sign_in_exponent(oa):
    """There is no minus sign in the exponent: a larger score is a larger probability."""
    return _softmax(-oa)


def os__sign_in_exponent__2(oa):
    return np.exp(-oa) / np.sum(np.exp(-oa))


def os__sigmoid_instead(oa):
    """This is a sigmoid for each score alone; the probabilities of all classes together add up to 1."""
    return 1 / (1 + np.exp(-oa))


def os__sigmoid_instead__2(oa):
    return (np.tanh(oa / 2) + 1) / 2


def os__logarithm_too_much(os):
    """These are the logarithms of the probabilities."""
    return np.log(os)


def os__class_instead_of_probabilities(oa):
    """This marks the class with the largest score; the softmax gives every class its probability."""
    return 1.0 * (oa == np.max(oa))


def os__class_instead_of_probabilities__2(oa):
    """This is the class with the largest score; the softmax gives every class its probability."""
    return np.argmax(oa)


def os__softmax_applied_twice(os):
    """The softmax is applied twice."""
    return _softmax(os)


def os__other_base(oa):
    """The base of the exponential is e, not 2."""
    return 2.0 ** (oa - np.max(oa)) / np.sum(2.0 ** (oa - np.max(oa)))


def os__other_base__2(oa):
    """The base of the exponential is e, not 10."""
    return 10.0 ** (oa - np.max(oa)) / np.sum(10.0 ** (oa - np.max(oa)))


def os__temperature(oa, number):
    """The scores are taken as they are; no factor belongs in the exponent."""
    return _softmax(number * oa)


def os__unit_length(oa):
    """Probabilities are divided by their sum, not by their length as a vector."""
    return oa / np.sqrt(np.sum(oa**2))


def os__unit_length__2(oa):
    return np.exp(oa - np.max(oa)) / np.sqrt(np.sum(np.exp(oa - np.max(oa)) ** 2))


def os__class_order_lost(os):
    """Sorting the probabilities separates them from their classes."""
    return np.sort(os)


def os__class_order_lost__2(os):
    return np.sort(os)[::-1]


def os__number_in_the_denominator(oa, number):
    """The number in the denominator changes the probabilities; the sum of the exponentials is never 0 once the largest
    score is subtracted."""
    return np.exp(oa) / (np.sum(np.exp(oa)) + number)


def os__number_in_the_denominator__2(oa, number):
    return np.exp(oa - np.max(oa)) / (np.sum(np.exp(oa - np.max(oa))) + number)


# ---------------------------------------------------------------- the loss


def loss__label_off_by_one(os, y):
    """Labels count from 1 and entries from 0: the probability of the true class is os[y-1]."""
    return -np.log(os[y])


def loss__label_off_by_one__2(os, y):
    return -np.log(os[y - 2])


def loss__label_off_by_one__3(os, y):
    return -np.log(os[-y])


def loss__label_off_by_one__4(os, y):
    return -np.log(os[y % len(os)])


def loss__label_off_by_one__5(os, y):
    return -np.sum((np.arange(len(os)) == y) * np.log(os))


def loss__label_off_by_one__6(os, y):
    return -np.log(os[min(y, len(os) - 1)])


def loss__wrong_log_base(os, y):
    """The natural logarithm is meant, np.log, and neither log2 nor log10."""
    return -np.log2(os[y - 1])


def loss__wrong_log_base__2(os, y):
    return -np.log10(os[y - 1])


def loss__wrong_sign(os, y):
    """The sign is the wrong way round: the logarithm of a probability is never above 0, and the loss never below."""
    return np.log(os[y - 1])


def loss__sum_over_all_classes(os):
    """Only the probability of the true class counts, os[y-1]; here all classes are added up."""
    return -np.sum(np.log(os))


def loss__sum_over_all_classes__2(os):
    return -np.sum(os * np.log(os))


def loss__one_number_a_class(os):
    """The loss is a single number, for the true class; here there is one for each class."""
    return -np.log(os)


def loss__one_number_a_class__2(os, y):
    return -_onehot(os, y) * np.log(os)


def loss__mean_over_classes(loss, m):
    """There is a single example, and nothing is divided by the number of classes."""
    return loss / m


def loss__mean_over_classes__2(os):
    """Only the probability of the true class counts, os[y-1]; here all classes are averaged."""
    return -np.mean(np.log(os))


def loss__missing_logarithm(os, y):
    """The logarithm is missing: the loss is minus the logarithm of the probability of the true class."""
    return -os[y - 1]


def loss__missing_logarithm__2(os, y):
    return 1 - os[y - 1]


def loss__missing_logarithm__3(os, y):
    return os[y - 1]


def loss__missing_logarithm__4(os, y):
    return 1 / os[y - 1]


def loss__squared_error(os, y):
    """This is a squared error; the loss is minus the logarithm of the probability of the true class."""
    return np.sum((os - _onehot(os, y)) ** 2)


def loss__squared_error__2(os, y):
    return np.sum((os - _onehot(os, y)) ** 2) / 2


def loss__squared_error__3(os, y):
    return np.mean((os - _onehot(os, y)) ** 2)


def loss__squared_error__4(os, y):
    return (1 - os[y - 1]) ** 2


def loss__binary_cross_entropy(os, y):
    """This is the loss of a sum of yes-or-no decisions; with a softmax only the true class has a term."""
    return -np.sum(_onehot(os, y) * np.log(os) + (1 - _onehot(os, y)) * np.log(1 - os))


def loss__binary_cross_entropy__2(os, y):
    return -(y * np.log(os[y - 1]) + (1 - y) * np.log(1 - os[y - 1]))


def loss__binary_cross_entropy__3(os, y):
    return -np.log(1 - os[y - 1])


def loss__label_as_a_factor(os, y):
    """y is the name of a class, not a quantity: it says which probability to take, and multiplies nothing."""
    return -y * np.log(os[y - 1])


def loss__label_as_a_factor__2(os, y):
    return -np.sum(y * np.log(os))


def loss__label_as_a_factor__3(os, y):
    return -y * np.log(os)


def loss__prediction_instead_of_label(os):
    """The class must come from the label y, not from the largest probability."""
    return -np.log(np.max(os))


def loss__logits_instead_of_probabilities(oa, y):
    """The logarithm needs the probability os, after the softmax, not the score oa, before it."""
    return -np.log(oa[y - 1])


def loss__score_alone(oa, y):
    """The logarithm of the sum of all exponentials is missing; the loss is that, minus the score of the true class."""
    return -oa[y - 1]


def loss__missing_score(oa):
    """The score of the true class has to be subtracted from the logarithm of the sum."""
    return np.log(np.sum(np.exp(oa - np.max(oa)))) + np.max(oa)


def loss__missing_score__2(oa):
    return np.log(np.sum(np.exp(oa)))


def loss__score_added(oa, y):
    """The score of the true class is subtracted from the logarithm of the sum, not added to it."""
    return np.log(np.sum(np.exp(oa - np.max(oa)))) + np.max(oa) + oa[y - 1]


def loss__score_added__2(oa, y):
    return np.log(np.sum(np.exp(oa))) + oa[y - 1]


def loss__largest_score_not_added_back(oa, y):
    """What was subtracted before the exponential has to be added back after the logarithm."""
    return np.log(np.sum(np.exp(oa - np.max(oa)))) - oa[y - 1]


def loss__unstable_log_sum_exp(oa, y):
    """exp overflows for large scores, and vanishes for very negative ones; subtract the largest score inside and add it
    back outside, or take the logarithm of os."""
    return np.log(np.sum(np.exp(oa))) - oa[y - 1]


def loss__unstable_log_sum_exp__2(oa, y):
    return -np.log(np.exp(oa[y - 1]) / np.sum(np.exp(oa)))


def loss__softmax_applied_twice(os, y):
    """os are probabilities already: the softmax, or its log-sum-exp, must not be applied to them again."""
    return -np.log(_softmax(os)[y - 1])


def loss__sum_outside_the_logarithm(oa, y):
    """The logarithm is taken of the sum of the exponentials, not of each; that sum of scores is something else."""
    return np.sum(oa) - oa[y - 1]


def loss__number_in_the_logarithm(os, y, number):
    """The number inside the logarithm is so large that it changes the loss."""
    return -np.log(os[y - 1] + number)


def loss__number_in_the_logarithm__2(os, y, number):
    return -np.log(np.clip(os[y - 1], number, 1 - number))


def loss__number_in_the_logarithm__3(os, y, number):
    return -np.log(np.maximum(os[y - 1], number))


# ---------------------------------------------------------------- the penalty


def penalty__missing_absolute_values(W1, W2, l11, l12, l21, l22):
    """The norm with index 1 is the sum of the absolute values; without them, weights of both signs cancel."""
    return l11 * np.sum(W1) + l12 * np.sum(W1**2) + l21 * np.sum(W2) + l22 * np.sum(W2**2)


def penalty__missing_absolute_values__2(W1, W2, l11, l12, l21, l22):
    return l11 * np.abs(np.sum(W1)) + l12 * np.sum(W1**2) + l21 * np.abs(np.sum(W2)) + l22 * np.sum(W2**2)


def penalty__norm_not_squared(W1, W2, l11, l12, l21, l22):
    """The norm with index 2 is squared here: the sum of the squares, without a square root."""
    return (
        l11 * np.sum(np.abs(W1))
        + l12 * np.sqrt(np.sum(W1**2))
        + l21 * np.sum(np.abs(W2))
        + l22 * np.sqrt(np.sum(W2**2))
    )


def penalty__half_of_the_squares(W1, W2, l11, l12, l21, l22):
    """No factor 1/2 stands before the squares in this homework."""
    return l11 * np.sum(np.abs(W1)) + l12 / 2 * np.sum(W1**2) + l21 * np.sum(np.abs(W2)) + l22 / 2 * np.sum(W2**2)


def penalty__factor_two(W1, W2, l11, l12, l21, l22):
    """The factor 2 belongs to the gradient of the squares, not to the squares."""
    return l11 * np.sum(np.abs(W1)) + 2 * l12 * np.sum(W1**2) + l21 * np.sum(np.abs(W2)) + 2 * l22 * np.sum(W2**2)


def penalty__norms_swapped(W1, W2, l11, l12, l21, l22):
    """The two norms have changed places: l11 and l21 belong to the absolute values, l12 and l22 to the squares."""
    return l12 * np.sum(np.abs(W1)) + l11 * np.sum(W1**2) + l22 * np.sum(np.abs(W2)) + l21 * np.sum(W2**2)


def penalty__layers_swapped(W1, W2, l11, l12, l21, l22):
    """The two matrices have changed places: l11 and l12 belong to W1, l21 and l22 to W2."""
    return l11 * np.sum(np.abs(W2)) + l12 * np.sum(W2**2) + l21 * np.sum(np.abs(W1)) + l22 * np.sum(W1**2)


def penalty__index_read_the_other_way(W1, W2, l11, l12, l21, l22):
    """The first index of l is the layer and the second the norm: l12 belongs to the squares of W1, l21 to the absolute
    values of W2."""
    return l11 * np.sum(np.abs(W1)) + l21 * np.sum(W1**2) + l12 * np.sum(np.abs(W2)) + l22 * np.sum(W2**2)


def penalty__one_layer_only(W1, l11, l12):
    """Both matrices are penalised, W1 and W2."""
    return l11 * np.sum(np.abs(W1)) + l12 * np.sum(W1**2)


def penalty__one_layer_only__2(W2, l21, l22):
    return l21 * np.sum(np.abs(W2)) + l22 * np.sum(W2**2)


def penalty__one_norm_only(W1, W2, l11, l21):
    """Both norms count, the absolute values and the squares."""
    return l11 * np.sum(np.abs(W1)) + l21 * np.sum(np.abs(W2))


def penalty__one_norm_only__2(W1, W2, l12, l22):
    return l12 * np.sum(W1**2) + l22 * np.sum(W2**2)


def penalty__norm_of_a_matrix(W1, W2, l11, l12, l21, l22):
    """np.linalg.norm of a matrix with the order 1 or 2 is another norm, a largest column or a largest stretch; here the
    absolute values and the squares of all entries are added up."""
    return (
        l11 * np.linalg.norm(W1, 1)
        + l12 * np.linalg.norm(W1, 2) ** 2
        + l21 * np.linalg.norm(W2, 1)
        + l22 * np.linalg.norm(W2, 2) ** 2
    )


def penalty__norm_of_a_matrix__2(W1, W2, l11, l12, l21, l22):
    return (
        l11 * np.linalg.norm(W1, 1)
        + l12 * np.linalg.norm(W1) ** 2
        + l21 * np.linalg.norm(W2, 1)
        + l22 * np.linalg.norm(W2) ** 2
    )


def penalty__norm_of_a_matrix__3(W1, W2, l11, l12, l21, l22):
    return (
        l11 * np.linalg.norm(W1, 1)
        + l12 * np.linalg.norm(W1, 2)
        + l21 * np.linalg.norm(W2, 1)
        + l22 * np.linalg.norm(W2, 2)
    )


def penalty__norm_of_a_matrix__4(W1, W2, l11, l12, l21, l22):
    return (
        l11 * np.sum(np.abs(W1))
        + l12 * np.linalg.norm(W1, 2) ** 2
        + l21 * np.sum(np.abs(W2))
        + l22 * np.linalg.norm(W2, 2) ** 2
    )


def penalty__square_of_the_sum(W1, W2, l11, l12, l21, l22):
    """The entries are squared first, and then added up; here their sum is squared."""
    return l11 * np.sum(np.abs(W1)) + l12 * np.sum(W1) ** 2 + l21 * np.sum(np.abs(W2)) + l22 * np.sum(W2) ** 2


def penalty__square_of_the_sum__2(W1, W2, l11, l12, l21, l22):
    return (
        l11 * np.sum(np.abs(W1))
        + l12 * np.sum(np.abs(W1)) ** 2
        + l21 * np.sum(np.abs(W2))
        + l22 * np.sum(np.abs(W2)) ** 2
    )


def penalty__mean_instead_of_sum(W1, W2, l11, l12, l21, l22):
    """The norms are sums over all entries, not means."""
    return l11 * np.mean(np.abs(W1)) + l12 * np.mean(W1**2) + l21 * np.mean(np.abs(W2)) + l22 * np.mean(W2**2)


def penalty__norm_one_squared(W1, W2, l11, l12, l21, l22):
    """Only the norm with index 2 is squared."""
    return l11 * np.sum(np.abs(W1)) ** 2 + l12 * np.sum(W1**2) + l21 * np.sum(np.abs(W2)) ** 2 + l22 * np.sum(W2**2)


def penalty__gradient_instead_of_value(W1, W2, l11, l12, l21, l22):
    """This is the sum of the gradients; the penalty itself is asked for."""
    return np.sum(l11 * np.sign(W1) + 2 * l12 * W1) + np.sum(l21 * np.sign(W2) + 2 * l22 * W2)


def penalty__wrong_sign(penalty):
    """The sign is the wrong way round."""
    return -penalty


def penalty__regularised_bias(W1, W2, b1, b2, l11, l12, l21, l22):
    """The biases are not penalised: only W1 and W2 count."""
    return (
        l11 * (np.sum(np.abs(W1)) + np.sum(np.abs(b1)))
        + l12 * (np.sum(W1**2) + np.sum(b1**2))
        + l21 * (np.sum(np.abs(W2)) + np.sum(np.abs(b2)))
        + l22 * (np.sum(W2**2) + np.sum(b2**2))
    )


# ---------------------------------------------------------------- the gradients of the penalty


def grad_W1_penalty__missing_factor_two(W1, l11, l12):
    """The derivative of the square of w is 2w: the factor 2 is missing."""
    return l11 * np.sign(W1) + l12 * W1


def grad_W1_penalty__factor_two_on_both(W1, l11, l12):
    """The factor 2 comes from the squares; the absolute values have none."""
    return 2 * (l11 * np.sign(W1) + l12 * W1)


def grad_W1_penalty__factor_two_on_both__2(W1, l11, l12):
    return 2 * l11 * np.sign(W1) + 2 * l12 * W1


def grad_W1_penalty__missing_sign(W1, l11, l12):
    """The derivative of |w| is the sign of w: here l11 stands without it."""
    return l11 + 2 * l12 * W1


def grad_W1_penalty__missing_sign__2(W1, l11, l12):
    """The derivative of |w| is the sign of w, not w itself."""
    return l11 * W1 + 2 * l12 * W1


def grad_W1_penalty__missing_sign__3(W1, l11, l12):
    """The derivative of |w| is the sign of w, not |w| itself."""
    return l11 * np.abs(W1) + 2 * l12 * W1


def grad_W1_penalty__step_instead_of_sign(W1, l11, l12):
    """Below 0, |w| falls: its derivative is -1 there, not 0."""
    return l11 * (W1 > 0) + 2 * l12 * W1


def grad_W1_penalty__not_zero_at_zero(W1, l11, l12):
    """At 0, where |w| has a kink, the homework takes 0 for its derivative: neither 1 nor -1."""
    return l11 * np.where(W1 >= 0, 1.0, -1.0) + 2 * l12 * W1


def grad_W1_penalty__not_zero_at_zero__2(W1, l11, l12):
    return l11 * np.where(W1 > 0, 1.0, -1.0) + 2 * l12 * W1


def grad_W1_penalty__zero_over_zero(W1, l11, l12):
    """Where a weight is 0 this divides 0 by 0, which is not a number; the homework takes 0 for the derivative there, as
    np.sign does."""
    return l11 * W1 / np.abs(W1) + 2 * l12 * W1


def grad_W1_penalty__one_norm_only(W1, l11):
    """Both norms count, the absolute values and the squares."""
    return l11 * np.sign(W1)


def grad_W1_penalty__one_norm_only__2(W1, l12):
    return 2 * l12 * W1


def grad_W1_penalty__norms_swapped(W1, l11, l12):
    """The two norms have changed places: l11 belongs to the absolute values, l12 to the squares."""
    return l12 * np.sign(W1) + 2 * l11 * W1


def grad_W1_penalty__keeps_the_square(W1, l11, l12):
    """The derivative of the square of w is 2w: the exponent comes down and is gone."""
    return l11 * np.sign(W1) + 2 * l12 * W1**2


def grad_W1_penalty__keeps_the_square__2(W1, l11, l12):
    """The squares themselves stand here, not their derivatives 2w."""
    return l11 * np.sign(W1) + l12 * W1**2


def grad_W1_penalty__absolute_values(W1, l11, l12):
    """The derivative of the square of w is 2w, with its sign; no absolute value belongs there."""
    return l11 * np.sign(W1) + 2 * l12 * np.abs(W1)


def grad_W1_penalty__sums_entries(W1, l11, l12):
    """The gradient has one entry for each weight, so nothing is summed."""
    return np.sum(l11 * np.sign(W1) + 2 * l12 * W1)


def grad_W1_penalty__sums_entries__2(W1, l11, l12):
    return l11 * np.sum(np.sign(W1)) + 2 * l12 * W1


def grad_W1_penalty__sums_entries__3(W1, l11, l12):
    return l11 * np.sign(W1) + 2 * l12 * np.sum(W1)


def grad_W1_penalty__sums_entries__4(W1, l11, l12):
    return l11 * np.sum(np.sign(W1)) + 2 * l12 * np.sum(np.abs(W1))


def grad_W1_penalty__value_instead_of_gradient(W1, l11, l12):
    """This is the penalty of the matrix itself; its gradient is asked for, one entry for each weight."""
    return l11 * np.sum(np.abs(W1)) + l12 * np.sum(W1**2)


def grad_W1_penalty__value_instead_of_gradient__2(W1, l11, l12):
    """These are the penalties of the single weights; their derivatives are asked for."""
    return l11 * np.abs(W1) + l12 * W1**2


def grad_W1_penalty__norm_not_squared(W1, l11, l12):
    """The norm is squared in the penalty, and so its gradient does not divide by it."""
    return l11 * np.sign(W1) + l12 * W1 / np.sqrt(np.sum(W1**2))


def grad_W1_penalty__minus_instead_of_plus(W1, l11, l12):
    """The two terms are added."""
    return l11 * np.sign(W1) - 2 * l12 * W1


def grad_W1_penalty__minus_instead_of_plus__2(W1, l11, l12):
    return -l11 * np.sign(W1) + 2 * l12 * W1


def grad_W1_penalty__mean_instead_of_sum(grad_W1_penalty):
    """The norms are sums, so nothing is divided by the number of weights."""
    return grad_W1_penalty / np.size(grad_W1_penalty)


def grad_W2_penalty__missing_factor_two(W2, l21, l22):
    """The derivative of the square of w is 2w: the factor 2 is missing."""
    return l21 * np.sign(W2) + l22 * W2


def grad_W2_penalty__factor_two_on_both(W2, l21, l22):
    """The factor 2 comes from the squares; the absolute values have none."""
    return 2 * (l21 * np.sign(W2) + l22 * W2)


def grad_W2_penalty__factor_two_on_both__2(W2, l21, l22):
    return 2 * l21 * np.sign(W2) + 2 * l22 * W2


def grad_W2_penalty__missing_sign(W2, l21, l22):
    """The derivative of |w| is the sign of w: here l21 stands without it."""
    return l21 + 2 * l22 * W2


def grad_W2_penalty__missing_sign__2(W2, l21, l22):
    """The derivative of |w| is the sign of w, not w itself."""
    return l21 * W2 + 2 * l22 * W2


def grad_W2_penalty__missing_sign__3(W2, l21, l22):
    """The derivative of |w| is the sign of w, not |w| itself."""
    return l21 * np.abs(W2) + 2 * l22 * W2


def grad_W2_penalty__step_instead_of_sign(W2, l21, l22):
    """Below 0, |w| falls: its derivative is -1 there, not 0."""
    return l21 * (W2 > 0) + 2 * l22 * W2


def grad_W2_penalty__not_zero_at_zero(W2, l21, l22):
    """At 0, where |w| has a kink, the homework takes 0 for its derivative: neither 1 nor -1."""
    return l21 * np.where(W2 >= 0, 1.0, -1.0) + 2 * l22 * W2


def grad_W2_penalty__not_zero_at_zero__2(W2, l21, l22):
    return l21 * np.where(W2 > 0, 1.0, -1.0) + 2 * l22 * W2


def grad_W2_penalty__zero_over_zero(W2, l21, l22):
    """Where a weight is 0 this divides 0 by 0, which is not a number; the homework takes 0 for the derivative there, as
    np.sign does."""
    return l21 * W2 / np.abs(W2) + 2 * l22 * W2


def grad_W2_penalty__one_norm_only(W2, l21):
    """Both norms count, the absolute values and the squares."""
    return l21 * np.sign(W2)


def grad_W2_penalty__one_norm_only__2(W2, l22):
    return 2 * l22 * W2


def grad_W2_penalty__norms_swapped(W2, l21, l22):
    """The two norms have changed places: l21 belongs to the absolute values, l22 to the squares."""
    return l22 * np.sign(W2) + 2 * l21 * W2


def grad_W2_penalty__keeps_the_square(W2, l21, l22):
    """The derivative of the square of w is 2w: the exponent comes down and is gone."""
    return l21 * np.sign(W2) + 2 * l22 * W2**2


def grad_W2_penalty__keeps_the_square__2(W2, l21, l22):
    """The squares themselves stand here, not their derivatives 2w."""
    return l21 * np.sign(W2) + l22 * W2**2


def grad_W2_penalty__absolute_values(W2, l21, l22):
    """The derivative of the square of w is 2w, with its sign; no absolute value belongs there."""
    return l21 * np.sign(W2) + 2 * l22 * np.abs(W2)


def grad_W2_penalty__sums_entries(W2, l21, l22):
    """The gradient has one entry for each weight, so nothing is summed."""
    return np.sum(l21 * np.sign(W2) + 2 * l22 * W2)


def grad_W2_penalty__sums_entries__2(W2, l21, l22):
    return l21 * np.sum(np.sign(W2)) + 2 * l22 * W2


def grad_W2_penalty__sums_entries__3(W2, l21, l22):
    return l21 * np.sign(W2) + 2 * l22 * np.sum(W2)


def grad_W2_penalty__sums_entries__4(W2, l21, l22):
    return l21 * np.sum(np.sign(W2)) + 2 * l22 * np.sum(np.abs(W2))


def grad_W2_penalty__value_instead_of_gradient(W2, l21, l22):
    """This is the penalty of the matrix itself; its gradient is asked for, one entry for each weight."""
    return l21 * np.sum(np.abs(W2)) + l22 * np.sum(W2**2)


def grad_W2_penalty__value_instead_of_gradient__2(W2, l21, l22):
    """These are the penalties of the single weights; their derivatives are asked for."""
    return l21 * np.abs(W2) + l22 * W2**2


def grad_W2_penalty__norm_not_squared(W2, l21, l22):
    """The norm is squared in the penalty, and so its gradient does not divide by it."""
    return l21 * np.sign(W2) + l22 * W2 / np.sqrt(np.sum(W2**2))


def grad_W2_penalty__minus_instead_of_plus(W2, l21, l22):
    """The two terms are added."""
    return l21 * np.sign(W2) - 2 * l22 * W2


def grad_W2_penalty__minus_instead_of_plus__2(W2, l21, l22):
    return -l21 * np.sign(W2) + 2 * l22 * W2


def grad_W2_penalty__mean_instead_of_sum(grad_W2_penalty):
    """The norms are sums, so nothing is divided by the number of weights."""
    return grad_W2_penalty / np.size(grad_W2_penalty)
