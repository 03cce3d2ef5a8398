"""What goes wrong in `matrix_backprop`: each function is a quantity as a known mistake makes it.

As in `hw3_gradients_misconceptions`: `grad_W__missing_factor_two` is grad_W under the misconception missing-factor-two,
its parameters are quantities, its text is what the student reads.
"""

import numpy as np

# ---------------------------------------------------------------- the loss


def loss__missing_penalty(residual):
    """The penalty lam ||W||_1 is missing."""
    return np.sum(residual**2)


def loss__l2_instead_of_l1(residual, W, lam):
    """The penalty here is made of absolute values (L1), not of squares (L2)."""
    return np.sum(residual**2) + lam * np.sum(W**2)


def loss__l2_instead_of_l1__2(residual, W, lam):
    """np.linalg.norm(W) is the root of the squared entries; ||W||_1 is the sum of their absolute values."""
    return np.sum(residual**2) + lam * np.sqrt(np.sum(W**2))


def loss__l2_instead_of_l1__3(residual, W, lam):
    return np.sum(residual**2) + lam / 2 * np.sum(W**2)


def loss__matrix_norm(residual, W, lam):
    """np.linalg.norm(W, 1) of a matrix is its largest column sum; ||W||_1 here is the sum over all entries."""
    return np.sum(residual**2) + lam * np.max(np.sum(np.abs(W), axis=0))


def loss__matrix_norm__2(residual, W, lam):
    """np.linalg.norm(A, 2) of a matrix is its largest singular value; the sum of the squared entries is
    np.sum(A**2)."""
    return np.linalg.norm(residual, 2) ** 2 + lam * np.sum(np.abs(W))


def loss__matrix_norm__3(residual, W, lam):
    """np.linalg.norm of a matrix with 1 or 2 is the largest column sum or singular value; use np.sum over all
    entries."""
    return np.linalg.norm(residual, 2) ** 2 + lam * np.max(np.sum(np.abs(W), axis=0))


def loss__norm_not_squared(residual, W, lam):
    """The norm is squared here: np.linalg.norm takes a root that has to be undone."""
    return np.sqrt(np.sum(residual**2)) + lam * np.sum(np.abs(W))


def loss__mean_instead_of_sum(residual, W, lam):
    """The squared entries are added up, not averaged."""
    return np.mean(residual**2) + lam * np.sum(np.abs(W))


def loss__mean_instead_of_sum__2(residual, W, lam):
    """The absolute values of W are added up, not averaged."""
    return np.sum(residual**2) + lam * np.mean(np.abs(W))


def loss__mean_instead_of_sum__3(residual, W, lam):
    return np.mean(residual**2) + lam * np.mean(np.abs(W))


def loss__averages_over_rows(residual, W, lam, n):
    """The squares of all rows are added up; nothing is divided by n."""
    return np.sum(residual**2) / n + lam * np.sum(np.abs(W))


def loss__averages_over_rows__2(residual, W, lam, n):
    return (np.sum(residual**2) + lam * np.sum(np.abs(W))) / n


def loss__averages_over_rows__3(residual, W, lam, n):
    """The squares of all rows are added up; nothing is divided by n or by 2."""
    return np.sum(residual**2) / (2 * n) + lam * np.sum(np.abs(W))


def loss__averages_over_rows__4(residual, W, lam, n):
    """The penalty is not divided by n."""
    return np.sum(residual**2) + lam * np.sum(np.abs(W)) / n


def loss__halved_square(residual, W, lam):
    """There is no half in front of the squares here."""
    return np.sum(residual**2) / 2 + lam * np.sum(np.abs(W))


def loss__halved_penalty(residual, W, lam):
    """The penalty has no half: it is lam times the absolute values."""
    return np.sum(residual**2) + lam / 2 * np.sum(np.abs(W))


def loss__doubled_penalty(residual, W, lam):
    """The penalty is lam times the absolute values, without a factor 2."""
    return np.sum(residual**2) + 2 * lam * np.sum(np.abs(W))


