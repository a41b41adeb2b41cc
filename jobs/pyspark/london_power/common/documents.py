"""MongoDB: bulk upserts from Spark's tasks by a natural key, so that a load never doubles a document."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pymongo import MongoClient, ReplaceOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import ConfigurationError, InvalidURI, OperationFailure, PyMongoError
from pyspark.sql import DataFrame

from . import secret_manager
from .errors import JobError

Document = dict[str, Any]

BATCH = 2000  # documents in a bulk write; a driver's limit is 100,000 and 48 MB, larger ones are no faster
WRITERS = 8  # connections that write at a time, however many cores there are: one server takes it all in
TIMEOUT_MS = 15_000  # for a server to be found: a platform may just be starting its own


class Documents:
    """One database of the MongoDB that a credential file points to (one line, a mongodb:// URI); instead of a
    file, sm://projects/PROJECT/secrets/NAME names a secret of Google's Secret Manager.

    The URI is no argument, no setting and in no log. Tasks read it from where the driver does. Only those of
    a cluster whose driver has a file carry it: on the Swarm the file is the driver's alone, and executors
    that had it would give it to every job and notebook.
    """

    def __init__(self, credentials: str, database: str):
        self._uri = _read_uri(credentials)
        self._credentials = credentials
        self._database = database
        _reach(self._uri, credentials).close()

    def upsert(
        self,
        collection: str,
        frame: DataFrame,
        run: str,
        to_document: Callable[[Any], Document],
        label: Callable[[Document], str],
    ) -> Counter[str]:
        """Writes the frame's rows as documents marked with the run; returns how many for each label. The
        frame's first three columns are, with others perhaps, what the documents' _id begins with.

        A task sends its next batch when the server has taken in the last, and reads no further before that:
        a slow server slows the load down, and fills nobody's memory.
        """
        database = self._database  # not self: a task gets only what it needs
        context = frame.sparkSession.sparkContext
        uri_in_task = self._uri_in_task(context.master or "")

        def load(rows: Iterable[Any]) -> Iterable[Counter[str]]:
            written: Counter[str] = Counter()

            def documents() -> Iterator[Document]:
                for row in rows:
                    document = to_document(row)
                    written[label(document)] += 1
                    yield {**document, "run": run}

            with _connect(uri_in_task()) as client:
                _upsert(client[database][collection], documents())
            yield written

        writers = min(WRITERS, context.defaultParallelism)
        key, *more = frame.columns[:3]
        # In the order of the _id: a tree of keys that grows at its end takes in three times as many a second
        # as one that grows all over, and the embedded server's file is a tenth.
        ordered = frame.repartition(writers, key).sortWithinPartitions(key, *more)
        return sum(ordered.rdd.mapPartitions(load).collect(), Counter())

    def _uri_in_task(self, master: str) -> Callable[[], str]:
        """How a task comes to the URI; with no more of it in the task than has to be."""
        credentials = self._credentials
        if credentials.startswith(secret_manager.SCHEME):
            return partial(_read_uri, credentials, secret_manager.own_endpoint())
        if master.startswith("local"):
            return partial(_read_uri, credentials)
        uri = self._uri
        return lambda: uri

    def put(self, collection: str, document: Document) -> None:
        """Stores one document in place of that with its _id."""
        with _connect(self._uri) as client:
            _upsert(client[self._database][collection], [document])

    def find(self, collection: str, condition: Document) -> list[Document]:
        with _connect(self._uri) as client:
            return list(client[self._database][collection].find(condition))

    def is_empty(self, collection: str) -> bool:
        with _connect(self._uri) as client:
            return client[self._database][collection].find_one() is None

    def delete(self, collection: str, condition: Document) -> None:
        with _connect(self._uri) as client:
            client[self._database][collection].delete_many(condition)

    def replace_result(self, question: str, run: str, body: Document) -> None:
        """Stores one result in `results`; older runs' go after the new one is there, so readers always find
        one.
        """
        self.put("results", {"_id": f"{question}|{run}", "question": question, "run": run, **body})
        self.delete("results", {"question": question, "run": {"$ne": run}})


def open_database(credentials: str, database: str) -> Database[Document]:
    """The same database through pymongo, for what is small enough to pass through one process.

    Raises JobError, which never shows the URI, where it cannot be used.
    """
    return _reach(_read_uri(credentials), credentials)[database]


def _reach(uri: str, credentials: str) -> MongoClient[Document]:
    """A client whose server has answered; errors name the credentials, not the URI."""
    client = _connect(uri)
    try:
        client.admin.command("ping")
    except PyMongoError as error:
        client.close()
        if isinstance(error, OperationFailure):
            problem = f"MongoDB refused the user of {credentials}: {(error.details or {}).get('errmsg', '')}"
        else:
            problem = f"cannot reach the MongoDB of {credentials}: {str(error)[:300]}"
        raise JobError(problem) from None
    return client


def _read_uri(credentials: str, endpoint: str | None = None) -> str:
    path = Path(credentials)
    if credentials.startswith(secret_manager.SCHEME):
        uri = secret_manager.read_secret(credentials, endpoint).strip()
    elif path.is_file():
        uri = path.read_text(encoding="utf-8").strip()
    else:
        raise JobError(
            f"there is no credential file {credentials}: the platform writes it, see its documents part"
        )
    if not uri.startswith(("mongodb://", "mongodb+srv://")):
        raise JobError(f"{credentials} does not hold a mongodb:// URI")
    return uri


def _connect(uri: str) -> MongoClient[Document]:
    try:
        return MongoClient(uri, serverSelectionTimeoutMS=TIMEOUT_MS, tz_aware=True)
    except (InvalidURI, ConfigurationError, ValueError):
        # The cause may quote the URI, password and all: it goes no further.
        raise JobError(
            "the MongoDB URI in the credential file is malformed: check user, password, host"
        ) from None


def _upsert(collection: Collection[Document], documents: Iterable[Document]) -> None:
    remaining = iter(documents)
    while batch := [ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in islice(remaining, BATCH)]:
        collection.bulk_write(batch, ordered=False)
