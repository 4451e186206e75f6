package org.ppflow.notebook.display;

/** Where a cell's outputs appear. The kernel installs one; outside of a notebook nothing is shown. */
public interface Screen {
    /** Shows nothing, and nobody interrupts. */
    Screen NONE = new Screen() {
        @Override
        public String show(Bundle bundle) {
            return "";
        }

        @Override
        public void update(String id, Bundle bundle) {}

        @Override
        public boolean interrupted() {
            return false;
        }
    };

    /**
     * Adds an output to the cell that runs.
     *
     * @return name for {@link #update}
     */
    String show(Bundle bundle);

    /** Puts another output in the place of one that is shown. */
    void update(String id, Bundle bundle);

    /** Whether the person has asked the cell that runs to end. */
    boolean interrupted();

    /** The screen of this process. */
    static Screen current() {
        return Current.screen;
    }

    /** Makes a screen that of this process. */
    static void install(Screen screen) {
        Current.screen = screen;
    }

    /** Holds the one of this process. */
    final class Current {
        private static volatile Screen screen = NONE;

        private Current() {}
    }
}