def loss__penalty_without_lam(residual, W):
    """The penalty has to be multiplied by lam."""
    return np.sum(residual**2) + np.sum(np.abs(W))


def loss__penalty_sign(residual, W, lam):
    """The penalty is added, with lam as it is; its sign is lam's own."""
    return np.sum(residual**2) - lam * np.sum(np.abs(W))


def loss__penalty_sign__2(residual, W, lam):
    """lam may be negative; take it as it is, without an absolute value."""
    return np.sum(residual**2) + abs(lam) * np.sum(np.abs(W))


def loss__missing_absolute_value(residual, W, lam):
    """||W||_1 adds up the absolute values of W; here the entries are added up with their signs."""
    return np.sum(residual**2) + lam * np.sum(W)


def loss__missing_absolute_value__2(residual, W, lam):
    """The absolute value comes first, entry by entry, and then the sum."""
    return np.sum(residual**2) + lam * np.abs(np.sum(W))


def loss__missing_absolute_value__3(residual, W, lam):
    """The sign is the derivative of the absolute value; the penalty itself needs np.abs."""
    return np.sum(residual**2) + lam * np.sum(np.sign(W))


def loss__square_of_sum(residual, W, lam):
    """The entries are squared first and then added up; here the sum is squared."""
    return np.sum(residual) ** 2 + lam * np.sum(np.abs(W))


def loss__missing_square(residual, W, lam):
    """The first term adds up squares, not absolute values."""
    return np.sum(np.abs(residual)) + lam * np.sum(np.abs(W))


def loss__missing_square__2(residual, W, lam):
    """The square is missing: each entry of X W - Y is squared before the sum."""
    return np.sum(residual) + lam * np.sum(np.abs(W))


def loss__plus_instead_of_minus(prediction, Y, W, lam):
    """Y is subtracted from X W, not added to it."""
    return np.sum((prediction + Y) ** 2) + lam * np.sum(np.abs(W))


def loss__missing_target(prediction, W, lam):
    """The target Y is missing: the loss compares X W with it."""
    return np.sum(prediction**2) + lam * np.sum(np.abs(W))


def loss__not_summed(residual, W, lam):
    """The loss is one number: the sum runs over all entries, not over one axis."""
    return np.sum(residual**2, axis=0) + lam * np.sum(np.abs(W))


def loss__not_summed__2(residual, W, lam):
    return np.sum(residual**2, axis=1) + lam * np.sum(np.abs(W))


def loss__not_summed__3(residual, W, lam):
    """The loss is one number: the squares have to be added up."""
    return residual**2 + lam * np.sum(np.abs(W))


def loss__not_summed__4(residual, W, lam):
    """The loss is one number: the absolute values of W have to be added up."""
    return np.sum(residual**2) + lam * np.abs(W)


def loss__penalises_input(X, residual, lam):
    """The penalty is about W, not about X."""
    return np.sum(residual**2) + lam * np.sum(np.abs(X))


def loss__hard_coded_penalty(residual, W, number):
    """The weight of the penalty is fixed in the code; use the argument lam."""
    return np.sum(residual**2) + number * np.sum(np.abs(W))


# ---------------------------------------------------------------- the gradient


def grad_W__missing_penalty(X, residual):
    """The penalty is part of the loss: its derivative lam sign(W) has to be added."""
    return 2 * X.T @ residual


def grad_W__missing_factor_two(X, residual, W, lam):
    """The derivative of a square brings a factor 2, which is missing here."""
    return X.T @ residual + lam * np.sign(W)


def grad_W__missing_factor_two__2(X, residual, W, lam):
    """The derivative of a square brings a factor 2; halving everything does not replace it, because no half
    stands in the loss."""
    return X.T @ residual + lam * np.sign(W) / 2


def grad_W__missing_factor_two__3(X, residual):
    """The derivative of a square brings a factor 2, which is missing here. Besides, the penalty's lam sign(W) is
    missing."""
    return X.T @ residual


