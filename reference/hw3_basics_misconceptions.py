"""What goes wrong in `hw3_basics`: each function is a quantity as a known mistake makes it.

`sigmoid__missing_half` is sigmoid under the misconception missing-half; a number behind it (`__2`) counts other ways to
the same mistake. Parameters are quantities, as in the reference; the quantity's own name stands for its right value,
and `number` for a number in the student's code. The text is what the student reads; where there is none, that of the
first function about the same quantity and mistake is taken, else the mistake's first. Of two mistakes that give the
same numbers, the one further up is named.
"""

import numpy as np

# ---------------------------------------------------------------- sigmoid


def sigmoid__missing_half(x):
    """The sigmoid is (tanh(x/2) + 1) / 2: x is halved before the tanh, and the sum after it."""
    return np.tanh(x)


def sigmoid__missing_half__2(x):
    return (np.tanh(x) + 1) / 2


def sigmoid__missing_half__3(x):
    return np.tanh(x / 2)


def sigmoid__missing_half__4(x):
    return np.tanh(x / 2) + 1


def sigmoid__missing_half__5(x):
    return np.tanh(x / 2) / 2


def sigmoid__missing_half__6(x):
    return np.tanh(x) / 2 + 1


def sigmoid__missing_half__7(x):
    return np.tanh(x / 2) + 1 / 2


def sigmoid__missing_half__8(x):
    return np.tanh(x / 2) / 2 + 1


def sigmoid__sign_in_exponent(x):
    """This is sigmoid(-x): the sign of x is the wrong way round. In 1 / (1 + e^-x) the exponent has a minus sign."""
    return 1 / (1 + np.exp(x))


def sigmoid__sign_in_exponent__2(x):
    return np.exp(-x) / (1 + np.exp(-x))


def sigmoid__missing_one(x):
    """The 1 that is added to the exponential is missing."""
    return 1 / np.exp(-x)


def sigmoid__missing_one__2(x):
    return 1 / np.exp(x)


def sigmoid__minus_instead_of_plus(x):
    """The two terms are added; here one is subtracted from the other."""
    return 1 / (1 - np.exp(-x))


def sigmoid__missing_parentheses(x):
    """1 is divided by the whole sum 1 + e^-x, so the sum stands in parentheses: 1 / (1 + np.exp(-x))."""
    return 1 / 1 + np.exp(-x)


def sigmoid__missing_parentheses__2(x):
    """Division comes before addition: the sum in the denominator needs parentheses."""
    return np.exp(x) / 1 + np.exp(x)


def sigmoid__overflows(x):
    """For a large x the exponential overflows to infinity, and infinity over infinity is not a number: use e to the
    power -x there, which is small."""
    return np.exp(x) / (1 + np.exp(x))


def sigmoid__softmax_instead(x):
    """This is a softmax, which divides by a sum over all entries; here each entry stands alone."""
    return np.exp(x) / np.sum(np.exp(x))


def sigmoid__softmax_instead__2(x):
    return np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))


def sigmoid__sums_entries(x):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return 1 / (1 + np.sum(np.exp(-x)))


def sigmoid__derivative_instead_of_value(sigmoid):
    """This is the derivative; the function itself is asked for."""
    return sigmoid * (1 - sigmoid)


def sigmoid__step_instead(x):
    """This jumps from 0 to 1; the sigmoid rises smoothly."""
    return 1.0 * (x > 0)


def sigmoid__step_instead__2(x):
    return 1.0 * (x >= 0)


def sigmoid__logarithm_too_much(sigmoid):
    """This is the logarithm of it, which is another function of this homework."""
    return np.log(sigmoid)


def sigmoid__wrong_sign(sigmoid):
    """The sign is the wrong way round."""
    return -sigmoid


def sigmoid__rounded_base(x, number):
    """The base of the exponential is e = 2.71828...; np.exp knows all of its digits."""
    return 1 / (1 + number ** (-x))


def sigmoid__factor_in_exponent(x, number):
    """The exponent is -x alone; no factor belongs there."""
    return 1 / (1 + np.exp(-number * x))


