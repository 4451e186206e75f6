"""References that `ppflow evaluate --make-reference` writes, read by numpy as OpenAI's evaluator reads them (guided-diffusion, evaluations/evaluator.py): keys, types,
pictures, and a Fréchet distance from their statistics. Pictures come from numpy.savez. The network is the stand-in of the goldens."""

import json
import pathlib
import tempfile
import unittest

import numpy as np

from shards_test import ppflow

NETWORK = pathlib.Path(__file__).resolve().parents[2] / "eval/src/test/resources/golden/eval/classify_image_graph_def.pb"
SIDE = 32


def pictures(seed, count):
    """Noise of a colour of its own for each picture."""
    random = np.random.default_rng(seed)
    colours = random.integers(0, 128, (count, 1, 1, 3))
    return (colours + random.integers(0, 128, (count, SIDE, SIDE, 3))).astype(np.uint8)


def root_trace(a, b):
    """Trace of the root of ab, from a's symmetric root."""
    values, vectors = np.linalg.eigh(a)
    half = vectors * np.sqrt(np.clip(values, 0, None))
    return np.sqrt(np.clip(np.linalg.eigvalsh(half.T @ b @ half), 0, None)).sum()


def frechet(mu1, sigma1, mu2, sigma2):
    return float(((mu1 - mu2) ** 2).sum() + np.trace(sigma1) + np.trace(sigma2) - 2 * root_trace(sigma1, sigma2))


class References(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        cls.root = root
        cls.data, cls.labels = pictures(1, 48), np.arange(48) % 5
        np.savez_compressed(root / "data.npz", arr_0=cls.data, arr_1=cls.labels)
        np.savez(root / "samples.npz", pictures(2, 40))
        cls.common = ["--network", NETWORK, "--cache", root / "cache"]
        ppflow("evaluate", "--make-reference", root / "reference.npz", "--samples", root / "data.npz", "--pictures", 12, *cls.common)
        ppflow("evaluate", "--make-reference", root / "statistics.npz", "--samples", root / "samples.npz", *cls.common)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_numpy_finds_the_keys_and_types_of_adms_references(self):
        with np.load(self.root / "reference.npz") as reference:
            self.assertEqual(set(reference.keys()), {"arr_0", "arr_1", "mu", "sigma", "mu_s", "sigma_s"})
            kept = np.arange(12) * 48 // 12
            np.testing.assert_array_equal(reference["arr_0"], self.data[kept])
            np.testing.assert_array_equal(reference["arr_1"], self.labels[kept])
            for mean, covariance, size in (("mu", "sigma", 2048), ("mu_s", "sigma_s", 2023)):
                self.assertEqual((reference[mean].dtype, reference[mean].shape), (np.float32, (size,)))
                self.assertEqual((reference[covariance].dtype, reference[covariance].shape), (np.float64, (size, size)))
                np.testing.assert_array_equal(reference[covariance], reference[covariance].T)
                self.assertGreater(np.trace(reference[covariance]), 0)

    def test_numpy_gets_the_distance_that_ppflow_prints(self):
        printed = json.loads(ppflow("evaluate", "--reference", self.root / "reference.npz", "--samples", self.root / "samples.npz",
                                    "--protocol", "adm", "--json", "-", *self.common))["protocols"]["adm"]
        with np.load(self.root / "reference.npz") as reference, np.load(self.root / "statistics.npz") as samples:
            for name, keys in (("fid", ("mu", "sigma")), ("sfid", ("mu_s", "sigma_s"))):
                computed = frechet(*(file[key] for file in (reference, samples) for key in keys))
                # Fewer pictures than dimensions: the digits beyond hang on the method of the root (golden's README).
                self.assertAlmostEqual(printed[name], computed, delta=2e-3)


if __name__ == "__main__":
    unittest.main()
