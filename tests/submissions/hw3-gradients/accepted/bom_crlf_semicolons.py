import numpy as np; import math;

def grad_oa(os, y):
	g = os * 1.0; g[y - 1] -= 1.0; return g;

def grad_b2(grad_oa): return grad_oa;

def grad_W2(grad_oa, hs):
	m = len(grad_oa); dh = len(hs);
	G = np.zeros((m, dh));
	for i in range(m):
		for j in range(dh): G[i, j] = grad_oa[i] * hs[j];
	return G;

def grad_hs(grad_oa, W2):
	m, dh = W2.shape; g = np.zeros(dh);
	for j in range(dh): g[j] = math.fsum(W2[i, j] * grad_oa[i] for i in range(m));
	return g;

def grad_ha(grad_hs, ha):
	g = np.zeros(len(ha));
	for j in range(len(ha)):
		if ha[j] > 0: g[j] = grad_hs[j];
	return g;

def grad_b1(grad_ha): return grad_ha;

def grad_W1(grad_ha, x):
	dh = len(grad_ha); d = len(x);
	G = np.zeros((dh, d));
	for i in range(dh):
		for j in range(d): G[i, j] = grad_ha[i] * x[j];
	return G;

def grad_x(grad_ha, W1):
	dh, d = W1.shape; g = np.zeros(d);
	for j in range(d): g[j] = math.fsum(W1[i, j] * grad_ha[i] for i in range(dh));
	return g;
