package org.ppflow.eval.preflight;

import java.io.IOException;
import java.util.Optional;
import org.ppflow.eval.cache.CacheEntries;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Code;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports of sets that were looked at before: a set whose files have the same lengths, times and directories is not read again by the same code.
 *
 * @param entries where they are kept
 */
public record PreflightMemo(CacheEntries entries) {
    private static final String FORMAT = "preflight 2";
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * The report of a source; its pixels are read where it is not known.
     *
     * @throws BadInputException what reading throws; or if the files changed meanwhile: what was read would go under the new files' identity
     */
    public PreflightReport of(ImageSource images, Progress progress) throws IOException {
        String before = key(images);
        Optional<PreflightReport> known = find(before, images.count());
        if (known.isPresent()) {
            return known.get();
        }
        PreflightReport report = Preflight.of(images, progress);
        if (!key(images).equals(before)) {
            throw BadInputException.at(images.name())
                    .found("files that changed while they were read")
                    .expected("pictures that stay as they are")
                    .advice("start again when they are complete")
                    .build();
        }
        entries.keep(before, JSON.writeValueAsString(report));
        return report;
    }

    /** The report of a source, where it is known. */
    public Optional<PreflightReport> find(ImageSource images) {
        return find(key(images), images.count());
    }

    private Optional<PreflightReport> find(String key, long count) {
        Optional<String> text = entries.find(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            PreflightReport report = JSON.readValue(text.get(), PreflightReport.class);
            return report.count() == count ? Optional.of(report) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // of another version
        }
    }

    /** Keeps what all pictures of a source told that are made while they are read. */
    public void keep(ImageSource images, PreflightReport report) throws IOException {
        entries.keep(key(images), JSON.writeValueAsString(report));
    }

    private static String key(ImageSource images) {
        SourceIdentity identity = images.identity();
        String makers = Code.hashOf("data", "eval.images", "eval.preflight"); // of the pixels, and of what they tell
        return String.join("\n", FORMAT, makers, images.name(), identity.kind().name(), identity.text());
    }
}
