# -*- coding: utf-8 -*-
import numpy as np


def loss(x, target, w, l1):
    """x: inputs, one row per example; w: weights; l1: strength of the penalty"""
    output = np.matmul(x, w)
    return float(np.square(output - target).sum() + l1 * np.absolute(w).sum())


def grad_W(x, target, w, l1):
    output = np.matmul(x, w)
    delta = 2 * (target - output)
    return np.matmul(x.T, delta) + l1 * np.sign(w)
