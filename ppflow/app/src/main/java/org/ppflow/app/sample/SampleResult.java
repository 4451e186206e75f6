package org.ppflow.app.sample;

import org.ppflow.app.load.LoadJson;
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
        return LoadJson.put(root, otherLoad.share());
    }
}
