package org.ppflow.tests.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ppflow.tests.endtoend.CommandLineRun.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ppflow.nn.files.AtomicFiles;
import org.ppflow.tests.endtoend.CommandLineRun.Outcome;

/** {@code train} as a person types it: what it starts from, and that the other commands go on from it. */
class TrainCommandTest {
    private static final String LAST = "/checkpoints/00000004/model.safetensors";

    @TempDir
    private Path folder;

    @Test
    void warmStart_beginsWithTheWeightsThatTheCommandMakes() throws IOException {
        Path sit = trained("sit", "schedules=[sit]");
        // So low a rate leaves the weights where they started.
        Path grown = trained("ppf-2", "schedules=[ppf-2]", "init.sit=" + sit, "training.learning_rate.peak=1e-30");
        Path expected = folder.resolve("expected.safetensors");
        assertThat(run("weights", "warm-start", sit, expected, "--schedule", "ppf-2")
                        .code())
                .isZero();
        Outcome same = run("weights", "diff", expected, grown, "--tolerance", "1e-20");
        assertThat(same.code()).as(same.out() + same.err()).isZero();
        assertThat(folder.resolve("runs/ppf-2/models/ppf-2/start.safetensors")).doesNotExist();
        Path again = trained("again", "schedules=[ppf-2]", "init.ppflow=" + grown, "training.learning_rate.peak=1e-30");
        assertThat(run("weights", "diff", grown, again, "--tolerance", "1e-20").code())
                .isZero();
    }

    /** Somebody's own SiT: its hidden size is none of the published ones, and its file says nothing beside the tensors. */
    @Test
    void weightsThatDoNotSayTheirHeads_areTakenForWhatTheConfigSays() throws IOException {
        Path sit = trained("sit", "schedules=[sit]");
        Path bare = folder.resolve("bare.pt");
        assertThat(run("weights", "convert", sit, bare).code()).isZero();
        Files.delete(folder.resolve("bare.config.json"));
        Outcome alone = run("sample", "--weights", bare, "--count", 2, "--output", folder.resolve("out.npz"));
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).contains("nothing says how many heads that is", "give --config FILE");

        Path described = trained("described", "schedules=[ppf-2]", "init.sit=" + sit);
        Path taken = trained("taken", "schedules=[ppf-2]", "init.sit=" + bare);

