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
    """A database of the MongoDB in a credential file, which has one line with a mongodb:// URI. Instead of a
    file, sm://projects/PROJECT/secrets/NAME names a secret of Google's Secret Manager.

    The URI is never an argument, a setting or part of a log. Tasks read it from the same place as the driver.
    Only on a cluster whose driver has a file do tasks contain it: on the Swarm, executors with the file would
    give every job and notebook access to it.
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
        """Writes the frame's rows as documents with the id of the run; returns their number for each label.
        The documents' _id starts with the frame's first three columns, perhaps among others.

        A task sends its next batch and reads on only after the server has stored the last one: a slow server
        slows the load down, but does not fill the memory.
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
        # In the order of the _id: the server's index grows at its end, which is three times as fast as
        # inserting everywhere, and the embedded server's file is a tenth as large.
        ordered = frame.repartition(writers, key).sortWithinPartitions(key, *more)
        return sum(ordered.rdd.mapPartitions(load).collect(), Counter())

    def _uri_in_task(self, master: str) -> Callable[[], str]:
        """Returns how a task gets the URI; the task itself contains it only if there is no other way."""
        credentials = self._credentials
        if credentials.startswith(secret_manager.SCHEME):
            return partial(_read_uri, credentials, secret_manager.own_endpoint())
        if master.startswith("local"):
            return partial(_read_uri, credentials)
        uri = self._uri
        return lambda: uri

    def put(self, collection: str, document: Document) -> None:
        """Stores a document; one with the same _id is replaced."""
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
        """Stores a result in `results`, then deletes the results of older runs, so that readers always find
        one.
        """
        self.put("results", {"_id": f"{question}|{run}", "question": question, "run": run, **body})
        self.delete("results", {"question": question, "run": {"$ne": run}})


def open_database(credentials: str, database: str) -> Database[Document]:
    """Opens the same database through pymongo, for data that are small enough for one process.

    Raises JobError, which never shows the URI, if the database cannot be used.
    """
    return _reach(_read_uri(credentials), credentials)[database]


def _reach(uri: str, credentials: str) -> MongoClient[Document]:
    """Returns a client whose server has answered; errors name the credentials, not the URI."""
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
        # The cause may quote the URI with its password, so it is not passed on.
        raise JobError(
            "the MongoDB URI in the credential file is malformed: check user, password, host"
        ) from None


def _upsert(collection: Collection[Document], documents: Iterable[Document]) -> None:
    remaining = iter(documents)
    while batch := [ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in islice(remaining, BATCH)]:
        collection.bulk_write(batch, ordered=False)
