"""Owns the ZeroMQ sockets of both ends: topology, CURVE, limits. It decodes nothing.

The runtime binds a ROUTER for commands on port P and a PUB for news on port P + 1. A console
connects a DEALER and a SUB. Each has CURVE; identities are keys, never routing ids. While two
machines are paired, and only then, a plain ROUTER listens on port P + 2: what it carries is sealed
by a spoken code.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import urlsplit

import zmq
import zmq.asyncio
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.monitor import parse_monitor_message

from vr_runtime.wire.arrivals import Arrivals
from vr_runtime.wire.keys import Identity
from vr_runtime.wire.reading import LONGEST_FRAME, Incoming, Reading
from vr_runtime.wire.version import MAX_MESSAGE_BYTES, STOP

_DOMAIN = "palier"
_NEWS_DOMAIN = "palier-news"
PAIRING_PORT = 2
"""Pairing listens on port P + 2, and only while it lasts."""
_LONGEST_PAIRING = 8192
LONGEST_ANSWER = 1 << 22
"""4 MiB of a runtime's answer: with packs it tells of hundreds of scenarios at once."""
WAITING_AT_MOST = 200
"""Messages of one connection that the library keeps unread; the next ones wait at their sender."""
_TRIES = 200
_SILENT_REJECTIONS = 3

Rejection = Literal["unknown_key", "other_runtime_key", "other_software"]
"""Why no connection came about, as far as the handshake tells."""


class AddressUnusable(Exception):
    """The address cannot be bound or understood; the text says why and what to do."""


def new_identity() -> Identity:
    """A fresh CURVE key pair."""
    public, secret = zmq.curve_keypair()
    return Identity(public=public.decode(), secret=secret.decode())


def split_address(address: str) -> tuple[str, int | None]:
    """Host and port of `tcp://host:port`; port None for `*`. Raises `AddressUnusable`."""
    wrong = AddressUnusable(f"{address!r} is not an address; write it as tcp://127.0.0.1:5600.")
    if address.startswith("tcp://") and address.endswith(":*"):
        return address[len("tcp://") : -len(":*")], None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme != "tcp" or not parts.hostname or port is None or not 1 <= port <= 65534:
        raise wrong
    return parts.hostname, port


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _guard(socket: zmq.Socket[Any]) -> None:
    """Limits every socket has, whoever is at the other end."""
    socket.linger = 0
    # A console trusts its runtime, whose pictures are larger than any command.
    socket.setsockopt(zmq.MAXMSGSIZE, 4 * MAX_MESSAGE_BYTES)
    # These find a dead connection only. A shorter patience would break a long one: an answer over
    # a way of 500 ms takes more than a second.
    socket.setsockopt(zmq.HEARTBEAT_IVL, 300)
    socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, 2500)
    socket.setsockopt(zmq.HEARTBEAT_TTL, 2500)


