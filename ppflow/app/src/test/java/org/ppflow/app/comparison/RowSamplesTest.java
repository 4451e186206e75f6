package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ppflow.app.record.ExperimentRecord;
import org.ppflow.app.record.RecordFile;
import org.ppflow.app.record.Records;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

class RowSamplesTest extends TableFiles {
    /** Figures say that all rows start from the same noise. */
    @Test
    void samples_areOfASeedThatAllRowsHave() throws IOException {
        writeWithPictures("SiT", 1);
        for (int seed = 0; seed < 3; seed++) {
            writeWithPictures("PPF-2", seed);
        }
        assertThat(samples()).extracting(one -> one.record().seed()).containsExactly(1L, 1L);
        writeWithPictures("grown", 5);
        assertThat(samples()).extracting(one -> one.record().seed()).containsExactly(1L, 0L, 5L);
    }

    @Test
    void samplesOfOtherData_areRefusedByName() throws IOException {
        Path file = write("SiT", 0, 30, "0".repeat(64));
        assertThatThrownBy(this::samples).isInstanceOf(BadInputException.class).hasMessageContaining(file.toString());
    }

    private List<RowSamples> samples() throws IOException {
        return RowSamples.of(
                TableFilling.spec(folder.resolve("table.yaml")),
                TableSpec.Kind.SCALED,
                folder,
                Records.read(List.of(records)));
    }

    private void writeWithPictures(String row, int seed) throws IOException {
        ExperimentRecord plain = RecordFile.read(write(row, seed, 1));
        String name = plain.fileName() + ".png";
        Files.writeString(records.resolve(name), name);
        RecordFile.write(records, plain.withPictures(new ExperimentRecord.Pictures(name, Sha256.of(name), 1, 1)));
    }
}
