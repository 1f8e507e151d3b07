"""JupyterHub on one machine: each user has a course of his own, `simlib.server.hub`.

`jupyterhub -f binder/hub/jupyterhub_config.py`, in an environment that has `.[hub]`, in a
folder of its own (the hub keeps its database and secrets there). `README.md` beside this says what
to set first, and why the course is started as it is.
"""

import shutil
import sys

c = get_config()  # noqa: F821  # JupyterHub puts it here

# Behind nginx or Caddy, which know of certificates; never open to the network by itself.
c.JupyterHub.bind_url = "http://127.0.0.1:8000/"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:8081"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:8001"
c.ConfigurableHTTPProxy.command = [shutil.which("configurable-http-proxy") or "chp"]

# Nobody needs an account of the machine: a course runs no code of its reader's.
c.JupyterHub.spawner_class = "simple"
c.Spawner.cmd = [sys.executable, "-m", "simlib.server.hub", "--places", "6"]
c.Spawner.start_timeout = 60
c.Spawner.http_timeout = 60

# Who may come in is the school's to say: set `c.JupyterHub.authenticator_class`, e.g. for its own
# OAuth; until then a hub lets nobody in but those whom it can check and who are listed.
c.Authenticator.allowed_users = set()
c.Authenticator.admin_users = set()

# No page of another site may use a reader's cookies.
c.JupyterHub.tornado_settings = {"cookie_options": {"samesite": "Lax"}}

# A hub forgets the server of who has left the course for an hour; `jupyterhub-idle-culler`.
if shutil.which("jupyterhub-idle-culler"):
    c.JupyterHub.load_roles = [
        {
            "name": "idle-culler",
            "services": ["idle-culler"],
            "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        }
    ]
    c.JupyterHub.services = [
        {"name": "idle-culler", "command": ["jupyterhub-idle-culler", "--timeout=3600"]}
    ]