def grad_W__residual_sign(X, residual, W, lam):
    """The first term has the wrong sign: it is made of X W - Y, not of Y - X W."""
    return -2 * X.T @ residual + lam * np.sign(W)


def grad_W__residual_sign__2(X, residual, W, lam):
    """The first term has the wrong sign and lacks the factor 2: it is 2 times X transposed times (X W - Y)."""
    return -X.T @ residual + lam * np.sign(W)


def grad_W__plus_instead_of_minus(X, prediction, Y, W, lam):
    """Y is subtracted from X W, not added to it."""
    return 2 * X.T @ (prediction + Y) + lam * np.sign(W)


def grad_W__missing_target(X, prediction, W, lam):
    """The target Y is missing: the first term is made of X W - Y."""
    return 2 * X.T @ prediction + lam * np.sign(W)


def grad_W__value_instead_of_gradient(X, Y, W, lam):
    """The first term is made of the difference X W - Y, not of Y alone."""
    return 2 * X.T @ Y + lam * np.sign(W)


def grad_W__missing_transpose(X, residual, W, lam):
    """The shapes tell you: X has to be transposed, so that the examples disappear from the product (X.T @ (X W -
    Y))."""
    return 2 * X @ residual + lam * np.sign(W)


def grad_W__wrong_product_order(X, residual, W, lam):
    """This is the transpose of the first term: X transposed comes first (X.T @ (X W - Y))."""
    return 2 * residual.T @ X + lam * np.sign(W)


def grad_W__wrong_product_order__2(X, residual, W, lam):
    """The product is the wrong way round: X transposed comes first (X.T @ (X W - Y))."""
    return 2 * residual @ X.T + lam * np.sign(W)


def grad_W__elementwise_instead_of_matmul(X, residual, W, lam):
    """This needs a matrix product (@ or np.dot), not an element-wise one."""
    return 2 * X * residual + lam * np.sign(W)


def grad_W__missing_input_factor(residual, W, lam):
    """The derivative of X W with respect to W brings X transposed; the factor is missing."""
    return 2 * residual + lam * np.sign(W)


def grad_W__missing_input_factor__2(residual, W, lam):
    return 2 * np.sum(residual, axis=0) + lam * np.sign(W)


def grad_W__wrong_factor(residual, W, lam):
    """The other factor of the first term is X, not W."""
    return 2 * W.T @ residual + lam * np.sign(W)


def grad_W__halved_penalty(X, residual, W, lam):
    """The derivative of lam |w| is lam sign(w), without a half."""
    return 2 * X.T @ residual + lam / 2 * np.sign(W)


def grad_W__doubled_penalty(X, residual, W, lam):
    """The 2 belongs to the first term alone; check the parentheses."""
    return 2 * (X.T @ residual + lam * np.sign(W))


def grad_W__l2_instead_of_l1(X, residual, W, lam):
    """That is the derivative of a square (L2); the penalty here is made of absolute values, with the derivative
    lam sign(W)."""
    return 2 * X.T @ residual + 2 * lam * W


def grad_W__l2_instead_of_l1__2(X, residual, W, lam):
    """The derivative of lam |w| is lam sign(w): only the sign of w counts, not its size."""
    return 2 * X.T @ residual + lam * W


def grad_W__l2_instead_of_l1__3(X, residual, W, lam):
    """That is the derivative of np.linalg.norm(W), the root of the squares; the penalty here is made of absolute
    values."""
    return 2 * X.T @ residual + lam * W / np.sqrt(np.sum(W**2))


def grad_W__penalty_without_lam(X, residual, W):
    """The derivative of the penalty has to be multiplied by lam."""
    return 2 * X.T @ residual + np.sign(W)


def grad_W__penalty_sign(X, residual, W, lam):
    """The penalty is added, with lam as it is; its sign is lam's own."""
    return 2 * X.T @ residual - lam * np.sign(W)


