"""Tables of the lake: a folder for each run, and a pointer that says which one readers see.

    <lake>/<table>/_current     one line: the folder readers see
    <lake>/<table>/_manifest    a line for each of its Parquet files, for engines that know no pointer
    <lake>/<table>/run=<run>/   what that run wrote

A run writes its folder first and moves the pointer last, so a crash at any point leaves the old version
readable. Two runs that write the same table at the same time are not supported: the platform's dependencies
keep them apart.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StructType

from .errors import JobError, explain
from .files import Files


class Lake:
    """The lake's tables, below one URI."""

    def __init__(self, spark: SparkSession, root: str):
        if "://" not in root and not root.startswith("file:/"):
            raise JobError(f"--lake {root} is not a URI: file:///…, hdfs://… or gs://…")
        self._spark = spark
        self.files = Files(spark)
        self.root = root.rstrip("/")

    def path(self, table: str) -> str:
        """Returns the folder of the version that readers see. Raises JobError if there is none yet."""
        name = self._current(table)
        if name is None:
            raise JobError(f"there is no table {table} in {self.root}: run the job that writes it first")
        return f"{self.root}/{table}/{name}"

    def read(self, table: str, schema: StructType | None = None) -> DataFrame:
        """Returns the current version of a Parquet table. Raises JobError if there is none yet."""
        reader = self._spark.read
        return (reader.schema(schema) if schema else reader).parquet(self.path(table))

    @contextmanager
    def staged(self, table: str, run: str) -> Iterator[str]:
        """Gives the URI of a folder for a run's version of a table; readers do not see it yet.

        Removes the folder if the block fails. Raises JobError if the disk is full.
        """
        name = f"run={run}"
        if name == self._current(table):
            name += "~"  # the same run again: what readers see now stays until the pointer moves
        folder = f"{self.root}/{table}/{name}"
        self.files.delete(folder)
        try:
            yield folder
        except Exception as error:
            with suppress(Exception):  # what has gone wrong first is what has to be told
                self.files.delete(folder)
            if "No space left on device" in explain(error)[1]:
                raise JobError(
                    f"no space is left on the disk of {folder}: a run writes its whole table before it"
                    " removes the one of the run before, so there has to be room for both. Make room, or name"
                    " a folder on another disk: pulumi config set london-power:workspace /the/folder"
                ) from error
            raise

    def publish(self, table: str, folder: str) -> None:
        """Publishes a staged folder, then removes all other versions."""
        name = folder.rsplit("/", 1)[-1]
        parquet = [
            uri for uri in self.files.under(folder) if uri.endswith(".parquet") and f"/{name}/_" not in uri
        ]
        self.files.replace(f"{self.root}/{table}/_manifest", "".join(f"{uri}\n" for uri in parquet).encode())
        self.files.replace(f"{self.root}/{table}/_current", f"{name}\n".encode())
        for other in self.files.folders(f"{self.root}/{table}"):
            if other != name and other.startswith("run="):
                self.files.delete(f"{self.root}/{table}/{other}")

    def write(self, table: str, run: str, save: Callable[[str], None]) -> str:
        """Stages and publishes in one go; returns the folder's URI."""
        with self.staged(table, run) as folder:
            save(folder)
        self.publish(table, folder)
        return folder

    def write_files(self, table: str, run: str, contents: dict[str, bytes]) -> str:
        """Does the same with small files, name → content, as a whole table; returns the folder's URI."""

        def save(folder: str) -> None:
            for name, content in contents.items():
                self.files.write(f"{folder}/{name}", content)

        return self.write(table, run, save)

    def _current(self, table: str) -> str | None:
        content = self.files.read(f"{self.root}/{table}/_current")
        return content.decode().strip() if content else None
