package org.ppflow.nn.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProvenanceTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final Provenance given = new Provenance(
            new Toolkit("1.2.3", new GitState(COMMIT, true)),
            new Machine("17", "Linux 6", "amd64", "a processor", 2),
            "2.18.0",
            "cpu",
            Map.of("train", 7L, "sample", Long.MAX_VALUE),
            Map.of("mnist", "ab"),
            List.of("run", "configs/quickstart.yaml", "--set", "a=\"b\""),
            Instant.parse("2026-11-23T12:00:01.987Z"));

    @Test
    void toJson_hasTheNamesThatReadersKnow() {
        JsonNode json = JsonMapper.shared().readTree(given.toJson());

        assertThat(json.at("/toolkit/git/commit").asString()).isEqualTo(COMMIT);
        assertThat(json.at("/toolkit/git/dirty").asBoolean()).isTrue();
        assertThat(json.at("/toolkit/version").asString()).isEqualTo("1.2.3");
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
        assertThat(json.at("/tensorflow").asString()).isEqualTo("2.18.0");
        assertThat(json.at("/seeds/sample").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(json.at("/data_hashes/mnist").asString()).isEqualTo("ab");
        assertThat(json.at("/command_line/3").asString()).isEqualTo("a=\"b\"");
        assertThat(json.at("/started_at").asString()).isEqualTo("2026-11-23T12:00:01Z");
    }

    @Test
    void fromJson_readsWhatWasWritten_alsoWithoutACheckout(@TempDir Path folder) throws IOException {
        Provenance without = new Provenance(
                new Toolkit("unknown", null),
                given.machine(),
                "not used",
                "cpu",
                Map.of(),
                Map.of(),
                List.of(),
                given.startedAt());
        for (Provenance provenance : List.of(given, without)) {
            Path file = folder.resolve("provenance.json");
            provenance.writeTo(file);
            assertThat(Provenance.fromJson(Files.readString(file))).isEqualTo(provenance);
        }
    }

    @Test
    void now_describesThisMachine() {
        Provenance now = Provenance.now("2.18.0", "cpu", Map.of("run", 1L), Map.of(), List.of("doctor"));

        assertThat(now.machine().cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(now.machine().java()).contains(System.getProperty("java.version"));
        assertThat(now.machine().processor()).isNotBlank();
        assertThat(now.startedAt()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void cpuinfo_readsTheModelOrNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cpuinfo");
        Files.writeString(
                file, "processor\t: 0\nmodel\t\t: 85\nmodel name\t: Fast CPU @ 2.00GHz\nmodel name\t: other\n");
        assertThat(Machine.cpuinfo(file).map(String::strip)).contains("Fast CPU @ 2.00GHz");
        Files.writeString(file, "processor\t: 0\n");
        assertThat(Machine.cpuinfo(file)).isEmpty();
        assertThat(Machine.cpuinfo(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void gitState_readsALooseReference(@TempDir Path folder) throws IOException {
        repository(folder, "ref: refs/heads/main\n");
        Files.createDirectories(folder.resolve(".git/refs/heads"));
        Files.writeString(folder.resolve(".git/refs/heads/main"), COMMIT + "\n");
        Path deep = Files.createDirectories(folder.resolve("a/b"));

        assertThat(GitState.of(deep)).map(GitState::commit).contains(COMMIT);
    }

    @Test
    void gitState_readsAPackedReference(@TempDir Path folder) throws IOException {
        repository(folder, "ref: refs/heads/main\n");
        Files.writeString(
                folder.resolve(".git/packed-refs"),
                "# pack-refs with: peeled\n" + "f".repeat(40) + " refs/heads/other/refs/heads/main2\n" + COMMIT
                        + " refs/heads/main\n");

        assertThat(GitState.of(folder)).map(GitState::commit).contains(COMMIT);
    }

    @Test
    void gitState_readsADetachedHead(@TempDir Path folder) throws IOException {
        repository(folder, COMMIT + "\n");

        assertThat(GitState.of(folder)).map(GitState::commit).contains(COMMIT);
    }

    @Test
    void gitState_followsALinkedWorktree(@TempDir Path folder) throws IOException {
        Path shared = Files.createDirectories(folder.resolve("main/.git/worktrees/other"));
        Files.writeString(shared.resolve("HEAD"), "ref: refs/heads/other\n");
        Files.writeString(shared.resolve("commondir"), "../..\n");
        Files.createDirectories(folder.resolve("main/.git/refs/heads"));
        Files.writeString(folder.resolve("main/.git/refs/heads/other"), COMMIT + "\n");
        Path linked = Files.createDirectories(folder.resolve("linked"));
        Files.writeString(linked.resolve(".git"), "gitdir: " + shared + "\n");

        assertThat(GitState.of(linked)).map(GitState::commit).contains(COMMIT);
    }

    @Test
    void gitState_isEmpty_whereNothingOrNonsenseIs(@TempDir Path folder) throws IOException {
        assertThat(GitState.of(folder)).isEmpty();
        repository(folder, "nonsense\n");
        assertThat(GitState.of(folder)).isEmpty();
        Files.delete(folder.resolve(".git/HEAD"));
        assertThat(GitState.of(folder)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new GitState("main", null));
    }

    @Test
    void toolkit_readsTheCommitOfADistributionBesideItsJars(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("ppflow-nn-1.jar");
        assertThat(Toolkit.builtFrom(jar)).isEmpty();

        Path build = folder.resolve("build.properties");
        Files.writeString(build, "commit=" + COMMIT + "\ndescription=0123456\n");
        assertThat(Toolkit.builtFrom(jar)).contains(new GitState(COMMIT, false));
        Files.writeString(build, "commit=" + COMMIT + "\ndescription=0123456-dirty\n");
        assertThat(Toolkit.builtFrom(jar)).contains(new GitState(COMMIT, true));
        // Built from sources without git: Maven leaves the names of what it does not know.
        Files.writeString(build, "commit=${git.commit}\ndescription=${git.description}\n");
        assertThat(Toolkit.builtFrom(jar)).isEmpty();
    }

    @Test
    void shortCommand_isEmpty_whereTheProgramIsNotThere() {
        assertThat(ShortCommand.run("ppflow-no-such-program")).isEmpty();
    }

    private static void repository(Path folder, String head) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), head);
    }
}
