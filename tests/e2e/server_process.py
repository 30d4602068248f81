"""The executable under test: its commands, and a server in a data directory of its own."""

import contextlib
import json
import os
import pathlib
import re
import resource
import selectors
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

# For tests in which the documented rate limits would only be in the way.
WITHOUT_LIMITS = (
    "[limits]\nlist_per_second = 0\nrealtime_per_second = 0\nv4_create_per_second = 0\nv4_per_second = 0\n"
)

# Every server under test writes all that it can about its requests, so that the logs can be searched for what must
# not stand in them.
LOG_EVERYTHING = '[observe]\nlog_level = "debug"\nrequest_log = "all"\n'

# Keys, e-mails and numbers that tests have used; short ones could stand in a log by chance.
_confidential: set[str] = set()
_LEAST_CONFIDENTIAL = 8


def confide(*texts) -> None:
    """Notes what no log may hold."""
    _confidential.update(text for text in map(str, texts) if len(text) >= _LEAST_CONFIDENTIAL)


# Sanitizers make everything several times slower, and the machine may be busy besides.
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 60

_SANITIZER_REPORT = re.compile(r"AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:|SUMMARY: ")


def binary() -> str:
    path = os.environ.get("PARCELWAKE_BINARY")
    if not path:
        raise SystemExit("set PARCELWAKE_BINARY to the executable under test")
    return os.path.abspath(path)


def is_sanitized() -> bool:
    """Whether the executable is built with a sanitizer, which keeps freed memory for a while."""
    content = pathlib.Path(binary()).read_bytes()
    return b"__asan_init" in content or b"__tsan_init" in content


def run(*arguments, text_input: str | None = None, timeout: float = 60) -> subprocess.CompletedProcess:
    """Runs one command to its end."""
    return subprocess.run(
        [binary(), *map(str, arguments)], input=text_input, capture_output=True, text=True, timeout=timeout
    )


class TemporaryDirectory:
    """A directory that goes when the test that asked for it ends, pass or fail."""

    def __init__(self, owner):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="parcelwake-e2e-"))
        owner(lambda: shutil.rmtree(self.path, ignore_errors=True))


class Server:
    """One `parcelwake serve`. Listens on free ports, which `port` and `tls_port` tell once it has started."""

    def __init__(self, data: pathlib.Path, config: str = "", tls: tuple[str, str] | None = None):
        self.data = pathlib.Path(data)
        self._config = config
        self._tls = tls
        self._process = None
        self._errors = None
        self.errors_file = self.data.with_name(self.data.name + ".stderr")
        self.port = 0
        self.tls_port = 0
        self.greeting = ""

    def start(self, file_size_limit: int | None = None) -> "Server":
        command = [binary(), "serve", "--listen", "127.0.0.1:0", "--data", str(self.data)]
        config = self._config if "[observe]" in self._config else self._config + LOG_EVERYTHING
        config_file = self.data.with_name(self.data.name + ".toml")
        config_file.write_text(config)
        command += ["--config", str(config_file)]
        if self._tls:
            certificate, key = self._tls
            command += ["--tls-listen", "127.0.0.1:0", "--tls-cert", certificate, "--tls-key", key]
        self._errors = open(self.errors_file, "ab")
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self._errors)
        if file_size_limit is not None:
            self.limit_file_size(file_size_limit)
        self.greeting = self._read_greeting()
        ports = dict(re.findall(r"(https?)://127\.0\.0\.1:(\d+)", self.greeting))
        if "http" not in ports:
            self.kill()
            raise AssertionError(f"the server did not start: {self.greeting!r}\n{self.errors()}")
        self.port = int(ports["http"])
        self.tls_port = int(ports.get("https", 0))
        return self

    def _read_greeting(self) -> str:
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            if not selector.select(START_TIMEOUT_S):
                return ""
        return self._process.stdout.readline().decode()

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def wait(self, timeout: float = STOP_TIMEOUT_S) -> int:
        status = self._process.wait(timeout)
        self._process.stdout.close()
        self._errors.close()
        return status

    def kill(self) -> None:
        self._process.kill()
        self.wait()

    def stop(self) -> int:
        """Asks it to end, and tells its exit status; kills it when it does not end."""
        self.signal(signal.SIGTERM)
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError("the server did not end after SIGTERM") from None

    def limit_file_size(self, size: int) -> None:
        """No file of the server's may grow beyond this; RLIM_INFINITY takes the limit away."""
        _, hard = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (size, hard))

    def resident_bytes(self) -> int:
        pages = int(pathlib.Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def errors(self) -> str:
        """What it and its forerunners in this data directory have written to stderr."""
        return self.errors_file.read_text(errors="replace") if self.errors_file.exists() else ""

    def sanitizer_report(self) -> str:
        errors = self.errors()
        found = _SANITIZER_REPORT.search(errors)
        return errors[max(0, found.start() - 200) : found.start() + 6000] if found else ""

    def leaks(self) -> list[str]:
        """What stands in the log and must not, with where it begins."""
        errors = self.errors()
        return [f"{text!r}: {errors[max(0, errors.find(text) - 200):][:400]!r}" for text in _confidential if text in errors]

    def open_account(self, email: str, *more) -> tuple[int, str]:
        """The id and the API key of a new account."""
        made = run("account", "create", "--email", email, "--data", self.data, "--json", *more)
        if made.returncode != 0:
            raise AssertionError(f"no account for {email}: {made.stderr}")
        answer = json.loads(made.stdout)
        confide(email, answer["api_key"])
        return answer["account_id"], answer["api_key"]


def wait_until(condition, timeout: float, pause: float = 0.05):
    """What `condition` returns once that is true; whatever it last returned when time is up."""
    end = time.monotonic() + timeout
    while True:
        result = condition()
        if result or time.monotonic() > end:
            return result
        time.sleep(pause)


class ServerTestCase(unittest.TestCase):
    """A class of tests against one server, which has to end well and without a sanitizer's report."""

    CONFIG = WITHOUT_LIMITS

    @classmethod
    def setUpClass(cls):
        cls.directory = TemporaryDirectory(cls.addClassCleanup).path
        cls.server = Server(cls.directory / "data", cls.CONFIG, cls.certificate())
        cls.server.start()
        cls.addClassCleanup(cls._end)
        cls._accounts = 0

    @classmethod
    def certificate(cls) -> tuple[str, str] | None:
        return None

    @classmethod
    def _end(cls):
        status = cls.server.stop()
        report = cls.server.sanitizer_report()
        if status != 0 or report:
            raise AssertionError(f"the server ended with {status}\n{report or cls.server.errors()[-4000:]}")
        if leaks := cls.server.leaks():
            raise AssertionError(f"{len(leaks)} confidential texts in the log, e.g. {leaks[:3]}")

    @classmethod
    def new_key(cls) -> str:
        """The key of an account that nobody else uses."""
        cls._accounts += 1
        return cls.server.open_account(f"user{cls._accounts}@example.com")[1]


@contextlib.contextmanager
def running(server: Server):
    """Starts a server for the length of a block, and kills it where the block has not ended it."""
    server.start()
    try:
        yield server
    finally:
        if server.is_running():
            server.kill()