# ---------------------------------------------------------------- softplus


def softplus__overflows(x):
    """e to the power 1000 is too large for a floating point number, so the logarithm gives infinity; use
    np.logaddexp(0, x), or max(0, x) + ln(1 + e^-|x|)."""
    return np.log(1 + np.exp(x))


def softplus__overflows__2(x):
    return x + np.log(1 + np.exp(-x))


def softplus__overflows__3(x):
    return -np.log(1 / (1 + np.exp(x)))


def softplus__softmax_instead(x):
    """This is a softmax, whose entries add up to 1; softplus is the logarithm of 1 + e^x, entry by entry."""
    return np.exp(x) / np.sum(np.exp(x))


def softplus__softmax_instead__2(x):
    return np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x)))


def softplus__sign_in_exponent(x):
    """There is no minus sign in the exponent: softplus is the logarithm of 1 + e^x."""
    return np.log(1 + np.exp(-x))


def softplus__sign_in_exponent__2(x):
    return np.logaddexp(0, -x)


def softplus__relu_instead(rect):
    """This is the relu; softplus is its smooth neighbour, ln 2 at 0 and nowhere 0."""
    return 1.0 * rect


def softplus__missing_one(x):
    """The 1 that is added to the exponential is missing; what is left is x itself."""
    return np.log(np.exp(x))


def softplus__missing_parentheses(x):
    """The 1 and the exponential are added first, and then comes the logarithm of the sum."""
    return np.log(1) + np.exp(x)


def softplus__missing_parentheses__2(x):
    return 1 + np.log(np.exp(x))


def softplus__missing_logarithm(x):
    """The logarithm is missing."""
    return 1 + np.exp(x)


def softplus__sums_entries(x):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.log(1 + np.sum(np.exp(x)))


def softplus__sums_entries__2(x):
    return np.log(np.sum(np.exp(x)))


def softplus__sums_entries__3(x):
    return np.log(np.sum(1 + np.exp(x)))


def softplus__sums_entries__4(softplus):
    return np.sum(softplus)


def softplus__wrong_log_base(softplus):
    """The natural logarithm is meant, np.log, and neither log2 nor log10."""
    return softplus / np.log(2)


def softplus__wrong_log_base__2(softplus):
    return softplus / np.log(10)


def softplus__wrong_log_base__3(x):
    return np.log2(1 + np.exp(x))


def softplus__wrong_log_base__4(x):
    return np.log10(1 + np.exp(x))


def softplus__derivative_instead_of_value(sigmoid):
    """This is the derivative; the function itself is asked for."""
    return sigmoid * 1.0


def softplus__wrong_sign(softplus):
    """The sign is the wrong way round."""
    return -softplus


def softplus__wrong_sign__2(x):
    return -np.log(1 + np.exp(x))


def softplus__clipped_too_soon(x, number):
    """x is cut off at a fixed number, so that softplus stops growing there; it grows like x."""
    return np.log(1 + np.exp(np.minimum(x, number)))


def softplus__clipped_too_soon__2(x, number):
    return np.log(1 + np.exp(np.clip(x, -abs(number), abs(number))))


# ---------------------------------------------------------------- log_sigmoid


def log_sigmoid__wrong_sign(log_sigmoid):
    """The sign is the wrong way round: ln sigmoid(x) is minus softplus(-x), and never above 0."""
    return -log_sigmoid


def log_sigmoid__wrong_sign__2(x):
    return np.log(1 + np.exp(-x))


def log_sigmoid__overflows(x):
    """Far below 0 the sigmoid is rounded to 0, or the exponential to infinity, and the logarithm breaks down; minus
    softplus(-x) holds everywhere, if softplus does."""
    return -np.log(1 + np.exp(-x))


def log_sigmoid__overflows__2(x):
    return np.log(np.exp(x) / (1 + np.exp(x)))


def log_sigmoid__overflows__3(x):
    return x - np.log(1 + np.exp(x))


def log_sigmoid__overflows__4(x):
    return np.log((np.tanh(x / 2) + 1) / 2)


