package org.ppflow.app.command;

import java.util.Iterator;
import java.util.stream.Stream;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.flow.sampling.OdeSolvers;

/** Words that options take as text, for the shell's completion. */
public final class Words {
    private Words() {}

    /** Names of solvers. */
    public static final class Solvers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return OdeSolvers.names().iterator();
        }
    }

    /** Names of schedules. */
    public static final class Schedules implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LevelSchedule.presets().keySet().stream().sorted().toList().iterator();
        }
    }

    /** Sizes of published networks. */
    public static final class Sizes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(ModelSize.values()).map(Enum::name).toList().iterator();
        }
    }
}
