"""Prepare the machine: a Python >= 3.12, uv, the virtual environment, the message catalogues, the tests' programs.

Runs with any Python >= 3.6 and the standard library alone, because it is what a fresh machine starts with.

    python3 tools/setup.py demo    what serving needs
    python3 tools/setup.py dev     the same and the development tools
    python3 tools/setup.py test    the same and Chromium and PostgreSQL, installed with apt-get when root

It asks pip and uv for nothing but packages: the options of the machine (indexes, caches, proxies) are respected.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, ".tools")
STAMP = os.path.join(VENV, "rumbo-stamp.txt")
MINIMUM = (3, 12)
# 3.13 is the version we develop with; the others are tried after it.
NAMES = ("python3.13", "python3.14", "python3.12", "python3", "python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def spanish():
    """Messages follow the locale; a machine without one is answered in Spanish."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return not value.lower().startswith("en")
    return True


def say(es, en):
    print("· " + (es if spanish() else en), file=sys.stderr, flush=True)


def stop(es, en):
    print("\n" + (es if spanish() else en) + "\n", file=sys.stderr, flush=True)
    sys.exit(2)


def answer_of(command, timeout=60):
    """Standard output of a command, or None where it cannot be run or fails."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=timeout)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None


# -- Python ------------------------------------------------------------------------------------------------------


def candidates():
    """Where a Python may be: the PATH, then pyenv's versions, which its shims hide, then this one."""
    for name in NAMES:
        found = shutil.which(name)
        if found:
            yield found
    homes = [os.environ.get("PYENV_ROOT", ""), os.path.expanduser("~/.pyenv")]
    for home in homes:
        for name in NAMES[:3]:
            if home:
                for path in sorted(glob.glob(os.path.join(home, "versions", "*", "bin", name)), reverse=True):
                    yield path
    yield sys.executable


def real_python(path):
    """The interpreter behind a path (a shim, a link, a virtual environment), or None if it is too old."""
    probe = (
        "import sys, os; v = sys.version_info[:2];"
        "n = os.path.join(sys.base_prefix, 'bin', 'python%d.%d' % v);"
        "ok = v >= (3, 12) and sys.implementation.name == 'cpython';"
        "print((n if os.path.exists(n) else sys.executable) if ok else '')"
    )
    return answer_of([path, "-c", probe]) or None


def find_python():
    for path in candidates():
        found = real_python(path)
        if found:
            return found
    stop(
        "Rumbo necesita Python 3.12 o posterior y no lo encontró (ni en el PATH ni en ~/.pyenv/versions).\n"
        "Instálelo de una de estas formas y repita la orden:\n"
        "  Debian 13, Ubuntu 24.04 o posteriores:  sudo apt-get install python3 python3-venv\n"
        "  Fedora:                                 sudo dnf install python3.13\n"
        "  macOS:                                  brew install python@3.13\n"
        "  cualquier sistema, con pyenv:           pyenv install 3.13\n"
        "  cualquier sistema, con uv:              pip install uv && uv python install 3.13 && "
        'export PATH="$(dirname "$(uv python find 3.13)"):$PATH"',
        "Rumbo needs Python 3.12 or later and found none (neither on the PATH nor in ~/.pyenv/versions).\n"
        "Install it in one of these ways and repeat the command:\n"
        "  Debian 13, Ubuntu 24.04 or later:  sudo apt-get install python3 python3-venv\n"
        "  Fedora:                            sudo dnf install python3.13\n"
        "  macOS:                             brew install python@3.13\n"
        "  any system, with pyenv:            pyenv install 3.13\n"
        "  any system, with uv:               pip install uv && uv python install 3.13 && "
        'export PATH="$(dirname "$(uv python find 3.13)"):$PATH"',
    )


# -- uv ----------------------------------------------------------------------------------------------------------


def uv_paths():
    return [shutil.which("uv"), os.path.join(TOOLS, "bin", "uv"), os.path.expanduser("~/.local/bin/uv")]


def working_uv():
    for path in uv_paths():
        if path and answer_of([path, "--version"]):  # a pyenv shim may exist and not run
            return path
    return None


def ways_to_install_uv(python):
    """A private virtual environment first: pip refuses to touch a system that declares itself managed (PEP 668)."""
    in_venv = os.path.join(TOOLS, "bin", "python")
    yield [[python, "-m", "venv", TOOLS], [in_venv, "-m", "pip", "install", "--quiet", "uv"]]
    for interpreter in (python, sys.executable):
        yield [[interpreter, "-m", "pip", "install", "--quiet", "--target", TOOLS, "uv"]]