def log_sigmoid__sign_in_exponent(x):
    """The minus sign in the exponent is missing: it is minus softplus of -x."""
    return -np.logaddexp(0, x)


def log_sigmoid__sign_in_exponent__2(x):
    return -np.log(1 + np.exp(x))


def log_sigmoid__sign_in_exponent__3(x):
    return np.log(1 / (1 + np.exp(x)))


def log_sigmoid__both_signs_lost(softplus):
    """Both minus signs are missing: it is minus softplus of -x."""
    return 1.0 * softplus


def log_sigmoid__both_signs_lost__2(x):
    return np.log(1 + np.exp(x))


def log_sigmoid__missing_logarithm(sigmoid):
    """The logarithm is missing; this is the sigmoid itself."""
    return sigmoid * 1.0


def log_sigmoid__softmax_instead(x):
    """This is the logarithm of a softmax, which divides by a sum over all entries; here each entry stands alone."""
    return x - np.max(x) - np.log(np.sum(np.exp(x - np.max(x))))


def log_sigmoid__softmax_instead__2(x):
    return np.log(np.exp(x) / np.sum(np.exp(x)))


def log_sigmoid__softmax_instead__3(x):
    return np.exp(x) / np.sum(np.exp(x))


def log_sigmoid__sums_entries(log_sigmoid):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(log_sigmoid)


def log_sigmoid__sums_entries__2(x):
    return -np.log(1 + np.sum(np.exp(-x)))


def log_sigmoid__wrong_log_base(log_sigmoid):
    """The natural logarithm is meant, np.log, and neither log2 nor log10."""
    return log_sigmoid / np.log(2)


def log_sigmoid__wrong_log_base__2(log_sigmoid):
    return log_sigmoid / np.log(10)


def log_sigmoid__wrong_log_base__3(sigmoid):
    return np.log2(sigmoid)


def log_sigmoid__wrong_log_base__4(sigmoid):
    return np.log10(sigmoid)


def log_sigmoid__missing_one(x):
    """The 1 that is added to the exponential is missing."""
    return -np.log(np.exp(-x))


def log_sigmoid__derivative_instead_of_value(sigmoid):
    """This is the derivative; the function itself is asked for."""
    return 1 - sigmoid


def log_sigmoid__number_in_the_logarithm(sigmoid, number):
    """The small number inside the logarithm hides that the sigmoid was rounded to 0, and gives a wrong value there;
    minus softplus(-x) needs none."""
    return np.log(sigmoid + number)


def log_sigmoid__number_in_the_logarithm__2(sigmoid, number):
    return np.log(np.maximum(sigmoid, number))


def log_sigmoid__number_in_the_logarithm__3(sigmoid, number):
    return np.log(np.clip(sigmoid, number, 1 - number))


# ---------------------------------------------------------------- dsigmoid


def dsigmoid__value_instead_of_derivative(sigmoid):
    """This is the function itself; its derivative is asked for."""
    return sigmoid * 1.0


def dsigmoid__applied_twice(sigmoid):
    """The sigmoid is applied twice: sigmoid(x) is a value already, and only multiplied with 1 minus itself."""
    return 1 / (1 + np.exp(-sigmoid)) * (1 - 1 / (1 + np.exp(-sigmoid)))


def dsigmoid__takes_x_for_the_value(x):
    """The argument is x and not sigmoid(x): compute the sigmoid first, s, and then s(1-s)."""
    return x * (1 - x)


def dsigmoid__takes_x_for_the_value__2(sigmoid, x):
    return sigmoid * (1 - x)


def dsigmoid__takes_x_for_the_value__3(sigmoid, x):
    return x * (1 - sigmoid)


def dsigmoid__minus_instead_of_plus(sigmoid):
    """The derivative is s(1-s): the second factor is 1 minus the sigmoid."""
    return sigmoid * (1 + sigmoid)


def dsigmoid__wrong_sign(dsigmoid):
    """The sign is the wrong way round."""
    return -dsigmoid


def dsigmoid__one_factor_only(sigmoid):
    """The derivative is a product of two factors, s and 1-s; one of them is missing."""
    return 1 - sigmoid


