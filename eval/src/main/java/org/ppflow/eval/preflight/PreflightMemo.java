package org.ppflow.eval.preflight;

import java.io.IOException;
import java.util.Optional;
import org.ppflow.eval.cache.CacheEntries;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.nn.progress.Progress;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports of sets that were looked at before: a set whose files have the same lengths, times and directories is not read again.
 *
 * @param entries where they are kept
 */
public record PreflightMemo(CacheEntries entries) {
    private static final String FORMAT = "preflight 1";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** The report of a source; its pixels are read where it is not known. */
    public PreflightReport of(ImageSource images, Progress progress) throws IOException {
        Optional<PreflightReport> known = find(images);
        if (known.isPresent()) {
            return known.get();
        }
        PreflightReport report = Preflight.of(images, progress);
        keep(images, report);
        return report;
    }

    /** The report of a source, where it is known. */
    public Optional<PreflightReport> find(ImageSource images) throws IOException {
        Optional<String> text = entries.find(key(images));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            PreflightReport report = JSON.readValue(text.get(), PreflightReport.class);
            return report.count() == images.count() ? Optional.of(report) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // of another version
        }
    }

    /** Keeps what all pictures of a source told. */
    public void keep(ImageSource images, PreflightReport report) throws IOException {
        entries.keep(key(images), JSON.writeValueAsString(report));
    }

    private static String key(ImageSource images) {
        SourceIdentity identity = images.identity();
        return String.join("\n", FORMAT, images.name(), identity.kind().name(), identity.text());
    }
}
