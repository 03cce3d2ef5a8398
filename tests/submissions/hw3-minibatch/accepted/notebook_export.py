#!/usr/bin/env python3
# coding: utf-8

# # Devoir 3 — partie pratique

# In[1]:


get_ipython().run_line_magic('matplotlib', 'inline')
import numpy as np


# In[2]:


from google.colab import drive
drive.mount('/content/drive')


# In[3]:


donnees = np.load('/content/drive/donnees.npy')
donnees.shape


# In[4]:


def grad_oa(os, y):
    vrai = np.zeros(os.shape)
    vrai[np.arange(os.shape[0]), y] = 1
    return os - vrai

def grad_b2(grad_oa):
    return np.mean(grad_oa, axis=0, keepdims=True)

def grad_W2(grad_oa, hs):
    return (grad_oa.T @ hs).T / grad_oa.shape[0]


# In[5]:


grad_W2(donnees[:, :3], donnees[:, 3:])


# In[6]:


def grad_hs(grad_oa, W2):
    return (W2 @ grad_oa.T).T

def grad_ha(grad_hs, ha):
    return np.heaviside(ha, 0) * grad_hs

def grad_b1(grad_ha):
    return np.mean(grad_ha, axis=0, keepdims=True)

def grad_W1(grad_ha, x):
    return (grad_ha.T @ x).T / grad_ha.shape[0]

def grad_x(grad_ha, W1):
    return (W1 @ grad_ha.T).T


# In[ ]:




# In[7]:


exit()