def dsigmoid__squared_factor(sigmoid):
    """The derivative is s(1-s), each factor once."""
    return sigmoid * (1 - sigmoid) ** 2


def dsigmoid__squared_factor__2(sigmoid):
    return sigmoid**2 * (1 - sigmoid)


def dsigmoid__squared_factor__3(sigmoid):
    return sigmoid**2


def dsigmoid__squared_factor__4(sigmoid):
    return (1 - sigmoid) ** 2


def dsigmoid__squared_factor__5(sigmoid):
    return (sigmoid * (1 - sigmoid)) ** 2


def dsigmoid__derivative_of_tanh(sigmoid):
    """1 minus the square is the rule for the tanh; the derivative of the sigmoid is s(1-s)."""
    return 1 - sigmoid**2


def dsigmoid__derivative_of_tanh__2(dtanh):
    return 1.0 * dtanh


def dsigmoid__missing_parentheses(sigmoid):
    """Multiplication comes before subtraction: 1 - s needs parentheses."""
    return sigmoid * 1 - sigmoid


def dsigmoid__overflows(x):
    """Far below 0 the exponential overflows, and infinity over infinity is not a number; compute the sigmoid first, s,
    and then s(1-s)."""
    return np.exp(-x) / (1 + np.exp(-x)) ** 2


def dsigmoid__overflows__2(x):
    """Far above 0 the exponential overflows, and infinity over infinity is not a number; compute the sigmoid first, s,
    and then s(1-s)."""
    return np.exp(x) / (1 + np.exp(x)) ** 2


def dsigmoid__missing_square(x):
    """The denominator is squared: it is (1 + e^-x) to the power 2."""
    return np.exp(-x) / (1 + np.exp(-x))


def dsigmoid__chain_rule_sign(x):
    """The derivative of e^-x brings a minus sign with it, and that of 1/u another one: they cancel."""
    return -np.exp(-x) / (1 + np.exp(-x)) ** 2


def dsigmoid__missing_inner_derivative(x):
    """The derivative of the inside of the fraction, -e^-x, is missing as a factor."""
    return -1 / (1 + np.exp(-x)) ** 2


def dsigmoid__missing_half(x):
    """The sigmoid is (tanh(x/2) + 1) / 2, so its derivative has a factor 1/4 and the tanh of x/2."""
    return (1 - np.tanh(x / 2) ** 2) / 2


def dsigmoid__missing_half__2(x):
    return 1 - np.tanh(x / 2) ** 2


def dsigmoid__missing_half__3(x):
    return (1 - np.tanh(x) ** 2) / 2


def dsigmoid__missing_half__4(x):
    return (1 - np.tanh(x) ** 2) / 4


def dsigmoid__sums_entries(dsigmoid):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(dsigmoid)


# ---------------------------------------------------------------- dtanh


def dtanh__missing_square(x):
    """The square is missing: the derivative of the tanh is 1 minus the square of the tanh."""
    return 1 - np.tanh(x)


def dtanh__square_of_the_argument(x):
    """The tanh is squared, not its argument."""
    return 1 - np.tanh(x**2)


def dtanh__square_of_the_difference(x):
    """Only the tanh is squared, not the whole difference."""
    return (1 - np.tanh(x)) ** 2


def dtanh__plus_instead_of_minus(x):
    """The square is subtracted from 1, not added to it."""
    return 1 + np.tanh(x) ** 2


def dtanh__missing_one(x):
    """The 1 is missing: the derivative of the tanh is 1 minus the square of the tanh."""
    return np.tanh(x) ** 2


def dtanh__missing_one__2(x):
    return -(np.tanh(x) ** 2)


def dtanh__wrong_sign(dtanh):
    """The sign is the wrong way round."""
    return -dtanh


def dtanh__value_instead_of_derivative(x):
    """This is the function itself; its derivative is asked for."""
    return np.tanh(x)


def dtanh__takes_x_for_the_value(x):
    """The argument is x and not tanh(x): compute the tanh first, t, and then 1 - t²."""
    return 1 - x**2


