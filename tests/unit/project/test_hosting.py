"""The files for each way of hosting agree with each other, with the app and with docs/hosting.md."""

from __future__ import annotations

import ast
import fnmatch
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml

from ser_core import __version__
from ser_core.audio.limits import DEFAULT_LIMITS
from tests.harness.paths import ROOT, SAD_VOICE
from ui.shell.web_server import security_headers

PORT = "8501"
HEALTH = "/_stcore/health"

# Modules that import these are used for training only. No page imports them.
TRAINING_ONLY = {"keras"}
OPTIONAL = {"kagglehub", "distributed", "fsspec"}
# The metadata of this package do not name its module.
UNNAMED_MODULES = {"parselmouth": ["praat-parselmouth"]}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return parsed


@pytest.fixture(scope="module")
def kubernetes() -> dict[str, Any]:
    return {document["kind"]: document for document in yaml.safe_load_all(text("deploy/kubernetes.yaml"))}


def test_every_file_names_the_same_port(compose: dict[str, Any], kubernetes: dict[str, Any]) -> None:
    assert f"EXPOSE {PORT}\n" in text("Dockerfile")
    assert f"--server.port={PORT}" in text("Dockerfile")
    assert compose["services"]["app"]["expose"] == [PORT]
    assert f"dynamic a app {PORT}" in text("deploy/Caddyfile")
    assert f"proxy_pass http://127.0.0.1:{PORT};" in text("deploy/nginx.conf")
    assert f"--server.port={PORT}" in text("deploy/how-does-it-sound.service")
    (container,) = kubernetes["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["ports"] == [{"containerPort": int(PORT)}]
    assert kubernetes["Service"]["spec"]["ports"] == [{"port": 80, "targetPort": int(PORT)}]


def test_every_health_check_uses_the_address_of_streamlit(kubernetes: dict[str, Any]) -> None:
    assert f"http://localhost:{PORT}{HEALTH}'" in text("Dockerfile")
    (container,) = kubernetes["Deployment"]["spec"]["template"]["spec"]["containers"]
    probes = [container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")]
    assert probes == [{"path": HEALTH, "port": int(PORT)}] * 3


def test_the_proxies_and_the_app_have_the_same_upload_limit() -> None:
    limit_mb = tomllib.loads(text(".streamlit/config.toml"))["server"]["maxUploadSize"]
    assert limit_mb * 2**20 == DEFAULT_LIMITS.max_bytes
    assert f"max_size {limit_mb}MiB" in text("deploy/Caddyfile")
    assert f"client_max_body_size {limit_mb}m;" in text("deploy/nginx.conf")
    assert f"{limit_mb} MB" in text("docs/hosting.md")


def test_a_visitor_stays_on_one_of_several_copies(compose: dict[str, Any], kubernetes: dict[str, Any]) -> None:
    assert compose["services"]["app"]["deploy"]["replicas"] > 1
    assert "lb_policy cookie" in text("deploy/Caddyfile")
    annotations = kubernetes["Service"]["metadata"]["annotations"]
    assert annotations["traefik.ingress.kubernetes.io/service.sticky.cookie"] == "true"


def test_nothing_runs_as_root(compose: dict[str, Any], kubernetes: dict[str, Any]) -> None:
    stage = text("Dockerfile").split("\nFROM ")[-1]
    assert stage.index("\nUSER 10001\n") < stage.index("\nCMD ")
    assert compose["services"]["app"]["cap_drop"] == ["ALL"]
    pod = kubernetes["Deployment"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == 10001
    assert "DynamicUser=yes" in text("deploy/how-does-it-sound.service")


def test_the_pods_have_no_rights_that_they_do_not_need(kubernetes: dict[str, Any]) -> None:
    pod = kubernetes["Deployment"]["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    (container,) = pod["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    # The folders that can be written.
    assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/home/app/.cache", "/tmp"}
    assert {volume["name"] for volume in pod["volumes"]} == {mount["name"] for mount in container["volumeMounts"]}


def test_the_pods_reach_only_public_addresses_and_dns(kubernetes: dict[str, Any]) -> None:
    policy, labels = kubernetes["NetworkPolicy"]["spec"], kubernetes["Service"]["spec"]["selector"]
    assert policy["podSelector"]["matchLabels"] == labels
    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert [rule["ports"] for rule in policy["ingress"]] == [[{"port": int(PORT)}]]
    dns, public = policy["egress"]
    assert {port["port"] for port in dns["ports"]} == {53}
    (target,) = public["to"]
    assert {"10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"} <= set(target["ipBlock"]["except"])


def test_only_two_folders_of_a_container_can_be_written(compose: dict[str, Any]) -> None:
    assert compose["services"]["app"]["read_only"] is True
    folders = {mount.split(":")[0] for mount in compose["services"]["app"]["tmpfs"]}
    assert folders == {"/home/app/.cache", "/tmp"}


def test_the_proxies_add_the_apps_headers_to_their_own_responses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SER_FRAME_ANCESTORS", raising=False)
    for name, value in security_headers().items():
        assert re.search(rf'\?{name} "?{re.escape(value)}"?\n', text("deploy/Caddyfile")), name
        (variable,) = re.findall(rf"add_header {name} (\$\w+) always;", text("deploy/nginx.conf"))
        (block,) = re.findall(rf"map \$\w+ {re.escape(variable)} {{(.*?)}}", text("deploy/nginx.conf"), re.DOTALL)
        assert re.search(rf"'' \"?{re.escape(value)}\"?;", block), name


def test_the_proxies_limit_requests_connections_and_bodies() -> None:
    nginx = text("deploy/nginx.conf")
    zones = set(re.findall(r"limit_(?:req|conn)_zone \$binary_remote_addr zone=(\w+):", nginx))
    assert zones == set(re.findall(r"limit_(?:req zone=|conn )(\w+)", nginx))
    assert len(zones) == 4
    assert "client_max_body_size 64k;" in nginx
    # Caddy's standard build cannot limit the rate of requests.
    for limit in ("max_size 64KB", "max_conns_per_host 500", "read_header 10s", "max_header_size 16KB"):
        assert limit in text("deploy/Caddyfile")


def test_each_file_that_names_an_image_says_how_to_pin_its_digest() -> None:
    for name in ("Dockerfile", "compose.yaml", "deploy/kubernetes.yaml"):
        assert "@sha256:DIGEST" in text(name)


def test_the_server_does_not_watch_its_files() -> None:
    assert tomllib.loads(text(".streamlit/config.toml"))["server"]["fileWatcherType"] == "none"
    # How a developer and a host get the new code.
    assert "--server.fileWatcherType=auto" in text("CONTRIBUTING.md")
    assert "Reboot app" in text("docs/hosting.md")


def test_every_contacted_address_is_documented() -> None:
    sources = [text(f"{name}.py") for name in ("ser_core/samples/settings", "ui/live/ice_servers")]
    hosts = {host for source in sources for host in re.findall(r"(?:https://|stun:)([\w.-]+)", source)}
    assert len(hosts) >= 5
    assert {host for host in hosts if f"`{host}`" not in text("docs/hosting.md")} == set()


def test_the_image_has_this_version_and_each_copy_has_one_gigabyte(
    compose: dict[str, Any], kubernetes: dict[str, Any]
) -> None:
    (container,) = kubernetes["Deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["image"].endswith(f":{__version__}")
    assert container["resources"]["limits"]["memory"] == "1Gi"
    assert compose["services"]["app"]["deploy"]["resources"]["limits"]["memory"] == "1g"
    assert "MemoryMax=1G" in text("deploy/how-does-it-sound.service")


def test_files_that_are_mounted_or_copied_exist(compose: dict[str, Any]) -> None:
    volumes = [volume.split(":")[0] for volume in compose["services"]["proxy"]["volumes"]]
    mounted = [volume for volume in volumes if volume.startswith("./")]
    named = re.findall(r"`(deploy/[\w.-]+|tools/[\w.-]+|tests/[\w./-]+)`", text("docs/hosting.md"))
    assert all((ROOT / path).is_file() for path in (*mounted, *named))


def test_the_image_holds_only_the_files_that_are_served() -> None:
    lines = [line for line in text(".dockerignore").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    included = {line[1:] for line in lines if line.startswith("!")}
    assert all((ROOT / path).exists() for path in included)
    imported = {path.name for path in ROOT.iterdir() if path.is_dir() and list(path.glob("*.py"))}
    assert imported - {"tests", "tools", "benchmarks"} <= included
    assert not [path for path in included if fnmatch.fnmatch(path, "*secret*") or path.startswith((".git", "runs"))]


def test_the_image_has_the_command(tmp_path: Path) -> None:
    assert "RUN ln -s /app/deploy/ser /usr/local/bin/ser\n" in text("Dockerfile")
    assert "!deploy/ser" in text(".dockerignore").splitlines()
    assert os.access(ROOT / "deploy" / "ser", os.X_OK)
    # A folder with recordings may have anything else in it.
    (tmp_path / "numpy.py").write_text("raise SystemExit('the wrong module')")
    (tmp_path / "clip.wav").write_bytes(SAD_VOICE.read_bytes())
    script = text("deploy/ser").replace("/app", str(ROOT))
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    result = subprocess.run(
        ["sh", "-c", script, "ser", "predict", "clip.wav"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("clip.wav: ")


def requirement_names(requirements: str) -> set[str]:
    lines = [re.split(r"[=;\[ ]", line)[0] for line in text(requirements).splitlines() if "==" in line]
    return {line.lower().replace("_", "-") for line in lines}


def test_every_requirement_is_pinned_once() -> None:
    serving, training = requirement_names("requirements-serve.txt"), requirement_names("requirements.txt")
    assert not serving & training
    assert not any("tensorflow" in name or name == "keras" for name in serving)
    assert "-r requirements-serve.txt" in text("requirements.txt").splitlines()


def test_each_import_of_the_app_is_pinned_for_serving() -> None:
    pinned, distributions = (
        requirement_names("requirements-serve.txt"),
        dict(packages_distributions()) | UNNAMED_MODULES,
    )
    missing = {
        f"{file.relative_to(ROOT)}: {package}"
        for folder in ("ui", "pages", "ser_core")
        for file in (ROOT / folder).rglob("*.py")
        for package in _imported_packages(file)
        if not {name.lower().replace("_", "-") for name in distributions.get(package, [])} & pinned
    }
    assert missing == set()


def _imported_packages(file: Path) -> set[str]:
    """Return the third-party packages that a file imports; an empty set for a file of the training."""
    packages: set[str] = set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    type_checks = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    # Imports for the type checker do not run.
    skipped = {id(node) for type_check in type_checks for node in ast.walk(type_check)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            packages.add(node.module.split(".")[0])
    if packages & TRAINING_ONLY:
        return set()
    return packages - set(sys.stdlib_module_names) - {"ser_core", "ui", "pages"} - OPTIONAL


def setting_names() -> set[str]:
    """Return the environment variables and secrets that the code reads."""
    sources = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("ui", "pages", "ser_core")
        for file in (ROOT / folder).rglob("*.py")
    )
    return set(re.findall(r"[\"']((?:SER|CLOUDFLARE|TWILIO)_[A-Z_]+)[\"']", sources))


def test_every_setting_is_documented() -> None:
    documented = set(re.findall(r"`((?:SER|CLOUDFLARE|TWILIO)_[A-Z_]+)=?`", text("docs/hosting.md")))
    assert "SER_DATA_DIR" in documented
    assert documented == setting_names()


def test_compose_passes_on_every_setting_except_folders(compose: dict[str, Any]) -> None:
    folders = {"SER_DATA_DIR", "SER_SAMPLES_CACHE"}
    assert set(compose["services"]["app"]["environment"]) == setting_names() - folders
    # The host sets the values. A secret is not a part of the project.
    assert not any(compose["services"]["app"]["environment"].values())


def test_the_law_is_explained() -> None:
    hosting = text("docs/hosting.md")
    assert "article 5(1)(f)" in hosting
    assert "controller" in hosting
