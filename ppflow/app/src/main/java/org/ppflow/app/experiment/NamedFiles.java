package org.ppflow.app.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ppflow.app.config.CellLink;
import org.ppflow.app.config.ExperimentConfig;
import org.ppflow.app.console.Program;
import org.ppflow.nn.errors.BadInputException;

/**
 * Files and folders that a config names and a run reads.
 *
 * @param config that names them
 */
record NamedFiles(ExperimentConfig config) {
    private static final String SOURCE = "data.source";
    private static final String IDX = "idx:";

    /**
     * One that is not there.
     *
     * @param key of the config
     * @param path as written there
     * @param expected what it should be
     */
    record Missing(String key, String path, String expected) {
        /** For a plan, which does without. */
        String warning() {
            return key + ": " + path + " is not there; a run needs it: " + expected;
        }

        /** For a run. */
        BadInputException refusal() {
            String kind = key.equals(SOURCE) ? path.substring(0, path.indexOf(':') + 1) : "";
            return BadInputException.at(key + ": " + path)
                    .found("no such file or folder")
                    .expected(expected)
                    .advice("give its path with --set " + key + "=" + kind + "PATH")
                    .build();
        }
    }

    /** All that are not there, in the order of use. */
    List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        missingData().ifPresent(missing::add);
        if (!CellLink.isLink(config.init())) {
            String file = config.init().file();
            add(missing, config.init().sit().isEmpty() ? "init.ppflow" : "init.sit", file, file, "weights");
        }
        missing.addAll(missingForSamples());
        missing.addAll(missingForScores());
        return missing;
    }

    /** The data, where they are files that are not there. */
    Optional<Missing> missingData() {
        List<Missing> missing = new ArrayList<>();
        String source = config.data().source();
        config.data()
                .encoded()
                .ifPresent(folder -> add(
                        missing,
                        SOURCE,
                        source,
                        folder.toString(),
                        "a data set of '" + Program.line("data", "encode") + "'"));
        config.data()
                .files()
                .ifPresent(path ->
                        add(missing, SOURCE, source, path.toString(), "a folder, tar or zip with a folder a class"));
        if (source.startsWith(IDX)) {
            add(missing, SOURCE, source, source.substring(IDX.length()), "an IDX file, or a folder with one");
        }
        return missing.stream().findFirst();
    }

    /**
     * Refuses a run whose end would lack a file. Data and initial weights are no part of it: they are opened before the work anyway.
     *
     * @param until last stage of the run
     * @throws BadInputException naming the first that is not there
     */
    void require(RunOptions.Until until) {
        List<Missing> needed = new ArrayList<>();
        if (until != RunOptions.Until.WEIGHTS || config.watch().every() > 0) {
            needed.addAll(missingForSamples());
        }
        if (until == RunOptions.Until.REPORT) {
            needed.addAll(missingForScores());
        }
        if (!needed.isEmpty()) {
            throw needed.get(0).refusal();
        }
    }

    private List<Missing> missingForSamples() {
        List<Missing> missing = new ArrayList<>();
        String folder = config.data().autoencoder();
        add(missing, "data.autoencoder", folder, folder, "the folder of the autoencoder, as diffusers saves it");
        return missing;
    }

    private List<Missing> missingForScores() {
        List<Missing> missing = new ArrayList<>();
        String network = config.evaluation().network();
        String reference = config.evaluation().reference();
        add(
                missing,
                "evaluation.network",
                network,
                network,
                "classify_image_graph_def.pb, or pytorch-fid's pt_inception-2015-12-05-6726825d.pth");
        add(
                missing,
                "evaluation.reference",
                reference,
                reference,
                "an npz in ADM's form, such as VIRTUAL_imagenet256_labeled.npz, or pictures");
        return missing;
    }

    private static void add(List<Missing> missing, String key, String written, String path, String expected) {
        if (!path.isEmpty() && !Files.exists(Path.of(path))) {
            missing.add(new Missing(key, written, expected));
        }
    }
}
