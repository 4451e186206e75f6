"""Each notebook of notebooks/ executed by `ppflow notebook run` in an empty folder, as on a fresh clone. Its key figures, which cells mark with key(...), are compared with those
that are stored in it: to the last digit where they are counted, within the tolerance or range that the notebook itself states, with its reason, where they are trained or sampled.
Measured times are no key figures."""

import pathlib
import sys
import tempfile
import unittest

import nbformat

from shards_test import ppflow

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "notebooks"
NAMES = [
    "01-quickstart",
    "02-patch-levels",
    "03-train-and-watch",
    "04-sampling-and-guidance",
    "05-evaluating-your-own-samples",
    "06-bringing-pytorch-weights",
    "07-your-own-level-schedule-or-solver",
]
MOST_BYTES = 1_500_000


def key_figures(notebook):
    """Key figures by name."""
    figures = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            figure = output.get("metadata", {}).get("ppflow")
            if figure is not None:
                if figure["name"] in figures:
                    raise AssertionError(f"two key figures are called {figure['name']}")
                figures[figure["name"]] = figure
    return figures


class Notebooks(unittest.TestCase):
    def test_the_folder_has_these_notebooks_and_they_are_small(self):
        files = sorted(FOLDER.glob("*.ipynb"))
        self.assertEqual([file.stem for file in files], NAMES)
        self.assertLess(sum(file.stat().st_size for file in files), MOST_BYTES)

    def test_every_code_cell_is_stored_as_it_ran_from_top_to_bottom(self):
        for name in NAMES:
            notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
            nbformat.validate(notebook)
            counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
            self.assertEqual(counts, list(range(1, len(counts) + 1)), name)
            outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
            self.assertFalse([output for output in outputs if output.output_type == "error"], name)

    def compare(self, name):
        stored = key_figures(nbformat.read(FOLDER / f"{name}.ipynb", as_version=4))
        self.assertTrue(stored, "a notebook has key figures")
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / "executed.ipynb"
            ppflow("notebook", "run", FOLDER / f"{name}.ipynb", "--output", target, "--folder", folder, "--python", sys.executable)
            found = key_figures(nbformat.read(target, as_version=4))
        self.assertEqual(found.keys(), stored.keys())
        for key, expected in stored.items():
            value = found[key]["value"]
            with self.subTest(figure=key, because=expected.get("because", "counted")):
                if "low" in expected:
                    for one in (value, expected["value"]):
                        self.assertGreaterEqual(one, expected["low"])
                        self.assertLessEqual(one, expected["high"])
                else:
                    self.assertLessEqual(abs(value - expected["value"]), expected.get("tolerance", 0))


def case(name):
    def test(self):
        self.compare(name)

    return test


for number, stem in enumerate(NAMES, 1):
    setattr(Notebooks, f"test_notebook_{number}_runs_and_gives_its_figures", case(stem))


if __name__ == "__main__":
    unittest.main()
