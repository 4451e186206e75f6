"""Shards written by ppflow, read by pyarrow, polars and DuckDB: values, tensor shape, metadata. The values come from here: they go in by
`ppflow data import`, in LightningDiT's layout, and digits by `ppflow data encode`."""

import json
import os
import pathlib
import struct
import subprocess
import tempfile
import unittest

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.dataset

ROWS = 1500  # more than a record batch
SHAPE = (4, 3, 5)
CLASSES = 7


def ppflow(*arguments):
    done = subprocess.run([os.environ["PPFLOW"], *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(f"ppflow {arguments} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def write_safetensors(path, tensors):
    header, body = {}, b""
    for name, array in tensors.items():
        kind = {"float32": "F32", "int64": "I64"}[str(array.dtype)]
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [len(body), len(body) + array.nbytes]}
        body += array.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


class Shards(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        root = pathlib.Path(cls.folder.name)
        random = np.random.default_rng(7)
        cls.plain = random.standard_normal((ROWS, *SHAPE), dtype=np.float32)
        cls.flipped = random.standard_normal((ROWS, *SHAPE), dtype=np.float32)
        cls.labels = random.integers(0, CLASSES, ROWS, dtype=np.int64)
        cls.labels[0] = CLASSES - 1
        foreign = root / "foreign"
        foreign.mkdir()
        write_safetensors(
            foreign / "latents_rank00_shard000.safetensors",
            {"latents": cls.plain, "latents_flip": cls.flipped, "labels": cls.labels},
        )
        cls.files = {}
        for storage in ("float16", "float32"):
            output = root / storage
            ppflow("data", "import", foreign, "--scale", "0.18215", "--storage", storage, "--autoencoder", "sd-vae-ft-ema",
                   "--size", "256", "--output", output)
            cls.files[storage] = output / "latents-00000-of-00001.arrow"
        ppflow("data", "encode", "mnist-t10k", "--size", "32", "--output", root / "digits", "--storage", "float32")
        cls.digits = root / "digits"
        cls.root = root

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def expected(self, storage):
        return self.plain.astype(storage), self.flipped.astype(storage)

    def test_pyarrow_sees_tensors_of_the_right_shape_and_values(self):
        for storage, file in self.files.items():
            with self.subTest(storage):
                reader = pa.ipc.open_file(pa.memory_map(str(file)))
                field = reader.schema.field("latents")
                self.assertIsInstance(field.type, pa.FixedShapeTensorType)
                self.assertEqual(field.type.shape, list(SHAPE))
                self.assertEqual(field.type.dim_names, ["C", "H", "W"])
                self.assertEqual(field.type.value_type, {"float16": pa.float16(), "float32": pa.float32()}[storage])
                self.assertEqual(reader.num_record_batches, 2)
                at = 0
                plain, flipped = self.expected(storage)
                for i in range(reader.num_record_batches):
                    batch = reader.get_batch(i)
                    batch.validate(full=True)
                    end = at + batch.num_rows
                    np.testing.assert_array_equal(batch.column("latents").to_numpy_ndarray(), plain[at:end])
                    np.testing.assert_array_equal(batch.column("latents_flipped").to_numpy_ndarray(), flipped[at:end])
                    np.testing.assert_array_equal(batch.column("label").to_numpy(), self.labels[at:end])
                    at = end
                self.assertEqual(at, ROWS)

    def test_pyarrow_reads_without_a_copy(self):
        for storage, file in self.files.items():
            with self.subTest(storage):
                map = pa.memory_map(str(file))
                whole = map.read_buffer()
                before = pa.total_allocated_bytes()
                batch = pa.ipc.open_file(map).get_batch(1)
                array = batch.column("latents").to_numpy_ndarray()
                self.assertTrue(whole.address <= array.ctypes.data < whole.address + whole.size)
                self.assertFalse(array.flags.owndata)
                self.assertLess(pa.total_allocated_bytes() - before, 65536)

    def test_metadata_says_what_the_data_set_is(self):
        metadata = pa.ipc.open_file(str(self.files["float16"])).schema.metadata
        self.assertEqual(metadata[b"format_version"], b"1")
        self.assertEqual(metadata[b"autoencoder"], b"sd-vae-ft-ema")
        self.assertEqual(metadata[b"scale"], b"0.18215")
        self.assertEqual(json.loads(metadata[b"shift"]), [0, 0, 0, 0])
        self.assertEqual(json.loads(metadata[b"class_names"]), [str(i) for i in range(CLASSES)])

    def test_polars_reads_the_same(self):
        for storage, file in self.files.items():
            with self.subTest(storage):
                for frame in (pl.read_ipc(file), pl.scan_ipc(file).collect()):
                    plain, flipped = self.expected(storage)
                    found = frame["latents"].ext.storage().to_numpy().reshape(ROWS, *SHAPE)
                    np.testing.assert_array_equal(found, plain)
                    mirrored = frame["latents_flipped"].ext.storage().to_numpy().reshape(ROWS, *SHAPE)
                    np.testing.assert_array_equal(mirrored, flipped)
                    np.testing.assert_array_equal(frame["label"].to_numpy(), self.labels)

    def test_duckdb_reads_float32(self):
        table = pa.ipc.open_file(str(self.files["float32"])).read_all()
        rows = duckdb.connect().register("t", table).sql(
            "select label, count(*), sum(latents[1]::double), min(octet_length(sha256)) from t group by label order by label")
        for label, count, total, length in rows.fetchall():
            mine = self.plain[self.labels == label].reshape(-1, np.prod(SHAPE))
            self.assertEqual(count, len(mine))
            self.assertAlmostEqual(total, float(mine[:, 0].astype(np.float64).sum()), places=9)
            self.assertEqual(length, 32)

    def test_duckdb_reads_float16_through_a_cast_in_pyarrow(self):
        table = pa.ipc.open_file(str(self.files["float16"])).read_all()
        size = int(np.prod(SHAPE))
        storage = pa.chunked_array([chunk.storage for chunk in table.column("latents").chunks])
        wide = pa.table({"label": table.column("label"), "latents": storage.cast(pa.list_(pa.float32(), size))})
        found = duckdb.connect().register("t", wide).sql("select latents from t").fetchall()
        np.testing.assert_array_equal(
            np.array([row[0] for row in found], dtype=np.float32).reshape(ROWS, *SHAPE), self.plain.astype(np.float16))

    def test_all_shards_are_one_dataset(self):
        data = pa.dataset.dataset([str(file) for file in sorted(self.digits.glob("*.arrow"))], format="ipc")
        self.assertEqual(data.count_rows(), 10000)
        manifest = json.loads((self.digits / "manifest.json").read_text())
        values = data.to_table(columns=["latents"]).column("latents")
        values = np.concatenate([chunk.to_numpy_ndarray() for chunk in values.chunks]).astype(np.float64)
        for channel, statistics in enumerate(manifest["statistics"]):
            self.assertAlmostEqual(values[:, channel].mean(), statistics["mean"], places=9)
            self.assertAlmostEqual(values[:, channel].var(), statistics["variance"], places=9)

    def test_numpy_reads_what_is_exported(self):
        ppflow("data", "export", self.files["float32"].parent, "--output", self.root / "npy")
        for row in (0, 1, 1234):
            latent = np.load(self.root / "npy" / "imagenet256_features" / f"{row}.npy")
            self.assertEqual((latent.dtype, latent.shape), (np.float32, (1, *SHAPE)))
            np.testing.assert_allclose(latent[0], self.plain[row] * 0.18215, rtol=1.2e-7)
            label = np.load(self.root / "npy" / "imagenet256_labels" / f"{row}.npy")
            self.assertEqual((label.dtype, label.tolist()), (np.int64, [self.labels[row]]))


if __name__ == "__main__":
    unittest.main()
