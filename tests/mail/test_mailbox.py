"""K8: mailboxes of every kind, recoded in a stream, and what stops a run or does not."""

from __future__ import annotations

import base64
import io
import json
import mailbox
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recodec import OptionError, UnknownCharsetError, VerificationError, encode, mail
from recodec.mail import _batches, _folders, _mailbox, _mbox, recode_mailbox

FROM = b"From a@example.org Mon Jul  6 10:00:00 2026\n"
WORD, UTF8_WORD = b"=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?=", b"=?UTF-8?B?5bGx55Sw?="
JIS = b"Subject: " + WORD + b"\n\nbody\n"

# For mailboxes of some megabytes and few messages: progress is told once a megabyte.
LONG = FROM + JIS + b"padding to make it longer\n" * 400 + b"\n"


def jis(text):
    return encode(text, "cp50221")


def part(charset, data, cte="7bit"):
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {cte}\n\n"
    return head.encode() + data


def run(tmp_path, data, name="in.mbox", **options):
    source, target = tmp_path / name, tmp_path / "out"
    source.write_bytes(data)
    report = recode_mailbox(source, target, **options)
    assert source.read_bytes() == data
    return report, target.read_bytes()


def leftovers(folder):
    return [one for one in os.listdir(folder) if "recodec" in one]


# -- mbox ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_k8_mbox(tmp_path, eol):
    data = (FROM + JIS + b"\n" + FROM + b"Subject: plain\n\nx\n\n" + FROM + JIS).replace(b"\n", eol)
    report, out = run(tmp_path, data)
    assert out == data.replace(WORD, UTF8_WORD)
    assert (report.format, report.messages, report.changed) == ("mbox", 3, 2)
    assert (report.bytes_in, report.bytes_out) == (len(data), len(out))
    assert not leftovers(tmp_path)


_BODIES_WITH_FROM = {
    "prose": b"\nFrom here it is far\nand so on\n",
    "prose-with-a-time": b"\nFrom me at 10:30 we went\non and on\n",
    "no-blank-line": b"x\n" + FROM + b"Subject: y\n",
    "quoted": b"\n>From a@example.org Mon Jul  6 10:00:00 2026\n",
}


@pytest.mark.parametrize("name", _BODIES_WITH_FROM)
def test_k8_from_in_a_body(tmp_path, name):
    body = _BODIES_WITH_FROM[name]
    data = FROM + b"Subject: " + WORD + b"\n\n" + body + b"\n" + FROM + JIS
    report, out = run(tmp_path, data)
    assert report.messages == 2
    assert out == data.replace(WORD, UTF8_WORD)


def test_k8_content_length(tmp_path):
    """mboxcl2 quotes nothing: a whole message inside a body, by its length."""
    body = b"forwarded:\n\n" + FROM + b"Subject: inner\n\ninner\n"
    inner = FROM + b"Content-Length: %d\nSubject: x\n\n" % len(body) + body + b"\n"
    report, out = run(tmp_path, inner + FROM + JIS)
    assert report.messages == 2
    assert out == (inner + FROM + JIS).replace(WORD, UTF8_WORD)


def test_k8_content_length_is_mended(tmp_path):
    body = jis("本文です。\n")
    head = part("iso-2022-jp", b"")
    data = FROM + b"Content-Length: %d\n" % len(body) + head + body + b"\n" + FROM + JIS
    _, out = run(tmp_path, data)
    coded = base64.b64encode("本文です。\n".encode()) + b"\n"
    assert b"Content-Length: %d\n" % len(coded) in out and coded in out
    assert recode_mailbox(tmp_path / "out", tmp_path / "again").changed == 0


def test_k8_wrong_content_length_is_not_believed(tmp_path):
    data = FROM + b"Content-Length: 999999\n" + JIS + b"\n" + FROM + JIS
    report, out = run(tmp_path, data)
    assert report.messages == 2 and out == data.replace(WORD, UTF8_WORD)


