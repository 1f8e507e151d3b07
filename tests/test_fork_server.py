"""Kernels forked from a warm process: each is itself, within limits, and ends with the server."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import frames
import pytest
import serving
from oldbooks import old_book

from simlib.server.provisioner import ForkedKernel

pytestmark = [
    pytest.mark.slow,  # a server of its own
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux"),
]

LESSON = "voila/render/zh/01-trial.ipynb"
DOES = """import os
from urllib.parse import parse_qs
exec(parse_qs(os.environ["QUERY_STRING"])["do"][0])"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with a fork server whose one lesson does what the address says."""
    server = serving.start_course(
        serving.small_course(tmp_path_factory.mktemp("course"), DOES), forks=True, patience=1
    )
    yield server
    code, said = server.stop()
    assert code == 0
    assert "Traceback" not in said


def do(server, code: str) -> str:
    """What a new kernel prints when it does this."""
    page = serving.fetch(f"{server.url}{LESSON}?do={quote(code)}")[2].decode()
    return re.search(r"<pre>(.*?)</pre>", page, re.DOTALL)[1].strip()


def test_forked_kernel_has_its_own_folder_environment_and_random_state(server):
    """Two kernels: same folder as the lesson, other queries, other numbers, names of kernels."""
    code = (
        "import random, numpy; print(open('/proc/self/comm').read().strip(), os.getcwd(),"
        " random.random(), numpy.random.random(), len(os.environ['QUERY_STRING']), sep='|')"
    )
    one, other = do(server, code).split("|"), do(server, code + "#").split("|")
    assert one[0].startswith("simlib ")
    assert one[1] == other[1]
    assert one[1].endswith("/zh")
    assert all(a != b for a, b in zip(one[2:], other[2:], strict=True))


WARMED = """
import os, sys, tempfile
from jupyter_client.connect import write_connection_file
from simlib.server import fork_server
fork_server.warm()
had = set(sys.modules)
from simlib.server.kernel import CourseKernelApp
app = CourseKernelApp.instance()
folder = tempfile.mkdtemp()
app.connection_file = folder + "/k.json"
write_connection_file(app.connection_file, transport="ipc", ip=folder + "/k", key=b"k")
out = os.dup(1)
app.initialize([])
from simlib.widgets import case_lab
lab = case_lab("zh")
lab.view._handle_custom_msg({"press": "open"}, [])
os.write(out, repr(sorted(set(sys.modules) - had)).encode())
os._exit(0)
"""


def test_kernel_and_lab_import_only_preloaded_modules(tmp_path):
    """Whatever a child imports, each student pays for: with time, and with memory."""
    env = {**os.environ, "IPYTHONDIR": str(tmp_path), "JUPYTER_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", WARMED], env=env, capture_output=True, text=True)
    assert done.stdout == "['faulthandler']", done.stderr


def test_lesson_adds_little_memory_per_student(server):
    """Lesson 01 answered: 20 MB here, of which the budget leaves 5 for what the page asks."""
    code = (
        "import re; from pathlib import Path; from simlib.widgets import case_lab\n"
        "lab = case_lab('zh'); lab.view._handle_custom_msg({'press': 'open'}, [])\n"
        "said = Path('/proc/self/smaps_rollup').read_text()\n"
        "print(sum(map(int, re.findall(r'Private_\\w+:\\s+(\\d+)', said))))"
    )
    assert int(do(server, code)) <= 25_000


def test_every_widget_of_a_forked_kernel_answers_for_itself(server):
    """The layout, opened before the fork, among them: a page that asks each waits for all."""
    code = "from simlib.widgets import case_lab; lab = case_lab('zh')"
    wire = frames.connect(server.url, frames.open_lesson(server.url, f"{LESSON}?do={quote(code)}"))
    wire.send_binary(frames.frame("comm_info_request", {"target_name": "jupyter.widget"}))
    comms = frames.hear(wire, "comm_info_reply")["comms"]
    for comm in comms:
        asked = {"comm_id": comm, "data": {"method": "request_state"}}
        wire.send_binary(frames.frame("comm_msg", asked))
    assert {frames.hear(wire, "comm_msg")["comm_id"] for _ in comms} == set(comms)
    assert len(comms) > 1


# ---------------------------------------------------------------- limits


def test_a_kernel_has_only_so_much_memory_and_works_on_without(server):
    """One gigabyte is refused as Python refuses it, and the kernel can tell."""
    code = "try:\n bytearray(2**30)\nexcept MemoryError:\n print('refused')"
    assert do(server, code) == "refused"


def test_a_kernel_starts_no_process(server):
    """Neither by a shell nor by a fork."""
    code = (
        "import subprocess\nfor start in (os.fork, lambda: os.system('true'),"
        " lambda: subprocess.run('true')):\n try: start()\n"
        " except PermissionError: print('refused')"
    )
    assert do(server, code).split() == ["refused"] * 3


def test_a_kernel_starts_the_reader_of_a_statement_and_nothing_like_it(server):
    """An old workbook is read beside the kernel; the same command with more to it is refused."""
    made = old_book({"a": [["交易日期", "金额"], ["2024-01-02", 1]]})
    code = (
        "import base64, subprocess\nfrom simlib.statement import read_tables\n"
        "from simlib.statement.read.sandbox import COMMAND_LINE as known\n"
        f"print(len(read_tables(base64.b64decode({base64.b64encode(made)}))[0].rows))\n"
        "for args, env in ((known, None), (known, {'A': '1'}), ([*known, 'x'], {})):\n"
        " try: subprocess.run(args, env=env)\n"
        " except PermissionError: print('refused')"
    )
    assert do(server, code).split() == ["2"] + ["refused"] * 3