def find_uv(python):
    found = working_uv()
    if found:
        return found
    say("instalando uv en .tools/ …", "installing uv into .tools/ …")
    problems = []
    for steps in ways_to_install_uv(python):
        shutil.rmtree(TOOLS, ignore_errors=True)
        for step in steps:
            done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode != 0:
                problems.append(done.stdout.decode("utf-8", "replace").strip()[-600:])
                break
        else:
            found = working_uv()
            if found:
                return found
    stop(
        "No se pudo instalar uv (%s).\nInstálelo con «pip install uv» o «pipx install uv» y repita la orden.\n"
        % "\n".join(problems[-1:]),
        "uv could not be installed (%s).\nInstall it with 'pip install uv' or 'pipx install uv' and repeat the "
        "command.\n" % "\n".join(problems[-1:]),
    )


# -- the virtual environment -------------------------------------------------------------------------------------


def wanted_stamp():
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as source:
            digest.update(source.read())
    # A virtual environment knows its folder; one that was moved or copied has to be made again.
    digest.update(ROOT.encode("utf-8"))
    return digest.hexdigest()


def ready(profile):
    try:
        with open(STAMP, encoding="utf-8") as source:
            group, stamp = source.read().split()
    except (OSError, ValueError):
        return False
    enough = group == "dev" or profile == "demo"
    return enough and stamp == wanted_stamp() and os.path.exists(os.path.join(VENV, "bin", "rumbo"))


def sync(profile):
    """`.venv` exactly as uv.lock says; nothing is done where it already is."""
    if ready(profile):
        return
    python = find_python()
    uv = find_uv(python)
    environment = dict(os.environ, UV_PYTHON=python, UV_PROJECT_ENVIRONMENT=VENV)
    environment.setdefault("UV_PYTHON_DOWNLOADS", "never")
    environment.pop("VIRTUAL_ENV", None)
    command = [uv, "sync", "--locked", "--quiet"] + (["--no-dev"] if profile == "demo" else [])
    say("preparando .venv con %s …" % python, "preparing .venv with %s …" % python)
    if subprocess.call(command, cwd=ROOT, env=environment) != 0:
        stop(
            "uv no pudo instalar los paquetes de uv.lock; la razón está arriba.\n"
            "Sin red hacen falta los paquetes en la caché de uv: repita con red una vez.",
            "uv could not install the packages of uv.lock; the reason is above.\n"
            "Without a network the packages must be in uv's cache: repeat once with a network.",
        )
    with open(STAMP, "w", encoding="utf-8") as target:
        target.write("%s %s\n" % ("demo" if profile == "demo" else "dev", wanted_stamp()))


def compile_messages():
    """The .mo files beside each .po that is newer; Babel does it, so gettext need not be installed."""
    catalogues = glob.glob(os.path.join(ROOT, "src", "rumbo", "**", "LC_MESSAGES", "*.po"), recursive=True)
    stale = [po for po in catalogues if older(po[:-3] + ".mo", po)]
    if stale:
        subprocess.check_call(
            [os.path.join(VENV, "bin", "python"), os.path.join(ROOT, "tools", "messages.py"), "compile"]
        )


def older(target, source):
    return not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source)


# -- what the tests drive ----------------------------------------------------------------------------------------


def missing_packages():
    """Debian's names of the packages that the tests need and the machine lacks."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not shutil.which("initdb") and not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        missing.append("postgresql")
    return missing


def install_test_programs():
    missing = missing_packages()
    if not missing:
        return
    names = " ".join(missing)
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        stop(
            "Las pruebas necesitan: %s.\nEn Debian o Ubuntu: sudo apt-get update && sudo apt-get install %s\n"
            "Después repita la orden." % (names, names),
            "The tests need: %s.\nOn Debian or Ubuntu: sudo apt-get update && sudo apt-get install %s\n"
            "Then repeat the command." % (names, names),
        )
    say("instalando %s con apt-get …" % names, "installing %s with apt-get …" % names)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.call(["apt-get", "update", "-qq"], env=environment)  # an index that is down must not decide alone
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"] + missing
    if subprocess.call(command, env=environment, stdout=subprocess.DEVNULL) != 0 or missing_packages():
        stop(
            "apt-get no pudo instalar %s; la razón está arriba. Instálelos y repita la orden." % names,
            "apt-get could not install %s; the reason is above. Install them and repeat the command." % names,
        )


def main(arguments):
    profile = arguments[0] if arguments else "dev"
    if profile not in ("demo", "dev", "test"):
        stop("uso: setup.py demo|dev|test", "usage: setup.py demo|dev|test")
    if profile == "test":
        install_test_programs()
    sync(profile)
    compile_messages()


if __name__ == "__main__":
    main(sys.argv[1:])
