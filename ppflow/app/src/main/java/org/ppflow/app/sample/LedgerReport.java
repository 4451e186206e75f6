package org.ppflow.app.sample;

import java.util.Locale;
import java.util.Optional;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.sampling.SamplingCost;
import org.ppflow.flow.sampling.SamplingLedger;
import org.ppflow.flow.sampling.SamplingPlan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A sampling ledger for people and for machines. */
public final class LedgerReport {
    private static final double GIGA = 1e9;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LedgerReport() {}

    /** As lines of text. */
    public static String toText(SamplingLedger ledger) {
        StringBuilder text = new StringBuilder();
        text.append(line("level", "t", "evaluations", "with 2nd branch", "GFLOPs a pass"));
        for (int i = 0; i < ledger.cost().schedule().count(); i++) {
            PatchLevel level = ledger.cost().schedule().level(i);
            text.append(line(
                    i + ": " + ledger.cost().schedule().describe(i),
                    level.start() + " to " + level.end(),
                    count(ledger.counts().evaluations().get(i)),
                    count(ledger.counts().guided().get(i)),
                    number(ledger.cost().flops().all(ledger.cost().schedule(), i) / GIGA)));
        }
        text.append(line("NFE", "", count(ledger.nfe()), "", ""));
        ledger.guide()
                .ifPresent(guide ->
                        text.append(line("guide", "", count(guide.counts().nfe()), "", "")));
        text.append(line("", "", "", "paper's count", "as run"));
        text.append(line("GFLOPs an image", "", "", number(ledger.blocks() / GIGA), number(ledger.all() / GIGA)));
        text.append(line("share of SiT's", "", "", percent(ledger.blocksShare()), percent(ledger.allShare())));
        text.append(
                        "Paper's count: the blocks, by the levels' lengths in t, both branches all the way. As run: every matrix product"
                                + " of the passes above.")
                .append(System.lineSeparator());
        return text.toString();
    }

    /** As JSON. */
    public static ObjectNode toJson(SamplingLedger ledger) {
        ObjectNode root = JSON.createObjectNode();
        root.put("nfe", ledger.nfe());
        levels(root.putArray("levels"), ledger.cost(), ledger);
        root.putObject("blocks")
                .put("gflops_per_image", ledger.blocks() / GIGA)
                .put("share_of_sit", ledger.blocksShare());
        root.putObject("all").put("gflops_per_image", ledger.all() / GIGA).put("share_of_sit", ledger.allShare());
        ledger.guide().ifPresent(guide -> root.put("guide_nfe", guide.counts().nfe()));
        return root;
    }

    private static void levels(ArrayNode levels, SamplingCost cost, SamplingLedger ledger) {
        for (int i = 0; i < cost.schedule().count(); i++) {
            PatchLevel level = cost.schedule().level(i);
            levels.addObject()
                    .put("patch", level.patch().toString())
                    .put("start", level.start())
                    .put("end", level.end())
                    .put("evaluations", ledger.counts().evaluations().get(i))
                    .put("with_second_branch", ledger.counts().guided().get(i))
                    .put("gflops_per_pass", cost.flops().all(cost.schedule(), i) / GIGA)
                    .put("gflops_per_pass_blocks", cost.flops().blocks(level) / GIGA);
        }
    }

    private static String line(String... cells) {
        return String.format(Locale.ROOT, "%-16s %-14s %12s %16s %15s", (Object[]) cells)
                        .stripTrailing()
                + System.lineSeparator();
    }

    private static String count(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.4g", value);
    }

    /** What a plan will cost, as text; a solver that chooses its steps has no count before it has run. */
    public static String planned(SamplingPlan plan, SamplingCost cost, Optional<SamplingCost> guideCost) {
        return plan.method().countable()
                ? toText(SamplingLedger.count(cost, plan, guideCost))
                : plan.method().name() + " chooses its steps: its evaluations are counted as it runs\n";
    }

    /** The same as JSON, with {@code nfe} null where it is not known. */
    public static JsonNode plannedJson(SamplingPlan plan, SamplingCost cost, Optional<SamplingCost> guideCost) {
        return plan.method().countable()
                ? toJson(SamplingLedger.count(cost, plan, guideCost))
                : JsonMapper.shared()
                        .createObjectNode()
                        .put("solver", plan.method().name())
                        .putNull("nfe");
    }
}
