# -*- coding: utf-8 -*-
# Devoir 3, question 1 : fonctions de base
import numpy as np


def sigmoid(x):
    # tanh ne déborde jamais
    return 0.5 * (np.tanh(0.5 * x) + 1)


def softplus(x):
    # ln(1 + e^x) = max(0, x) + ln(1 + e^-|x|)
    return np.maximum(0, x) + np.log(1 + np.exp(-np.abs(x)))


def log_sigmoid(x):
    return -softplus(-x)


def dsigmoid(x):
    s = sigmoid(x)
    return s * (1 - s)


def dtanh(x):
    return 1 - np.tanh(x) ** 2


def sign(x):
    return np.where(x > 0, 1.0, 0.0) - np.where(x < 0, 1.0, 0.0)


def dabs(x):
    # par convention, 0 en 0
    return sign(x)


def rect(x):
    return np.maximum(0, x)


def drect(x):
    return np.where(x > 0, 1.0, 0.0)


def grad_sq_l2(x):
    return 2 * x


def grad_l1(x):
    return sign(x)
