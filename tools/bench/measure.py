"""Runs a command and says what it took, all its processes together."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PERIOD = 0.2  # seconds between two looks


@dataclass(frozen=True)
class Cost:
    """`seconds` on the wall, `cpu` seconds of all processors, `peak_mb` of memory (pages that processes share
    count once), `load` on the machine (its one-minute average) when the command began.
    """

    seconds: float
    cpu: float
    peak_mb: float
    load: float


def measure(command: list[str], log: Path, environment: dict[str, str] | None = None) -> Cost:
    """Runs it to its end. Raises RuntimeError with the last of its output when it fails."""
    load, begin = os.getloadavg()[0], time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=environment, start_new_session=True
        )
        peak, cpu = 0.0, {}
        while True:
            try:
                process.wait(_PERIOD)
                break
            except subprocess.TimeoutExpired:
                memory = 0.0
                for pid in _session(process.pid):
                    memory += _memory(pid)
                    cpu[pid] = max(cpu.get(pid, 0.0), _cpu(pid))
                peak = max(peak, memory)
    seconds = time.monotonic() - begin
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n" + "\n".join(log.read_text().splitlines()[-20:]))
    return Cost(seconds, sum(cpu.values()), peak, load)


def _session(leader: int) -> list[int]:
    """The living processes that the command has started, itself included; each looks after itself, so none
    counts twice."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))) and int(fields[3]) == leader:
            found.append(int(entry.name))
    return found


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the command's name; None if the process has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
