#!/usr/bin/env bash
# fetch-connector.sh FOLDER: puts Spark's way to gs:// into a folder of jars. Root fetches it, so that it is taken by its sum;
# of what Google keeps in gs://hadoop-lib no sum is published.
set -euo pipefail

version=hadoop3-2.2.26 # also in tests/fake-google/ivy.xml
sum=cbaa2773283c2237f933f48deb77a6f912619e367b26efe186aee74f4b35d89c
jar=gcs-connector-$version-shaded.jar

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
curl -fsS --retry 3 -o "$scratch/$jar" \
    "https://repo1.maven.org/maven2/com/google/cloud/bigdataoss/gcs-connector/$version/$jar"
echo "$sum  $scratch/$jar" | sha256sum --check --quiet
install -m 644 "$scratch/$jar" "$1/"
