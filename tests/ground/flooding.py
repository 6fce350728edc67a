"""A known console that sends without end, from a process of its own, on several connections."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from runtime_process import RuntimeProcess

_SENDS = """
import sys, zmq
address, key, public, secret, size, first, body = sys.argv[1:]
context = zmq.Context()
poller = zmq.Poller()
for _ in range(3):
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.reconnect_ivl = 10
    socket.curve_serverkey = key.encode()
    socket.curve_publickey = public.encode()
    socket.curve_secretkey = secret.encode()
    socket.connect(address)
    poller.register(socket, zmq.POLLIN | zmq.POLLOUT)
parts = first.encode(), body.encode() if body else b"x" * int(size)
sent = 0
print("floods", flush=True)
while True:
    for socket, event in poller.poll():
        if event & zmq.POLLIN:
            socket.recv_multipart()
        if event & zmq.POLLOUT:
            socket.send_multipart(parts, zmq.NOBLOCK)
"""


@contextmanager
def flooded(
    runtime: RuntimeProcess, name: str, *, first: bytes, size: int = 0, body: bytes = b""
) -> Iterator[None]:
    """As long as the block lasts, this console sends one message again and again.

    Args:
        runtime: who is to hear it.
        name: whose key it has.
        first: the first part of each message.
        size: bytes of the second part, which is no command.
        body: the second part itself, where it is one.
    """
    identity = runtime.identities[name]
    command = [sys.executable, "-c", _SENDS, runtime.address, runtime.key]
    command += [identity.public, identity.secret, str(size), first.decode(), body.decode()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"floods\n"
        yield
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
