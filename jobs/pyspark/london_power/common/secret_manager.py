"""Reads secrets of Google Cloud's Secret Manager with the rights of this machine."""

import base64
import json
import os
import re
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from pyspark.sql import SparkSession

from .errors import JobError

SCHEME = "sm://"
# Base URL of a server in place of Google's, which needs no token; a platform with such a server sets it.
SETTING = "spark.londonPower.googleEndpoint"
_METADATA = "http://{}/computeMetadata/v1/instance/service-accounts/default/token"
_NAME = re.compile(r"projects/[^/]+/secrets/[\w-]+")
_TIMEOUT = 20  # seconds


def read_secret(uri: str, endpoint: str | None = None) -> str:
    """Returns the newest version of the secret sm://projects/PROJECT/secrets/NAME.

    A task has no session and gets the driver's `own_endpoint()`. Raises JobError with Google's message.
    """
    name = uri.removeprefix(SCHEME)
    if not _NAME.fullmatch(name):
        raise JobError(f"{uri} names no secret: write {SCHEME}projects/PROJECT/secrets/NAME")
    endpoint = own_endpoint() if endpoint is None else endpoint
    headers = {} if endpoint else {"Authorization": f"Bearer {_token(uri)}"}
    url = f"{endpoint or 'https://secretmanager.googleapis.com'}/v1/{name}/versions/latest:access"
    answer = _get(url, headers, f"cannot read the secret {uri}")
    return base64.b64decode(answer["payload"]["data"]).decode()


def own_endpoint() -> str:
    """Returns this session's base URL of the server in place of Google's; "" for Google's own."""
    session = SparkSession.getActiveSession()
    setting = session.conf.get(SETTING, "") if session else None
    return (setting or "").rstrip("/")


def _token(uri: str) -> str:
    """Returns the token of this machine's service account, from Google's metadata server."""
    host = os.environ.get("GCE_METADATA_HOST", "metadata.google.internal")
    problem = f"{uri} is a secret of Google Cloud, and this machine has no service account of its own"
    return _get(_METADATA.format(host), {"Metadata-Flavor": "Google"}, problem)["access_token"]


def _get(url: str, headers: dict[str, str], problem: str) -> dict[str, Any]:
    try:
        with urlopen(Request(url, headers=headers), timeout=_TIMEOUT) as answer:
            return json.load(answer)
    except HTTPError as error:
        # Google's message names the missing right and its resource.
        raise JobError(f"{problem}: {_said(error)}") from None
    except URLError as error:
        raise JobError(f"{problem}: {error.reason}") from None


def _said(error: HTTPError) -> str:
    try:
        return json.load(error)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        return f"{error.code} {error.reason}"