def dtanh__applied_twice(x):
    """The tanh is applied twice: tanh(x) is a value already, and is only squared."""
    return 1 - np.tanh(np.tanh(x)) ** 2


def dtanh__derivative_of_sigmoid(x):
    """t(1-t) is the rule for the sigmoid; the derivative of the tanh is 1 - t²."""
    return np.tanh(x) * (1 - np.tanh(x))


def dtanh__derivative_of_sigmoid__2(dsigmoid):
    return 1.0 * dsigmoid


def dtanh__hyperbolic_cosine_not_squared(x):
    """The derivative is 1 over the square of cosh; the square is missing."""
    return 1 / np.cosh(x)


def dtanh__missing_reciprocal(x):
    """The derivative is 1 over this square."""
    return np.cosh(x) ** 2


def dtanh__overflows(x):
    """For a large x the exponentials overflow to infinity, and infinity over infinity is not a number; np.tanh holds
    everywhere."""
    return 1 - ((np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))) ** 2


def dtanh__overflows__2(x):
    return 1 - ((np.exp(2 * x) - 1) / (np.exp(2 * x) + 1)) ** 2


def dtanh__overflows__3(x):
    return 1 - (np.sinh(x) / np.cosh(x)) ** 2


def dtanh__overflows__4(x):
    return 1 - ((1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))) ** 2


def dtanh__sums_entries(dtanh):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(dtanh)


# ---------------------------------------------------------------- sign, dabs


def sign__zero_over_zero(x):
    """At x = 0 this divides 0 by 0, which is not a number; the sign of 0 is 0: compare x with 0, or use np.sign."""
    return x / np.abs(x)


def sign__zero_over_zero__2(x):
    return np.abs(x) / x


def sign__not_zero_at_zero(x):
    """The sign of 0 is 0: neither 1 nor -1."""
    return np.where(x >= 0, 1.0, -1.0)


def sign__not_zero_at_zero__2(x):
    return np.where(x > 0, 1.0, -1.0)


def sign__lost_below_zero(x):
    """Below 0 the sign is -1, not 0."""
    return 1.0 * (x > 0)


def sign__lost_below_zero__2(x):
    return 1.0 * (x >= 0)


def sign__lost_above_zero(x):
    """Above 0 the sign is 1, not 0."""
    return -1.0 * (x < 0)


def sign__wrong_sign(sign):
    """The sign is the wrong way round."""
    return -sign


def sign__absolute_value_instead(x):
    """This is the absolute value of x; the sign is 1, 0 or -1."""
    return np.abs(x)


def sign__always_one(x):
    """This is 1 on both sides of 0; the sign is -1 below it."""
    return 1.0 * (x != 0)


def sign__always_one__2(x):
    return np.ones_like(x)


def sign__smoothed(x, number):
    """The small number in the denominator changes the value near 0; the sign is exactly 1, 0 or -1."""
    return x / (np.abs(x) + number)


def sign__smoothed__2(x):
    """The sign jumps from -1 to 1; the tanh only comes close to it."""
    return np.tanh(x)


def sign__smoothed__3(x, number):
    """The sign jumps from -1 to 1; the tanh only comes close to it."""
    return np.tanh(number * x)


def sign__sums_entries(sign):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(sign)


def dabs__zero_over_zero(x):
    """At x = 0 this divides 0 by 0, which is not a number; the homework takes 0 for the derivative there, as np.sign
    does."""
    return x / np.abs(x)


def dabs__not_zero_at_zero(x):
    """At 0, where |x| has a kink, the homework takes 0 for its derivative: neither 1 nor -1."""
    return np.where(x >= 0, 1.0, -1.0)


def dabs__not_zero_at_zero__2(x):
    return np.where(x > 0, 1.0, -1.0)


def dabs__derivative_of_relu(drect):
    """This is the derivative of the relu; |x| falls on the left of 0, so that its derivative is -1 there."""
    return 1.0 * drect


def dabs__derivative_of_relu__2(x):
    return 1.0 * (x >= 0)