class RuntimeSockets:
    """The runtime's end. Used from one thread, never waits unless told to."""

    def __init__(
        self,
        address: str,
        identity: Identity,
        allowed: Callable[[str], bool],
        hears_all: Callable[[str], bool] | None = None,
    ) -> None:
        """Bind both ports.

        Args:
            address: `tcp://host:port`, or `tcp://host:*` for any free pair of ports.
            identity: the runtime's own key pair.
            allowed: whether a public key may connect at all. Called in another thread.
            hears_all: whether it may have the news that go to everyone; None takes `allowed`.

        Raises:
            AddressUnusable: the ports are taken or the host is not of this machine.
        """
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._authenticator = ThreadAuthenticator(self._context)
        self._authenticator.start()
        self._authenticator.configure_curve_callback(_DOMAIN, _Allowing(allowed))
        self._authenticator.configure_curve_callback(
            _NEWS_DOMAIN, _Allowing(allowed if hears_all is None else hears_all)
        )
        self._identity = identity
        self._arrivals: Arrivals | None = None
        self._unbound: str | None = None
        self._router = self._secured(zmq.ROUTER, _DOMAIN)
        self._router.setsockopt(zmq.ROUTER_MANDATORY, 1)
        self._router.setsockopt(zmq.MAXMSGSIZE, LONGEST_FRAME)
        self._router.rcvhwm = WAITING_AT_MOST
        self._reading = Reading(self._router)
        self._publisher = self._new_publisher()
        try:
            self.port = self._bind(address)
        except AddressUnusable:
            self.close()
            raise

    def _secured(self, kind: int, domain: str) -> zmq.Socket[bytes]:
        socket = self._context.socket(kind)
        _guard(socket)
        socket.curve_server = True
        socket.curve_publickey = self._identity.public.encode()
        socket.curve_secretkey = self._identity.secret.encode()
        socket.setsockopt(zmq.ZAP_DOMAIN, domain.encode())
        return socket

    def _new_publisher(self) -> zmq.Socket[bytes]:
        publisher = self._secured(zmq.PUB, _NEWS_DOMAIN)
        publisher.sndhwm = 10_000
        return publisher

    def _bind(self, address: str) -> int:
        host, port = split_address(address)
        self.host = host
        if port is not None:
            try:
                self._router.bind(f"tcp://{host}:{port}")
                self._publisher.bind(f"tcp://{host}:{port + 1}")
            except zmq.ZMQError as error:
                raise AddressUnusable(
                    f"Ports {port} and {port + 1} of {host} cannot be used ({error.strerror}); "
                    "choose others with --bind, or end the runtime that has them."
                ) from error
            return port
        # The pair must be adjacent, which no system call gives: try until two are free.
        for _ in range(_TRIES):
            candidate = random.SystemRandom().randrange(20_000, 60_000)
            try:
                self._router.bind(f"tcp://{host}:{candidate}")
            except zmq.ZMQError:
                continue
            try:
                self._publisher.bind(f"tcp://{host}:{candidate + 1}")
            except zmq.ZMQError:
                self._router.unbind(f"tcp://{host}:{candidate}")
                continue
            return candidate
        raise AddressUnusable(f"No free pair of ports was found on {host}; name one with --bind.")

    def wait(self, seconds: float) -> None:
        """Sleep until a message is there, at most so long."""
        self._router.poll(max(0, int(seconds * 1000)))

    def watch_arrivals(self) -> None:
        """From now on tell of each message since when it could have been read, for measuring."""
        if self._arrivals is None:
            self._arrivals = Arrivals(int(self._router.getsockopt(zmq.FD)))

    def receive(self) -> list[Incoming]:
        """All messages that wait now, oldest first; of a flood as much as a picture can spare.

        While nobody sends without end nothing waits unread after it. Otherwise it ends after 5 ms
        or 1 MB, and what is left waits for the next call: each connection is read in its turn, so
        that a stop, which comes on one of its own, is among the first.
        """
        came = None if self._arrivals is None else self._arrivals.since()
        found = self._reading.read(came)
        if self._arrivals is not None and self._reading.dry:
            self._arrivals.read()
        return found

    def answer(self, route: bytes, *parts: bytes) -> None:
        """Send to one console; one that has gone, or does not read, loses it."""
        try:
            self._router.send_multipart((route, *parts), zmq.NOBLOCK)
        except zmq.ZMQError:
            # It is gone or its queue is full: it will ask for the snapshot when it is back.
            return

    def publish(self, *parts: bytes) -> None:
        """Send to everyone who listens."""
        if self._unbound is not None:
            self._bind_again(self._unbound)
        self._publisher.send_multipart(parts, zmq.NOBLOCK)

    def readmit(self) -> None:
        """Disconnect all who listen to the news and admit them anew: a revoked key comes no more.

        ZeroMQ cannot disconnect one listener. The others are back within moments, and fetch what
        they missed.
        """
        address = f"tcp://{self.host}:{self.port + 1}"
        if self._unbound is None:
            self._publisher.unbind(address)
        self._publisher.close(0)
        self._publisher = self._new_publisher()
        self._bind_again(address)

    def _bind_again(self, address: str) -> None:
        try:
            self._publisher.bind(address)
        except zmq.ZMQError:
            # The old listener is still being closed: tried again before the next news.
            self._unbound = address
            return
        self._unbound = None

    def close(self) -> None:
        """Give the ports back."""
        if self._arrivals is not None:
            self._arrivals.close()
        self._router.close(0)
        self._publisher.close(0)
        self._authenticator.stop()
        self._context.term()


