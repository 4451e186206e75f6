"""Ctrl-C in a terminal, which Java's tests do not have: work is saved and goes on later. A terminal of its own, not a signal, since libraries that draw
on terminals change what Ctrl-C does there."""

import os
import pathlib
import pty
import re
import select
import tempfile
import time
import unittest

CTRL_C = b"\x03"
INTERRUPTED = 130
PATIENCE = 60
TRAINING = ["--set", "name=stopped", "--set", "schedules=[ppf-2]", "--set", "training.images=8000000", "--set", "training.batch=8", "--set", "model.depth=1",
            "--set", "model.hidden=32", "--set", "training.learning_rate.warmup_steps=1", "--set", "training.checkpoint_every=100000",
            "--set", "classifier.steps=20", "--set", "sampling.count=20"]


class Terminal:
    """ppflow on a terminal of 24 rows and 80 columns."""

    def __init__(self, *arguments):
        self.text = ""
        self.process, self.screen = pty.fork()
        if self.process == 0:
            try:
                os.system("stty rows 24 columns 80")
                os.execv(os.environ["PPFLOW"], [os.environ["PPFLOW"], *map(str, arguments)])
            finally:
                os._exit(127)

    def wait_for(self, pattern):
        """Reads until there is a match, and gives it; fails where the program ends without."""
        end = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.text)):
            if time.monotonic() > end or not self._read():
                raise AssertionError(f"no {pattern} in:\n{self.text}")
        return found

    def press(self, key):
        os.write(self.screen, key)

    def ended(self):
        """Reads to the end and gives the exit code."""
        end = time.monotonic() + PATIENCE
        while self._read():
            if time.monotonic() > end:
                raise AssertionError(f"did not end:\n{self.text}")
        _, status = os.waitpid(self.process, 0)
        self.process = None
        return os.waitstatus_to_exitcode(status)

    def _read(self):
        if not select.select([self.screen], [], [], 1)[0]:
            return True
        try:
            read = os.read(self.screen, 65536)
        except OSError:  # how Linux says that nobody writes to the terminal any more
            return False
        self.text += read.decode(errors="replace")
        return bool(read)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.process is not None:
            os.kill(self.process, 9)
            os.waitpid(self.process, 0)
        os.close(self.screen)


class CtrlC(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.runs = pathlib.Path(cls.folder.name)
        config = pathlib.Path(__file__).parents[2] / "configs/quickstart.yaml"
        cls.command = ["run", config, *TRAINING, "--runs", cls.runs]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_ctrl_c_saves_a_training_and_a_sampling_which_go_on_later(self):
        checkpoints = self.runs / "stopped/models/ppf-2/checkpoints"
        with Terminal(*self.command) as terminal:
            terminal.wait_for(r"\rtrain ppf-2 .* loss \d")
            terminal.press(CTRL_C)
            terminal.wait_for(r"\r\nppflow: stopping; the step at hand is finished and saved first")
            terminal.press(CTRL_C)  # changes nothing: the first is being obeyed
            self.assertEqual(terminal.ended(), INTERRUPTED, terminal.text)
            self.assertIn("\r\nppflow: stopped, and what was done is saved", terminal.text)
        saved = sorted(checkpoints.iterdir())
        self.assertEqual(len(saved), 1)
        self.assertTrue((saved[0] / "state.json").exists())
        with Terminal(*self.command) as terminal:
            first = terminal.wait_for(r"\rtrain ppf-2 .*?(\d+)/8000000")
            self.assertEqual(int(first[1]), 8 * int(saved[0].name))
            terminal.wait_for(r"\rtrain ppf-2 .* loss \d")
            terminal.press(CTRL_C)
            self.assertEqual(terminal.ended(), INTERRUPTED, terminal.text)
        self.assertGreater(int(max(checkpoints.iterdir()).name), int(saved[0].name))
        for line in re.split(r"[\r\n]+", terminal.text):
            if line.startswith("train ppf-2 "):
                self.assertLess(len(line.partition("^C")[0]), 80, line)
                self.assertNotIn("I0000", line, "a line of TensorFlow's stands behind a bar")

        self.keeps_the_batches_of_a_sampling(next(max(checkpoints.iterdir()).glob("ema-*.safetensors")))

    def keeps_the_batches_of_a_sampling(self, weights):
        drawing = ["sample", "--weights", weights, "--count", 1_000_000, "--output", self.runs / "samples.npz"]
        with Terminal(*drawing) as terminal:
            terminal.wait_for(r"\rsample .*/s .* left")
            terminal.press(CTRL_C)
            self.assertEqual(terminal.ended(), INTERRUPTED, terminal.text)
            self.assertIn("\r\nppflow: stopped; the batches that were finished are saved", terminal.text)
        with Terminal(*drawing) as terminal:
            first = terminal.wait_for(r"\rsample .*?(\d+)/1000000")
            self.assertGreater(int(first[1]), 0)


if __name__ == "__main__":
    unittest.main()
