"""What an installation holds: files and modes, the unit, maintainer scripts, manual and completions that miss nothing.

The package itself, installed, upgraded and purged, is scripts/test_package's.
"""

import gzip
import os
import pathlib
import re
import shutil
import subprocess
import unittest

from server_process import TemporaryDirectory, binary, run

PROJECT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = PROJECT / "packaging"
BUILD = pathlib.Path(os.environ.get("PARCELWAKE_BUILD", "build"))
UNIT = PACKAGING / "parcelwake.service"


def commands():
    """Every command with the options that its own help names: ("carrier setup", {"--set", …})."""
    found, left = {}, [()]
    while left:
        words = left.pop()
        text = run(*words, "--help").stdout
        found[" ".join(words)] = set(re.findall(r"^  (?:-\w,)?(--[\w-]+)", text, re.M))
        below = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.M)
        if below:
            left += [(*words, name) for name in re.findall(r"^  ([\w-]+)", below.group(1), re.M)]
    return found


class InstalledFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = TemporaryDirectory(cls.addClassCleanup).path
        done = subprocess.run(
            ["cmake", "--install", BUILD, "--prefix", "/usr", "--strip"],
            env={**os.environ, "DESTDIR": str(cls.root)}, capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(done.stderr)
        cls.files = {"/" + str(path.relative_to(cls.root)) for path in cls.root.rglob("*") if path.is_file()}

    def test_everything_is_where_debian_looks_for_it(self):
        self.assertEqual(
            {
                "/usr/bin/parcelwake",
                "/etc/parcelwake/parcelwake.toml",
                "/lib/systemd/system/parcelwake.service",
                "/usr/share/bash-completion/completions/parcelwake",
                "/usr/share/zsh/vendor-completions/_parcelwake",
                "/usr/share/fish/vendor_completions.d/parcelwake.fish",
                "/usr/share/man/man1/parcelwake.1.gz",
                "/usr/share/doc/parcelwake/README.md",
                "/usr/share/doc/parcelwake/changelog.gz",
                "/usr/share/doc/parcelwake/copyright",
                "/usr/share/doc/parcelwake/parcelwake.toml",
            },
            self.files,
        )

    def test_the_configuration_is_a_conffile_that_not_everybody_reads_and_is_well(self):
        file = self.root / "etc/parcelwake/parcelwake.toml"
        self.assertEqual(0o640, file.stat().st_mode & 0o777)
        self.assertEqual(["/etc/parcelwake/parcelwake.toml"], (PACKAGING / "debian/conffiles").read_text().split())
        self.assertEqual(0, run("config", "check", file).returncode)

    def test_the_manual_names_every_command_and_option(self):
        text = gzip.decompress((self.root / "usr/share/man/man1/parcelwake.1.gz").read_bytes()).decode()
        self.assertLess(15, len(commands()))
        sections = {"": text.split("\n.SH OPTIONS\n")[1]}
        for section in text.split("\n.SS ")[1:]:
            title, _, body = section.partition("\n")
            name = re.sub(r"\\-", "-", title.strip('"'))
            sections[name.removeprefix("parcelwake ")] = body
        for command, options in commands().items():
            title = re.compile(re.escape(command) + r"( [A-Z]+)*")
            body = next((body for name, body in sections.items() if title.fullmatch(name)), None)
            self.assertIsNotNone(body, f"the manual lacks '{command}'")
            for option in options:
                self.assertIn("\\fB" + option.replace("-", "\\-") + "\\fR", body, command)

    def test_the_manual_is_sound_roff(self):
        if not shutil.which("groff"):
            self.skipTest("there is no groff")
        text = gzip.decompress((self.root / "usr/share/man/man1/parcelwake.1.gz").read_bytes())
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z"], input=text, capture_output=True)
        self.assertEqual(b"", done.stderr)


class Completions(unittest.TestCase):
    def complete(self, *words):
        """What bash offers for the last of `words`."""
        script = run("completion", "bash").stdout
        line = " ".join(f"'{word}'" for word in words)
        asked = f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _parcelwake; echo ${{COMPREPLY[@]}}"
        done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True)
        self.assertEqual("", done.stderr)
        return set(done.stdout.split())

    def test_bash_offers_every_command_and_option(self):
        for command, options in commands().items():
            words = ["parcelwake", *command.split()]
            self.assertLessEqual(options, self.complete(*words, "-"), command)
            if command:
                self.assertIn(words[-1], self.complete(*words[:-1], words[-1][:2]))

    def test_bash_offers_files_after_an_option_that_takes_a_value(self):
        self.assertEqual(set(), self.complete("parcelwake", "serve", "--config", ""))
        self.assertEqual({"setup"}, self.complete("parcelwake", "carrier", "set"))
        self.assertIn("--set", self.complete("parcelwake", "carrier", "setup", "dhl", "--"))

    def test_the_others_name_every_command_and_option(self):
        zsh, fish = run("completion", "zsh").stdout, run("completion", "fish").stdout
        for command, options in commands().items():
            path = ("parcelwake " + command).strip()
            row = next(line for line in zsh.splitlines() if line.startswith(f"  ('{path}') rows=("))
            lines = [line for line in fish.splitlines() if f"within '{path}'\"" in line]
            for option in options:
                self.assertIn(f"'{option}:", row)
                self.assertTrue(any(f" -l {option[2:]} " in line + " " for line in lines), (path, option))

    def test_each_shell_can_read_its_own(self):
        for shell, flags in (("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])):
            if not shutil.which(shell):
                continue
            with self.subTest(shell):
                script = run("completion", shell).stdout
                done = subprocess.run([shell, *flags], input=script, capture_output=True, text=True)
                self.assertEqual((0, ""), (done.returncode, done.stderr))


class Unit(unittest.TestCase):
    def setUp(self):
        self.text = UNIT.read_text()

    def test_it_starts_what_the_package_installs(self):
        (start,) = re.findall(r"^ExecStart=(.*)$", self.text, re.M)
        program, *arguments = start.split()
        self.assertEqual("/usr/bin/parcelwake", program)
        known = commands()[arguments[0]]
        self.assertLessEqual({word for word in arguments if word.startswith("--")}, known)
        self.assertIn("/etc/parcelwake/parcelwake.toml", arguments)

    def test_systemd_reads_it_and_finds_it_confined(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("there is no systemd-analyze")
        directory = TemporaryDirectory(self.addCleanup).path
        copy = directory / UNIT.name
        copy.write_text(self.text.replace("/usr/bin/parcelwake", binary()))
        verified = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True)
        said = [line for line in verified.stderr.splitlines() if UNIT.name in line]
        self.assertEqual((0, []), (verified.returncode, said), verified.stderr)
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=20", copy], capture_output=True, text=True
        )
        self.assertEqual(0, judged.returncode, judged.stdout[-600:] + judged.stderr)


class MaintainerScripts(unittest.TestCase):
    def test_they_are_sound_shell(self):
        for name in ("postinst", "prerm", "postrm"):
            file = PACKAGING / "debian" / name
            self.assertEqual(0, subprocess.run(["sh", "-n", file]).returncode, name)
            self.assertTrue(file.stat().st_mode & 0o111, name)
            self.assertTrue(file.read_text().startswith("#!/bin/sh\nset -e\n"), name)

    def test_data_goes_at_purge_alone(self):
        for name in ("postinst", "prerm", "postrm"):
            text = (PACKAGING / "debian" / name).read_text()
            before, found, _ = text.partition("rm -rf")
            self.assertEqual(name == "postrm", bool(found))
            if found:
                self.assertIn("purge)", before)


if __name__ == "__main__":
    unittest.main()
