package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.sample.SampleCodes;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.WorkCodes;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** Samples of weights, drawn by code that was changed between two starts: they never look as if they were of the code that runs. */
class ChangedCodeOfSamplesTest {
    @TempDir
    private Path folder;

    private Path output;

    @BeforeEach
    void drawThem() {
        output = folder.resolve("samples.npz");
        assertThat(again().code()).isZero();
    }

    @Test
    void finishedSamples_ofTheSameCode_sayNothingOfCode() throws IOException {
        Outcome again = again();

        assertThat(again.err()).contains("nothing was done again").doesNotContain("Caution");
        assertThat(again.out()).doesNotContain("Caution");
        assertThat(codes()).containsExactly(SampleCodes.current());
    }

    @Test
    void finishedSamples_ofOtherCode_sayThatThisCodeIsNotSeen() throws IOException {
        OtherCode.makeOther(KilledSampling.recordOf(output));

        Outcome again = again();

        assertThat(again.code()).isZero();
        assertThat(again.err())
                .contains(
                        "Caution: it was drawn by the code of",
                        "(classes of flow differ)",
                        "choose another --output, or give --overwrite");
    }

    @Test
    void samplesThatOtherCodeBegan_goOn_andScreenAndRecordSayIt() throws IOException {
        Path parts = KilledSampling.afterItsFirstBatch(output);
        Path codes = parts.resolve("codes.json");
        WorkCodes.none(Sha256.of(Files.readString(parts.resolve("settings.json"))))
                .and(SampleCodes.current())
                .write(codes);
        OtherCode.makeOther(codes);

        Outcome again = again();

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.err())
                .contains(
                        "Caution: sample: begun by the code of", "gone on with by that of", "(classes of flow differ)");
        assertThat(again.out()).contains("Caution: begun by the code of", "the samples follow from both");
        assertThat(codes()).hasSize(2).last().isEqualTo(SampleCodes.current());
        assertThat(again().out()).contains("Caution: begun by the code of");
    }

    private Outcome again() {
        return sample(output, "--count", 10);
    }

    private List<Code> codes() throws IOException {
        return SampleCodes.of(KilledSampling.record(output)).codes();
    }
}