def dabs__value_instead_of_derivative(x):
    """This is the function itself; its derivative is asked for."""
    return np.abs(x)


def dabs__always_one(x):
    """This is 1 on both sides of 0; |x| falls on the left, so that its derivative is -1 there."""
    return np.ones_like(x)


def dabs__always_one__2(x):
    return 1.0 * (x != 0)


def dabs__wrong_sign(dabs):
    """The sign is the wrong way round."""
    return -dabs


def dabs__smoothed(x, number):
    """The small number in the denominator changes the value near 0; the derivative is exactly 1, 0 or -1."""
    return x / (np.abs(x) + number)


def dabs__smoothed__2(x, number):
    return x / np.sqrt(x**2 + number)


def dabs__sums_entries(dabs):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(dabs)


# ---------------------------------------------------------------- rect, drect


def rect__np_max_instead_of_maximum(x):
    """np.max(x, 0) is the largest entry along an axis; entry by entry it is np.maximum(x, 0)."""
    return np.max(x, 0)


def rect__np_max_instead_of_maximum__2(x):
    """np.max gives the single largest entry; entry by entry it is np.maximum(0, x)."""
    return np.max([0, np.max(x)])


def rect__absolute_value_instead(x):
    """This is the absolute value; the relu is 0 below 0."""
    return np.abs(x)


def rect__minimum_instead(x):
    """This keeps the numbers below 0; the relu keeps those above it."""
    return np.minimum(0, x)


def rect__minimum_instead__2(x):
    return np.maximum(0, -x)


def rect__derivative_instead_of_value(x):
    """This is the derivative; the function itself is asked for."""
    return 1.0 * (x > 0)


def rect__derivative_instead_of_value__2(x):
    return 1.0 * (x >= 0)


def rect__leaky(x, number):
    """This is a leaky relu; the plain one is 0 below 0."""
    return np.where(x > 0, x, number * x)


def rect__leaky__2(x):
    """Below 0 this is no longer 0, as it is for the relu."""
    return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)


def rect__wrong_threshold(x, number):
    """The relu bends at 0, and nothing happens to it elsewhere."""
    return np.maximum(number, x)


def rect__wrong_threshold__2(x, number):
    return np.where(x > number, x, 0.0)


def rect__wrong_threshold__3(x):
    return np.maximum(1, x)


def rect__wrong_threshold__4(x):
    return np.where(x > 1, x, 0.0)


def rect__cut_off_above(x):
    """The relu is x above 0, however large x is."""
    return np.clip(x, 0, 1)


def rect__cut_off_above__2(x, number):
    return np.clip(x, 0, number)


def rect__softplus_instead(softplus):
    """This is softplus, which is smooth; the relu is exactly 0 below 0, and x above it."""
    return 1.0 * softplus


def rect__missing_half(x):
    """x + |x| is 2x above 0; half of it is the relu."""
    return x + np.abs(x)


def rect__zero_over_zero(x):
    """At x = 0 this divides 0 by 0, which is not a number; np.maximum(0, x) divides by nothing."""
    return x * (x / np.abs(x) + 1) / 2


def rect__drops_entries(x):
    """Indexing with a mask keeps only the entries above 0; the others should stay in place as zeros."""
    return x[x > 0]


def rect__wrong_sign(rect):
    """The sign is the wrong way round."""
    return -rect


def rect__sums_entries(rect):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(rect)


def drect__relu_derivative_at_zero(x):
    """The convention here is that the relu's derivative at exactly 0 is 0, so the comparison must be strict (x > 0)."""
    return 1.0 * (x >= 0)


def drect__half_at_zero(x):
    """The convention here is that the relu's derivative at exactly 0 is 0, not a half."""
    return np.where(x > 0, 1.0, np.where(x < 0, 0.0, 0.5))


def drect__zero_over_zero(x):
    """At x = 0 this divides 0 by 0, which is not a number; compare x with 0 instead."""
    return np.maximum(0, x) / x


def drect__zero_over_zero__2(x):
    return (x / np.abs(x) + 1) / 2


