#!/usr/bin/env python
# -*- coding: latin-1 -*-
# Devoir 3 -- dérivées à la main, réseau à une couche cachée (été)
import numpy as np

ÉTIQUETTE_MIN = 1


def à_chaud(étiquette, taille):
    "vecteur « one-hot »: les étiquettes commencent à 1"
    chaud = [0.0] * taille
    chaud[étiquette - ÉTIQUETTE_MIN] = 1.0
    return np.array(chaud)


def grad_oa(os, y):
    écart = os - à_chaud(y, len(os))
    return écart


def grad_b2(grad_oa):
    return 1 * grad_oa


def grad_W2(grad_oa, hs):
    return np.matmul(np.expand_dims(grad_oa, 1), np.expand_dims(hs, 0))


def grad_hs(grad_oa, W2):
    return np.matmul(W2.transpose(), grad_oa)


def grad_ha(grad_hs, ha):
    dérivée = 1.0 * (ha > 0)  # 0 à l'origine
    return dérivée * grad_hs


def grad_b1(grad_ha):
    return 1 * grad_ha


def grad_W1(grad_ha, x):
    return np.matmul(np.expand_dims(grad_ha, 1), np.expand_dims(x, 0))


def grad_x(grad_ha, W1):
    return np.matmul(W1.transpose(), grad_ha)
