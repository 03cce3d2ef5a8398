# version avec boucles, sans numpy pour les gradients
import math


def z2(X, W1, b1):
    return [[sum(x[i] * W1[i][j] for i in range(len(x))) + b1[j] for j in range(len(b1))] for x in X]


def a2(z2):
    return [[v if v > 0 else 0.0 for v in row] for row in z2]


def z3(a2, W2, b2):
    return [[sum(h[i] * W2[i][j] for i in range(len(h))) + b2[j] for j in range(len(b2))] for h in a2]


def probabilites(scores):
    resultat = []
    for ligne in scores:
        plus_grand = max(ligne)
        e = [math.exp(s - plus_grand) for s in ligne]
        resultat.append([v / sum(e) for v in e])
    return resultat


def J(z3, y, W1, W2, lam):
    total = 0.0
    for ligne, etiquette in zip(z3, y):
        plus_grand = max(ligne)
        total += plus_grand + math.log(sum(math.exp(s - plus_grand) for s in ligne)) - ligne[etiquette]
    penalite = 0.0
    for W in (W1, W2):
        for rangee in W:
            for w in rangee:
                penalite += w * w
    return total / len(y) + lam * penalite


def grad_z3(z3, y):
    p = probabilites(z3)
    N = len(p)
    for i in range(N):
        p[i][y[i]] -= 1
    return [[v / N for v in ligne] for ligne in p]


def produit(A, B):
    # A transposée fois B
    return [[sum(A[i][j] * B[i][k] for i in range(len(A))) for k in range(len(B[0]))] for j in range(len(A[0]))]


def grad_W2(a2, grad_z3, W2, lam):
    G = produit(a2, grad_z3)
    return [[G[j][k] + 2 * lam * W2[j][k] for k in range(len(G[0]))] for j in range(len(G))]


def grad_b2(grad_z3):
    return [sum(colonne) for colonne in zip(*grad_z3)]


def grad_a2(grad_z3, W2):
    return [[sum(g[k] * W2[j][k] for k in range(len(g))) for j in range(len(W2))] for g in grad_z3]


def grad_z2(grad_a2, z2):
    return [[g if z > 0 else 0.0 for g, z in zip(gs, zs)] for gs, zs in zip(grad_a2, z2)]


def grad_W1(X, grad_z2, W1, lam):
    G = produit(X, grad_z2)
    return [[G[j][k] + 2 * lam * W1[j][k] for k in range(len(G[0]))] for j in range(len(G))]


def grad_b1(grad_z2):
    return [sum(colonne) for colonne in zip(*grad_z2)]
