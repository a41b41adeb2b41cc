"""Files for Spark's Python workers, without the JVM.

Add a scheme only after a test with it.
"""

import getpass
import io
import os
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

import pyarrow as pa
from pyarrow import fs

_UNQUOTED = "/!$&'()*+,-.:;=@_~"
_CODECS = {"gz": "gzip", "bz2": "bz2"}
_NOT_ARROWS = {"deflate", "zst", "lz4", "snappy"}  # in the framing that Hadoop gives them
_WEBHDFS_PORT = 9870  # of a namenode's HTTP address, as Hadoop 3 has it unless told otherwise


def reachable(uri: str) -> bool:
    """Returns whether workers can read and write there."""
    return uri.partition(":")[0] in _FILE_SYSTEMS


def spelled(uri: str) -> str:
    """Returns a file's URI in the notation of Spark's own reader."""
    # Like java.net.URI, which does not encode letters beyond ASCII.
    return "".join(c if c > "\x7f" else quote(c, safe=_UNQUOTED) for c in uri)


def codec(uri: str) -> str | None:
    """Returns a file's compression by its suffix, like Hadoop; None for a plain file."""
    return _CODECS.get(_ending(uri))


def unpackable(uri: str) -> bool:
    """Returns whether Arrow can unpack the file, or it is plain."""
    return _ending(uri) not in _NOT_ARROWS


def _ending(uri: str) -> str:
    return uri.rsplit(".", 1)[-1].lower()


def open_input(uri: str) -> io.RawIOBase | pa.NativeFile:
    """Opens the content from the start, unpacked; a plain file can seek."""
    system, path = _at(uri)
    packed = codec(uri)
    return system.open_input_stream(path, compression=packed) if packed else system.open_input_file(path)


def open_output(uri: str) -> pa.NativeFile:
    """Creates a file and the folders above it."""
    system, path = _at(uri)
    system.create_dir(path.rsplit("/", 1)[0], recursive=True)
    return system.open_output_stream(path)


def open_random(uri: str) -> pa.NativeFile:
    """Opens a file for random access."""
    system, path = _at(uri)
    return system.open_input_file(path)


def move(uri: str, to: str, size: int) -> None:
    """Renames a file, and creates the folders above the new name. Raises OSError if the result does not have
    `size` bytes."""
    system, path = _at(uri)
    target = _at(to)[1]
    system.create_dir(target.rsplit("/", 1)[0], recursive=True)
    system.move(path, target)
    found = system.get_file_info(target).size
    if found != size:
        raise OSError(f"{to} has {found} bytes, but {size} were written")


def delete(folder: str) -> None:
    """Removes a folder with its content; succeeds if it does not exist."""
    system, path = _at(folder)
    if system.get_file_info(path).type == fs.FileType.Directory:
        system.delete_dir(path)


def _at(uri: str) -> tuple[fs.FileSystem, str]:
    scheme, _, path = uri.partition(":")
    if scheme == "file":  # Hadoop writes file:/x, people write file:///x; neither encodes what is in the path
        return _system(scheme, ""), "/" + path.lstrip("/")
    authority, _, path = path.lstrip("/").partition("/")
    return _system(scheme, authority), "/" + path


@lru_cache
def _system(scheme: str, authority: str) -> fs.FileSystem:
    """Returns a file system, one per process, because those of a server keep their connections."""
    return _FILE_SYSTEMS[scheme](authority)


def _hdfs(authority: str) -> fs.FileSystem:
    """Returns HDFS over HTTP, because pyarrow's HDFS needs a native library that is in no package."""
    from fsspec.implementations.webhdfs import WebHDFS

    host = authority.partition(":")[0]
    user = os.environ.get("HADOOP_USER_NAME") or getpass.getuser()  # as Hadoop's own client decides
    return fs.PyFileSystem(fs.FSSpecHandler(WebHDFS(host, port=_WEBHDFS_PORT, user=user)))


def _gs(bucket: str) -> fs.FileSystem:
    """Returns a bucket with the machine's own credentials. If STORAGE_EMULATOR_HOST names a server, as for
    Google's own clients, the bucket is there and needs no credentials.
    """
    scheme, _, host = os.environ.get("STORAGE_EMULATOR_HOST", "").rpartition("://")
    emulator = {"anonymous": True, "scheme": scheme or "http", "endpoint_override": host} if host else {}
    return fs.SubTreeFileSystem(bucket, fs.GcsFileSystem(**emulator))


_FILE_SYSTEMS: dict[str, Callable[[str], fs.FileSystem]] = {
    "file": lambda _: fs.LocalFileSystem(),
    "hdfs": _hdfs,
    "gs": _gs,
}
SCHEMES = list(_FILE_SYSTEMS)