def test_a_kernel_opens_few_files_and_writes_small_ones(server):
    """Of 300 files some are refused, and so is the second half of 32 MB."""
    code = (
        "import tempfile\ntry: kept = [open('/dev/null') for _ in range(300)]\n"
        "except OSError as error: print(error.errno)\nkept = None\n"
        "with tempfile.TemporaryFile(buffering=0) as file:\n"
        " try: [file.write(bytes(2**24)) for _ in range(2)]\n"
        " except OSError as error: print(error.errno)"
    )
    assert do(server, code).split() == ["24", "27"]  # EMFILE, EFBIG


def test_a_kernel_has_a_minute_of_processor_time_for_each_message(server):
    """The limit stands at what it has used and a minute."""
    code = (
        "import resource; used = resource.getrusage(resource.RUSAGE_SELF);"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0] - used.ru_utime - used.ru_stime)"
    )
    assert 59 < float(do(server, code)) <= 61


def test_a_kernel_looks_for_garbage_only_between_messages():
    """Not while 200 000 lists are made, which Python answers with a look; after a pause."""
    code = (
        "import asyncio, gc\nfrom simlib.server.kernel import Garbage\n"
        "looks = lambda: gc.get_stats()[2]['collections']\n"
        "async def main():\n garbage = Garbage()\n garbage.wait()\n await asyncio.sleep(1)\n"
        " before = looks()\n kept = [[n] for n in range(200_000)]\n garbage.wait()\n"
        " during = looks()\n"
        " await asyncio.sleep(1)\n print(during - before, looks() - during)\n"
        "asyncio.run(main())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", "1"]


def test_a_kernel_that_works_on_without_an_answer_is_ended():
    """The same limit with one second: the process ends by SIGXCPU."""
    limited = "from simlib.server import kernel; kernel.ANSWERS_WITHIN_S = 0; kernel.limit_time()"
    code = f"{limited}\nwhile 1: 0"
    done = subprocess.run([sys.executable, "-c", code], timeout=60)
    assert done.returncode == -signal.SIGXCPU


# ---------------------------------------------------------------- ends


def test_without_its_fork_server_the_server_starts_kernels_and_soon_forks_again(server):
    """Who has a kernel keeps it; the next visitor gets an ordinary one, later ones forks again."""
    others = {*serving.kernels_below(server.process.pid)}  # of tests before
    frames.connect(server.url, frames.open_lesson(server.url, f"{LESSON}?do=0"))
    fork_server = serving.fork_server_of(server.process.pid)
    (kernel,) = {*serving.kernels_below(server.process.pid)} - others
    os.kill(fork_server, signal.SIGKILL)
    assert do(server, "print(open('/proc/self/comm').read())").startswith("python")
    assert Path(f"/proc/{kernel}").exists()
    frames.close_all()
    code = "print(open('/proc/self/comm').read())"
    assert serving.eventually(lambda: do(server, code).startswith("simlib "), 30)
    assert serving.fork_server_of(server.process.pid) != fork_server


def test_a_kernel_that_has_ended_can_be_ended_again():
    """The server's stop reaches kernels that have just gone with it: no complaint, and exit 0."""
    process = subprocess.Popen(["sleep", "60"])
    kernel = ForkedKernel(process.pid)
    assert kernel.poll() is None
    kernel.kill()
    process.wait()
    kernel.terminate()
    assert (kernel.poll(), kernel.wait(1)) == (0, 0)


def test_where_nothing_can_be_forked_the_server_says_so_and_starts_kernels(tmp_path):
    """As on Windows and macOS: a line at the start, and a lesson that opens all the same."""
    bounds = "from simlib.server import app\napp.can_fork = lambda: False"
    root = serving.small_course(tmp_path, DOES)
    server = serving.start_course(root, forks=True, bounds=bounds)
    assert do(server, "print(open('/proc/self/comm').read())").startswith("python")
    assert serving.fork_server_of(server.process.pid) is None
    code, said = server.stop()
    assert code == 0
    assert "不能预备内核" in said


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL], ids=lambda kind: kind.name)
def test_nothing_outlives_the_server(tmp_path, kind):
    """No kernel and no fork server, however it ends; its folder goes at the next start."""
    root = serving.small_course(tmp_path / "course", DOES)
    folder = tempfile.mkdtemp(prefix="t", dir="/tmp")
    env = {**os.environ, "TMPDIR": folder}
    server = serving.start_course(root, forks=True, env=env)
    assert do(server, "print(open('/proc/self/comm').read())").startswith("simlib ")
    left = [serving.fork_server_of(server.process.pid), *serving.kernels_below(server.process.pid)]
    assert len(left) == 2
    server.stop(kind)
    assert serving.eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
    assert bool(os.listdir(folder)) == (kind == signal.SIGKILL)
    assert serving.start_course(root, env=env).stop()[0] == 0
    assert os.listdir(folder) == []
    os.rmdir(folder)
