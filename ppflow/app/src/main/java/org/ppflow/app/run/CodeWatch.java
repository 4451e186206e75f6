package org.ppflow.app.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.CodeDifference;
import org.ppflow.nn.provenance.Provenance;
import org.ppflow.nn.provenance.WorkCodes;

/**
 * Keeps which states of the code work on the steps of a run: one that is killed may be gone on with by other code than began it.
 *
 * @see StepRecord#codes
 */
final class CodeWatch {
    private static final String UNDER_WAY = "under-way";

    private final Path run;
    private final String afresh;
    private final List<Code> unseen = new ArrayList<>();
    private @Nullable Code code;
    private Consumer<String> cautions = caution -> {};

    /**
     * Nothing is known of the code that works.
     *
     * @param afresh what a person does to have steps done apart from this run
     */
    CodeWatch(Path run, String afresh) {
        this.run = run;
        this.afresh = afresh;
    }

    /**
     * Says which code does steps from now on.
     *
     * @param told takes what a person should know of steps that other code has begun
     */
    void workBy(Code now, Consumer<String> told) {
        code = now;
        cautions = told;
    }

    /**
     * Notes the code that works on a step, beside that of attempts whose remains are gone on from.
     *
     * @param before record of the step, where it was finished once and is done again
     * @return all of them, in the order of work
     */
    List<Code> begin(String name, String inputs, StepFiles files, Optional<StepRecord> before) throws IOException {
        Path file = file(name);
        List<Code> earlier = goesOn(files) ? ofEarlierAttempts(file, inputs, before) : List.of();
        WorkCodes codes = new WorkCodes(inputs, earlier).and(working(files));
        codes.write(file);
        new CodeDifference(codes.codes())
                .text()
                .ifPresent(difference -> cautions.accept(name + ": " + difference
                        + "; what comes out follows from both, and its record says so. To keep them apart, stop this"
                        + " and " + afresh));
        return codes.codes();
    }

    private List<Code> ofEarlierAttempts(Path file, String inputs, Optional<StepRecord> before) throws IOException {
        Optional<WorkCodes> kept = WorkCodes.read(file, inputs);
        if (kept.isPresent()) {
            return kept.get().codes();
        }
        Optional<StepRecord> finished = before.filter(record -> record.inputs().equals(inputs));
        // An attempt of a version that kept nothing was at least begun in a run of that code.
        return finished.isPresent() ? ofRecord(run, finished.get()) : ofStart(run);
    }

    private @Nullable Code working(StepFiles files) {
        return code == null || files.scores() ? code : code.withoutScores();
    }

    private boolean goesOn(StepFiles files) throws IOException {
        for (String remains : files.remains()) {
            Path pattern = run.resolve(remains);
            Path folder = pattern.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                continue;
            }
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(folder, String.valueOf(pattern.getFileName()))) {
                if (found.iterator().hasNext()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Forgets a step that is not under way any more. */
    void end(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** Remembers the code that did a step which is not done again, where another works now. */
    void skip(StepRecord done) throws IOException {
        List<Code> codes = ofRecord(run, done);
        if (code == null || codes.isEmpty()) {
            return;
        }
        Code last = codes.get(codes.size() - 1);
        if (!last.sameAs(code) && unseen.stream().noneMatch(last::sameAs)) {
            unseen.add(last);
        }
    }

    /** Codes of steps that were not done again, then the one that works; empty where there are none. */
    Optional<CodeDifference> unseenChange() {
        if (code == null || unseen.isEmpty()) {
            return Optional.empty();
        }
        List<Code> codes = new ArrayList<>(unseen);
        codes.add(code);
        return Optional.of(new CodeDifference(codes));
    }

    private Path file(String name) {
        return run.resolve(UNDER_WAY).resolve(name + ".json");
    }

    /** Those that a record names; where a version kept none, the one that the run was started by. */
    static List<Code> ofRecord(Path run, StepRecord record) throws IOException {
        return record.codes().isEmpty() ? ofStart(run) : record.codes();
    }

    private static List<Code> ofStart(Path run) throws IOException {
        return RunFolder.provenance(run).map(Provenance::code).stream().toList();
    }
}
