"""Secrets from Google's Secret Manager, on servers that give the answers Google documents."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from london_power.common import secret_manager
from london_power.common.documents import Documents, open_database
from london_power.common.errors import JobError
from py4j.protocol import Py4JJavaError
from settings import DATABASE

SECRET = "sm://projects/p/secrets/mongo"
PATH = "/v1/projects/p/secrets/mongo/versions/latest:access"


@pytest.fixture
def google(spark):
    """Answers by path, (status, body) each; notes the headers of each call that came."""
    answers, asked = {}, {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.setdefault(self.path, []).append(dict(self.headers))
            status, body = answers.get(self.path, (404, {"error": {"message": f"Not found: {self.path}"}}))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    spark.conf.set(secret_manager.SETTING, f"http://127.0.0.1:{server.server_port}/")
    yield server.server_port, answers, asked
    spark.conf.unset(secret_manager.SETTING)
    server.shutdown()
    server.server_close()


def payload(text: str) -> tuple[int, dict]:
    return 200, {"payload": {"data": base64.b64encode(text.encode()).decode()}}


def test_an_endpoint_of_ones_own_gives_the_newest_version_and_is_shown_no_token(google):
    _, answers, asked = google
    answers[PATH] = payload("mongodb://a:b@c/\n")
    assert secret_manager.read_secret(SECRET) == "mongodb://a:b@c/\n"
    assert "Authorization" not in asked[PATH][0]


def test_a_machine_of_googles_shows_the_token_of_its_service_account(google, spark, monkeypatch):
    port, answers, asked = google
    spark.conf.unset(secret_manager.SETTING)
    monkeypatch.setenv("GCE_METADATA_HOST", f"127.0.0.1:{port}")
    token = "/computeMetadata/v1/instance/service-accounts/default/token"
    answers[token] = 200, {"access_token": "let-me-in"}
    seen = []
    get = secret_manager._get

    def to_here(url, headers, problem):
        here = url.replace("https://secretmanager.googleapis.com", f"http://127.0.0.1:{port}")
        seen.append(url)
        return get(here, headers, problem)

    monkeypatch.setattr(secret_manager, "_get", to_here)
    answers[PATH] = payload("secret")
    assert secret_manager.read_secret(SECRET) == "secret"
    assert asked[token][0]["Metadata-Flavor"] == "Google"
    assert asked[PATH][0]["Authorization"] == "Bearer let-me-in"
    assert seen[-1] == f"https://secretmanager.googleapis.com{PATH}"


def test_what_google_refuses_is_said(google):
    _, answers, _ = google
    answers[PATH] = 403, {"error": {"message": "Permission 'secretmanager.versions.access' denied"}}
    with pytest.raises(JobError, match=r"cannot read the secret sm://.*mongo: Permission .* denied"):
        secret_manager.read_secret(SECRET)


def test_a_machine_of_nobodys_says_so(spark, monkeypatch):
    monkeypatch.setenv("GCE_METADATA_HOST", "127.0.0.1:1")
    with pytest.raises(JobError, match="this machine has no service account of its own"):
        secret_manager.read_secret(SECRET)


def test_a_name_without_its_project_is_refused():
    with pytest.raises(JobError, match="names no secret: write sm://projects/PROJECT/secrets/NAME"):
        secret_manager.read_secret("sm://mongo")


def test_a_secret_leads_to_the_database_as_a_file_does(google, mongo_uri):
    google[1][PATH] = payload(mongo_uri)
    database = open_database(SECRET, DATABASE)
    assert database.command("ping")["ok"] == 1
    database.client.close()


def test_tasks_ask_for_the_secret_themselves_and_do_not_carry_it(google, mongo_uri, database, spark):
    _, answers, asked = google
    answers[PATH] = payload(mongo_uri)
    store = Documents(SECRET, DATABASE)
    frame = spark.createDataFrame([("a",)], "name string")
    written = store.upsert("data", frame, "r1", lambda row: {"_id": row[0]}, str)
    assert (written.total(), database["data"].count_documents({})) == (1, 1)
    assert len(asked[PATH]) > 1
    answers[PATH] = 403, {"error": {"message": "Permission 'secretmanager.versions.access' denied"}}
    with pytest.raises(Py4JJavaError, match="cannot read the secret"):
        store.upsert("data", frame, "r2", lambda row: {"_id": row[0]}, str)


def test_a_driver_asks_for_its_secret_once(google, mongo_uri, database):
    _, answers, asked = google
    answers[PATH] = payload(mongo_uri)
    Documents(SECRET, DATABASE).put("results", {"_id": "q"})
    assert database["results"].count_documents({}) == 1
    assert len(asked[PATH]) == 1
