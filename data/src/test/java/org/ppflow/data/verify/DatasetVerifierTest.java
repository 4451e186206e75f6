package org.ppflow.data.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ValueType;
import org.ppflow.data.encode.DatasetEncoder;
import org.ppflow.data.encode.DatasetFolder;
import org.ppflow.data.encode.EncodeOptions;
import org.ppflow.data.encode.GeneratedDataset;
import org.ppflow.data.encode.GeneratedSource;
import org.ppflow.data.encode.MomentsCodec;
import org.ppflow.data.encode.OnError;
import org.ppflow.data.encode.ShardShare;
import org.ppflow.data.picture.CentrePadding;
import org.ppflow.data.source.Holdout;
import org.ppflow.data.source.Part;
import org.ppflow.data.source.PictureSelection;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;

class DatasetVerifierTest {
    @TempDir
    private Path folder;

    private VerifyReport verify() throws IOException {
        return DatasetVerifier.verify(folder, Progress.NONE);
    }

    @Test
    void verify_findsASoundDataSetSound() throws IOException {
        GeneratedDataset.encode(folder, 50, true);

        VerifyReport report = verify();

        assertThat(report.problems()).isEmpty();
        assertThat(report.duplicates()).isEmpty();
        assertThat(report.classCounts()).containsExactly(20L, 20L);
    }

    /** Any byte of any shard. */
    @Test
    void verify_findsAFlippedByte_andASecondOne() throws IOException {
        GeneratedDataset.encode(folder, 50, false);
        for (int shard : new int[] {1, 3}) {
            Path file = folder.resolve("latents-0000" + shard + "-of-00004.arrow");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }

        assertThat(verify().problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("SHA-256", "as the manifest says"));
    }

    @Test
    void verify_findsAShardCutShort_andOneThatIsGone() throws IOException {
        GeneratedDataset.encode(folder, 50, false);
        Path file = folder.resolve("latents-00001-of-00004.arrow");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 100));
        Files.delete(folder.resolve("latents-00002-of-00004.arrow"));

        assertThat(verify().problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("no such file"));
    }

    @Test
    void verify_findsAManifestThatDisagrees() throws IOException {
        GeneratedDataset.encode(folder, 50, false);
        Path file = folder.resolve(Manifest.FILE);
        Files.writeString(file, Files.readString(file).replaceFirst("\"mean\" : [-0-9.E]+", "\"mean\" : 0.5"));

        assertThat(verify().problems()).singleElement().asString().contains("statistics");
    }

    @Test
    void join_writesTheManifestOfSharedWork() throws IOException {
        PictureSelection pictures = new PictureSelection(
                new GeneratedSource(50, true), new Holdout(5, 4), Part.TRAIN, new CentrePadding(8));
        EncodeOptions options = new EncodeOptions(ValueType.FLOAT32, 7, 3, 2, OnError.FAIL);
        Path whole = folder.resolve("whole");
        Path shared = folder.resolve("shared");
        new DatasetEncoder(new MomentsCodec(), options, Progress.NONE).encode(pictures, whole, Optional.empty());
        for (int share : new int[] {2, 0}) {
            new DatasetEncoder(new MomentsCodec(), options, Progress.NONE)
                    .encodeShare(pictures, shared, new ShardShare(share, 3));
        }

        assertThatThrownBy(() -> new DatasetFolder(shared).join(Progress.NONE))
                .isInstanceOf(BadInputException.class)
                .hasMessageContainingAll("missing are", "latents-00002-of-00006.arrow", "latents-00003-of-00006.arrow");
        new DatasetEncoder(new MomentsCodec(), options, Progress.NONE)
                .encodeShare(pictures, shared, new ShardShare(1, 3));
        new DatasetFolder(shared).join(Progress.NONE);

        try (var files = Files.list(whole)) {
            for (Path file : files.toList()) {
                assertThat(shared.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }
}
