package org.ppflow.app.comparison;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.ppflow.app.config.DataConfig;
import org.ppflow.app.record.ConfigIdentity;
import org.ppflow.app.record.Records;
import org.ppflow.data.source.PictureSources;
import org.ppflow.nn.errors.BadInputException;

/**
 * Holds records of one table to the same data: those whose configs name the same source, and the embedded pictures to those that ship.
 */
final class DataAgreement {
    /** By source, files and folders by their names: they may lie elsewhere on each machine. */
    private final Map<String, Records.Known> first = new HashMap<>();

    /** Hash of the embedded pictures, once it was asked for. */
    private String embedded = "";

    /** Refuses a record whose data are other than those of a record before it, or than the embedded ones. */
    void require(Records.Known known) throws IOException {
        String source = known.record().config().path("data").path("source").asString("");
        if (source.equals(DataConfig.EMBEDDED)) {
            if (embedded.isEmpty()) {
                embedded = PictureSources.open(DataConfig.EMBEDDED).sha256();
            }
            if (!embedded.equals(known.record().dataSha256())) {
                throw refused(known, embedded, "that of " + DataConfig.EMBEDDED);
            }
        }
        Records.Known before = first.putIfAbsent(ConfigIdentity.source(source), known);
        if (before != null
                && !before.record().dataSha256().equals(known.record().dataSha256())) {
            throw refused(known, before.record().dataSha256(), "that of " + before.file());
        }
    }

    private static BadInputException refused(Records.Known known, String expected, String whose) {
        return BadInputException.at(known.file().toString())
                .found("a record of data " + known.record().dataSha256().substring(0, 12) + "…")
                .expected(expected.substring(0, 12) + "…, " + whose)
                .advice("run the experiment again on the same data, or remove the record")
                .build();
    }
}
