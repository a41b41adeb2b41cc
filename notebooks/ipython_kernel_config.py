"""What Spark's JVM logs goes to Jupyter's own log, not into the cells; what Python prints stays there."""

c = get_config()  # noqa: F821 - IPython puts it there
c.IPKernelApp.capture_fd_output = False
