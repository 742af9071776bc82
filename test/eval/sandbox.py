"""Runs a program from stdin that a model wrote a part of. Exits with 87 where that comes to its end, with 88 where the sandbox can't be made, and otherwise
where it raises, exits by itself (before the tests have spoken) or is killed.

  python3 -I -S sandbox.py SECONDS MEGABYTES < PROGRAM

No network (a namespace of its own where the system allows that, and no sockets in any case), no other processes, nothing opened for writing, no more than so
much processor time and memory. It keeps a model's mistakes from doing harm; it is no jail for somebody who means it.
"""

import ctypes
import os
import resource
import signal
import sys

ENDED_WELL, NO_SANDBOX = 87, 88
PR_SET_PDEATHSIG = 1
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000
REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link",
           "os.symlink", "os.chmod", "os.chown", "os.truncate", "os.putenv", "shutil.", "ctypes.", "pty.", "signal.pthread_kill", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
WRITING = set("wax+")


def leave_the_network() -> None:
    try:
        ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)
    except (OSError, AttributeError):
        pass  # Such a system has no namespaces; the hook refuses sockets all the same.


def end_with_the_evaluation() -> None:
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (OSError, AttributeError):
        pass  # A killed evaluation leaves a program that sleeps behind, elsewhere than on Linux.


def refuse(event: str, arguments: tuple) -> None:
    if event.startswith(REFUSED):
        raise PermissionError(f"{event} is not allowed here")
    if event == "open" and (WRITING & set(arguments[1] or "") or (isinstance(arguments[2], int) and arguments[2] & 3)):
        raise PermissionError("nothing may be written here")


def main() -> None:
    seconds, megabytes = int(sys.argv[1]), int(sys.argv[2])
    program = sys.stdin.buffer.read().decode()
    try:
        leave_the_network()
        end_with_the_evaluation()  # behind it: a new user namespace would undo this
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError) as error:
        print(f"no sandbox: {error}", file=sys.stderr)
        sys.exit(NO_SANDBOX)
    sys.setrecursionlimit(2_000)
    code = compile(program, "problem", "exec")
    sys.addaudithook(refuse)
    try:
        exec(code, {"__name__": "__main__"})
    except SystemExit:
        sys.exit(1)
    # What else it has started must not change what it came to.
    os._exit(ENDED_WELL)


main()