def test_k8_quoting_inside_what_becomes_base64(tmp_path):
    """mboxrd: the ">" is the mailbox's, and would stay for ever inside base64."""
    data = FROM + b"X: y\n" + part("iso-2022-jp", jis("本文\n") + b">From x\n>>From y\n") + b"\n"
    _, out = run(tmp_path, data)
    assert base64.b64encode("本文\nFrom x\n>From y\n".encode()) in out
    (tmp_path / "out").rename(tmp_path / "first")
    _, back = run(tmp_path, out, name="back.mbox", to="iso-2022-jp")
    assert jis("本文\n") + b">From x\n>>From y\n" in back


def test_k8_attachments_and_order(tmp_path):
    blob = base64.encodebytes(bytes(range(256)) * 40)
    messages = [
        b"Message-ID: <%d@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" % number
        + part("iso-2022-jp", jis(f"本文{number}\n"))
        + b"\n--b\nContent-Type: application/x; name="
        + WORD
        + b"\nContent-Transfer-Encoding: base64\n\n"
        + blob
        + b"\n--b--\n"
        for number in range(50)
    ]
    report, out = run(tmp_path, b"".join(FROM + one + b"\n" for one in messages))
    assert (report.messages, report.changed, report.problem_count) == (50, 50, 0)
    assert out.count(blob) == 50
    box = mailbox.mbox(tmp_path / "out")
    assert [one["Message-ID"] for one in box] == [f"<{number}@x>" for number in range(50)]
    first = mail.parse(box.get_bytes(0))
    box.close()
    assert first.text == "本文0\n" and first.attachments[0].filename == "山田"


def test_k8_state_never_leaks(tmp_path):
    """A message that ends inside two-byte text or an open part says nothing about the next."""
    open_state = b"Subject: \x1b$B;3\n" + part("iso-2022-jp", b"\x1b$B;3ED\n")
    open_part = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"
    plain = b"Subject: $B;3 \n\n--b\n;3ED\n"
    data = FROM + open_state + b"\n" + FROM + open_part + b"\n" + FROM + plain + b"\n"
    _, out = run(tmp_path, data)
    assert out.endswith(FROM + plain + b"\n")


def test_k8_long_messages_are_passed_on(tmp_path, monkeypatch):
    monkeypatch.setattr(_mbox, "LARGE", 20_000)
    monkeypatch.setattr(_mbox, "_BLOCK", 4_000)
    monkeypatch.setattr(_mailbox, "LARGE", 20_000)
    blob = (b"A" * 76 + b"\n") * 2000
    long = (
        b"Subject: " + WORD + b"\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        + part("iso-2022-jp", jis("本文\n")) + b"\n--b\nContent-Type: image/png\n\n" + blob
        + b"\n--b\n" + part("iso-2022-jp", jis("後\n")) + b"\n--b--\n"
    )  # fmt: skip
    data = FROM + JIS + b"\n" + FROM + long + b"\n" + FROM + JIS + b"\n"
    report, out = run(tmp_path, data)
    assert report.messages == 3 and blob in out and jis("後\n") in out
    assert out.count(UTF8_WORD) == 3 and jis("本文\n") not in out
    for name in ("one.eml",):
        (tmp_path / name).write_bytes(long)
        report = recode_mailbox(tmp_path / name, tmp_path / f"{name}.out")
        new = (tmp_path / f"{name}.out").read_bytes()
        assert blob in new and new.endswith(long[-200:]) and UTF8_WORD in new


def test_k8_a_bad_message_is_copied_and_listed(tmp_path, monkeypatch):
    def breaks(data, output, **options):
        if b"bad" in data:
            raise ZeroDivisionError("of a defect")
        return original(data, output, **options)

    original = _batches.recode_bytes
    monkeypatch.setattr(_batches, "recode_bytes", breaks)
    data = FROM + JIS + b"\n" + FROM + b"X: bad\n" + JIS + b"\n" + FROM + JIS + b"\n"
    report, out = run(tmp_path, data)
    assert out.count(WORD) == 1 and out.count(UTF8_WORD) == 2
    (problem,) = report.problems
    assert (problem.index, problem.offset) == (1, data.index(b"X: bad") - len(FROM))
    assert "ZeroDivisionError" in problem.reason


