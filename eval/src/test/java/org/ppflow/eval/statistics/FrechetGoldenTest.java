package org.ppflow.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.ppflow.eval.rows.ArrayRows;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.NpzFile;
import org.ppflow.nn.weights.TensorType;

/** Both protocols against the reference's own numbers, case by case as the file has them. */
class FrechetGoldenTest {
    private static final String FILE = "frechet.npz";

    static List<String> moments() throws IOException {
        return Golden.cases(FILE, "_trace_root");
    }

    /** The features stored for {@code dead_column} are those of {@code dead_in_both}; its moments are its own. */
    static List<String> features() throws IOException {
        List<String> stored = Golden.cases(FILE, "_a");
        return moments().stream()
                .filter(name -> stored.contains(name) && !name.equals("dead_column"))
                .toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("features")
    void exact_fromFeatures(String name) throws IOException {
        try (NpzFile golden = Golden.open(FILE)) {
            ArrayRows a = new ArrayRows(golden.floats(name + "_a"));
            ArrayRows b = new ArrayRows(golden.floats(name + "_b"));
            FeatureStatistics ofA = FeatureStatistics.of(a);
            FeatureStatistics ofB = FeatureStatistics.of(b);
            double expected = Golden.scalar(golden, name + "_fid_exact");

            assertThat(ofA.covariance()).containsExactly(golden.doubles(name + "_sigma_a"), within(1e-12));
            assertThat(ofB.covariance()).containsExactly(golden.doubles(name + "_sigma_b"), within(1e-12));
            assertThat(FrechetDistance.between(ofA, ofB).value()).isEqualTo(expected, within(1e-10));
            assertThat(FrechetDistance.between(ofA, a, ofB, b).value()).isEqualTo(expected, within(1e-10));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("features")
    void adm_fromFeatures(String name) throws IOException {
        try (NpzFile golden = Golden.open(FILE)) {
            ArrayRows a = new ArrayRows(golden.floats(name + "_a"));
            ArrayRows b = new ArrayRows(golden.floats(name + "_b"));
            AdmStatistics ofA = AdmStatistics.of(a);
            AdmStatistics ofB = AdmStatistics.of(b);
            // The reference's own noise, larger where there are fewer vectors than features.
            double tolerance = Math.min(a.count(), b.count()) <= a.size() ? 1e-5 : 1e-6;
            double expected = Golden.scalar(golden, name + "_fid");

            assertThat(ofA.mean()).containsExactly(golden.doubles(name + "_mu_a"));
            assertThat(ofB.mean()).containsExactly(golden.doubles(name + "_mu_b"));
            assertThat(AdmFrechet.between(ofA, ofB).value()).isEqualTo(expected, within(tolerance));
            assertThat(AdmFrechet.between(ofA, a, ofB, b).value()).isEqualTo(expected, within(tolerance));
            if (name.equals("equal")) {
                assertThat(AdmFrechet.between(ofA, ofB).value()).isEqualTo(0, within(1e-9));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("moments")
    void bothProtocols_fromStoredMoments(String name) throws IOException {
        try (NpzFile golden = Golden.open(FILE)) {
            boolean stored = golden.contains(name + "_a");
            AdmStatistics a = stored(
                    golden, name, "a", stored ? golden.floats(name + "_a").rows() : 50_000);
            AdmStatistics b = stored(
                    golden, name, "b", stored ? golden.floats(name + "_b").rows() : 10_000);
            double root = Golden.scalar(golden, name + "_trace_root");

            FrechetDistance exact = FrechetDistance.between(a.statistics(), b.statistics());
            FrechetDistance adm = AdmFrechet.between(a, b);

            assertThat(exact.traceOfRoot()).isEqualTo(root, within(1e-12 * root));
            assertThat(exact.value()).isEqualTo(Golden.scalar(golden, name + "_fid_same_mu_fp64"), within(1e-10));
            assertThat(adm.value())
                    .isEqualTo(
                            Golden.scalar(golden, name + "_fid"),
                            within(Math.min(a.count(), b.count()) <= a.mean().length ? 1e-5 : 1e-6));
            int warnings = warnings(a) + warnings(b);
            assertThat(exact.warnings("reference", "samples")).hasSize(warnings);
            assertThat(AdmFrechet.warnings(adm, "reference", "samples")).hasSize(warnings == 0 ? 0 : warnings + 1);
        }
    }

    @Test
    void largeSetByRule_hasTheReferencesMeanToTheBit_andBothDistances() throws IOException {
        assumeTrue(moments().contains("rule"));
        FloatArray a = rule(50_000, 2, 3, 7919, 1, 31, 0, 0);
        FloatArray b = rule(10_000, 2, 5, 104729, 3, 17, 11, 1 / 16.0);
        try (NpzFile golden = Golden.open(FILE)) {
            assertThat(a.slice(0, 3)).isEqualTo(golden.floats("rule_first_a"));
            assertThat(b.slice(0, 3)).isEqualTo(golden.floats("rule_first_b"));
            AdmStatistics ofA = AdmStatistics.of(new ArrayRows(a));
            AdmStatistics ofB = AdmStatistics.of(new ArrayRows(b));
            assertThat(ofA.mean()).containsExactly(golden.doubles("rule_mu_a"));
            assertThat(ofB.mean()).containsExactly(golden.doubles("rule_mu_b"));
            assertThat(AdmFrechet.between(ofA, ofB).value()).isEqualTo(Golden.scalar(golden, "rule_fid"), within(1e-6));
            assertThat(FrechetDistance.between(
                                    FeatureStatistics.of(new ArrayRows(a)), FeatureStatistics.of(new ArrayRows(b)))
                            .value())
                    .isEqualTo(Golden.scalar(golden, "rule_fid_exact"), within(1e-9));
        }
    }

    /** One mean is stored in fp32 and one in fp64, so means are compared in fp64. */
    @ParameterizedTest
    @CsvSource({"FID, mu, sigma", "sFID, mu_s, sigma_s"})
    void readyStatistics_ofDifferentPrecision(String metric, String mean, String covariance) throws IOException {
        assumeTrue(Files.exists(Golden.path("stats-small.json")));
        String json = Files.readString(Golden.path("stats-small.json"));
        Matcher expected = Pattern.compile("\"" + metric + "\": ([0-9.]+)").matcher(json);
        assertThat(expected.find()).isTrue();
        double value = Double.parseDouble(expected.group(1));

        AdmStatistics a = ready("stats-small.npz", mean, covariance);
        AdmStatistics b = ready("stats-small-b.npz", mean, covariance);

        assertThat(a.singlePrecision()).isTrue();
        assertThat(b.singlePrecision()).isFalse();
        assertThat(AdmFrechet.between(a, b).value()).isEqualTo(value, within(1e-9 * value));
    }

    private static AdmStatistics ready(String file, String mean, String covariance) throws IOException {
        try (NpzFile golden = Golden.open(file)) {
            return new AdmStatistics(
                    FeatureStatistics.UNKNOWN_COUNT,
                    golden.doubles(mean),
                    golden.info(mean).type() == TensorType.F32,
                    golden.doubles(covariance));
        }
    }

    private static AdmStatistics stored(NpzFile golden, String name, String set, int count) throws IOException {
        return new AdmStatistics(
                count, golden.doubles(name + "_mu_" + set), true, golden.doubles(name + "_sigma_" + set));
    }

    /** 1 where a set is of few vectors or has a feature without variance. */
    private static int warnings(AdmStatistics set) {
        int size = set.mean().length;
        double[] variances = new double[size];
        Arrays.setAll(variances, i -> set.covariance()[i * size + i]);
        return set.count() <= size || Arrays.stream(variances).anyMatch(v -> v == 0) ? 1 : 0;
    }

    /** Column j of row i: ((i²(p·j + q) + i(r + s·j) + u·j + v) mod 65521)/65536·(1 + j/4) + j·shift. */
    private static FloatArray rule(int rows, long p, long q, long r, long s, long u, long v, double shift) {
        FloatArray features = FloatArray.zeros(rows, 16);
        for (long i = 0; i < rows; i++) {
            for (int j = 0; j < 16; j++) {
                long mixed = (i * i * (p * j + q) + i * (r + s * j) + u * j + v) % 65521;
                features.values()[(int) i * 16 + j] = (float) (mixed / 65536.0 * (1 + j / 4.0) + j * shift);
            }
        }
        return features;
    }
}