def bare_round_trips(count: int) -> list[float]:
    """Seconds of each of so many round trips by the library alone: no key, no loop, no waiting.

    What a machine can do at best, to set other times into proportion.
    """
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
    answering, asking = context.socket(zmq.ROUTER), context.socket(zmq.DEALER)
    for socket in (answering, asking):
        socket.linger = 0
    port = answering.bind_to_random_port("tcp://127.0.0.1")

    def answer() -> None:
        for _ in range(count):
            answering.send_multipart(answering.recv_multipart())

    echo = threading.Thread(target=answer, daemon=True)
    echo.start()
    asking.connect(f"tcp://127.0.0.1:{port}")
    times = []
    for _ in range(count):
        began = time.perf_counter()
        asking.send_multipart((STOP, b"token"))
        asking.recv_multipart()
        times.append(time.perf_counter() - began)
    echo.join()
    answering.close()
    asking.close()
    context.term()
    return times


class _Allowing:
    """What the ZAP thread asks: may this key connect?"""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        self._allowed = allowed

    def callback(self, domain: str, key: bytes) -> bool:
        """Called by the authenticator with the Z85 key as bytes."""
        return self._allowed(key.decode("ascii"))


class ConsoleSockets:
    """The console's end, for use inside an asyncio loop."""

    def __init__(self, address: str, identity: Identity, runtime_key: str) -> None:
        """Begin to connect; nothing waits. Raises `AddressUnusable` for a wrong address."""
        host, port = split_address(address)
        if port is None:
            raise AddressUnusable(f"{address!r} needs a port; write it as tcp://host:5600.")
        self._context = zmq.asyncio.Context()
        self._dealer = self._asking(identity, runtime_key)
        self._dealer.setsockopt(zmq.MAXMSGSIZE, LONGEST_ANSWER)
        # A connection of its own, so that a stop never waits behind what is already on the way.
        self._stopper = self._asking(identity, runtime_key)
        self._hearing: dict[zmq.asyncio.Socket, asyncio.Future[list[bytes]]] = {}
        self._subscriber = self._secured(zmq.SUB, identity, runtime_key)
        self._subscriber.rcvhwm = 10_000
        self._subscriber.setsockopt(zmq.SUBSCRIBE, b"")
        self._monitor = self._dealer.get_monitor_socket()
        self.connected = False
        """Whether there is a connection at all; kept by `turned_away`."""
        self._met = True
        self._silent = 0
        self._places = f"tcp://{host}:{port}", f"tcp://{host}:{port + 1}"
        self._connect()

    def _connect(self) -> None:
        self._dealer.connect(self._places[0])
        self._stopper.connect(self._places[0])
        self._subscriber.connect(self._places[1])

    def try_again(self) -> None:
        """Connect anew after being turned away: ZeroMQ gives up where a key is refused."""
        self._dealer.disconnect(self._places[0])
        self._stopper.disconnect(self._places[0])
        self._subscriber.disconnect(self._places[1])
        self._connect()

    def _asking(self, identity: Identity, runtime_key: str) -> zmq.asyncio.Socket:
        socket = self._secured(zmq.DEALER, identity, runtime_key)
        # Without IMMEDIATE, commands given while the runtime is away would be run on its return.
        socket.setsockopt(zmq.IMMEDIATE, 1)
        socket.setsockopt(zmq.SNDTIMEO, 0)
        return socket

    def _secured(self, kind: int, identity: Identity, runtime_key: str) -> zmq.asyncio.Socket:
        socket = self._context.socket(kind)
        _guard(socket)
        socket.curve_serverkey = runtime_key.encode()
        socket.curve_publickey = identity.public.encode()
        socket.curve_secretkey = identity.secret.encode()
        socket.setsockopt(zmq.RECONNECT_IVL, 50)
        socket.setsockopt(zmq.RECONNECT_IVL_MAX, 1000)
        # The system asks ever more rarely for a connection that does not come; a cable that is
        # plugged in again should not have to wait for it.
        socket.setsockopt(zmq.CONNECT_TIMEOUT, 3000)
        return socket

    async def send(self, *parts: bytes) -> bool:
        """Send now or not at all; False when the runtime is not connected."""
        ways = (self._stopper, self._dealer) if parts[0] == STOP else (self._dealer,)
        for socket in ways:
            try:
                await socket.send_multipart(parts, zmq.NOBLOCK)
            except zmq.Again:
                continue
            return True
        return False

    async def answer(self) -> list[bytes]:
        """The next message sent to this console alone."""
        for socket in (self._stopper, self._dealer):
            if socket not in self._hearing:
                self._hearing[socket] = asyncio.ensure_future(socket.recv_multipart())
        await asyncio.wait(self._hearing.values(), return_when=asyncio.FIRST_COMPLETED)
        came = next(socket for socket, future in self._hearing.items() if future.done())
        return self._hearing.pop(came).result()

    async def news(self) -> list[bytes]:
        """The next message sent to everyone who listens."""
        return await self._subscriber.recv_multipart()

    async def turned_away(self) -> Rejection:
        """Returns when a handshake has failed, and says at what."""
        while True:
            event = parse_monitor_message(await self._monitor.recv_multipart())["event"]
            rejected = self._follow(event)
            if rejected is not None:
                return rejected

    def _follow(self, event: int) -> Rejection | None:
        """What one event of the connection tells, when it tells of a handshake that failed."""
        hung_up = event == zmq.EVENT_DISCONNECTED and not self._met
        if event == zmq.EVENT_CONNECTED:
            self._met = False
        elif event != zmq.EVENT_CONNECT_RETRIED and event != zmq.EVENT_CONNECT_DELAYED:
            self._met = True
        if event == zmq.EVENT_HANDSHAKE_SUCCEEDED:
            self.connected, self._silent = True, 0
        elif event == zmq.EVENT_DISCONNECTED:
            self.connected = False
        if event == zmq.EVENT_HANDSHAKE_FAILED_AUTH:
            return "unknown_key"
        if event == zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL or hung_up:
            # Words that are none of ZeroMQ's: it hangs up without another event.
            return "other_software"
        if event == zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL:
            # A runtime that ends in the middle looks alike once; another key does each time.
            self._silent += 1
            if self._silent >= _SILENT_REJECTIONS:
                return "other_runtime_key"
        return None

    def close(self) -> None:
        """Disconnect."""
        self._dealer.disable_monitor()
        self._monitor.close(0)
        for waiting in self._hearing.values():
            waiting.cancel()
        self._dealer.close(0)
        self._stopper.close(0)
        self._subscriber.close(0)
        self._context.destroy(0)


