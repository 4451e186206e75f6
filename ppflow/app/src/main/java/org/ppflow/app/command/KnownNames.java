package org.ppflow.app.command;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ppflow.data.codec.Codecs;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.model.ModelSize;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.transport.DiffusionForm;
import org.ppflow.nn.errors.BadInputException;

/** Names that extensions add to, for help and completion. One that does not load must not cost the help: then there are the toolkit's own. */
public final class KnownNames {
    private KnownNames() {}

    /** Codecs. */
    public static final class OfCodecs implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return orBuiltIn(Codecs::names, Codecs::builtIn);
        }
    }

    /** ODE solvers. */
    public static final class OfSolvers implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return orBuiltIn(OdeSolvers::names, OdeSolvers::builtIn);
        }
    }

    /** Schedules. */
    public static final class OfSchedules implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return orBuiltIn(
                    NamedSchedules::names,
                    () -> NamedSchedules.builtIn().stream()
                            .map(LevelSchedule::name)
                            .toList());
        }
    }

    private static Iterator<String> orBuiltIn(Supplier<List<String>> all, Supplier<List<String>> builtIn) {
        try {
            return all.get().iterator();
        } catch (BadInputException e) {
            return builtIn.get().iterator();
        }
    }

    /** Forms of an SDE's diffusion. */
    public static final class OfDiffusionForms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(DiffusionForm.values()).map(Object::toString).iterator();
        }
    }

    /** Sizes of published networks. */
    public static final class OfSizes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(ModelSize.values()).map(Enum::name).toList().iterator();
        }
    }
}