def drect__zero_over_zero__3(x):
    return np.maximum(0, x) / np.abs(x)


def drect__zero_over_zero__4(x):
    return np.maximum(0, x) / np.maximum(0, x)


def drect__value_instead_of_derivative(rect):
    """This is the function itself; its derivative is asked for."""
    return 1.0 * rect


def drect__derivative_of_absolute_value(x):
    """This is -1 below 0, as the derivative of |x| is; that of the relu is 0 there."""
    return 1.0 * np.sign(x)


def drect__derivative_of_absolute_value__2(x):
    return np.where(x > 0, 1.0, -1.0)


def drect__derivative_of_absolute_value__3(x):
    return np.where(x >= 0, 1.0, -1.0)


def drect__inverted_mask(x):
    """The mask is upside down: the derivative is 1 where x is above 0, and 0 elsewhere."""
    return 1.0 * (x <= 0)


def drect__inverted_mask__2(x):
    return 1.0 * (x < 0)


def drect__always_one(x):
    """Below 0 the relu is flat, so that its derivative is 0 there."""
    return np.ones_like(x)


def drect__always_one__2(x):
    return 1.0 * (x != 0)


def drect__leaky(x, number):
    """This is the derivative of a leaky relu; that of the plain one is 0 below 0."""
    return np.where(x > 0, 1.0, number)


def drect__wrong_threshold(x, number):
    """The relu bends at 0, and nothing happens to it elsewhere."""
    return 1.0 * (x > number)


def drect__wrong_threshold__2(x):
    return 1.0 * (x > 1)


def drect__wrong_threshold__3(x):
    return 1.0 * (x >= 1)


def drect__smooth_instead(sigmoid):
    """This is the sigmoid, the derivative of softplus; that of the relu jumps from 0 to 1."""
    return sigmoid * 1.0


def drect__drops_entries(x):
    """Indexing with a mask keeps only the entries above 0; the others should stay in place as zeros."""
    return 1.0 * (x[x > 0] > 0)


def drect__wrong_sign(drect):
    """The sign is the wrong way round."""
    return -drect


def drect__sums_entries(drect):
    """np.sum mixes the entries; each entry of the result belongs to one entry of x alone."""
    return np.sum(drect)


# ---------------------------------------------------------------- the gradients of the norms


def grad_sq_l2__sum_instead_of_vector(x):
    """The gradient has one entry for each entry of x, so nothing is summed: the derivative of the sum by x_i has only
    the term with x_i left."""
    return np.sum(2 * x)


def grad_sq_l2__sum_instead_of_vector__2(x):
    return 2 * np.sum(np.abs(x))


def grad_sq_l2__sum_instead_of_vector__3(x):
    return np.sum(2 * x, axis=0)


def grad_sq_l2__sum_instead_of_vector__4(x):
    return np.sum(2 * x) * np.ones_like(x)


def grad_sq_l2__missing_factor_two(x):
    """The derivative of x² is 2x: the factor 2 is missing."""
    return 1.0 * x


def grad_sq_l2__extra_factor_two(x):
    """The derivative of x² is 2x; the factor 2 is there once too often."""
    return 4 * x


def grad_sq_l2__value_instead_of_gradient(x):
    """This is the squared norm itself; its gradient is asked for, one entry for each entry of x."""
    return np.sum(x**2)


def grad_sq_l2__value_instead_of_gradient__2(x):
    """These are the squares themselves; the derivative of x² is 2x."""
    return x**2


def grad_sq_l2__value_instead_of_gradient__3(x):
    """This is the norm; the gradient of its square is asked for, one entry for each entry of x."""
    return np.sqrt(np.sum(x**2))


def grad_sq_l2__value_instead_of_gradient__4(x):
    """This is twice the squared norm, a single number; the gradient is asked for, one entry for each entry of x."""
    return 2 * np.sum(x**2)


def grad_sq_l2__keeps_the_square(x):
    """The derivative of x² is 2x: the exponent comes down and is gone."""
    return 2 * x**2