@pytest.mark.parametrize("data", [b"", b"\n", FROM, FROM + b"\n", FROM + FROM, b"just text\n"])
def test_k8_odd_files(tmp_path, data):
    assert run(tmp_path, data)[1] == data


_PIECES = st.sampled_from(
    [FROM, FROM.replace(b"\n", b"\r\n"), JIS, b"\n", b"\r\n", b"From ", b">From x\n", b"x: y\n",
     b"Content-Length: 7\n", b"text 10:00\n", b"\n\n", b"From me at 9:00\nx: y\n", b"\0\xff"]
)  # fmt: skip


@settings(suppress_health_check=list(HealthCheck), max_examples=min(settings().max_examples, 300))
@given(data=st.lists(_PIECES, max_size=30).map(b"".join), block=st.sampled_from([1, 50, 1 << 20]))
def test_k8_nothing_is_lost(data, block):
    """Any bytes come out of the splitter as they went in, whatever the size of its blocks."""
    import io

    before = _mbox._BLOCK
    _mbox._BLOCK = block
    try:
        out = []
        for one in _mbox.stored_messages(io.BytesIO(data)):
            out += one.line, one.data, one.end, *(one.rest or ())
        assert b"".join(out) == data
    finally:
        _mbox._BLOCK = before


def test_k8_processes_give_the_same(tmp_path):
    data = b"".join(FROM + b"X: %d\n" % number + JIS + b"\n" for number in range(300))
    _, out = run(tmp_path, data)
    report = recode_mailbox(tmp_path / "in.mbox", tmp_path / "two", jobs=2)
    assert (tmp_path / "two").read_bytes() == out and report.changed == 300


# -- Safety ----------------------------------------------------------------------------------------


