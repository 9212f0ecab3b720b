"""An Internet of our own: it answers as a test wants, and knows who was asked."""

from assessments.fetching import Fetcher, Pace

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:4700::1111"
ADDRESS = "https://learn.example.org/"
FOUND = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def moved_to(location, status=302):
    return f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\n\r\n".encode()


class FakeConnection:
    """Plays one answer, piece by piece."""

    def __init__(self, pieces):
        self.pieces = iter(pieces)
        self.sent = b""
        self.received = 0
        self.closed = False

    def settimeout(self, value):
        assert 0 < value <= 5

    def sendall(self, data):
        self.sent += data

    def recv(self, size):
        piece = next(self.pieces, b"")
        if isinstance(piece, Exception):
            raise piece
        self.received += len(piece[:size])
        return piece[:size]

    def close(self):
        self.closed = True


class Internet:
    """Answers in turn, whoever is asked; remembers who was."""

    def __init__(self, *answers, names=None):
        self.answers = list(answers)
        self.names = names or {}
        self.asked, self.connected, self.connections = [], [], []

    def resolve(self, host):
        self.asked.append(host)
        found = self.names.get(host, [PUBLIC])
        if callable(found):
            found = found(len(self.asked))
        if isinstance(found, Exception):
            raise found
        return found

    def connect(self, address, host, seconds):
        self.connected.append((address, host))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        connection = FakeConnection([answer] if isinstance(answer, bytes) else answer)
        self.connections.append(connection)
        return connection

    def look(self, url=ADDRESS, seconds=5.0):
        fetcher = Fetcher(
            resolver=self.resolve,
            connector=self.connect,
            pace=Pace(sleep=lambda seconds: None),
            seconds=seconds,
        )
        outcome = fetcher.look(url)
        assert all(connection.closed for connection in self.connections)
        return f"{outcome.finding}:{outcome.detail}"
