"""Remote pictures kept beside their seeds: what is fetched, from whom, and what the next build makes of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import container_samples as made
import pytest
from conftest import ArchiveMaker, run_builder

from builder.archive.intake import silent
from builder.config.project import Project
from builder.containers import limits
from builder.site.downloading import DownloadError, DownloadLimits, download, is_public
from builder.site.image_fetching import FetchOutcome, Remote, Run, fetch_all, remote_images

PICTURE = made.png()
WITHIN = DownloadLimits(limits.LARGEST_PICTURE, 20)


class _Answers(BaseHTTPRequestHandler):
    """A server that holds one picture, and misbehaves at every other path."""

    asked: list[str]
    at_once = 0
    most_at_once = 0

    def do_GET(self) -> None:
        """Answer."""
        kind = type(self)
        kind.asked.append(self.path)
        kind.at_once += 1
        kind.most_at_once = max(kind.most_at_once, kind.at_once)
        self._answer(self.path.partition("?")[0])
        kind.at_once -= 1

    def _answer(self, path: str) -> None:
        elsewhere = {"/moved": "/a.png", "/loop": "/loop", "/file": "file:///etc/passwd", "/inside": "http://10.0.0.1/"}
        if path in elsewhere:
            self._head(302, Location=elsewhere[path])
        elif path == "/gone":
            self._head(404)
        elif path == "/slow":
            self._head(200)
            for _ in range(200):
                if self.server.done.wait(0.05):  # type: ignore[attr-defined]  # the test's own
                    break
                self.wfile.write(b"x")
        else:
            data = PICTURE if path == "/a.png" else b"<html>" if path == "/page" else b"x" * 5000
            self._head(200, **{"Content-Length": str(len(data))})
            self.wfile.write(data)

    def _head(self, status: int, **fields: str) -> None:
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    """The address of the server."""
    handler = type("Answers", (_Answers,), {"asked": [], "at_once": 0, "most_at_once": 0})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.done = threading.Event()  # type: ignore[attr-defined]  # the test's own
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.done.set()  # type: ignore[attr-defined]  # as above
        server.shutdown()
        thread.join()


def _run(host: str) -> Run:
    """A run that may ask this server and nobody else, and does not wait."""
    port = int(host.rpartition(":")[2])
    return Run("2026-11-28", gate=lambda address, asked: (address, asked) == ("127.0.0.1", port), pause=lambda _: None)


def _post(archive: ArchiveMaker, *addresses: str) -> tuple[Project, list[Remote]]:
    """An archive of one post that shows pictures, and those that are remote."""
    shown = "\n\n".join(f"![图]({address})" for address in addresses)
    head = "---\ntitle: 钟楼\ndate: 2020-01-01\nurl: https://news.example.cn/a/1.html\n---\n"
    project = archive({"a.md": f"{head}\n{made.BODY}\n\n{shown}\n"})
    return project, remote_images(project, silent, None)


def _shown(project: Project) -> list[str]:
    """Addresses of the pictures of the one article."""
    done = run_builder(project, "convert", "--json", "seeds/a.md")
    return [image["src"] for image in json.loads(done.out)["images"]]


class TestDownload:
    """One file over HTTP."""

    def test_a_file_is_fetched_through_a_redirect(self, host: str) -> None:
        """What stands at the end of redirects that are all allowed comes back byte for byte."""
        gate = _run(host).gate
        assert download(f"{host}/a.png", WITHIN, "t", gate) == download(f"{host}/moved", WITHIN, "t", gate) == PICTURE

    @pytest.mark.parametrize(
        ("path", "reason"),
        [("/loop", "redirects"), ("/file", "address"), ("/inside", "private"), ("/gone", "answer"), ("/big", "large")],
    )
    def test_what_is_not_to_be_had_says_why(self, host: str, path: str, reason: str) -> None:
        """Circles, other schemes, hosts of a private net behind a redirect, errors, and files that are too large."""
        with pytest.raises(DownloadError) as caught:
            download(host + path, DownloadLimits(4000, 20), "t", _run(host).gate)
        assert caught.value.reason == reason

    def test_a_server_that_drips_is_left(self, host: str) -> None:
        """One byte every moment does not hold the run beyond the time for a picture."""
        with pytest.raises(DownloadError) as caught:
            download(f"{host}/slow", DownloadLimits(10**6, 0.3), "t", _run(host).gate)
        assert caught.value.reason == "slow"

    def test_loopback_is_asked_by_nobody_else(self, host: str) -> None:
        """Without the test's own gate the same server is refused, by number and by name."""
        for address in (f"{host}/a.png", host.replace("127.0.0.1", "localhost") + "/a.png"):
            with pytest.raises(DownloadError) as caught:
                download(address, WITHIN, "t")
            assert caught.value.reason == "private"

    @pytest.mark.parametrize("address", ["ftp://example.org/a", "http://u:p@example.org/", "http:///a", "data:,x"])
    def test_other_addresses_are_refused_unasked(self, address: str) -> None:
        """Only http and https, a host, and no password."""
        with pytest.raises(DownloadError) as caught:
            download(address, WITHIN, "t")
        assert caught.value.reason == "address"

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "0.1.2.3", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
         "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:7f00:1::",
         "64:ff9b::7f00:1", "2001:0:7f00:1::"],
    )  # fmt: skip
    def test_private_addresses_are_no_public_ones(self, address: str) -> None:
        """Nor those of IPv6 that carry one of IPv4."""
        assert not is_public(address, 443)

    def test_public_addresses_are(self) -> None:
        """At the web's own ports alone."""
        for address in ("93.184.216.34", "2606:2800:220:1::", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"):
            assert is_public(address, 443)
            assert not is_public(address, 22)


class TestKept:
    """Pictures beside a seed."""

    def test_a_fetched_picture_is_shown_from_then_on(self, host: str, make_archive: ArchiveMaker) -> None:
        """It lies beside its seed with address, day and digest; the page shows it, and nothing is left to fetch."""
        project, remote = _post(make_archive, f"{host}/a.png", f"{host}/gone")
        found = list(fetch_all(project.seeds, remote, _run(host)))
        assert [(each.remote.address, each.reason) for each in found] == [
            (f"{host}/a.png", ""), (f"{host}/gone", "answer"),
        ]  # fmt: skip
        folder = project.seeds / "a.md.pictures"
        (entry,) = json.loads((folder / "pictures.json").read_text(encoding="utf-8"))
        assert (entry["address"], entry["fetched"]) == (f"{host}/a.png", "2026-11-28")
        assert (folder / entry["file"]).read_bytes() == PICTURE
        assert [address.startswith("../pictures/") for address in _shown(project)] == [True, False]

    def test_the_same_is_not_fetched_twice(self, host: str, make_archive: ArchiveMaker) -> None:
        """A second run asks only for what the first did not get; the files stay as they are."""
        project, remote = _post(make_archive, f"{host}/a.png")
        list(fetch_all(project.seeds, remote, _run(host)))
        assert remote_images(project, silent, None) == []

    def test_what_is_no_picture_is_not_kept(self, host: str, make_archive: ArchiveMaker) -> None:
        """A page in a picture's place leaves no file and no folder."""
        project, remote = _post(make_archive, f"{host}/page")
        (outcome,) = fetch_all(project.seeds, remote, _run(host))
        assert outcome.reason == "picture-broken"
        assert not (project.seeds / "a.md.pictures").exists()

    def test_nothing_is_written_through_a_link(self, host: str, make_archive: ArchiveMaker, tmp_path: Path) -> None:
        """A link in the place of the folder is left alone."""
        project, remote = _post(make_archive, f"{host}/a.png")
        (tmp_path / "elsewhere").mkdir()
        (project.seeds / "a.md.pictures").symlink_to(tmp_path / "elsewhere")
        (outcome,) = fetch_all(project.seeds, remote, _run(host))
        assert outcome.reason == "link"
        assert not list((tmp_path / "elsewhere").iterdir())

    def test_a_run_ends_and_asks_one_at_a_time(self, host: str, make_archive: ArchiveMaker) -> None:
        """Beyond the most pictures of a run it stops and says so; between two it waits."""
        project, remote = _post(make_archive, *(f"{host}/a.png?{number}" for number in range(5)))
        waits: list[float] = []
        run = _run(host)
        run.pause, run.most = waits.append, 3
        found: list[FetchOutcome] = list(fetch_all(project.seeds, remote, run))
        assert [each.reason for each in found] == ["", "", "", "enough"]
        assert waits == [1.0, 1.0]

    def test_a_damaged_index_leaves_the_remote_picture(self, make_archive: ArchiveMaker) -> None:
        """An index that is no JSON, or names a file elsewhere, is as none: the build goes on."""
        project, _ = _post(make_archive, "https://pictures.example.cn/a.png")
        folder = project.seeds / "a.md.pictures"
        folder.mkdir()
        entry = {"address": "https://pictures.example.cn/a.png", "written": [], "file": "../../mkdocs.yml"}
        for text in ("{", json.dumps([entry | {"fetched": "2026-01-01", "sha256": "0"}])):
            (folder / "pictures.json").write_text(text, encoding="utf-8")
            assert _shown(project) == ["https://pictures.example.cn/a.png"]

    def test_the_command_asks_no_private_host(self, host: str, make_archive: ArchiveMaker) -> None:
        """As an editor runs it, a picture of this machine is not fetched, in words; an unknown article is said."""
        project, remote = _post(make_archive, f"{host}/a.png")
        done = run_builder(project, "fetch-images", "--from", remote[0].file)
        assert done.code == 1
        assert "127.0.0.1" in done.out
        assert not (project.seeds / "a.md.pictures").exists()
        assert run_builder(project, "fetch-images", "--from", "nobody").code == 2