def test_in_place(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(FROM + JIS)
    path.chmod(0o640)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    mode = path.stat().st_mode
    recode_mailbox(path, path)
    assert path.read_bytes() == FROM + JIS.replace(WORD, UTF8_WORD)
    assert path.stat().st_mode == mode and path.stat().st_mtime == 1_000_000_000
    assert os.listdir(tmp_path) == ["box"]


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "a").write_bytes(FROM + JIS)
    (tmp_path / "b").write_bytes(b"precious")
    with pytest.raises(FileExistsError):
        recode_mailbox(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"precious"


def test_calls_that_make_no_sense(tmp_path):
    (tmp_path / "a").write_bytes(FROM + JIS)
    with pytest.raises(UnknownCharsetError):
        recode_mailbox(tmp_path / "a", tmp_path / "b", "no-such")
    with pytest.raises(OptionError):
        recode_mailbox(tmp_path / "a", tmp_path / "b", unencodable="drop")
    with pytest.raises(FileNotFoundError):
        recode_mailbox(tmp_path / "none", tmp_path / "b")
    with pytest.raises(FileExistsError):
        recode_mailbox(tmp_path, tmp_path / "inside")
    assert os.listdir(tmp_path) == ["a"]


def test_a_mailbox_that_changes_meanwhile(tmp_path):
    path = tmp_path / "box"
    path.write_bytes(LONG * 300)

    def deliver(done, total, messages):
        with path.open("ab") as file:
            file.write(FROM + JIS)

    with pytest.raises(VerificationError):
        recode_mailbox(path, tmp_path / "out", progress=deliver)
    assert not (tmp_path / "out").exists()


def test_progress(tmp_path):
    seen = []
    data = LONG * 400
    run(tmp_path, data, progress=lambda *args: seen.append(args))
    assert seen == sorted(seen) and len(seen) >= 3
    assert seen[-1] == (len(data), len(data), 400)


class _Stop(Exception):
    pass


def _stop_half_way(source, target):
    def stop(done, total, messages):
        if done > total / 2:
            raise _Stop

    with pytest.raises(_Stop):
        recode_mailbox(source, target, progress=stop)


def test_a_stopped_run_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(_mailbox, "_CHECKPOINT", 200_000)
    data = b"".join(LONG.replace(b"Subject", b"X: %d\nSubject" % one) for one in range(300))
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(data)
    _stop_half_way(source, target)
    assert not target.exists() and len(leftovers(tmp_path)) == 2
    report = recode_mailbox(source, target)
    assert report.resumed and (report.messages, report.changed) == (300, 300)
    assert target.read_bytes() == data.replace(WORD, UTF8_WORD)
    assert (report.bytes_in, report.bytes_out) == (len(data), target.stat().st_size)
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("change", ["options", "source", "part", "state"])
def test_a_state_that_does_not_fit_is_not_used(tmp_path, monkeypatch, change):
    monkeypatch.setattr(_mailbox, "_CHECKPOINT", 200_000)
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(LONG * 300)
    _stop_half_way(source, target)
    if change == "source":
        os.utime(source)
    for name in leftovers(tmp_path):
        if name.endswith(_mailbox.PART) and change == "part":
            (tmp_path / name).write_bytes(b"")
        if name.endswith(_mailbox.STATE) and change == "state":
            (tmp_path / name).write_text(json.dumps({"read": 10}))
    to = "iso-2022-jp" if change == "options" else "utf-8"
    report = recode_mailbox(source, target, to)
    assert not report.resumed and report.messages == 300


@pytest.mark.skipif(os.name == "nt", reason="what is open stays there on Windows")
def test_what_is_of_no_use_to_the_next_run_goes(tmp_path, monkeypatch):
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(LONG * 300)
    before = os.listdir(tmp_path)

    def stop(done, total, messages):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        recode_mailbox(source, target, progress=stop)
    assert os.listdir(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="needs a second process by fork")
def test_two_runs_at_once(tmp_path):
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(LONG * 300)
    second = []

    def start_another(done, total, messages):
        if not second:
            call = "import sys; from recodec.mail import recode_mailbox as f; f(*sys.argv[1:])"
            command = [sys.executable, "-c", call, str(source), str(target)]
            second.append(subprocess.run(command, capture_output=True, check=False))

    assert recode_mailbox(source, target, progress=start_another).messages == 300
    assert b"another process is recoding this mailbox" in second[0].stderr
    assert target.read_bytes() == (LONG * 300).replace(WORD, UTF8_WORD)
    assert not leftovers(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
@pytest.mark.parametrize("suffix", [_mailbox.PART, _mailbox.STATE])
def test_links_that_somebody_has_put_there_are_not_followed(tmp_path, monkeypatch, suffix):
    """In a folder that all can write to, such as the one of a system's mailboxes."""
    monkeypatch.setattr(_mailbox, "_CHECKPOINT", 200_000)
    source, target, precious = tmp_path / "in", tmp_path / "out", tmp_path / "precious"
    source.write_bytes(LONG * 300)
    precious.write_bytes(b"precious")
    (tmp_path / f".out{suffix}").symlink_to(precious)
    if suffix == _mailbox.PART:
        with pytest.raises(OSError):
            recode_mailbox(source, target)
    else:
        recode_mailbox(source, target)
    assert precious.read_bytes() == b"precious"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_state_of_another_user_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(_mailbox, "_CHECKPOINT", 200_000)
    source, target = tmp_path / "in", tmp_path / "out"
    source.write_bytes(LONG * 300)
    _stop_half_way(source, target)
    os.chown(tmp_path / f".out{_mailbox.STATE}", 1234, -1)
    assert not recode_mailbox(source, target).resumed
    assert target.read_bytes() == (LONG * 300).replace(WORD, UTF8_WORD)


# -- Folders ---------------------------------------------------------------------------------------


def _maildir(path):
    for name in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (path / name).mkdir(parents=True)
    (path / "dovecot-uidlist").write_bytes(b"3 V1 \xff\n")
    (path / "cur" / f"1.M1.host,S={len(JIS)},W={len(JIS) + JIS.count(10)}:2,S").write_bytes(JIS)
    (path / "new" / "2.M2.host").write_bytes(b"Subject: plain\n\nx\n")
    (path / ".Sent" / "cur" / "3.M3.host,S=99:2,").write_bytes(JIS)
    (path / "tmp" / "4.host").write_bytes(JIS)


def test_k8_maildir(tmp_path):
    _maildir(tmp_path / "in")
    report = recode_mailbox(tmp_path / "in", tmp_path / "out")
    new = JIS.replace(WORD, UTF8_WORD)
    assert (report.format, report.messages, report.changed) == ("maildir", 3, 2)
    out = tmp_path / "out"
    size = f"S={len(new)},W={len(new) + new.count(10)}"
    assert os.listdir(out / "cur") == [f"1.M1.host,{size}:2,S"], "sizes that were right are again"
    assert (out / "cur" / f"1.M1.host,{size}:2,S").read_bytes() == new
    assert (out / ".Sent" / "cur" / "3.M3.host,S=99:2,").read_bytes() == new
    assert (out / "new" / "2.M2.host").read_bytes() == b"Subject: plain\n\nx\n"
    assert (out / "dovecot-uidlist").read_bytes() == b"3 V1 \xff\n"
    assert os.listdir(out / "tmp") == []
    assert not leftovers(out)


def _stopped(source, target, to="utf-8"):
    """Recodes a folder until its second message, which cannot be read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_mailbox, "_unchanged", _until_the_second())
        with pytest.raises(_Stop):
            recode_mailbox(source, target, to)


def _until_the_second():
    calls = []

    def check(path, before):
        calls.append(path)
        if len(calls) > 1:
            raise _Stop

    return check


def test_a_stopped_run_over_a_folder_goes_on(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    _maildir(source)
    _stopped(source, out)
    (first,) = os.listdir(out / ".Sent" / "cur")
    was = (out / ".Sent" / "cur" / first).stat()
    report = recode_mailbox(source, out)
    assert report.resumed and (report.messages, report.changed) == (3, 1)
    assert (out / ".Sent" / "cur" / first).stat().st_ino == was.st_ino
    assert len(os.listdir(out / "cur")) == 1 and not leftovers(out)
    again = recode_mailbox(source, out)
    assert not again.resumed and again.changed == 2
    assert len(os.listdir(out / "cur")) == 1


def test_the_size_in_a_name_does_not_hide_what_was_made(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    _maildir(source)
    for number in range(5, 8):
        (source / "cur" / f"{number}.M1.host,S={len(JIS)}:2,S").write_bytes(JIS)
    with pytest.MonkeyPatch.context() as patch:
        check = _until_the_second()
        patch.setattr(_mailbox, "_unchanged", lambda path, before: "/cur/7" in path and check(0, 0))
        patch.setattr(_mailbox, "files_below", lambda *_: sorted(_folders.files_below(*_)) * 2)
        with pytest.raises(_Stop):
            recode_mailbox(source, out)
    report = recode_mailbox(source, out)
    assert report.resumed and report.messages == 6
    assert len(os.listdir(out / "cur")) == 4


@pytest.mark.parametrize("how", ["other charset", "copied before", "restart"])
def test_what_another_run_has_made_is_made_again(tmp_path, how):
    source, out = tmp_path / "in", tmp_path / "out"
    _maildir(source)
    if how == "copied before":
        shutil.copytree(source, out)  # with the times of the messages
        time.sleep(0.05)
    _stopped(source, out, "iso-2022-jp" if how == "other charset" else "utf-8")
    report = recode_mailbox(source, out, resume=how != "restart")
    assert report.resumed == (how == "copied before")
    assert all(UTF8_WORD in one.read_bytes() for one in (out / ".Sent" / "cur").iterdir())
    assert any(UTF8_WORD in one.read_bytes() for one in (out / "cur").iterdir())


def test_a_finished_run_in_another_charset_is_no_reason_to_do_nothing(tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "1.eml").write_bytes(b"Subject: =?koi8-r?B?8NLJ18XU?=\n\n")
    recode_mailbox(source, out, "iso-2022-jp")
    assert recode_mailbox(source, out).changed == 1
    assert b"=?UTF-8?" in (out / "1.eml").read_bytes()


def test_processes_share_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(_mailbox, "BATCH", 5_000)
    source = tmp_path / "in"
    _maildir(source)
    for number in range(100):
        data = JIS if number % 7 else b"Message-ID: <\xff@x>\n\n"
        (source / "cur" / f"{number}.host,S={len(data)}:2,").write_bytes(data)
    (source / "archive").write_bytes((FROM + JIS + b"\n") * 200)
    seen = []
    one = recode_mailbox(source, tmp_path / "one")
    two = recode_mailbox(source, tmp_path / "two", jobs=2, progress=lambda *now: seen.append(now))
    assert one == two and one.problem_count == 15 and seen[-1][0] == seen[-1][1]
    for where, _, names in os.walk(tmp_path / "one"):
        other = Path(str(where).replace("/one", "/two", 1))
        assert sorted(names) == sorted(
            name for name in os.listdir(other) if (other / name).is_file()
        )
        assert all((other / name).read_bytes() == Path(where, name).read_bytes() for name in names)
    recode_mailbox(source, source, jobs=2)
    assert multiprocessing.active_children() == []
    assert not any(WORD in path.read_bytes() for path in (source / "cur").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("kind", ["mbox", "folder"])
def test_a_process_that_is_killed(tmp_path, kind):
    source = tmp_path / "in"
    if kind == "mbox":
        source.write_bytes(LONG * 1000)
    else:
        source.mkdir()
        for number in range(500):
            (source / f"{number}.eml").write_bytes(LONG[len(FROM) :])

    def kill(*_):
        for child in multiprocessing.active_children():
            os.kill(child.pid, signal.SIGKILL)

    with pytest.raises(ChildProcessError):
        recode_mailbox(source, tmp_path / "out", jobs=2, progress=kill)


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="symbolic links")
def test_what_is_no_file_is_named(tmp_path):
    source = tmp_path / "in"
    _maildir(source)
    (source / "cur" / "5.M5.host").symlink_to(source / "new" / "2.M2.host")
    (source / ".Archive").symlink_to(source / ".Sent")
    os.mkfifo(source / "new" / "pipe")
    report = recode_mailbox(source, tmp_path / "out")
    assert {os.path.basename(one.path): one.reason for one in report.problems} == {
        "5.M5.host": "is a symbolic link, left out",
        ".Archive": "is a symbolic link, left out",
        "pipe": "is no regular file, left out",
    }
    assert not recode_mailbox(source, source).problems, "in place they stay"


def test_a_folder_that_cannot_be_listed_is_no_empty_one(tmp_path, monkeypatch):
    source = tmp_path / "in"
    _maildir(source)
    original = os.scandir

    def refuses(path="."):
        if os.fspath(path).endswith(".Sent"):
            raise PermissionError(13, "Permission denied", path)
        return original(path)

    monkeypatch.setattr(os, "scandir", refuses)
    with pytest.raises(PermissionError):
        recode_mailbox(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_problems_of_a_file_count_from_its_start(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for number in range(3):
        (source / f"{number}.eml").write_bytes(b"Message-ID: <\xff@x>\n\n")
    report = recode_mailbox(source, tmp_path / "out")
    assert [(one.index, one.offset) for one in report.problems] == [(0, 0)] * 3


def test_k8_maildir_in_place(tmp_path):
    _maildir(tmp_path / "in")
    recode_mailbox(tmp_path / "in", tmp_path / "in")
    (name,) = os.listdir(tmp_path / "in" / "cur")
    new = JIS.replace(WORD, UTF8_WORD)
    assert (tmp_path / "in" / "cur" / name).read_bytes() == new and f"S={len(new)}," in name
    assert recode_mailbox(tmp_path / "in", tmp_path / "in").changed == 0


def test_k8_mh(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / ".mh_sequences").write_bytes(b"unseen: 2-3\n")
    for number in (1, 2, 10):
        (folder / str(number)).write_bytes(JIS)
    report = recode_mailbox(folder, tmp_path / "out")
    assert (report.format, report.messages, report.changed) == ("mh", 3, 3)
    assert sorted(os.listdir(tmp_path / "out")) == [".mh_sequences", "1", "10", "2"]
    box = mailbox.MH(tmp_path / "out", create=False)
    assert len(box) == 3 and box.get_sequences() == {"unseen": [2]}


def test_k8_tree_of_messages(tmp_path):
    folder = tmp_path / "in"
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "x.eml").write_bytes(JIS)
    (folder / "a" / "b" / "Y.EML").write_bytes(JIS.replace(b"\n", b"\r\n"))
    (folder / "a" / "archive").write_bytes((FROM + JIS + b"\n") * 3)
    (folder / "a" / "notes.txt").write_bytes(b"Subject: " + WORD)
    report = recode_mailbox(folder, tmp_path / "out")
    assert (report.format, report.messages, report.changed) == ("tree", 5, 5)
    out = tmp_path / "out" / "a"
    assert (out / "x.eml").read_bytes() == JIS.replace(WORD, UTF8_WORD)
    assert (out / "b" / "Y.EML").read_bytes() == JIS.replace(WORD, UTF8_WORD).replace(
        b"\n", b"\r\n"
    )
    assert (out / "archive").read_bytes() == (FROM + JIS + b"\n").replace(WORD, UTF8_WORD) * 3
    assert (out / "notes.txt").read_bytes() == b"Subject: " + WORD


def test_k8_folder_that_is_called_tmp_and_is_of_no_maildir(tmp_path):
    source, target = tmp_path / "tmp", tmp_path / "out"
    (source / "tmp").mkdir(parents=True)
    (source / "1.eml").write_bytes(JIS)
    (source / "tmp" / "2.eml").write_bytes(JIS)
    (source / "tmp" / "notes").write_bytes(b"notes")
    assert recode_mailbox(source, target).changed == 2
    assert UTF8_WORD in (target / "1.eml").read_bytes()
    assert UTF8_WORD in (target / "tmp" / "2.eml").read_bytes()
    assert (target / "tmp" / "notes").read_bytes() == b"notes"


def test_k8_one_message(tmp_path):
    report, out = run(tmp_path, JIS, name="x.eml")
    assert (report.format, report.messages, report.changed) == ("eml", 1, 1)
    assert out == JIS.replace(WORD, UTF8_WORD)


# -- Memory ----------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not Path("/proc/self/status").exists() or sys.implementation.name == "pypy",
    reason="needs /proc, and memory that is given back at once",
)
def test_memory_does_not_grow_with_the_mailbox(tmp_path):
    """60 MB of mail and a message of 20 MB, in less than 64 MB of memory in all."""
    blob = base64.encodebytes(os.urandom(30_000))
    one = FROM + JIS[:-5] + blob + b"\n"
    with (tmp_path / "in").open("wb") as file:
        for _ in range(40_000_000 // len(one)):
            file.write(one)
        file.write(FROM + b"Subject: " + WORD + b"\n\n" + b"x" * 76 + b"\n")
        file.write((b"x" * 76 + b"\n") * 260_000 + b"\n")
    code = textwrap.dedent(f"""
        from recodec.mail import recode_mailbox
        report = recode_mailbox({str(tmp_path / "in")!r}, {str(tmp_path / "out")!r})
        status = open("/proc/self/status").read()
        print(report.messages, int(status.partition("VmHWM:")[2].split()[0]) // 1024)
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    messages, peak = map(int, done.stdout.split())
    assert messages > 900 and peak < 64


@pytest.mark.parametrize("eol", [b"\n", b"\r\n"], ids=["lf", "crlf"])
def test_a_length_counts_from_the_first_message_behind_blank_lines(eol):
    body = (b"x\n\n" + FROM + b"y\n").replace(b"\n", eol)
    head = FROM + b"Content-Length: %d\nSubject: s\n\n" % len(body)
    one = head.replace(b"\n", eol) + body
    found = [stored.data for stored in _mbox.stored_messages(io.BytesIO(eol * 3 + one + eol + one))]
    assert len(found) == 2
    assert all(data.endswith(body) for data in found)
