package org.ppflow.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.app.config.ConfigReader;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.GitState;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;
import tools.jackson.databind.node.ObjectNode;

class RecordFileTest {
    private static final ExperimentConfig CONFIG = config("name: a\nschedules: [ppf-2]\n");

    @TempDir
    Path folder;

    @Test
    void writtenAndRead_isTheSame() throws IOException {
        ExperimentRecord record = record(CONFIG);
        Path file = RecordFile.write(folder, record);
        assertThat(file).hasFileName("table.ppf-2-plus-1m.seed-0.ppf-2.record.json");
        ExperimentRecord read = RecordFile.read(file);
        assertThat(read.metrics()).isEqualTo(record.metrics());
        assertThat(read.cost()).isEqualTo(record.cost());
        assertThat(read.measured()).isEqualTo(record.measured());
        assertThat(read.point()).isEqualTo(record.point());
        byte[] first = Files.readAllBytes(file);
        RecordFile.write(folder, read);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void oneChangedByteAnywhere_isRefusedByName() throws IOException {
        Path file = RecordFile.write(folder, record(CONFIG));
        byte[] sound = Files.readAllBytes(file);
        for (int at = 0; at < sound.length; at += 37) {
            byte[] changed = sound.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> RecordFile.read(file))
                    .as("byte %d", at)
                    .isInstanceOf(BadInputException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void picturesOfOtherBytes_areRefused() throws IOException {
        Files.writeString(folder.resolve("grid.png"), "as written");
        Path file = RecordFile.write(
                folder,
                record(CONFIG).withPictures(new ExperimentRecord.Pictures("grid.png", Sha256.of("as written"), 1, 1)));
        assertThat(Records.read(List.of(folder)).known().get(0).pictures()).contains(folder.resolve("grid.png"));
        Files.writeString(folder.resolve("grid.png"), "other");
        assertThatThrownBy(() -> RecordFile.read(file)).hasMessageContaining("grid.png");
    }

    @Test
    void theIdentity_ignoresNameThreadsWatchingAndReport_andNothingElse() {
        String same = ConfigIdentity.of(CONFIG, Optional.empty());
        for (String equal : List.of("name: b", "runtime: {threads: 1}", "watch: {every: 400}", "report: {paths: 1}")) {
            assertThat(identity(equal)).as(equal).isEqualTo(same);
        }
        for (String other : List.of(
                "seed: 1",
                "runtime: {precision: bf16}",
                "training: {images: 480}",
                "sampling: {guidance: [2.0, 3.0]}",
                "model: {level_embedding: false}",
                "evaluation: {nearest_k: 5}",
                "init: {sit: x.pt}")) {
            assertThat(identity(other)).as(other).isNotEqualTo(same);
        }
    }

    @Test
    void theIdentity_takesFilesByTheirNames_notWhereTheyLie() {
        String yaml = """
                name: a
                schedules: [ppf-2]
                data: {source: "latents:imagenet-256", latent: 4x32x32, classes: 1000, autoencoder: vae}
                init: {sit: sit.pt}
                evaluation: {network: x.pb, reference: r.npz}
                """;
        String here = ConfigIdentity.of(config(yaml), Optional.empty());
        String there = yaml.replace("imagenet-256", "/data/imagenet-256")
                .replace("vae", "/models/vae")
                .replace("sit.pt", "../sit.pt")
                .replace("x.pb", "/models/x.pb")
                .replace("r.npz", "/data/r.npz");
        assertThat(ConfigIdentity.of(config(there), Optional.empty())).isEqualTo(here);
        for (String name : List.of("imagenet-256", "vae", "sit.pt", "x.pb", "r.npz")) {
            assertThat(ConfigIdentity.of(config(yaml.replace(name, "other" + name)), Optional.empty()))
                    .as(name)
                    .isNotEqualTo(here);
        }
    }

    @Test
    void theIdentity_takesDigitsByTheNameOfTheirFile() {
        String yaml = "name: a\nschedules: [ppf-2]\ndata: {source: \"idx:%strain-images\"}\n";
        String here = ConfigIdentity.of(config(yaml.formatted("")), Optional.empty());
        assertThat(ConfigIdentity.of(config(yaml.formatted("/data/mnist/")), Optional.empty()))
                .isEqualTo(here);
        assertThat(ConfigIdentity.of(config(yaml.formatted("other-")), Optional.empty()))
                .isNotEqualTo(here);
    }

    /** A finished grid is not to fail by what somebody else left in its folder. */
    @Test
    void recordsOfAnExperiment_doNotMindADamagedOneOfAnother() throws IOException {
        RecordFile.write(folder, record(CONFIG));
        Files.writeString(folder.resolve("other.seed-0.ppf-2.record.json"), "{");
        assertThat(Records.of(record(CONFIG).experiment(), folder).known()).hasSize(1);
        assertThatThrownBy(() -> Records.read(List.of(folder))).hasMessageContaining("other.seed-0");
    }

    @Test
    void theIdentity_ofAStart_isTheExperimentNotItsPath() {
        ExperimentConfig one = config("name: a\nschedules: [ppf-2]\ninit: {sit: runs/x}\n");
        ExperimentConfig two = config("name: a\nschedules: [ppf-2]\ninit: {sit: elsewhere}\n");
        ExperimentConfig sit = config("name: s\nschedules: [sit]\n");
        assertThat(ConfigIdentity.of(one, Optional.of(sit))).isEqualTo(ConfigIdentity.of(two, Optional.of(sit)));
        assertThat(ConfigIdentity.of(one, Optional.of(sit)))
                .isNotEqualTo(ConfigIdentity.of(one, Optional.of(CONFIG)))
                .isNotEqualTo(ConfigIdentity.of(one, Optional.empty()));
    }

    @Test
    void aRecordOfAnotherConfig_isRefusedForItsRow() throws IOException {
        RecordFile.write(folder, record(CONFIG));
        Records records = Records.read(List.of(folder, folder.resolve("not there")));
        Map<String, String> point = Map.of("seed", "0");
        String identity = ConfigIdentity.of(CONFIG, Optional.empty());
        assertThat(records.find("table", "PPF-2 +1M", point, "ppf-2", identity)).isPresent();
        assertThat(records.find("table", "PPF-2 +1M", Map.of("seed", "1"), "ppf-2", identity))
                .isEmpty();
        assertThatThrownBy(() -> records.find("table", "PPF-2 +1M", point, "ppf-2", "0".repeat(64)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("table.ppf-2-plus-1m.seed-0.ppf-2.record.json");
    }

    /** Their identity is kept beside what it is of: another one would make a finished run write all its records anew. */
    @Test
    void recordsThatAreCommitted_haveTheIdentityThatTheyWereWrittenWith() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("../../configs/mnist/records"))) {
            files = all.filter(file -> file.toString().endsWith(RecordFile.SUFFIX))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            ExperimentRecord record = RecordFile.read(file);
            if (record.start() == null) {
                ExperimentConfig config = ConfigReader.fromTree(file.toString(), (ObjectNode) record.config());
                assertThat(ConfigIdentity.of(config, Optional.empty()))
                        .as(file.toString())
                        .isEqualTo(record.configSha256());
            }
        }
    }

    @Test
    void codesOfARecord_areSealedWithIt_andNamedTogether() throws IOException {
        Toolkit changed = new Toolkit("1", new GitState("a".repeat(40), true));
        ExperimentRecord record =
                record(CONFIG, new Code(changed, Map.of("flow", "a")), new Code(changed, Map.of("flow", "b")));

        ExperimentRecord read = RecordFile.read(RecordFile.write(folder, record));
        assertThat(read.codes()).isEqualTo(record.codes());
        assertThat(record.commit()).isEqualTo("aaaaaaaaaaaa+ (2 states)");
    }

    @Test
    void aRecordThatAnOlderVersionWrote_hasDefaultsForNewKeys() throws IOException {
        ExperimentRecord record = record(CONFIG);
        ((ObjectNode) record.config().get("training")).remove("keep_every");
        RecordFile.write(folder, record);
        assertThat(Records.read(List.of(folder)).known().get(0).identity())
                .isEqualTo(ConfigIdentity.of(CONFIG, Optional.empty()));
    }

    private static String identity(String more) {
        return ConfigIdentity.of(
                config("schedules: [ppf-2]\n" + (more.startsWith("name") ? "" : "name: a\n") + more + "\n"),
                Optional.empty());
    }

    private static ExperimentConfig config(String yaml) {
        return ConfigReader.parse("test", yaml, List.of());
    }

    private static ExperimentRecord record(ExperimentConfig config, Code... codes) {
        return new ExperimentRecord(
                "table",
                "PPF-2 +1M",
                Map.of("seed", "0"),
                "ppf-2",
                ConfigIdentity.of(config, Optional.empty()),
                ConfigReader.toTree(config),
                null,
                "d".repeat(64),
                "e".repeat(64),
                new ExperimentRecord.Cost(480, 1000, 1.5e12, 500, 40, List.of(20.0, 20.0), 2.25e9),
                Map.of("classifier_fd", 12.3456789012345),
                null,
                new Toolkit("0.1", null),
                List.of(codes),
                new ExperimentRecord.Measured(
                        10.5, 2.5, 500, "cpu", new Machine("17", "Linux", "amd64", "x", 2), Instant.ofEpochSecond(1)));
    }
}
