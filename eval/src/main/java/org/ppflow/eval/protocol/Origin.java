package org.ppflow.eval.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.provenance.Code;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;

/**
 * What the numbers of an evaluation follow from: the key of its cache entry, and the provenance in its JSON.
 *
 * @param setting network, options, protocols
 * @param reference its name, pictures and statistics
 * @param compared hash of the reference's pictures; {@code none} without
 * @param samples the pictures that are scored, and statistics that their file holds
 * @param scored hash of those pictures
 */
record Origin(Evaluator.Setting setting, SetSource reference, String compared, SetSource samples, String scored) {
    /** Changes when a kept result would be another. */
    private static final String FORMAT = "evaluation 4";

    private static final String NONE = "none";

    /** Changes with everything that a number or a text of the result depends on. */
    String key() {
        List<String> parts = new ArrayList<>(
                List.of(FORMAT, code(), setting.network().identity().toString()));
        parts.add(setting.classifier().map(known -> known.identity().toString()).orElse(NONE));
        parts.addAll(List.of(reference.name(), compared, hash(reference.statistics()), labels(reference.images())));
        parts.addAll(List.of(samples.name(), scored, hash(samples.statistics()), labels(samples.images())));
        parts.addAll(List.of(setting.protocols().toString(), setting.options().toString()));
        return String.join("\n", parts);
    }

    private static String hash(Optional<StoredStatistics> statistics) {
        return statistics.map(StoredStatistics::contentHash).orElse(NONE);
    }

    private static String labels(Optional<ImageSource> images) {
        return images.flatMap(ImageSource::labels)
                .map(labels -> Sha256.of(Arrays.toString(labels)))
                .orElse(NONE);
    }

    /** The code that numbers follow from: other classes give others, whatever is committed. */
    static String code() {
        return Code.hashOf("nn", "data", "eval");
    }

    Map<String, String> provenance() {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("reference", reference.name());
        origin.put("reference_content", compared);
        reference.statistics().ifPresent(known -> origin.put("reference_statistics", known.contentHash()));
        origin.put("samples", samples.name());
        origin.put("samples_content", scored);
        samples.statistics().ifPresent(known -> origin.put("samples_statistics", known.contentHash()));
        origin.put("network", setting.network().identity().kind());
        origin.put("network_content", setting.network().identity().contentHash());
        setting.classifier()
                .ifPresent(known ->
                        origin.put("classifier_content", known.identity().contentHash()));
        origin.put("options", setting.options().toString());
        origin.put("toolkit", Toolkit.current().toString());
        origin.put("toolkit_classes", code());
        Machine machine = Machine.current();
        origin.put("device", machine.processor() + ", " + machine.cores() + " cores");
        origin.put("java", machine.java());
        return origin;
    }
}
