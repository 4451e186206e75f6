package org.ppflow.app.sample;

import java.util.OptionalDouble;
import org.ppflow.app.load.OtherLoad;
import org.ppflow.flow.sampling.SamplingLedger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sampling took.
 *
 * @param ledger with the evaluations that were counted
 * @param drawn samples that the time is of, padding of the last batch included
 * @param seconds in solver and network, over all starts
 * @param otherLoad what other programs took meanwhile
 */
public record SampleResult(SamplingLedger ledger, double drawn, double seconds, OtherLoad otherLoad) {
    /** Share of the processors that others took, 0 to 1, null where the system does not tell. */
    public static final String OTHERS = "used_by_others";

    /** What stands beside the samples. */
    ObjectNode toJson(SampleJob job) {
        JsonMapper json = JsonMapper.shared();
        ObjectNode root = json.createObjectNode();
        root.set("settings", json.readTree(job.settings()));
        root.put("samples", job.samples());
        if (job.shard().count() > 1) {
            root.put("first_index", job.first());
        }
        root.set("ledger", LedgerReport.toJson(ledger));
        root.put("seconds", seconds);
        root.put("images_per_s", job.samples() / seconds);
        // Rows of the padding of the last batch among them.
        root.put("rows_per_s", drawn / seconds);
        OptionalDouble others = otherLoad.share();
        root.put(OTHERS, others.isPresent() ? others.getAsDouble() : null);
        return root;
    }
}
