"""The Java kernel as Jupyter speaks with it: installed by `ppflow notebook install`, started and asked by jupyter_client."""

import json
import os
import pathlib
import queue
import re
import tempfile
import unittest

from jupyter_client.manager import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from shards_test import ppflow

STARTED = 600  # seconds; a busy machine takes long to load many jars
CELL = 300


class Kernel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.root = pathlib.Path(cls.folder.name)
        cls.said = ppflow("notebook", "install", "--prefix", cls.root)
        cls.kernels = cls.root / "share/jupyter/kernels"
        cls.work = cls.root / "work"
        cls.work.mkdir()
        cls.start()

    @classmethod
    def start(cls):
        specs = KernelSpecManager(kernel_dirs=[str(cls.kernels)], ensure_native_kernel=False)
        cls.manager = KernelManager(kernel_name="ppflow", kernel_spec_manager=specs)
        cls.manager.start_kernel(cwd=str(cls.work))
        cls.client = cls.manager.client()
        cls.client.start_channels()
        cls.client.wait_for_ready(timeout=STARTED)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()
        cls.folder.cleanup()

    def run_cell(self, code, during=None):
        """Reply and outputs of a cell; `during` is told of every output as it comes."""
        message = self.client.execute(code)
        outputs = []
        while True:
            try:
                output = self.client.get_iopub_msg(timeout=CELL)
            except queue.Empty:
                self.fail(f"no answer to {code}")
            if output["parent_header"].get("msg_id") != message:
                continue
            if output["msg_type"] == "status" and output["content"]["execution_state"] == "idle":
                break
            outputs.append(output)
            if during is not None:
                during(output)
        while True:
            reply = self.client.get_shell_msg(timeout=CELL)
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"], outputs

    def result(self, code):
        reply, outputs = self.run_cell(code)
        self.assertEqual(reply["status"], "ok", reply)
        values = [output["content"]["data"] for output in outputs if output["msg_type"] == "execute_result"]
        return values[0]["text/plain"] if values else None

    def test_install_says_where_and_the_spec_starts_this_launcher(self):
        self.assertIn(str(self.kernels / "ppflow"), self.said)
        spec = json.loads((self.kernels / "ppflow/kernel.json").read_text())
        self.assertEqual(spec["argv"], [os.environ["PPFLOW"], "notebook", "kernel", "{connection_file}"])
        self.assertEqual((spec["language"], spec["interrupt_mode"]), ("java", "message"))

    def test_install_can_be_taken_back(self):
        with tempfile.TemporaryDirectory() as other:
            ppflow("notebook", "install", "--prefix", other)
            ppflow("notebook", "install", "--prefix", other, "--remove")
            self.assertEqual(list((pathlib.Path(other) / "share/jupyter/kernels").iterdir()), [])

    def test_values_print_and_last_expressions_show(self):
        self.assertEqual(self.result("int a = 20;\na + 1"), "21")
        self.assertIsNone(self.result("a + 1;"))
        _, outputs = self.run_cell('System.out.println("hello"); System.out.print("no line end")')
        text = "".join(output["content"]["text"] for output in outputs if output["msg_type"] == "stream")
        self.assertEqual(text.replace("\r", ""), "hello\nno line end")

    def test_an_exception_says_cell_and_line(self):
        reply, outputs = self.run_cell('int ten = 10;\n\nint bad = Integer.parseInt("x" + ten);')
        self.assertEqual((reply["status"], reply["ename"]), ("error", "NumberFormatException"))
        self.assertIn(f"cell [{reply['execution_count']}], line 3", reply["evalue"])
        shown = [output["content"] for output in outputs if output["msg_type"] == "error"]
        self.assertIn('Integer.parseInt("x" + ten)', "\n".join(shown[0]["traceback"]))

    def test_a_value_that_cannot_be_shown_is_the_cells_failure(self):
        reply, _ = self.run_cell('new Object() { public String toString() { throw new IllegalStateException("no text"); } }')
        self.assertEqual((reply["status"], reply["ename"], reply["evalue"]), ("error", "IllegalStateException", "no text"))
        self.assertEqual(self.result("6 * 7"), "42")

    def test_code_that_does_not_compile_says_cell_line_and_column(self):
        reply, _ = self.run_cell("int fine = 1;\nint wrong = fyne + 1;")
        self.assertEqual((reply["status"], reply["ename"]), ("error", "CompileError"))
        self.assertIn(f"cell [{reply['execution_count']}], line 2, column 13", reply["evalue"])

    def test_completion_answers_with_the_methods_of_the_toolkit(self):
        def complete(code):
            message = self.client.complete(code, len(code))
            while True:
                reply = self.client.get_shell_msg(timeout=CELL)
                if reply["parent_header"].get("msg_id") == message:
                    return reply["content"]

        code = "var one = 1;\norg.ppflow.flow.level.LevelSchedule.PPF_2.lev"
        found = complete(code)
        self.assertLessEqual({"level(", "levels()", "levelAt("}, set(found["matches"]))
        self.assertEqual((found["cursor_start"], found["cursor_end"]), (len(code) - 3, len(code)))
        self.assertIn("quickstart(", complete("Run.")["matches"])

    def test_an_interrupt_wakes_a_cell_and_the_kernel_lives_on(self):
        reply, _ = self.run_cell(
            'System.out.println("asleep"); Thread.sleep(600_000);',
            lambda output: self.manager.interrupt_kernel() if output["msg_type"] == "stream" else None,
        )
        self.assertEqual((reply["status"], reply["ename"]), ("error", "InterruptedException"))
        self.assertEqual(self.result("6 * 7"), "42")

    def test_an_interrupt_ends_a_training_which_saves_and_goes_on_later(self):
        run = 'Run.quickstart("name=stopped", "schedules=[ppf-2]", "training.images=8000000", "training.batch=8", "model.depth=1",\n' \
              '    "model.hidden=32", "training.learning_rate.warmup_steps=1", "training.checkpoint_every=100000")'
        def interrupt_beyond(images, seen):
            """Interrupts when progress has come beyond so many images; `seen` gets the first count that is shown."""

            def heard(output):
                found = re.match(r"train ppf-2: ([\d,]+) of", output["content"].get("data", {}).get("text/plain", ""))
                if found is None:
                    return
                done = int(found.group(1).replace(",", ""))
                seen.append(done)
                if done > images and not interrupted:
                    interrupted.append(done)
                    self.manager.interrupt_kernel()

            interrupted = []
            return heard

        first = []
        reply, _ = self.run_cell(f"{run}.train();", interrupt_beyond(400, first))
        self.assertEqual((reply["status"], reply["ename"]), ("error", "StoppedException"), reply)
        self.assertIn("is saved", reply["evalue"])
        saved = self.checkpoints()
        self.assertEqual(len(saved), 1, saved)
        self.assertEqual(self.result("1 + 1"), "2")
        # The same cell goes on from there.
        second = []
        reply, _ = self.run_cell(f"{run}.train();", interrupt_beyond(saved[0] * 8, second))
        self.assertEqual(reply["ename"], "StoppedException", reply)
        self.assertGreaterEqual(second[0], saved[0] * 8)
        self.assertGreater(max(self.checkpoints()), saved[0])

    def checkpoints(self):
        """Steps of the checkpoints of the run "stopped"."""
        return sorted(int(folder.name) for folder in (self.work / "runs/stopped/models/ppf-2/checkpoints").iterdir())

    def test_restart_gives_the_memory_back_and_forgets(self):
        before = int(self.result("ProcessHandle.current().pid()"))
        self.run_cell("int gone = 1; var model = org.ppflow.flow.level.LevelSchedule.SIT;")
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=STARTED)
        self.assertFalse(pathlib.Path(f"/proc/{before}/cmdline").exists(), "the process that held it is gone")
        reply, _ = self.run_cell("gone")
        self.assertEqual(reply["ename"], "CompileError")


if __name__ == "__main__":
    unittest.main()
