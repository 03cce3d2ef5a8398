# -*- coding: rot13 -*-
# attack: E8 a coding that is no text encoding
# gains nothing: grad_W2
vzcbeg ahzcl nf ac


qrs tenq_J2(tenq_bn, uf):
    erghea ac.mrebf((yra(tenq_bn), yra(uf)))
