"""Jupyter: the token comes from a file, and nobody gets in without it."""

from pathlib import Path

c = get_config()  # noqa: F821 - Jupyter puts it there
c.ServerApp.ip = "0.0.0.0"
c.ServerApp.port = 8888
c.ServerApp.open_browser = False
c.ServerApp.root_dir = "/work"
c.ServerApp.quit_button = False
c.ServerApp.allow_remote_access = True
c.IdentityProvider.token = Path("/run/secrets/jupyter-token").read_text(encoding="utf-8").strip()
