"""What is said of a mistake where the homework's own list has no sentence for it: about the code, short, friendly."""

from grader.language import N_

SENTENCES = {
    "accumulates-across-calls": N_("Something keeps its content from one call to the next; start from zero each time."),
    "axis-out-of-bounds": N_(
        "There is one example here and no batch, so this is a vector, which has axis 0 alone: leave the axis out."
    ),
    "column-row-broadcast": N_(
        "A (k, 1) column combined with a (k,) vector broadcasts to a (k, k) matrix; give both the same shape first."
    ),
    "depends-on-global-state": N_(
        "The function relies on a variable left behind by another one; use its arguments so that it works on its own."
    ),
    "divides-by-wrong-count": N_("The mean runs over the n examples, so n (the number of rows) is what to divide by."),
    "double-average": N_(
        "The 1/n is applied twice: once the gradient at the output has it, it must not come back later, and vice versa."
    ),
    "elementwise-instead-of-matmul": N_("This needs a matrix product (@ or np.dot), not an element-wise one."),
    "extra-factor": N_("Something is mixed in that does not belong here: a factor, a power or an absolute value."),
    "flattened-result": N_("The values are right, but the result should keep its two dimensions."),
    "gradient-sign": N_(
        "The sign is the wrong way round. The gradient points uphill; the minus sign only appears later, in the update."
    ),
    "hard-coded-batch-size": N_(
        "The batch size is fixed in the code; read n from the data, because the last batch may be smaller."
    ),
    "hard-coded-size": N_("A size is fixed in the code; read it from the shapes, so that it works for any."),
    "hard-coded-class-count": N_(
        "The number of classes is fixed in the code; read it from the shape of os so it works for any m."
    ),
    "inconsistent-average": N_(
        "The other gradients are divided by n in one place and this one in another: keep the 1/n "
        "in the same place for all of them."
    ),
    "integer-division": N_("// throws away the decimals; use / for a real division."),
    "integer-truncation": N_(
        "Your array has an integer type, so the decimals are silently thrown away; make it a float array."
    ),
    "learning-rate-in-gradient": N_("The step size belongs to the update rule, not to the gradient."),
    "list-arithmetic": N_("With Python lists, + joins and * repeats; convert to arrays to do arithmetic."),
    "loop-bounds": N_("The loop leaves out the first or the last one: range(k) already runs from 0 to k-1."),
    "last-example-only": N_("Only the last example counts here; all of them contribute (in a loop: += instead of =)."),
    "math-on-arrays": N_(
        "The functions of math take a single number; those of numpy, such as np.exp, act on every entry of an array."
    ),
    "math-range-error": N_(
        "math.exp stops with an error where the result is too large for a floating point number; write the formula so "
        "that no exponent is large, as in e^-|x|."
    ),
    "mean-instead-of-sum": N_("There is nothing to average here: the contributions are added up, not averaged."),
    "misses-last-element": N_("The slice stops one element too early."),
    "missing-average": N_(
        "No 1/n appears anywhere although the loss is a mean over the batch; divide the gradient at the output "
        "by n once and the rest follows."
    ),
    "missing-local-file": N_(
        "The file imports a module that was not handed in; include the helper functions in this file."
    ),
    "missing-return": N_("The function computes something but never returns it."),
    "mutates-input": N_("The function changes the array that it was given; work on a copy."),
    "name-typo": N_("A name is misspelt."),
    "not-module-level": N_(
        "The functions are hidden inside a class; make them available as plain functions of the file."
    ),
    "one-hot-from-present-classes": N_(
        "A batch does not have to contain every class: take the number of classes from os, "
        "not from the labels you happen to see."
    ),
    "operator-precedence": N_(
        "Comparison binds less tightly than multiplication, so this compares the product with 0; "
        "add parentheses around the comparison."
    ),
    "parameter-name-unknown": N_(
        "The parameters must carry the names of the quantities, as the homework writes them, "
        "otherwise we cannot know what to pass."
    ),
    "plain-number-as-array": N_(
        "The function is also called with a plain number, which has no axes and none of an array's methods: "
        "np.asarray(x) at its head makes both work."
    ),
    "prints-instead-of-returns": N_("print only shows the result; the caller needs it through return."),
    "python2-syntax": N_(
        "The file is written for Python 2, so Python 3 cannot read it; write print(...) with parentheses."
    ),
    "regularised-bias": N_("There is no penalty on the biases here, so their gradient is just the incoming gradient."),
    "removed-numpy-name": N_(
        "np.float, np.int and their like no longer exist in current NumPy; write float or int instead."
    ),
    "rescales-gradient": N_(
        "The gradient is rescaled here, by its size or to fixed bounds. That can be useful in "
        "training, but here the exact gradient is expected."
    ),
    "rescales-result": N_("The result is rescaled here, by its size or to fixed bounds; the exact value is expected."),
    "reshape-instead-of-transpose": N_(
        "reshape keeps the reading order and only redraws the borders; to swap rows and columns you need a transpose."
    ),
    "result-not-assigned": N_("One line computes something and then throws it away; assign it back."),
    "return-inside-loop": N_("The return is indented inside the loop, so the function leaves after the first step."),
    "returns-several-values": N_("Please return only what was asked for, not a tuple or a dictionary."),
    "returns-truth-values": N_(
        "A comparison gives True and False; multiply it by 1.0, or use np.where, to get the numbers 1 and 0."
    ),
    "returns-text": N_("Please return numbers, not a text that shows them."),
    "returns-wrong-variable": N_(
        "The function returns something that it was given, unchanged; check the name after return."
    ),
    "rounds-result": N_("Please return the full precision: rounding the numbers makes the result wrong."),
    "scalar-truth-of-array": N_(
        "An array is not simply true or false; compare element by element, for example with np.where."
    ),
    "shape-lost": N_("The values are right, but the shape is lost on the way; keep every axis."),
    "stale-cache": N_(
        "Something is stored at one call and used again at a later one, although the arguments have changed."
    ),
    "swapped-arguments": N_("The two factors are swapped: the rows and the columns of the result have changed places."),
    "transposed-result": N_(
        "Your numbers are right but laid out sideways: rows and columns have changed places in the result."
    ),
    "treats-int-label-as-array": N_(
        "y is a plain integer here, so it has no array methods; you can use it directly as an index."
    ),
    "unrequested-regularisation": N_(
        "The loss in this exercise has no weight penalty, so no lambda term belongs in the gradient."
    ),
    "wrong-sign": N_("The sign is the wrong way round."),
    "wrong-log-base": N_("The loss uses the natural logarithm, so no factor log(2) or log(10) should appear."),
}
"""name -> sentence"""

BESIDES = {
    "transposed-result": N_("Besides, the result is laid out sideways."),
    "flattened-result": N_("Besides, the result should keep the two dimensions of the matrix that it belongs to."),
    "gradient-sign": N_("Besides, the sign is the wrong way round."),
    "integer-truncation": N_("Besides, the decimals are thrown away: the array has an integer type."),
    "rounds-result": N_("Besides, the result is rounded; return the full precision."),
}
"""the same, of a second mistake"""
