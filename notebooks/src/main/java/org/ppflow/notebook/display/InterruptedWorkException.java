package org.ppflow.notebook.display;

/** The person asked the cell to end, and the work has ended between two of its steps. */
public final class InterruptedWorkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Work that ended.
     *
     * @param what as its progress names it
     */
    public InterruptedWorkException(String what) {
        super(what
                + " was interrupted; steps that were finished before are kept, and the same cell goes on after them");
    }
}