def grad_sq_l2__norm_not_squared(x):
    """The norm is squared here, and so its square root is gone: the gradient is 2x, without the norm in it."""
    return x / np.sqrt(np.sum(x**2))


def grad_sq_l2__norm_not_squared__2(x):
    return 2 * x / np.sqrt(np.sum(x**2))


def grad_sq_l2__norm_not_squared__3(x):
    return 2 * np.sqrt(np.sum(x**2))


def grad_sq_l2__norm_not_squared__4(x):
    return 2 * x * np.sqrt(np.sum(x**2))


def grad_sq_l2__absolute_values(x):
    """The gradient has the sign of x; no absolute value belongs here."""
    return 2 * np.abs(x)


def grad_sq_l2__gradient_of_l1(sign):
    """This is the gradient of the other norm, the sum of absolute values."""
    return 1.0 * sign


def grad_sq_l2__gradient_of_l1__2(sign):
    return 2 * sign


def grad_sq_l2__mean_instead_of_sum(x):
    """The norm is a sum, not a mean: nothing is divided by the number of entries."""
    return 2 * x / np.size(x)


def grad_sq_l2__wrong_sign(grad_sq_l2):
    """The sign is the wrong way round."""
    return -grad_sq_l2


def grad_sq_l2__constant(x):
    """The derivative of x² is 2x, not 2."""
    return 2 * np.ones_like(x)


def grad_sq_l2__constant__2(x):
    return 2 + 0 * np.sum(x)


def grad_l1__sum_instead_of_vector(sign):
    """The gradient has one entry for each entry of x, so nothing is summed: the derivative of the sum by x_i has only
    the term with x_i left."""
    return np.sum(sign)


def grad_l1__sum_instead_of_vector__2(sign):
    return np.sum(sign, axis=0)


def grad_l1__sum_instead_of_vector__3(sign):
    return np.sum(sign) * np.ones_like(sign)


def grad_l1__value_instead_of_gradient(x):
    """This is the norm itself; its gradient is asked for, one entry for each entry of x."""
    return np.sum(np.abs(x))


def grad_l1__value_instead_of_gradient__2(x):
    """These are the absolute values themselves; the derivative of |x| is its sign."""
    return np.abs(x)


def grad_l1__zero_over_zero(x):
    """At x = 0 this divides 0 by 0, which is not a number; the homework takes 0 for the derivative there, as np.sign
    does."""
    return x / np.abs(x)


def grad_l1__not_zero_at_zero(x):
    """At 0, where |x| has a kink, the homework takes 0 for its derivative: neither 1 nor -1."""
    return np.where(x >= 0, 1.0, -1.0)


def grad_l1__not_zero_at_zero__2(x):
    return np.where(x > 0, 1.0, -1.0)


def grad_l1__always_one(x):
    """This is 1 on both sides of 0; |x| falls on the left, so that its derivative is -1 there."""
    return np.ones_like(x)


def grad_l1__always_one__2(x):
    return 1.0 * (x != 0)


def grad_l1__derivative_of_relu(drect):
    """This is the derivative of the relu; |x| falls on the left of 0, so that its derivative is -1 there."""
    return 1.0 * drect


def grad_l1__derivative_of_relu__2(x):
    return 1.0 * (x >= 0)


def grad_l1__gradient_of_sq_l2(x):
    """This is the gradient of the other norm, the sum of squares."""
    return 2 * x


def grad_l1__norm_of_x_in_the_denominator(x):
    """Each entry is divided by its own absolute value, not by a sum over all of them."""
    return x / np.sum(np.abs(x))


def grad_l1__mean_instead_of_sum(sign):
    """The norm is a sum, not a mean: nothing is divided by the number of entries."""
    return sign / np.size(sign)


def grad_l1__wrong_sign(grad_l1):
    """The sign is the wrong way round."""
    return -grad_l1


def grad_l1__smoothed(x, number):
    """The small number in the denominator changes the value near 0; the derivative is exactly 1, 0 or -1."""
    return x / (np.abs(x) + number)


def grad_l1__smoothed__2(x, number):
    return x / np.sqrt(x**2 + number)
