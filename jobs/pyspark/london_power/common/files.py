"""Files of any scheme (file, hdfs, gs, …) through Hadoop's FileSystem, which is part of Spark's JVM."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pyspark.sql import SparkSession

from .jvm import hadoop_settings, java_array, jvm_of

# Schemes where a file appears only when its writer closes it, so that a plain write replaces it atomically.
_OBJECT_STORES = {"gs", "s3a", "abfs", "abfss"}
_COPIES = 8  # at a time: on an object store each is some round trips
# The error codes of file systems without hard links.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EXDEV, errno.EMLINK, errno.ENOSYS}


@dataclass(frozen=True)
class Entry:
    """A file: `uri` with its scheme, `size` in bytes; `state` changes when the content changes."""

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
        """Returns the matching files and the files in matching folders, sorted and without hidden ones."""
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
        """Returns the names of the folders directly under `uri`; empty if there is nothing."""
        system, path = self._at(uri)
        if not system.exists(path):
            return []
        return sorted(s.getPath().getName() for s in system.listStatus(path) if s.isDirectory())

    def under(self, uri: str) -> list[str]:
        """Returns the sorted URIs of all files in a folder and its folders."""
        system, path = self._at(uri)
        files = system.listFiles(path, True)
        found: list[str] = []
        while files.hasNext():
            found.append(files.next().getPath().toString())
        return sorted(found)

    def read(self, uri: str) -> bytes | None:
        """Returns the whole content of a small file; None if it does not exist."""
        system, path = self._at(uri)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return bytes(stream.readAllBytes())
        finally:
            stream.close()

    def head(self, uri: str, length: int) -> bytes:
        """Returns the first `length` bytes, unpacked if the file is compressed according to its name."""
        stream = self._unpacked(uri)
        try:
            return bytes(stream.readNBytes(length))
        finally:
            stream.close()

    def read_to_end(self, uri: str) -> None:
        """Unpacks a whole file without keeping it; a damaged file raises the Java exception."""
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
        """Writes a small file so that a reader sees either the old content or the new."""
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
        """Copies a file, unless the target already has its length and its time of change, like a complete
        copy.
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
        """Adds to each file a second name that outlasts the first: by a hard link on a local disk, or by a
        copy. Nobody may change the files.
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
        """Removes a file or a folder with its content; succeeds if it does not exist."""
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
    """Returns an entry whose state is name, size and time of change; for a local file, also the time at which
    content or attributes last changed, which no program can set."""
    uri, size = status.getPath().toString(), status.getLen()
    state = f"{uri}, {size} bytes of {status.getModificationTime()}"
    if urlsplit(uri).scheme == "file":
        state += f", {_local(uri).stat().st_ctime_ns}"
    return Entry(uri, size, state)


def _local(uri: str) -> Path:
    """Returns the path of a URI of Hadoop, which writes file:/x and encodes nothing."""
    return Path("/" + uri.partition(":")[2].lstrip("/"))


def _replace_local(path: str, content: bytes) -> None:
    """Replaces a local file in one step; Hadoop would delete the target and then rename."""
    new = Path(f"{path}.new")
    new.parent.mkdir(parents=True, exist_ok=True)
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
