"""Checks the manifests of docs/scale.md against their schemas: that of Kubernetes, and the service model of AWS Batch.

    python3 -m venv target/schemas && target/schemas/bin/pip install kubernetes-validate botocore
    target/schemas/bin/python benches/scale/schemas.py
"""

import json
import re
from pathlib import Path

import botocore
import kubernetes_validate
import yaml
from botocore.session import Session
from botocore.validate import ParamValidator

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scale.md").read_text(encoding="utf-8")


def block(heading, kind):
    """The first block of code of a kind below a heading."""
    section = PAGE.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    return re.search(rf"^```{kind}\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)[1]


def main():
    newest = kubernetes_validate.latest_version()
    kubernetes_validate.validate(yaml.safe_load(block("Kubernetes", "yaml")), newest, strict=True)
    print(f"the Job is one of Kubernetes {newest}")
    model = Session().get_service_model("batch").operation_model("RegisterJobDefinition")
    definition = json.loads(block("AWS Batch", "json"))
    report = ParamValidator().validate(definition, model.input_shape)
    assert not report.has_errors(), report.generate_report()
    known = set(model.input_shape.members)
    assert set(definition) <= known, set(definition) - known
    print(f"the job definition is one of AWS Batch as botocore {botocore.__version__} knows it")


main()
