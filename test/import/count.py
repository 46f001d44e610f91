#!/usr/bin/env python3
"""Counts the FHIR resources of files and archives with nothing of Ariane's, to check an import report against.

usage: count.py FILE_OR_ARCHIVE...   (.json, .ndjson, .tar.gz)
prints one JSON object per argument: {"file", "resources", "kinds"}; JSON that is no resource counts as "unreadable"
"""
import collections
import json
import sys
import tarfile

NOT_A_RESOURCE = "unreadable"


def count(name, stream, kinds):
    if name.endswith(".ndjson"):
        documents = [json.loads(line) for line in stream if line.strip()]
    else:
        documents = [json.load(stream)]
    for document in documents:
        if document.get("resourceType") == "Bundle":
            for entry in document.get("entry", []):
                kinds[entry["resource"]["resourceType"]] += 1
        else:
            kinds[document.get("resourceType", NOT_A_RESOURCE)] += 1


for path in sys.argv[1:]:
    kinds = collections.Counter()
    if path.endswith((".tar.gz", ".tgz")):
        with tarfile.open(path) as archive:
            for member in archive:
                if member.isfile() and member.name.endswith((".json", ".ndjson")):
                    count(member.name, archive.extractfile(member), kinds)
    else:
        with open(path, "rb") as stream:
            count(path, stream, kinds)
    print(json.dumps({"file": path.rsplit("/", 1)[-1], "resources": sum(kinds.values()), "kinds": dict(sorted(kinds.items()))}))