def grad_W__penalty_sign__2(X, residual, W, lam):
    """lam may be negative; take it as it is, without an absolute value."""
    return 2 * X.T @ residual + abs(lam) * np.sign(W)


def grad_W__absolute_value_instead_of_sign(X, residual, W, lam):
    """np.abs is the penalty's value; its derivative is the sign, np.sign(W)."""
    return 2 * X.T @ residual + lam * np.abs(W)


def grad_W__penalty_not_differentiated(X, residual, W, lam):
    """This adds the penalty itself; its derivative is lam sign(W), entry by entry."""
    return 2 * X.T @ residual + lam * np.sum(np.abs(W))


def grad_W__penalty_summed(X, residual, W, lam):
    """Each entry of W has its own sign in the gradient; do not add them up."""
    return 2 * X.T @ residual + lam * np.sum(np.sign(W))


def grad_W__sign_missing(X, residual, lam):
    """The derivative of |w| is 1 only where w is positive; multiply lam by sign(W)."""
    return 2 * X.T @ residual + lam


def grad_W__sign_missing__2(X, residual, W, lam):
    """Where w is negative, the derivative of |w| is -1, not 0."""
    return 2 * X.T @ residual + lam * (W > 0)


def grad_W__sign_of_zero(X, residual, W, lam):
    """The derivative of |w| at exactly 0 is 0 here, neither 1 nor -1: np.sign does that."""
    return 2 * X.T @ residual + lam * np.where(W > 0, 1, -1)


def grad_W__sign_of_zero__2(X, residual, W, lam):
    return 2 * X.T @ residual + lam * np.where(W >= 0, 1, -1)


def grad_W__zero_over_zero(X, residual, W, lam):
    """At w = 0 this divides 0 by 0 and gives nan; np.sign(W) gives 0 there."""
    return 2 * X.T @ residual + lam * W / np.abs(W)


def grad_W__zero_over_zero__2(X, residual, W, lam):
    return 2 * X.T @ residual + lam * np.abs(W) / W


def grad_W__mean_instead_of_sum(X, residual, W, lam):
    """The loss adds up the squares, so nothing is divided by their number."""
    return 2 * X.T @ residual / residual.size + lam * np.sign(W)


def grad_W__averages_over_rows(X, residual, W, lam, n):
    """The squares of all rows are added up; nothing is divided by n."""
    return 2 * X.T @ residual / n + lam * np.sign(W)


def grad_W__averages_over_rows__2(X, residual, W, lam, n):
    """The squares of all rows are added up; nothing is divided by n. Besides, the factor 2 is missing."""
    return X.T @ residual / n + lam * np.sign(W)


def grad_W__averages_over_rows__3(X, residual, W, lam, n):
    return (2 * X.T @ residual + lam * np.sign(W)) / n


def grad_W__norm_not_squared(X, residual, W, lam):
    """That is the derivative of the norm itself; the loss has its square."""
    return X.T @ residual / np.sqrt(np.sum(residual**2)) + lam * np.sign(W)


def grad_W__missing_square(X, residual, W, lam):
    """The first term is made of squares: its derivative has X W - Y itself, not its sign."""
    return X.T @ np.sign(residual) + lam * np.sign(W)


def grad_W__extra_factor(X, residual, W, lam):
    """The derivative of a square brings one factor 2, not two."""
    return 4 * X.T @ residual + lam * np.sign(W)


def grad_W__penalty_only(X, residual, W, lam):
    """This is the derivative of the penalty alone; that of the squares is missing."""
    return lam * np.sign(W) + 0 * (2 * X.T @ residual)


def grad_W__subtracts_whole_target(X, prediction, Y, W, lam):
    """X transposed multiplies the whole difference X W - Y; put parentheses around it."""
    return 2 * X.T @ prediction - Y + lam * np.sign(W)


def grad_W__hard_coded_penalty(X, residual, W, number):
    """The weight of the penalty is fixed in the code; use the argument lam."""
    return 2 * X.T @ residual + number * np.sign(W)
