"""Files of any scheme (file, hdfs, gs, …) through Hadoop's FileSystem, which Spark's JVM has at hand."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pyspark.sql import SparkSession

from .jvm import hadoop_settings, java_array, jvm_of

# Where a file only appears, whole, when its writer closes it: there a plain write replaces atomically.
_OBJECT_STORES = {"gs", "s3a", "abfs", "abfss"}
_COPIES = 8  # at a time: on an object store each is some round trips
# What a file system without hard links answers.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.ENOSYS}


@dataclass(frozen=True)
class Entry:
    """One file found; `uri` with its scheme, `size` in bytes, `state` the same only while its content is."""

    uri: str
    size: int
    state: str


class Files:
    """Reads, lists, writes and deletes by URI; errors are the Java exceptions of the file system, unwrapped
    by `explain`.
    """

    def __init__(self, spark: SparkSession):
        self._spark = spark
        self._jvm = jvm_of(spark)
        self._conf = hadoop_settings(spark)

    def glob(self, pattern: str) -> list[Entry]:
        """The files that match; of a folder that matches, the files in it. Sorted, without hidden ones."""
        system, path = self._at(pattern)
        found: list[Entry] = []
        for status in system.globStatus(path) or []:
            for inner in system.listStatus(status.getPath()) if status.isDirectory() else [status]:
                if inner.isFile() and inner.getPath().getName()[0] not in "._":
                    found.append(_entry(inner))
        return sorted(found, key=lambda entry: entry.uri)

    def is_folder(self, uri: str) -> bool:
        system, path = self._at(uri)
        return system.exists(path) and system.getFileStatus(path).isDirectory()

    def folders(self, uri: str) -> list[str]:
        """The names of the folders directly under `uri`; empty where there is nothing."""
        system, path = self._at(uri)
        if not system.exists(path):
            return []
        return sorted(s.getPath().getName() for s in system.listStatus(path) if s.isDirectory())

    def under(self, uri: str) -> list[str]:
        """The URIs of all files in a folder and its folders, sorted."""
        system, path = self._at(uri)
        files = system.listFiles(path, True)
        found: list[str] = []
        while files.hasNext():
            found.append(files.next().getPath().toString())
        return sorted(found)

    def read(self, uri: str) -> bytes | None:
        """The whole content of a small file; None where there is none."""
        system, path = self._at(uri)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return bytes(stream.readAllBytes())
        finally:
            stream.close()

    def head(self, uri: str, length: int) -> bytes:
        """The first `length` bytes, unpacked if the name's ending says that the file is compressed."""
        stream = self._unpacked(uri)
        try:
            return bytes(stream.readNBytes(length))
        finally:
            stream.close()

    def read_to_end(self, uri: str) -> None:
        """Unpacks the whole of a file and keeps nothing; a damaged one raises the Java exception."""
        stream = self._unpacked(uri)
        try:
            stream.transferTo(self._jvm.java.io.OutputStream.nullOutputStream())
        finally:
            stream.close()

    def write(self, uri: str, content: bytes) -> None:
        system, path = self._at(uri)
        stream = system.create(path, True)
        try:
            stream.write(bytearray(content))
        finally:
            stream.close()

    def replace(self, uri: str, content: bytes) -> None:
        """Writes a small file so that a reader sees the old content or the new, never anything between."""
        parts = urlsplit(uri)
        if parts.scheme in _OBJECT_STORES:
            self.write(uri, content)
        elif parts.scheme == "file":
            _replace_local(unquote(parts.path), content)
        else:
            self.write(f"{uri}.new", content)
            context = self._jvm.org.apache.hadoop.fs.FileContext.getFileContext(
                self._path(uri).toUri(), self._conf
            )
            rename = self._jvm.org.apache.hadoop.fs.Options.Rename
            options = java_array(self._spark, rename, rename.OVERWRITE)
            context.rename(self._path(f"{uri}.new"), self._path(uri), options)

    def copy(self, uri: str, to: str) -> None:
        """Copies a file, unless what is there has its length and its time of change, as a copy has once it is
        whole.
        """
        system, path = self._at(uri)
        target, there = self._at(to)
        original = system.getFileStatus(path)
        if target.exists(there):
            copied = target.getFileStatus(there)
            if (copied.getLen(), copied.getModificationTime()) == (
                original.getLen(),
                original.getModificationTime(),
            ):
                return
        self._jvm.org.apache.hadoop.fs.FileUtil.copy(system, path, target, there, False, True, self._conf)
        target.setTimes(there, original.getModificationTime(), -1)

    def carry_over(self, names: list[tuple[str, str]]) -> None:
        """Makes each file, which nobody will change, appear under a second name that outlasts the first: by a
        hard link on a local disk, else by a copy.
        """
        with ThreadPoolExecutor(_COPIES) as pool:
            list(pool.map(lambda each: self._carry_over(*each), names))

    def _carry_over(self, uri: str, to: str) -> None:
        if urlsplit(uri).scheme == "file":
            source, target = _local(uri), _local(to)
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                target.hardlink_to(source)
                return
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
        self.copy(uri, to)

    def delete(self, uri: str) -> None:
        """Removes a file or a folder with all in it; nothing happens where there is none."""
        system, path = self._at(uri)
        system.delete(path, True)

    def _unpacked(self, uri: str) -> Any:
        system, path = self._at(uri)
        codec = self._jvm.org.apache.hadoop.io.compress.CompressionCodecFactory(self._conf).getCodec(path)
        stream = system.open(path)
        return codec.createInputStream(stream) if codec is not None else stream

    def _path(self, uri: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(uri)

    def _at(self, uri: str) -> tuple[Any, Any]:
        path = self._path(uri)
        system = path.getFileSystem(self._conf)
        system.setWriteChecksum(False)  # on a laptop's disk they only litter; elsewhere this does nothing
        return system, path


def _entry(status: Any) -> Entry:
    """Its state is its name, size and time of change; of a local file also when its content or its attributes
    last changed, which no program can set."""
    uri, size = status.getPath().toString(), status.getLen()
    state = f"{uri}, {size} bytes of {status.getModificationTime()}"
    if urlsplit(uri).scheme == "file":
        state += f", {_local(uri).stat().st_ctime_ns}"
    return Entry(uri, size, state)


def _local(uri: str) -> Path:
    """Hadoop writes file:/x for a path as it is, with nothing encoded."""
    return Path("/" + uri.partition(":")[2].lstrip("/"))


def _replace_local(path: str, content: bytes) -> None:
    """Hadoop deletes a local target, then renames; the operating system does it in one step."""
    new = Path(f"{path}.new")
    new.parent.mkdir(parents=True, exist_ok=True)
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