        assertThat(run("weights", "diff", described, taken, "--tolerance", "1e-20")
                        .code())
                .isZero();
    }

    @Test
    void weightsOfAnotherNetwork_areRefusedBeforeAnyWork() throws IOException {
        Path sit = trained("sit", "schedules=[sit]");
        Outcome refused = train("deep", "schedules=[ppf-2]", "init.sit=" + sit, "model.depth=2");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("init.sit", "depth 1, the config 2", "set model.depth: 1");
        Outcome levels = train("levels", "schedules=[ppf-2]", "init.ppflow=" + sit);
        assertThat(levels.code()).isEqualTo(2);
        Outcome missing = train("missing", "init.sit=" + folder.resolve("nowhere.pt"));
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("init.sit", "nowhere.pt", "no such file");
        assertThat(folder.resolve("runs/deep")).doesNotExist();
    }

    @Test
    void noisePredictionOnAnotherPath_trainsAndIsSampledAsSuch() throws IOException {
        Path weights = trained("noise", "schedules=[ppf-2]", "model.prediction=noise", "model.path=gvp");
        Outcome sampled =
                run("sample", "--weights", weights, "--count", 2, "--points", 4, "--output", folder.resolve("out.npz"));
        assertThat(sampled.code()).as(sampled.err()).isZero();
        assertThat(sampled.err()).contains("noise on the gvp path: t from 0.001 to 0.999");
    }

    @Test
    void trainingThatIsWatched_keepsGridsScoresEventsAndProfiles() throws IOException {
        Path last = trained(
                "watched",
                "schedules=[ppf-2]",
                "training.checkpoint_every=2",
                "watch={every: 2, count: 8, tensorboard: true}",
                "training.ema={decay: 0.9, more: [0.5], profiles: [0.05, 0.1], snapshot_every: 2}",
                "training.accumulate=2",
                "classifier.steps=2",
                "sampling.steps=2",
                "sampling.batch=8");
        Path model = last.getParent().getParent().getParent();
        assertThat(model.resolve("watch/00000002/samples.png")).exists();
        assertThat(model.resolve("watch/00000004/evaluation.json")).exists();
        assertThat(Files.readAllLines(model.resolve("watch.jsonl")))
                .hasSize(2)
                .allMatch(line -> line.contains("classifier_fd"));
        assertThat(model.resolve("tensorboard")).isDirectoryContaining("glob:**tfevents**");
        assertThat(last.resolveSibling("ema-0.5.safetensors")).exists();
        // The width of a profile that was kept gives that profile back.
        Path made = folder.resolve("made.safetensors");
        assertThat(run("weights", "ema", model.resolve("profiles"), made, "--width", "0.1")
                        .code())
                .isZero();
        Outcome same = run(
                "weights",
                "diff",
                made,
                model.resolve("profiles/00000004/profile-0.1.safetensors"),
                "--tolerance",
                "1e-5");
        assertThat(same.code()).as(same.out() + same.err()).isZero();
        Outcome taken = run("weights", "ema", model.resolve("profiles"), made, "--width", "0.1");
        assertThat(taken.code()).isEqualTo(2);
        assertThat(taken.err()).contains("OUT " + made + ": a file that is there already", "--overwrite");
        Path other = folder.resolve("other.safetensors");
        Outcome late = run("weights", "ema", model.resolve("profiles"), other, "--width", "0.1", "--step", "5");
        assertThat(late.code()).isEqualTo(2);
        assertThat(late.err()).contains("--step 5: no snapshot of this step", "the step of a snapshot: ", "4");
        Outcome none = run("weights", "ema", folder, other, "--width", "0.1");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("no snapshots");
    }

    /** What a process that is killed after its checkpoint has not come to. */
    @Test
    void runKilledBeforeItsLook_looksWhenItGoesOn() throws IOException {
        String[] settings = {
            "schedules=[ppf-2]",
            "training.checkpoint_every=2",
            "watch={every: 2, count: 8}",
            "training.ema={decay: 0.9, profiles: [0.1], snapshot_every: 2}",
            "classifier.steps=2",
            "sampling.steps=2",
            "sampling.batch=8"
        };
        Path model = trained("killed", settings).getParent().getParent().getParent();
        List<String> looks = Files.readAllLines(model.resolve("watch.jsonl"));
        Files.writeString(model.resolve("watch.jsonl"), looks.get(0) + "\n");
        for (String file : List.of("watch/00000004", "profiles/00000004", "training.json")) {
            AtomicFiles.deleteRecursively(model.resolve(file));
        }
        trained("killed", settings);
        assertThat(Files.readAllLines(model.resolve("watch.jsonl"))).isEqualTo(looks);
        assertThat(model.resolve("watch/00000004/samples.png")).exists();
        assertThat(model.resolve("profiles/00000004/profile-0.1.safetensors")).exists();
    }

    /** Weeks of work must not go because a file was replaced. */
    @Test
    void checkpointsOfOtherInitialWeights_areKeptAndTold() throws IOException {
        Path sit = trained("sit", "schedules=[sit]");
        Path start = folder.resolve("start.safetensors");
        Files.copy(sit, start);
        Path grown = trained("grown", "schedules=[ppf-2]", "init.sit=" + start);
        Files.copy(sit.resolveSibling("ema-0.99.safetensors"), start, StandardCopyOption.REPLACE_EXISTING);
        Outcome other = train("grown", "schedules=[ppf-2]", "init.sit=" + start);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("models/ppf-2", "other data, initial weights or options");
        assertThat(grown).exists();
    }

    @Test
    void settingsThatDoNotGoTogether_areToldWithTheirKey() throws IOException {
        for (String[] wrong : new String[][] {
            {"training.accumulate=3", "training.accumulate: 3 does not divide the batch, which is 4"},
            {"training.accumulate=4", "training.accumulate: 4 does not divide the 2 images of level 0"},
            {
                "training.packing=masked",
                "training.packing: masked has rows that the images of ppf-2 do not fill in a batch of 4; the nearest batches"
                        + " that do: 8;"
            },
            {"watch.every=7", "watch.every: 7 must be a multiple of training.checkpoint_every"},
            {"training.keep_every=7", "training.keep_every: 7 must be a multiple of checkpoint_every"},
            {"training.ema.profiles=[0.5]", "profiles[0]: 0.5"},
            {"training.ema.more=[0.99]", "more[0]: 0.99 is there already"},
        }) {
            Outcome outcome = train("wrong", "schedules=[ppf-2]", wrong[0]);
            assertThat(outcome.code()).as(wrong[0]).isEqualTo(2);
            assertThat(outcome.err()).contains(wrong[1]);
        }
        assertThat(folder.resolve("runs/wrong")).doesNotExist();
    }

    private Path trained(String name, String... overrides) throws IOException {
        Outcome outcome = train(name, overrides);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        String schedule = overrides[0].contains("ppf-2") ? "ppf-2" : "sit";
        assertThat(outcome.out()).contains("after 4 steps").containsPattern("images/s in [0-9.]+ s of steps");
        return folder.resolve("runs/" + name + "/models/" + schedule + LAST);
    }

    private Outcome train(String name, String... overrides) throws IOException {
        Path config = folder.resolve("tiny.yaml");
        Files.writeString(config, """
                name: tiny
                schedules: [sit]
                model: {depth: 1, hidden: 16, heads: 2}
                training: {images: 16, batch: 4, learning_rate: {peak: 1e-3, warmup_steps: 0, decay_fraction: 0}}
                """);
        List<Object> arguments =
                new ArrayList<>(List.of("train", config, "--runs", folder.resolve("runs"), "--set", "name=" + name));
        for (String override : overrides) {
            arguments.add("--set");
            arguments.add(override);
        }
        return run(arguments.toArray());
    }
}
