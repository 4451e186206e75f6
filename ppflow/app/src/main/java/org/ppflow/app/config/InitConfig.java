package org.ppflow.app.config;

import org.ppflow.flow.model.WarmStart;
import org.ppflow.flow.model.WarmStartRule;

/**
 * What training starts from: nothing (both files empty), a SiT that each schedule grows out of, or a PPFlow of the same schedule.
 *
 * @param sit weights of a SiT; empty for none
 * @param ppflow weights of a network with the same levels; empty for none
 * @param warmStart how the coarser levels' projections come out of a SiT's
 * @param levelTable how the level table starts, which a SiT does not have
 */
public record InitConfig(String sit, String ppflow, WarmStartRule warmStart, WarmStart.LevelTableStart levelTable) {
    /** From scratch. */
    public static final InitConfig SCRATCH = new InitConfig("", "", WarmStartRule.CODE, WarmStart.LevelTableStart.ZERO);

    public InitConfig {
        Check.that(
                sit.isEmpty() || ppflow.isEmpty(),
                "ppflow",
                "'" + ppflow + "' beside sit: training starts from one file");
    }

    /** Whether there is no file. */
    public boolean fromScratch() {
        return sit.isEmpty() && ppflow.isEmpty();
    }

    /** The file. */
    public String file() {
        return sit.isEmpty() ? ppflow : sit;
    }
}
