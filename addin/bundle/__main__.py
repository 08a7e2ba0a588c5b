"""``python -m addin.bundle``: one zip that installs gouji and its Excel add-in on Windows without a network.

It holds the wheels of gouji and of everything it needs there, and what a person double-clicks. Needs pip and, to fetch
the wheels, a package registry; what is installed from it later needs neither.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

import gouji

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Path(__file__).resolve().with_name("windows")
PLATFORM = "win_amd64"
EXTRA = "live"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def main(argv: Sequence[str] | None = None) -> None:
    """Build it and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m addin.bundle", description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=Path("dist"), help="folder, by default dist")
    parser.add_argument("--python", default="3.12", help="the Python it is for, by default 3.12")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder)
        collect(wheels, given.python)
        path = written(given.out, members(wheels, given.python))
    sys.stdout.write(f"{path}\n")


def collect(folder: Path, python: str) -> None:
    """Put gouji's wheel and all that it needs on Windows into ``folder``."""
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    while wanted := sorted(missing(folder, target(python))):
        _pip(*download(wanted, folder, python))


def download(requirements: Sequence[str], folder: Path, python: str) -> list[str]:
    """The arguments of pip that fetch wheels for Windows from any system."""
    return [
        "download", "--dest", str(folder), "--platform", PLATFORM, "--python-version", python,
        "--implementation", "cp", "--only-binary", ":all:", "--find-links", str(folder), *requirements,
    ]  # fmt: skip


def target(python: str) -> dict[str, str]:
    """What requirements may ask of the system: pip would answer for the one it runs on."""
    return {
        "os_name": "nt", "sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64",
        "platform_python_implementation": "CPython", "implementation_name": "cpython", "python_version": python,
        "python_full_version": f"{python}.0", "implementation_version": f"{python}.0", "platform_release": "10",
        "platform_version": "",
    }  # fmt: skip


def missing(folder: Path, environment: Mapping[str, str]) -> set[str]:
    """The requirements of the wheels in ``folder`` that none of them meets there."""
    there = {canonicalize_name(parse_wheel_filename(path.name)[0]) for path in folder.glob("*.whl")}
    wanted: set[str] = set()
    for path in folder.glob("*.whl"):
        extra = EXTRA if path.name.startswith("gouji-") else ""
        wanted |= {
            f"{each.name}{each.specifier}" for each in requirements(path, {**environment, "extra": extra})
            if canonicalize_name(each.name) not in there
        }  # fmt: skip
    return wanted


def requirements(wheel: Path, environment: dict[str, str]) -> Iterator[Requirement]:
    """What a wheel needs in that environment."""
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1]
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for text in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield requirement


def members(wheels: Path, python: str) -> dict[str, bytes]:
    """The files of the bundle by their path in it, with their checksums."""
    files = {path.name: _text(path, python) for path in sorted(TEXTS.iterdir())}
    files |= {f"wheels/{path.name}": path.read_bytes() for path in sorted(wheels.glob("*.whl"))}
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return {**files, "SHA256SUMS": sums.encode("utf-8")}


def written(out: Path, files: Mapping[str, bytes]) -> Path:
    """The zip, in the folder ``out``: all of it in one folder, so that unpacking leaves no litter."""
    folder = f"gouji-{gouji.__version__}-windows"
    path = out / f"{folder}.zip"
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:  # wheels are compressed already
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", _FIXED_TIME), content)
    return path


def _text(path: Path, python: str) -> bytes:
    """A text for Windows: batch files in the code page of a Chinese console, others in UTF-8 with a mark."""
    text = path.read_text("utf-8").replace("{version}", python).replace("{nodot}", python.replace(".", ""))
    text = text.replace("{gouji}", gouji.__version__).replace("\n", "\r\n")
    return text.encode("gbk" if path.suffix == ".bat" else "utf-8-sig")


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", *arguments]
    subprocess.run(command, check=True)  # noqa: S603 - pip of this very Python


if __name__ == "__main__":
    main()
