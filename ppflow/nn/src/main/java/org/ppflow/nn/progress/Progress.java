package org.ppflow.nn.progress;

/** Where long work reports what it does: a bar with rate and time left on a console, lines in a log, or nothing. */
@FunctionalInterface
public interface Progress {
    /** Reports to nobody. */
    Progress NONE = (what, total, done, unit) -> new Task() {
        @Override
        public void advanceTo(long done) {}

        @Override
        public void note(String text) {}

        @Override
        public void close() {}
    };

    /**
     * Starts one piece of work.
     *
     * @param what what is being done, a few words: {@code train ppf-2}
     * @param total how many units it has
     * @param unit name of a unit, plural: {@code images}, {@code steps}
     */
    default Task start(String what, long total, String unit) {
        return start(what, total, 0, unit);
    }

    /**
     * Takes up a piece of work that was begun before.
     *
     * @param done units that are done already; rates count from there
     */
    Task start(String what, long total, long done, String unit);

    /** Says something that a person should know of the work to come, a line of its own: where it goes on. By default to nobody. */
    default void say(String line) {}

    /** One piece of work under way; closed when it ends, finished or not. */
    interface Task extends AutoCloseable {
        /** So many units are done by now. */
        void advanceTo(long done);

        /** A short text beside the bar: {@code loss 0.412}. */
        void note(String text);

        @Override
        void close();
    }
}