class PairingHost:
    """The runtime's end of a pairing: a port that is open only while this object is."""

    def __init__(self, address: str) -> None:
        """Listen on port P + 2 of `tcp://host:P`. Raises `AddressUnusable`."""
        host, port = split_address(address)
        if port is None or port + PAIRING_PORT > 65535:
            raise AddressUnusable(f"{address!r} needs a port; write it as tcp://host:5600.")
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._router = self._context.socket(zmq.ROUTER)
        _guard(self._router)
        self._router.setsockopt(zmq.MAXMSGSIZE, _LONGEST_PAIRING)
        # What was answered last must still reach the other end while this one closes.
        self._router.linger = 500
        try:
            self._router.bind(f"tcp://{host}:{port + PAIRING_PORT}")
        except zmq.ZMQError as error:
            self._router.close(0)
            self._context.term()
            raise AddressUnusable(
                f"Port {port + PAIRING_PORT} of {host} cannot be used ({error.strerror}); "
                "choose another address with --bind, or end the pairing that has it."
            ) from error

    def receive(self, within_s: float) -> tuple[bytes, bytes] | None:
        """The next message and where its answer goes; None when none came in time."""
        if not self._router.poll(max(0, int(within_s * 1000))):
            return None
        parts = self._router.recv_multipart()
        return parts[0], parts[1] if len(parts) == 2 else b""

    def answer(self, route: bytes, body: bytes) -> None:
        """Answer; one that has gone loses it."""
        self._router.send_multipart((route, body), zmq.NOBLOCK)

    def close(self) -> None:
        """Close the port."""
        self._router.close()
        self._context.term()


class PairingGuest:
    """The console's end of a pairing."""

    def __init__(self, address: str) -> None:
        """Begin to connect to port P + 2 of `tcp://host:P`. Raises `AddressUnusable`."""
        host, port = split_address(address)
        if port is None or port + PAIRING_PORT > 65535:
            raise AddressUnusable(f"{address!r} needs a port; write it as tcp://host:5600.")
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._dealer = self._context.socket(zmq.DEALER)
        _guard(self._dealer)
        self._dealer.setsockopt(zmq.MAXMSGSIZE, _LONGEST_PAIRING)
        self._dealer.connect(f"tcp://{host}:{port + PAIRING_PORT}")

    def ask(self, body: bytes, within_s: float) -> bytes | None:
        """Send and wait for the answer; None when none came in time."""
        self._dealer.send(body, zmq.NOBLOCK)
        if not self._dealer.poll(int(within_s * 1000)):
            return None
        return self._dealer.recv_multipart()[-1]

    def close(self) -> None:
        """Disconnect."""
        self._dealer.close(0)
        self._context.term()
