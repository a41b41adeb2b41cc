"""Sends the log of Spark's JVM to Jupyter's own log; only the output of Python appears in the cells."""

c = get_config()  # noqa: F821 - IPython puts it there
c.IPKernelApp.capture_fd_output = False
