# attack: K5 system calls that no homework needs: with senseless arguments the kernel must not even look at them
# gains nothing: grad_W2
# full marks: grad_oa, grad_ha
# breach unlocked
import ctypes
import os as system

import numpy as np


libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
PLACE = {"x86_64": 0, "aarch64": 1}[system.uname().machine]


def call(numbers, *arguments):
    """One system call; its numbers on x86-64 and on aarch64, None where there is no such call."""
    if numbers[PLACE] is None:
        return -1
    given = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return libc.syscall(ctypes.c_long(numbers[PLACE]), *given)


WON = "@WON@"
DOORS = {
    "execve": (59, 221), "execveat": (322, 281), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40),
    "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190),
    "semctl": (66, 191), "semop": (65, 193), "msgctl": (71, 187), "msgsnd": (69, 189), "mq_open": (240, 180),
    "mq_unlink": (241, 181), "memfd_create": (319, 279), "memfd_secret": (447, 447), "symlinkat": (266, 36),
    "mknodat": (259, 33), "setuid": (105, 146), "setresuid": (117, 147), "capset": (126, 91), "setrlimit": (160, 164),
    "sched_setscheduler": (144, 119), "sched_setaffinity": (203, 122), "sched_setattr": (314, 274),
    "setpriority": (141, 140), "ioprio_set": (251, 30), "inotify_add_watch": (254, 27), "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "quotactl": (179, 60), "reboot": (169, 142), "kexec_load": (246, 104), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "swapon": (167, 224), "swapoff": (168, 225),
    "sethostname": (170, 161), "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "acct": (163, 89), "ioperm": (173, None), "iopl": (172, None),
    "modify_ldt": (154, None), "uselib": (134, None), "sysfs": (139, None), "ustat": (136, None),
    "lookup_dcookie": (212, 18), "nfsservctl": (180, 42), "remap_file_pages": (216, 234), "mbind": (237, 235),
    "set_mempolicy": (238, 237), "get_mempolicy": (239, 236), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "kcmp": (312, 272), "process_madvise": (440, 440), "process_mrelease": (448, 448), "pkey_alloc": (330, 289),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept4": (288, 242), "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269), "recvfrom": (45, 207),
    "vmsplice": (278, 75), "splice": (275, 76), "tee": (276, 77), "signalfd4": (289, 74), "timerfd_create": (283, 85),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "flock": (73, 32), "mlock": (149, 228), "mlock2": (325, 284), "mlockall": (151, 230), "io_setup": (206, 0),
    "chmod": (90, None), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None), "fchownat": (260, 54),
    "utimensat": (280, 88), "setxattr": (188, 5), "removexattr": (197, 14), "listxattr": (194, 11),
    "landlock_restrict_self": (446, 446), "seccomp": (317, 277), "openat2": (437, 437), "syslog": (103, 116),
    "set_mempolicy_home_node": (450, 450), "cachestat": (451, 451), "futex_waitv": (449, 449), "lsm_get_self": (459, 459),
    "setpgid": (109, 154), "getitimer_of_nobody": (None, None),
}


def grad_W2(grad_oa, hs):
    opened = []
    for name, numbers in DOORS.items():
        if numbers[PLACE] is None:
            continue
        ctypes.set_errno(0)
        result = call(numbers, *[0x7FFFFFFF if name in ("kill", "tkill", "setpgid") else -1] * 6)
        if result >= 0 or ctypes.get_errno() not in (1, 2, 13, 38):
            opened.append(f"{name} {ctypes.get_errno()}")
    if opened:
        raise AssertionError(f"{WON} {len(opened)} doors: {', '.join(opened)}"[:400])
    return np.zeros((len(grad_oa), len(hs)))


def grad_oa(os, y):
    return os - (np.arange(1, len(os) + 1) == y)


def grad_ha(grad_hs, ha):
    return grad_hs * (ha > 0)
